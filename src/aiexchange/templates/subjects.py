"""Subjects: registrations grouped into what a template asks about, with what is known already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiexchange.model import Registration
from aiexchange.model.paths import is_absent, value_at
from aiexchange.templates.plan import DEPLOYER, ORGANISATIONS, Plan
from aiexchange.templates.wording import plain


@dataclass(slots=True)
class Known:
    """What is known about a system, a record or a body: the registrations that speak of it."""

    registrations: list[Registration] = field(default_factory=list)
    name: str | None = None
    provider: int = 1

    def value(self, path: str) -> Any:
        """Return the value at a path, if those that have one agree, but for case; else None."""
        values = [
            value for each in self.registrations if not is_absent(value := value_at(each, path))
        ]
        return values[0] if len({plain(value) for value in values}) == 1 else None


def systems(registrations: Iterable[Registration]) -> tuple[list[Known], list[Known]]:
    """Return the providers that registrations name, and the systems of each.

    Uses of one product by several bodies are one system: the same provider, and the same trade
    name, else the same name of the use.
    """
    providers: dict[str, Known] = {}
    found: dict[tuple[str, str], Known] = {}
    for registration in registrations:
        name = registration.provider.name or ""
        provider = providers.setdefault(plain(name), Known(name=name or None))
        provider.provider = list(providers).index(plain(name)) + 1
        provider.registrations.append(registration)
        product = product_of(registration)
        system = found.setdefault(
            (plain(name), plain(product or registration.record_id)), Known(name=product)
        )
        system.provider = provider.provider
        system.registrations.append(registration)
    return list(providers.values()), list(found.values())


def products(registrations: Iterable[Registration]) -> list[Known]:
    """Return the systems that registrations speak of."""
    return systems(registrations)[1]


def product_of(registration: Registration) -> str | None:
    """Return the name of a product: its trade name, else the name of its use in any language."""
    titles = registration.title or {}
    return registration.system.trade_name or titles.get("nl") or next(iter(titles.values()), None)


def records(registrations: Iterable[Registration]) -> list[Known]:
    """Return each registration as a subject of its own."""
    return [Known([each], product_of(each)) for each in registrations]


def bodies(registrations: Iterable[Registration]) -> list[Known]:
    """Return the bodies that use systems, each with its registrations: by number, else by name."""
    held = list(registrations)
    numbers = {plain(each.deployer.name or ""): id_ for each in held if (id_ := org_id(each))}
    found: dict[str, Known] = {}
    for registration in held:
        name = plain(registration.deployer.name or "")
        if key := org_id(registration) or numbers.get(name) or name:
            body = found.setdefault(key, Known(name=registration.deployer.name))
            body.registrations.append(registration)
    return list(found.values())


def org_id(registration: Registration) -> str | None:
    """Return the number of the body that uses a system, if the record holds one."""
    return next((each.value for each in registration.deployer.identifiers), None)


def number_of(body: Known) -> str | None:
    """Return the number of a body, from the first of its registrations that holds one."""
    return next(filter(None, map(org_id, body.registrations)), None)


def subjects_of(plan: Plan, registrations: Iterable[Registration]) -> list[Known]:
    """Return the rows of a template that has one for each record or body."""
    if plan.kind == ORGANISATIONS:
        return bodies(registrations)
    return records(registrations) if plan.kind == DEPLOYER else products(registrations)
