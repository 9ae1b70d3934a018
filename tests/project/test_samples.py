"""The samples: each file beside the export is what the toolkit makes of it, and reads back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from aiexchange import check, convert, diff, gaps, read
from aiexchange.errors import InputError
from aiexchange.report.gaps import render_json
from shared import EXPORT, SAMPLES, by_content

EXPECTED = ["expected.jsonl", "expected.xml", "expected.ttl"]
INVALID = sorted(SAMPLES.glob("invalid-*.csv"))


@pytest.fixture
def in_samples(monkeypatch):
    monkeypatch.chdir(SAMPLES)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_export_becomes_what_lies_beside_it(name, tmp_path, in_samples):
    convert("export.csv", tmp_path / name)
    assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", EXPECTED)
def test_what_lies_beside_the_export_becomes_the_export_again(name, tmp_path):
    convert(SAMPLES / name, tmp_path / "back.csv", to_format="nl-algoritmeregister")
    assert by_content(tmp_path / "back.csv") == by_content(EXPORT)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_lies_beside_the_export_says_the_same(name):
    assert not diff(EXPORT, SAMPLES / name).differs


def test_the_gaps_are_those_that_lie_beside_the_export(in_samples):
    from io import StringIO

    stream = StringIO()
    render_json(gaps("export.csv", as_of=date(2026, 11, 24)).as_dict(), stream)
    assert stream.getvalue() == (SAMPLES / "expected-gaps.json").read_text(encoding="utf-8")


def test_the_export_holds_every_field_and_every_status():
    said = [entry.registration for entry in read(EXPORT) if entry.registration]
    assert {each.use.status for each in said} >= {"in-use", "out-of-use", "in-development"}
    assert {each.classification.declared_as for each in said} >= {
        "high-risk-ai-system",
        "impactful-algorithm",
        "other-algorithm",
    }


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_sample_gives_the_findings_that_it_must(path):
    expected = json.loads(path.with_suffix(".expect.json").read_text(encoding="utf-8"))
    try:
        found = list(check(path))
    except InputError:
        assert expected["exit"] == 3
        return
    violations = [finding for finding in found if finding.severity == "violation"]
    assert expected["exit"] == int(bool(violations))
    assert set(expected["codes"]) <= {finding.code for finding in found}
