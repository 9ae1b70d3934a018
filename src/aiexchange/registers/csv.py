"""CSV: records as rows under a heading of field names."""

from __future__ import annotations

import codecs
import csv
import io
import json
import operator
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from aiexchange.errors import InputError, LimitError, UnrecognisedInputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.protocol import Shape
from aiexchange.registers.record import Record

LONGEST_LINE = 16 * 1024 * 1024
"""The most characters of a line, and of a cell: more is no export, and would fill the memory."""

DELIMITERS = (",", ";", "\t")


def heading(head: bytes) -> tuple[str, ...]:
    """Return the names in the first row of a file, of which the beginning is given; or ()."""
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(head)
    try:
        return _heading_and_delimiter(text[:LONGEST_LINE].splitlines(keepends=True))[0]
    except (csv.Error, StopIteration):
        return ()


def read(stream: BinaryIO, file: str | None, shape: Shape | None = None) -> Iterator[Record]:
    """Yield the rows of a table as records.

    A row without any value is no record. One that is wider or narrower than the heading, or in
    which quotes are out of place, is a finding. A file that ends within a cell or a row is
    truncated. `shape` is told what the file looks like.

    Raises:
        InputError: not UTF-8, empty, nothing but a heading, truncated.
        LimitError: a line or a cell is longer than 16 MiB.
    """
    limit = csv.field_size_limit(LONGEST_LINE)
    try:
        yield from _read(stream, file, shape)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file or 'the input'} is not UTF-8: byte 0x{error.object[error.start]:02x} is out of "
            "place. Save it as “CSV UTF-8”."
        ) from None
    finally:
        csv.field_size_limit(limit)


def _read(stream: BinaryIO, file: str | None, shape: Shape | None) -> Iterator[Record]:
    marked = shape is not None and _is_marked(stream)
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    try:
        yield from _records(_Lines(text, file), file, shape, marked)
    finally:
        if not text.closed:  # who is interrupted may close the stream before its reader
            text.detach()


def _is_marked(stream: BinaryIO) -> bool:
    """Tell whether a stream begins with a byte order mark, and leave it at its beginning."""
    start = stream.read(3)
    stream.seek(-len(start), io.SEEK_CUR)
    return start == codecs.BOM_UTF8


def _records(
    lines: _Lines, file: str | None, shape: Shape | None, marked: bool
) -> Iterator[Record]:
    try:
        names, delimiter = _heading_and_delimiter(lines)
    except StopIteration:
        raise InputError(f"{file or 'the input'} is empty") from None
    except csv.Error as error:
        raise UnrecognisedInputError(f"{file or 'the input'} is no CSV table: {error}") from None
    names = _distinct(names)
    if shape is not None:
        shape.columns = names
        shape.places[None] = {name: number for number, name in enumerate(names, 1)}
        shape.line_end = lines.end
        shape.quoted = lines.quoted
        shape.delimiter = delimiter
        shape.as_register = marked and delimiter == "," and lines.quoted
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    found = 0
    for row, (cells, line) in enumerate(_rows(rows, lines, len(names)), 2):
        if isinstance(cells, list) and not any(cells):
            continue
        found += 1
        yield _record(cells, names, Origin(file, row=row, line=line))
    if not found:
        raise InputError(f"{file or 'the input'} holds a heading and no records")


def _rows(rows: Any, lines: _Lines, width: int) -> Iterator[tuple[list[str] | csv.Error, int]]:
    while True:
        line = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise LimitError(
                    f"{lines.place(line)}: a cell is longer than 16 MiB, the limit; "
                    "perhaps a quote is missing"
                ) from None
            if lines.ended:
                raise InputError(
                    f"{lines.place(line)}: the file ends within a cell; it is truncated"
                ) from None
            yield error, line
            continue
        if lines.ended and lines.cut_off and 0 < len(cells) < width:
            raise InputError(f"{lines.place(line)}: the file ends within a row; it is truncated")
        yield cells, line


