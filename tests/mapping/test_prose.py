"""Prose: what becomes of mark-up, entities and characters that nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiexchange.mapping import prose
from aiexchange.mapping.prose import plain_text, source_text
from aiexchange.model.types import LONGEST_VALUE, XML_FORBIDDEN
from mapping.records import ANYTHING, PROSE

MARKS = ["<", ">", "&", ";", "/", "#", "<p>", "</p>", "<br/>", "<b", "<li>"]
ENTITIES = ["&lt;", "&amp;", "&#60;", "&#0;", "&amp", "lt;"]
PIECES = st.sampled_from([*MARKS, *ENTITIES, "p", "li", "b", " ", "\n", "\u200b", "\x00", "\ufeff"])
TANGLES = st.lists(PIECES, max_size=10).map("".join)
WITH_SURROGATES = st.text(max_size=20)
any_source = given(source=st.one_of(ANYTHING, PROSE, TANGLES, WITH_SURROGATES))


@settings(max_examples=500, deadline=None)
@any_source
def test_the_source_form_of_a_plain_text_reads_as_that_text(source):
    text = plain_text(source)
    assert text is None or plain_text(source_text(text)) == text


@settings(max_examples=300, deadline=None)
@any_source
def test_plain_text_holds_only_what_xml_allows_and_no_space_around_it(source):
    text = plain_text(source)
    assert text is None or (text == text.strip() and text and not XML_FORBIDDEN.search(text))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Gewoon", "Gewoon"),
        ("  met ruimte\r\n", "met ruimte"),
        ("een\r\ntwee", "een\r\ntwee"),
        ("<p>een</p><p>twee</p>", "een\n\ntwee"),
        ("een<br>twee<br/>drie<BR />vier", "een\ntwee\ndrie\nvier"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
        ("<ol><li>een</li><li>twee</li></ol>", "1. een\n2. twee"),
        ("<p class='x'>een <b>vet</b> woord</p>", "een vet woord"),
        ("caf&eacute; &amp; bar", "café & bar"),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ("score < 5 & leeftijd < 23", "score < 5 & leeftijd < 23"),
        ("a <onbekend> b", "a <onbekend> b"),
        ("staan\u200b\u200b regels", "staan regels"),
        ("\ufeffkop", "kop"),
        ("a\x01b", "ab"),
        ("&#1;a", "a"),
        ("a -> b", "a -> b"),
        ("\U0001f600", "\U0001f600"),
        ("R&D; en &onbekend;", "R&D; en &onbekend;"),
    ],
)
def test_mark_up_becomes_text(source, text):
    assert plain_text(source) == text


@pytest.mark.parametrize("source", ["", " ", "\r\n", "\u200b", "<p></p>", "&#1;", "\x00", "<br>"])
def test_what_says_nothing_is_no_text(source):
    assert plain_text(source) is None


def test_nested_lists_count_each_for_itself():
    source = "<ol><li>a<ul><li>x</li></ul></li><li>b</li></ol>"
    assert [line for line in plain_text(source).split("\n") if line] == ["1. a", "- x", "2. b"]


def test_a_text_longer_than_a_value_may_be_is_none():
    assert plain_text("a" * LONGEST_VALUE) is not None
    assert plain_text("a" * (LONGEST_VALUE + 1)) is None


@pytest.mark.parametrize("text", ["<b>vet</b>", "&eacute;", "&lt;", "a<p>b", "&#65;"])
def test_a_text_that_looks_like_mark_up_is_escaped(text):
    assert source_text(text) != text
    assert plain_text(source_text(text)) == text


@pytest.mark.parametrize("text", ["score < 5", "a & b", "Gewoon", "a -> b", "é"])
def test_a_text_that_needs_no_escaping_stays_as_it_is(text):
    assert source_text(text) == text


@pytest.mark.parametrize("piece", ["<p>", "<", "&", "&lt;", "<li>", "<ol>", "</ol>", "\n", "<p "])
def test_a_long_row_of_mark_up_is_read_in_one_pass(piece):
    assert plain_text(piece * 100_000 + "slot").endswith("slot")


@given(st.text(st.sampled_from("a <&\n\t\r\x00\x85\u00a0é–\u200b\u2060\ufeff\ufffe\ud800")))
def test_a_glance_and_a_search_find_the_same_texts_odd(text):
    assert prose._is_odd(text) is (prose._ODD.search(text) is not None)
