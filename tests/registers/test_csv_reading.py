"""CSV: what is read, whatever the dress, and what is refused."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.errors import InputError, LimitError
from aiexchange.formats.protocol import Shape
from aiexchange.registers import csv
from shared import EXPORT, SAMPLES, rows

BOM = "\ufeff"


def read(data, shape=None):
    data = data.encode("utf-8") if isinstance(data, str) else data
    return list(csv.read(io.BytesIO(data), "export.csv", shape))


def cells(data):
    return [record.fields for record in read(data)]


TWO = [{"name": "a", "goal": "x"}, {"name": "b", "goal": "y"}]


@pytest.mark.parametrize("mark", ["", BOM])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_dress_of_a_table_says_nothing(mark, delimiter, end, quote):
    lines = [("name", "goal"), ("a", "x"), ("b", "y")]
    text = "".join(delimiter.join(f"{quote}{cell}{quote}" for cell in line) + end for line in lines)
    assert cells(mark + text) == TWO


def test_line_ends_may_be_mixed():
    assert cells("name,goal\r\na,x\nb,y\r\n") == TWO


def test_the_last_line_needs_no_end():
    assert cells("name,goal\na,x\nb,y") == TWO


def test_lines_within_a_cell_stay_as_they_are():
    assert cells('name,goal\n"een\r\ntwee\ndrie\r",x\n')[0]["name"] == "een\r\ntwee\ndrie\r"


def test_quotes_are_doubled_within_a_cell():
    assert cells('name,goal\n"a ""b"" c",x\n')[0]["name"] == 'a "b" c'


@pytest.mark.parametrize("blank", ["\n", "\r\n\r\n", ",\n", '"",""\n', ",,,\r\n"])
def test_blank_rows_are_no_records(blank):
    assert cells(f"name,goal\na,x\n{blank}b,y\n{blank}") == TWO


def test_spacing_in_a_cell_counts_but_not_in_a_heading():
    assert cells("name , goal\n a , x \n") == [{"name": " a ", "goal": " x "}]


def test_a_second_heading_of_one_name_is_numbered():
    assert cells("name,name,goal,name\na,b,c,d\n") == [
        {"name": "a", "name (2)": "b", "goal": "c", "name (3)": "d"}
    ]


@pytest.mark.parametrize("heading", ["name,name (2),name", "name,name,name (2)", ",,x"])
def test_no_column_is_lost_whatever_its_heading(heading):
    (record,) = cells(f"{heading}\na,b,c\n")
    assert sorted(record.values()) == ["a", "b", "c"]


@pytest.mark.parametrize("row", ["a", "a,b,c", "a,b,", " "])
def test_a_row_of_another_width_is_a_finding_and_the_others_are_read(row):
    found = read(f"name,goal\na,x\n{row}\nb,y\n")
    assert [record.fields for record in found] == [TWO[0], None, TWO[1]]
    assert [finding.code for finding in found[1].findings] == ["csv.row-width"]
    assert (found[1].origin.row, found[1].origin.line) == (3, 3)


def test_quotes_out_of_place_are_a_finding_and_the_others_are_read():
    found = read('name,goal\na,x\n"a"b,x\nb,y\n')
    assert [record.fields for record in found] == [TWO[0], None, TWO[1]]
    assert [finding.code for finding in found[1].findings] == ["csv.quoting"]


def test_row_and_line_are_told_apart_where_cells_hold_line_ends():
    found = read('name,goal\n"een\ntwee",x\nb,y\n')
    assert [(each.origin.row, each.origin.line) for each in found] == [(2, 2), (3, 4)]


def test_the_origin_names_the_file():
    (record,) = read("name,goal\na,x\n")
    assert str(record.origin) == "export.csv, row 2"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "is empty"),
        (BOM, "is empty"),
        ("name,goal", "no records"),
        ("name,goal\r\n", "no records"),
        (f'{BOM}"name","goal"\r\n\r\n', "no records"),
        ("name,goal\n,\n,\n", "no records"),
        ('name,goal\na,x\n"b', "within a cell"),
        ('name,goal\na,x\n"b\n\n', "within a cell"),
        ('name,goal,x\na,x,y\n"b"', "within a row"),
        ("name,goal,x\na,x,y\nb,y", "within a row"),
        (b"name,goal\na,caf\xe9\n", "is not UTF-8"),
        ("name,goal\na,x\n".encode("utf-16"), "is not UTF-8"),
        (b"name,goal\na,\xed\xa0\x80\n", "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, message):
    with pytest.raises(InputError, match=message):
        read(data)


@pytest.mark.parametrize("name", ["export.csv", "semicolon.csv"])
def test_a_sample_that_is_cut_anywhere_in_its_last_row_is_refused(name):
    data = (SAMPLES / name).read_bytes()
    last = data.rstrip().rfind(b"\n") + 1
    for cut in range(last + 1, len(data.rstrip()) - 30, 97):
        try:
            csv_records = read(data[:cut])
        except InputError:
            continue
        assert csv_records[-1].fields is None, cut


@pytest.mark.parametrize(
    "text", ["name,goal\n{},x\n", 'name,goal\n"{}",x\n', "{}", "name,{}\na,x\n"]
)
def test_a_line_over_the_limit_is_refused_by_name(monkeypatch, text):
    monkeypatch.setattr(csv, "LONGEST_LINE", 1000)
    with pytest.raises(LimitError, match="16 MiB"):
        read(text.format("a" * 2000))


def test_a_quote_that_is_never_closed_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(csv, "LONGEST_LINE", 1000)
    with pytest.raises(LimitError, match="perhaps a quote is missing"):
        read('name,goal\n"a,x\n' + "b,y\n" * 1000)


def test_a_cell_of_two_megabytes_is_read():
    assert cells(f"name,goal\na,{'x' * 2_000_000}\n")[0]["goal"] == "x" * 2_000_000


def test_the_limit_of_other_readers_stays_as_it_was():
    before = csv.csv.field_size_limit()
    read("name,goal\na,x\n")
    assert csv.csv.field_size_limit() == before


def test_nul_bytes_are_characters_like_others():
    assert cells("name,goal\na\x00b,x\n") == [{"name": "a\x00b", "goal": "x"}]


def test_the_stream_stays_open():
    stream = io.BytesIO(b"name,goal\na,x\n")
    list(csv.read(stream, None))
    assert not stream.closed


def test_a_reader_can_be_left_after_its_stream_was_closed():
    stream = io.BytesIO(b"name,goal\na,x\nb,y\n")
    records = csv.read(stream, None)
    next(records)
    stream.close()
    records.close()


@pytest.mark.parametrize(
    ("data", "as_register"),
    [
        (f'{BOM}"name","goal"\r\n"a","x"\r\n', True),
        ('"name","goal"\r\n"a","x"\r\n', False),
        (f"{BOM}name,goal\r\na,x\r\n", False),
        (f'{BOM}"name";"goal"\r\n"a";"x"\r\n', False),
    ],
)
def test_the_shape_of_the_register_is_recognised(data, as_register):
    shape = Shape()
    read(data, shape)
    assert (shape.as_register, shape.columns) == (as_register, ("name", "goal"))


def test_the_heading_is_told_from_the_beginning_of_a_file_alone():
    assert csv.heading(EXPORT.read_bytes()[:2000]) == tuple(rows(EXPORT)[0])


@given(st.binary(max_size=200))
def test_any_bytes_have_a_heading_or_none(head):
    assert isinstance(csv.heading(head), tuple)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        found = read(text)
    except InputError:
        return
    assert all(record.fields is not None or record.findings for record in found)
