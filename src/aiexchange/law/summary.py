"""The gap report: what is due and missing, counted registration by registration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from aiexchange.findings import Finding, Origin
from aiexchange.law.closing import Answers, Closing, closing
from aiexchange.law.gaps import gaps_among, states
from aiexchange.law.routing import route
from aiexchange.law.tally import Tally
from aiexchange.law.types import AppliesFrom, Duty, Gap, Routing
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration, StatementKind
from aiexchange.model.paths import plain


class Counts(NamedTuple):
    """What a report has counted, without the law that it was counted by."""

    total: Tally
    organisations: dict[str | None, Tally]
    registrations: list[dict[str, Any]]
    answers: Answers


class GapReport:
    """Counts what is due and missing while registrations pass by.

    With `keep` each registration stays in the report; without it only the counts do, whatever the
    number of registrations.
    """

    def __init__(self, version: LegalVersion, as_of: date | None = None, keep: bool = True) -> None:
        self.version = version
        self.as_of = as_of or date.today()
        self.total = Tally(version)
        self.organisations: dict[str | None, Tally] = {}
        self.registrations: list[dict[str, Any]] = []
        self.answers = Answers()
        self._keep = keep

    def add(
        self,
        registration: Registration,
        origin: Origin | None = None,
        findings: Iterable[Finding] = (),
    ) -> dict[str, Any]:
        """Count a registration and return its part of the report.

        `findings` are those of others, such as the reader's; the law's own are about the routing,
        while the gaps speak for the items.
        """
        routing = route(registration, self.version, self.as_of)
        standing = [(d, list(states(registration, self.version, d))) for d in routing.duties]
        gaps = [
            gap
            for duty, items in standing
            for gap in gaps_among(items, registration, duty, self.version)
        ]
        organisation = registration.deployer.name or registration.provider.name
        for tally in (self.total, self.organisations.setdefault(organisation, Tally(self.version))):
            tally.count(routing, bool(gaps))
            for _, items in standing:
                tally.count_items(items)
        found = (finding.about(registration.record_id, origin) for finding in routing.findings)
        closings = [(gap, closing(gap, self.version)) for gap in gaps]
        self.answers.count(registration, closings)
        part = _part(registration, organisation, origin, routing, closings)
        if supplied := _supplied(registration):
            part["supplied"] = supplied
        part["findings"] = [finding.as_dict() for finding in (*findings, *found)]
        if self._keep:
            self.registrations.append(part)
        return part

    def counts(self) -> Counts:
        """Return what has been counted so far."""
        return Counts(self.total, self.organisations, self.registrations, self.answers)

    def merge(self, counts: Counts) -> None:
        """Add what was counted of the records that follow."""
        self.total.merge(counts.total)
        for name, tally in counts.organisations.items():
            self.organisations.setdefault(name, Tally(self.version)).merge(tally)
        self.registrations += counts.registrations
        self.answers.merge(counts.answers)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON holds it; organisations with most due come first."""
        return {
            "legal_version": self.version.id,
            "as_of": self.as_of.isoformat(),
            "summary": self.total.as_dict(),
            "items": self.total.items_as_list(),
            "answers": self.answers.as_list(),
            "organisations": [
                {"organisation": name, **tally.as_dict(), "items": tally.items_as_list()}
                for name, tally in sorted(self.organisations.items(), key=_most_due_first)
            ],
            "registrations": self.registrations,
        }


def _most_due_first(named: tuple[str | None, Tally]) -> tuple[int, str]:
    name, tally = named
    return -sum(tally.due.values()), name or ""


def _part(
    registration: Registration,
    organisation: str | None,
    origin: Origin | None,
    routing: Routing,
    gaps: list[tuple[Gap, Closing]],
) -> dict[str, Any]:
    return {
        "record_id": registration.record_id,
        "version": registration.version,
        "title": registration.title,
        "organisation": organisation,
        "origin": _origin(origin),
        "duties": [_duty(duty) for duty in routing.duties],
        "not_due": routing.not_due,
        "not_due_code": routing.not_due_code,
        "ready": bool(routing.duties) and not gaps,
        "gaps": [{**_gap(gap), "closing": closes.as_dict()} for gap, closes in gaps],
    }


def _supplied(registration: Registration) -> dict[str, Any]:
    """Return who supplied a value, by canonical path: what a merge has brought."""
    return {
        path: plain(each)
        for path, each in registration.provenance.items()
        if each.kind is StatementKind.SUPPLIED
    }


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    members = {name: getattr(origin, name) for name in ("file", "sheet", "row", "line")}
    return {name: value for name, value in members.items() if value is not None}


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "section": duty.section.value,
        "actor": duty.actor.value,
        "access": duty.access.value,
        "reduced": duty.reduced,
        "basis": duty.basis,
        "applies_from": _dates(duty.applies_from),
        "in_force": duty.in_force,
    }


def _dates(applies: AppliesFrom) -> dict[str, Any]:
    readings = ("formal", "practical", "legacy")
    days = {name: getattr(applies, name) for name in readings}
    shown: dict[str, Any] = {name: day.isoformat() if day else None for name, day in days.items()}
    shown["grounds"] = {name: getattr(applies, f"{name}_ground") for name in readings}
    return shown


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "section": gap.section.value,
        "item": gap.item,
        "state": gap.state.value,
        "parts": list(gap.parts),
        "supplied_by": gap.supplied_by,
        "basis": gap.basis,
        "blocking": gap.blocking,
    }
