"""Cards of the Dutch reporting standard: every version is read, the newest is written."""

from __future__ import annotations

import json
from itertools import chain

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource

import aiexchange
from aiexchange.errors import InputError
from aiexchange.mapping import layout, registers
from aiexchange.model import AssessmentKind
from aiexchange.registers import REGISTERS, cards
from shared import DATA, EXPORT, REAL_CSV, ROOT, needs_data

SAMPLE = ROOT / "samples" / "nl-system-card" / "card.yaml"
AMT = DATA / "nl" / "amt"
MOCK = sorted((DATA / "nl" / "mock-csv").glob("*.yaml"))
REAL_CARDS = [*MOCK, AMT / "system_test_card.yaml", AMT / "system_card.yaml"]
by_name = pytest.mark.parametrize("path", REAL_CARDS, ids=lambda path: path.name)


def only(path):
    (entry,) = aiexchange.read(path)
    assert entry.registration is not None
    return entry


@pytest.fixture(scope="module")
def schema():
    found = {
        name: json.loads((AMT / name).read_text(encoding="utf-8"))
        for name in (
            "systemcard_schema.json",
            "modelcard_schema.json",
            "assessmentcard_schema.json",
        )
    }
    # All three have one $id, so that their references do not resolve; each gets its own.
    for name, each in found.items():
        each["$id"] = f"https://schemas.example/{name}"
    known = Registry().with_resources(
        (each["$id"], Resource.from_contents(each)) for each in found.values()
    )
    return jsonschema.Draft202012Validator(
        found["systemcard_schema.json"],
        registry=known,
        format_checker=jsonschema.FormatChecker(),
    )


def test_a_card_becomes_a_registration():
    found = only(SAMPLE).registration
    assert found.record_id == "nl-algoritmeregister:73159243"
    assert found.title == {"nl": "Indicatie huishoudelijke hulp"}
    assert found.deployer.name == "Gemeente Lindenwaard"
    assert found.provider.name == "Wilgenrode Software B.V."
    assert found.classification.declared.value == "high-risk"
    assert found.use.start == "2023-09"
    assert found.system.references[0].value == "3.1"
    assert found.system.more_information == "https://www.wilgenrode.example/indicatie"


def test_an_assessment_is_a_lead_and_never_a_summary():
    entry = only(SAMPLE)
    (assessment,) = entry.registration.use.assessments
    assert assessment.kind is AssessmentKind.IAMA
    assert entry.registration.use.fria_summary is None
    assert "assessments.cards" in {f.path for f in entry.findings if f.code == "loss.unmapped"}


def test_what_a_card_says_is_told_with_its_place():
    said = only(SAMPLE).registration.provenance["system.information_used"]
    assert (said.kind.value, said.by, said.source, said.place) == (
        "supplied",
        "Wilgenrode Software B.V.",
        "card.yaml",
        "row 1, used_data",
    )


def test_the_body_is_its_own_supplier_where_it_is_the_provider(tmp_path):
    card = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    card["ai_act_profile"]["role"] = "aanbieder"
    del card["external_providers"]
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(card), encoding="utf-8")
    found = only(path).registration
    assert found.provider.name == "Gemeente Lindenwaard"
    assert found.system.status.value == "IN_SERVICE"


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_card_comes_back_whole(tmp_path, suffix):
    there = tmp_path / "there.jsonl"
    back = tmp_path / f"back{suffix}"
    aiexchange.convert(SAMPLE, there)
    aiexchange.convert(there, back, to_format="nl-system-card")
    text = back.read_text(encoding="utf-8")
    again = json.loads(text) if suffix == ".json" else yaml.safe_load(text)
    before = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    for card in (before, again):
        card["labels"] = sorted(card["labels"], key=lambda label: label["name"])
    assert again == before


