"""The two laws of a lens: the record comes back, and an edit is what the record says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiexchange.compare import changes, losses
from aiexchange.mapping import lens_of, registers
from aiexchange.model import Registration
from aiexchange.model.paths import field_at, value_at
from aiexchange.model.types import Kind
from mapping.records import LENS, PROSE, REGISTER, records
from shared import EXPORT, REAL_CSV, rows

many = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def registration_of(record: dict[str, Any]) -> Registration:
    mapped = LENS.forward(record)
    assert mapped.registration is not None, mapped.findings
    return mapped.registration


@many
@given(record=records())
def test_any_record_comes_back_value_for_value(record):
    assert LENS.backward(registration_of(record)) == record


@many
@given(record=records())
def test_a_record_comes_back_through_json_too(record):
    registration = registration_of(record)
    text = registration.model_dump_json(by_alias=True, exclude_defaults=True)
    assert LENS.backward(Registration.model_validate_json(text)) == record


@pytest.mark.parametrize("path", [EXPORT, *REAL_CSV], ids=lambda path: path.name)
def test_every_record_of_samples_and_real_exports_comes_back(path):
    if not path.exists():
        pytest.skip("the shared data is not here")
    for record in rows(path):
        assert LENS.backward(registration_of(record)) == record


@many
@given(record=records())
def test_a_record_that_comes_back_loses_nothing(record):
    registration = registration_of(record)
    again = registration_of(LENS.backward(registration))
    assert list(losses(registration, again)) == []


LINKS = st.lists(
    st.fixed_dictionaries({"title": PROSE}, optional={"url": st.just("https://wet.example/x,y")}),
    max_size=3,
)
LINK = st.sampled_from([{"url": "https://nieuw.example"}, {"title": "Loket & meer"}, {}])
DATE = st.sampled_from(["2021", "2021-07", "2021-07-01", None])
NAMES = st.one_of(st.sampled_from(["Nieuw B.V.", "Ander & Zoon", "<b>vet</b>", "Intern"]), PROSE)
EDITS: dict[str, st.SearchStrategy[Any]] = {
    "deployer.name": NAMES,
    "use.themes": st.lists(st.sampled_from(["work", "traffic", "law", "Eigen woord, met komma"])),
    "use.public_page": LINK,
    "use.status": st.sampled_from(["in-use", "out-of-use", "in-development", None]),
    "source.layout": st.sampled_from(["1.0", "0.4", None]),
    "use.source_registration": LINK,
    "deployer.contacts": st.sampled_from(
        [
            [{"email": "nieuw@voorbeeld.example", "public": True}],
            [{"url": "https://voorbeeld.example/contact", "public": True}],
            [{"name": "Loket", "email": "a@voorbeeld.example", "public": True}],
            [{"email": "geheim@voorbeeld.example", "public": False}],
            [],
        ]
    ),
    "languages": st.sampled_from([["nl"], ["fy"], ["und"], []]),
    "system.source_code": LINK,
    "provider.name": NAMES,
    "use.processing_record": LINK,
    "keywords": st.one_of(
        st.just({}), st.lists(PROSE, max_size=3).map(lambda words: {"nl": words})
    ),
    "identifiers": st.sampled_from(
        [
            [{"scheme": "source_id", "value": "0012"}],
            [{"scheme": "uuid", "value": "abc"}],
            [],
        ]
    ),
    "use.start": DATE,
    "use.end": DATE,
    "classification.declared_as": st.sampled_from(["high-risk-ai-system", "other-algorithm", "x"]),
    "classification.declared": st.sampled_from(["high-risk", "not-high-risk", "unknown", None]),
    "use.legal_bases": LINKS,
    "use.assessments": LINKS.map(lambda links: [{"kind": "dpia", **link} for link in links]),
    "system.data_sources": LINKS,
    "modified": st.sampled_from(["2026-01-01T10:00:00+00:00", "2026-01-01", None]),
    "deployer.identifiers": st.sampled_from([[{"scheme": "org_id", "value": "gm0363"}], []]),
}
PATHS = {rule.path: rule.field for rule in (*LENS.followers.values(), *LENS.rules.values())} | {
    "record_id": "algorithm_id"
}
TEXTS = {path for path in PATHS if field_at(path).kind is Kind.TEXT}


def test_every_rule_is_edited_in_these_tests():
    assert set(EDITS) | TEXTS | {"record_id"} == set(PATHS)


@pytest.mark.parametrize("path", sorted(set(PATHS) - {"record_id", "languages"}))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records(), data=st.data())
def test_an_edited_value_is_what_the_record_says_and_nothing_else_changes(path, record, data):
    registration = registration_of(record)
    value = data.draw(PROSE if path in TEXTS else EDITS[path])
    edited = _edited(registration, path, value)
    if edited is None or not list(changes(registration, edited)):
        return
    after = LENS.backward(edited)
    changed = {name for name in {**record, **after} if record.get(name, "") != after.get(name, "")}
    assert changed <= {PATHS[path]}
    again = registration_of(after)
    missed = {change.path for change in changes(edited, again) if change.before is not None}
    lost = {each for each in missed if each == path or each.startswith(f"{path}.")}
    assert lost <= {finding.path for finding in losses(edited, again)}
    assert changed or lost


@many
@given(record=records(), own=st.sampled_from(["87654321", "0012", "a b", "~0123456789ab"]))
def test_an_edited_record_id_changes_the_id_of_the_record_alone(record, own):
    edited = registration_of(record).model_copy(update={"record_id": f"{REGISTER}:{own}"})
    after = LENS.backward(edited)
    changed = {name for name in {**record, **after} if record.get(name, "") != after.get(name, "")}
    assert changed <= {"algorithm_id"}
    if not own.startswith("~"):
        assert after["algorithm_id"] == own


@many
@given(record=records())
def test_a_language_that_is_filled_in_later_changes_no_text(record):
    edited = registration_of({**record, "lang": ""}).model_copy(update={"languages": ("nl",)})
    assert LENS.backward(edited) == {**record, "lang": "nld"}


def _edited(registration: Registration, path: str, value: Any) -> Registration | None:
    """Return the registration with another value, as an editor of its JSON would leave it."""
    tree = json.loads(registration.model_dump_json(by_alias=True, exclude_defaults=True))
    part = tree
    *parts, name = path.split(".")
    for step in parts:
        part = part.setdefault(step, {})
    if path in TEXTS:
        value = {_language(registration, path): value} if value else None
    if value in (None, {}, []):
        part.pop(name, None)
    else:
        part[name] = value
    try:
        return Registration.model_validate(tree)
    except ValueError:
        return None


def _language(registration: Registration, path: str) -> str:
    """Return the language in which a text stands, or in which the record's texts stand."""
    languages = registration.languages or ("und",)
    return next(iter(value_at(registration, path) or registration.title or languages))


@pytest.mark.parametrize("name", registers()[REGISTER])
@given(record=records())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_record_comes_back_through_every_layout(name, record):
    lens = lens_of(REGISTER, name)
    registration = lens.forward(record).registration
    assert registration is not None
    assert lens.backward(registration) == record


@many
@given(record=records(), other=records())
def test_a_translation_comes_back_beside_its_original(record, other):
    translation = {**other, "lang": "eng"}
    original = {**record, "lang": "nld"}
    registration = LENS.forward(original, translations={"en": translation}).registration
    assert registration is not None
    assert LENS.backward(registration) == original
    assert LENS.translations(registration) == {"en": translation}
