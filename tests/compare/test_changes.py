"""What counts as a change between two states of a registration, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.compare import Change, changes
from aiexchange.mapping import lens_of
from aiexchange.model import Registration, Statement
from aiexchange.model.paths import digest
from strategies import registrations

BASE = {
    "record_id": "nl-algoritmeregister:12345674",
    "title": {"nl": "Slim parkeren", "en": "Smart parking"},
    "keywords": {"nl": ["auto", "straat"]},
    "classification": {"declared": "high-risk", "annex_iii": ["5(a)"]},
    "system": {
        "operating_logic": {"nl": "Een boom van beslissingen."},
        "source_code": {"title": "Code", "url": "https://example.org/code"},
        "references": [{"scheme": "version", "value": "007"}],
    },
    "provider": {"name": "Leverancier B.V.", "address": {"city": "Utrecht"}},
    "deployer": {
        "name": "Gemeente Voorbeeld",
        "contacts": [{"email": "a@voorbeeld.nl"}, {"url": "https://voorbeeld.nl"}],
    },
    "use": {"status": "in-use", "start": "2023-04", "themes": ["mobility", "order"]},
    "extras": {"uuid": "abc", "count": 3},
}


def registration(**members):
    return Registration.model_validate({**BASE, **members})


def found(old, new):
    return list(changes(old, new))


def derived(path, source, value=None):
    statement = {"kind": "derived", "source": source}
    if value is not None:
        statement["digest"] = digest(value)
    return {path: Statement.model_validate(statement)}


EDITS = {
    "title.en": {"title": {"nl": "Slim parkeren", "en": "Clever parking"}},
    "keywords.nl": {"keywords": {"nl": ["auto", "plein"]}},
    "classification.declared": {
        "classification": {**BASE["classification"], "declared": "unknown"}
    },
    "classification.annex_iii": {"classification": {**BASE["classification"], "annex_iii": ["2"]}},
    "system.operating_logic.nl": {
        "system": {**BASE["system"], "operating_logic": {"nl": "Anders."}}
    },
    "system.source_code": {"system": {**BASE["system"], "source_code": {"title": "Niet openbaar"}}},
    "system.references": {
        "system": {**BASE["system"], "references": [{"scheme": "version", "value": "7"}]}
    },
    "provider.address.city": {"provider": {**BASE["provider"], "address": {"city": "Gouda"}}},
    "deployer.contacts": {
        "deployer": {**BASE["deployer"], "contacts": [{"email": "b@voorbeeld.nl"}]}
    },
    "use.start": {"use": {**BASE["use"], "start": "2023"}},
    "use.themes": {"use": {**BASE["use"], "themes": ["mobility"]}},
    "extras.uuid": {"extras": {**BASE["extras"], "uuid": "abd"}},
    "extras.count": {"extras": {**BASE["extras"], "count": True}},
    "modified": {"modified": "2024-05-02"},
    "source.page": {"source": {"page": "https://example.org/1"}},
    "entries": {"entries": [{"section": "C", "version": 1}]},
}


@given(registrations())
def test_nothing_differs_from_itself(record):
    assert found(record, record) == []


@given(registrations(), registrations())
def test_changes_read_backwards_are_the_changes_back(one, other):
    there = [Change(path, after, before) for path, before, after in found(one, other)]
    assert there == found(other, one)


@pytest.mark.parametrize("path", EDITS)
def test_one_edit_is_one_change_at_its_path(path):
    assert [change.path for change in found(registration(), registration(**EDITS[path]))] == [path]


@pytest.mark.parametrize("path", EDITS)
def test_an_edit_undone_is_one_change_the_other_way(path):
    (there,), (back,) = (
        found(registration(), registration(**EDITS[path])),
        found(registration(**EDITS[path]), registration()),
    )
    assert back == Change(path, there.after, there.before)


@given(registrations(), st.randoms(use_true_random=False))
def test_the_order_of_a_list_does_not_count(record, random):
    def shuffled(value):
        if isinstance(value, dict):
            return {key: shuffled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return random.sample([shuffled(item) for item in value], len(value))
        return value

    members = record.model_dump(mode="json", by_alias=True)
    kept = {name: members[name] for name in ("extras", "provenance", "residue")}
    assert found(record, Registration.model_validate(shuffled(members) | kept)) == []


def test_a_part_that_stands_twice_is_not_a_part_that_stands_once():
    contact = {"email": "a@voorbeeld.nl"}
    once, twice = (
        registration(deployer={"contacts": [contact]}),
        registration(deployer={"contacts": [contact] * 2}),
    )
    assert [change.path for change in found(once, twice)] == ["deployer.contacts"]


@pytest.mark.parametrize(
    "text",
    [
        "Slim  parkeren",
        " Slim\r\nparkeren\t",
        "Slim\u00a0parkeren",
        "Slim&nbsp;parkeren",
        "Slim par\u200bkeren\ufeff",
        "<p>Slim</p><p>parkeren</p>",
        "Slim<br/>parkeren",
        "<strong>Slim</strong> parkeren",
        "Slim<ul class='x'><li>parkeren</li></ul>",
        "Slim\n- parkeren",
    ],
)
def test_spacing_and_mark_up_do_not_count(text):
    new = {"title": {**BASE["title"], "nl": text}}
    assert found(registration(), registration(**new)) == []


def test_a_composed_letter_is_its_decomposed_twin():
    assert found(registration(title={"nl": "é"}), registration(title={"nl": "e\u0301"})) == []


def test_case_counts():
    assert found(registration(title={"nl": "a"}), registration(title={"nl": "A"}))


@pytest.mark.parametrize("text", ["a < b en c > d", "<18 jaar", "<a href='https://example.org'>"])
def test_what_only_looks_like_mark_up_counts(text):
    assert found(registration(title={"nl": "x"}), registration(title={"nl": f"x {text}"}))


def test_a_language_that_is_new_has_no_old_value():
    new = {"title": {**BASE["title"], "fy": "Tûk parkeare"}}
    assert found(registration(), registration(**new)) == [Change("title.fy", None, "Tûk parkeare")]


def test_values_are_shown_as_they_were_written():
    (change,) = found(
        registration(), registration(title={**BASE["title"], "nl": " Dom\nparkeren "})
    )
    assert (change.before, change.after) == ("Slim parkeren", " Dom\nparkeren ")


def test_a_list_is_shown_whole():
    (change,) = found(registration(), registration(**EDITS["deployer.contacts"]))
    assert change.before == [{"email": "a@voorbeeld.nl"}, {"url": "https://voorbeeld.nl"}]


@pytest.mark.parametrize("empty", [None, "", " \r\n"])
def test_an_empty_extra_is_an_absent_one(empty):
    new = {"extras": {**BASE["extras"], "more": empty}}
    assert found(registration(), registration(**new)) == []


@pytest.mark.parametrize("value", [3.0, 3])
def test_a_number_in_extras_counts_by_its_value(value):
    assert found(registration(), registration(extras={"uuid": " abc", "count": value})) == []


@pytest.mark.parametrize("member", [{"version": 2}, {"residue": {"x": "y"}}])
def test_version_and_residue_are_not_compared(member):
    assert found(registration(), registration(**member)) == []


def test_provenance_alone_is_no_change():
    stated = {"title": {"kind": "supplied", "by": "Leverancier B.V."}}
    assert found(registration(), registration(provenance=stated)) == []


def test_a_derived_value_goes_with_what_it_follows_from():
    old = registration(
        use={"purpose": {"nl": "oud"}},
        system={"intended_purpose": {"nl": "oud"}},
        provenance=derived("system.intended_purpose", "use.purpose", {"nl": "oud"}),
    )
    new = registration(
        use={"purpose": {"nl": "nieuw"}},
        system={"intended_purpose": {"nl": "nieuw"}},
        provenance=derived("system.intended_purpose", "use.purpose", {"nl": "nieuw"}),
    )
    assert [change.path for change in found(old, new)] == ["use.purpose.nl"]


def test_a_derived_part_hides_what_is_in_it():
    derivation = {"provider.address": {"kind": "derived", "source": "deployer.address"}}
    old = registration(provenance=derivation)
    assert found(old, registration(provider={"name": "Leverancier B.V."})) == []


def test_a_derived_value_that_was_edited_since_counts():
    stale = derived("provider.name", "deployer.name", "something else")
    new = registration(provider={**BASE["provider"], "name": "Ander B.V."}, provenance=stale)
    assert found(registration(), new) == [Change("provider.name", "Leverancier B.V.", "Ander B.V.")]


def the_body_itself(name):
    itself = {"kind": "stated", "source": "deployer.name", "digest": digest(name)}
    return registration(
        provider={"name": name}, deployer={"name": name}, provenance={"provider.name": itself}
    )


def test_a_provider_stated_as_the_body_itself_changes_name_with_it():
    found_paths = [
        change.path for change in found(the_body_itself("Oud"), the_body_itself("Nieuw"))
    ]
    assert found_paths == ["deployer.name"]


def test_another_provider_than_the_body_itself_is_one_change():
    new = registration(provider={"name": "Leverancier B.V."}, deployer={"name": "Oud"})
    assert found(the_body_itself("Oud"), new) == [
        Change("provider.name", "Oud", "Leverancier B.V.")
    ]


def test_provenance_of_a_path_that_does_not_exist_does_no_harm():
    odd = {"no.such.path": {"kind": "derived", "digest": "0" * 12}}
    assert len(found(registration(provenance=odd), registration(title={"nl": "x"}))) == 2


def test_changes_come_in_the_order_of_the_model():
    new = registration(title={"nl": "x"}, modified="2024", use={"status": "out-of-use"}, extras={})
    assert [change.path for change in found(registration(), new)] == [
        "modified",
        "title.en",
        "title.nl",
        "use.status",
        "use.start",
        "use.themes",
        "extras.count",
        "extras.uuid",
    ]


EXPORTED = {
    "name": "Slim parkeren",
    "organization": "Gemeente Voorbeeld",
    "goal": "Plaatsen verdelen",
    "tags": "auto, straat",
    "lang": "nld",
    "standard_version": "1.0",
    "provider": "Intern ontwikkeld",
    "begin_date": "44495",
    "status": "onbekend",
    "publication_category": "Overige algoritmes",
}


def exported(**cells):
    return lens_of("nl-algoritmeregister", "1.0").forward({**EXPORTED, **cells}).registration


@pytest.mark.parametrize(
    ("field", "cell", "change"),
    [
        ("begin_date", "2023-04", Change("use.start", "44495", "2023-04")),
        ("begin_date", "44496", Change("extras.begin_date", "44495", "44496")),
        ("begin_date", "", Change("extras.begin_date", "44495", None)),
        ("status", "In gebruik", Change("use.status", "onbekend", "in-use")),
        ("provider", "n.v.t.", Change("provider.name", "Gemeente Voorbeeld", "n.v.t.")),
        ("organization", "", Change("deployer.name", "Gemeente Voorbeeld", None)),
        ("lang", "eng", Change("languages", ["nl"], ["en"])),
        ("lang", "", Change("languages", ["nl"], None)),
    ],
)
def test_one_edited_cell_is_one_change_readable_or_not(field, cell, change):
    there, back = exported(), exported(**{field: cell})
    assert found(there, back) == [change]
    assert found(back, there) == [Change(change.path, change.after, change.before)]


def test_an_unread_value_beside_another_edit_stays_a_change_of_its_own():
    both = exported(organization="Gemeente Anders", provider="n.v.t.")
    assert {change.path for change in found(exported(), both)} == {"deployer.name", "provider.name"}
