"""CSV: what is written is what the register writes, and reads back as it was."""

from __future__ import annotations

import csv as stdlib_csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiexchange import convert
from aiexchange.compare import losses
from aiexchange.findings import Origin
from aiexchange.formats import Options
from aiexchange.formats.protocol import Shape
from aiexchange.mapping import layout
from aiexchange.model import Entry, Registration
from aiexchange.registers import REGISTERS, csv
from shared import EXPORT, REAL_CSV, SAMPLES, by_content, rows

REGISTER = REGISTERS["nl-algoritmeregister"]
FIELDS = layout("nl-algoritmeregister", "1.0").fields
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ROWS = st.lists(
    st.fixed_dictionaries({"name": CELLS.filter(bool), "goal": CELLS, "own": CELLS}), min_size=1
)


def written(records, fields=("goal", "name"), shape=None):
    stream = io.BytesIO()
    csv.write(records, stream, fields, shape)
    return stream.getvalue()


def there_and_back(path, tmp_path):
    entries = list(REGISTER.read(io.BytesIO(path.read_bytes()), Options(file=path.name)))
    stream = io.BytesIO()
    findings = list(REGISTER.write(entries, stream, Options(), losses))
    target = tmp_path / "back.csv"
    target.write_bytes(stream.getvalue())
    return target, findings


def test_a_table_is_written_as_the_register_does():
    data = written([{"name": 'a "b"', "goal": "x\ny"}])
    assert data == '\ufeff"goal","name"\r\n"x\ny","a ""b"""\r\n'.encode()


def test_the_register_s_columns_come_first_and_unknown_ones_last():
    data = written([{"own": "1", "name": "a"}, {"other": "2", "goal": "x"}])
    assert data.decode("utf-8-sig").splitlines()[0] == '"goal","name","own","other"'


def test_a_column_that_no_record_has_is_left_out():
    assert written([{"name": "a"}]).decode("utf-8-sig") == '"name"\r\n"a"\r\n'


def test_a_table_without_records_has_the_register_s_heading():
    assert written([]).decode("utf-8-sig") == '"goal","name"\r\n'


def test_null_is_an_empty_cell_and_what_is_no_text_is_json():
    data = written([{"name": None, "goal": [{"title": "é"}]}])
    assert data.decode("utf-8-sig").splitlines()[1] == '"[{""title"": ""é""}]",""'


def test_the_order_and_line_ends_of_a_source_in_the_register_s_shape_are_kept():
    shape = Shape(as_register=True, columns=("own", "name"), line_end="\n")
    data = written([{"name": "a", "own": "1", "goal": "x"}], shape=shape)
    assert data.decode("utf-8-sig") == '"own","name","goal"\n"1","a","x"\n'


@settings(deadline=None)
@given(ROWS)
def test_what_is_written_is_read_back(records):
    assert [each.fields for each in csv.read(io.BytesIO(written(records)), None)] == [
        {name: record[name] for name in ("goal", "name", "own")} for record in records
    ]


@pytest.mark.parametrize(
    "path",
    [
        EXPORT,
        SAMPLES / "minimal.csv",
        SAMPLES / "semicolon.csv",
        SAMPLES / "drifted.csv",
        *REAL_CSV,
    ],
    ids=lambda path: path.name,
)
def test_an_export_comes_back_cell_by_cell(path, tmp_path):
    if not path.exists():
        pytest.skip("the shared data is not here")
    back, findings = there_and_back(path, tmp_path)
    delimiter = ";" if path.name == "semicolon.csv" else ","
    before = sorted(sorted(row.items()) for row in rows(path, delimiter))
    assert by_content(back) == before
    assert findings == []


def test_an_export_without_a_register_s_ids_is_numbered_by_body_and_name():
    entries = REGISTER.read(io.BytesIO((SAMPLES / "minimal.csv").read_bytes()), Options())
    ids = [entry.registration.record_id for entry in entries]
    assert all(each.startswith("nl-algoritmeregister:~") for each in ids)
    assert len(set(ids)) == len(ids) == 2


