"""Answers: what a filled template says, wherever it stood, before it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.xlsx import letters
from aiexchange.templates.plan import Ask

Number = int
"""The number that a provider, a system or a row has within its template."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: a cell, counted from 0, or a path in JSON and YAML."""

    file: str | None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    path: str | None = None

    @property
    def origin(self) -> Origin:
        """The place as findings show it."""
        row = None if self.row is None else self.row + 1
        column = None if self.column is None else letters(self.column)
        return Origin(self.file, self.sheet or None, row, None, column)

    def __str__(self) -> str:
        """Return the cell as spreadsheets name it (`'System 1'!E12`), or the path."""
        if self.row is None:
            return self.path or "-"
        cell = f"{letters(self.column or 0)}{self.row + 1}"
        if not self.sheet:
            return cell
        plain = self.sheet.replace("_", "").isalnum()
        return (
            f"{self.sheet}!{cell}" if plain else "'" + self.sheet.replace("'", "''") + f"'!{cell}"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands where one thing is asked; `path` is canonical and has its indices."""

    ask: Ask
    path: str
    raw: Any
    place: Place
    language: str | None = None
    doubt: str | None = None


@dataclass(slots=True)
class Reference:
    """A record that a template was filled in for."""

    record_id: str
    version: int = 1
    organisation: str | None = None
    title: str | None = None


@dataclass(slots=True)
class Subject:
    """A provider, a system, a record or a body, with the answers about it."""

    form: str
    number: Number
    place: Place
    provider: Number | None = None
    answers: list[Answer] = field(default_factory=list)
    records: list[Reference] = field(default_factory=list)
    org_id: str | None = None


@dataclass(slots=True)
class Row:
    """A row of a sheet for what repeats: answers by key, and what the row belongs to."""

    table: str
    number: Any
    owner: Any
    place: Place
    answers: list[Answer]


@dataclass(slots=True)
class Filled:
    """A filled template: who filled it in, and what is said about whom."""

    file: str | None
    meta: dict[str, Any] = field(default_factory=dict)
    subjects: list[Subject] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    references: list[tuple[Any, Reference, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self,
        code: str,
        message: str,
        place: Place,
        mend: str,
        *,
        path: str | None = None,
        severity: Severity = Severity.VIOLATION,
    ) -> None:
        """Keep a finding about a cell; the message names it."""
        where = f"{place}: " if place.row is not None or place.path else ""
        self.findings.append(
            Finding(code, severity, f"{where}{message}", None, path, place.origin, None, mend)
        )

    def of(self, form: str) -> Iterator[Subject]:
        """Yield the subjects of one form."""
        return (subject for subject in self.subjects if subject.form == form)
