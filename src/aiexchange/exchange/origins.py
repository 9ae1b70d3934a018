"""Origins: the cell of the source from which a value in a converted file came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.findings import Finding, Origin
from aiexchange.formats.eudb.places import canonical_path
from aiexchange.formats.protocol import Shape
from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration
from aiexchange.registers import Register
from aiexchange.registers.record import Record
from aiexchange.registers.xlsx import letters

_INDEX = re.compile(r"\[\d*\]")


@dataclass(frozen=True, slots=True)
class _Known:
    """Where a record stands; its lens, the fields that say something, what follows from what."""

    origin: Origin
    version: int
    lens: Lens | None = None
    cells: _Cells | None = None
    said: frozenset[str] = frozenset()
    follows: tuple[tuple[str, str], ...] = ()


class Origins:
    """The records of the sources that were converted, by id; memory grows a little with each.

    Of a record that was published several times the newest version counts.
    """

    def __init__(self, sources: Iterable[Source], format: str | None = None) -> None:
        self._records: dict[str, _Known] = {}
        self._said: dict[frozenset[str], frozenset[str]] = {}
        for source in sources:
            with opened(source, format) as found:
                for record_id, known in self._read(found):
                    old = self._records.get(record_id)
                    if old is None or old.version <= known.version:
                        self._records[record_id] = known

    def located(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings, each with the cell of the source that it speaks of, if there is one."""
        for finding in findings:
            known = self._records.get(finding.record_id or "")
            yield finding if known is None else replace(finding, source=_cell(known, finding.path))

    def _read(self, found: Opened) -> Iterator[tuple[str, _Known]]:
        if not isinstance(found.codec, Register):
            for entry in found.codec.read(found.stream, found.options):
                if entry.registration is not None:
                    registration = entry.registration
                    yield registration.record_id, _Known(entry.origin, registration.version)
            return
        shape = Shape()
        cells = _Cells(found.codec, shape)
        for records, entry in found.codec.pairs(found.stream, replace(found.options, shape=shape)):
            if entry.registration is not None:
                known = self._of_record(found.codec, records[0], entry, entry.registration, cells)
                yield entry.registration.record_id, known

    def _of_record(
        self,
        register: Register,
        record: Record,
        entry: Entry,
        registration: Registration,
        cells: _Cells,
    ) -> _Known:
        said = frozenset(
            name for name, value in (record.fields or {}).items() if value not in ("", None, [])
        )
        follows = tuple(
            (path, each.source)
            for path, each in registration.provenance.items()
            if each.source is not None
        )
        lens = register.lens_for(registration)
        known = self._said.setdefault(said, said)
        return _Known(entry.origin, registration.version, lens, cells, known, follows)


class _Cells:
    """Where the fields of a register's file stand: in columns, or in rows of upright records."""

    def __init__(self, register: Register, shape: Shape) -> None:
        self._layouts, self._shape = register.layouts, shape
        self._numbers: dict[tuple[str | None, str], dict[str, tuple[str, int]]] = {}

    def cell(self, origin: Origin, lens: Lens, field: str) -> Origin:
        """Return the cell of a field in the record at a place, named as the file names it."""
        heading, number = self._of_sheet(origin.sheet, lens).get(field, (field, 0))
        if not number:
            return replace(origin, field=heading)
        if origin.row is None:
            return replace(origin, row=number, field=heading)
        return replace(origin, column=letters(number - 1), field=heading)

    def _of_sheet(self, sheet: str | None, lens: Lens) -> dict[str, tuple[str, int]]:
        key = (sheet, lens.name)
        if key not in self._numbers:
            headings = self._shape.places.get(sheet, {})
            renamed = self._layouts.renamed({each: each for each in headings}, lens)
            self._numbers[key] = {
                field: (heading, headings[heading]) for field, heading in renamed.items()
            }
        return self._numbers[key]


def _cell(known: _Known, path: str | None) -> Origin:
    """Return the cell of the field that a path came from, else the place of the record."""
    if known.lens is None or known.cells is None or not path:
        return known.origin
    field = _field(known, known.lens, path)
    return known.origin if field is None else known.cells.cell(known.origin, known.lens, field)


def _field(known: _Known, lens: Lens, path: str) -> str | None:
    """Return the source field of a path: a field itself, or one that is mapped to the path.

    What is derived came from the field of the path that it follows from.
    """
    for own in (path, path.partition(".")[0]):
        if own in lens.known:
            return own
    found = canonical_path(path) if "/" in path else _INDEX.sub("", path)
    if found is None:
        return None
    first, _, rest = found.partition(".")
    if first in ("residue", "extras") and rest:
        return rest
    for each in (found, *_followed(known, found)):
        if fields := _mapped(lens, each):
            return next((field for field in fields if field in known.said), fields[0])
    return None


def _followed(known: _Known, path: str) -> Iterator[str]:
    for derived, source in known.follows:
        if path == derived or path.startswith(f"{derived}.") or derived.startswith(f"{path}."):
            yield source


def _mapped(lens: Lens, path: str) -> list[str]:
    """Return the fields that are mapped to a path, to the part that holds it, or into it."""
    rows = [(row.target, row.subject) for row in lens.layout.rows if row.target]
    place = path
    while place:
        if fields := [field for target, field in rows if target == place]:
            return fields
        place = place.rpartition(".")[0]
    return [field for target, field in rows if target.startswith(f"{path}.")]
