"""Shaping: SHACL shapes over a source, as it stands if it is a catalogue, else as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from aiexchange.checks import shacl
from aiexchange.exchange.source import Opened
from aiexchange.findings import Finding, Origin
from aiexchange.formats import Options
from aiexchange.formats.dcat.batches import SIZE, batches, batches_of
from aiexchange.model import Entry


def of_catalogue(found: Opened, stream: BinaryIO, shapes: list[shacl.Shapes]) -> Iterator[Finding]:
    """Yield what shapes find in a catalogue as it stands; the stream is read once for each.

    Raises:
        InputError: the catalogue cannot be read, or the shapes cannot be run.
    """
    for each in shapes:
        stream.seek(0)
        yield from shacl.validate(batches_of(stream, found.options), each, Origin(found.file))


class Shaper:
    """Entries of a source that is no catalogue, held against shapes as the catalogue they make."""

    def __init__(self, shapes: shacl.Shapes | None, options: Options) -> None:
        self._shapes, self._options = shapes, options
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> Iterator[Finding]:
        """Take an entry; yield what is found once there are enough."""
        if self._shapes is not None and entry.registration is not None:
            self._entries.append(entry)
            if len(self._entries) == SIZE:
                yield from self.rest()

    def rest(self) -> Iterator[Finding]:
        """Yield what is found in the entries that are left, each at its place in the source."""
        entries, self._entries = self._entries, []
        if self._shapes is None or not entries:
            return
        origins = {
            each.registration.record_id: each.origin for each in entries if each.registration
        }
        for finding in shacl.validate(batches(entries, self._options), self._shapes, Origin()):
            yield replace(finding, origin=origins.get(finding.record_id or "", entries[0].origin))
