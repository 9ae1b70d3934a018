"""Progress: one line on a terminal while a command lasts longer than a second."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Self

from aiexchange.findings import Finding, Severity

AFTER, EVERY = 1.0, 0.2
"""Seconds until the line is shown, and between two states of it."""

_CLEAR = "\r\x1b[K"


class Progress:
    """How many records have been read, how fast, what was found, and how long it still takes.

    It goes to standard error, and only where that is a terminal; it is gone when the block ends.
    """

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + AFTER
        self._drawn = False
        self._found: Counter[Severity] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    @property
    def tick(self) -> Callable[[int, float | None], None] | None:
        """What takes the records read and the share of the source; None if nobody sees it."""
        return self._tick if self._shows else None

    def also(self, sink: Callable[[Finding], object]) -> Callable[[Finding], None]:
        """Return what counts a finding and passes it on."""

        def take(finding: Finding) -> None:
            self.found(finding)
            sink(finding)

        return take

    def found(self, finding: Finding) -> None:
        """Count a finding."""
        self._found[finding.severity] += 1

    def _tick(self, records: int, share: float | None) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._drawn = now + EVERY, True
        line = described(records, share, now - self._start, self._found)
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(_CLEAR + line[:width])
        sys.stderr.flush()


def described(records: int, share: float | None, seconds: float, found: Counter[Severity]) -> str:
    """Return the line: `12,300 records, 3,400/s, 2 violations, about 25 s left`."""
    parts = [f"{records:,} records", f"{records / seconds:,.0f}/s"]
    for severity in Severity:
        if count := found[severity]:
            plural = "" if count == 1 or severity is Severity.INFO else "s"
            parts.append(f"{count:,} {severity.value}{plural}")
    if share:
        parts.append(f"about {_time(seconds * (1 - share) / share)} left")
    return ", ".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
