"""Pieces of a register: its records before they are mapped, for a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiexchange.model import Entry
from aiexchange.registers.joining import Groups
from aiexchange.registers.reading import Reading
from aiexchange.streams import Places


class RecordPieces:
    """The records of an export; those that share an id, or have none, are never left out."""

    def __init__(self, reading: Reading, groups: Groups, transport: str) -> None:
        self._reading, self._groups, self._transport = reading, groups, transport

    def __len__(self) -> int:
        return len(self._groups.kept)

    def mark(self, place: int) -> int | None:
        """Return a hash of a record, unless another of the file may have its id."""
        if place in self._groups.shared:
            return None
        marks = self._groups.marks
        return None if marks is None else marks[place]

    def piece(self, place: int) -> Any:
        """Return what a record says, and in which transport; nothing equals one without an id."""
        record = self._groups.kept[place]
        if record.fields is None or not self._reading.stands_alone(record):
            return object()
        return self._transport, record.fields, record.sheet

    def entries(self, left_out: Places) -> Iterator[Entry]:
        """Yield the entries of the export, but for the places that are 1 in this."""
        return (entry for _, entry in self._reading.gathered(self._groups, left_out))
