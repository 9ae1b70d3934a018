"""Dates: from when a duty binds, in the three readings of Art. 49, Art. 113 and Art. 111(2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aiexchange.law.conditions import Conditions
from aiexchange.law.duty_table import DutyTable, Legacy
from aiexchange.law.types import AppliesFrom
from aiexchange.model import Registration, SectionCode, UseStatus
from aiexchange.model.types import interval


@dataclass(frozen=True, slots=True)
class Grace:
    """What Art. 111(2) makes of a duty: whether it governs, from which date, and why."""

    governs: bool
    since: date | None
    ground: str


def applies_from(
    registration: Registration, section: SectionCode, table: DutyTable, as_of: date
) -> tuple[AppliesFrom, bool]:
    """Return the three dates of a duty, and whether it is in force on a day.

    Art. 111(2) binds where it is known to govern, else the practical date.
    """
    dates = table.sections[section]
    legacy = _grace(registration, section, table)
    readings = AppliesFrom(
        formal=dates.formal,
        practical=dates.practical,
        legacy=legacy.since,
        formal_ground=dates.formal_ground,
        practical_ground=dates.practical_ground,
        legacy_ground=legacy.ground,
    )
    binding = legacy.since if legacy.governs else dates.practical
    return readings, binding is not None and binding <= as_of


def _grace(registration: Registration, section: SectionCode, table: DutyTable) -> Grace:
    if section not in table.legacy.sections:
        return Grace(False, None, table.sections[section].legacy_ground)
    law = table.legacy
    placed = registration.system.first_placed
    if placed is not None and interval(placed)[0] >= law.placed_before:
        return Grace(False, None, law.ground("later"))
    if placed is not None and interval(placed)[1] < law.placed_before:
        return _placed_before(registration, table, *_dispute(placed, law))
    start = _use_began(registration)
    if start is not None and interval(start)[1] < law.placed_before:
        return _placed_before(registration, table, "by-use", *_dispute(start, law))
    return Grace(False, None, law.ground("unknown"))


def _use_began(registration: Registration) -> str | None:
    use = registration.use
    return None if use.status is UseStatus.IN_DEVELOPMENT else use.start


def _dispute(day: str, law: Legacy) -> tuple[str, ...]:
    return () if interval(day)[1] < law.undisputed_before else ("disputed",)


def _placed_before(registration: Registration, table: DutyTable, *also: str) -> Grace:
    law, intended = table.legacy, _intended_for_public(registration, table.conditions)
    change = registration.system.significant_change
    first, last = interval(change) if change else (date.min, date.min)
    if first >= law.change_from and (intended is False or first < law.public_authorities_by):
        return Grace(True, first, law.ground("changed", *also))
    if first < law.change_from <= last:
        also = ("change-unclear", *also)
    if intended is False:
        return Grace(True, None, law.ground("private", *also))
    ground = "public" if intended else "presumed"
    return Grace(True, law.public_authorities_by, law.ground(ground, *also))


def _intended_for_public(registration: Registration, asked: Conditions) -> bool | None:
    """What is stated; a public body that provides for itself has itself in mind."""
    stated = registration.system.intended_for_public_authorities
    if stated is None and asked["own-provider"](registration):
        return None if asked["private-deployer"](registration) else True
    return stated
