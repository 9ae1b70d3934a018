"""JSON: the canonical model itself, as one array or as one registration per line."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO

import ijson
from pydantic import ValidationError

from aiexchange.errors import InputError, LimitError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.protocol import Options
from aiexchange.hashes import repeated
from aiexchange.model import SCHEMA_ID, Entry, Registration
from aiexchange.streams import Places, rereadable

LONGEST_LINE = 64 * 1024 * 1024
"""The most bytes of one registration on a line."""

_HEAD = f'{{"schema":"{SCHEMA_ID}",'.encode("ascii")
_RECORD_ID = re.compile(re.escape(_HEAD) + rb'"record_id":"((?:[^"\\]|\\.)*)"')
_NAMED = re.compile(rb'"schema"\s*:\s*"aiexchange/registration/')


class JsonLines:
    """One canonical registration per line."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def recognises(self, head: bytes) -> bool:
        """Tell whether the first line is an object that names our schema."""
        line = _without_mark(head).lstrip().partition(b"\n")[0].rstrip()
        return line[:1] == b"{" and line[-1:] != b"," and bool(_NAMED.search(line))

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield an entry for each line; a line that is no registration is a finding."""
        for line, origin in _lines(stream, options.file):
            yield _entry_of_line(line, origin, more=line.endswith(b"\n"))

    def part(self, stream: BinaryIO, options: Options, left_out: Places) -> Iterator[Entry]:
        """Yield the entries of a file, but for the places that are 1 in `left_out`."""
        for place, (line, origin) in enumerate(_lines(stream, options.file)):
            if not left_out[place]:
                yield _entry_of_line(line, origin, more=line.endswith(b"\n"))

    def frame(self, options: Options) -> tuple[bytes, bytes]:
        """Return what stands before and after the registrations: nothing."""
        return b"", b""

    def body(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write the registrations without what stands around them."""
        return self.write(entries, stream, options)

    @contextmanager
    def pieces(self, stream: BinaryIO, options: Options) -> Iterator[LinePieces]:
        """Give the lines of a file before they are read as registrations."""
        with rereadable(stream) as source:
            yield LinePieces(source, options.file)

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write one line for each registration; everything can be carried."""
        for entry in entries:
            if entry.registration is not None:
                stream.write(to_json(entry.registration) + b"\n")
        yield from ()


def _lines(stream: BinaryIO, file: str | None) -> Iterator[tuple[bytes, Origin]]:
    """Yield the lines that hold something, with their places."""
    number = found = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        origin = Origin(file, line=number)
        if len(line) > LONGEST_LINE:
            raise LimitError(f"{origin}: longer than 64 MiB, the limit of a line")
        if number == 1:
            line = _without_mark(line)
        if line.strip():
            found += 1
            yield line, origin
    if not number:
        raise InputError(f"{file or 'the input'} is empty")
    if not found:
        raise InputError(f"{file or 'the input'} holds no registrations")


class LinePieces:
    """The lines of a file; they are left out only if each of them begins as we write it."""

    def __init__(self, stream: BinaryIO, file: str | None) -> None:
        self._stream, self._file = stream, file
        self._ids, self._marks, self._ends = array("q"), array("q"), array("Q")
        self._told = True
        for line, _ in _lines(stream, file):
            found = _RECORD_ID.match(line)
            self._told = self._told and found is not None
            self._ids.append(hash(found and found[1]))
            self._marks.append(hash(line))
            self._ends.append(stream.tell())
        self._shared = repeated(self._ids)

    def __len__(self) -> int:
        return len(self._ends)

    def mark(self, place: int) -> int | None:
        """Return a hash of a line, unless another line may be about the same record."""
        if not self._told or self._ids[place] in self._shared:
            return None
        return self._marks[place]

    def piece(self, place: int) -> bytes:
        """Return a line, with the lines before it that hold nothing."""
        start = self._ends[place - 1] if place else 0
        self._stream.seek(start)
        return _without_mark(self._stream.read(self._ends[place] - start)).strip()

    def entries(self, left_out: Places) -> Iterator[Entry]:
        """Yield the entries of the lines, but for the places that are 1 in this."""
        self._stream.seek(0)
        for place, (line, origin) in enumerate(_lines(self._stream, self._file)):
            if not left_out[place]:
                yield _entry_of_line(line, origin, more=line.endswith(b"\n"))


class CanonicalJson:
    """One array of canonical registrations."""

    name = "json"
    suffixes: tuple[str, ...] = (".json",)

    def recognises(self, head: bytes) -> bool:
        """Tell whether it is an array, or one object on several lines, that names our schema."""
        start = _without_mark(head).lstrip()
        if start[:1] == b"{" and JsonLines().recognises(head):
            return False
        return start[:1] in (b"[", b"{") and bool(_NAMED.search(start))

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield an entry for each member of the array; one that is no registration is a finding.

        A file with one registration and no array is read too.
        """
        file = options.file
        try:
            members = _members(stream)
            for number, member in enumerate(members, 1):
                yield _entry_of(member, Origin(file, row=number))
        except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
            reason = "it is truncated" if isinstance(error, ijson.IncompleteJSONError) else error
            raise InputError(f"{file or 'the input'} is no complete JSON: {reason}") from None

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write an array, one registration on each line; everything can be carried."""
        mark = b"[\n"
        for entry in entries:
            if entry.registration is not None:
                stream.write(mark + to_json(entry.registration))
                mark = b",\n"
        stream.write(b"[]\n" if mark == b"[\n" else b"\n]\n")
        yield from ()


def to_json(registration: Registration) -> bytes:
    """Return a registration as UTF-8 JSON that begins with its schema; defaults are left out."""
    text = registration.model_dump_json(by_alias=True, exclude_defaults=True)
    return _HEAD + text[1:].encode("utf-8")


def _without_mark(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")


def _members(stream: BinaryIO) -> Iterator[Any]:
    """Yield the members of the outer array, or the one object that stands alone."""
    events = _plain(ijson.basic_parse(_Unmarked(stream)))
    first = next(events)
    if first[0] == "start_array":
        builder, depth = ijson.ObjectBuilder(), 0
        for event, value in events:
            if depth == 0 and event == "end_array":
                break
            builder.event(event, value)
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
            if depth == 0:
                yield builder.value
                builder = ijson.ObjectBuilder()
        next(events, None)
    else:
        builder = ijson.ObjectBuilder()
        builder.event(*first)
        for event, value in events:
            builder.event(event, value)
        yield builder.value


def _plain(events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield events with numbers as JSON Lines has them: whole ones of any size, others floats."""
    for event, value in events:
        yield event, float(value) if isinstance(value, Decimal) else value


