"""Round trips as text, with what was lost by field, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from aiexchange.compare import ABSENT, Loss, RoundTripReport
from aiexchange.report.excerpt import pair
from aiexchange.report.layout import counted, full, number, paragraphs, wrapped
from aiexchange.report.serial import to_json, write_json

EXAMPLES = 3
"""Losses of one field that a text shows."""

_MOST_FIELDS = 20


def render_text(reports: Sequence[RoundTripReport], stream: TextIO) -> None:
    """Write for each way how many records came back exactly, then its losses by field."""
    blocks = [block for report in reports for block in _report(report)]
    stream.write(paragraphs(blocks or [["No round trip was made."]]))


def render_json(reports: Sequence[RoundTripReport], stream: TextIO) -> None:
    """Write a list with one object for each way."""
    write_json([report.as_dict() for report in reports], stream)


def _report(report: RoundTripReport) -> Iterator[list[str]]:
    yield wrapped(_headline(report))
    fields: dict[str, list[Loss]] = {}
    for loss in report.losses:
        fields.setdefault(loss.path, []).append(loss)
    most_first = sorted(fields.items(), key=lambda named: -len(named[1]))
    for field, losses in most_first[:_MOST_FIELDS]:
        yield _field(field, losses)
    if more := len(most_first) - _MOST_FIELDS:
        yield [f"  … and {counted(more, 'more field')}"] if more > 0 else []


def _headline(report: RoundTripReport) -> str:
    lost = f"; {counted(len(report.losses), 'value')} did not" if report.losses else ""
    whole = counted(report.records, "record")
    return f"By way of {report.via}: {number(report.exact)} of {whole} came back exactly{lost}."


def _field(field: str, losses: list[Loss]) -> list[str]:
    lines = full(f"{field}: {counted(len(losses), 'value')}", "  ")
    for loss in losses[:EXAMPLES]:
        lines += full(loss.record_id, "    ")
        lines += pair(_shown(loss.before), _shown(loss.after), "      ")
    if more := losses[EXAMPLES:]:
        lines.append(f"    … and {number(len(more))} more like this")
    return lines


def _shown(value: Any) -> str:
    """Return a value as JSON writes it: here the spacing counts, and has to be seen."""
    return "(absent)" if value is ABSENT else to_json(value)
