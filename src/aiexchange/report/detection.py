"""A detection as text, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from aiexchange.report.layout import entry, full, number, paragraphs, wrapped
from aiexchange.report.serial import write_json


def render_json(detection: Mapping[str, Any], stream: TextIO) -> None:
    """Write the whole detection."""
    write_json(detection, stream)


def render_text(detection: Mapping[str, Any], stream: TextIO) -> None:
    """Write what a file is, then what in it does not fit."""
    facts = [
        ("format", f"{detection['format']}, by {detection['transport']}"),
        ("sure", f"{detection['sureness']:.0%} of its names are known"),
        ("encoding", detection["encoding"]),
        ("layout", detection["layout"]),
        ("records", number(detection["records"])),
        ("registrations", number(detection["registrations"])),
        ("versions", _counts(detection["versions"])),
        ("languages", _counts(detection["languages"])),
    ]
    width = max(len(name) for name, _ in facts)
    lines = [
        line for name, text in facts if text for line in entry(name.ljust(width), text, indent=2)
    ]
    blocks = [full(detection["file"]), lines]
    for finding in detection["findings"]:
        times = f", {number(finding['count'])} times" if finding["count"] > 1 else ""
        blocks.append([*full(f"{finding['code']}{times}"), *wrapped(finding["message"], "  ")])
    if not detection["findings"]:
        blocks.append(["Everything in it fits."])
    stream.write(paragraphs(blocks))


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} ({number(count)})" for name, count in counts.items())
