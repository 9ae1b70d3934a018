"""Kept records: the records of a file on disk, in their order, so that each is parsed once."""

from __future__ import annotations

import marshal
import pickle
import tempfile
from array import array
from collections.abc import Iterator
from typing import IO, Any, Self

from aiexchange.findings import Origin
from aiexchange.registers.record import Record

_MOST_HEADINGS = 1_000
"""Sets of names that are kept once for all records; what varies more is kept with each."""


class KeptRecords:
    """Records in a temporary file of ours; memory grows by eight bytes for each."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by __exit__)
        self._ends = array("Q", (0,))
        self._headings: dict[tuple[str, ...], int] = {}
        self._names: list[tuple[str, ...]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))

    def append(self, record: Record) -> None:
        """Keep a record behind those that are kept already; none may have been read before."""
        fields = record.fields
        names = None if fields is None else self._heading(tuple(fields))
        values = None if fields is None else list(fields.values())
        findings = pickle.dumps(record.findings) if record.findings else b""
        data = marshal.dumps((names, values, _plain_origin(record.origin), findings, record.sheet))
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def __getitem__(self, place: int) -> Record:
        start = self._ends[place]
        self._file.seek(start)
        names, values, where, findings, sheet = marshal.loads(
            self._file.read(self._ends[place + 1] - start)
        )
        if values is not None:
            heading = self._names[names] if isinstance(names, int) else names
            values = dict(zip(heading, values, strict=True))
        return Record(values, Origin(*where), pickle.loads(findings) if findings else (), sheet)

    def _heading(self, names: tuple[str, ...]) -> int | tuple[str, ...]:
        number = self._headings.get(names)
        if number is None:
            if len(self._names) == _MOST_HEADINGS:
                return names
            number = self._headings[names] = len(self._names)
            self._names.append(names)
        return number


def _plain_origin(origin: Origin) -> tuple[Any, ...]:
    return origin.file, origin.sheet, origin.row, origin.line, origin.column
