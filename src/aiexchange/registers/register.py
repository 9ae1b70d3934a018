"""Registers: the records of a national register as registrations, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from aiexchange.errors import UnrecognisedInputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.protocol import Options
from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration
from aiexchange.registers import transport
from aiexchange.registers.joining import Groups
from aiexchange.registers.layouts import Layouts
from aiexchange.registers.pieces import RecordPieces
from aiexchange.registers.reading import Pair, Reading
from aiexchange.registers.record import Record
from aiexchange.registers.writing import Losses, Writing
from aiexchange.streams import Places, rereadable

_FEWEST_KNOWN = 5
"""Names that have to be the register's own for a file to be one of its exports."""


_FEWEST_OF_SHEET = 2
"""Names that a sheet has to share with the register: a workbook may hold other sheets too."""

_LEAST_SHARE = 0.1
"""Part of the names in a sheet that has to be the register's: a few words are used everywhere."""


def _other_sheet(title: str | None) -> Finding:
    return Finding(
        "xlsx.other-sheet",
        Severity.WARNING,
        f"Sheet {title} has none of the register's fields. It is not read.",
        mend="Nothing, if it is no record; else name its fields as the register does.",
    )


class Register:
    """A national register: it reads its exports, and writes them back in the same shape."""

    suffixes: tuple[str, ...] = (".csv", ".xlsx")
    syntaxes: Mapping[str, str] = transport.SUFFIXES
    """The transport of each suffix."""

    def __init__(self, name: str, layouts: tuple[str, ...]) -> None:
        self.name = name
        self.layouts = Layouts(name, layouts)

    is_written: bool = True
    """Whether registrations can be written as its records."""

    def transport(self, head: bytes) -> str:
        """Return the transport of a file by its first bytes."""
        return transport.transport_of(head)

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is an export of this register."""
        kind = transport.transport_of(head)
        if kind == "xlsx":
            return b"xl/" in head or head.startswith(b"\xd0\xcf\x11\xe0")
        names = transport.names_in(head, kind)
        return sum(map(self.layouts.knows, names)) >= _FEWEST_KNOWN

    def records(self, registration: Registration, *, flat: bool) -> list[dict[str, Any]]:
        """Return the records that a registration stands for, its translations after the first.

        A `flat` transport holds lists as one string, as CSV and workbooks do.
        """
        lens = self.lens_for(registration)
        translations = lens.translations(registration, flat=flat)
        return [lens.backward(registration, flat=flat), *translations.values()]

    def lens_for(self, registration: Registration) -> Lens:
        """Return the lens through which a registration was read, or the newest."""
        if registration.source.register_ == self.name:
            layout = registration.residue.get("#layout", registration.source.layout)
            if layout in self.layouts.names:
                return self.layouts.lens(str(layout))
        return self.layouts.newest

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the records of an export as registrations.

        Raises:
            InputError: the export cannot be read at all.
        """
        return (entry for _, entry in self.pairs(stream, options))

    def part(self, stream: BinaryIO, options: Options, left_out: Places) -> Iterator[Entry]:
        """Yield the entries of an export, but for the places that are 1 in `left_out`.

        Raises:
            InputError: the export cannot be read at all.
            Indivisible: one record bears on what another becomes.
        """
        with self._records(stream, options) as (kind, records):
            yield from self._reading(kind).part(records, left_out)

    @contextmanager
    def pieces(self, stream: BinaryIO, options: Options) -> Iterator[RecordPieces]:
        """Give the records of an export before they are mapped.

        Raises:
            InputError: the export cannot be read at all.
        """
        with self._grouped(stream, options, marked=True) as (reading, groups, kind):
            yield RecordPieces(reading, groups, kind)

    def pairs(self, stream: BinaryIO, options: Options) -> Iterator[Pair]:
        """Yield each entry of an export with the records that it was made of.

        Raises:
            InputError: the export cannot be read at all.
        """
        with self._grouped(stream, options) as (reading, groups, _):
            for found, entry in reading.gathered(groups):
                if options.shape is not None and entry.registration is not None:
                    options.shape.rows.extend(record.origin.row or 0 for record in found)
                yield found, entry

    @contextmanager
    def _grouped(
        self, stream: BinaryIO, options: Options, *, marked: bool = False
    ) -> Iterator[tuple[Reading, Groups, str]]:
        """Read an export to its end, and give its records with the transport that they came in."""
        with self._records(stream, options) as (kind, records):
            reading = self._reading(kind)
            with reading.grouped(records, marked=marked) as groups:
                if options.extent is not None:
                    options.extent.records = len(groups.kept)
                yield reading, groups, kind

    def _reading(self, kind: str) -> Reading:
        return Reading(self.layouts, flat=kind != "json")

    @contextmanager
    def _records(
        self, stream: BinaryIO, options: Options
    ) -> Iterator[tuple[str, Iterator[Record]]]:
        """Give the transport of an export, and its records."""
        with rereadable(stream) as source:
            kind = transport.transport_of(source.read(64))
            source.seek(0)
            knows = self.layouts.knows
            records = transport.read(kind, source, options.file, options.shape, knows)
            yield kind, self._familiar(records, options.file) if kind == "xlsx" else records

    def _familiar(self, records: Iterable[Record], file: str | None) -> Iterator[Record]:
        """Yield the records of a workbook; a sheet that is about something else is a finding.

        Raises:
            UnrecognisedInputError: no sheet has the fields of this register.
        """
        others: set[str | None] = set()
        found = False
        for record in records:
            if record.fields is None:
                yield record
            elif self._shares(record.fields):
                found = True
                yield record
            elif record.sheet not in others:
                others.add(record.sheet)
                origin = Origin(file, sheet=record.sheet)
                yield Record(None, origin, (_other_sheet(record.sheet),))
        if not found:
            raise UnrecognisedInputError(
                f"{file or 'the input'} is a workbook without the fields of a register"
            )

    def _shares(self, names: Iterable[str]) -> bool:
        """Tell whether enough of the names in a sheet are the register's."""
        known = list(map(self.layouts.knows, names))
        return sum(known) >= max(_FEWEST_OF_SHEET, _LEAST_SHARE * len(known))

    def write(
        self,
        entries: Iterable[Entry],
        stream: BinaryIO,
        options: Options,
        losses: Losses | None = None,
    ) -> Iterator[Finding]:
        """Write registrations as the register's own export; yield what it cannot hold.

        `options.syntax` names the transport: csv, xlsx or json.
        """
        return Writing(self.layouts, self.lens_for, losses).write(entries, stream, options)
