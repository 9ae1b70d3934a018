"""Reports as JSON and CSV: their members are what scripts hold on to."""

from __future__ import annotations

import csv
import io
import json

import pytest

from shared import EXPORT, SAMPLES

GOOD = SAMPLES / "minimal.csv"


@pytest.fixture
def gaps(run):
    outcome = run("gaps", EXPORT, "--report", "json", "--as-of", "2026-11-01")
    assert outcome.code == 0
    return json.loads(outcome.out)


def test_a_gap_report_names_law_day_and_counts(gaps):
    assert gaps["legal_version"] == "2026-07-27"
    assert gaps["as_of"] == "2026-11-01"
    assert {"registrations", "due", "not_due", "ready"} <= set(gaps["summary"])
    assert gaps["items"] and gaps["organisations"]


def test_a_gap_report_has_every_registration(gaps):
    assert len(gaps["registrations"]) == gaps["summary"]["registrations"]
    for registration in gaps["registrations"]:
        assert {"record_id", "duties", "not_due", "gaps"} <= set(registration)
        assert bool(registration["duties"]) is not bool(registration["not_due"])


def test_a_duty_says_who_where_why_and_from_when(gaps):
    duties = [duty for each in gaps["registrations"] for duty in each["duties"]]
    assert duties
    for duty in duties:
        assert {"section", "actor", "access", "basis", "applies_from", "in_force"} <= set(duty)
        assert {"formal", "practical", "legacy"} <= set(duty["applies_from"])


def test_a_gap_says_what_is_missing_and_who_can_supply_it(gaps):
    found = [gap for each in gaps["registrations"] for gap in each["gaps"]]
    assert found
    for gap in found:
        assert {"section", "item", "state", "parts", "supplied_by", "basis"} <= set(gap)


def test_the_counts_of_a_gap_report_add_up(gaps):
    summary = gaps["summary"]
    not_due = summary["not_due"]
    not_due = sum(not_due.values()) if isinstance(not_due, dict) else not_due
    assert not_due == sum(not each["duties"] for each in gaps["registrations"])
    assert summary["ready"] == sum(each["ready"] for each in gaps["registrations"])
    counted = sum(each["registrations"] for each in gaps["organisations"])
    assert counted == summary["registrations"]


def test_an_older_legal_version_is_named(run):
    outcome = run("gaps", GOOD, "--report", "json", "--legal-version", "2024-07-12")
    assert json.loads(outcome.out)["legal_version"] == "2024-07-12"


def test_gaps_as_csv_has_a_line_for_each_gap(run, gaps):
    outcome = run("gaps", EXPORT, "--report", "csv", "--as-of", "2026-11-01")
    lines = list(csv.DictReader(io.StringIO(outcome.out)))
    found = sum(len(each["gaps"]) for each in gaps["registrations"])
    assert len([line for line in lines if line["item"]]) == found
    assert {line["record_id"] for line in lines} == {
        each["record_id"] for each in gaps["registrations"]
    }
    assert {"record_id", "item", "state"} <= set(lines[0])


def test_findings_as_json_say_whether_the_data_conforms(run):
    found = json.loads(run("check", EXPORT, "--report", "json").out)
    assert found["conforms"] is False
    severities = [finding["severity"] for finding in found["findings"]]
    assert found["summary"] == {
        severity: severities.count(severity) for severity in ("violation", "warning", "info")
    }
    for finding in found["findings"]:
        assert {"code", "severity", "message"} <= set(finding)


def test_findings_come_at_the_row_that_they_speak_of(run):
    found = json.loads(run("check", EXPORT, "--report", "json").out)["findings"]
    at = {(each["code"], each.get("row")) for each in found}
    assert ("nl-algoritmeregister.lars-check-digit", 51) in at
    assert ("nl-algoritmeregister.mandatory", 56) in at
    assert ("nl-algoritmeregister.length", 54) in at


def test_findings_as_lines_are_those_of_the_document(run):
    whole = json.loads(run("check", EXPORT, "--report", "json").out)["findings"]
    lines = run("check", EXPORT, "--report", "jsonl").out.splitlines()
    run_of = {"tool_version", "legal_version", "catalogue_version", "input_sha256"}
    told = [json.loads(line) for line in lines]
    assert all(run_of <= set(each) for each in told)
    assert [{k: v for k, v in each.items() if k not in run_of} for each in told] == whole


def test_findings_as_csv_are_as_many(run):
    whole = json.loads(run("check", EXPORT, "--report", "json").out)["findings"]
    lines = list(csv.DictReader(io.StringIO(run("check", EXPORT, "--report", "csv").out)))
    assert len(lines) == len(whole)


def test_a_diff_has_added_removed_and_changed(run, tmp_path):
    new = tmp_path / "new.csv"
    text = GOOD.read_text(encoding="utf-8").replace("In gebruik", "Buiten gebruik", 1)
    new.write_text(text, encoding="utf-8")
    found = json.loads(run("diff", GOOD, new, "--report", "json").out)
    assert set(found) == {"added", "removed", "changed"}
    (changed,) = found["changed"]
    assert changed["record_id"].startswith("nl-algoritmeregister:")
    assert [each["path"] for each in changed["changes"]] == ["use.status"]


def test_a_round_trip_is_a_list_of_ways(run):
    outcome = run("roundtrip", GOOD, "--report", "json", "--via", "jsonl", "--via", "ntriples")
    found = json.loads(outcome.out)
    assert [each["via"] for each in found] == ["jsonl", "ntriples"]
    for each in found:
        assert (each["records"], each["exact"], each["losses"]) == (2, 2, [])


def test_the_sample_export_comes_back_through_every_format(run):
    outcome = run("roundtrip", EXPORT, "--report", "json")
    for each in json.loads(outcome.out):
        assert (each["exact"], each["losses"]) == (each["records"], []), each["via"]


def test_a_report_is_written_to_a_file_whole(run, tmp_path):
    target = tmp_path / "gaps.json"
    assert run("gaps", GOOD, "--report", "json", "-o", target).out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["registrations"] == 2
    assert run("gaps", GOOD, "--report", "json", "-o", target).code == 2


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_losses_go_to_a_ledger(run, tmp_path, suffix):
    source, ledger = tmp_path / "in.jsonl", tmp_path / f"losses.{suffix}"
    source.write_text(
        '{"schema":"aiexchange/registration/1","record_id":"nl-algoritmeregister:12345670",'
        '"languages":["nl"],"title":{"nl":"Titel"},"system":{"member_states":["NL"]}}\n',
        encoding="utf-8",
    )
    outcome = run(
        "convert", source, tmp_path / "back.csv", "--to", "nl-algoritmeregister", "--losses", ledger
    )
    assert outcome.code == 0
    text = ledger.read_text(encoding="utf-8")
    assert "system.member_states" in text and "loss.no-term" in text


def test_an_organisation_that_begins_a_formula_does_not_run_in_a_spreadsheet(run, tmp_path):
    source = tmp_path / "export.csv"
    text = GOOD.read_text(encoding="utf-8").replace("Gemeente Lindenwaard", "=HYPERLINK(1)")
    source.write_text(text, encoding="utf-8")
    out = run("gaps", source, "--report", "csv").out
    assert "'=HYPERLINK(1)" in out and '"=HYPERLINK' not in out
