"""Workbooks: a template as XLSX, made to be filled in by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, BinaryIO

import xlsxwriter

from aiexchange import law
from aiexchange.model import Registration
from aiexchange.model.types import Kind
from aiexchange.registers.xlsx import LONGEST_CELL
from aiexchange.templates.keys import MARK, example, language_label
from aiexchange.templates.plan import ORGANISATIONS, SUPPLIER, Ask, Plan, Table, form_of
from aiexchange.templates.sheets import Styles, Validations
from aiexchange.templates.shown import elements, first, inner, shown, stem
from aiexchange.templates.subjects import Known, number_of, product_of, subjects_of, systems
from aiexchange.templates.wording import LANGUAGES, data, word

MOST_NAMED = 25
"""Products and bodies that the cover names."""

SPARE = 25
"""Empty rows at the end of a sheet for what repeats."""


def write(
    plan: Plan,
    registrations: Iterable[Registration],
    stream: BinaryIO,
    language: str,
    copies: int = 1,
) -> None:
    """Write a template as a workbook, filled with what the registrations hold already.

    `copies` is how many systems an empty template has sheets for.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title_of(plan, language), "comments": MARK})
        _Book(book, plan, language).write(list(registrations), copies)


def title_of(plan: Plan, language: str) -> str:
    """Return the title of a template."""
    name = ORGANISATIONS if plan.kind == ORGANISATIONS else plan.section.value
    return str(data("words.toml")["title"][name][language])


@dataclass(frozen=True, slots=True)
class _Answers:
    """Where the answers of a form stand: the column, and the language of its texts."""

    main: int
    other: int
    languages: tuple[str, str]


