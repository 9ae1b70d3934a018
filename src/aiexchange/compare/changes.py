"""Changes: what a comparison of two registrations, or of two files of them, answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

JSON = Any
"""A plain JSON value: what `json.loads` returns."""


class Change(NamedTuple):
    """A value that differs: its canonical path, the old value, the new one.

    None stands for a value that is not there. A list is given whole, in the order of its source.
    """

    path: str
    before: JSON
    after: JSON

    def as_dict(self) -> dict[str, JSON]:
        """Return the change as JSON holds it."""
        return self._asdict()


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record by its id, and by its title where it has one: in the first of its languages."""

    record_id: str
    title: str | None = None

    def as_dict(self) -> dict[str, JSON]:
        """Return the name as JSON holds it; a record without a title has null."""
        return {"record_id": self.record_id, "title": self.title}


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """The changes of one record, in the order of the model."""

    record_id: str
    changes: tuple[Change, ...]

    def as_dict(self) -> dict[str, JSON]:
        """Return the changes as JSON holds them."""
        return {
            "record_id": self.record_id,
            "changes": [change.as_dict() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class DiffReport:
    """What differs between an old file and a new one.

    Added and changed records come in the order of the new file, removed ones in that of the old.
    """

    added: tuple[RecordName, ...] = ()
    removed: tuple[RecordName, ...] = ()
    changed: tuple[RecordChanges, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is any difference at all."""
        return bool(self.added or self.removed or self.changed)

    def as_dict(self) -> dict[str, JSON]:
        """Return the report as JSON holds it."""
        return {
            "added": [name.as_dict() for name in self.added],
            "removed": [name.as_dict() for name in self.removed],
            "changed": [record.as_dict() for record in self.changed],
        }
