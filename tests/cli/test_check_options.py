"""What a report of `check` is about, and where it goes: forms, files, codes, baselines."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest

from shared import EXPORT, SAMPLES

GOOD = SAMPLES / "minimal.csv"
LENGTH = SAMPLES / "invalid-length.csv"
FILES = (LENGTH, EXPORT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The report of the sample export as JSON, made once."""
    from click.testing import CliRunner

    from aiexchange.cli.app import app

    target = tmp_path_factory.mktemp("reports") / "whole.json"
    arguments = ["check", str(EXPORT), "--report", "json", "-o", str(target)]
    CliRunner().invoke(app, arguments, standalone_mode=False)
    return target


def codes(text):
    return [each["code"] for each in json.loads(text)["findings"]]


def test_one_run_writes_several_reports(run, tmp_path):
    wanted = {name: tmp_path / name for name in ("sarif", "junit", "gitb", "markdown", "csv")}
    options = [part for name, file in wanted.items() for part in ("--report", f"{name}={file}")]
    outcome = run("check", LENGTH, *options, "--report", "json")
    assert outcome.code == 1
    assert all(file.read_text(encoding="utf-8") for file in wanted.values())
    sarif = json.loads(wanted["sarif"].read_text(encoding="utf-8"))
    assert len(sarif["runs"][0]["results"]) == len(codes(outcome.out))


def test_reports_with_files_alone_leave_standard_output_alone(run, tmp_path):
    outcome = run("check", LENGTH, "--report", f"sarif={tmp_path / 'out.sarif'}")
    assert (outcome.code, outcome.out) == (1, "")


def test_a_report_without_a_file_goes_to_the_output(run, tmp_path):
    target = tmp_path / "out.json"
    assert run("check", GOOD, "--report", "json", "-o", target).out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["records"] == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--report", "pdf"),
        ("--report", "sarif="),
        ("--report", "json", "--report", "text"),
        ("--report", "json=a", "--report", "sarif=a"),
        ("--report", "json=a", "-o", "b"),
        ("--lang", "fr"),
        ("--max-findings", "0"),
    ],
)
def test_reports_that_cannot_be_are_wrong_use(run, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    assert run("check", GOOD, *options).code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_exists_is_kept_and_nothing_else_is_written(run, tmp_path):
    old, new = tmp_path / "old.json", tmp_path / "new.sarif"
    old.write_text("mine", encoding="utf-8")
    options = ("--report", f"sarif={new}", "--report", f"json={old}")
    assert run("check", GOOD, *options).code == 2
    assert (old.read_text(encoding="utf-8"), new.exists()) == ("mine", False)
    assert run("check", GOOD, *options, "--force").code == 1
    assert json.loads(old.read_text(encoding="utf-8"))["records"] == 2


def test_a_report_names_the_hash_of_what_was_read(run):
    data = GOOD.read_bytes()
    for arguments, stdin in (((GOOD,), b""), (("-",), data)):
        told = json.loads(run("check", *arguments, "--report", "json", stdin=stdin).out)["run"]
        assert told["inputs"][0]["sha256"] == hashlib.sha256(data).hexdigest()
    assert told["inputs"][0]["file"] == "-"


def test_only_what_is_selected_counts(run):
    outcome = run("check", EXPORT, "--report", "json", "--select", "annex-viii.C,xsd")
    assert set(codes(outcome.out)) and all(c.startswith("annex-viii.C") for c in codes(outcome.out))
    assert "--select xsd fits no code" in outcome.err
    outcome = run("check", EXPORT, "--report", "json", "--select", "*.date-form")
    assert set(codes(outcome.out)) == {"nl-algoritmeregister.date-form"}
    assert outcome.code == 0


def test_what_is_ignored_does_not_count(run, whole):
    before = codes(whole.read_text(encoding="utf-8"))
    after = codes(run("check", EXPORT, "--report", "json", "--ignore", "annex-viii").out)
    assert after == [code for code in before if not code.startswith("annex-viii")]
    assert run("check", EXPORT, "--ignore", "*").code == 0


def test_against_itself_nothing_is_new(run, whole):
    outcome = run("check", EXPORT, "--report", "json", "--baseline", whole)
    assert (outcome.code, codes(outcome.out)) == (0, [])
    assert f"findings stand in {whole} already" in outcome.err


def test_what_is_new_is_told_though_every_row_has_moved(run, whole, tmp_path):
    rows = [list(csv.DictReader(io.StringIO(each.read_text("utf-8-sig")))) for each in FILES]
    rows[0][0]["algorithm_id"] = "99999990"
    source = tmp_path / "export.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[1][0])
        writer.writeheader()
        writer.writerows([rows[0][0], *rows[1]])
    found = json.loads(run("check", source, "--report", "json", "--baseline", whole).out)
    assert found["findings"]
    assert {each["row"] for each in found["findings"]} == {2}


def test_a_baseline_as_lines_says_the_same(run, whole, tmp_path):
    lines = tmp_path / "before.jsonl"
    told = json.loads(whole.read_text(encoding="utf-8"))["findings"]
    for each in told:
        del each["fingerprint"]
    lines.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    assert run("check", EXPORT, "--baseline", lines, "--fail-on", "info").code == 0


@pytest.mark.parametrize("text", ["", "no report", "[1]", '{"a": 1}', '{"findings": [{}]}'])
def test_what_is_no_report_is_no_baseline(run, tmp_path, text):
    file = tmp_path / "before.json"
    file.write_text(text, encoding="utf-8")
    assert run("check", GOOD, "--baseline", file).code == (1 if text == "" else 3)


def test_a_cap_leaves_the_counts_as_they_are(run, whole):
    every = json.loads(whole.read_text(encoding="utf-8"))
    capped = json.loads(run("check", EXPORT, "--report", "json", "--max-findings", "1").out)
    assert capped["summary"] == every["summary"]
    listed = [each["code"] for each in capped["findings"]]
    assert len(listed) == len(set(listed))
    assert sum(capped["omitted"].values()) + len(listed) == len(every["findings"])


def test_dutch_words_stand_around_the_findings(run):
    text = run("check", EXPORT, "--lang", "nl").out
    assert "overtreding" in text and "mag niet “NLD” zijn" in text and "geraden" in text
