"""Mutilations: what people and programs do to workbooks, as a table."""

from __future__ import annotations

from datetime import date, datetime

from openpyxl.utils import get_column_letter

from templates.filling import answer, cell_of

SAME, TOLD = "same", "told"


def beside(key, value, column=5):
    """Return what writes another answer."""
    return lambda book: answer(book, key, value, column)


def below(key, value, row=6):
    """Return what writes another value into a sheet for what repeats."""

    def change(book):
        cell = cell_of(book, key)
        cell.parent.cell(row, cell.column).value = value

    return change


def sheet_of(book, key):
    return cell_of(book, key).parent


def rename_sheets(book):
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Blad{number}"


def insert_columns(at):
    return lambda book: [sheet.insert_cols(at) for sheet in book.worksheets]


def insert_rows(at, count=3):
    return lambda book: [sheet.insert_rows(at, count) for sheet in book.worksheets]


def space_out(book):
    sheet = sheet_of(book, "system.status")
    for row in range(sheet.max_row, 4, -1):
        sheet.insert_rows(row)


def reorder(book):
    book._sheets.reverse()


def without_keys(book):
    for key in ("system.status", "provider.name"):
        sheet = sheet_of(book, key)
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = None


def without_table_keys(book):
    for key in ("certificates[].type", "contacts[].email", "documents[].url"):
        cell = cell_of(book, key)
        for column in range(1, cell.parent.max_column + 1):
            cell.parent.cell(cell.row, column).value = None


def without_key_column(book):
    sheet_of(book, "system.status").delete_cols(1)
    sheet_of(book, "provider.name").delete_cols(1)


def heading_cells(book):
    for key in ("system.status", "provider.name"):
        sheet = sheet_of(book, key)
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.endswith("]") and "[" in cell.value:
                    yield cell


def translate(book):
    for cell in list(heading_cells(book)):
        cell.value = "Antwort " + cell.value[-4:]


def english(book):
    for cell in list(heading_cells(book)):
        cell.value = "Answer (texts in Dutch)" if "nl" in cell.value else "Text in English"


def without_headings(book):
    for cell in list(heading_cells(book)):
        cell.value = None


def swap_columns(book):
    for key in ("system.status", "provider.name"):
        sheet = sheet_of(book, key)
        for row in range(3, sheet.max_row + 1):
            left, right = sheet.cell(row, 5), sheet.cell(row, 6)
            left.value, right.value = right.value, left.value


def blanks(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                if isinstance(cell.value, str) and cell.protection.locked is False:
                    cell.value = f"  {cell.value}\n "


def far_blanks(book):
    for sheet in book.worksheets:
        sheet.cell(5000, 60, "")
        sheet.cell(5001, 60, " ")


def drop_sheets(*names):
    def change(book):
        for name in names:
            del book[name]

    return change


def unprotect(book):
    for sheet in book.worksheets:
        sheet.protection.sheet = False


def sort_rows(book):
    sheet = sheet_of(book, "system.status")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    for number, row in enumerate(reversed(rows), 6):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def shift(column):
    def change(book):
        sheet = sheet_of(book, "system.status")
        found = [sheet.cell(row, column).value for row in range(6, sheet.max_row + 1)]
        for row, value in enumerate([found[-1], *found[:-1]], 6):
            sheet.cell(row, column).value = value

    return change


def shift_table_keys(book):
    cell = cell_of(book, "certificates[].type")
    sheet, row = cell.parent, cell.row
    keys = [sheet.cell(row, column).value for column in range(3, sheet.max_column + 1)]
    for column, value in enumerate([keys[-1], *keys[:-1]], 3):
        sheet.cell(row, column).value = value


def copy_table_column(value):
    def change(book):
        cell = cell_of(book, "documents[].url")
        sheet, last = cell.parent, cell.parent.max_column + 1
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, last).value = sheet.cell(row, cell.column).value
        if value is not None:
            sheet.cell(6, last).value = value

    return change


def move_table_columns(book):
    sheet = sheet_of(book, "certificates[].type")
    for row in range(2, sheet.max_row + 1):
        left, right = sheet.cell(row, 3), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value


def hide(book):
    for sheet in book.worksheets:
        for column in ("A", "B"):
            sheet.column_dimensions[column].hidden = True