def test_a_second_record_of_one_id_gets_a_number_and_a_finding():
    text = (
        "name,organization,status,goal,lang,algorithm_id\n"
        "Een,Body A,In gebruik,x,nld,12345670\n"
        "Twee,Body B,In gebruik,y,nld,12345670\n"
        "Drie,Body C,In gebruik,z,nld,12345670\n"
    )
    entries = list(REGISTER.read(io.BytesIO(text.encode()), Options()))
    assert [entry.registration.record_id.partition(":")[2] for entry in entries] == [
        "12345670",
        "12345670-2",
        "12345670-3",
    ]
    assert [[finding.code for finding in entry.findings] for entry in entries] == [
        [],
        ["nl-algoritmeregister.duplicate-id"],
        ["nl-algoritmeregister.duplicate-id"],
    ]
    stream = io.BytesIO()
    list(REGISTER.write(entries, stream, Options()))
    back = [record.fields for record in csv.read(io.BytesIO(stream.getvalue()), None)]
    assert {record["algorithm_id"] for record in back} == {"12345670"}


def test_an_unknown_column_is_told_once_for_a_file():
    text = (
        "name,organization,status,goal,lang,beheer\n"
        + "a,b,In gebruik,x,nld,c\nd,e,In gebruik,y,nld,f\n"
    )
    entries = list(REGISTER.read(io.BytesIO(text.encode()), Options()))
    told = [finding for entry in entries for finding in entry.findings]
    assert [finding.code for finding in told] == ["nl-algoritmeregister.column-unknown"]
    assert entries[1].registration.extras == {"beheer": "f"}


def test_a_registration_of_another_register_is_written_in_the_newest_layout():
    registration = Registration.model_validate(
        {"record_id": "other:1", "title": {"nl": "Titel"}, "languages": ["nl"]}
    )
    stream = io.BytesIO()
    list(REGISTER.write([Entry(registration, Origin())], stream, Options()))
    (record,) = csv.read(io.BytesIO(stream.getvalue()), None)
    assert record.fields["name"] == "Titel"
    assert set(record.fields) == set(FIELDS)


def again(table, tmp_path):
    source, target = tmp_path / "source.csv", tmp_path / "target.csv"
    text = io.StringIO(newline="")
    writer = stdlib_csv.DictWriter(
        text, list(table[0]), quoting=stdlib_csv.QUOTE_ALL, lineterminator="\r\n"
    )
    writer.writeheader()
    writer.writerows(table)
    source.write_bytes(text.getvalue().encode("utf-8-sig"))
    convert(source, target)
    return source.read_bytes(), target.read_bytes()


FIRST = {
    "name": "Slim parkeren",
    "organization": "Gemeente Voorbeeld",
    "goal": "Eerst",
    "lang": "nld",
    "standard_version": "1.0",
    "algorithm_id": "12345674",
    "publication_dt": "2024-01-01 10:00:00+00:00",
}
OTHERS = {
    "a history with the newest first": [
        {**FIRST, "goal": "Later", "publication_dt": "2025-01-01 10:00:00+00:00"},
        {**FIRST, "name": "Iets anders", "algorithm_id": "23456789"},
        FIRST,
    ],
    "translations apart from their originals": [
        {**FIRST, "lang": "eng", "goal": "First"},
        {**FIRST, "name": "Iets anders", "algorithm_id": "23456789"},
        FIRST,
    ],
    "an id given twice, with translations": [
        FIRST,
        {**FIRST, "goal": "Kopie"},
        {**FIRST, "lang": "eng", "goal": "First"},
        {**FIRST, "lang": "eng", "goal": "Copy"},
    ],
    "a column of another version that is empty throughout": [{**FIRST, "uuid": "", "own": ""}],
}


@pytest.mark.parametrize("table", OTHERS.values(), ids=OTHERS)
def test_an_export_comes_back_byte_for_byte_whatever_the_order_of_its_records(table, tmp_path):
    before, after = again(table, tmp_path)
    assert after == before
