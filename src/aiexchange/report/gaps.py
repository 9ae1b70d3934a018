"""A gap report as CSV, one line for each gap, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from aiexchange.report.serial import write_csv, write_json

COLUMNS = (
    "record_id",
    "organisation",
    "section",
    "actor",
    "access",
    "item",
    "state",
    "parts",
    "supplied_by",
    "basis",
    "blocking",
    "applies_from_practical",
    "applies_from_legacy",
    "not_due",
    "who",
    "template",
    "fields",
)
"""Columns of the CSV; `not_due` is the reason why a registration is due under no section."""

GapReport = Mapping[str, Any]
"""What `aiexchange.law.GapReport.as_dict` returns."""


def render_json(report: GapReport, stream: TextIO) -> None:
    """Write the whole report."""
    write_json(report, stream)


def render_csv(report: GapReport, stream: TextIO) -> None:
    """Write one row for each gap, and one for each registration that is not due.

    A registration that is due and has no gap has one row for each section, without an item.
    """
    rows = (row for registration in report["registrations"] for row in _rows(registration))
    write_csv(COLUMNS, rows, stream)


def _rows(registration: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    who = {name: registration.get(name) for name in ("record_id", "organisation", "not_due")}
    found = registration.get("gaps", ())
    for duty in registration.get("duties", ()):
        gaps = [gap for gap in found if gap["section"] == duty["section"]]
        if not gaps:
            yield who | _duty(duty)
        for gap in gaps:
            yield who | _duty(duty) | _gap(gap)
    if not registration.get("duties"):
        yield who


def _gap(gap: Mapping[str, Any]) -> dict[str, Any]:
    """Return a gap with what closes it: who knows it, and which fields of which template."""
    closing = gap.get("closing") or {}
    template = closing.get("template") or {}
    return {name: gap[name] for name in gap if name != "closing"} | {
        "parts": "; ".join(gap["parts"]),
        "who": "; ".join(closing.get("who", ())),
        "template": template.get("name"),
        "fields": "; ".join(template.get("fields", ())),
    }


def _duty(duty: Mapping[str, Any]) -> dict[str, Any]:
    applies = duty.get("applies_from", {})
    return {
        "section": duty["section"],
        "actor": duty["actor"],
        "access": duty["access"],
        "applies_from_practical": applies.get("practical"),
        "applies_from_legacy": applies.get("legacy"),
    }
