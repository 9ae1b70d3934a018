"""Spool: the newest version of every record of a stream, kept in a file with an index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, NamedTuple, Self

from aiexchange.model import Registration

_NOT_COMPARED = {"residue": True, "provenance": True, "version": True}


class Slot(NamedTuple):
    """Where a registration lies in the spool; equal fingerprints hold equal content."""

    version: int
    offset: int
    length: int
    fingerprint: bytes


class Spool(Mapping[str, Slot]):
    """Registrations in a temporary file, indexed by record id in the order of first appearance.

    Memory grows with the number of records alone. Of two that share record id and version, the
    later one counts.
    """

    def __init__(self, registrations: Iterable[Registration]) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 (closed by __exit__)
        self._slots: dict[str, Slot] = {}
        try:
            for registration in registrations:
                self._add(registration)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __getitem__(self, record_id: str) -> Slot:
        return self._slots[record_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def read(self, record_id: str) -> Registration:
        """Return the newest version of a record, without its residue."""
        slot = self._slots[record_id]
        self._file.seek(slot.offset)
        return Registration.model_validate(json.loads(self._file.read(slot.length)))

    def _add(self, registration: Registration) -> None:
        known = self._slots.get(registration.record_id)
        if known is not None and known.version > registration.version:
            return
        line = _line(registration, {"residue": True})
        compared = hashlib.sha256(_line(registration, _NOT_COMPARED)).digest()
        self._slots[registration.record_id] = Slot(
            registration.version, self._file.tell(), len(line), compared[:16]
        )
        self._file.write(line)


def _line(registration: Registration, exclude: dict[str, bool]) -> bytes:
    plain = registration.model_dump(by_alias=True, exclude_defaults=True, exclude=exclude)
    return json.dumps(plain).encode("ascii") + b"\n"