class _Unmarked:
    """A stream without the byte order mark at its beginning."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._begun = stream, False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if not self._begun and size != 0:
            self._begun = True
            data = _without_mark(data)
        return data


def _entry_of_line(line: bytes, origin: Origin, *, more: bool) -> Entry:
    if line.startswith(_HEAD):
        try:
            return Entry(Registration.model_validate_json(b"{" + line[len(_HEAD) :]), origin)
        except ValidationError:
            pass
    try:
        member = json.loads(line)
    except (ValueError, RecursionError) as error:
        if not more or isinstance(error, RecursionError):
            raise InputError(
                f"{origin}: no complete JSON ({error}); the file is truncated"
            ) from None
        finding = Finding(
            "json.syntax",
            Severity.VIOLATION,
            f"The line is no JSON: {error}. It is left out.",
            origin=origin,
            mend="Correct the line; each has to hold one whole object.",
        )
        return Entry(None, origin, (finding,))
    return _entry_of(member, origin)


def _entry_of(member: Any, origin: Origin) -> Entry:
    schema = member.get("schema") if isinstance(member, dict) else None
    if schema != SCHEMA_ID:
        finding = Finding(
            "json.schema-unknown",
            Severity.VIOLATION,
            f"The object does not say that it is {SCHEMA_ID}. It is left out.",
            origin=origin,
            mend=f'Begin it with "schema": "{SCHEMA_ID}", if it is one.',
        )
        return Entry(None, origin, (finding,))
    fields = {name: value for name, value in member.items() if name != "schema"}
    try:
        return Entry(Registration.model_validate(fields), origin)
    except ValidationError as error:
        return Entry(None, origin, tuple(_refused(fields, error, origin)))


def _refused(fields: dict[str, Any], error: ValidationError, origin: Origin) -> Iterator[Finding]:
    record_id = fields.get("record_id")
    for each in error.errors(include_url=False):
        path = ".".join(str(part) for part in each["loc"])
        yield Finding(
            "json.invalid-registration",
            Severity.VIOLATION,
            f"{path}: {each['msg']}. The registration is left out.",
            record_id=record_id if isinstance(record_id, str) else None,
            path=path,
            origin=origin,
            mend="Correct the value; schemas/registration.schema.json says what may stand there.",
        )