def _record(cells: list[str] | csv.Error, names: Sequence[str], origin: Origin) -> Record:
    if isinstance(cells, csv.Error):
        finding = Finding(
            "csv.quoting",
            Severity.VIOLATION,
            f"The row cannot be read: {cells}. It is left out.",
            origin=origin,
            mend="Double the quotes within a cell, and put quotes around the whole of it.",
        )
        return Record(None, origin, (finding,))
    if len(cells) != len(names):
        finding = Finding(
            "csv.row-width",
            Severity.VIOLATION,
            f"The row has {len(cells)} cells and the heading {len(names)}. It is left out.",
            origin=origin,
            mend="Look for a comma or a quote that is missing or too many in this row.",
        )
        return Record(None, origin, (finding,))
    return Record(dict(zip(names, cells, strict=True)), origin)


def _heading_and_delimiter(lines: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Return the names of the heading, read with the delimiter that gives the most of them."""
    source = iter(lines)
    taken: list[str] = []

    def recorded() -> Iterator[str]:
        for line in source:
            taken.append(line)
            yield line

    widest = max(DELIMITERS, key=lambda mark: _width(taken, recorded(), mark))
    return tuple(next(csv.reader(iter(taken), delimiter=widest))), widest


def _width(taken: list[str], more: Iterator[str], delimiter: str) -> int:
    """Count the names of the heading, reading no further than it goes."""
    lines = iter(taken) if taken else more
    return len(next(csv.reader(lines, delimiter=delimiter)))


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names without white space around them; a second one of a name is numbered."""
    given = [name.strip() for name in names]
    taken = frozenset(given)
    counts: dict[str, int] = {}
    distinct = []
    for name in given:
        number = counts.get(name, 0) + 1
        while number > 1 and f"{name} ({number})" in taken:
            number += 1
        counts[name] = number
        distinct.append(name if number == 1 else f"{name} ({number})")
    return tuple(distinct)


class _Lines:
    """The lines of a text, none longer than the limit, with the number of the last one."""

    def __init__(self, text: TextIO, file: str | None) -> None:
        self._text, self._file = text, file
        self.number = 0
        self.ended = False
        self.cut_off = False
        self.end = "\r\n"
        self.quoted = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE + 1)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if self.number == 1:
            self.quoted = line.startswith('"')
            self.end = "\r\n" if line.endswith("\r\n") else "\n"
        if len(line) > LONGEST_LINE:
            raise LimitError(f"{self.place(self.number)}: longer than 16 MiB, the limit of a line")
        self.cut_off = line[-1] not in "\r\n"
        self.ended = self.cut_off
        return line

    def place(self, line: int) -> str:
        return f"{self._file or 'the input'}, line {line}"


def write(
    records: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    fields: Sequence[str],
    shape: Shape | None = None,
) -> None:
    """Write records as the register does: UTF-8 with a byte order mark, commas, all in quotes.

    Columns are those that any record has: first the fields in the order given, then the others as
    they come; of a source that has the register's shape, its own columns, rows and line ends are
    kept. The records stay on disk until all of their columns are known.
    """
    with tempfile.TemporaryFile() as spool:
        names: dict[str, None] = {}
        places = array("Q")
        for record in records:
            cells = {name: cell(value) for name, value in record.items()}
            names |= dict.fromkeys(cells)
            places.append(spool.tell())
            spool.write(json.dumps(cells).encode("ascii") + b"\n")
        kept = shape if shape is not None and shape.as_register else Shape()
        columns = _columns(kept, names, fields)
        spool.seek(0)
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=kept.line_end)
        writer.writerow(columns)
        for line in _in_order(spool, places, kept.rows):
            cells = json.loads(line)
            writer.writerow([cells.get(name, "") for name in columns])
        text.flush()
        text.detach()


def _columns(kept: Shape, names: Mapping[str, None], fields: Sequence[str]) -> list[str]:
    """Return the columns: of a source that is kept so, those without any value too."""
    if not names:
        return list(fields)
    known = frozenset(fields)
    first = [name for name in kept.columns if name in names or name in known]
    order = dict.fromkeys((*first, *(name for name in fields if name in names), *names))
    return list(order)


def _in_order(spool: BinaryIO, places: Sequence[int], rows: Sequence[int]) -> Iterator[bytes]:
    """Yield the lines of a file; by the rows in which they stood, if it is known for all."""
    if len(rows) != len(places) or all(map(operator.le, rows, rows[1:])):
        yield from spool
        return
    for _, place in sorted(zip(rows, places, strict=True)):
        spool.seek(place)
        yield spool.readline()


def cell(value: Any) -> str:
    """Return a value as a cell: what is no text as JSON, and nothing for null."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
