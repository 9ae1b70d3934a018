"""DCAT: registrations as the data sets of a catalogue, valid under DCAT-AP and DCAT-AP-NL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from aiexchange.findings import Finding
from aiexchange.formats.dcat.syntaxes import SYNTAXES, told_by
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry


class Dcat:
    """Catalogues in Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML."""

    name = "dcat"
    suffixes: tuple[str, ...] = tuple(each.suffix for each in SYNTAXES.values())

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is RDF in one of the six serialisations."""
        return told_by(head) is not None

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the registrations of a catalogue, ours or one that others have edited.

        Raises:
            InputError: the syntax is broken, the file is truncated, or it is not UTF-8.
        """
        from aiexchange.formats.dcat.reader import read

        return read(stream, options)

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write a catalogue; restricted registrations and private contacts are left out.

        Raises:
            UsageError: there is no such profile, or the base IRI is none.
        """
        from aiexchange.formats.dcat.writer import write

        return write(entries, stream, options)
