"""Round trip: what a record has lost on its way out and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from aiexchange.compare.changes import JSON


class Absent(Enum):
    """The one value that stands for a field that is not there; null and "" are values."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        """Show it in one word."""
        return self.value


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Loss:
    """A source value that did not come back as it was; `path` is the field of the register."""

    record_id: str
    path: str
    before: JSON | Absent
    after: JSON | Absent

    def as_dict(self) -> dict[str, JSON]:
        """Return the loss as JSON holds it; a side where the field is not there is left out."""
        members = {
            "record_id": self.record_id,
            "path": self.path,
            "before": self.before,
            "after": self.after,
        }
        return {name: value for name, value in members.items() if value is not ABSENT}


@dataclass(frozen=True, slots=True)
class RoundTripReport:
    """How many records went out by `via`, came back exactly, and what the others lost."""

    via: str
    records: int
    exact: int
    losses: tuple[Loss, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether every record came back exactly."""
        return self.exact == self.records and not self.losses

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON holds it."""
        return {
            "via": self.via,
            "records": self.records,
            "exact": self.exact,
            "losses": [loss.as_dict() for loss in self.losses],
        }


def compare_records(
    before: Mapping[str, JSON], after: Mapping[str, JSON], *, empty_is_absent: bool = False
) -> Iterator[tuple[str, JSON | Absent, JSON | Absent]]:
    """Yield field, old value and new value where two records differ, in the order of the old one.

    Everything counts, spacing too: 1 is not true, nor "1". A field that is not there differs from
    "" and from null, unless `empty_is_absent`; a transport such as CSV cannot tell them apart.
    """
    for field in {**before, **after}:
        left, right = before.get(field, ABSENT), after.get(field, ABSENT)
        if _key(left, empty_is_absent) != _key(right, empty_is_absent):
            yield field, left, right


def _key(value: JSON | Absent, empty_is_absent: bool) -> str | None:
    if value is ABSENT or (empty_is_absent and value in ("", None)):
        return None
    return json.dumps(value, sort_keys=True)
