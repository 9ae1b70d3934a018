"""DCAT: registrations as the data sets of a catalogue, valid under DCAT-AP and DCAT-AP-NL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from aiexchange import law
from aiexchange.findings import Finding, Severity
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry, Registration

_TURTLE = re.compile(
    r"\A\ufeff?(?:\s|#[^\n]*(?:\n|\Z))*"
    r"(?:@(?:prefix|base)\s|(?:PREFIX|BASE)\s|<[^<>\s]*>\s+(?:<[^<>\s]*>|a|[\w-]*:[\w-]*)\s)",
    re.IGNORECASE,
)


class Dcat:
    """Catalogues in Turtle or N-Triples."""

    name = "dcat"
    suffixes: tuple[str, ...] = (".ttl", ".nt")

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is Turtle or N-Triples."""
        return bool(_TURTLE.match(head.decode("utf-8", "replace")))

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the registrations of a catalogue, ours or one that others have edited.

        Raises:
            InputError: the syntax is broken, the file is truncated, or it is not UTF-8.
        """
        from aiexchange.formats.dcat.reader import read

        return read(stream, options.file)

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write a catalogue; restricted registrations and private contacts are left out."""
        from aiexchange.formats.dcat import writer
        from aiexchange.formats.dcat.derived import catalogue
        from aiexchange.formats.dcat.public import published

        version = law.legal_version(options.legal_version)
        render = writer.ntriples if options.syntax == "ntriples" else writer.turtle
        if options.syntax != "ntriples":
            stream.write(writer.turtle_head().encode("utf-8"))
        stream.write(render(catalogue(options.base_iri)).encode("utf-8"))
        for entry in entries:
            if entry.registration is None:
                continue
            duties = law.duties(entry.registration, version)
            if any(duty.reduced for duty in duties):
                yield _restricted(entry.registration, entry)
                continue
            registration, lost = published(entry.registration)
            for finding in lost:
                yield finding.about(None, entry.origin)
            due = [duty.section for duty in duties]
            nodes = writer.all_nodes(registration, options.base_iri, due)
            links = writer.catalogue_links(registration, options.base_iri)
            stream.write(render((*nodes, links)).encode("utf-8"))


def _restricted(registration: Registration, entry: Entry) -> Finding:
    return Finding(
        "dcat.restricted-refused",
        Severity.VIOLATION,
        "The registration belongs into the part of the EU database that is not public; a catalogue "
        "is public. It is left out.",
        record_id=registration.record_id,
        origin=entry.origin,
        basis="Art. 49(4)",
        mend="Leave it out of what is published.",
    )
