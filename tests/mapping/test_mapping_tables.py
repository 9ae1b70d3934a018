"""The mapping tables: every field has a row, every row a target that exists."""

from __future__ import annotations

import json

import pytest

from aiexchange import law
from aiexchange.mapping import layout, registers
from aiexchange.mapping.converters import kind_of
from aiexchange.mapping.rule import KNOWN
from aiexchange.model.codes import AssessmentKind, RiskClass, UseStatus
from aiexchange.model.paths import field_at
from shared import DATA, EXPORT, needs_data, rows

REGISTER = "nl-algoritmeregister"
LAYOUTS = [(register, name) for register, names in registers().items() for name in names]
every_layout = pytest.mark.parametrize(
    ("register", "name"), LAYOUTS, ids=[f"{register} {name}" for register, name in LAYOUTS]
)
NEWEST = layout(REGISTER, "1.0")


@every_layout
def test_every_field_has_a_row_and_every_row_a_field(register, name):
    found = layout(register, name)
    assert {row.subject for row in found.rows} == set(found.fields)


@every_layout
def test_every_target_is_a_path_of_the_model(register, name):
    for row in layout(register, name).rows:
        assert row.target is None or field_at(row.target), row.subject


@every_layout
def test_every_converter_is_known(register, name):
    for row in layout(register, name).rows:
        assert (row.convert in KNOWN) is (row.target is not None), row.subject


@every_layout
def test_a_field_without_a_counterpart_says_why(register, name):
    for row in layout(register, name).rows:
        assert row.target is not None or row.comment, row.subject


@every_layout
def test_every_item_is_one_of_the_act_and_about_the_same_part_of_the_model(register, name):
    parts = {
        item.id: {path.partition(".")[0] for path in item.paths}
        for item in law.legal_version(None).items
    }
    for row in layout(register, name).rows:
        if row.item:
            assert row.target is not None
            assert row.target.partition(".")[0] in parts[row.item], row.subject


@every_layout
def test_every_code_is_one_of_its_list(register, name):
    found = layout(register, name)
    targets = {row.subject: row.target for row in found.rows if row.target}
    for row in found.code_rows:
        assert row.subject in targets, row.subject
        assert row.target is not None
        slot, code = row.target.split(":", 1)
        assert code in codes_of(found, row.subject, slot), f"{row.subject} {row.label}: {code}"


def codes_of(found, subject, slot):
    """Return the codes that may stand for a spelling, from the model or from a code list."""
    for row in found.rows:
        if row.subject == subject and row.target and row.target.rpartition(".")[2] == slot:
            field = field_at(row.target)
            if field.codes is not None:
                return {code.value for code in field.codes}
    return {
        "declared_as": {"high-risk-ai-system", "impactful-algorithm", "other-algorithm"},
        "languages": {"nl", "en", "fy"},
        "themes": set(law.codelist("theme")),
        "member_states": set(law.codelist("country")),
        "name": {"deployer", "unnamed"},
        "assessments": {*(kind.value for kind in AssessmentKind), "none"},
    }[slot]


@every_layout
def test_no_spelling_means_two_codes_of_one_target(register, name):
    found = {}
    for row in layout(register, name).code_rows:
        slot, code = row.target.split(":", 1)
        key = (row.subject, slot, " ".join(row.label.split()).casefold())
        assert found.setdefault(key, code) == code, key


@every_layout
def test_every_alias_leads_to_a_field(register, name):
    found = layout(register, name)
    assert set(found.aliases.values()) <= set(found.fields)


@every_layout
def test_the_rules_of_a_register_speak_of_its_fields(register, name):
    found = layout(register, name)
    for profile in found.rules.values():
        named = {*profile["mandatory"]}
        for table in ("one-of", "length", "entry-length", "pattern"):
            named |= set(profile.get(table, {}))
        assert named <= set(found.fields)


@needs_data
@pytest.mark.parametrize("name", ["0.1", "0.2.3", "0.3.1", "0.4", "1.0"])
def test_the_fields_are_those_of_the_register_s_own_configuration(name):
    path = DATA / "nl" / "schemas" / f"register-fields-v{name.replace('.', '_')}.json"
    own = set(json.loads(path.read_text(encoding="utf-8"))["properties"]) - {"lars"}
    found = layout(REGISTER, name)
    assert set(found.fields) - set(found.set_by_register) == own - set(found.set_by_register)
    assert own <= set(found.fields)


@needs_data
def test_labels_are_those_of_the_register_s_own_form():
    path = DATA / "nl" / "schemas" / "register-fields-v1_0.json"
    own = json.loads(path.read_text(encoding="utf-8"))["properties"]
    labels = NEWEST.labels()
    assert {name: labels[name] for name in own if name in labels} == {
        name: own[name]["title"] for name in own if name in labels
    }


@needs_data
@pytest.mark.parametrize("language", ["nl", "en", "fy"])
@pytest.mark.parametrize("version", ["0.1", "0.2.3", "0.3.1", "0.4", "1.0"])
def test_every_label_of_the_public_site_leads_to_its_field(language, version):
    path = DATA / "nl" / "labels" / f"algorithmProperties-{language}.json"
    site = json.loads(path.read_text(encoding="utf-8"))
    found = layout(REGISTER, version)
    labels = site[{"0.4": "0_4", "1.0": "1_0"}.get(version, "default")]
    headings = {field: field for field in found.fields}
    headings |= {label.casefold(): field for field, label in found.labels().items()}
    headings |= {alias.casefold(): field for alias, field in found.aliases.items()}
    for field, label in labels.items():
        name = "algorithm_id" if field == "lars" else field
        if name in found.fields:
            text = label if isinstance(label, str) else label["label"]
            assert headings[text.strip().casefold()] == name


