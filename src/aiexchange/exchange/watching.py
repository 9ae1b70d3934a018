"""Watching: how far a source has been read, told while its entries pass."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from aiexchange.exchange.source import Opened
from aiexchange.formats import Options
from aiexchange.formats.protocol import Extent
from aiexchange.model import Entry

Tick = Callable[[int, float | None], object]
"""Is told how many records have been read, and what share of the source, if that is known."""


def watched(found: Opened, options: Options, tick: Tick | None) -> Iterable[Entry]:
    """Return the entries of a source; each is told when it has passed."""
    if tick is None:
        return found.codec.read(found.stream, options)
    return _told(found, replace(options, extent=Extent()), tick)


def _told(found: Opened, options: Options, tick: Tick) -> Iterator[Entry]:
    size = _size(found)
    for number, entry in enumerate(found.codec.read(found.stream, options), 1):
        yield entry
        tick(number, _share(found, options.extent, number, size))


def _share(found: Opened, extent: Extent | None, number: int, size: int | None) -> float | None:
    if extent is not None and extent.records:
        return min(number / extent.records, 1.0)
    return min(found.stream.tell() / size, 1.0) if size else None


def _size(found: Opened) -> int | None:
    try:
        return os.fstat(found.stream.fileno()).st_size if found.stream.seekable() else None
    except OSError:
        return None
