"""Misuse of the verbs: a plain word, and never an error of Python."""

from __future__ import annotations

import io

import pytest
from click.testing import CliRunner

import aiexchange
from aiexchange.cli.app import app
from aiexchange.errors import UsageError
from aiexchange.exchange import merge, roundtrip, upgrade
from shared import EXPORT


@pytest.mark.parametrize("source", [io.StringIO("a"), b"a", None], ids=["text", "bytes", "none"])
def test_what_is_no_source_is_refused(source):
    with pytest.raises(UsageError, match="a path or an open binary stream"):
        list(aiexchange.read(source))


def test_one_overlay_has_to_stand_in_a_list(tmp_path):
    with pytest.raises(UsageError, match="a list of sources"):
        merge(EXPORT, str(EXPORT), tmp_path / "a.jsonl")


def test_a_day_that_is_none_is_refused(tmp_path):
    with pytest.raises(UsageError, match="2026-08-02"):
        merge(EXPORT, [EXPORT], tmp_path / "a.jsonl", stated="foo")


def test_the_ways_of_a_round_trip_have_to_stand_in_a_list():
    with pytest.raises(UsageError, match="a list of formats"):
        roundtrip(EXPORT, via="dcat")


def test_records_of_a_register_are_not_upgraded_into_a_file_of_another_suffix(tmp_path):
    with pytest.raises(UsageError, match=r"not to \.xml"):
        upgrade(EXPORT, tmp_path / "a.xml", to="1.0")
    assert not list(tmp_path.iterdir())


def test_a_merge_writes_the_register_of_its_base_where_a_suffix_fits_several(tmp_path):
    report = merge(EXPORT, [EXPORT], tmp_path / "merged.csv")
    assert report.target_format == report.source_format == "nl-algoritmeregister"


def test_empty_forms_are_not_counted_where_records_fill_them(tmp_path):
    given = ["template", "new", str(tmp_path / "a.xlsx"), "--systems", "3", "--from", str(EXPORT)]
    result = CliRunner().invoke(app, given)
    assert isinstance(result.exception, UsageError)


def test_an_envelope_without_a_submission_is_refused(tmp_path):
    given = ["convert", str(EXPORT), str(tmp_path / "a.xml"), "--sender", "Voorbeeld"]
    assert isinstance(CliRunner().invoke(app, given).exception, UsageError)
    assert not list(tmp_path.iterdir())


def test_rules_that_are_none_are_refused():
    with pytest.raises(UsageError, match="api, standard, template"):
        list(aiexchange.check(EXPORT, rules="foo"))


def test_what_was_found_on_reading_names_every_source(tmp_path):
    told = CliRunner().invoke(app, ["match", str(EXPORT), str(EXPORT)]).output
    assert told.count(f"aiexchange check {EXPORT}") == 2
