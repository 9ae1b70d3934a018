"""A diff as text, with what has changed in each record, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from aiexchange.compare import Change, DiffReport, RecordChanges, RecordName
from aiexchange.compare.meaning import meaning_of_json
from aiexchange.report.excerpt import alone, pair, shown
from aiexchange.report.layout import WIDTH, counted, full, number, paragraphs, shorten
from aiexchange.report.serial import write_json

MOST = 100
"""Records of a kind (added, removed, changed) that a text shows."""

_MOST_ELEMENTS = 10
"""Elements of one list that a text shows as added, and as removed."""


def render_text(report: DiffReport, stream: TextIO, *, most: int = MOST) -> None:
    """Write a summary, then the names of added and removed records, then the changes by record."""
    blocks = [
        [_summary(report)],
        _names("Added", report.added, most),
        _names("Removed", report.removed, most),
        *(list(_record(record)) for record in report.changed[:most]),
        _more(report.changed, most, "changed records, all of them in the JSON report"),
    ]
    stream.write(paragraphs(blocks))


def render_json(report: DiffReport, stream: TextIO) -> None:
    """Write the whole report."""
    write_json(report.as_dict(), stream)


def _summary(report: DiffReport) -> str:
    if not report.differs:
        return "No differences."
    counts = [
        f"{number(len(records))} {what}"
        for what, records in (
            ("added", report.added),
            ("removed", report.removed),
            ("changed", report.changed),
        )
    ]
    total = sum(len(record.changes) for record in report.changed)
    return f"Records: {', '.join(counts)} ({counted(total, 'change')})."


def _names(heading: str, names: Sequence[RecordName], most: int) -> list[str]:
    lines = [heading] if names else []
    for name in names[:most]:
        start, *rest = full(name.record_id, "  ")
        room = WIDTH - len(start) - 3
        beside = name.title is not None and not rest and room >= 20
        lines += [f"{start}   {shorten(name.title or '', room)}" if beside else start, *rest]
    return lines + _more(names, most, "more")


def _more(records: Sequence[Any], most: int, what: str) -> list[str]:
    return [f"  … and {number(len(records) - most)} {what}"] if len(records) > most else []


def _record(record: RecordChanges) -> Iterator[str]:
    yield from full(record.record_id)
    for change in record.changes:
        yield from full(change.path, "  ")
        yield from _change(change)


def _change(change: Change) -> list[str]:
    before, after = change.before, change.after
    if isinstance(before, list) or isinstance(after, list):
        return _elements(before, after)
    return pair(shown(before), shown(after), "    ")


def _elements(before: Any, after: Any) -> list[str]:
    """Return the elements that only one of two lists has; a lone pair as one that was edited."""
    old, new = _as_list(before), _as_list(after)
    gone, come = _beyond(old, new), _beyond(new, old)
    if len(gone) == len(come) == 1:
        return pair(gone[0], come[0], "    ")
    return [*_listed("-", gone), *_listed("+", come)]


def _listed(sign: str, elements: list[str]) -> list[str]:
    lines = [line for value in elements[:_MOST_ELEMENTS] for line in alone(sign, value, "    ")]
    if more := elements[_MOST_ELEMENTS:]:
        lines.append(f"    {sign} … and {number(len(more))} more")
    return lines


def _beyond(some: list[Any], others: list[Any]) -> list[str]:
    left = [meaning_of_json(other) for other in others]
    found = []
    for value in some:
        meaning = meaning_of_json(value)
        if meaning in left:
            left.remove(meaning)
        else:
            found.append(shown(value) or "null")
    return found


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
