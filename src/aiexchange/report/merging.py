"""Merging: what a merge has filled, kept and refused, and which pairs wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from aiexchange.report.layout import counted, number, paragraphs, shorten, table, wrapped
from aiexchange.report.serial import to_json, write_csv

COLUMNS = (
    "outcome",
    "record_id",
    "path",
    "before",
    "supplied",
    "taken",
    "place",
    "supplied_place",
    "supplied_by",
    "reason",
)
"""The columns of the CSV: one row for each field that somebody supplied."""

_MOST = 10
"""Pairs, overlays and conflicts that the text shows."""

_OUTCOMES = ("filled", "replaced", "equal", "conflicting", "refused")
_DIFFERING = {
    "conflicting": ("Conflicts", "kept as it was"),
    "replaced": ("Replaced, as they followed from another field", "kept as it was"),
    "refused": ("Refused", "not taken"),
}
"""Outcomes that are shown field by field: the title, and what became of the value."""

_WIDEST = 100
_SEEMS = {
    "filled": "filled: there was no value",
    "replaced": "replaced: it followed from another field",
    "equal": "equal: both say the same",
    "conflicting": "conflicting: the values differ",
    "refused": "refused: not theirs to say",
}


def render_text(
    report: Mapping[str, Any], fields: Iterable[Mapping[str, Any]], out: TextIO
) -> None:
    """Write the counts, the conflicts with both places, and what waits for a person."""
    differing = {name: _Shown(name) for name in _DIFFERING}
    for each in fields:
        if each["outcome"] in differing:
            differing[each["outcome"]].add(each)
    blocks = [
        _summary(report),
        _by_path(report),
        *(shown.block() for shown in differing.values()),
        _uncertain(report),
        _unmatched(report),
    ]
    out.write(paragraphs(blocks))


def render_json(
    report: Mapping[str, Any], fields: Iterable[Mapping[str, Any]], out: TextIO
) -> None:
    """Write one document: the counts, and every field with both places."""
    head = to_json(dict(report), indent=2)
    out.write(head.removesuffix("\n}") + ',\n  "fields": [')
    mark = "\n    "
    for each in fields:
        out.write(mark + to_json(dict(each)))
        mark = ",\n    "
    out.write("\n  ]\n}\n")


def render_jsonl(
    report: Mapping[str, Any], fields: Iterable[Mapping[str, Any]], out: TextIO
) -> None:
    """Write one object for each field."""
    for each in fields:
        out.write(to_json(dict(each)) + "\n")


def render_csv(report: Mapping[str, Any], fields: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write one row for each field."""
    write_csv(COLUMNS, (_as_cells(each) for each in fields), out)


def _as_cells(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | bool | None) else to_json(value)
        for name, value in each.items()
    }


def _summary(report: Mapping[str, Any]) -> list[str]:
    outcomes = report["outcomes"]
    said = (
        f"{number(report['completed'])} of {counted(report['records'], 'registration')} "
        f"completed, from {counted(report['supplied'], 'supplied entry', 'supplied entries')} in "
        f"{counted(report['pairs'], 'pair')}."
    )
    rows = [[_SEEMS[name], number(outcomes[name])] for name in _OUTCOMES if outcomes[name]]
    return [*wrapped(said), *table(rows)]


def _by_path(report: Mapping[str, Any]) -> list[str]:
    paths = dict.fromkeys(each["path"] for each in report["by_path"])
    if not paths:
        return []
    found = {(each["path"], each["outcome"]): each["count"] for each in report["by_path"]}
    rows = [
        [path, *(number(found.get((path, outcome), 0)) for outcome in _OUTCOMES)] for path in paths
    ]
    return ["Field by field", *table([["field", *_OUTCOMES], *sorted(rows)])]


class _Shown:
    """The first fields with one outcome, each with both places, and how many more there are."""

    def __init__(self, outcome: str) -> None:
        self._title, self._kept = _DIFFERING[outcome]
        self._lines: list[str] = []
        self._count = 0

    def add(self, each: Mapping[str, Any]) -> None:
        """Take a field; the first of them are shown."""
        self._count += 1
        if self._count > _MOST:
            return
        kept = "supplied value taken" if each.get("taken") else self._kept
        self._lines += wrapped(f"{each['record_id']}  {each['path']}: {kept}", "  ")
        if each.get("place"):
            self._lines += _side(each["place"], each.get("before"))
        self._lines += _side(each["supplied_place"], each["supplied"])
        if each.get("reason"):
            self._lines += wrapped(each["reason"], "    ")

    def block(self) -> list[str]:
        """Return the lines under their title; none if there was no field."""
        more = self._count - _MOST
        tail = [f"  … and {number(more)} more; --report json has them all."] if more > 0 else []
        return [self._title, *self._lines, *tail] if self._count else []


def _side(place: str, value: Any) -> list[str]:
    said = value if isinstance(value, str) else to_json(value)
    return wrapped(f"{place}: {shorten(said, _WIDEST)}", "    ", "      ")


def _uncertain(report: Mapping[str, Any]) -> list[str]:
    return _pairs(
        f"To decide: {counted(len(report['uncertain']), 'uncertain pair')}, not merged",
        report["uncertain"],
    )


def _pairs(title: str, rows: list[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = [title]
    for row in rows[:_MOST]:
        lines += wrapped(
            f"{row['score']:.2f}  {row['record_id']}  {row['title']}", "  ", "        "
        )
        said = f"{row['supplied_name']}, by {row['supplied_by'] or '?'} ({row['supplied_file']})"
        lines += wrapped(f"{said}: {row['reasons']}", "        ")
    if len(rows) > _MOST:
        lines.append(f"  … and {number(len(rows) - _MOST)} more.")
    return lines


def _unmatched(report: Mapping[str, Any]) -> list[str]:
    names = report["unmatched"]
    if not names:
        return []
    more = [f"  … and {number(len(names) - _MOST)} more."] if len(names) > _MOST else []
    shown = [line for name in names[:_MOST] for line in wrapped(name, "  ", "    ")]
    return ["Nothing found for", *shown, *more]


def render_match_text(report: Mapping[str, Any], out: TextIO) -> None:
    """Write the pairs, the certain ones first, and what has no counterpart."""
    said = (
        f"{counted(report['records'], 'registration')} and {number(report['supplied'])} on the "
        f"other side: {counted(len(report['certain']), 'certain pair')}, "
        f"{number(len(report['uncertain']))} to decide about."
    )
    blocks = [
        wrapped(said),
        _pairs("Certain", report["certain"]),
        _pairs("To decide", report["uncertain"]),
        _unmatched(report),
    ]
    out.write(paragraphs(blocks))