@needs_data
def test_limits_are_those_of_the_register_s_own_configuration():
    path = DATA / "nl" / "schemas" / "register-fields-v1_0.json"
    own = json.loads(path.read_text(encoding="utf-8"))["properties"]
    rules = NEWEST.rules["api"]
    set_by_register = set(NEWEST.set_by_register)
    assert rules["length"] == {
        name: field["max_length"]
        for name, field in own.items()
        if isinstance(field.get("max_length"), int) and name not in set_by_register
    }


@needs_data
def test_every_value_of_the_register_s_own_lists_is_known():
    path = DATA / "nl" / "schemas" / "register-fields-v1_0.json"
    own = json.loads(path.read_text(encoding="utf-8"))["properties"]
    for name, target in (
        ("status", "use.status"),
        ("category", "use.themes"),
        ("publication_category", "classification.declared_as"),
    ):
        table = NEWEST.codes(name, target)
        labels = own[name]["permitted_values"]
        assert [label for label in labels if table.code(label) is None] == []
        assert {table.label(table.code(label)) for label in labels} == set(labels)


@needs_data
def test_every_english_and_frisian_translation_of_a_listed_value_is_known():
    targets = {
        "status": "use.status",
        "category": "use.themes",
        "publication_category": "classification.declared_as",
    }
    for language in ("en", "fy"):
        path = DATA / "nl" / "labels" / f"translation_spec_{language}.json"
        fixed = json.loads(path.read_text(encoding="utf-8"))["default_translations"]
        for name, target in targets.items():
            table = NEWEST.codes(name, target)
            for dutch, translated in fixed.get(name, {}).items():
                if table.code(dutch) is not None:
                    assert table.code(translated) == table.code(dutch), (name, translated)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("In ontwikkeling", "in-development"),
        ("IN GEBRUIK", "in-use"),
        (" in  gebruik ", "in-use"),
        ("Buiten gebruik", "out-of-use"),
        ("Out of use", "out-of-use"),
        ("Bûten gebrûk", "out-of-use"),
        ("in_gebruik", "in-use"),
    ],
)
def test_a_status_is_read_in_any_case_and_spelling(label, code):
    assert NEWEST.codes("status", "use.status").code(label) == code
    assert code in {each.value for each in UseStatus}


@pytest.mark.parametrize(
    ("label", "declared_as", "declared"),
    [
        ("Hoog-risico AI-systeem", "high-risk-ai-system", "high-risk"),
        ("Hoog-risico AI-systemen", "high-risk-ai-system", "high-risk"),
        ("Hoog-risico AI-systeem (Categorie A)", "high-risk-ai-system", "high-risk"),
        ("High-Risk AI-system", "high-risk-ai-system", "high-risk"),
        ("Heechrisiko AI-systeem", "high-risk-ai-system", "high-risk"),
        ("Impactvolle algoritmes", "impactful-algorithm", "not-high-risk"),
        ("Impactvolle algoritmes (Categorie B)", "impactful-algorithm", "not-high-risk"),
        ("Overige algoritmes", "other-algorithm", "not-high-risk"),
        ("overige algoritmes (categorie c)", "other-algorithm", "not-high-risk"),
        ("Oare algoritmes", "other-algorithm", "not-high-risk"),
        ("other_algorithms", "other-algorithm", "not-high-risk"),
    ],
)
def test_a_class_is_read_in_every_spelling_of_the_register(label, declared_as, declared):
    assert NEWEST.codes("publication_category", "classification.declared_as").code(label) == (
        declared_as
    )
    assert NEWEST.codes("publication_category", "classification.declared").code(label) == declared
    assert declared in {each.value for each in RiskClass}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Data Protection Impact Assessment (DPIA)", "dpia"),
        ("DPIA parkeren 2023", "dpia"),
        ("Pre-scan DPIA", "pre-scan-dpia"),
        ("DPIA foarôf scan", "pre-scan-dpia"),
        ("AI Impact Assesment (AIIA)", "aiia"),
        ("Impact Assessment Mensenrechten en Algoritmes (IAMA)", "iama"),
        ("Fundamental Rights Impact Assessment (FRIA)", "fria"),
        ("Fundamentele Rechten en Algoritme Impact Assessment (FRAIA)", "fraia"),
        ("De Ethische Data Assistent (DEDA)", "other"),
        ("De Ethische Data Assistant (DEDA)", "other"),
        ("Geen", "other"),
        ("Dpiaklus", "other"),
        ("Mijn eigen toets", "other"),
    ],
)
def test_an_assessment_is_told_by_its_title(title, kind):
    table = NEWEST.codes("impacttoetsen_grouping", "use.assessments")
    assert kind_of(title, table) == kind


def test_headings_of_the_sample_are_those_of_the_layout_in_its_order():
    (first, *_) = rows(EXPORT)
    assert list(first) == list(NEWEST.fields)
