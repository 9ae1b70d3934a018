"""Tally: the gaps of a report counted by who can close them, by what blocks and by date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiexchange.report.layout import number

_READINGS = ("formal", "practical", "legacy")


@dataclass
class Tally:
    """Gaps, items and records by who supplies them; blocking gaps; first dates by section."""

    gaps: Counter[str] = field(default_factory=Counter)
    items: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    records: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forbidden: set[str] = field(default_factory=set)
    blocking: Counter[tuple[str, str]] = field(default_factory=Counter)
    in_force: Counter[str] = field(default_factory=Counter)
    first: dict[tuple[str, str], str] = field(default_factory=dict)

    def dates_of(self, section: str) -> list[str]:
        """Return how many duties of a section are in force, and the first day of each reading."""
        days = [self.first.get((section, reading), "-") for reading in _READINGS]
        return [number(self.in_force[section]), *days]

    def add_gap(self, record_id: str, gap: Mapping[str, Any]) -> None:
        """Count one gap of a registration; what may not be there is nobody's to supply."""
        if gap["state"] == "forbidden":
            self.forbidden.add(gap["item"])
            return
        supplier = gap["supplied_by"]
        self.gaps[supplier] += 1
        self.items[supplier].add(gap["item"])
        self.records[supplier].add(record_id)
        if gap["blocking"]:
            self.blocking[gap["item"], gap["basis"]] += 1

    def add_duty(self, duty: Mapping[str, Any]) -> None:
        """Count one duty of a registration."""
        section = duty["section"]
        self.in_force[section] += bool(duty.get("in_force"))
        for reading in _READINGS:
            if day := duty.get("applies_from", {}).get(reading):
                key = (section, reading)
                self.first[key] = min(str(day), self.first.get(key, str(day)))


def tally(report: Mapping[str, Any]) -> Tally:
    """Count the gaps and the duties of all registrations of a gap report."""
    found = Tally()
    for registration in report["registrations"]:
        for gap in registration.get("gaps", ()):
            found.add_gap(registration["record_id"], gap)
        for duty in registration.get("duties", ()):
            found.add_duty(duty)
    return found
