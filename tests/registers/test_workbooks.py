"""Workbooks: read as the register writes them, and without harm whatever they hold."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from benchmarks import corpus

from aiexchange import check, convert, detect, diff, read
from aiexchange.errors import InputError, LimitError
from aiexchange.registers import xlsx
from shared import EXPORT

REGISTER = "nl-algoritmeregister"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "export.xlsx"
    convert(EXPORT, path, to_format=REGISTER)
    return path


def made(path, fill, **options):
    with xlsxwriter.Workbook(path, options) as book:
        fill(book)
    return path


def record(book, title="1.0", extra=()):
    sheet = book.add_worksheet(title)
    rows = [
        ("Naam", "Parkeren"),
        ("Organisatienaam", "Gemeente Voorbeeld"),
        ("Taal", "nld"),
        ("Status", "In gebruik"),
        ("Algoritme-ID", "12345674"),
        ("Leverancier", "Bedrijf B.V."),
        *extra,
    ]
    for row, (label, value) in enumerate(rows):
        sheet.write(row, 0, label)
        sheet.write(row, 1, value)
    return sheet


def codes(path):
    return {finding.code for entry in read(path) for finding in entry.findings}


def test_it_is_recognised_without_its_suffix(workbook, tmp_path):
    other = tmp_path / "download"
    other.write_bytes(workbook.read_bytes())
    assert detect(other).format == REGISTER


def test_it_says_what_the_csv_says_but_for_what_a_cell_cannot_hold(workbook):
    changed = {record.record_id for record in diff(EXPORT, workbook).changed}
    assert len(changed) <= 2


def test_dutch_labels_name_the_fields_even_where_one_is_the_name_of_another(tmp_path):
    path = made(
        tmp_path / "a.xlsx",
        lambda book: record(
            book, extra=[("Impacttoetsen", "1: DPIA"), ("Toelichting op impacttoetsen", "Nog niet")]
        ),
    )
    (entry,) = read(path)
    assert [each.title for each in entry.registration.use.assessments] == ["DPIA"]
    assert entry.registration.use.assessments_explanation == {"nl": "Nog niet"}


def test_machine_names_do_as_well_and_rows_too(tmp_path):
    def rows(book):
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, ["name", "organization", "lang", "status", "goal"])
        sheet.write_row(1, 0, ["Parkeren", "Gemeente Voorbeeld", "nld", "In gebruik", "Doel"])

    (entry,) = read(made(tmp_path / "a.xlsx", rows), format=REGISTER)
    assert entry.registration.title == {"nl": "Parkeren"}
    assert entry.origin.row == 2


def test_each_sheet_is_read_in_its_own_version(tmp_path):
    def sheets(book):
        record(book, "1.0")
        record(book, "0.4", [("Beleidsterrein", "Werk"), ("Landelijk-ID", "N-1")])

    old = [entry.registration for entry in read(made(tmp_path / "a.xlsx", sheets))]
    assert len(old) == 2
    assert any(each.value == "N-1" for registration in old for each in registration.identifiers)


def test_a_finding_names_sheet_and_column(tmp_path):
    path = made(tmp_path / "a.xlsx", lambda book: record(book, extra=[("Begindatum", "ooit")]))
    finding = next(each for each in check(path) if each.code.endswith("date-unread"))
    assert (finding.origin.sheet, finding.origin.column) == ("1.0", "B")


def test_numbers_and_dates_that_a_spreadsheet_made_of_text_are_read(tmp_path):
    def fill(book):
        sheet = record(book)
        sheet.write_number(4, 1, 12345674)

    (entry,) = read(made(tmp_path / "a.xlsx", fill))
    assert entry.registration.record_id == f"{REGISTER}:12345674"


def test_a_formula_is_read_as_it_was_computed_and_reported(tmp_path):
    def fill(book):
        record(book).write_formula(0, 1, '="Par"&"keren"', value="Parkeren")

    path = made(tmp_path / "a.xlsx", fill)
    assert "xlsx.formula" in codes(path)
    assert any(entry.registration and entry.registration.title for entry in read(path))


def test_a_chart_sheet_is_reported_and_not_read(tmp_path):
    def fill(book):
        record(book)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='1.0'!$B$1:$B$3"})
        book.add_chartsheet("Grafiek").set_chart(chart)

    assert "xlsx.chart-sheet" in codes(made(tmp_path / "a.xlsx", fill))


def test_macros_are_reported_and_not_run(tmp_path):
    path = made(tmp_path / "a.xlsx", record)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    assert "xlsx.macro" in codes(path)


def test_a_password_is_named_as_the_reason(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(InputError, match="password"):
        list(read(path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = made(tmp_path / "a.xlsx", record)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", bytes(64 * 1024 * 1024))
    with pytest.raises(LimitError, match="times its size"):
        list(read(path))


def test_a_doctype_within_a_workbook_is_refused(tmp_path):
    path = made(tmp_path / "a.xlsx", record)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/odd.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(InputError, match="DOCTYPE"):
        list(read(path))


def test_a_sheet_that_spans_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_CELLS", 1_000)

    def fill(book):
        record(book).write(5_000, 3, "x")

    with pytest.raises(LimitError, match="cells"):
        list(read(made(tmp_path / "a.xlsx", fill)))


def test_a_million_blank_rows_are_no_records(tmp_path):
    def fill(book):
        sheet = record(book)
        for row in range(10, 1_000_000, 1_000):
            sheet.set_row(row, 15)
        sheet.set_row(1_000_000, 15)

    entries = list(read(made(tmp_path / "a.xlsx", fill)))
    assert sum(entry.registration is not None for entry in entries) == 1


def test_a_truncated_workbook_is_refused(workbook):
    data = workbook.read_bytes()
    with pytest.raises(InputError):
        list(read(io.BytesIO(data[: len(data) // 2]), format=REGISTER))


def test_five_thousand_columns_come_back(tmp_path):
    source = tmp_path / "many.csv"
    corpus.write(source, 5_000)
    target = tmp_path / "many.xlsx"
    convert(source, target, to_format=REGISTER)
    assert not diff(source, target).differs


def test_a_value_far_from_the_others_is_refused_before_it_takes_the_memory(tmp_path):
    path = made(tmp_path / "far.xlsx", lambda book: record(book).write(1_048_575, 16_383, "x"))
    with pytest.raises(LimitError, match="span 1,048,576 rows and 16,384 columns"):
        list(read(path))


def test_a_great_many_blank_rows_are_told_and_passed_over(tmp_path):
    def fill(book):
        sheet, bold = record(book), book.add_format({"bold": True})
        for row in range(20, 20_000):
            sheet.write_blank(row, 0, None, bold)

    path = made(tmp_path / "blank.xlsx", fill)
    assert "xlsx.blank-rows" in codes(path)
    assert [entry.registration is not None for entry in read(path)].count(True) == 1


def test_a_sheet_about_something_else_is_told_and_not_read(tmp_path):
    def fill(book):
        record(book)
        other = book.add_worksheet("Toelichting")
        other.write(0, 0, "Zo vult u dit in")
        other.write(0, 1, "Per kolom een algoritme")

    path = made(tmp_path / "with-notes.xlsx", fill)
    assert "xlsx.other-sheet" in codes(path)
    assert [entry.registration is not None for entry in read(path)].count(True) == 1


def test_a_workbook_about_something_else_is_not_recognised(tmp_path):
    path = made(
        tmp_path / "other.xlsx", lambda book: book.add_worksheet().write_row(0, 0, ["a", "b"])
    )
    with pytest.raises(InputError, match="without the fields of a register"):
        list(read(path))


def test_names_that_look_like_fields_do_not_turn_a_sheet_round(tmp_path):
    def fill(book):
        sheet = record(book)
        for column, name in enumerate(["toets", "model", "besluit", "data"], 1):
            sheet.write(0, column, name)
            sheet.write(4, column, f"1234567{column}")

    path = made(tmp_path / "names.xlsx", fill)
    titles = [entry.registration.title for entry in read(path) if entry.registration]
    assert [next(iter(title.values())) for title in titles] == ["toets", "model", "besluit", "data"]
