"""Forms: the answers of a sheet that asks one thing in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiexchange.findings import Severity
from aiexchange.model.types import Kind
from aiexchange.registers.xlsx import Grid
from aiexchange.templates.answers import Answer, Filled, Place, Reference, Subject
from aiexchange.templates.keys import (
    IDENTITY,
    META,
    NUMBERS,
    bare,
    by_question,
    key_in,
    looks_like_key,
)
from aiexchange.templates.plan import form_of, known
from aiexchange.templates.wording import LANGUAGES, every, plain

_TAG = re.compile(r"\[([a-z]{2,3})\]")
_LABELS = ("number", "field", "item", "question", "must", "help", "example")


@dataclass(slots=True)
class _Columns:
    """What the columns of a form hold: answers by language, and the labels beside them."""

    heading: int
    answers: dict[int, str | None] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)


def read_form(grid: Grid, filled: Filled) -> None:
    """Take the answers of a form: each beside its key, else beside its question."""
    keyed = list(_keyed(grid))
    for row, column, key in keyed:
        if key in META:
            _meta(grid, filled, row, column, key)
    rows = {row for row, _, _ in keyed}
    keyed = [each for each in keyed if each[2] not in META]
    if not keyed:
        return
    columns = _columns(grid, keyed[0][0])
    if columns is None:
        filled.tell(
            "template.no-heading",
            f"sheet {grid.title} has no column whose heading says that it holds answers; "
            "nothing on it is read.",
            Place(filled.file, grid.title, keyed[0][0], keyed[0][1]),
            "Give the column of the answers its heading back, with its language in brackets: [nl].",
        )
        return
    _Form(grid, filled, columns).read(keyed, rows)


def _keyed(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and key of each row that has one, or a question that stands for it."""
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if (key := key_in(cell)) is not None:
                yield row, column, key
                break
        else:
            for column, cell in enumerate(cells):
                keys = by_question().get(plain(cell), ()) if isinstance(cell, str) else ()
                found = [key for key in keys if "[]." not in key and key not in IDENTITY]
                if len(found) == 1:
                    yield row, column, found[0]
                    break


def _meta(grid: Grid, filled: Filled, row: int, column: int, key: str) -> None:
    labels = {plain(text) for text in every(key.removeprefix("#"))}
    cells = [
        (place, cell)
        for place, cell in enumerate(grid.rows[row])
        if place != column and cell not in ("", None) and plain(cell) not in labels
    ]
    if cells:
        place, value = cells[-1]
        filled.meta[key] = (value, Place(filled.file, grid.title, row, place))


def _columns(grid: Grid, first: int) -> _Columns | None:
    for row in range(first, -1, -1):
        found = _heading(grid.rows[row], row)
        if found.answers:
            return found
    return None


def _heading(cells: list[Any], row: int) -> _Columns:
    found = _Columns(row)
    words = {name: {plain(text) for text in every(name)} for name in _LABELS}
    answers = {plain(text) for text in every("answer")}
    for column, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        text = plain(cell)
        label = next((name for name in _LABELS if text in words[name]), None)
        if label is not None:
            found.labels[label] = column
        elif tag := _TAG.search(text):
            found.answers[column] = tag.group(1)
        elif text in answers:
            found.answers[column] = None
        else:
            for language in LANGUAGES:
                named = (*every(f"answer-in-{language}"), *every(f"answer-or-{language}"))
                if text in {plain(each) for each in named}:
                    found.answers[column] = language
    return found