def test_a_card_goes_through_the_register_and_back(tmp_path):
    register, back = tmp_path / "register.csv", tmp_path / "back.yaml"
    aiexchange.convert(SAMPLE, register, to_format="nl-algoritmeregister")
    aiexchange.convert(register, back, to_format="nl-system-card")
    before = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    again = yaml.safe_load(back.read_text(encoding="utf-8"))
    both = set(before) - {"assessments", "owners", "ai_act_profile", "external_providers"}
    for name in both - {"labels", "references"}:
        assert again[name] == before[name], name
    assert again["owners"][0]["organization"] == "Gemeente Lindenwaard"
    assert again["owners"][0]["email"] == "algoritmen@lindenwaard.example"
    assert again["ai_act_profile"]["risk_group"] == "hoog-risico AI"
    assert again["external_providers"][0]["name"] == "Wilgenrode Software B.V."
    labels = {label["name"]: label["value"] for label in again["labels"]}
    assert labels["record_id"] == "nl-algoritmeregister:73159243"
    assert "IAMA" in labels["impacttoetsen_grouping"]


@pytest.mark.parametrize(
    "path",
    [EXPORT, *(pytest.param(p, marks=needs_data) for p in REAL_CSV[:1])],
    ids=lambda path: path.name,
)
def test_a_record_of_the_register_goes_through_a_card_and_back(tmp_path, path):
    there, back = tmp_path / "cards.yaml", tmp_path / "back.csv"
    aiexchange.convert(path, there, to_format="nl-system-card")
    aiexchange.convert(there, back, to_format="nl-algoritmeregister")
    report = aiexchange.diff(path, back)
    assert not report.added and not report.removed
    changed = {change.path for record in report.changed for change in record.changes}
    other_languages = {each for each in changed if each.endswith((".en", ".fy"))}
    assert changed - other_languages <= {"languages", "extras.begin_date", "extras.status"}


def test_what_a_card_cannot_hold_is_a_loss(tmp_path):
    result = aiexchange.convert(EXPORT, tmp_path / "cards.yaml", to_format="nl-system-card")
    lost = {f.path for f in result.findings if f.code == "loss.no-term"}
    assert {"title.en", "title.fy"} <= lost


@needs_data
def test_written_cards_are_valid_under_the_schema_of_the_standard(tmp_path, schema):
    path = tmp_path / "cards.json"
    aiexchange.convert(EXPORT, path, to_format="nl-system-card")
    for card in json.loads(path.read_text(encoding="utf-8")):
        schema.validate(card)


@needs_data
@by_name
def test_every_card_is_read_and_written_as_the_newest_version(tmp_path, path, schema):
    entry = only(path)
    assert entry.registration.source.register_ == "nl-system-card"
    target = tmp_path / "card.json"
    aiexchange.convert(path, target, to_format="nl-system-card")
    card = json.loads(target.read_text(encoding="utf-8"))
    assert card["schema_version"] == "0.1a14"
    if path.parent != AMT:
        card = {name: value for name, value in card.items() if not name.endswith("_date")}
    card.pop("begin_date", None)
    schema.validate(card)


@needs_data
@by_name
def test_no_value_of_a_card_goes_missing(path):
    entry = only(path)
    kept = json.dumps(entry.registration.model_dump(mode="json"), ensure_ascii=False)
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda loader, suffix, node: node.value)
    loader.yaml_implicit_resolvers = {}
    for value in texts(yaml.load(path.read_text(encoding="utf-8"), loader)):
        assert json.dumps(value, ensure_ascii=False)[1:-1] in kept or known(value), value


def texts(value):
    if isinstance(value, dict):
        return chain.from_iterable(map(texts, value.values()))
    if isinstance(value, list):
        return chain.from_iterable(map(texts, value))
    return [value] if isinstance(value, str) and value else []


def known(value):
    """Tell whether a value is one of the codes, which are kept as such."""
    return value in ("production", "other_algorithms")


@needs_data
def test_an_include_is_refused_and_told_with_its_line():
    found = [f for f in only(AMT / "system_test_card.yaml").findings if f.code == "yaml.include"]
    assert [f.origin.line for f in found] == [35]


