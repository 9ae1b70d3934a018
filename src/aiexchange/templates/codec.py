"""Codec: filled templates as a format like any other."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from aiexchange.findings import Finding, Severity
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry, Registration
from aiexchange.model.paths import walk
from aiexchange.registers.xlsx import Grid, grids
from aiexchange.templates import flat, tree, workbook
from aiexchange.templates.answers import Filled
from aiexchange.templates.assembling import entries
from aiexchange.templates.keys import MARK, key_in
from aiexchange.templates.plan import SUPPLIER, Plan, plan
from aiexchange.templates.reading_forms import read_form
from aiexchange.templates.reading_tables import heading_row, read_table

SYNTAX_BY_SUFFIX = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""The syntax of a template that is written, by the suffix of its file."""


class Template:
    """A template that somebody has filled in: XLSX, ODS, CSV, JSON or YAML."""

    name = "template"
    suffixes: tuple[str, ...] = ()

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is a template that is no workbook."""
        line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
        if line.startswith(b"PK\x03\x04"):
            return False
        if MARK.encode("ascii") in head:
            return True
        cells = re.split(r"[,;\t]", line.decode("utf-8", "replace").replace('"', ""))
        return sum(key_in(cell) is not None for cell in cells) >= _FEWEST_KEYS

    def recognises_workbook(self, stream: BinaryIO) -> bool:
        """Tell whether a workbook is a template, by the texts in its cells."""
        try:
            with zipfile.ZipFile(stream) as archive:
                return any(_is_marked(archive, name) for name in archive.namelist())
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            return False
        finally:
            stream.seek(0)

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield a registration for each record or system that a template answers for.

        Raises:
            InputError: the file cannot be read, or answers nothing.
        """
        filled = Filled(options.file)
        start = stream.read(1024)
        stream.seek(0)
        _READERS[_kind_of(start)](stream, filled)
        yield from entries(filled)

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write a supplier's template of Section A, with what is known filled in.

        A template holds what it asks for and no more; whatever else a registration says is a loss.
        """
        registrations = [each.registration for each in entries if each.registration is not None]
        drawn = plan(SUPPLIER, "A", options.legal_version)
        write(drawn, registrations, stream, "en", syntax=options.syntax)
        for registration in registrations:
            yield from _losses(drawn, registration)


def write(
    drawn: Plan,
    registrations: Iterable[Registration],
    stream: BinaryIO,
    language: str,
    *,
    copies: int = 1,
    syntax: str | None = None,
) -> None:
    """Write a template in a syntax: xlsx by default."""
    WRITERS[syntax or "xlsx"](drawn, registrations, stream, language, copies)


WRITERS: dict[str, Callable[..., None]] = {
    "xlsx": workbook.write,
    "csv": flat.write,
    "json": tree.write_json,
    "yaml": tree.write_yaml,
}
"""What writes each syntax."""


def _losses(drawn: Plan, registration: Registration) -> Iterator[Finding]:
    asked = {ask.path for ask in drawn.asks} | {
        owner for table in drawn.tables for owner in table.owners
    }
    for path, _, _ in walk(registration):
        if path not in asked and path not in ("record_id", "version", "title", "deployer.name"):
            yield Finding(
                "loss.template",
                Severity.WARNING,
                f"The template does not ask for {path}; its value is not carried.",
                registration.record_id,
                path,
                mend="Keep the source; a filled template is merged into it.",
            )


def _kind_of(start: bytes) -> str:
    """Return what reads a file that begins so: sheets, a table, or a tree."""
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "sheets"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_tree = text.startswith((b"{", b"# ", b"---")) or re.match(rb"[a-z_]+ *:", text)
    return "tree" if is_tree else "table"


def _sheets(stream: BinaryIO, filled: Filled) -> None:
    for each in grids(stream, filled.file):
        if isinstance(each, Finding):
            filled.findings.append(each)
        else:
            read_sheet(each, filled)


def _table(stream: BinaryIO, filled: Filled) -> None:
    for grid in flat.read(stream, filled.file):
        read_sheet(grid, filled)


_READERS: dict[str, Callable[[BinaryIO, Filled], None]] = {
    "sheets": _sheets,
    "table": _table,
    "tree": tree.read,
}


def read_sheet(grid: Grid, filled: Filled) -> None:
    """Take the answers of a sheet, whatever its name: a table if keys stand beside each other."""
    found = heading_row(grid)
    if found is None:
        read_form(grid, filled)
    else:
        read_table(grid, filled, *found)


_TEXTS = ("xl/sharedStrings.xml", "content.xml")
_MOST = 64 * 1024 * 1024
_FEWEST_KEYS = 3
_CELL = re.compile(rb">([a-z#][a-z0-9_.#@\[\]-]{3,60})<")


def _is_marked(archive: zipfile.ZipFile, name: str) -> bool:
    """Tell whether a part of a workbook holds the mark of templates, or several of their keys."""
    if name not in _TEXTS and not name.startswith("xl/worksheets/sheet"):
        return False
    keys: set[str] = set()
    with archive.open(name) as part:
        rest, seen = b"", 0
        while (chunk := part.read(1 << 20)) and seen < _MOST:
            text = rest + chunk
            if MARK.encode("ascii") in text:
                return True
            found = (each.decode("ascii") for each in _CELL.findall(text))
            keys.update(key for key in found if key_in(key))
            if len(keys) >= _FEWEST_KEYS:
                return True
            rest, seen = text[-128:], seen + len(chunk)
    return False
