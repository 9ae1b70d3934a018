"""How findings are shown: short as text, whole as JSON, line by line as a ledger."""

import csv
import io
import json

import pytest
from findings_cases import FINDINGS, finding, many
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.errors import UsageError
from aiexchange.findings import Origin, Severity
from aiexchange.report import RENDERERS, ledger_for


def rendered(kind, findings, **options):
    stream = io.StringIO()
    RENDERERS["findings", kind](findings, stream, **options)
    return stream.getvalue()


@pytest.mark.parametrize("codes", [1, 7, 30, 2000])
def test_two_thousand_findings_stay_under_two_hundred_lines(codes):
    assert len(rendered("text", many(codes)).splitlines()) < 200


@given(st.lists(FINDINGS, max_size=12))
def test_no_line_is_wider_than_80_columns(findings):
    assert max(map(len, rendered("text", findings).split("\n"))) <= 80


@given(st.lists(FINDINGS, max_size=12))
def test_nothing_in_a_text_steers_a_terminal(findings):
    assert rendered("text", findings).replace("\n", "").isprintable()


@pytest.mark.parametrize("part", ["message", "mend", "basis", "code", "record_id"])
def test_a_finding_is_shown_with_all_that_helps(part):
    assert getattr(finding(), part) in " ".join(rendered("text", [finding()]).split())


def test_a_finding_is_shown_with_its_place():
    assert "export.csv, row 18" in rendered("text", [finding(17)])


def test_what_is_alike_is_said_once():
    assert rendered("text", [finding(number) for number in range(9)]).count("Ask the provider") == 1


def test_messages_that_differ_stand_with_their_records():
    text = rendered(
        "text", [finding(1, message="x is no date"), finding(2, message="y is no date")]
    )
    assert text.index("algoritmeregister:2") < text.index("y is no date")


def test_more_of_the_same_is_counted():
    assert "… and 1,229 more like this" in rendered("text", [finding()] * 1234)


def test_the_worst_comes_first():
    text = rendered("text", [finding(code="mild", severity=Severity.INFO), finding(code="grave")])
    assert text.index("grave") < text.index("mild")


def test_the_last_line_is_a_summary():
    findings = [finding(1), finding(1), finding(2, severity=Severity.WARNING)]
    last = rendered("text", findings, records=60).splitlines()[-1]
    assert last == "2 violations, 1 warning, 0 infos in 60 records"


def test_without_a_number_the_summary_counts_records_with_findings():
    assert rendered("text", [finding(1), finding(1), finding(2)]).endswith("in 2 records\n")


def test_codes_that_find_no_room_are_counted():
    assert "more codes" in rendered("text", many(2000))


@given(st.lists(FINDINGS, max_size=5))
def test_a_jsonl_ledger_has_one_object_per_finding(findings):
    lines = rendered("jsonl", findings).split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [finding.as_dict() for finding in findings]


@given(st.lists(FINDINGS, max_size=5))
def test_a_csv_ledger_holds_no_formula(findings):
    rows = list(csv.reader(io.StringIO(rendered("csv", findings), newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@") and len(cell) > 1]


def test_a_csv_ledger_names_its_columns():
    heading = rendered("csv", []).strip().replace('"', "")
    assert heading == "code,severity,record_id,path,file,row,line,message,mend,basis"


def test_a_dash_for_stdin_is_no_formula():
    assert '"-"' in rendered("csv", [finding(origin=Origin("-"))])


def test_a_ledger_is_written_while_findings_come():
    stream = io.StringIO()

    def findings():
        yield finding(1)
        assert "algoritmeregister:1" in stream.getvalue()

    RENDERERS["findings", "jsonl"](findings(), stream)


@pytest.mark.parametrize("name", ["losses.jsonl", "losses.CSV", "a/losses.ndjson"])
def test_the_suffix_chooses_the_ledger(name):
    assert ledger_for(name) in (RENDERERS["findings", "jsonl"], RENDERERS["findings", "csv"])


def test_an_unknown_suffix_is_wrong_use():
    with pytest.raises(UsageError, match=r"\.jsonl, \.ndjson, \.csv"):
        ledger_for("losses.txt")


def test_one_code_with_two_severities_is_told_apart():
    text = rendered("text", [finding(1), finding(2, severity=Severity.INFO)])
    assert text.count(finding().code) == 2
