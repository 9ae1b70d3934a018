"""Tables: the answers of a sheet with a field in each column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aiexchange.findings import Severity
from aiexchange.model.types import Kind
from aiexchange.registers.xlsx import Grid
from aiexchange.templates.answers import Answer, Filled, Place, Reference, Row, Subject
from aiexchange.templates.keys import IDENTITY, META, bare, by_question, key_in, labels_of
from aiexchange.templates.plan import known
from aiexchange.templates.reading_forms import whole
from aiexchange.templates.wording import plain

_ITEMS = re.compile(r"^([ABCIX]+-\d+(, )?)+: ")
"""The items before the words that say whether a column must be filled."""

MOST_STRAYS = 20
"""Findings about cells outside the columns of a table, for each sheet."""


def heading_row(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """Return the row in which several keys stand beside each other, and the key of each column.

    Without one, a row of questions will do, if they all belong to one table.
    """
    is_form = False
    for row, cells in enumerate(grid.rows):
        keys = {column: key for column, cell in enumerate(cells) if (key := key_in(cell))}
        if len(set(keys.values())) >= 2:
            return row, keys
        is_form = is_form or bool(keys)
    if is_form:
        return None
    for row, cells in enumerate(grid.rows[:50]):
        if (found := _by_questions(cells)) is not None:
            return row, found
    return None


def _by_questions(cells: list[Any]) -> dict[int, str] | None:
    options = {
        column: by_question()[plain(cell)]
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and plain(cell) in by_question()
    }
    stems = [{_stem(key) for key in keys} for keys in options.values()]
    common = set.intersection(*stems) if len(stems) >= 3 else set()
    if len(common) != 1:
        return None
    stem = next(iter(common))
    chosen = {
        column: [key for key in keys if _stem(key) == stem] for column, keys in options.items()
    }
    if any(len(keys) != 1 for keys in chosen.values()):
        return None
    return {column: keys[0] for column, keys in chosen.items()}


def _stem(key: str) -> str:
    """Return the table that a key belongs to; "" for the fields of records and bodies."""
    stem = key.partition("[].")[0]
    return stem if "[]." in key and "." not in stem else ""


def read_table(grid: Grid, filled: Filled, row: int, keys: dict[int, str]) -> None:
    """Take the answers of the rows below a heading."""
    _Table(grid, filled, row, keys).read()


class _Table:
    """One sheet that is read as a table."""

    def __init__(self, grid: Grid, filled: Filled, row: int, keys: dict[int, str]) -> None:
        self._grid, self._filled, self._heading = grid, filled, row
        self._keys = self._agreeing(row, keys)
        self._spoilt = {
            (at, column)
            for (top, left), (bottom, right) in grid.merged
            for at in range(top, bottom + 1)
            for column in range(left, right + 1)
            if bottom > row and column in keys
        }
        self._strays = 0

    def read(self) -> None:
        for at in range(self._heading + 1, len(self._grid.rows)):
            cells = self._grid.rows[at]
            if all(cell in ("", None) for cell in cells) or self._is_label(cells):
                continue
            self._stray(at, cells)
            self._row(at, cells)

    def _agreeing(self, row: int, keys: dict[int, str]) -> dict[int, str]:
        """Return the columns whose question is the one that their key says."""
        kept: dict[int, str] = {}
        for column, key in keys.items():
            below = [
                plain(self._grid.rows[at][column])
                for at in range(row + 1, min(row + 4, len(self._grid.rows)))
                if column < len(self._grid.rows[at])
            ]
            asked = [by_question()[text] for text in below if text in by_question()]
            stem = _stem(bare(key))
            asked = [keys for keys in asked if any(_stem(each) == stem for each in keys)]
            if asked and all(bare(key) not in each for each in asked):
                self._filled.tell(
                    "template.moved-label",
                    "the question of this column does not belong to its field; headings seem to "
                    "have been moved. The column is left out.",
                    Place(self._filled.file, self._grid.title, row, column),
                    "Put questions and fields back above each other, or use a new template.",
                )
            else:
                kept[column] = key
        return kept

    def _is_label(self, cells: list[Any]) -> bool:
        held = [
            (key, cells[column])
            for column, key in self._keys.items()
            if column < len(cells) and cells[column] not in ("", None)
        ]
        labels = [plain(_ITEMS.sub("", str(cell))) in labels_of(bare(key)) for key, cell in held]
        return bool(labels) and sum(labels) * 2 > len(labels)

    def _place(self, row: int, column: int) -> Place:
        return Place(self._filled.file, self._grid.title, row, column)

    def _stray(self, row: int, cells: list[Any]) -> None:
        for column, cell in enumerate(cells):
            if column in self._keys or cell in ("", None) or self._strays >= MOST_STRAYS:
                continue
            self._strays += 1
            self._filled.tell(
                "template.stray-value",
                f"“{str(cell)[:60]}” stands in a column that no field belongs to. It is left out.",
                self._place(row, column),
                "Move it into the column that it answers, if it is an answer.",
                severity=Severity.WARNING,
            )

    def _row(self, row: int, cells: list[Any]) -> None:
        links: dict[str, Any] = {}
        answers: list[Answer] = []
        first = Place(self._filled.file, self._grid.title, row, min(self._keys, default=0))
        stem = ""
        for column, key in self._keys.items():
            raw = cells[column] if column < len(cells) else ""
            stem = stem or _stem(bare(key))
            if (row, column) in self._spoilt:
                self._filled.tell(
                    "template.merged-cells",
                    "the cell is merged with others, and it cannot be told which rows or columns "
                    "it answers. It is left out.",
                    self._place(row, column),
                    "Split the merged cells, and write each answer in its own cell.",
                )
                continue
            if raw in ("", None) or self._twice(row, column, key, cells):
                continue
            name = bare(key)
            if name in META:
                self._filled.meta.setdefault(name, (raw, self._place(row, column)))
            elif name in known():
                answers += self._answer(name, key, raw, self._place(row, column))
            else:
                links[name] = (raw, self._place(row, column))
        self._put(stem, links, answers, first)

    def _twice(self, row: int, column: int, key: str, cells: list[Any]) -> bool:
        """Tell whether another column of the same field says something else, or said it before."""
        others = {
            across: cells[across]
            for across, name in self._keys.items()
            if name == key and across != column and across < len(cells)
            if cells[across] not in ("", None)
        }
        if all(plain(other) == plain(cells[column]) for other in others.values()):
            return any(across < column for across in others)
        self._filled.tell(
            "template.two-answers",
            "there are several answers to one question. None of them is taken.",
            self._place(row, column),
            "Leave one answer, and empty the other cells.",
        )
        return True

    def _answer(self, name: str, key: str, raw: Any, place: Place) -> Iterator[Answer]:
        ask = known()[name]
        language = key.partition("@")[2] or "und"
        yield Answer(ask, ask.path, raw, place, language if ask.kind is Kind.TEXT else None)

    def _put(self, stem: str, links: dict[str, Any], answers: list[Answer], first: Place) -> None:
        if stem == "records":
            self._reference(links, first)
        elif stem:
            number, owner = (links.get(f"{stem}[].{name}") for name in ("of", "for"))
            if answers:
                self._filled.rows.append(Row(stem, number, owner, first, answers))
        elif links or answers:
            self._subject(links, answers, first)

    def _reference(self, links: dict[str, Any], first: Place) -> None:
        held = {name.removeprefix("records[]."): raw for name, (raw, _) in links.items()}
        if (reference := _reference(held)) is not None:
            number = links.get("records[].of", (None, first))
            self._filled.references.append((number[0], reference, number[1]))

    def _subject(self, links: dict[str, Any], answers: list[Answer], first: Place) -> None:
        held = {name.removeprefix("#"): raw for name, (raw, _) in links.items() if name in IDENTITY}
        subject = Subject("row", 0, first, answers=answers)
        if (reference := _reference(held)) is not None:
            subject.records.append(reference)
        subject.org_id = str(held["org_id"]).strip() if held.get("org_id") else None
        self._filled.subjects.append(subject)


def _reference(held: dict[str, Any]) -> Reference | None:
    """Return the record that a row names; None where it names none."""
    record_id = str(held.get("record_id") or "").strip()
    title, organisation = (held.get(name) for name in ("title", "organisation"))
    if not record_id:
        return None
    return Reference(
        record_id,
        whole(held.get("version")) or 1,
        str(organisation).strip() if organisation else None,
        str(title).strip() if title else None,
    )
