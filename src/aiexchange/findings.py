"""Findings: one observation about one record, with its place, its reason and a way to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much a finding matters; data conforms when it has no violations."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst; lower ranks sort first."""
        return ("violation", "warning", "info").index(self.value)

    def at_least(self, other: Severity) -> bool:
        """Tell whether this severity is as bad as `other`, or worse."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry was read: a file and, as far as the transport has them, the place in it.

    `row` is the row of a spreadsheet that shows the table (the heading is row 1), `column` the
    letters of its column where a record stands upright; `line` is the line of the text file, which
    differs from the row when cells hold line breaks.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Show the place as people name it: `export.csv, row 18`."""
        named = (
            ("sheet", self.sheet),
            ("column", self.column),
            ("row", self.row),
            ("line", self.line),
        )
        shown = [f"{name} {value}" for name, value in named if value is not None]
        if self.row is not None and self.line is not None:
            shown.pop()
        return ", ".join([self.file or "-", *shown])


class Words(NamedTuple):
    """What a finding says in one language: what is the matter, and how to mend it."""

    message: str
    mend: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation.

    `code` is stable and has an entry under `aiexchange explain`; `path` is the canonical path or
    the field of the register; `message` says what is the matter, `mend` what to do about it, and
    `basis` which article asks for it. Those two are in English; `translated` has them in other
    languages, as far as they are known.
    """

    code: str
    severity: Severity
    message: str
    record_id: str | None = None
    path: str | None = None
    origin: Origin | None = None
    basis: str | None = None
    mend: str | None = None
    translated: Mapping[str, Words] | None = field(default=None, compare=False, repr=False)

    def in_language(self, language: str) -> Finding:
        """Return the finding in the words of a language (`nl`); in English where there are none."""
        words = (self.translated or {}).get(language)
        return self if words is None else replace(self, message=words.message, mend=words.mend)

    def about(self, record_id: str | None, origin: Origin | None) -> Finding:
        """Return the finding with the record and the place filled in where they were open."""
        return replace(
            self,
            record_id=self.record_id if self.record_id is not None else record_id,
            origin=self.origin if self.origin is not None else origin,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON holds it; members without a value are left out."""
        origin = self.origin
        members: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity.value,
            "record_id": self.record_id,
            "path": self.path,
            "file": origin and origin.file,
            "sheet": origin and origin.sheet,
            "column": origin and origin.column,
            "row": origin and origin.row,
            "line": origin and origin.line,
            "message": self.message,
            "mend": self.mend,
            "basis": self.basis,
        }
        return {name: value for name, value in members.items() if value is not None}


def conforms(findings: list[Finding]) -> bool:
    """Tell whether no finding is a violation."""
    return all(finding.severity is not Severity.VIOLATION for finding in findings)
