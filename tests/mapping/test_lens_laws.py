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


EDITS: dict[str, st.SearchStrategy[Any]] = {
    "title": PROSE,
    "description": PROSE,
    "use.purpose": PROSE,
    "use.human_oversight": PROSE,
    "use.legal_basis": PROSE,
    "system.operating_logic": PROSE,
    "use.status": st.sampled_from(["in-use", "out-of-use", "in-development"]),
    "use.start": st.sampled_from(["2021", "2021-07", "2021-07-01"]),
    "use.end": st.sampled_from(["2031", "2031-01"]),
    "modified": st.sampled_from(["2026-01-01T10:00:00+00:00", "2026-01-01"]),
    "use.themes": st.lists(st.sampled_from(["work", "traffic", "law"]), min_size=1),
    "provider.name": st.sampled_from(["Nieuwe leverancier B.V.", "Ander & Zoon"]),
    "use.public_page": st.sampled_from([{"url": "https://nieuw.example"}, {"title": "Loket"}]),
    "deployer.contacts": st.sampled_from([[{"email": "nieuw@voorbeeld.example", "public": True}]]),
    "use.legal_bases": st.lists(
        st.fixed_dictionaries({"title": PROSE}, optional={"url": st.just("https://wet.example/x")}),
        min_size=1,
        max_size=3,
    ),
    "classification.declared_as": st.sampled_from(["high-risk-ai-system", "other-algorithm"]),
}


@many
@given(record=records(), data=st.data(), path=st.sampled_from(sorted(EDITS)))
def test_an_edited_value_is_what_the_record_says_and_nothing_else_changes(record, data, path):
    registration = registration_of(record)
    value = data.draw(EDITS[path])
    edited = _edited(registration, path, value)
    if edited is None or not list(changes(registration, edited)):
        return
    after = LENS.backward(edited)
    field = next(rule.field for rule in LENS.rules.values() if rule.path == path)
    changed = {name for name in {**record, **after} if record.get(name, "") != after.get(name, "")}
    assert changed <= {field}
    again = registration_of(after)
    lost = {change.path for change in changes(edited, again) if change.path.startswith(path)}
    assert lost <= {finding.path for finding in losses(edited, again)}
    assert changed or lost


def _edited(registration: Registration, path: str, value: Any) -> Registration | None:
    """Return the registration with another value, as an editor of its JSON would leave it."""
    tree = json.loads(registration.model_dump_json(by_alias=True, exclude_defaults=True))
    part = tree
    *parts, name = path.split(".")
    for step in parts:
        part = part.setdefault(step, {})
    language = next(iter((registration.title or {}).keys()), None) or _language(registration)
    part[name] = {language: value} if path in _TEXTS else value
    try:
        return Registration.model_validate(tree)
    except ValueError:
        return None


_TEXTS = {
    "title",
    "description",
    "use.purpose",
    "use.human_oversight",
    "use.legal_basis",
    "system.operating_logic",
}


def _language(registration: Registration) -> str:
    return registration.languages[0] if registration.languages else "und"


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