def without_help(book):
    for key in ("system.status", "provider.name"):
        sheet_of(book, key).delete_cols(7, 2)


def notes(book):
    sheet_of(book, "system.status").cell(9, 12, "nog navragen bij de leverancier")


def own_sheet(book):
    sheet = book.create_sheet("Aantekeningen", 0)
    sheet["A1"], sheet["B2"] = "Vragen aan de gemeente", "Wat is de naam?"


def merge(*ranges, key="system.status"):
    def change(book):
        for each in ranges:
            sheet_of(book, key).merge_cells(each)

    return change


def merge_answers_across(book):
    cell = cell_of(book, "system.components_and_functions")
    cell.parent.merge_cells(f"E{cell.row}:F{cell.row}")


def merge_answers_down(book):
    cell = cell_of(book, "system.components_and_functions")
    cell.parent.merge_cells(f"E{cell.row}:E{cell.row + 1}")


def merge_with_label(book):
    cell = cell_of(book, "system.trade_name")
    cell.parent.merge_cells(f"D{cell.row}:E{cell.row}")


def merge_rows_of_table(book):
    cell = cell_of(book, "documents[].url")
    letter = get_column_letter(cell.column)
    cell.parent.merge_cells(f"{letter}6:{letter}7")


def copy_row(value):
    def change(book):
        cell = cell_of(book, "system.trade_name")
        sheet, row = cell.parent, cell.parent.max_row + 2
        for column in range(1, 9):
            sheet.cell(row, column).value = sheet.cell(cell.row, column).value
        sheet.cell(row, 5).value = value

    return change


def elsewhere(book):
    cell = cell_of(book, "system.trade_name")
    cell.parent.cell(cell.row, 5).value = None
    cell.parent.cell(cell.row, 11).value = "ZaakSorteerder"


def misspell(book):
    cell = cell_of(book, "system.trade_name")
    cell.value = "system.trade_nam"
    cell.parent.cell(cell.row, 3).value = "Hoe heet het?"


def copy_sheet(book):
    book.copy_worksheet(sheet_of(book, "system.status"))


def formula(key):
    return beside(key, '="Zaak"&"Sorteerder"')


