"""Comparing: two sources with each other, and a source with its own way back."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count, zip_longest
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from aiexchange.compare import (
    ABSENT,
    DiffReport,
    Loss,
    RoundTripReport,
    alike,
    compare_records,
    diff_entries,
)
from aiexchange.errors import UsageError
from aiexchange.exchange.codecs import named
from aiexchange.exchange.counting import Sink
from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.exchange.watching import Tick
from aiexchange.formats import FORMATS, Format, JsonLines, Options
from aiexchange.model import Entry, Registration
from aiexchange.model.paths import plain, walk
from aiexchange.registers import Register, is_flat

Fields = Mapping[str, Any]
"""What is compared: the fields of a record, or the canonical values by path."""


def diff(
    old: Source,
    new: Source,
    *,
    old_format: str | None = None,
    new_format: str | None = None,
    on_finding: Sink | None = None,
    tick: Tick | None = None,
) -> DiffReport:
    """Return what differs between two sources, record by record, in whatever formats they are.

    Order in sets, white space and mark-up without meaning do not count. A record that is the same
    in both files, value for value, is not read further; `on_finding` takes what was found on
    reading the others, and `tick` how many these are.

    Raises:
        InputError: a source cannot be read at all.
        UnknownFormatError: there is no format of that name.
    """
    with (
        opened(old, old_format) as before,
        opened(new, new_format) as after,
        _entries(before, after) as (earlier, later),
    ):
        read = partial(_registrations, on_finding=on_finding, tick=tick, numbers=count(1))
        return diff_entries(read(earlier), read(later))


@contextmanager
def _entries(before: Opened, after: Opened) -> Iterator[tuple[Iterable[Entry], Iterable[Entry]]]:
    """Give the entries of two sources; without those that both hold, if one codec reads both."""
    codec = before.codec
    if codec is not after.codec or not isinstance(codec, Register | JsonLines):
        yield (
            codec.read(before.stream, before.options),
            after.codec.read(after.stream, after.options),
        )
        return
    with (
        codec.pieces(before.stream, before.options) as old,
        codec.pieces(after.stream, after.options) as new,
    ):
        in_old, in_new = alike(old, new)
        yield old.entries(in_old), new.entries(in_new)


def _registrations(
    entries: Iterable[Entry],
    on_finding: Sink | None,
    tick: Tick | None,
    numbers: Iterator[int],
) -> Iterator[Registration]:
    for entry in entries:
        _tell(entry, on_finding)
        if tick is not None:
            tick(next(numbers), None)
        if entry.registration is not None:
            yield entry.registration


def _tell(entry: Entry, on_finding: Sink | None) -> None:
    if on_finding is not None:
        for finding in entry.findings:
            on_finding(finding)


def roundtrip(
    source: Source,
    *,
    via: Sequence[str] = (),
    format: str | None = None,
    on_finding: Sink | None = None,
    tick: Tick | None = None,
) -> list[RoundTripReport]:
    """Take a source through formats and back, and return what each of them has lost.

    The records of a register are compared value by value as its export holds them; other sources
    by their canonical values. `via` names formats or syntaxes; all formats by default.
    `on_finding` takes what was found on reading and writing; `tick` how many records have set out.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
        UsageError: a way leads through a register's own export.
    """
    if isinstance(via, str):
        raise UsageError("via is a list of formats, not one")
    ways = [(name, *_way(name)) for name in via or FORMATS]
    reports = []
    with _repeatable(source) as path:
        for number, (name, codec, syntax) in enumerate(ways):
            with opened(path, format) as found, _Originals() as originals:
                tell = on_finding if number == 0 else None
                originals.tick = tick
                reports.append(_around(name, codec, syntax, found, originals, tell, on_finding))
    return reports


def _way(name: str) -> tuple[Format, str | None]:
    codec, syntax = named(name)
    if isinstance(codec, Register):
        raise UsageError(f"a round trip leads through a format, not through {name}")
    return codec, syntax


@contextmanager
def _repeatable(source: Source) -> Iterator[Source]:
    """Give a source that can be opened several times: a stream is kept on disk."""
    if isinstance(source, str | Path) and str(source) != "-":
        yield source
        return
    with opened(source) as found, tempfile.NamedTemporaryFile() as kept:
        shutil.copyfileobj(found.stream, kept)
        kept.flush()
        yield kept.name


def _around(
    name: str,
    codec: Format,
    syntax: str | None,
    found: Opened,
    originals: _Originals,
    on_reading: Sink | None,
    on_writing: Sink | None,
) -> RoundTripReport:
    options = Options(file=name, syntax=syntax)
    losses: list[Loss] = []
    with cast(BinaryIO, tempfile.TemporaryFile()) as stream:
        for finding in codec.write(originals.kept(found, on_reading), stream, options):
            if on_writing is not None:
                on_writing(finding)
        stream.seek(0)
        exact = 0
        for entry in codec.read(stream, options) if originals.count else ():
            if entry.registration is not None:
                lost = list(_losses(originals, entry.registration, found))
                losses += lost
                exact += not lost
    losses += [Loss(key, "record_id", key, ABSENT) for key in originals.unclaimed()]
    return RoundTripReport(name, originals.count, exact, tuple(losses))


def _losses(originals: _Originals, registration: Registration, found: Opened) -> Iterator[Loss]:
    before, after = originals.claim(registration), _fields_of(registration, found)
    flat = isinstance(found.codec, Register) and is_flat(found.head)
    for old, new in zip_longest(before, after, fillvalue=_NOTHING):
        for path, left, right in compare_records(old, new, empty_is_absent=flat):
            yield Loss(registration.record_id, path, left, right)


_NOTHING: Fields = {}


def _fields_of(registration: Registration, found: Opened) -> list[Fields]:
    """Return the records of a registration as its source holds them, or its canonical values."""
    if isinstance(found.codec, Register):
        return list(found.codec.records(registration, flat=is_flat(found.head)))
    return [{path: plain(value) for path, _, value in walk(registration)}]


class _Originals:
    """The records that set out, kept on disk until each has come back."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by __exit__)
        self._places: dict[tuple[str, int], int] = {}
        self.count = 0
        self.tick: Tick | None = None

    def __enter__(self) -> _Originals:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def kept(self, found: Opened, on_finding: Sink | None) -> Iterator[Entry]:
        """Yield the entries of a source; the record of each is kept."""
        for fields, entry in _pairs(found):
            _tell(entry, on_finding)
            if entry.registration is not None:
                self._keep(entry.registration, fields)
                if self.tick is not None:
                    self.tick(self.count, None)
                yield entry

    def _keep(self, registration: Registration, fields: Sequence[Fields]) -> None:
        self.count += 1
        self._places[(registration.record_id, registration.version)] = self._file.tell()
        self._file.write(json.dumps(fields).encode("ascii") + b"\n")

    def claim(self, registration: Registration) -> list[Fields]:
        """Return the records that a registration set out as; none if it did not."""
        place = self._places.pop((registration.record_id, registration.version), None)
        if place is None:
            return []
        self._file.seek(place)
        return cast(list[Fields], json.loads(self._file.readline()))

    def unclaimed(self) -> Iterable[str]:
        """Return the ids of the records that did not come back."""
        return [record_id for record_id, _ in self._places]


def _pairs(found: Opened) -> Iterator[tuple[list[Fields], Entry]]:
    """Yield each entry with what is compared of it."""
    if isinstance(found.codec, Register):
        for records, entry in found.codec.pairs(found.stream, found.options):
            yield [record.fields or {} for record in records], entry
        return
    for entry in found.codec.read(found.stream, found.options):
        yield _fields_of(entry.registration, found) if entry.registration else [], entry