@needs_data
def test_an_assessment_card_is_a_lead():
    found = only(AMT / "iama.yaml").registration
    assert [each.kind for each in found.use.assessments] == [AssessmentKind.IAMA]
    assert found.use.fria_summary is None


HOSTILE = {
    "python": b"name: x\nowners: !!python/object/apply:os.system ['true']\nused_data: y\n",
    "local": b"name: x\nowners: !secret\n  a: b\nused_data: y\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_tag_constructs_nothing(tmp_path, text):
    path = tmp_path / "card.yaml"
    path.write_bytes(text)
    assert "yaml.tag" in {f.code for f in only(path).findings}


BROKEN = {
    "bomb": b"owners: &a [x,x]\nused_data: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
    + b"".join(
        b"k%d: &%s [%s]\n" % (n, bytes([99 + n]), b",".join([b"*" + bytes([98 + n])] * 8))
        for n in range(8)
    ),
    "deep": b"owners: x\nused_data: " + b"[" * 5000 + b"]" * 5000,
    "empty": b"",
    "cut off": b'owners: x\nused_data: "y',
    "a list of texts": b"- a\n- b\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_no_card_is_refused_in_words(tmp_path, text):
    path = tmp_path / "card.yaml"
    path.write_bytes(text)
    try:
        found = list(aiexchange.read(path, format="nl-system-card"))
    except InputError as error:
        assert "card.yaml" in str(error)
    else:
        assert all(entry.registration is None for entry in found)
        assert {f.code for entry in found for f in entry.findings} == {"json.no-record"}


def test_the_names_by_which_cards_are_told_are_none_of_the_register_s():
    of_register = {
        heading
        for name in registers()["nl-algoritmeregister"]
        for found in (layout("nl-algoritmeregister", name),)
        for heading in (*found.fields, *found.aliases)
    }
    assert not cards._OF_SYSTEM & of_register


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_our_own_json_is_never_taken_for_a_card(tmp_path, suffix):
    path = tmp_path / f"own{suffix}"
    aiexchange.convert(SAMPLE, path)
    assert aiexchange.detect(path).format == suffix[1:]


def test_many_cards_are_documents_one_after_another(tmp_path):
    path = tmp_path / "cards.yaml"
    aiexchange.convert(EXPORT, path, to_format="nl-system-card")
    written = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    assert len(written) == len(list(aiexchange.read(path))) == 58
    assert isinstance(REGISTERS["nl-system-card"], type(REGISTERS["nl-model-card"]))


MODEL = {
    "name": "hours-model",
    "license": {"license_name": "EUPL-1.2"},
    "tags": ["household help"],
    "model_index": [{"name": "hours-model", "model": "https://models.example/hours"}],
}


def test_a_model_card_comes_back_whole(tmp_path):
    card, there, back = (tmp_path / name for name in ("card.json", "there.jsonl", "back.json"))
    card.write_text(json.dumps(MODEL), encoding="utf-8")
    assert only(card).registration.source.register_ == "nl-model-card"
    aiexchange.convert(card, there)
    aiexchange.convert(there, back, to_format="nl-model-card")
    assert json.loads(back.read_text(encoding="utf-8")) == MODEL


@needs_data
def test_an_assessment_card_comes_back_whole(tmp_path):
    there, back = tmp_path / "there.xml", tmp_path / "back.yaml"
    aiexchange.convert(AMT / "iama.yaml", there)
    aiexchange.convert(there, back, to_format="nl-assessment-card")
    again = yaml.load(back.read_text(encoding="utf-8"), yaml.BaseLoader)
    plain = yaml.load((AMT / "iama.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert again == plain


def test_a_registration_that_is_no_model_card_is_left_out_with_a_finding(tmp_path):
    result = aiexchange.convert(SAMPLE, tmp_path / "card.json", to_format="nl-model-card")
    assert "loss.card" in {finding.code for finding in result.findings}
