"""Counting: entries that are counted as they pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aiexchange.findings import Finding
from aiexchange.model import Entry

Sink = Callable[[Finding], Any]
"""Takes findings as they come."""


class Counted:
    """Entries that are counted as they pass; their findings go to a sink."""

    def __init__(self, entries: Iterable[Entry], tell: Sink | None = None) -> None:
        self._from, self._tell = entries, tell
        self.entries = self.registrations = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._from:
            self.entries += 1
            self.registrations += entry.registration is not None
            if self._tell is not None:
                for finding in entry.findings:
                    self._tell(finding)
            yield entry
