"""JSON records: whatever they hold, alone or with their translations, they come back."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiexchange import convert, diff, read
from aiexchange.formats import Options
from aiexchange.mapping import layout, registers
from aiexchange.registers import REGISTERS
from mapping.records import PROSE

NAME = "nl-algoritmeregister"
REGISTER = REGISTERS[NAME]
LINK = st.fixed_dictionaries({"title": PROSE}, optional={"link": PROSE})
VALUES = st.one_of(
    PROSE,
    st.none(),
    st.booleans(),
    st.integers(),
    st.lists(st.one_of(PROSE, st.none(), LINK, st.integers()), max_size=3),
    LINK,
)
LANGUAGES = st.lists(st.sampled_from(["nld", "eng", "fry"]), min_size=1, max_size=3, unique=True)


@st.composite
def documents(draw):
    """Return one thing in up to three languages, in a version and dialect of the standard."""
    found = layout(NAME, draw(st.sampled_from(registers()[NAME])))
    fields = sorted(set(found.fields) - {found.version_field, found.language_field})
    return [
        {
            **draw(st.dictionaries(st.sampled_from(fields), VALUES, max_size=5)),
            found.id_field: "12345674",
            found.name_field: "Slim parkeren",
            found.language_field: language,
            found.version_field: found.version,
        }
        for language in draw(LANGUAGES)
    ]


def written(records, flat):
    stream = io.BytesIO(json.dumps(records).encode("utf-8"))
    (entry,) = REGISTER.read(stream, Options())
    return REGISTER.records(entry.registration, flat=flat)


def as_set(records):
    return sorted(json.dumps(each, sort_keys=True) for each in records)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=documents())
def test_records_of_any_types_come_back_value_for_value(records):
    (entry,) = REGISTER.read(io.BytesIO(json.dumps(records).encode("utf-8")), Options())
    named = layout(NAME, REGISTER.lens_for(entry.registration).name)
    assert entry.registration.record_id.endswith(records[0][named.id_field])
    assert as_set(written(records, flat=False)) == as_set(records)


LISTED = {
    "name": "Slim parkeren",
    "organization": "Gemeente Voorbeeld",
    "category": ["Wonen", "Natuur en milieu", "Cultuur en recreatie"],
    "lawful_basis_grouping": [{"title": "Wet", "link": ""}, {"title": "Besluit", "link": "x.nl"}],
    "lang": "nld",
    "standard_version": "1.0",
}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_list_keeps_its_order_in_a_table_and_back(suffix, tmp_path):
    source, table, back = (tmp_path / name for name in ("a.json", f"b.{suffix}", "c.json"))
    source.write_text(json.dumps([LISTED]), encoding="utf-8")
    convert(source, table, to_format=NAME)
    (entry,) = read(table)
    (record,) = REGISTER.records(entry.registration, flat=True)
    assert record["category"] == "Wonen, Natuur en milieu, Cultuur en recreatie"
    assert record["lawful_basis_grouping"] == "1: Wet. 2: Besluit, x.nl"
    convert(table, back, to_format=NAME)
    (again,) = json.loads(back.read_text(encoding="utf-8"))["algoritme_versions"]
    assert again["category"] == LISTED["category"]
    assert not diff(source, back).differs


def test_a_translation_keeps_its_own_words_for_a_code_in_another_transport(tmp_path):
    english = {**LISTED, "lang": "eng", "category": ["Housing", "Nature and Environment"]}
    source, table = tmp_path / "a.json", tmp_path / "b.csv"
    both = [{**each, "lars": "12345674"} for each in (LISTED, english)]
    source.write_text(json.dumps(both), encoding="utf-8")
    convert(source, table, to_format=NAME)
    (entry,) = read(table)
    _, other = REGISTER.records(entry.registration, flat=True)
    assert other["category"] == "Housing, Nature and Environment"


def test_what_is_no_text_in_a_workbook_is_a_loss_that_names_the_cell(tmp_path):
    source = tmp_path / "a.json"
    source.write_text(json.dumps([{**LISTED, "published": True}]), encoding="utf-8")
    found = convert(source, tmp_path / "b.xlsx").findings
    assert [each.message for each in found if each.path == "published"][1:] == [
        "published: cell 1.0!B33 holds a text, no bool."
    ]


@pytest.mark.parametrize("start", [b"[", b'{"a":'])
def test_json_that_is_nested_without_end_is_not_recognised_and_takes_no_memory(start):
    assert not REGISTER.recognises(start * 10_000)
