"""Batches: registrations as N-Triples, some at a time, each with the catalogue around them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from aiexchange.formats.dcat import Dcat
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry

SIZE = 100
"""Registrations in a batch: as a graph in memory they take some 20 MB."""


def batches(entries: Iterable[Entry], options: Options, size: int = SIZE) -> Iterator[bytes]:
    """Yield the triples of the registrations that may be published, so many at a time."""
    rest = iter(entries)
    while some := tuple(islice(rest, size)):
        stream = io.BytesIO()
        for _ in Dcat().write(some, stream, replace(options, syntax="ntriples")):
            pass
        yield stream.getvalue()
