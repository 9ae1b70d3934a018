"""The circle: what a register lacks is asked, answered, merged, and missing no more."""

from __future__ import annotations

import openpyxl
import pytest

from aiexchange.checks import xsd
from aiexchange.exchange import (
    convert,
    gaps,
    merge,
    new_template,
    read,
    request_suppliers,
    roundtrip,
)
from aiexchange.model import StatementKind
from shared import DATA, EXPORT, REAL_CSV, needs_data
from templates.filling import answer, cell_of

PRODUCT = {
    "provider.address.street": "Voorbeeldlaan",
    "provider.address.city": "Voorbeeldstad",
    "provider.address.country": "NL – Nederland",
    "system.components_and_functions": "Een model en een scherm met uitleg.",
    "system.member_states": "NL; BE",
    "use.provider_entry": "https://example.org/eu-database/{number}",
}
DOCUMENTS = {
    "EU-conformiteitsverklaring": "https://example.org/verklaring.pdf",
    "gebruiksaanwijzing": "https://example.org/handleiding.pdf",
}
CLOSED_BY_SUPPLIERS = {"A-1", "A-5", "A-10", "A-11", "A-12", "C-3"}
"""What these answers close."""

SILENT = "kwikstaart-analytics-gmbh.xlsx"
"""A supplier that does not answer."""


