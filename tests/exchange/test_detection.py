"""Detection: what a file is, by its content and then by its suffix."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.errors import InputError, UnknownFormatError, UnrecognisedInputError
from aiexchange.exchange import convert
from aiexchange.exchange.codecs import for_content, for_suffix, named
from aiexchange.formats import FORMATS, SYNTAXES
from shared import DATA, EXPORT, REAL_CSV, SAMPLES

GOOD = SAMPLES / "minimal.csv"


def head(name):
    stream = io.BytesIO()
    convert(GOOD, stream, to_format=name)
    return stream.getvalue()[:65536]


@pytest.mark.parametrize("name", [*FORMATS, *SYNTAXES.values(), "nl-algoritmeregister"])
@pytest.mark.parametrize("file", ["-", "file", "file.csv", "file.xml", "file.txt"])
def test_what_we_write_is_recognised_under_any_name(name, file):
    codec, _ = for_content(head(name), file)
    assert codec is named(name)[0]


@pytest.mark.parametrize("name", [*FORMATS, *SYNTAXES.values()])
def test_only_one_format_recognises_what_we_write(name):
    assert [each for each in FORMATS if FORMATS[each].recognises(head(name))] == [
        named(name)[0].name
    ]


def test_json_is_recognised_whatever_the_order_and_layout_of_its_members(tmp_path):
    convert(EXPORT, tmp_path / "a.json")
    members = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    for indent in (None, 2):
        for value in (members, members[:1], members[0]):
            text = json.dumps(value, sort_keys=True, indent=indent)
            codec, _ = for_content(text.encode()[:65536], "-")
            assert codec.name in ("json", "jsonl")


@pytest.mark.parametrize(
    "path", [EXPORT, *sorted(SAMPLES.glob("[dms]*.csv")), *REAL_CSV], ids=lambda path: path.name
)
def test_an_export_is_recognised_by_its_heading(path):
    if not path.exists():
        pytest.skip("the shared data is not here")
    codec, _ = for_content(path.read_bytes()[:65536], "-")
    assert codec.name == "nl-algoritmeregister"


@pytest.mark.parametrize(
    "heading",
    [
        "name,organization,status,goal,lang",
        "Name,ORGANIZATION,Status,Goal,Lang",
        "Naam;Organisatienaam;Status;Doel en impact;Taal",
        '"lang"\t"goal"\t"own"\t"status"\t"name"\t"organization"',
        " name , organization , status , goal , lang ",
    ],
)
def test_a_heading_is_recognised_in_any_dress(heading):
    codec, _ = for_content(f"{heading}\r\nx\r\n".encode(), "-")
    assert codec.name == "nl-algoritmeregister"


@pytest.mark.parametrize("suffix", [*SYNTAXES, ".jsonl", ".ndjson", ".xml", ".json"])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_suffix_names_a_format_in_any_case(suffix, case):
    codec, syntax = for_suffix(f"a.b{case(suffix)}")
    assert suffix in codec.suffixes
    assert syntax == SYNTAXES.get(suffix)


@pytest.mark.parametrize("path", ["out", "out.", "out.pdf", ".xml", "out.xml.gz"])
def test_a_suffix_of_no_format_is_refused_with_those_that_there_are(path):
    with pytest.raises(UnknownFormatError, match="jsonl"):
        for_suffix(path)


@pytest.mark.parametrize("name", ["", "csv", "XML", "eudb", "../jsonl"])
def test_a_name_of_no_format_is_refused_with_those_that_there_are(name):
    with pytest.raises(UnknownFormatError, match="eudb-xml"):
        named(name)


@given(st.binary(max_size=300))
def test_any_bytes_are_recognised_or_refused(data):
    try:
        for_content(data, "file")
    except UnrecognisedInputError as error:
        assert "is not recognised" in str(error)


_FOREIGN = [
    "registers/norway-ai-projects/openapi.yaml",
    "registers/norway-ai-projects/ai_projects_norwegian_state-Oversatt_v1.csv",
    "registers/eu-jrc-pstw/pstw_dataset.xlsx",
    "registers/canada-ai-register/gc-ai-register-mvp.csv",
    "registers/uk-atrs/atrs_records.csv",
    "registers/uk-atrs/atrs_records.json",
    "registers/us-federal-2025/data_dictionary.json",
    "registers/us-federal-2025/2025_consolidated_COTS_AI_use_cases.csv",
    "supplier-formats/minbzk-system-card/systemcard_schema.json",
    "supplier-formats/aicat/aicat.ttl",
    "supplier-formats/aicat/aicat-shacl.ttl",
    "nl/schemas/publicatiestandaard-v1.0.0.schema.json",
    "nl/beslishulp/categories.yaml",
]


@pytest.mark.parametrize("path", _FOREIGN)
def test_what_is_about_something_else_is_no_registration_and_leaves_no_file(path, tmp_path):
    source, target = DATA / path, tmp_path / "target.jsonl"
    if not source.exists():
        pytest.skip("the shared data is not here")
    with pytest.raises(InputError):
        convert(source, target)
    assert not target.exists()


@pytest.mark.parametrize("name", ["system_card.yaml", "Onze System-Card 2026.yml"])
def test_yaml_of_unknown_names_is_the_card_that_its_file_is_called_after(name, tmp_path):
    path = tmp_path / name
    path.write_text("title: Voorbeeld\n")
    assert convert(path, tmp_path / "target.jsonl").source_format == "nl-system-card"
