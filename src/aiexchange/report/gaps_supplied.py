"""Supplied values in a gap report: how many, from whom, in which files."""

from __future__ import annotations

from collections import Counter

from aiexchange.report.gaps import GapReport
from aiexchange.report.layout import counted, entry, number

_MOST = 8


def supplied(report: GapReport) -> list[str]:
    """Return who has supplied values by merging, the most first; nothing if nobody has."""
    values: Counter[tuple[str, str]] = Counter()
    records: Counter[tuple[str, str]] = Counter()
    for registration in report["registrations"]:
        statements = registration.get("supplied", {}).values()
        who = [(each.get("by") or "?", each.get("source") or "?") for each in statements]
        values.update(who)
        records.update(set(who))
    if not values:
        return []
    lines = [f"Values that were supplied: {number(values.total())}"]
    for (by, source), count in sorted(values.items(), key=lambda each: (-each[1], each[0]))[:_MOST]:
        said = f"by {by} ({source}), in {counted(records[by, source], 'registration')}"
        lines += entry(f"{number(count):>7}", said, indent=0)
    if len(values) > _MOST:
        lines.append(f"         … and {number(len(values) - _MOST)} more files.")
    return lines
