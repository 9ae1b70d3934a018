"""Batches: registrations as N-Triples, some at a time, each with the catalogue around them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from aiexchange.errors import LimitError
from aiexchange.formats.dcat import Dcat
from aiexchange.formats.dcat.spool import Spool, Triple, document_of, triples_of
from aiexchange.formats.dcat.terms import record_iri, term
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry

SIZE = 100
"""Registrations in a batch: as a graph in memory they take some 20 MB."""

MOST_BESIDE = 200_000
"""The most triples about other things than registrations: every batch has all of them."""

_LINKS = {term("dcat:dataset"), term("dcat:record")}


def batches(entries: Iterable[Entry], options: Options, size: int = SIZE) -> Iterator[bytes]:
    """Yield the triples of the registrations that may be published, so many at a time."""
    rest = iter(entries)
    while some := tuple(islice(rest, size)):
        stream = io.BytesIO()
        for _ in Dcat().write(some, stream, replace(options, syntax="ntriples")):
            pass
        yield stream.getvalue()


def batches_of(stream: BinaryIO, options: Options, size: int = SIZE) -> Iterator[bytes]:
    """Yield the triples of a catalogue as it stands, so many registrations at a time.

    Each batch has all that is said about other things, but for the links of the catalogue to
    registrations of other batches.

    Raises:
        InputError: the syntax is broken, the file is truncated, or it is not UTF-8.
        LimitError: more is said about other things than fits into memory.
    """
    from aiexchange.formats.dcat.reader import spooled

    with spooled(stream, options) as spool:
        parts = {iri: (iri, f"<{record_iri(iri.strip('<>'))}>") for iri in spool.registrations}
        own = {document_of(node) for nodes in parts.values() for node in nodes}
        beside = _beside(spool, own, options.file or "the input")
        ours = {node for nodes in parts.values() for node in nodes}
        rest = iter(parts)
        while some := tuple(islice(rest, size)):
            here = {node for iri in some for node in parts[iri]}
            others = [each for each in beside if not _elsewhere(each, ours, here)]
            own_lines = [line for node in sorted(here) for line in triples_of(spool.nodes(node))]
            yield "".join(f"{s} {p} {o} .\n" for s, p, o in (*others, *own_lines)).encode()
        if not parts and beside:
            yield "".join(f"{s} {p} {o} .\n" for s, p, o in beside).encode()


def _beside(spool: Spool, own: set[str], name: str) -> list[Triple]:
    found: list[Triple] = []
    for document in spool.documents():
        if document not in own:
            found += triples_of(spool.nodes(document))
            if len(found) > MOST_BESIDE:
                raise LimitError(
                    f"{name} says more than {MOST_BESIDE:,} things about others than "
                    "registrations; split it to run shapes over it"
                )
    return found


def _elsewhere(triple: Triple, ours: set[str], here: set[str]) -> bool:
    """Tell whether a triple links the catalogue to a registration of another batch."""
    return triple[1] in _LINKS and triple[2] in ours and triple[2] not in here
