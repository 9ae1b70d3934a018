"""Excerpt: an old and a new value, each on one line, shown around their first difference."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from aiexchange.report.layout import WIDTH, shorten, visible
from aiexchange.report.serial import to_json

_LEAD = 24
"""Characters shown before the first difference."""


def pair(before: str | None, after: str | None, indent: str) -> list[str]:
    """Return `- old` and `+ new` with a caret below the first difference; None has no line.

    What the two begin with alike is cut if it is long, and so is what no longer fits.
    """
    if before is None or after is None:
        return alone("-", before, indent) + alone("+", after, indent)
    old, new = visible(before), visible(after)
    same = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False)))
    start = same - _LEAD if same > 2 * _LEAD else 0
    lead = "…" if start else ""
    caret = f"{indent}  {' ' * (len(lead) + same - start)}^"
    return [
        *alone("-", lead + old[start:], indent),
        *alone("+", lead + new[start:], indent),
        *([caret] if same and old != new else []),
    ]


def alone(sign: str, value: str | None, indent: str) -> list[str]:
    """Return one value behind its sign, cut to the line."""
    if value is None:
        return []
    return [f"{indent}{sign} {shorten(value, WIDTH - len(indent) - 2)}"]


def shown(value: Any) -> str | None:
    """Return a value as people read it: a text as it is, an object as `name: value, …`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(inner)}" for name, inner in value.items())
    return to_json(value)
