"""A tally of duties and item states, for all registrations or for those of one organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from aiexchange.law.items import Item
from aiexchange.law.states import Names
from aiexchange.law.types import ItemState, Routing
from aiexchange.law.versions import LegalVersion
from aiexchange.model import SectionCode


class Tally:
    """How many registrations are due, under which section, and how their items stand."""

    def __init__(self, version: LegalVersion) -> None:
        self.registrations = self.not_due = self.ready = 0
        self.due: Counter[SectionCode] = Counter()
        self.in_force: Counter[SectionCode] = Counter()
        self.reasons: Counter[str] = Counter()
        self._states: Counter[tuple[str, ItemState]] = Counter()
        self._order = [item.id for item in version.items]

    def count(self, routing: Routing, has_gaps: bool) -> None:
        """Count one registration."""
        self.registrations += 1
        self.due.update(duty.section for duty in routing.duties)
        self.in_force.update(duty.section for duty in routing.duties if duty.in_force)
        if routing.not_due_code is not None:
            self.not_due += 1
            self.reasons[routing.not_due_code] += 1
        elif not has_gaps:
            self.ready += 1

    def count_items(self, standing: Iterable[tuple[Item, ItemState, Names]]) -> None:
        """Count the states of the items of one duty."""
        self._states.update((item.id, state) for item, state, _ in standing)

    def merge(self, other: Tally) -> None:
        """Add what another tally has counted."""
        self.registrations += other.registrations
        self.not_due += other.not_due
        self.ready += other.ready
        self.due += other.due
        self.in_force += other.in_force
        self.reasons += other.reasons
        self._states += other._states

    def as_dict(self) -> dict[str, Any]:
        """Return the counts of registrations: due, in force, not due and why, ready."""
        return {
            "registrations": self.registrations,
            "due": _by_section(self.due),
            "in_force": _by_section(self.in_force),
            "not_due": self.not_due,
            "not_due_reasons": dict(sorted(self.reasons.items())),
            "ready": self.ready,
        }

    def items_as_list(self) -> list[dict[str, Any]]:
        """Return, for each item that is due somewhere, how often it has which state."""
        counted = ((item, self._of(item)) for item in self._order)
        return [
            {"item": item, "due": sum(states.values()), **states}
            for item, states in counted
            if any(states.values())
        ]

    def _of(self, item: str) -> dict[str, int]:
        return {state.value: self._states[item, state] for state in ItemState}


def _by_section(counts: Counter[SectionCode]) -> dict[str, int]:
    return {section.value: counts[section] for section in SectionCode}
