"""Documents of suppliers: told by content, read without losing a word, and never mistaken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import aiexchange
from aiexchange.errors import InputError, OutputError
from aiexchange.exchange import merge
from aiexchange.mapping import layout, registers
from aiexchange.model import StatementKind
from aiexchange.registers import REGISTERS, Document, techops
from shared import DATA, EXPORT, ROOT, needs_data

SAMPLES = ROOT / "samples" / "supplier-formats"
FORMATS = {
    "bom.json": "cyclonedx",
    "bom.xml": "cyclonedx",
    "package.spdx3.json": "spdx",
    "modelcard.md": "hf-model-card",
    "croissant.json": "croissant",
    "application.md": "techops",
    "catalogue.ttl": "aicat",
    "decision-aid.json": "nl-decision-aid",
}
REAL = {
    "cyclonedx-mlbom/valid-machine-learning-1.7.json": "cyclonedx",
    "spdx3-ai/sbom.spdx3.json": "spdx",
    "hf-model-card/modelcard.md": "hf-model-card",
    "hf-model-card/modelcard_template.md": "hf-model-card",
    "croissant/credit-g-metadata.json": "croissant",
    "techops-annex-iv/template-application-documentation.md": "techops",
    "techops-annex-iv/template-data-documentation.md": "techops",
    "techops-annex-iv/template-model-documentation.md": "techops",
    "aicat/aicat-proctify.ttl": "aicat",
}
FILES = [
    *(pytest.param(SAMPLES / name, kind, id=name) for name, kind in FORMATS.items()),
    *(
        pytest.param(DATA / "supplier-formats" / name, kind, id=name, marks=needs_data)
        for name, kind in REAL.items()
    ),
]
every_file = pytest.mark.parametrize(("path", "kind"), FILES)


def read(name):
    return [each for each in aiexchange.read(SAMPLES / name) if each.registration]


def first(name):
    return read(name)[0].registration


@every_file
def test_a_document_is_told_by_its_content(tmp_path, path, kind):
    renamed = tmp_path / "unknown.bin"
    renamed.write_bytes(path.read_bytes())
    found = aiexchange.detect(renamed)
    assert (found.format, found.registrations > 0) == (kind, True)


@every_file
@pytest.mark.parametrize("way", ["jsonl", "eudb-xml"])
def test_a_document_survives_the_way_through_a_format(path, kind, way):
    (report,) = aiexchange.roundtrip(path, via=[way])
    assert report.is_exact, report.losses


@every_file
def test_every_field_of_a_document_is_mapped_or_told(path, kind):
    for entry in aiexchange.read(path):
        told = {finding.path for finding in entry.findings if finding.code == "loss.unmapped"}
        assert set(entry.registration.extras) <= told | before(path, entry)


def before(path, entry):
    """Return what was told for an earlier record of the file: each name is told once."""
    earlier = [e for e in aiexchange.read(path) if (e.origin.row or 0) < (entry.origin.row or 0)]
    return {finding.path for each in earlier for finding in each.findings}


@pytest.mark.parametrize("name", ["bom.json", "package.spdx3.json", "croissant.json"])
def test_every_text_of_a_json_document_is_kept_or_left_out_with_a_finding(name):
    kept = "".join(
        each.registration.model_dump_json()
        + "".join(f"{f.message} {f.path}" for f in each.findings)
        for each in read(name)
    )
    source = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    about = {
        "library",
        "left-pad",
        "1.0",
        "bomwriter",
        "application",
        "http://cyclonedx.org/schema/",
    }
    for text in texts(source):
        own = text in kept or any(text.startswith(each) for each in about) or text in STRUCTURE
        assert own, text


STRUCTURE = frozenset(
    "CycloneDX 1.7 bomwriter website documentation attestation certification-report Netherlands "
    "sc:Dataset ai_AIPackage dataset_DatasetPackage CreationInfo Organization ExternalIdentifier "
    "email 3.0.1 _:made".split()
)
"""Words that say what an object is, or which are kept as a code."""


def texts(value):
    if isinstance(value, dict):
        return [t for name, each in value.items() if name != "@context" for t in texts(each)]
    if isinstance(value, list):
        return [t for each in value for t in texts(each)]
    return [value] if isinstance(value, str) else []


def test_a_bill_gives_the_address_of_the_manufacturer_with_its_path():
    found = first("bom.json")
    assert found.provider.address.model_dump(exclude_none=True) == {
        "street": "Wilgenlaan 3",
        "post_code": "6543 AB",
        "city": "Rode",
        "country": "NL",
    }
    said = found.provenance["provider.address"]
    assert said.place == "row 1, metadata.component.manufacturer.address"
    assert said.date == "2026-03-02"


def test_a_bill_in_xml_says_what_the_one_in_json_says():
    ours, theirs = first("bom.json"), first("bom.xml")
    assert ours.record_id == theirs.record_id
    assert ours.provider.address == theirs.provider.address
    assert len(theirs.provider.contacts) == 3
    assert read("bom.xml")[1].registration.system.operating_logic == {
        "und": "Approach: supervised\nTask: regression"
    }


@pytest.mark.parametrize(
    ("name", "number"),
    [("bom.json", 1), ("package.spdx3.json", 0), ("modelcard.md", 0), ("croissant.json", 0)],
)
def test_what_is_said_of_a_model_is_derived(name, number):
    entry = read(name)[number]
    kinds = {each.kind for each in entry.registration.provenance.values()}
    assert kinds == {StatementKind.DERIVED}
    assert "loss.model-not-system" in {finding.code for finding in entry.findings}


def test_a_broad_correspondence_is_derived_in_a_document_about_a_system():
    kinds = {path: each.kind.value for path, each in first("bom.json").provenance.items()}
    assert kinds["system.more_information"] == "supplied"
    assert kinds["system.certificates"] == kinds["system.declarations_of_conformity"] == "derived"


def test_a_safety_risk_is_never_a_risk_class():
    found = first("package.spdx3.json")
    assert found.classification.declared is None
    assert found.extras["safetyRiskAssessment"] == "high"
    assert found.provider.name == "Wilgenrode Software B.V."


def test_what_nobody_filled_in_says_nothing():
    found = first("modelcard.md")
    assert "section Funded by" not in found.extras
    assert "section Evaluation" not in found.extras
    assert found.system.intended_purpose == {
        "und": "Direct use: Advice to a consultant, who decides."
    }
    assert found.system.trade_name == "hours-model"


def test_a_declaration_in_a_comment_is_read():
    found = first("application.md")
    assert found.system.declarations_of_conformity[0].url.endswith("/declaration.pdf")
    assert found.classification.declared.value == "high-risk"
    assert "Annex III, point 5" in found.extras["section Risk classification"]


@needs_data
@pytest.mark.parametrize("name", [name for name in REAL if name.startswith("techops")])
def test_an_empty_template_answers_nothing(name):
    (entry,) = aiexchange.read(DATA / "supplier-formats" / name)
    assert not entry.registration.extras
    assert entry.registration.system.intended_purpose is None
    assert "loss.prompt" in {finding.code for finding in entry.findings}


def test_instructions_are_known_whatever_the_marks_around_them():
    assert techops.fingerprint("* **Some words:** here ") == techops.fingerprint(
        "Some words:** here"
    )


def test_wrong_prefixes_are_tolerated():
    found = first("catalogue.ttl")
    assert found.system.member_states == ("BE", "NL")
    assert found.system.status.value == "ON_MARKET"
    assert found.provider.name == "Wilgenrode Software B.V."


def test_the_decision_aid_does_not_say_which_point_of_annex_iii():
    (entry,) = read("decision-aid.json")
    found = entry.registration
    assert found.classification.declared.value == "high-risk"
    assert (found.classification.profiling, found.classification.annex_i) == (False, False)
    assert found.classification.annex_iii == ()
    assert found.provider.name is None
    assert "loss.not-recorded" in {finding.code for finding in entry.findings}


def test_answers_are_read_as_the_browser_stores_them(tmp_path):
    path = tmp_path / "storage.json"
    labels = json.dumps(["geen hoog-risico AI", "aanbieder"])
    answers = json.dumps([{"questionId": "2.6", "answer": "Ja"}])
    path.write_text(json.dumps({"labels": labels, "answers": answers}), encoding="utf-8")
    (entry,) = aiexchange.read(path)
    assert entry.registration.classification.declared.value == "not-high-risk"
    assert any("6(3)" in finding.message for finding in entry.findings)


def test_documents_complete_the_record_of_the_agency(tmp_path):
    target = tmp_path / "merged.jsonl"
    names = ("bom.json", "application.md", "catalogue.ttl", "modelcard.md")
    report = merge(EXPORT, [SAMPLES / name for name in names], target)
    found = next(
        each.registration
        for each in aiexchange.read(target)
        if each.registration.record_id == "nl-algoritmeregister:73159243"
    )
    assert found.provider.address.city == "Rode"
    assert found.system.member_states == ("BE", "NL")
    assert found.system.declarations_of_conformity
    assert found.provenance["provider.address"].source == "bom.json"
    assert report.unmatched == ["bom.json: hours-model", "modelcard.md: hours-model"]


def test_what_is_stated_comes_before_what_describes_a_model(tmp_path):
    card = (SAMPLES / "modelcard.md").read_text(encoding="utf-8")
    model = tmp_path / "model.md"
    model.write_text(card.replace("hours-model", "Indicatie huishoudelijke hulp"), encoding="utf-8")
    target = tmp_path / "merged.jsonl"
    merge(EXPORT, [model, SAMPLES / "application.md"], target)
    found = next(
        each.registration
        for each in aiexchange.read(target)
        if each.registration.record_id == "nl-algoritmeregister:73159243"
    )
    assert found.provenance["system.intended_purpose"].source == "application.md"
    assert found.provenance["system.intended_purpose"].kind is StatementKind.SUPPLIED


@pytest.mark.parametrize("name", sorted(set(FORMATS.values())))
def test_what_is_only_read_is_refused_as_a_target(tmp_path, name):
    with pytest.raises(OutputError, match="read, but not written"):
        aiexchange.convert(EXPORT, tmp_path / "out.bin", to_format=name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_document_is_read_or_refused_in_words(tmp_path, name):
    data = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    for part in range(1, 8):
        path.write_bytes(data[: len(data) * part // 8])
        try:
            found = list(aiexchange.read(path, format=FORMATS[name]))
        except InputError as error:
            assert name in str(error)
        else:
            assert all(entry.registration for entry in found)


ENTITIES = (
    b'<!DOCTYPE bom [<!ENTITY a "x">]><bom xmlns="http://cyclonedx.org/schema/bom/1.6">&a;</bom>'
)


def test_a_bill_with_entities_is_refused(tmp_path):
    path = tmp_path / "bom.xml"
    path.write_bytes(ENTITIES)
    with pytest.raises(InputError):
        list(aiexchange.read(path))


@pytest.mark.parametrize("suffix", ["json", "jsonl", "ttl", "xml", "csv"])
def test_our_own_files_are_never_taken_for_a_document(tmp_path, suffix):
    path = tmp_path / f"own.{suffix}"
    to = "nl-algoritmeregister" if suffix == "csv" else None
    aiexchange.convert(SAMPLES / "bom.json", path, to_format=to)
    found = aiexchange.detect(path)
    assert not isinstance(REGISTERS.get(found.format), Document)


@needs_data
@pytest.mark.parametrize("folder", ["records", "supplier-templates"])
def test_a_file_of_the_register_is_never_taken_for_a_document(folder):
    for path in (DATA / "nl" / folder).rglob("*.json"):
        head = path.read_bytes()[: 64 * 1024]
        for each in REGISTERS.values():
            assert not (isinstance(each, Document) and each.recognises(head)), path.name


def test_the_table_in_the_documentation_is_that_of_the_mappings():
    text = (ROOT / "docs" / "supplier-formats.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", text, re.MULTILINE))
    assert shown == {
        name: row(name) for name, each in REGISTERS.items() if isinstance(each, Document)
    }


def row(name):
    """Return the rest of a row: what is read, whether it is written, the items it fills."""
    found = layout(name, registers()[name][0])
    stated = {r.item for r in found.rows if r.item and r.relation in ("exact", "close")}
    derived = {r.item for r in found.rows if r.item} - stated
    model = name in ("spdx", "hf-model-card", "croissant", "nl-model-card")
    items = [f"({item})" if model or item in derived else item for item in order(stated | derived)]
    leads = any(row.target == "use.assessments" for row in found.rows)
    items += ["C-4 C-5 as leads"] if leads else []
    written = "yes" if REGISTERS[name].is_written else "no"
    return f"{found.standard} | {written} | {' '.join(items) or 'none'}"


def order(items):
    return sorted(items, key=lambda item: (item[0], int(item.split("-")[1])))


def test_every_document_has_a_sample():
    folder = Path(ROOT / "samples")
    of_cards = {each.name for each in folder.iterdir()}
    documents = {name for name, each in REGISTERS.items() if isinstance(each, Document)}
    assert documents - set(FORMATS.values()) - of_cards <= {"nl-model-card", "nl-assessment-card"}