def fill(path, number):
    """Answer a request as a person would: in the cells beside the questions."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        keys = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
        for key, value in PRODUCT.items():
            if key in keys:
                system = sheet.cell(keys.get("#number", 1), 5).value
                sheet.cell(keys[key], 5).value = value.format(number=f"{number}-{system}")
    sheet = cell_of(book, "documents[].url").parent
    kinds, urls = (cell_of(book, f"documents[].{name}").column for name in ("for", "url"))
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, kinds).value:
            sheet.cell(row, urls).value = DOCUMENTS[sheet.cell(row, kinds).value]
    cell = cell_of(book, "contacts[].email")
    if cell.parent.cell(6, cell.column).value is None:
        cell.parent.cell(6, cell.column).value = "ai@example.org"
    answer(book, "#by-name", "A. de Voorbeeld", column=3)
    answer(book, "#by-date", "20-11-2026", column=3)
    book.save(path)


def fill_bodies(path):
    """Answer for each body who submits, and where it is."""
    book = openpyxl.load_workbook(path)
    sheet = cell_of(book, "deployer.name").parent
    given = {
        "deployer.address.city": "Voorbeeldstad",
        "deployer.contacts[].email": "loket@example.org",
        "deployer.submitter.name": "B. de Indiener",
        "deployer.submitter.address.city": "Voorbeeldstad",
        "deployer.submitter.contacts[].email": "indiener@example.org",
    }
    name = cell_of(book, "deployer.name").column
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, name).value:
            for key, value in given.items():
                cell = sheet.cell(row, cell_of(book, key).column)
                cell.value = cell.value or value
    book.save(path)


def missing(source):
    """Return the gaps of a source: record id and item."""
    return {
        (registration["record_id"], gap["item"])
        for registration in gaps(source).as_dict()["registrations"]
        for gap in registration["gaps"]
    }


@pytest.fixture(scope="module")
def circle(tmp_path_factory):
    """Run the circle once: requests, answers, merge."""
    folder = tmp_path_factory.mktemp("circle")
    requests = request_suppliers(EXPORT, folder / "requests", language="nl")
    answered = [each for each in requests if each.path.name != SILENT]
    for number, request in enumerate(answered):
        fill(request.path, number)
    bodies = folder / "bodies.xlsx"
    new_template(bodies, kind="organisations", section="C", source=EXPORT)
    fill_bodies(bodies)
    target = folder / "merged.jsonl"
    overlays = [*(each.path for each in requests), bodies]
    found = []
    report = merge(EXPORT, overlays, target, on_finding=found.append)
    return {"target": target, "requests": answered, "report": report, "found": found}


def asked_of(requests):
    """Return the record ids that requests ask about."""
    found = set()
    for request in requests:
        for entry in read(request.path):
            said = entry.registration
            if said is not None:
                named = [each.value for each in said.identifiers if each.scheme == "record-id"]
                found |= set(named or [said.record_id])
    return found


def test_exactly_what_was_answered_is_missing_no_more(circle):
    before, after = missing(EXPORT), missing(circle["target"])
    assert after < before
    asked = asked_of(circle["requests"])
    by_body = {(record_id, item) for record_id, item in before if item in ("C-1", "C-2")}
    by_supplier = {
        (record_id, item)
        for record_id, item in before
        if record_id in asked and item in CLOSED_BY_SUPPLIERS
    }
    assert before - after == by_body | by_supplier


def test_a_supplier_that_is_silent_closes_nothing(circle):
    before, after = missing(EXPORT), missing(circle["target"])
    silent = {record_id for record_id, item in before if item == "C-3"} - asked_of(
        circle["requests"]
    )
    assert len(silent) == 1
    assert {(each, "C-3") for each in silent} <= after


def test_nothing_that_was_there_is_gone_or_changed(circle):
    held = {entry.registration.record_id: entry.registration for entry in read(EXPORT)}
    for entry in read(circle["target"]):
        before, after = held.pop(entry.registration.record_id), entry.registration
        for name in ("title", "description", "use", "classification"):
            said = getattr(before, name)
            now = getattr(after, name)
            if name == "use":
                now = now.model_copy(update={"provider_entry": said.provider_entry})
            assert now == said
        assert after.residue == before.residue
        assert after.extras == before.extras
    assert not held


@pytest.mark.parametrize("suffix", ["jsonl", "xml"])
def test_who_supplied_a_value_and_in_which_cell_goes_with_it(circle, tmp_path, suffix):
    target = tmp_path / f"on.{suffix}"
    convert(circle["target"], target)
    places = {}
    for entry in read(target):
        statement = entry.registration.provenance.get("use.provider_entry")
        if statement is not None:
            places[entry.registration.record_id] = statement
    assert set(places) == asked_of(circle["requests"]) & {
        record_id for record_id, item in missing(EXPORT) if item == "C-3"
    }
    for statement in places.values():
        assert statement.kind is StatementKind.SUPPLIED
        assert statement.by == "A. de Voorbeeld"
        assert statement.date == "2026-11-20"
        assert statement.place.startswith("'Systeem ")
        assert statement.source.endswith(".xlsx")


def test_what_was_merged_is_valid_and_comes_back_exactly(circle, tmp_path):
    target = tmp_path / "merged.xml"
    convert(circle["target"], target)
    with target.open("rb") as stream:
        assert list(xsd.validate(stream, "merged.xml")) == []
    for report in roundtrip(circle["target"], via=["eudb-xml", "json"]):
        assert report.exact == report.records, report.losses


REAL = [DATA / "nl" / "records" / "init-testdata-v0_1-60-records.json", REAL_CSV[1]]
ROUTING = {
    "classification.declared": "hoog risico",
    "classification.annex_iii": "5(a)",
    "classification.sensitive_area": "nee",
}


def fill_records(path):
    """Answer for each record what decides where it is due."""
    book = openpyxl.load_workbook(path)
    sheet = cell_of(book, "classification.declared").parent
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, 2).value:
            for key, value in ROUTING.items():
                sheet.cell(row, cell_of(book, key).column).value = value
    book.save(path)


@needs_data
@pytest.mark.parametrize("source", REAL, ids=lambda path: path.stem)
def test_real_records_that_are_classified_go_round_the_circle_too(source, tmp_path):
    ours, routed, merged = (tmp_path / name for name in ("ours.xlsx", "1.jsonl", "2.jsonl"))
    new_template(ours, kind="deployer", section="C", language="nl", source=source)
    fill_records(ours)
    merge(source, [ours], routed)
    before = missing(routed)
    requests = request_suppliers(routed, tmp_path / "requests", language="nl")
    for number, request in enumerate(requests):
        fill(request.path, number)
    merge(routed, [request.path for request in requests], merged)
    asked = asked_of(requests)
    assert asked
    closed = {pair for pair in before if pair[0] in asked and pair[1] in CLOSED_BY_SUPPLIERS}
    assert closed
    assert before - missing(merged) == closed
    convert(merged, tmp_path / "merged.xml")
    with (tmp_path / "merged.xml").open("rb") as stream:
        assert list(xsd.validate(stream, "merged.xml")) == []
    for report in roundtrip(merged, via=["eudb-xml"]):
        assert report.exact == report.records, report.losses