MUTILATIONS = {
    "sheets are renamed": (SAME, rename_sheets),
    "a column is inserted at the left": (SAME, insert_columns(1)),
    "a column is inserted before the answers": (SAME, insert_columns(5)),
    "a column is inserted between the languages": (SAME, insert_columns(6)),
    "rows are inserted at the top": (SAME, insert_rows(1)),
    "rows are inserted below the headings": (SAME, insert_rows(6)),
    "an empty row follows each question": (SAME, space_out),
    "sheets change places": (SAME, reorder),
    "the keys of forms are emptied": (SAME, without_keys),
    "the keys of tables are emptied": (SAME, without_table_keys),
    "the column of keys is deleted": (SAME, without_key_column),
    "headings are translated, with their tags": (SAME, translate),
    "headings are written in English, without tags": (SAME, english),
    "the columns of answers change places": (SAME, swap_columns),
    "answers begin and end with blanks": (SAME, blanks),
    "there are blanks far below": (SAME, far_blanks),
    "the hidden sheet is deleted": (SAME, drop_sheets("_lists")),
    "the sheets that only explain are deleted": (SAME, drop_sheets("Codes", "Begin hier")),
    "protection is taken away": (SAME, unprotect),
    "whole rows are sorted": (SAME, sort_rows),
    "columns are hidden": (SAME, hide),
    "explanations and examples are deleted": (SAME, without_help),
    "somebody adds a note": (SAME, notes),
    "somebody adds a sheet": (SAME, own_sheet),
    "the answers of a row are merged": (SAME, merge_answers_across),
    "a row is there twice": (SAME, copy_row("ZaakSorteerder")),
    "columns of a table change places": (SAME, move_table_columns),
    "a column of a table is copied": (SAME, copy_table_column(None)),
    "a column of a table is copied and says something else": (
        TOLD,
        copy_table_column("https://example.org/other.pdf"),
    ),
    "a date is text, day first": (SAME, below("certificates[].expires", "31-12-2029")),
    "a date is text with slashes": (SAME, below("certificates[].expires", "31/12/2029")),
    "a date is text, month first": (SAME, below("certificates[].expires", "12/31/2029")),
    "a date is text with points": (SAME, below("certificates[].expires", "31.12.2029")),
    "a date is written out": (SAME, below("certificates[].expires", "31 december 2029")),
    "a date is ISO text": (SAME, below("certificates[].expires", "2029-12-31")),
    "a date is a serial number": (SAME, below("certificates[].expires", 47483)),
    "a date has a time": (SAME, below("certificates[].expires", datetime(2029, 12, 31, 14))),
    "a code is written as code": (SAME, beside("system.status", "ON_MARKET")),
    "a code is written as Dutch label": (SAME, beside("system.status", "In de handel")),
    "a code is written as English label": (SAME, beside("system.status", "on the market")),
    "a country is written as code": (SAME, beside("provider.address.country", "de")),
    "states stand on lines": (SAME, beside("system.member_states", "Nederland\nBelgië")),
    "states stand between commas": (SAME, beside("system.member_states", "BE, NL")),
    "no is a logical value": (SAME, beside("classification.sensitive_area", False)),
    "no is a capital": (SAME, beside("classification.sensitive_area", "NEE")),
    "a house number is a number": (SAME, beside("provider.address.number", 12)),
    "the number of a system is text": (SAME, below("documents[].of", "1")),
    "the number of the only system is left out": (SAME, below("documents[].of", None)),
    "a number of four digits lost its zero": (
        TOLD,
        below("certificates[].notified_body.number", 344),
    ),
    "the number of a certificate is a number": (TOLD, below("certificates[].number", 123)),
    "a postal code lost its zero": (TOLD, beside("provider.address.post_code", 1067)),
    "a telephone number lost its zero": (TOLD, below("contacts[].phone", 201234567)),
    "a version became a decimal": (TOLD, below("identifiers[].value", 3.1)),
    "a text became a percentage": (TOLD, beside("system.operating_logic", 0.95)),
    "a text became the number 1": (TOLD, beside("system.operating_logic", 1)),
    "a text became a date": (TOLD, beside("system.trade_name", date(2026, 3, 1))),
    "day and month could be exchanged": (TOLD, beside("system.first_placed", "04/03/2025")),
    "a year became a day of 1905": (TOLD, beside("system.first_placed", date(1905, 7, 18))),
    "a date does not exist": (TOLD, beside("system.first_placed", "31-02-2025")),
    "a date is a word": (TOLD, beside("system.first_placed", "binnenkort")),
    "an address has no scheme": (TOLD, beside("system.more_information", "example.org/product")),
    "an address holds a blank": (TOLD, beside("system.more_information", "https://a.example/a b")),
    "a status is not in the list": (TOLD, beside("system.status", "in bedrijf")),
    "a country does not exist": (TOLD, beside("provider.address.country", "Utopia")),
    "a country has a code that is none": (TOLD, beside("provider.address.country", "UK")),
    "one of several states is unknown": (TOLD, beside("system.member_states", "NL; Atlantis")),
    "neither yes nor no": (TOLD, beside("classification.sensitive_area", "misschien")),
    "no answer at all": (TOLD, beside("system.trade_name", "n.v.t.")),
    "an error of the spreadsheet": (TOLD, beside("system.trade_name", "#REF!")),
    "a formula": (TOLD, formula("system.trade_name")),
    "answers to two questions are merged": (TOLD, merge_answers_down),
    "an answer is merged with a label": (TOLD, merge_with_label),
    "rows of a table are merged": (TOLD, merge_rows_of_table),
    "the keys alone are sorted": (TOLD, shift(1)),
    "the questions alone are sorted": (TOLD, shift(3)),
    "the keys of a table are moved": (TOLD, shift_table_keys),
    "the headings are deleted": (TOLD, without_headings),
    "one question has two answers": (TOLD, copy_row("Iets anders")),
    "an answer stands in another column": (TOLD, elsewhere),
    "a key and its question are rewritten": (TOLD, misspell),
    "a row is of nobody": (TOLD, below("documents[].for", "folder")),
    "a row has no owner": (TOLD, below("documents[].for", None)),
    "a row names a system that is not there": (TOLD, below("documents[].of", 7)),
    "a row names a system in words": (TOLD, below("documents[].of", "de eerste")),
    "a sheet is copied": (TOLD, copy_sheet),
}  # fmt: skip
"""What is done to a filled workbook; whether it reads the same, or something has to be told."""
