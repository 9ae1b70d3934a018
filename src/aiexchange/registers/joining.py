"""Joining: the records of one file that speak of the same thing, in other languages or of old.

A file is read to its end and kept on disk, so that what shares an id comes out together, where the
first of it stands.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from aiexchange.hashes import repeated
from aiexchange.registers.kept import KeptRecords
from aiexchange.registers.record import Record
from aiexchange.streams import EVERY, Places

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
    alone: bool = False
    """Whether no other record of the file has its id."""


class Groups:
    """The records of a file, and which places of it share an id."""

    def __init__(self, records: Iterable[Record], key: Key, *, marked: bool = False) -> None:
        self.kept = KeptRecords()
        self.marks = array("q") if marked else None
        """A hash of what each record says, if they are asked for."""
        self.members: dict[int, list[int]] = {}
        try:
            self._find(array("q", self._hashes(records, key)), key)
        except BaseException:
            self.kept.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kept.__exit__()

    def _hashes(self, records: Iterable[Record], key: Key) -> Iterator[int]:
        """Keep the records, and yield the hash of the id of each."""
        for record in records:
            self.kept.append(record)
            if self.marks is not None:
                self.marks.append(_mark(record))
            yield hash(key(record) if record.fields is not None else None)

    def _find(self, hashes: array[int], key: Key) -> None:
        """Compare the ids of the places whose hashes occur more than once."""
        alike = repeated(hashes) - {hash(None)}
        first: dict[str, int] = {}
        for place, hashed in enumerate(hashes if alike else ()):
            if hashed in alike and (name := key(self.kept[place])) is not None:
                start = first.setdefault(name, place)
                if start != place:
                    self.members.setdefault(start, [start]).append(place)

    def gathered(self, left_out: Places = EVERY) -> Iterator[tuple[int, list[tuple[int, Record]]]]:
        """Yield for each place its record, or all of a group at the place of the first.

        At the later places of a group there is nothing; places that are 1 in `left_out`, none of
        which may be of a group, are passed over.
        """
        later = {place for _, *places in self.members.values() for place in places}
        for place in range(len(self.kept)):
            if place < len(left_out) and left_out[place]:
                continue
            places = () if place in later else self.members.get(place, (place,))
            yield place, [(each, self.kept[each]) for each in places]

    @cached_property
    def shared(self) -> frozenset[int]:
        """The places whose id another place has too."""
        return frozenset(place for places in self.members.values() for place in places)


def _mark(record: Record) -> int:
    """Return a hash of what a record says; lists in it are left to the comparison."""
    values = (record.fields or {}).values()
    return hash(tuple([value for value in values if isinstance(value, str)]))


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
