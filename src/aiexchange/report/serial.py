"""Serial: JSON and CSV as every report writes them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(value: Any, indent: int | None = None) -> str:
    r"""Return JSON that any encoding of Unicode can hold: a lone surrogate becomes `\ud800`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def indented(text: str, indent: str) -> str:
    """Return JSON with an indent before each line; other line ends within strings are no lines."""
    return "\n".join(indent + line for line in text.split("\n"))


def write_json(value: Any, stream: TextIO) -> None:
    """Write one JSON document, indented, with a line end after it."""
    stream.write(to_json(value, indent=2) + "\n")


def cell(value: Any) -> str:
    """Return a value as a cell that a spreadsheet takes for text.

    A cell that would begin a formula (`=`, `+`, `-`, `@`, tab, carriage return) gets an apostrophe
    before it; drop it to have the value back. A lone dash, for stdin, is no formula. No record id
    can begin like that.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _SURROGATE.sub("\ufffd", str(value))
    return f"'{text}" if len(text) > 1 and text.startswith(_FORMULA) else text


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """Write a table with a heading, every cell in quotes; a member without a column is left out."""
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
