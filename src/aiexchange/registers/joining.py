"""Joining: the records of one file that speak of the same thing, in other languages or of old.

A file is looked through once for ids that occur more than once. Only the records that share an id
are kept, on disk, so that what belongs together comes out where the first of it stands.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from aiexchange.findings import Origin
from aiexchange.registers.record import Record

Key = Callable[[Record], str | None]
"""Says which records belong together; None for one that stands alone."""


@dataclass(slots=True)
class Face:
    """What joining looks at: the language, the time, the name and the body of a record."""

    record: Record
    place: int
    language: str | None
    published: str
    name: str
    organisation: str


@dataclass(slots=True)
class Joined:
    """One version of a record with its translations."""

    main: Record
    place: int = 0
    published: str = ""
    version: int = 1
    translations: dict[str, Record] = field(default_factory=dict)


class Groups:
    """Which places of a file share an id, found by looking through it once."""

    def __init__(self, records: Iterable[Record], key: Key) -> None:
        first: dict[str, int] = {}
        self.members: dict[int, list[int]] = {}
        for place, record in enumerate(records):
            name = key(record) if record.fields is not None else None
            if name is None:
                continue
            start = first.setdefault(name, place)
            if start != place:
                self.members.setdefault(start, [start]).append(place)
        self._all = {place for places in self.members.values() for place in places}

    def __bool__(self) -> bool:
        return bool(self.members)

    def gathered(
        self, again: Callable[[], Iterable[Record]]
    ) -> Iterator[tuple[int, list[tuple[int, Record]]]]:
        """Yield for each place its record, or all of a group at the place of the first.

        At the later places of a group there is nothing. `again` reads the file anew.
        """
        with tempfile.TemporaryFile() as kept:
            offsets = {
                place: _keep(record, kept)
                for place, record in enumerate(again())
                if place in self._all
            }
            for place, record in enumerate(again()):
                if place not in self._all:
                    yield place, [(place, record)]
                else:
                    members = self.members.get(place, ())
                    yield place, [(each, _kept(kept, offsets[each])) for each in members]


def _keep(record: Record, kept: IO[bytes]) -> int:
    place = kept.tell()
    origin = record.origin
    where = (origin.file, origin.sheet, origin.row, origin.line, origin.column)
    kept.write(json.dumps([record.fields, where, record.sheet]).encode("ascii") + b"\n")
    return place


def _kept(kept: IO[bytes], place: int) -> Record:
    kept.seek(place)
    fields, where, sheet = json.loads(kept.readline())
    return Record(fields, Origin(*where), sheet=sheet)


def joined(faces: list[Face], own: frozenset[str]) -> list[list[Joined]]:
    """Return the things that a group speaks of, each as its versions, the oldest first.

    Records in the register's own language are the things; one of the same body or name that was
    published at another time is another version. Translations go to the version of their time,
    else to the newest without one; a translation without an original stands for itself.
    """
    mains = [face for face in faces if face.language is None or face.language in own]
    others = [face for face in faces if face not in mains]
    if not mains:
        first = others[0].language
        mains = [face for face in others if face.language == first]
        others = [face for face in others if face.language != first]
    things = _things(mains)
    alone = [face for face in others if not _placed(face, things)]
    return things + [[Joined(face.record, face.place, face.published)] for face in alone]


def _things(mains: list[Face]) -> list[list[Joined]]:
    chains: list[tuple[list[Face], list[Joined]]] = []
    for face in mains:
        for faces, versions in chains:
            if _another_version(face, faces):
                faces.append(face)
                versions.append(Joined(face.record, face.place, face.published))
                break
        else:
            chains.append(([face], [Joined(face.record, face.place, face.published)]))
    for _, versions in chains:
        versions.sort(key=lambda each: each.published)
        for number, each in enumerate(versions, 1):
            each.version = number
    return [versions for _, versions in chains]


def _another_version(face: Face, faces: list[Face]) -> bool:
    alike = any(face.organisation == each.organisation or face.name == each.name for each in faces)
    return (
        alike
        and bool(face.published)
        and all(each.published and each.published != face.published for each in faces)
    )


def _placed(face: Face, things: list[list[Joined]]) -> bool:
    language = face.language or "und"
    free = [
        each
        for versions in things
        for each in reversed(versions)
        if language not in each.translations
    ]
    fitting = [each for each in free if each.published == face.published] or free
    if fitting:
        fitting[0].translations[language] = face.record
    return bool(fitting)


def face_of(record: Record, place: int, language: str | None, names: tuple[str, str, str]) -> Face:
    """Return what joining looks at; `names` are the fields of time, name and body."""
    said: list[Any] = [(record.fields or {}).get(name) for name in names]
    published, name, organisation = (str(each or "").strip().casefold() for each in said)
    return Face(record, place, language, published, name, organisation)