class _Book:
    """One workbook while it is written."""

    def __init__(self, book: Any, plan: Plan, language: str) -> None:
        self._book, self._plan, self._language = book, plan, language
        self._styles = Styles(book)
        self._checks = Validations(language)
        other = next(each for each in LANGUAGES if each != language)
        self._answers = _Answers(4, 5, (language, other))

    def write(self, registrations: list[Registration], copies: int) -> None:
        """Write all sheets."""
        self._cover(_about(self._plan, registrations))
        if self._plan.kind == SUPPLIER:
            self._supplier(registrations, copies)
        else:
            self._rows(subjects_of(self._plan, registrations))
        self._codes()
        self._checks.write(self._book)

    def _word(self, name: str) -> str:
        return word(name, self._language)

    def _cover(self, about: dict[str, list[str]]) -> None:
        sheet = self._sheet(self._word("cover"), landscape=False)
        sheet.set_column(0, 0, 2)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 52)
        styles, row = self._styles, 1
        sheet.set_row(0, 42)
        sheet.merge_range(0, 1, 0, 2, title_of(self._plan, self._language), styles.cover)
        for index, words in enumerate(data("words.toml")["cover"][self._plan.kind]):
            text = words[self._language].format(annex=self._annex(), version=self._plan.version.id)
            heading = index % 2 == 0
            sheet.merge_range(row, 1, row, 2, text, styles.heading2 if heading else styles.text)
            sheet.set_row(row, 22 if heading else 15.5 * (len(text) // 88 + 1))
            row += 1
        for label, names in about.items():
            if names:
                sheet.write_string(row, 1, self._word(label), styles.heading2)
                row += 1
                text = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
                sheet.merge_range(row, 1, row, 2, text, styles.text)
                sheet.set_row(row, 15.5 * (len(text) // 88 + 1))
                row += 1
        row += 1
        for name in ("by-name", "by-organisation", "by-date"):
            sheet.write_string(row, 0, f"#{name}", styles.key)
            sheet.write_string(row, 1, self._word(name), styles.label)
            sheet.write_blank(row, 2, None, styles.date if name == "by-date" else styles.answer)
            self._yellow(sheet, row, 2)
            row += 1
        if self._plan.kind is not None:
            row += 1
        told = {
            "template": f"{self._plan.kind}", "section": self._plan.section.value,
            "law": self._plan.version.id, "language": self._language,
        }  # fmt: skip
        for name, value in told.items():
            sheet.write_string(row, 0, f"#{name}", styles.key)
            sheet.write_string(row, 1, self._word(name), styles.small)
            sheet.write_string(row, 2, value, styles.small)
            row += 1
        sheet.write_string(row, 2, MARK, styles.small)
        self._finish(sheet, row, 2)

    def _annex(self) -> str:
        section = self._plan.section.value
        if section == "IX":
            return "Annex IX" if self._language == "en" else "bijlage IX"
        words = ("Annex VIII, Section", "bijlage VIII, afdeling")
        return f"{words[self._language == 'nl']} {section}"

    def _supplier(self, registrations: list[Registration], copies: int) -> None:
        providers, products = systems(registrations)
        providers = providers or [Known()]
        products = products or [Known() for _ in range(copies)]
        many = len(providers) > 1
        for number, provider in enumerate(providers, 1):
            name = self._word("provider") + (f" {number}" if many else "")
            self._form(name, "provider", provider, number, None)
        for number, product in enumerate(products, 1):
            self._form(f"{self._word('system')} {number}", "system", product, number, product)
        for table in self._plan.tables:
            self._table(table, providers, products)
        self._used_by(products)

    def _form(self, name: str, form: str, known: Known, number: int, product: Known | None) -> None:
        sheet, styles, answers = self._sheet(name), self._styles, self._answers
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        heading = f"{name}: {known.name}" if known.name else name
        sheet.write_string(0, 1, heading, styles.title)
        row = 1
        if product is not None and (used := _used(product)):
            sheet.write_string(row, 1, f"{self._word('records')}: {used}", styles.small)
        row += 1
        labels = ["", "item", "question", "must", "", "", "help", "example"]
        sheet.set_row(row, 32)
        for column, label in enumerate(labels):
            sheet.write_string(row, column, self._word(label) if label else "", styles.heading)
        sheet.write_string(row, 0, self._word("field"), styles.key)
        main, other = answers.languages
        text = f"{self._word(f'answer-or-{main}')} [{main}]"
        sheet.write_string(row, answers.main, text, styles.heading)
        sheet.write_string(row, answers.other, language_label(other, main), styles.heading)
        sheet.freeze_panes(row + 1, 3)
        sheet.repeat_rows(row)
        row += 1
        row = self._numbers(sheet, row, form, number, product)
        for ask in self._plan.forms[form]:
            self._question(sheet, row, ask, known)
            row += 1
        self._finish(sheet, row - 1, 7)

    def _numbers(self, sheet: Any, row: int, form: str, number: int, product: Known | None) -> int:
        told = [("#number", f"{form}-number", number)]
        if product is not None:
            told.append(("#provider", "of-provider", product.provider))
        for key, label, value in told:
            sheet.write_string(row, 0, key, self._styles.key)
            sheet.write_string(row, 2, self._word(label), self._styles.small)
            sheet.write_number(row, self._answers.main, value, self._styles.number)
            row += 1
        return row

    def _question(self, sheet: Any, row: int, ask: Ask, known: Known) -> None:
        styles, language = self._styles, self._language
        sheet.write_string(row, 0, ask.key, styles.key)
        sheet.write_string(row, 1, ", ".join(ask.items) or "–", styles.label)
        sheet.write_string(row, 2, ask.ask(language), styles.question)
        sheet.write_string(row, 3, ask.must[language], styles.label)
        sheet.write_string(row, 6, ask.question.help[language], styles.label)
        sheet.write_string(row, 7, ask.question.example[language], styles.example)
        value = known.value(ask.path)
        texts = [ask.ask(language), ask.must[language], "", "", ask.question.help[language]]
        texts.append(ask.question.example[language])
        held = list(value.values()) if ask.kind is Kind.TEXT and value else []
        texts[2:4] = [*held, "", ""][:2]
        fit(sheet, row, [*zip(texts, _WIDTHS[2:8], strict=True)], bold=1.15)
        columns = [(self._answers.main, self._answers.languages[0])]
        if ask.kind is Kind.TEXT:
            columns.append((self._answers.other, self._answers.languages[1]))
        else:
            sheet.write_blank(row, self._answers.other, None, styles.unused)
        for column, tongue in columns:
            self._cell(sheet, row, column, ask, shown(ask, value, language, tongue))
        self._checks.put(sheet, ask, row, row, self._answers.main)
        if ask.level != "no":
            self._yellow(
                sheet, row, self._answers.main, last=columns[-1][0], soft=ask.level == "if"
            )

    def _cell(self, sheet: Any, row: int, column: int, ask: Ask, text: str | date | None) -> None:
        style = self._styles.date if ask.kind is Kind.DATE else self._styles.answer
        if isinstance(text, date):
            sheet.write_datetime(row, column, text, style)
        elif text is None or len(text) > LONGEST_CELL:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_string(row, column, text, style)

    def _yellow(
        self, sheet: Any, row: int, column: int, last: int | None = None, soft: bool = False
    ) -> None:
        """Colour what is still missing: an answer that is needed, or may be."""
        first = self._book_cell(row, column)
        joined = first if last in (None, column) else f"{first}&{self._book_cell(row, last or 0)}"
        style = self._styles.soft if soft else self._styles.missing
        rule = {"type": "formula", "criteria": f"=LEN(TRIM({joined}))=0", "format": style}
        sheet.conditional_format(row, column, row, last or column, rule)

    @staticmethod
    def _book_cell(row: int, column: int) -> str:
        return str(xlsxwriter.utility.xl_rowcol_to_cell(row, column, col_abs=True))

    def _table(self, table: Table, providers: list[Known], products: list[Known]) -> None:
        linked = [("of", self._of(table)), *([("for", "for")] if len(table.owners) > 1 else [])]
        if table.name == "contacts":
            linked[1:] = [("for", "whose")]
        sheet = self._sheet(table.title[self._language])
        self._table_heading(sheet, table.name, linked, table.asks, table.title[self._language])
        start = len(linked) + 1
        row = 5
        subjects = {"provider": providers, "system": products}
        for owner in table.owners:
            for number, known in enumerate(subjects[form_of(owner)], 1):
                found = elements(known.value(owner)) or ([None] if self._seeded(owner) else [])
                for element in found:
                    self._link(sheet, row, linked, number, owner)
                    self._element(sheet, row, start, table.asks, element, needed=True)
                    row += 1
        for spare in range(row, row + SPARE):
            self._link(sheet, spare, linked, None, None)
            self._element(sheet, spare, start, table.asks, None, needed=False)
        last = row + SPARE - 1
        for column, ask in enumerate(table.asks, start):
            self._checks.put(sheet, ask, 5, last, column)
        if len(linked) > 1:
            words = data("layout.toml")["owners"]
            labels = [words[owner][self._language] for owner in table.owners]
            self._checks.choose(sheet, labels, 5, last, 2)
        self._finish(sheet, last, start + len(table.asks) - 1)

    def _of(self, table: Table) -> str:
        forms = {form_of(owner) for owner in table.owners}
        return "of-either" if len(forms) > 1 else f"of-{forms.pop()}"

    def _seeded(self, owner: str) -> bool:
        """Tell whether a list has an empty row from the beginning: one that has to be filled."""
        asked = [
            part
            for item in self._plan.version.section(self._plan.section)
            for part in item.parts
            if owner in part.paths and part.mandatory
            if item.obligation is law.Obligation.MANDATORY or item.condition == _MOSTLY
        ]
        return bool(asked)

    def _link(
        self, sheet: Any, row: int, linked: Sequence[tuple[str, str]], number: Any, owner: Any
    ) -> None:
        if number is None:
            for column in range(1, len(linked) + 1):
                sheet.write_blank(row, column, None, self._styles.answer)
            return
        sheet.write_number(row, 1, number, self._styles.number_open)
        if len(linked) > 1:
            label = data("layout.toml")["owners"][owner][self._language]
            sheet.write_string(row, 2, label, self._styles.answer)

    def _element(
        self, sheet: Any, row: int, start: int, asks: Sequence[Ask], element: Any, needed: bool
    ) -> None:
        for column, ask in enumerate(asks, start):
            value = None if element is None else inner(element, ask.path)
            self._cell(sheet, row, column, ask, shown(ask, value, self._language, self._language))
            if needed and ask.level != "no":
                self._yellow(sheet, row, column, soft=ask.level == "if")

    def _table_heading(
        self,
        sheet: Any,
        name: str,
        linked: Sequence[tuple[str, str]],
        asks: Sequence[Ask],
        title: str,
    ) -> None:
        """Write the title, the keys, the questions, when to answer them, what they mean."""
        styles, language = self._styles, self._language
        sheet.set_column(0, 0, 2)
        sheet.write_string(0, 1, title, styles.title)
        sheet.set_row(1, 9)
        sheet.set_row(2, 64)
        sheet.set_row(3, 40)
        sheet.set_row(4, 64)
        prefix = f"{name}[]." if name else ""
        for column, (key, label) in enumerate(linked, 1):
            sheet.set_column(column, column, 14 if key in _NARROW else 30)
            sheet.write_string(1, column, f"{prefix}{key}", styles.key)
            sheet.write_string(2, column, self._word(label), styles.heading)
            for row in (3, 4):
                sheet.write_blank(row, column, None, styles.note)
        for column, ask in enumerate(asks, len(linked) + 1):
            sheet.set_column(column, column, 26)
            sheet.write_string(1, column, ask.key, styles.key)
            sheet.write_string(2, column, ask.ask(language), styles.heading)
            sheet.write_string(3, column, self._needed(ask), styles.note)
            text = f"{ask.question.help[language]} {example(ask, language)}"
            sheet.write_string(4, column, text, styles.note)
        sheet.freeze_panes(5, len(linked) + 1 if linked else 0)
        sheet.repeat_rows(1, 4)

    def _needed(self, ask: Ask) -> str:
        items = ", ".join(ask.items)
        must = ask.must[self._language]
        return f"{items}: {must}" if items else must

    def _used_by(self, products: list[Known]) -> None:
        linked = [
            ("of", "of-system"), ("record_id", "record_id"), ("version", "version"),
            ("organisation", "organisation"), ("title", "title"),
        ]  # fmt: skip
        sheet, title = self._sheet(self._word("records")), self._word("records")
        self._table_heading(sheet, "records", linked, (), title)
        row = 5
        for number, product in enumerate(products, 1):
            for each in product.registrations:
                sheet.write_number(row, 1, number, self._styles.number_open)
                told = _told(each, self._language)
                for column, text in enumerate(told, 2):
                    sheet.write_string(row, column, text, self._styles.locked)
                row += 1
        self._finish(sheet, max(row - 1, 5), len(linked))

    def _rows(self, subjects: list[Known]) -> None:
        by_body = self._plan.kind == ORGANISATIONS
        linked = _BODY if by_body else _IDENTITY
        name = self._word("bodies" if by_body else "rows")
        sheet = self._sheet(name)
        asks = [column for ask in self._plan.rows for column in self._columns(ask)]
        self._table_heading(sheet, "", linked, [ask for ask, _ in asks], name)
        start, last = (
            len(linked) + 1,
            5 + len(subjects) + (SPARE if by_body or not subjects else 0) - 1,
        )
        for column, (ask, tongue) in enumerate(asks, start):
            if ask.kind is Kind.TEXT:
                sheet.write_string(1, column, f"{ask.key}@{tongue}", self._styles.key)
                sheet.write_string(
                    3, column, language_label(tongue, self._language), self._styles.note
                )
                sheet.set_column(column, column, 50)
            self._checks.put(sheet, ask, 5, max(last, 5), column)
            if ask.level != "no":
                self._yellow_column(sheet, column, last, ask)
        for row in range(5, last + 1):
            known = subjects[row - 5] if row - 5 < len(subjects) else None
            texts = [(text, 28) for text in self._identity(known, by_body)]
            for column, (text, _) in enumerate(texts, 1):
                open_ = known is None and (by_body is False or column == 1)
                style = self._styles.answer if open_ else self._styles.locked
                sheet.write_string(row, column, text, style)
            for column, (ask, tongue) in enumerate(asks, start):
                value = None if known is None else first(known.value(stem(ask.path)), ask.path)
                held = shown(ask, value, self._language, tongue)
                self._cell(sheet, row, column, ask, held)
                texts.append((str(held or ""), 50 if ask.kind is Kind.TEXT else 25))
            fit(sheet, row, texts)
        sheet.set_print_scale(55)
        sheet.repeat_columns(1, len(linked))
        self._finish(sheet, max(last, 5), start + len(asks) - 1)

    def _columns(self, ask: Ask) -> list[tuple[Ask, str]]:
        if ask.kind is Kind.TEXT:
            return [(ask, tongue) for tongue in self._answers.languages]
        return [(ask, self._language)]

    def _yellow_column(self, sheet: Any, column: int, last: int, ask: Ask) -> None:
        """Colour what is missing in rows that name a record or a body."""
        by_body = self._plan.kind == ORGANISATIONS
        cell, first = self._book_cell(5, column), self._book_cell(5, 3 if by_body else 1)
        rule = f"=AND(LEN(TRIM({cell}))=0,LEN(TRIM({first}))>0)"
        style = self._styles.soft if ask.level == "if" else self._styles.missing
        formula = {"type": "formula", "criteria": rule, "format": style}
        sheet.conditional_format(5, column, max(last, 5), column, formula)

    def _identity(self, known: Known | None, by_body: bool) -> list[str]:
        if known is None:
            return ["", ""] if by_body else ["", "", ""]
        first = known.registrations[0]
        if by_body:
            return [number_of(known) or "", str(len(known.registrations))]
        return [first.record_id, str(first.version), known.name or ""]

    def _codes(self) -> None:
        """Describe the codes of all lists that are asked for."""
        sheet, styles = self._sheet(self._word("codes"), landscape=False), self._styles
        for column, width in enumerate((2, 22, 22, 70)):
            sheet.set_column(column, column, width)
        for column, label in enumerate(("list", "code", "meaning"), 1):
            sheet.write_string(0, column, self._word(label), styles.heading)
        names = dict.fromkeys(ask.question.codes for ask in self._plan.asks if ask.question.codes)
        row = 1
        for name in names:
            for code in law.codelist(name or "").values():
                label = code.label_nl if self._language == "nl" else code.label_en
                for column, text in enumerate((name or "", code.code, label), 1):
                    sheet.write_string(row, column, text, styles.label)
                row += 1
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self._finish(sheet, row - 1, 3)

    def _sheet(self, name: str, landscape: bool = True) -> Any:
        sheet = self._book.add_worksheet(name[:31])
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&8{title_of(self._plan, self._language)}&R&8&A, &P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def _finish(self, sheet: Any, last_row: int, last_column: int) -> None:
        sheet.print_area(0, 1, last_row, last_column)
        sheet.protect("", _ALLOWED)


_WIDTHS = (2, 6, 32, 17, 40, 32, 36, 24)
"""Widths of the columns of a form, in characters."""

_NARROW = ("of", "#version", "version", "#how-many", "#org_id")
_BODY = [("#org_id", "org_id"), ("#how-many", "how-many")]


def _about(plan: Plan, registrations: list[Registration]) -> dict[str, list[str]]:
    """Return what the cover says of the products that are asked about, and of who uses them."""
    if plan.kind != SUPPLIER:
        return {}
    names = [product_of(each) for each in registrations]
    bodies = [each.deployer.name for each in registrations]
    return {
        "about": list(dict.fromkeys(name for name in names if name)),
        "used-by": list(dict.fromkeys(name for name in bodies if name)),
    }


def fit(sheet: Any, row: int, cells: list[tuple[str, int]], bold: float = 1.0) -> None:
    """Give a row the height that its texts need; no program does it for protected sheets."""
    lines = max(
        sum(ceil(max(len(line), 1) * bold / width) for line in text.split("\n"))
        for text, width in cells
    )
    sheet.set_row(row, min(15 * lines + 3, 260))


_IDENTITY = [("#record_id", "record_id"), ("#version", "version"), ("#title", "title")]
_MOSTLY = "outside-sensitive-area"
_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip


def _used(product: Known) -> str:
    names = dict.fromkeys(
        each.deployer.name for each in product.registrations if each.deployer.name
    )
    return ", ".join(names)


def _told(registration: Registration, language: str) -> list[str]:
    titles = registration.title or {}
    title = titles.get(language) or next(iter(titles.values()), "")
    name = registration.deployer.name or ""
    return [registration.record_id, str(registration.version), name, title]
