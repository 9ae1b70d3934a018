"""Ledger: a stream of findings, such as losses, line by line in JSONL or CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import TextIO

from aiexchange.errors import UsageError
from aiexchange.findings import Finding
from aiexchange.report.serial import to_json, write_csv

COLUMNS = (
    "code",
    "severity",
    "record_id",
    "path",
    "file",
    "row",
    "line",
    "message",
    "mend",
    "basis",
)
"""Columns of the CSV ledger; the JSONL ledger also names the sheet."""

Ledger = Callable[[Iterable[Finding], TextIO], None]
"""Writes findings as they come, one at a time."""


def render_jsonl(findings: Iterable[Finding], stream: TextIO) -> None:
    """Write one JSON object per finding."""
    for finding in findings:
        stream.write(to_json(finding.as_dict()) + "\n")


def render_csv(findings: Iterable[Finding], stream: TextIO) -> None:
    """Write one row per finding, every cell in quotes and none of them a formula."""
    write_csv(COLUMNS, (finding.as_dict() for finding in findings), stream)


LEDGERS: dict[str, Ledger] = {".jsonl": render_jsonl, ".ndjson": render_jsonl, ".csv": render_csv}
"""The ledger of each suffix."""


def ledger_for(path: str | PurePath) -> Ledger:
    """Return the ledger that fits a file's suffix.

    Raises:
        UsageError: there is none.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in LEDGERS:
        raise UsageError(f"a ledger is written as {', '.join(LEDGERS)}, not as {suffix or path}")
    return LEDGERS[suffix]
