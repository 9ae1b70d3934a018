"""Every record of every real file comes back, in every transport that can hold it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from aiexchange import convert, diff, read, roundtrip
from aiexchange.checks.register_rules import findings
from aiexchange.formats import FORMATS, Options
from aiexchange.registers import REGISTERS, is_flat
from shared import DATA, EXPORT, needs_data

REGISTER = REGISTERS["nl-algoritmeregister"]
FILES = sorted(
    path
    for folder in ("records", "mock-csv", "supplier-templates")
    for path in (DATA / "nl" / folder).rglob("*")
    if path.suffix in (".csv", ".json") and "scrape-summary" not in path.name
)
by_name = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")


def pairs(path):
    with path.open("rb") as stream:
        yield from REGISTER.pairs(stream, Options(file=path.name))


@by_name
def test_every_record_comes_back_value_for_value(path):
    flat = is_flat(path.read_bytes()[:64])
    for records, entry in pairs(path):
        if entry.registration is None:
            assert all(record.fields is None for record in records), entry.findings
            continue
        back = REGISTER.records(entry.registration, flat=flat)
        assert back == [record.fields for record in records]


@needs_data
def test_the_records_are_as_many_as_the_files_hold(capsys):
    count = sum(
        sum(record.fields is not None for record in records)
        for path in FILES
        for records, _ in pairs(path)
    )
    with capsys.disabled():
        print(f"\n{count} real records of {len(FILES)} files came back value for value")
    assert count == sum(map(_records_in, FILES))


def _records_in(path):
    if path.suffix == ".csv":
        return 1
    held = json.loads(path.read_text(encoding="utf-8"))
    return len(held if isinstance(held, list) else held["algoritme_versions"])


@by_name
@pytest.mark.parametrize("way", [*FORMATS, "ntriples"])
def test_every_record_comes_back_through_every_format(path, way):
    (report,) = roundtrip(path, via=[way])
    assert report.is_exact, report.losses


@by_name
def test_a_file_comes_back_through_csv_but_for_what_a_table_cannot_hold(path, tmp_path):
    target = tmp_path / "out.csv"
    result = convert(path, target, to_format=REGISTER.name)
    lost = {(finding.record_id, finding.path) for finding in result.findings}
    for record in diff(path, target).changed:
        for change in record.changes:
            field = change.path.removeprefix("extras.")
            assert (record.record_id, field) in lost, change


@by_name
def test_a_file_comes_back_through_json_as_it_was(path, tmp_path):
    target = tmp_path / "out.json"
    convert(path, target, to_format=REGISTER.name)
    assert not diff(path, target).differs


@by_name
def test_what_a_workbook_cannot_hold_is_a_loss_that_names_the_cell(path, tmp_path):
    target = tmp_path / "out.xlsx"
    result = convert(path, target, to_format=REGISTER.name)
    lost = {
        (finding.record_id, finding.path): finding.message
        for finding in result.findings
        if finding.code == "loss.cell"
    }
    if not is_flat(path.read_bytes()[:64]):
        return
    before = [record.fields for records, entry in pairs(path) for record in records]
    after = [record.fields for records, entry in pairs(target) for record in records]
    for old, new, entry in zip(before, after, read(target), strict=False):
        for name, value in old.items():
            if (value or "") != new.get(name, ""):
                assert "cell" in lost[(entry.registration.record_id, name)]


@needs_data
def test_the_two_summaries_differ_as_their_ids_and_fields_do():
    paths = [
        DATA / "nl" / "records" / f"scrape-summary-2026-{day}.json" for day in ("05-13", "07-02")
    ]
    old, new = (
        {each["id"]: each for each in json.loads(path.read_text(encoding="utf-8"))["algoritmes"]}
        for path in paths
    )
    found = diff(*paths)
    assert {_own(each.record_id) for each in found.added} == new.keys() - old.keys()
    assert {_own(each.record_id) for each in found.removed} == old.keys() - new.keys()
    fields = ("title", "organisatie", "status", "doel", "juridische_basis", "impactassessment")
    assert {_own(each.record_id) for each in found.changed} == {
        own
        for own in old.keys() & new.keys()
        if any(old[own][field] != new[own][field] for field in fields)
    }


def _own(record_id):
    return record_id.partition(":")[2]


@needs_data
def test_the_body_for_the_interface_is_what_it_takes(tmp_path):
    document = json.loads(
        (DATA / "nl" / "openapi" / "aanleverapi-v1_0.openapi.json").read_text(encoding="utf-8")
    )
    schema = {"$ref": "#/components/schemas/AlgorithmIn", **_repaired(document)}
    body = tmp_path / "body.json"
    convert(EXPORT, body, to_format=REGISTER.name, profile="api")
    accepted = _accepted(EXPORT)
    checked = 0
    for record in json.loads(body.read_text(encoding="utf-8")):
        if record["name"] in accepted:
            jsonschema.validate(record, schema)
            checked += 1
    assert checked >= 40


def _accepted(path):
    """Return the names of the records in which `check --rules api` finds no violation."""
    return {
        REGISTER.lens_for(entry.registration).backward(entry.registration)["name"]
        for entry in read(path)
        if entry.registration and not list(findings(entry.registration))
    }


def _repaired(node):
    """Mend the document: it has `"type": "enum"`, and `type` beside `anyOf` and `$ref`."""
    if isinstance(node, dict):
        mended = {name: _repaired(inner) for name, inner in node.items()}
        odd = mended.get("type") == "enum" or {"anyOf", "$ref"} & mended.keys()
        if odd and not isinstance(mended.get("type"), dict):
            mended.pop("type", None)
        return mended
    return [_repaired(each) for each in node] if isinstance(node, list) else node
