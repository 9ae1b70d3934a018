"""Registrations that the tests of the law start from."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiexchange.law import gaps, legal_version, route, states
from aiexchange.model import Registration

TODAY = date(2026, 11, 23)
NEW = legal_version("2026-07-27")
OLD = legal_version("2024-07-12")
BODY, SUPPLIER = "Gemeente Voorbeeld", "Voorbeeld Software BV"
PARTY = {"name": BODY, "address": {"city": "Voorbeeld"}, "contacts": [{"email": "ai@example.org"}]}


def registration(**members: Any) -> Registration:
    """A declared high-risk use under point 5(a) by a public body, with no provider named.

    Members are canonical paths with `__` for the dot: `classification__declared="unknown"`.
    """
    data: dict[str, Any] = {"record_id": "test:1"}
    defaults = {
        "classification__declared": "high-risk",
        "classification__annex_iii": ["5(a)"],
        "deployer__name": BODY,
    }
    for path, value in {**defaults, **members}.items():
        *owners, last = path.split("__")
        target = data
        for owner in owners:
            target = target.setdefault(owner, {})
        if value is not None:
            target[last] = value
    return Registration.model_validate(data)


def bought(**members: Any) -> Registration:
    return registration(**{"provider__name": SUPPLIER, **members})


def in_house(**members: Any) -> Registration:
    return registration(**{"provider__name": BODY, **members})


def sections(entry: Registration, version=NEW) -> str:
    return " ".join(duty.section for duty in route(entry, version, TODAY).duties)


def codes(entry: Registration, version=NEW) -> list[str]:
    return [finding.code for finding in route(entry, version, TODAY).findings]


def only_duty(entry: Registration, version=NEW, as_of=TODAY):
    (duty,) = route(entry, version, as_of).duties
    return duty


def standing(entry: Registration, version=NEW) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        item.id: (state.value, names)
        for duty in route(entry, version, TODAY).duties
        for item, state, names in states(entry, version, duty)
    }


def state(entry: Registration, item: str, version=NEW) -> str | None:
    return standing(entry, version).get(item, (None, ()))[0]


def gap_items(entry: Registration, version=NEW) -> list[str]:
    return [gap.item for gap in gaps(entry, version, TODAY)]
