"""XLSX: records as the columns of a sheet, one sheet for each version of the standard.

A sheet with field names in its first row is read too, with its records as rows.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from aiexchange.errors import InputError, LimitError, OutputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.protocol import Shape
from aiexchange.mapping.prose import plain_text
from aiexchange.registers.record import Record

MOST_BYTES = 1024 * 1024 * 1024
"""Bytes that a workbook may hold when it is unpacked."""

MOST_RATIO = 250
"""How many times larger than itself a workbook may be when it is unpacked."""

MOST_CELLS = 20_000_000
"""Cells that a sheet may span."""

MOST_BLANK = 1_000
"""Rows without any value that a sheet may have before it is told."""

LONGEST_CELL = 32_767
"""Characters that a cell can hold."""

MOST_COLUMNS = 16_384
"""Columns that a sheet can have, the first with the names of the fields."""


def read(
    stream: BinaryIO, file: str | None, shape: Shape | None = None, knows: Knows | None = None
) -> Iterator[Record]:
    """Yield the columns of each sheet as records; formulas are read as last computed.

    Records are rows instead where the first row `knows` more names of fields than the first
    column. `shape` is told where each field stands.

    Raises:
        InputError: no workbook, protected by a password, broken, or without records.
        LimitError: larger than a workbook may be.
    """
    found = 0
    for each in grids(stream, file):
        if isinstance(each, Finding):
            yield Record(None, Origin(file), (each,))
            continue
        for record in _records(each, file, shape or Shape(), knows or _is_machine_name):
            found += record.fields is not None
            yield record
    if not found:
        raise InputError(f"{file or 'the input'} holds no records")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands: its cells from A1 on, and the ranges of cells that are merged.

    A range is its first and its last cell, each as row and column counted from 0.
    """

    title: str
    rows: list[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


def grids(stream: BinaryIO, file: str | None) -> Iterator[Finding | Grid]:
    """Yield what is odd in a workbook (XLSX or ODS), then its sheets; formulas as last computed.

    Raises:
        InputError: no workbook, protected by a password, or broken.
        LimitError: larger than a workbook may be.
    """
    name = file or "the input"
    if stream.read(4) == b"\xd0\xcf\x11\xe0":
        raise InputError(
            f"{name} is protected by a password, or an old .xls; save it as .xlsx without one"
        )
    stream.seek(0)
    for finding in _odd(stream, name):
        yield finding.about(None, Origin(file))
    try:
        workbook = CalamineWorkbook.from_filelike(cast(Any, stream))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                yield _grid(workbook, sheet.name, file)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(f"{name} is no workbook that can be read: {error}") from None


def _odd(stream: BinaryIO, name: str) -> Iterator[Finding]:
    """Refuse what may do harm, and report what is not read: macros, charts, formulas.

    Raises:
        InputError: the archive is broken or protected.
        LimitError: it unpacks to more than a workbook may hold.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _within_limits(members, name)
            yield from _parts(members)
            yield from _cells(archive, members, name)
    except zipfile.BadZipFile as error:
        raise InputError(f"{name} is no workbook, or is truncated: {error}") from None
    finally:
        stream.seek(0)


def _within_limits(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if any(member.flag_bits & 0x1 for member in members):
        raise InputError(f"{name} is protected by a password; save it without one")
    if unpacked > MOST_BYTES:
        raise LimitError(f"{name} unpacks to {unpacked:,} bytes; the limit is {MOST_BYTES:,}")
    if unpacked > 16 * 1024 * 1024 and unpacked / packed > MOST_RATIO:
        raise LimitError(
            f"{name} unpacks to {unpacked // packed} times its size; the limit is {MOST_RATIO}"
        )


def _parts(members: Sequence[zipfile.ZipInfo]) -> Iterator[Finding]:
    names = [member.filename for member in members]
    if any(name.endswith("vbaProject.bin") for name in names):
        yield _info("xlsx.macro", "The workbook holds macros. They are neither run nor kept.")
    if any(name.startswith("xl/chartsheets/") for name in names):
        yield _info("xlsx.chart-sheet", "The workbook holds a sheet with a chart. It is not read.")


def _info(code: str, message: str) -> Finding:
    return Finding(code, Severity.INFO, message, mend="Nothing; keep the workbook if you need it.")


_ODD_CELLS = {
    "xlsx.formula": (
        re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f[ >/]'),
        Severity.WARNING,
        "hold formulas; what they gave when the workbook was saved is read",
        "Replace formulas by their values.",
    ),
    "xlsx.cell-error": (
        re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"'),
        Severity.VIOLATION,
        "show an error of the spreadsheet, such as #REF!, and are read as empty",
        "Write the value itself instead of a formula.",
    ),
}
"""Cells of which not all is read: how the file shows them, and what is said of them."""

_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY")
_LONGEST_TAG = 256


def _cells(
    archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], name: str
) -> Iterator[Finding]:
    """Yield what is odd in the cells of each sheet, with the first such cell.

    Raises:
        InputError: a part of the workbook has a DOCTYPE.
        LimitError: the values of a sheet stand too far apart.
    """
    odd: list[tuple[str, dict[str, list[str]]]] = []
    spans: dict[str, _Span] = {}
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        cells: dict[str, list[str]] = {code: [] for code in _ODD_CELLS}
        with archive.open(member) as part:
            rest = b""
            while chunk := part.read(1 << 20):
                text = rest + chunk
                if _DOCTYPE.search(text):
                    raise InputError(f"{name}: a DOCTYPE is not allowed in a workbook")
                if member.filename.startswith("xl/worksheets/"):
                    spans.setdefault(member.filename, _Span()).add(text, name)
                    for code, (pattern, *_) in _ODD_CELLS.items():
                        cells[code] += [found.decode("ascii") for found in pattern.findall(text)]
                rest = _begun(text)
        odd.append((member.filename, cells))
    empty = any(span.blank > MOST_BLANK for span in spans.values())
    told = empty or any(any(cells.values()) for _, cells in odd)
    titles = _titles(archive) if told else {}
    for part_name, cells in odd:
        sheet = titles.get(part_name, part_name.rpartition("/")[2].removesuffix(".xml"))
        for code, found in cells.items():
            if found:
                yield _odd_cells(code, sheet, list(dict.fromkeys(found)), name)
        if part_name in spans and (blank := spans[part_name].blank) > MOST_BLANK:
            yield _info(
                "xlsx.blank-rows",
                f"{blank:,} rows of sheet {sheet} hold nothing. They are passed over.",
            )


class _Span:
    """How far the values of a sheet reach, and how many of its rows hold none."""

    _VALUE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^>/])?>')
    _ROW = re.compile(rb'<row [^>]*?\br="([0-9]{1,7})"')

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._height = self._last_row = 0
        self._last_column = (0, b"")

    @property
    def blank(self) -> int:
        return self._last_row - len(self._rows)

    def add(self, text: bytes, name: str) -> None:
        """Take a piece of the sheet.

        Raises:
            LimitError: reading it would take more cells than a sheet may span.
        """
        found = self._VALUE.findall(text)
        self._rows.update(here := {int(row) for row in {row for _, row in found}})
        for column in {column for column, _ in found}:
            self._last_column = max(self._last_column, (len(column), column))
        rows = (int(row) for row in self._ROW.findall(text))
        self._height = max(self._height, *here, 0)
        self._last_row = max(self._last_row, self._height, *rows, 0)
        height, width = self._height, _number(self._last_column[1])
        if height * width > MOST_CELLS:
            raise LimitError(
                f"{name}: the values of a sheet span {height:,} rows and {width:,} columns; the "
                f"limit is {MOST_CELLS:,} cells. Perhaps one stands far from the others"
            )


def _number(letters: bytes) -> int:
    """Return the number of a column, counted from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _begun(text: bytes) -> bytes:
    """Return the end of a chunk, if a cell begins in it that no pattern has found whole."""
    end = text[-_LONGEST_TAG:]
    begun = end.rfind(b"<c ")
    whole = any(pattern.match(end, max(begun, 0)) for pattern, *_ in _ODD_CELLS.values())
    return end[begun:] if begun >= 0 and not whole else end[-9:] if begun < 0 else b""


def _odd_cells(code: str, sheet: str, cells: list[str], name: str) -> Finding:
    _, severity, said, mend = _ODD_CELLS[code]
    column = cells[0].rstrip("0123456789")
    origin = Origin(name, sheet, int(cells[0][len(column) :]), None, column)
    message = f"{len(cells)} cells of sheet {sheet} {said}; the first is {cells[0]}."
    return Finding(code, severity, message, origin=origin, mend=mend)


_SHEET = re.compile(rb"<sheet [^>]*>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)="([^"]*)"')
_RELATION = re.compile(rb"<Relationship [^>]*>")


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the titles of the sheets by the part of the archive that holds each."""
    try:
        relations = archive.read("xl/_rels/workbook.xml.rels")
        book = archive.read("xl/workbook.xml")
    except KeyError:
        return {}
    targets = {
        held[b"Id"]: held[b"Target"].decode().lstrip("/").removeprefix("xl/")
        for held in map(_attributes, _RELATION.findall(relations))
    }
    sheets = map(_attributes, _SHEET.findall(book))
    return {
        f"xl/{targets[held[b'r:id']]}": html.unescape(held[b"name"].decode())
        for held in sheets
        if held.get(b"r:id") in targets
    }


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(tag))


def _grid(workbook: CalamineWorkbook, title: str, file: str | None) -> Grid:
    sheet = workbook.get_sheet_by_name(title)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise LimitError(
            f"{file or 'the input'}: sheet {title} spans {sheet.total_height:,} rows and "
            f"{sheet.total_width:,} columns; the limit is {MOST_CELLS:,} cells"
        )
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(title, sheet.to_python(skip_empty_area=False), merged)


def _records(grid: Grid, file: str | None, shape: Shape, knows: Knows) -> Iterator[Record]:
    rows = [(number, row) for number, row in enumerate(grid.rows, 1)]
    rows = [(number, row) for number, row in rows if any(cell != "" for cell in row)]
    if not rows:
        return
    places = shape.places.setdefault(grid.title, {})
    if _known(rows[0][1], knows) > max(2, _known([row[0] for _, row in rows], knows)):
        places |= {str(cell).strip(): column for column, cell in enumerate(rows[0][1], 1)}
        yield from _by_rows(rows, grid.title, file)
    else:
        places |= {str(row[0]).strip(): number for number, row in rows}
        yield from _by_columns(rows, grid.title, file)


Knows = Callable[[str], bool]
"""Tells whether a text is the name of a field."""


def _known(cells: Iterable[Any], knows: Knows) -> int:
    return sum(knows(cell) for cell in cells if isinstance(cell, str))


def _is_machine_name(text: str) -> bool:
    return re.fullmatch(r"[a-z][a-z_]{2,}", text.strip()) is not None


def _by_rows(rows: list[tuple[int, list[Any]]], title: str, file: str | None) -> Iterator[Record]:
    names = [str(cell).strip() for cell in rows[0][1]]
    for number, row in rows[1:]:
        cells = {name: _text(cell) for name, cell in zip(names, row, strict=False) if name}
        yield Record(cells, Origin(file, sheet=title, row=number), sheet=title)


def _by_columns(
    rows: list[tuple[int, list[Any]]], title: str, file: str | None
) -> Iterator[Record]:
    labels = [(str(row[0]).strip(), row) for _, row in rows]
    for column in range(1, max(len(row) for _, row in rows)):
        cells = {label: _text(row[column]) for label, row in labels if label and column < len(row)}
        if any(cells.values()):
            origin = Origin(file, sheet=title, column=letters(column))
            yield Record(cells, origin, sheet=title)


def _text(cell: Any) -> str:
    """Return a cell as text; whole numbers without a point, days and times as ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Ja" if cell else "Nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def letters(column: int) -> str:
    """Return the letters of a column, which is counted from 0: A, B, …, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


Sheets = dict[str, tuple[dict[str, str], list[dict[str, str]]]]
"""By title: the label of each field, in order, and the records."""


def write(sheets: Sheets, stream: BinaryIO) -> None:
    """Write one sheet for each title, a field in each row and a record in each column.

    Raises:
        OutputError: a sheet cannot hold so many records.
    """
    import xlsxwriter

    options = {
        "in_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for title, (labels, records) in sheets.items():
            if len(records) >= MOST_COLUMNS:
                raise OutputError(
                    f"a sheet holds {MOST_COLUMNS - 1:,} records, and there are {len(records):,}; "
                    "write CSV"
                )
            sheet = workbook.add_worksheet(title[:31])
            sheet.freeze_panes(0, 1)
            sheet.set_column(0, 0, 30, bold)
            sheet.set_column(1, max(1, len(records)), 60, wrap)
            for row, (name, label) in enumerate(labels.items()):
                sheet.write_string(row, 0, label, bold)
                for column, record in enumerate(records, 1):
                    if text := record.get(name, ""):
                        sheet.write_string(row, column, text, wrap)


_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def flattened(text: str) -> tuple[str, str | None]:
    """Return a text as a cell of the register's workbooks holds it, and what is lost by that."""
    lost = None
    if "<" in text or "&" in text:
        plain = plain_text(text) or ""
        if plain != text.strip():
            text, lost = plain, "mark-up"
    if "\n" in text or "\r" in text:
        text, lost = re.sub(r"\s*[\r\n]+\s*", " ", text), lost or "line breaks"
    if _UNWRITABLE.search(text):
        text, lost = _UNWRITABLE.sub("", text), lost or "characters that XML forbids"
    if len(text) > LONGEST_CELL:
        text, lost = text[:LONGEST_CELL], "everything after 32,767 characters"
    return text, lost
