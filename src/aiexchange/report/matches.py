"""Matches: the file in which a person decides about uncertain pairs, as CSV, JSON Lines or TOML."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any, TextIO

from aiexchange.compare.decisions import COLUMNS, NO, YES, PairRow
from aiexchange.errors import InputError, UsageError
from aiexchange.report.serial import to_json, write_csv

_NEEDED = ("decision", "record_id", "supplied_id")
_DELIMITERS = (",", ";", "\t")


def write_rows_csv(rows: Iterable[PairRow], stream: TextIO) -> None:
    """Write one row for each pair, the decision first."""
    write_csv(COLUMNS, (row.as_dict() for row in rows), stream)


def render_csv(report: Mapping[str, Any], stream: TextIO) -> None:
    """Write the pairs of a match as a matches file, the uncertain ones first."""
    write_csv(COLUMNS, (*report["uncertain"], *report["certain"]), stream)


def read_rows_csv(text: str) -> list[dict[str, Any]]:
    """Return the rows, whatever delimiter a spreadsheet has given them."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [{str(name).strip(): _bare(cell) for name, cell in row.items()} for row in rows]


def _bare(cell: Any) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    text = str(cell or "")
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def write_rows_jsonl(rows: Iterable[PairRow], stream: TextIO) -> None:
    """Write one object for each pair."""
    for row in rows:
        stream.write(to_json(row.as_dict()) + "\n")


def read_rows_jsonl(text: str) -> list[dict[str, Any]]:
    """Return the objects, one on each line."""
    return [dict(json.loads(line)) for line in text.splitlines() if line.strip()]


def write_rows_toml(rows: Iterable[PairRow], stream: TextIO) -> None:
    """Write one table `[[pair]]` for each pair."""
    for row in rows:
        members = (f"{name} = {to_json(value)}" for name, value in row.as_dict().items())
        stream.write("[[pair]]\n" + "\n".join(members) + "\n\n")


def read_rows_toml(text: str) -> list[dict[str, Any]]:
    """Return the tables `[[pair]]`."""
    return [dict(row) for row in tomllib.loads(text).get("pair", [])]


RowWriter = Callable[[Iterable[PairRow], TextIO], None]
"""Writes pairs to a matches file."""

RowReader = Callable[[str], list[dict[str, Any]]]
"""Reads the rows of a matches file from its text."""

_FORMS: dict[str, tuple[RowWriter, RowReader]] = {
    ".csv": (write_rows_csv, read_rows_csv),
    ".jsonl": (write_rows_jsonl, read_rows_jsonl),
    ".ndjson": (write_rows_jsonl, read_rows_jsonl),
    ".toml": (write_rows_toml, read_rows_toml),
}


def writer_for(path: str | PurePath) -> RowWriter:
    """Return what writes a matches file of this suffix.

    Raises:
        UsageError: there is none.
    """
    return _form(path)[0]


def _form(path: str | PurePath) -> tuple[RowWriter, RowReader]:
    suffix = PurePath(path).suffix.lower()
    if suffix not in _FORMS:
        raise UsageError(f"matches are written as {', '.join(_FORMS)}, not as {suffix or path}")
    return _FORMS[suffix]


def read_rows(path: str | PurePath, text: str) -> list[PairRow]:
    """Return the rows of a matches file that a person has filled in.

    Raises:
        InputError: it is no such file, or a decision is neither yes nor no.
        UsageError: its suffix is not one of a matches file.
    """
    try:
        found = _form(path)[1](text.removeprefix("\ufeff"))
        return [_row(path, number, row) for number, row in enumerate(found, 1)]
    except (ValueError, csv.Error, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no matches file: {error}") from None


def _row(path: str | PurePath, number: int, row: Mapping[str, Any]) -> PairRow:
    missing = [name for name in _NEEDED if name not in row]
    if missing:
        raise InputError(f"{path}, pair {number}: {', '.join(missing)} is missing")
    said = {each.name: str(row.get(each.name) or "").strip() for each in fields(PairRow)}
    word = "yes" if row["decision"] is True else "no" if row["decision"] is False else None
    decision = (word or said["decision"]).casefold()
    if decision and decision not in YES | NO:
        raise InputError(f"{path}, pair {number}: “{decision}” is neither yes nor no")
    score = _score(said.pop("score"))
    return PairRow(score=score, **{**said, "decision": decision})


def _score(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
