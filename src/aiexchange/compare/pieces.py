"""Pieces: the records of a file before they are read, so that equal ones need not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from aiexchange.model import Entry
from aiexchange.streams import Places


class Pieces(Protocol):
    """The records of a file that is open, by their place in it."""

    def __len__(self) -> int:
        """Return how many there are."""

    def mark(self, place: int) -> int | None:
        """Return a hash of a record; None if another of the file may bear on what it says."""

    def piece(self, place: int) -> Any:
        """Return all that a record says, for comparison."""

    def entries(self, left_out: Places) -> Iterator[Entry]:
        """Yield the entries of the file, but for the places that are 1 in this."""


def alike(old: Pieces, new: Pieces) -> tuple[bytearray, bytearray]:
    """Return which places of two files hold what the other holds too, 1 for each of them."""
    marks = ((old.mark(place), place) for place in range(len(old)))
    places = {mark: place for mark, place in marks if mark is not None}
    in_old, in_new = bytearray(len(old)), bytearray(len(new))
    for place in range(len(new)):
        mark = new.mark(place)
        other = None if mark is None else places.get(mark)
        if other is not None and old.piece(other) == new.piece(place):
            in_old[other] = in_new[place] = 1
    return in_old, in_new
