"""A third legal version that is data alone: every command follows it."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from aiexchange.law import versions
from aiexchange.resources import data_folder
from rule_corpus import amended
from shared import EXPORT

CODE = "annex-viii.C.by-name"
LATER = ("--legal-version", "2029-01-01")


@pytest.fixture
def amended_law(tmp_path, monkeypatch):
    """The shipped legal versions and a third one, in a temporary folder."""
    schemas = tmp_path / "schemas"
    shutil.copytree(data_folder("schemas") / "annex-viii", schemas / "annex-viii")
    amended(schemas / "annex-viii")
    monkeypatch.setattr(versions, "data_folder", lambda name: schemas)
    forget_versions()
    yield
    forget_versions()


def forget_versions():
    """Empty what is kept of the legal versions: by themselves, and by what templates ask."""
    rooms = ("aiexchange.law.versions", "aiexchange.templates")
    for name, module in list(sys.modules.items()):
        if name.startswith(rooms):
            for cached in vars(module).values():
                getattr(cached, "cache_clear", lambda: None)()


def test_gaps_asks_for_the_changed_item(amended_law, run):
    def asked(*version):
        report = json.loads(run("gaps", str(EXPORT), "--report", "json", *version).out)
        gaps = (gap for each in report["registrations"] for gap in each["gaps"])
        return {gap["item"] for gap in gaps if gap["item"] == "C-3"}

    assert asked("--legal-version", "2026-07-27") == {"C-3"}
    assert asked(*LATER) == set()


@pytest.mark.parametrize("engine", ["python", "schematron", "shacl"])
def test_every_engine_finds_what_the_new_rule_finds(amended_law, run, tmp_path, engine):
    source = tmp_path / "one.jsonl"
    source.write_text(
        '{"schema": "aiexchange/registration/1", "record_id": "test:1", "title": {"nl": "T"},'
        '"classification": {"declared": "high-risk", "annex_iii": ["5(a)"]},'
        '"provider": {"name": "A"}, "deployer": {"name": "B"},'
        '"use": {"provider_entry": "https://example.eu/1"}}\n'
    )
    told = run("check", str(source), "--engine", engine, "--report", "json", *LATER)
    report = json.loads(told.out)
    assert CODE in json.dumps(report["findings"])
    assert "2029-01-01" in json.dumps({k: v for k, v in report.items() if k != "findings"})


@pytest.mark.parametrize("form", ["text", "sarif", "junit", "markdown", "csv"])
def test_reports_name_the_legal_version_or_its_findings(amended_law, run, form):
    told = run("check", str(EXPORT), "--report", form, *LATER)
    assert told.code == 1
    assert "annex-viii.C-1.incomplete" in told.out


def test_the_new_rule_is_listed_and_explained(amended_law, run):
    assert CODE in run("list", "rules", "C", *LATER).out
    assert "De vermelding staat er dubbel." in run("explain", CODE, *LATER).out
    assert run("explain", CODE, "--legal-version", "2026-07-27").code == 2


def test_the_newest_legal_version_is_the_default(amended_law, run):
    assert CODE in run("list", "rules", "C").out
