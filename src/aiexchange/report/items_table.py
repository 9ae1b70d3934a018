"""The items of Annex VIII as a table: how many of those that are due hold a usable value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiexchange.report.layout import number, shorten

Item = Mapping[str, Any]

_TERM = 25
_BAR = 8
_COLUMNS = {"due": 7, "present": 8, "derived": 8, "partly": 7, "missing": 8}
_SECTIONS = ("A", "B", "C", "IX")


def items_table(items: Sequence[Item], terms: Mapping[str, str]) -> list[str]:
    """Return one line for each item that is due somewhere, in the order of Annex VIII.

    `partly` are those with some parts or a link only; the bar shows present and derived ones
    against all that are due, but for those to which the item does not apply.
    """
    due = sorted((item for item in items if item["due"]), key=lambda item: place_of(item["item"]))
    if not due:
        return []
    heading = _line("item", "", list(_COLUMNS), "usable")
    rows = [_row(item, terms.get(item["item"], "")) for item in due]
    return ["What is there, item by item", heading, *rows, *_forbidden(due)]


def place_of(item: str) -> tuple[int, int, str]:
    """Return the place of an item in Annex VIII and IX; what is no item comes before them."""
    section, _, point = item.rpartition("-")
    if section not in _SECTIONS or not point.isdigit():
        return (-1, 0, item)
    return (_SECTIONS.index(section), int(point), item)


def _row(item: Item, term: str) -> str:
    partly = item.get("incomplete", 0) + item.get("link-only", 0)
    counts = [
        item["due"],
        item.get("present", 0),
        item.get("derived", 0),
        partly,
        item.get("missing", 0),
    ]
    return _line(item["item"], shorten(term, _TERM), list(map(_short, counts)), _bar(item))


def _line(item: str, term: str, counts: list[str], bar: str) -> str:
    cells = "".join(map(str.rjust, counts, _COLUMNS.values()))
    return f"  {item:<5} {term:<{_TERM}}{cells} {bar}"


def _short(count: int) -> str:
    return number(count) if count < 100_000 else f"{count // 1000}k"


def _bar(item: Item) -> str:
    applies = item["due"] - item.get("not-applicable", 0)
    if applies <= 0:
        return "n/a"
    usable = item.get("present", 0) + item.get("derived", 0)
    full = min(_BAR, usable * _BAR // applies or bool(usable))
    return "#" * full + "." * (_BAR - full)


def _forbidden(items: Sequence[Item]) -> list[str]:
    return [
        f"  {item['item']} holds a value in {number(item['forbidden'])} where it may hold none"
        for item in items
        if item.get("forbidden")
    ]
