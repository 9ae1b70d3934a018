"""Origins: what is found in a converted file is shown at the cell that the value came from."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

import aiexchange
from aiexchange.formats.eudb.places import canonical_path
from aiexchange.registers.xlsx import letters
from shared import EXPORT

PATHS = {
    "RegistrationMessage/Registration[3]/SectionA/Provider/Address/City": "provider.address.city",
    "Registration/SectionC/Deployer/Contact[2]/Email": "deployer.contacts.email",
    "RegistrationMessage/RestrictedRegistration[1]/SectionA/Status": "system.status",
    "RegistrationMessage/Registration/SectionA/Certificate[2]/NotifiedBody/Number": (
        "system.certificates.notified_body.number"
    ),
    "RegistrationMessage/Registration[1]/Extensions/Use/HumanOversight[1]": "use.human_oversight",
    "RegistrationMessage/Registration[1]/Extensions/Use": "use",
    "RegistrationMessage/Registration[1]/Context/Declared": "classification.declared",
    "RegistrationMessage/Registration[1]/RecordID": "record_id",
    "RegistrationMessage/Registration[1]/SectionA/IntendedPurpose/@xml:lang": (
        "system.intended_purpose"
    ),
    "RegistrationMessage/Registration[1]/SectionA/Odd": None,
    "RegistrationMessage/Registration[1]/SectionA": None,
    "RegistrationMessage/@profile": None,
    "Header/Sender": None,
}


@pytest.mark.parametrize(("path", "expected"), PATHS.items(), ids=PATHS)
def test_a_path_of_a_message_is_a_canonical_path(path, expected):
    assert canonical_path(path) == expected


def rows():
    return list(csv.DictReader(io.StringIO(EXPORT.read_text("utf-8-sig"), newline="")))


def number(column):
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The sample export as three kinds of table, and what each becomes."""
    folder = tmp_path_factory.mktemp("origins")
    aiexchange.convert(EXPORT, folder / "upright.xlsx", to_format="nl-algoritmeregister")
    records = rows()
    with xlsxwriter.Workbook(folder / "rows.xlsx", {"strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet("blad")
        for line, record in enumerate([dict(zip(records[0], records[0], strict=True)), *records]):
            for column, text in enumerate(record.values()):
                sheet.write_string(line + 2, column + 1, text)
    for name, source in (("csv", EXPORT), ("upright", folder / "upright.xlsx")):
        aiexchange.convert(source, folder / f"{name}.xml")
    aiexchange.convert(EXPORT, folder / "csv.ttl")
    aiexchange.convert(EXPORT, folder / "csv.jsonl")
    aiexchange.convert(folder / "rows.xlsx", folder / "rows.xml")
    return folder


def cells(path):
    """Return what stands in a cell of a workbook, by sheet, row from 1 and column from A."""
    workbook = CalamineWorkbook.from_path(str(path))
    sheets = {
        name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in workbook.sheet_names
    }
    return lambda place: str(sheets[place.sheet][place.row - 1][number(place.column) - 1])


def told(path, origin, *codes, **options):
    found = list(aiexchange.check(path, origins=[origin], **options))
    return [each for each in found if not codes or each.code in codes]


@pytest.mark.parametrize("file", ["csv.xml", "csv.ttl", "csv.jsonl"])
def test_the_cell_of_a_csv_holds_the_value_that_was_found(sources, file):
    records = rows()
    found = told(sources / file, EXPORT, "nl-algoritmeregister.enum")
    assert len(found) >= 10
    for each in found:
        value = re.search("“(.*)”", each.message)[1].removesuffix("…")
        record = records[each.source.row - 2]
        assert list(record)[number(each.source.column) - 1] == each.source.field == each.path
        assert value[:40] in " ".join(record[each.source.field].split())


@pytest.mark.parametrize("name", ["upright", "rows"])
def test_the_cell_of_a_workbook_holds_the_value_that_was_found(sources, name):
    look = cells(sources / f"{name}.xlsx")
    found = told(sources / f"{name}.xml", sources / f"{name}.xlsx", "nl-algoritmeregister.enum")
    assert len(found) >= 5
    for each in found:
        value = re.search("“(.*)”", each.message)[1].removesuffix("…")
        assert value[:40] in " ".join(look(each.source).split())


def test_every_finding_keeps_the_place_in_the_file_itself(sources):
    found = told(sources / "csv.xml", EXPORT)
    assert len(found) > 100
    for each in found:
        assert each.origin.file.endswith("csv.xml") and each.origin.line
        assert each.path
        assert each.source.file == str(EXPORT) and each.source.row >= 2


def test_a_part_of_a_field_is_shown_at_the_cell_of_the_field(sources):
    found = told(sources / "csv.xml", EXPORT, "nl-algoritmeregister.mandatory")
    parts = [each for each in found if "." in each.path]
    assert parts
    for each in parts:
        assert each.source.field == each.path.partition(".")[0]
        assert rows()[each.source.row - 2][each.source.field]


def test_what_has_no_field_is_shown_at_its_record(sources):
    for each in told(sources / "csv.xml", EXPORT, "annex-viii.C-3.missing"):
        assert (each.source.column, each.source.field) == (None, None)
        assert rows()[each.source.row - 2]["algorithm_id"] in each.record_id


def broken(sources, tmp_path, before, after):
    text = (sources / "csv.xml").read_text(encoding="utf-8")
    assert re.search(before, text)
    path = tmp_path / "broken.xml"
    path.write_text(re.sub(before, after, text, count=1), encoding="utf-8")
    return path


def test_what_the_schema_rejects_is_shown_at_the_cell(sources, tmp_path):
    path = broken(sources, tmp_path, "<Start>[^<]*</Start>", "<Start>gisteren</Start>")
    (finding,) = told(path, EXPORT, "xsd.type")
    assert finding.path.endswith("/Extensions/Use/Start")
    assert "gisteren" in path.read_text("utf-8").split("\n")[finding.origin.line - 1]
    assert finding.source.field == "begin_date"
    assert rows()[finding.source.row - 2]["begin_date"]
    assert finding.source.column == letters(list(rows()[0]).index("begin_date"))


def test_what_is_derived_is_shown_at_the_cell_that_it_follows_from(sources, tmp_path):
    path = broken(sources, tmp_path, "<IntendedPurpose xml:lang", "<IntendedPurpose lang")
    (finding, *_) = told(path, EXPORT, "xsd.attribute")
    assert finding.source.field == "goal"


def test_schematron_findings_are_shown_at_the_cell(sources):
    by_rule = told(sources / "csv.xml", EXPORT, "annex-viii.A.undetermined", engine="schematron")
    assert by_rule and {each.source.row for each in by_rule} == {
        each.source.row for each in told(sources / "csv.xml", EXPORT, "annex-viii.A.undetermined")
    }


def test_shacl_findings_are_shown_at_the_cell(sources):
    found = told(sources / "csv.jsonl", EXPORT, engine="shacl")
    assert any(each.code.startswith("annex-viii") for each in found)
    assert all(each.source.row for each in found if each.record_id)


def test_reports_show_both_places(run, sources):
    outcome = run(
        "check", sources / "upright.xml", "--origin", sources / "upright.xlsx", "--report", "json"
    )
    report = json.loads(outcome.out)
    assert [each["file"] for each in report["run"]["inputs"]] == [
        str(sources / "upright.xml"),
        str(sources / "upright.xlsx"),
    ]
    found = [each for each in report["findings"] if each["code"].endswith(".enum")]
    assert {"sheet", "row", "column", "field"} <= set(found[0]["source"])
    assert {"file", "line", "path"} <= set(found[0])
    text = run("check", sources / "csv.xml", "--origin", EXPORT).out
    assert max(map(len, text.splitlines())) <= 80
    assert "field publication_category" in " ".join(text.split())


def test_a_record_that_the_origin_does_not_have_has_no_cell(sources, tmp_path):
    first = rows()[0]
    other = tmp_path / "other.csv"
    with other.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, first)
        writer.writeheader()
        writer.writerow(first)
    placed = {each.record_id for each in told(sources / "csv.xml", other) if each.source}
    assert placed == {f"nl-algoritmeregister:{first['algorithm_id']}"}


def test_standard_input_is_no_origin(run, sources):
    assert run("check", sources / "csv.xml", "--origin", "-").code == 2
