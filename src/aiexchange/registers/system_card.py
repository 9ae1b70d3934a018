"""The system card as a record: its nested lists under names of their own, and back.

Labels that are called like fields of the Dutch register carry what the card has no field for; the
ministry's own conversion does so too.
"""

from __future__ import annotations

from typing import Any

from aiexchange.mapping.grouping import WEB_ADDRESS, flatten, parse
from aiexchange.model.types import interval

VERSION = "0.1a14"
"""The version of the standard that is written; all before it are read."""

_LABELS = (
    "record_id",
    "category",
    "tags",
    "lang",
    "publication_category",
    "source_id",
    "org_id",
    "publication_dt",
    "lawful_basis",
    "impacttoetsen",
)
"""Labels with a meaning of their own, as the register calls the field."""

_LINKED = {"impacttoetsen_grouping": "assessments", "source_data_grouping": "source_data"}
"""Labels that hold numbered links, and the field of the record that they feed."""

_REFERENCES = ("website", "url", "publiccode", "process_index_url")
"""References with a meaning of their own, by name."""

_DATES = {"begin_date": 0, "end_date": 1}
"""Dates, and whether the first or the last day of a month stands for the whole."""

_PROFILE = (
    "type",
    "open_source",
    "risk_group",
    "systemic_risk",
    "transparency_obligations",
    "role",
    "conformity_assessment_body",
    "decision_tree",
)
_ORDER = (
    "schema_version",
    "provenance",
    "name",
    "instruments",
    "upl",
    "owners",
    "description",
    "ai_act_profile",
    "requirements",
    "measures",
    "labels",
    "status",
    "begin_date",
    "end_date",
    "goal_and_impact",
    "considerations",
    "risk_management",
    "human_intervention",
    "legal_base",
    "used_data",
    "technical_design",
    "external_providers",
    "references",
)
"""The fields of a card in the order of the standard; others follow."""


