"""Filters: which findings a report is about, by code and by what an earlier report told already."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Severity

_GLOB = frozenset("*?[")


@dataclass(slots=True)
class Codes:
    """Patterns of codes: what a code begins with, or a glob such as `*.missing`."""

    patterns: Sequence[str] = ()
    used: set[str] = field(default_factory=set)
    """The patterns that some code has fitted."""

    _known: dict[str, bool] = field(default_factory=dict)

    def fit(self, code: str) -> bool:
        """Tell whether a code fits any of the patterns."""
        if code not in self._known:
            fitting = [pattern for pattern in self.patterns if _fits(code, pattern)]
            self.used.update(fitting)
            self._known[code] = bool(fitting)
        return self._known[code]

    @property
    def unused(self) -> list[str]:
        """The patterns that no code has fitted, such as those with a slip of the pen."""
        return [pattern for pattern in self.patterns if pattern not in self.used]


def _fits(code: str, pattern: str) -> bool:
    return fnmatchcase(code, pattern) if _GLOB & set(pattern) else code.startswith(pattern)


class Filter:
    """Lets findings through: those selected, not ignored, and not in the baseline.

    A baseline that tells a finding twice holds back two of the kind.
    """

    def __init__(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        baseline: Counter[str] | None = None,
    ) -> None:
        self.select, self.ignore = Codes(select), Codes(ignore)
        self._baseline = Counter(baseline or {})
        self.known = 0
        """How many findings the baseline has held back."""

    def passes(self, finding: Finding) -> bool:
        """Tell whether a report is about a finding."""
        if self.select.patterns and not self.select.fit(finding.code):
            return False
        if self.ignore.fit(finding.code):
            return False
        fingerprint = finding.fingerprint if self._baseline else ""
        if self._baseline.get(fingerprint, 0) > 0:
            self._baseline[fingerprint] -= 1
            self.known += 1
            return False
        return True


def baseline(path: str | Path) -> Counter[str]:
    """Return the fingerprints of an earlier report, JSON or JSON Lines, with how often they stand.

    Raises:
        InputError: it cannot be read, or is no such report.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{path} is no report of findings as JSON or JSON Lines") from None
    return Counter(_fingerprint(each, path) for each in _told(text, path))


def _told(text: str, path: str | Path) -> Iterator[dict[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        yield from _lines(text, path)
        return
    if isinstance(whole, dict) and isinstance(whole.get("findings"), list):
        yield from whole["findings"]
    else:
        yield whole


def _lines(text: str, path: str | Path) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}, line {number}: no JSON ({error})") from None


def _fingerprint(told: Any, path: str | Path) -> str:
    """Return the fingerprint that a report tells, or that of what it tells."""
    if not isinstance(told, dict) or not isinstance(told.get("code"), str):
        raise InputError(f"{path} is no report of findings as JSON or JSON Lines")
    found = Finding(
        told["code"], Severity.INFO, "", record_id=told.get("record_id"), path=told.get("path")
    )
    return str(told.get("fingerprint") or found.fingerprint)