class _Form:
    """One sheet that is read as a form."""

    def __init__(self, grid: Grid, filled: Filled, columns: _Columns) -> None:
        self._grid, self._filled, self._columns = grid, filled, columns
        self._spoilt = set(_spoilt(grid, set(columns.answers)))

    def read(self, keyed: list[tuple[int, int, str]], rows: set[int]) -> None:
        self._unknown(rows)
        groups: dict[int | None, list[tuple[int, int, str]]] = {}
        for each in keyed:
            groups.setdefault(self._group(each[0]), []).append(each)
        for number, group in groups.items():
            self._subject(number, group)

    def _group(self, row: int) -> int | None:
        """Return the number that stands before a row, where several systems share a table."""
        column = self._columns.labels.get("number")
        cells = self._grid.rows[row]
        return whole(cells[column]) if column is not None and column < len(cells) else None

    def _subject(self, number: int | None, keyed: list[tuple[int, int, str]]) -> None:
        by_key: dict[str, list[tuple[int, Any, int]]] = {}
        for row, _, key in keyed:
            self._stray(row)
            if self._contradicts(row, key):
                continue
            for column, raw in self._values(row):
                by_key.setdefault(key, []).append((row, raw, column))
        forms = {form_of(known()[bare(key)].path) for _, _, key in keyed if bare(key) in known()}
        if not forms:
            return
        place = Place(self._filled.file, self._grid.title or None)
        subject = Subject(max(forms), number or 0, place)
        numbers = {name: by_key.pop(name, []) for name in NUMBERS}
        subject.number = subject.number or self._number(numbers["#number"]) or 0
        subject.provider = self._number(numbers["#provider"])
        for key in [key for key in by_key if key.startswith("records[")]:
            record_id = str(by_key.pop(key)[0][1]).strip()
            if key.endswith(".record_id"):
                subject.records.append(Reference(record_id))
        for key, values in by_key.items():
            subject.answers += self._answers(key, values)
        self._filled.subjects.append(subject)

    def _place(self, row: int, column: int) -> Place:
        return Place(self._filled.file, self._grid.title, row, column)

    def _values(self, row: int) -> Iterator[tuple[int, Any]]:
        cells = self._grid.rows[row]
        for column in sorted(self._columns.answers):
            raw = cells[column] if column < len(cells) else ""
            if (row, column) in self._spoilt:
                self._filled.tell(
                    "template.merged-cells",
                    "the cell is merged with others, and it cannot be told what is meant for which "
                    "question. It is left out.",
                    self._place(row, column),
                    "Split the merged cells, and write each answer in its own cell.",
                )
            elif raw not in ("", None):
                yield column, raw

    def _number(self, values: list[tuple[int, Any, int]]) -> int | None:
        for row, raw, column in values:
            if (number := whole(raw)) is not None:
                return number
            self._filled.tell(
                "template.number",
                f"a number is expected, and there is “{raw}”.",
                self._place(row, column),
                "Write the number of the sheet, such as 1.",
            )
        return None

    def _answers(self, key: str, values: list[tuple[int, Any, int]]) -> Iterator[Answer]:
        ask = known()[bare(key)]
        by_language: dict[str | None, list[tuple[int, Any, int]]] = {}
        for row, raw, column in values:
            language = self._columns.answers[column] if ask.kind is Kind.TEXT else None
            by_language.setdefault(language, []).append((row, raw, column))
        for language, found in by_language.items():
            row, raw, column = found[0]
            if any(plain(other) != plain(raw) for _, other, _ in found[1:]):
                for at, _, across in found:
                    self._filled.tell(
                        "template.two-answers",
                        "there are several answers to one question. None of them is taken.",
                        self._place(at, across),
                        "Leave one answer, and empty the other cells.",
                        path=ask.path,
                    )
                continue
            path = zero_based(key)
            yield Answer(ask, path, raw, self._place(row, column), language or "und")

    def _contradicts(self, row: int, key: str) -> bool:
        """Tell whether the question of a row is another one than its key says."""
        column = self._columns.labels.get("question")
        cells = self._grid.rows[row]
        if column is None or column >= len(cells):
            return False
        asked = by_question().get(plain(cells[column]), frozenset())
        if not asked or bare(key) in asked:
            return False
        for across, _ in self._values(row):
            self._filled.tell(
                "template.moved-label",
                "the question of this row does not belong to its field; rows or columns seem to "
                "have been moved apart. The answer is left out.",
                self._place(row, across),
                "Put questions and fields back beside each other, or answer in a new template.",
                path=known()[bare(key)].path if bare(key) in known() else None,
            )
        return True

    def _stray(self, row: int) -> None:
        """Tell of what stands beside a question, but in no column of answers."""
        taken = {*self._columns.answers, *self._columns.labels.values()}
        for column, cell in enumerate(self._grid.rows[row]):
            if column in taken or cell in ("", None) or key_in(cell) is not None:
                continue
            if isinstance(cell, str) and plain(cell) in by_question():
                continue
            self._filled.tell(
                "template.stray-value",
                f"“{str(cell)[:60]}” stands in no column of answers. It is left out.",
                self._place(row, column),
                "Move it into the column of the answers, if it is one.",
                severity=Severity.WARNING,
            )

    def _unknown(self, known_rows: set[int]) -> None:
        """Tell of answers in rows of which nobody knows what they answer."""
        for row in range(self._columns.heading + 1, len(self._grid.rows)):
            if row in known_rows:
                continue
            named = next((c for c in self._grid.rows[row] if looks_like_key(c)), None)
            for column, raw in self._values(row):
                self._filled.tell(
                    "template.unknown-field",
                    f"“{str(raw)[:60]}” answers no question of a template"
                    + (f": there is no field {named}" if named else "")
                    + ". It is left out.",
                    self._place(row, column),
                    "Put it beside the question that it answers.",
                    severity=Severity.VIOLATION if named else Severity.WARNING,
                )


def _spoilt(grid: Grid, answers: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the answer cells that are merged with another row, or with a column of labels."""
    for (top, left), (bottom, right) in grid.merged:
        columns = set(range(left, right + 1))
        if columns & answers and (bottom > top or columns - answers):
            for row in range(top, bottom + 1):
                yield from ((row, column) for column in columns & answers)


def zero_based(key: str) -> str:
    """Return the canonical path of a key, in which people count from 1."""
    path = key.partition("@")[0]
    return re.sub(r"\[(\d+)\]", lambda found: f"[{max(int(found[1]), 1) - 1}]", path)


def whole(raw: Any) -> int | None:
    """Return a cell as the whole number that it holds; None if it holds none."""
    if isinstance(raw, str) and raw.strip().isdecimal():
        return int(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and float(raw).is_integer():
        return int(raw)
    return None
