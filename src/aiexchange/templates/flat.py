"""Flat: a template as CSV, a row for each question, or for each record or body."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from aiexchange.errors import InputError, LimitError
from aiexchange.model import Registration
from aiexchange.model.types import Kind
from aiexchange.registers.xlsx import Grid
from aiexchange.templates.keys import MARK, language_label
from aiexchange.templates.plan import ORGANISATIONS, SUPPLIER, Ask, Plan, known
from aiexchange.templates.shown import elements, first, inner, shown, stem
from aiexchange.templates.subjects import Known, number_of, subjects_of
from aiexchange.templates.wording import LANGUAGES, word

MOST_BYTES = 64 * 1024 * 1024
"""Bytes that a template may have as CSV, JSON or YAML."""

Cells = list[str]


def text_of(stream: BinaryIO, file: str | None) -> str:
    """Return what a stream holds as text.

    Raises:
        InputError: not UTF-8.
        LimitError: larger than a template may be.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LimitError(f"{file or 'the input'} has more than {MOST_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file or 'the input'} is not UTF-8: {error}") from None


def read(stream: BinaryIO, file: str | None) -> Iterator[Grid]:
    """Yield the one sheet that a CSV file is."""
    text = text_of(stream, file)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows: list[list[Any]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"{file or 'the input'} is no CSV that can be read: {error}") from None
    yield Grid("", rows)


def write(
    plan: Plan,
    registrations: Iterable[Registration],
    stream: BinaryIO,
    language: str,
    copies: int = 1,
) -> None:
    """Write a template as CSV that spreadsheets open: UTF-8 with a byte order mark."""
    held = subjects_of(plan, list(registrations)) or [Known() for _ in range(copies)]
    rows = _questions if plan.kind == SUPPLIER else _rows
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows(plan, held, language))
    stream.write(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))


def _tongues(language: str) -> tuple[str, str]:
    return language, next(each for each in LANGUAGES if each != language)


def _questions(plan: Plan, held: list[Known], language: str) -> Iterator[Cells]:
    main, other = _tongues(language)
    labels = [word(name, language) for name in ("number", "field", "item", "question", "must")]
    answers = [
        f"{word(f'answer-or-{main}', language)} [{main}]",
        language_label(other, language),
    ]
    yield [*labels, *answers, word("help", language), word("example", language)]
    told = {
        "template": plan.kind, "section": plan.section.value, "law": plan.version.id,
        "language": language, "by-name": "", "by-organisation": "", "by-date": "",
    }  # fmt: skip
    for name, value in told.items():
        mark = MARK if name == "template" else ""
        yield ["", f"#{name}", mark, word(name, language), "", value, "", "", ""]
    for number, subject in enumerate(held, 1):
        for count, each in enumerate(subject.registrations, 1):
            key = f"records[{count}].record_id"
            text = word("record_id", language)
            yield [str(number), key, "", text, "", each.record_id, "", "", ""]
        for key, ask, value in _asked(plan, subject):
            cells = _cells(ask, value, language)
            yield [
                str(number), key, ", ".join(ask.items), ask.ask(language), ask.must[language],
                *cells, ask.question.help[language], ask.question.example[language],
            ]  # fmt: skip


def _asked(plan: Plan, subject: Known) -> Iterator[tuple[str, Ask, Any]]:
    """Yield key, question and value of all that a system is asked, lists element by element."""
    for form in plan.forms.values():
        yield from ((ask.key, ask, subject.value(ask.path)) for ask in form)
    for table in plan.tables:
        for owner in table.owners:
            for count, element in enumerate(elements(subject.value(owner)) or [None], 1):
                for ask in table.asks:
                    rest = ask.path.partition("[].")[2]
                    value = None if element is None else inner(element, ask.path)
                    single = known()[f"{owner}[].{rest}"]
                    yield f"{owner}[{count}].{rest}", single, value


def _cells(ask: Ask, value: Any, language: str) -> Cells:
    main, other = _tongues(language)
    if ask.kind is Kind.TEXT:
        return [str(shown(ask, value, language, tongue) or "") for tongue in (main, other)]
    return [str(shown(ask, value, language, main) or ""), ""]


def _rows(plan: Plan, held: list[Known], language: str) -> Iterator[Cells]:
    by_body = plan.kind == ORGANISATIONS
    identity = ["org_id"] if by_body else ["record_id", "version", "title"]
    columns = [
        (f"{ask.key}@{tongue}" if ask.kind is Kind.TEXT else ask.key, ask, tongue)
        for ask in plan.rows
        for tongue in (_tongues(language) if ask.kind is Kind.TEXT else (language,))
    ]
    yield [
        *(f"#{name}" for name in identity),
        *(key for key, _, _ in columns),
        "#by-name",
        "#by-organisation",
        "#by-date",
    ]
    labels = [word(name, language) for name in identity]
    persons = [word(name, language) for name in ("by-name", "by-organisation", "by-date")]
    yield [*labels, *(ask.ask(language) for _, ask, _ in columns), *persons]
    for subject in held:
        cells = [
            str(shown(ask, first(subject.value(stem(ask.path)), ask.path), language, tongue) or "")
            for _, ask, tongue in columns
        ]
        yield [*_identity(subject, by_body), *cells, "", "", ""]


def _identity(subject: Known, by_body: bool) -> Cells:
    if not subject.registrations:
        return [""] if by_body else ["", "", ""]
    one = subject.registrations[0]
    if by_body:
        return [number_of(subject) or ""]
    return [one.record_id, str(one.version), subject.name or ""]
