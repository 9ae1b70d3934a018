"""JSON: records as the register's interfaces give them: a list, one, a search result, a dump."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

import ijson

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.record import Record

DEEPEST = 64
"""Levels of nesting that are read; a record has three."""


def record_names(head: bytes, wrappers: Sequence[str]) -> frozenset[str]:
    """Return the names of the members of the records that the beginning of a file shows.

    Records stand alone, in the outer array, or in the array under one of the names in `wrappers`;
    what is nested in them says nothing. The head may end anywhere; what is no JSON has no names.
    """
    names: set[str] = set()
    places: list[str] = []
    member = ""
    try:
        for event, value in _Checked(ijson.basic_parse(head.removeprefix(b"\xef\xbb\xbf"))):
            if event == "map_key":
                member = value
                if places in (["{"], ["[", "{"]) or (places[1:] == ["[", "{"]):
                    names.add(value)
            elif event.startswith("start"):
                places.append(_opened(event, member, len(places), wrappers))
            elif event.startswith("end"):
                places.pop()
    except (ijson.JSONError, InputError):
        pass
    return frozenset(names)


def _opened(event: str, member: str, depth: int, wrappers: Sequence[str]) -> str:
    """Return the mark of what begins: an object, an array of records, or another array."""
    if event == "start_map":
        return "{"
    return "[" if depth == 0 or member in wrappers else "other"


def first_names(head: bytes) -> frozenset[str]:
    """Return the names of the outer object, or of the first in the outer array, and no others."""
    names: set[str] = set()
    try:
        for prefix, event, value in ijson.parse(head.removeprefix(b"\xef\xbb\xbf")):
            if event == "map_key" and prefix in ("", "item"):
                names.add(value)
            elif event == "end_map" and prefix == "item":
                break
    except ijson.JSONError:
        pass
    return frozenset(names)


def read(stream: BinaryIO, file: str | None, wrappers: Sequence[str]) -> Iterator[Record]:
    """Yield the objects of a file as records.

    The records are the members of the outer array, or of the array under one of the names in
    `wrappers`; an object with no such array is one record. Other members beside the array say
    nothing about a record and become findings.

    Raises:
        InputError: no JSON, truncated, nested too deeply, or without any record.
    """
    found = 0
    try:
        for record in _records(_Checked(ijson.basic_parse(stream)), file, wrappers):
            found += record.fields is not None
            yield record
    except (ijson.JSONError, UnicodeDecodeError) as error:
        reason = "it is truncated" if isinstance(error, ijson.IncompleteJSONError) else str(error)
        raise InputError(f"{file or 'the input'} is no complete JSON: {reason}") from None
    if not found:
        raise InputError(f"{file or 'the input'} holds no records")


class _Checked:
    """The events of a document, none of them too deep; whole numbers may have any size."""

    def __init__(self, events: Iterator[tuple[str, Any]]) -> None:
        self._events, self._depth = events, 0

    def __iter__(self) -> _Checked:
        return self

    def __next__(self) -> tuple[str, Any]:
        event = next(self._events)
        if event[0].startswith("start"):
            self._depth += 1
            if self._depth > DEEPEST:
                raise InputError(f"the JSON is nested more than {DEEPEST} levels deep, the limit")
        elif event[0].startswith("end"):
            self._depth -= 1
        elif isinstance(event[1], Decimal):
            return event[0], float(event[1])
        return event


def _records(events: _Checked, file: str | None, wrappers: Sequence[str]) -> Iterator[Record]:
    first = next(events, ("null", None))
    if first[0] == "start_array":
        yield from _members(events, file, 1)
        return
    if first[0] != "start_map":
        raise InputError(f"{file or 'the input'} holds no records")
    others: dict[str, Any] = {}
    wrapped = False
    for event, name in events:
        if event == "end_map":
            break
        opening = next(events)
        if name in wrappers and opening[0] == "start_array":
            wrapped = True
            yield from _members(events, file, 1)
        else:
            others[name] = _value(opening, events)
    if not wrapped:
        yield Record(others, Origin(file, row=1))
        return
    for name, value in others.items():
        if value not in (None, [], {}, ""):
            yield Record(None, Origin(file), (_beside(name, file),))


def _beside(name: str, file: str | None) -> Finding:
    return Finding(
        "loss.file-member",
        Severity.WARNING,
        f"{name} stands beside the records and is about none of them; it is left out.",
        path=name,
        origin=Origin(file),
        mend="Keep the file, if you need it.",
    )


def _members(events: _Checked, file: str | None, number: int) -> Iterator[Record]:
    """Yield the members of an array that has just been opened."""
    for event in events:
        if event[0] == "end_array":
            return
        value = _value(event, events)
        origin = Origin(file, row=number)
        number += 1
        yield Record(value, origin) if isinstance(value, dict) else _no_record(origin)


def _no_record(origin: Origin) -> Record:
    finding = Finding(
        "json.no-record",
        Severity.VIOLATION,
        "A member of the list is no object. It is left out.",
        origin=origin,
        mend="Each member has to be one record.",
    )
    return Record(None, origin, (finding,))


def _value(opening: tuple[str, Any], events: _Checked) -> Any:
    """Return the value that begins with an event that was read already."""
    if not opening[0].startswith("start"):
        return opening[1]
    builder = ijson.ObjectBuilder()
    builder.event(*opening)
    depth = 1
    for event, value in events:
        builder.event(event, value)
        depth += event.startswith("start") - event.startswith("end")
        if depth == 0:
            return builder.value
    raise ijson.IncompleteJSONError


def write(
    records: Iterable[Mapping[str, Any]], stream: BinaryIO, wrapper: str | None = None
) -> None:
    """Write records as an array, one on each line; under a name if a wrapper is given."""
    stream.write(b"[" if wrapper is None else f'{{"{wrapper}":['.encode())
    mark = b"\n"
    for record in records:
        stream.write(mark + json.dumps(dict(record), ensure_ascii=False).encode("utf-8"))
        mark = b",\n"
    stream.write(b"\n]\n" if wrapper is None else b"\n]}\n")
