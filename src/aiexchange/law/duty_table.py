"""The duty table: routing and dates, as `duties.toml` states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aiexchange.law.answers import Condition
from aiexchange.law.conditions import Conditions
from aiexchange.law.data import reading
from aiexchange.law.types import Actor
from aiexchange.model import SectionCode

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A case in which nothing is due; with `unless_entered`, but for what is already entered."""

    code: str
    reason: str
    basis: str
    unless_entered: bool
    fits: Condition = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Route:
    """A case in which a section is due; one that is due `always` knows no exemption."""

    section: SectionCode
    actor: Actor
    always: bool
    fits: Condition = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SectionDates:
    """The basis of a section, its formal and its practical date, and what they rest on."""

    basis: str
    formal: date
    formal_ground: str
    practical: date
    practical_ground: str
    legacy_ground: str


@dataclass(frozen=True, slots=True)
class Legacy:
    """Art. 111(2): the sections, dates and grounds for what was in service before."""

    sections: frozenset[SectionCode]
    placed_before: date
    undisputed_before: date
    change_from: date
    public_authorities_by: date
    grounds: Mapping[str, str]

    def ground(self, *names: str) -> str:
        """Return the named grounds as one text."""
        return " ".join(self.grounds[name] for name in names)


@dataclass(frozen=True, slots=True)
class DutyTable:
    """Everything that `duties.toml` says."""

    exemptions: tuple[Exemption, ...]
    routes: tuple[Route, ...]
    sections: Mapping[SectionCode, SectionDates]
    legacy: Legacy
    conditions: Conditions = field(repr=False, compare=False)


def duty_table(data: Mapping[str, Any], conditions: Conditions) -> DutyTable:
    """Return the duty table of a legal version.

    Raises:
        LegalDataError: a member is missing, or a condition, section or actor is unknown.
    """
    with reading("duties.toml"):
        return DutyTable(
            exemptions=tuple(_exemption(row, conditions) for row in data["exemption"]),
            routes=tuple(_route(row, conditions) for row in data["route"]),
            sections={code: _dates(data["section"][code.value]) for code in SectionCode},
            legacy=_legacy(data["legacy"]),
            conditions=conditions,
        )


def _exemption(row: Mapping[str, Any], conditions: Conditions) -> Exemption:
    return Exemption(
        row["code"],
        row["reason"],
        row["basis"],
        row.get("unless-entered", False),
        conditions.every(row["when"]),
    )


def _route(row: Mapping[str, Any], conditions: Conditions) -> Route:
    return Route(
        SectionCode(row["section"]),
        Actor(row["actor"]),
        row.get("always", False),
        conditions.every(row["when"]),
    )


def _dates(row: Mapping[str, Any]) -> SectionDates:
    return SectionDates(
        row["basis"],
        row["formal"],
        row["formal-ground"],
        row["practical"],
        row["practical-ground"],
        row.get("legacy-ground", ""),
    )


def _legacy(row: Mapping[str, Any]) -> Legacy:
    dates = {name: _in_words(day) for name, day in row.items() if isinstance(day, date)}
    return Legacy(
        frozenset(SectionCode(code) for code in row["sections"]),
        row["placed-before"],
        row["undisputed-before"],
        row["change-from"],
        row["public-authorities-by"],
        {name: text.format_map(dates) for name, text in row["ground"].items()},
    )


def _in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
