"""Findings: one observation about one record, with its place, its reason and a way to mend it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

_PLACE = re.compile(r"^(RegistrationMessage/\w+)\[\d+\]")


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
    letters of its column: of a record that stands upright, or of one cell. `line` is the line of
    the text file, which differs from the row when cells hold line breaks. `field` names a member or
    a heading.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Show the place as people name it: `export.csv, row 18`."""
        return self.shown(lambda name: name)

    def shown(self, word: Callable[[str], str], *, with_file: bool = True) -> str:
        """Show the place as people name it, in the words of a language for `row` and the like."""
        names = ["sheet", "column", "row", "line", "field"]
        if self.row is not None:
            names.remove("line")
        parts = ((name, getattr(self, name)) for name in names)
        told = [f"{word(name)} {value}" for name, value in parts if value is not None]
        return ", ".join([self.file or "-", *told] if with_file else told)

    def as_dict(self) -> dict[str, Any]:
        """Return the place as JSON holds it; members without a value are left out."""
        names = ("file", "sheet", "column", "row", "line", "field")
        members = {name: getattr(self, name) for name in names}
        return {name: value for name, value in members.items() if value is not None}


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
    languages, as far as they are known. `source` is the cell from which the value came, in the file
    that was converted into the one at `origin`.
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
    source: Origin | None = None

    def in_language(self, language: str) -> Finding:
        """Return the finding in the words of a language (`nl`); in English where there are none."""
        words = (self.translated or {}).get(language)
        return self if words is None else replace(self, message=words.message, mend=words.mend)

    @property
    def fingerprint(self) -> str:
        """What stays the same while lines and rows move: code, record and path, hashed.

        16 hexadecimal digits. The place of a registration in its message does not count.
        """
        path = _PLACE.sub(r"\1", self.path or "")
        said = "\n".join((self.code, self.record_id or "", path))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def about(self, record_id: str | None, origin: Origin | None) -> Finding:
        """Return the finding with the record and the place filled in where they were open."""
        return replace(
            self,
            record_id=self.record_id if self.record_id is not None else record_id,
            origin=self.origin if self.origin is not None else origin,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON holds it; members without a value are left out."""
        members: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity.value,
            "record_id": self.record_id,
            "path": self.path,
            **(self.origin.as_dict() if self.origin else {}),
            "message": self.message,
            "mend": self.mend,
            "basis": self.basis,
            "source": self.source.as_dict() if self.source else None,
        }
        return {name: value for name, value in members.items() if value is not None}


def conforms(findings: list[Finding]) -> bool:
    """Tell whether no finding is a violation."""
    return all(finding.severity is not Severity.VIOLATION for finding in findings)
