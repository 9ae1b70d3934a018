"""Groupings: how a flattened list of titles and links is read, and what is doubted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.mapping.converters import from_list
from aiexchange.mapping.grouping import flatten, parse
from shared import EXPORT, rows

URL = "https://wet.example/a"
CLEAR = st.text(st.characters(whitelist_categories=["L", "Zs"]), min_size=1).map(str.strip)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (f"1: Wet, {URL}", [("Wet", URL)]),
        (f"1: Wet, {URL}. 2: Besluit, {URL}2", [("Wet", URL), ("Besluit", f"{URL}2")]),
        (f"1: Wet. 2: Besluit, {URL}", [("Wet", ""), ("Besluit", URL)]),
        (f"1: Wet, {URL}. 2: Besluit", [("Wet", URL), ("Besluit", "")]),
        ("1: Wet", [("Wet", "")]),
        (f"1: Wet, artikel 3, {URL}", [("Wet, artikel 3", URL)]),
        (f"1: Wet, {URL}?a=1,2", [("Wet", f"{URL}?a=1,2")]),
        (f"1: {URL}", [("", URL)]),
        ("1: Wet, www.wet.example", [("Wet", "www.wet.example")]),
        ("1: Versie 2: de tweede", [("Versie 2: de tweede", "")]),
        (f"1: a. 3: b, {URL}", [("a. 3: b", URL)]),
        (f"  1: Wet, {URL}\r\n", [("Wet", URL)]),
        (
            ". ".join(f"{number}: t{number}, {URL}" for number in range(1, 13)),
            [(f"t{number}", URL) for number in range(1, 13)],
        ),
        (f"1: Wet. 2: \n. 3: Besluit, {URL}", [("Wet", ""), ("", ""), ("Besluit", URL)]),
    ],
)
def test_a_flattened_list_is_read(text, entries):
    assert list(parse(text).entries) == entries
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Wet op het primair onderwijs", "unnumbered"),
        (f"{URL}", "unnumbered"),
        ("2: Wet", "unnumbered"),
        (f"1: {URL}, Wet", "swapped"),
        (f"1: a. 2: b, {URL}. 2: c, {URL}", "ambiguous"),
        (f"1: zie {URL} voor meer", "ambiguous"),
    ],
)
def test_what_is_doubtful_is_said(text, doubt):
    assert parse(text).doubts == (doubt,)


def test_swapped_title_and_link_are_turned_round():
    assert parse(f"1: {URL}, Wet").entries == (("Wet", URL),)


def test_a_number_within_a_title_does_not_end_it_if_a_later_one_follows_a_link():
    found = parse(f"1: Regels 1. 2: en meer, {URL}. 2: Wet, {URL}")
    assert found.entries == (("Regels 1. 2: en meer", URL), ("Wet", URL))
    assert found.doubts == ("ambiguous",)


def test_prose_in_the_place_of_a_link_stays_with_the_title():
    assert parse("1: Wet, niet openbaar").entries == (("Wet, niet openbaar", ""),)


@given(st.lists(st.tuples(CLEAR.filter(bool), st.sampled_from(["", URL])), min_size=1, max_size=12))
def test_what_is_flattened_is_read_back(entries):
    assert list(parse(flatten(entries)).entries) == entries


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert parse(text).entries


def test_every_list_of_the_sample_without_doubts_is_written_as_it_was():
    fields = ("lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping")
    seen = 0
    for row in rows(EXPORT):
        for field in fields:
            found = parse(row[field])
            if row[field] and not found.doubts:
                seen += 1
                assert flatten(list(found.entries)) == row[field].strip()
    assert seen > 50


@pytest.mark.parametrize(
    ("raw", "entries", "doubts"),
    [
        ([{"title": "Wet", "link": URL}], [("Wet", URL)], ()),
        ([{"title": "Wet", "link": ""}], [("Wet", "")], ()),
        ([{"title": "Wet"}], [("Wet", "")], ()),
        ([{"title": None, "link": None}], [("", "")], ()),
        ([{"title": URL, "link": "Wet"}], [("Wet", URL)], ("swapped",)),
        (["Wet"], [("Wet", "")], ()),
        ({"title": "Wet", "link": URL}, [("Wet", URL)], ()),
    ],
)
def test_a_list_of_objects_is_read(raw, entries, doubts):
    found = from_list(raw)
    assert (list(found.entries), found.doubts) == (entries, doubts)