def record_of(card: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a card; older versions have texts where newer ones have objects."""
    record = _said_by(card)
    _profile(record)
    _owners(record)
    _assessments(record)
    _providers(record)
    _labels(record)
    _references(record)
    if "legal_base" in record:
        record["legal_base"] = [_link(each) for each in _members(record["legal_base"])]
    if "version" in record:
        record.setdefault("schema_version", record.pop("version"))
    return _said_by(record)


def card_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return the card of a record, in the newest version of the standard."""
    record = _said_by(record)
    record["schema_version"] = VERSION
    for turn in (
        _profile_back,
        _owners_back,
        _assessments_back,
        _dates_back,
        _providers_back,
        _labels_back,
        _references_back,
    ):
        turn(record)
    if "legal_base" in record:
        record["legal_base"] = [_named(each) for each in record["legal_base"]]
    first = [name for name in _ORDER if name in record]
    return {name: record[name] for name in (*first, *(n for n in record if n not in first))}


def _said_by(card: dict[str, Any]) -> dict[str, Any]:
    """Return the members that say something."""
    return {name: value for name, value in card.items() if value not in _NOTHING}


_NOTHING: tuple[Any, ...] = ("", None, [], {})


def _members(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _link(each: Any) -> dict[str, str]:
    """Return a name with a link, as a title with a link; a text is one or the other."""
    if not isinstance(each, dict):
        text = str(each)
        return (
            {"title": "", "link": text} if WEB_ADDRESS.search(text) else {"title": text, "link": ""}
        )
    name, link = str(each.get("name") or ""), str(each.get("link") or "")
    return {"title": "" if name == link else name, "link": link}


def _named(each: dict[str, str]) -> dict[str, str]:
    """Return a title with a link as the card has it: the name must be there."""
    title, link = each.get("title") or "", each.get("link") or ""
    return {"name": title or link, **({"link": link} if link else {})}


def _profile(record: dict[str, Any]) -> None:
    profile = record.get("ai_act_profile")
    if not isinstance(profile, dict):
        return
    del record["ai_act_profile"]
    more = {}
    for name, value in profile.items():
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if name in _PROFILE:
            record[f"ai_act_profile.{name}"] = value
        else:
            more[name] = value
    record["ai_act_profile"] = more


def _profile_back(record: dict[str, Any]) -> None:
    profile = {
        name: record.pop(f"ai_act_profile.{name}")
        for name in _PROFILE
        if f"ai_act_profile.{name}" in record
    }
    more = record.get("ai_act_profile")
    if profile or more:
        record["ai_act_profile"] = {**profile, **(more if isinstance(more, dict) else {})}


def _owners(record: dict[str, Any]) -> None:
    """Spread the first owner; others have no place in a registration."""
    owners = _members(record.pop("owners", []))
    first, more = (owners[0], owners[1:]) if owners else ({}, [])
    if not isinstance(first, dict):
        first = {"organization": str(first)}
    for name in ("oin", "organization", "email"):
        record[f"owners.{name}"] = first.pop(name, "") if name in first else ""
    person = {name: first.pop(name) for name in ("name", "role") if first.get(name)}
    record["owners.person"] = person
    record["owners.more"] = [*([first] if any(first.values()) else []), *more]


def _owners_back(record: dict[str, Any]) -> None:
    person = record.pop("owners.person", {})
    owner = {
        "oin": record.pop("owners.oin", ""),
        "organization": record.pop("owners.organization", ""),
        **({} if not isinstance(person, dict) else {"name": person.get("name")}),
    }
    contact = record.pop("owners.email", "")
    if "@" in contact:
        owner["email"] = contact
    elif contact:
        record["labels.contact_email"] = contact
    if isinstance(person, dict):
        owner["role"] = person.get("role")
    owner = {name: value for name, value in owner.items() if value}
    more = record.pop("owners.more", [])
    if owner or more:
        record["owners"] = [*([owner] if owner else []), *more]


def _labels(record: dict[str, Any]) -> None:
    """Spread the labels that mean something; a label is a name and a value, or `{name: value}`."""
    others = []
    for each in _members(record.pop("labels", [])):
        name, value = _pair(each)
        if name in _LABELS and f"labels.{name}" not in record:
            record[f"labels.{name}"] = value
        elif name in _LINKED and isinstance(value, str):
            links = [{"title": title, "link": link} for title, link in parse(value).entries]
            record[_LINKED[name]] = [*_members(record.get(_LINKED[name], [])), *links]
        elif name in _DATES and str(record.get(name, "")).startswith(str(value)):
            record[name] = value
        elif name == "version" and not record.get("external_providers.version"):
            record["external_providers.version"] = value
        elif name == "contact_email" and not record.get("owners.email"):
            record["owners.email"] = value
        elif each:
            others.append(each)
    record["labels"] = others
    if "publication_category" in record:
        record.setdefault("labels.publication_category", record.pop("publication_category"))


def _pair(label: Any) -> tuple[str, Any]:
    if not isinstance(label, dict):
        return str(label), ""
    if "name" in label:
        return str(label["name"]), label.get("value", "")
    return next(iter(label.items())) if len(label) == 1 else ("", label)


def _labels_back(record: dict[str, Any]) -> None:
    labels = [
        {"name": name, "value": record.pop(f"labels.{name}")}
        for name in (*_LABELS, "contact_email", "version", *_DATES)
        if f"labels.{name}" in record
    ]
    data = record.pop("source_data", [])
    if data:
        labels.append({"name": "source_data_grouping", "value": _flat(data)})
    if "labels.impacttoetsen_grouping" in record:
        value = record.pop("labels.impacttoetsen_grouping")
        labels.append({"name": "impacttoetsen_grouping", "value": value})
    for each in record.pop("labels", []):
        name, value = _pair(each)
        whole = isinstance(each, dict) and "name" in each
        labels.append(
            each if whole else {"name": name, **({"value": _said(value)} if value else {})}
        )
    if labels:
        record["labels"] = labels


def _said(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _flat(links: list[dict[str, str]]) -> str:
    return flatten([(each.get("title") or "", each.get("link") or "") for each in links])


def _references(record: dict[str, Any]) -> None:
    """Spread the references that mean something, and take the first of the others (A-13)."""
    others = []
    for each in _members(record.pop("references", [])):
        name = str(each.get("name") or "") if isinstance(each, dict) else ""
        field = f"references.{name}"
        if name in _REFERENCES and each.get("link") and field not in record:
            record[field] = each["link"]
        else:
            others.append(each)
    place = next(
        (n for n, each in enumerate(others) if WEB_ADDRESS.search(_link(each)["link"])), None
    )
    if place is not None:
        first = others.pop(place)
        record["references.first"] = first if isinstance(first, dict) else {"link": first}
    record["references.more"] = others


def _references_back(record: dict[str, Any]) -> None:
    references: list[Any] = [
        {"name": name, "link": record.pop(f"references.{name}")}
        for name in _REFERENCES
        if f"references.{name}" in record
    ]
    first = record.pop("references.first", None)
    if first is not None:
        link = first if isinstance(first, str) else str(first.get("link") or "")
        name = "" if isinstance(first, str) else str(first.get("name") or "")
        references.append({"name": name or link, "link": link})
    references += (
        each if isinstance(each, dict) and "name" in each else _named(_link(each))
        for each in record.pop("references.more", [])
    )
    if references:
        record["references"] = references


def _providers(record: dict[str, Any]) -> None:
    """Spread the first external provider, unless the body says that it is the provider itself."""
    providers = _members(record.pop("external_providers", []))
    own = str(record.get("ai_act_profile.role", "")).strip().casefold() == "aanbieder"
    if providers and not own:
        first = providers.pop(0)
        given = dict(first) if isinstance(first, dict) else {"name": str(first)}
        record["external_providers.name"] = given.pop("name", "")
        record["external_providers.version"] = given.pop("version", "")
        providers = [*([given] if any(given.values()) else []), *providers]
    record["external_providers.more"] = providers


def _providers_back(record: dict[str, Any]) -> None:
    first = {name: record.pop(f"external_providers.{name}", "") for name in ("name", "version")}
    if not first["name"] and first["version"]:
        record["labels.version"] = first["version"]
    known = {name: value for name, value in first.items() if value} if first["name"] else {}
    more = [
        each if isinstance(each, dict) else {"name": str(each)}
        for each in record.pop("external_providers.more", [])
    ]
    if known or more:
        record["external_providers"] = [*([known] if known else []), *more]


def _assessments(record: dict[str, Any]) -> None:
    """Take the names of the assessment cards; what they hold has no place in a registration."""
    cards = _members(record.pop("assessments", []))
    record["assessments"] = [
        {"title": str(each.get("name") or ""), "link": ""}
        if isinstance(each, dict)
        else _link(each)
        for each in cards
    ]
    record["assessments.cards"] = cards


def _assessments_back(record: dict[str, Any]) -> None:
    """Put the cards back, and name in a label the assessments that have none."""
    cards = _members(record.pop("assessments.cards", []))
    held = {str(each.get("name") or "") for each in cards if isinstance(each, dict)}
    others = [each for each in record.pop("assessments", []) if not {each.get("title")} & held]
    if cards:
        record["assessments"] = [each for each in cards if isinstance(each, dict)]
    if others:
        record["labels.impacttoetsen_grouping"] = _flat(others)


def _dates_back(record: dict[str, Any]) -> None:
    """Write whole days; a month is named in a label beside its first or last day."""
    for name, which in _DATES.items():
        value = record.get(name)
        if isinstance(value, str) and len(value) in (4, 7):
            record[f"labels.{name}"] = value
            record[name] = interval(value)[which].isoformat()
