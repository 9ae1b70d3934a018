"""Sheets: the looks of a workbook, and what its cells accept."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from aiexchange import law
from aiexchange.model.types import Kind
from aiexchange.templates.plan import Ask
from aiexchange.templates.values import choice
from aiexchange.templates.wording import word

_DARK, _LIGHT, _LINE = "#154273", "#e8eef5", "#b8c4d0"


class Styles:
    """The formats of cells: labels are locked, answers are open."""

    def __init__(self, book: Any) -> None:
        def style(**given: Any) -> Any:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
            return book.add_format({**base, **given})

        lined = {"border": 1, "border_color": _LINE}
        self.title = style(bold=True, font_size=16, font_color=_DARK, text_wrap=False)
        self.cover = style(bold=True, font_size=16, font_color=_DARK)
        self.heading = style(bold=True, bg_color=_DARK, font_color="white", **lined)
        self.heading2 = style(bold=True, font_size=12, font_color=_DARK, valign="bottom")
        self.text = style()
        self.label = style(bg_color=_LIGHT, **lined)
        self.question = style(bg_color=_LIGHT, bold=True, **lined)
        self.note = style(bg_color=_LIGHT, font_size=9, font_color="#444444", **lined)
        self.example = style(bg_color=_LIGHT, italic=True, font_color="#555555", **lined)
        self.small = style(font_size=9, font_color="#555555", text_wrap=False)
        self.number = style(font_size=9, font_color="#555555", align="left")
        self.number_open = style(locked=False, align="left", **lined)
        self.key = style(font_size=6, font_color="#9a9a9a", text_wrap=False, bg_color="#f2f2f2")
        self.answer = style(locked=False, num_format="@", **lined)
        self.date = style(locked=False, num_format="yyyy-mm-dd", align="left", **lined)
        self.locked = style(bg_color=_LIGHT, **lined)
        self.unused = style(bg_color="#d9d9d9", **lined)
        self.missing = book.add_format({"bg_color": "#ffe699"})
        self.soft = book.add_format({"bg_color": "#fff7df"})


class Validations:
    """What cells accept: lists on a hidden sheet, dates, web addresses."""

    _SHEET = "_lists"

    def __init__(self, language: str) -> None:
        self._language = language
        self._lists: list[list[str]] = []
        self._ranges: dict[tuple[str, ...], str] = {}

    def put(self, sheet: Any, ask: Ask, first: int, last: int, column: int) -> None:
        """Give the cells of a column what they accept, and what they say when clicked."""
        told = {"input_title": ask.ask(self._language)[:32], "input_message": self._message(ask)}
        cell = xl_rowcol_to_cell(first, column)
        rule: dict[str, Any] = {"validate": "any"}
        if ask.question.codes is not None or ask.kind is Kind.BOOLEAN:
            rule = {"validate": "list", "source": self._range(self._choices(ask))}
            rule |= {"show_error": not ask.many, **self._error("not-in-list")}
        elif ask.kind is Kind.DATE:
            year = f"OR(LEN({cell})=4,LEN({cell})=7,LEN({cell})=10)"
            test = f"=IF(ISNUMBER({cell}),{cell}>=32874,{year})"
            rule = {"validate": "custom", "value": test, **self._error("not-a-date")}
        elif ask.kind is Kind.URL:
            test = f'=OR(LEFT({cell},8)="https://",LEFT({cell},7)="http://",LEFT({cell},4)="www.")'
            rule = {"validate": "custom", "value": test, **self._error("not-a-url")}
        sheet.data_validation(first, column, last, column, {**rule, **told})

    def choose(self, sheet: Any, labels: list[str], first: int, last: int, column: int) -> None:
        """Let a column be chosen from labels."""
        rule = {"validate": "list", "source": self._range(tuple(labels))}
        sheet.data_validation(first, column, last, column, rule | self._error("not-in-list"))

    def write(self, book: Any) -> None:
        """Write the lists on their hidden sheet."""
        sheet = book.add_worksheet(self._SHEET)
        for column, choices in enumerate(self._lists):
            for row, text in enumerate(choices):
                sheet.write_string(row, column, text)
        sheet.hide()

    def _choices(self, ask: Ask) -> tuple[str, ...]:
        name = ask.question.codes
        if name is None:
            return (word("yes", self._language), word("no", self._language))
        return tuple(choice(name, code, self._language) for code in law.codelist(name).values())

    def _range(self, choices: tuple[str, ...]) -> str:
        if choices not in self._ranges:
            column = len(self._lists)
            self._lists.append(list(choices))
            first = xl_rowcol_to_cell(0, column, True, True)
            last = xl_rowcol_to_cell(len(choices) - 1, column, True, True)
            self._ranges[choices] = f"={self._SHEET}!{first}:{last}"
        return self._ranges[choices]

    def _error(self, name: str) -> dict[str, str]:
        return {"error_title": "", "error_message": word(name, self._language)}

    def _message(self, ask: Ask) -> str:
        example = f"{word('example', self._language)}: {ask.question.example[self._language]}"
        return f"{ask.question.help[self._language]}\n{example}"[:255]
