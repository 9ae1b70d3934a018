"""Streams: read several times, or only at some of their places."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol, cast


@contextmanager
def rereadable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that can be read several times; one that cannot is kept on disk."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(stream, kept)
        kept.seek(0)
        yield cast(BinaryIO, kept)


class Indivisible(Exception):  # noqa: N818 (it says what a source is, and is no failure)
    """A source whose records bear on each other, so that one process has to read all of it."""


class Places(Protocol):
    """The places of a source that are passed over: 1 for each of these, 0 for the others."""

    def __len__(self) -> int:
        """Return up to where there may be any."""

    def __getitem__(self, place: int, /) -> int:
        """Return 1 for a place that is passed over."""


class EveryPlace:
    """No place is passed over."""

    def __len__(self) -> int:
        return 0

    def __getitem__(self, place: int, /) -> int:
        return 0


EVERY = EveryPlace()
