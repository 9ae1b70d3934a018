"""JSON and JSON Lines: what is read, and what a bad member does to the others."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiexchange.errors import InputError, LimitError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options, canonical
from aiexchange.model import SCHEMA_ID, Entry
from strategies import registrations

GOOD = '{"schema":"aiexchange/registration/1","record_id":"nl-algoritmeregister:1"}'
WRONG = '{"schema":"aiexchange/registration/1","record_id":"nl-algoritmeregister:2","titel":1}'
some = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
both = pytest.mark.parametrize("name", ["json", "jsonl"])


def read(name, data):
    return list(FORMATS[name].read(io.BytesIO(data), Options(file="f")))


def entries(name, text):
    return read(name, text.encode("utf-8"))


def written(name, given):
    stream = io.BytesIO()
    found = (Entry(each, Origin()) for each in given)
    assert list(FORMATS[name].write(found, stream, Options())) == []
    return stream.getvalue()


@both
@some
@given(many=st.lists(registrations(), min_size=1, max_size=3))
def test_registrations_are_read_back_as_they_were_written(name, many):
    found = read(name, written(name, many))
    assert [entry.registration for entry in found] == many
    assert all(entry.findings == () for entry in found)


@both
@some
@given(one=registrations())
def test_json_that_others_have_laid_out_anew_says_the_same(name, one):
    member = json.loads(written("jsonl", [one]))
    text = json.dumps(member, sort_keys=True, ensure_ascii=True)
    (entry,) = entries(name, text)
    assert entry.registration == one


@both
@some
@given(one=registrations())
def test_every_object_begins_with_its_schema(name, one):
    text = written(name, [one]).decode("utf-8").lstrip("[\n")
    assert text.startswith(f'{{"schema":"{SCHEMA_ID}","record_id":')


@some
@given(one=registrations())
def test_a_registration_is_one_line(one):
    assert written("jsonl", [one]).count(b"\n") == 1


@both
def test_nothing_is_written_as_nothing_that_can_be_read_as_a_list(name):
    assert written(name, []) == {"json": b"[]\n", "jsonl": b""}[name]


@pytest.mark.parametrize(
    ("name", "text"),
    [("jsonl", f"{WRONG}\n{GOOD}\n"), ("json", f"[{WRONG},\n{GOOD}]")],
)
def test_a_bad_registration_does_not_lose_the_good_one(name, text):
    bad, good = entries(name, text)
    assert good.registration is not None
    assert [finding.code for finding in bad.findings] == ["json.invalid-registration"]
    assert bad.findings[0].path == "titel"
    assert bad.findings[0].record_id == "nl-algoritmeregister:2"


@both
@pytest.mark.parametrize("member", ["1", "null", '"text"', "[]", "{}", "[[]]", "true"])
def test_what_is_no_registration_is_a_finding(name, member):
    text = f"[{member}]" if name == "json" else f"{member}\n"
    (entry,) = entries(name, text)
    assert [finding.code for finding in entry.findings] == ["json.schema-unknown"]


@both
@pytest.mark.parametrize(
    ("member", "path"),
    [
        ('"record_id":"no colon"', "record_id"),
        ('"record_id":"x:1","version":0', "version"),
        ('"record_id":"x:1","version":"1"', None),
        ('"record_id":"x:1","modified":"gisteren"', "modified"),
        ('"record_id":"x:1","modified":"2023-02-30"', "modified"),
        ('"record_id":"x:1","title":{"Nederlands":"x"}', "title"),
        ('"record_id":"x:1","title":{"nl":"a\\u0001"}', "title"),
        ('"record_id":"x:1","use":{"status":"sluimert"}', "use.status"),
        ('"record_id":"x:1","use":{"start":"2023-13"}', "use.start"),
        ('"record_id":"x:1","residue":[]', "residue"),
        ('"title":{"nl":"x"}', "record_id"),
    ],
)
def test_a_value_that_the_model_does_not_allow_is_named_by_its_path(name, member, path):
    text = f'{{"schema":"{SCHEMA_ID}",{member}}}'
    (entry,) = entries(name, f"[{text}]" if name == "json" else text)
    if path is None:
        return
    assert entry.registration is None
    assert {finding.code for finding in entry.findings} == {"json.invalid-registration"}
    assert any(finding.path.startswith(path) for finding in entry.findings)


def test_a_line_that_is_no_json_is_a_finding_with_its_line():
    good, bad, last = entries("jsonl", f"{GOOD}\n{{oops}}\n{GOOD}\n")
    assert good.registration == last.registration
    assert [finding.code for finding in bad.findings] == ["json.syntax"]
    assert bad.origin.line == 2


def test_a_line_that_is_no_utf_8_is_a_finding_and_the_others_are_read():
    data = GOOD.encode() + b'\n{"schema":"\xff"}\n' + GOOD.encode() + b"\n"
    good, bad, last = read("jsonl", data)
    assert good.registration == last.registration
    assert [finding.code for finding in bad.findings] == ["json.syntax"]


def test_blank_lines_say_nothing():
    assert len(entries("jsonl", f"\n{GOOD}\n\n \r\n{GOOD}\r\n")) == 2


def test_members_are_counted_from_one():
    assert [entry.origin.row for entry in entries("json", f"[{GOOD},{WRONG}]")] == [1, 2]


@both
def test_an_unknown_schema_is_a_finding(name):
    text = GOOD.replace("registration/1", "registration/9")
    (entry,) = entries(name, f"[{text}]" if name == "json" else text)
    assert [finding.code for finding in entry.findings] == ["json.schema-unknown"]


@both
def test_a_byte_order_mark_does_no_harm(name):
    text = f"[{GOOD}]" if name == "json" else GOOD
    (entry,) = entries(name, "\ufeff" + text)
    assert entry.registration is not None


@both
def test_the_last_of_two_members_of_one_name_counts_in_no_other_way_than_json_has_it(name):
    text = GOOD.replace('"record_id"', '"version":3,"version":2,"record_id"')
    (entry,) = entries(name, text)
    assert entry.registration is None or entry.registration.version == 2


@both
@pytest.mark.parametrize("number", ["1", "1.0", "-0.5", "1e5", "123456789012345678901234567890"])
def test_a_number_of_the_source_keeps_its_value_and_kind(name, number):
    text = GOOD.replace("}", f',"extras":{{"n":{number}}}}}')
    (entry,) = entries(name, text)
    assert repr(entry.registration.extras["n"]) == repr(json.loads(number))
    (again,) = read(name, written(name, [entry.registration]))
    assert again.registration == entry.registration


def test_one_object_alone_is_read_as_json():
    (entry,) = entries("json", GOOD)
    assert entry.registration is not None


@both
@pytest.mark.parametrize("text", ["", "\ufeff", " \n", "\n\n"])
def test_an_empty_file_is_refused(name, text):
    with pytest.raises(InputError):
        entries(name, text)


@pytest.mark.parametrize("text", ["[", f"[{GOOD}", f"[{GOOD},", f"[{GOOD}]]", f"[{GOOD}] x", "]"])
def test_json_that_is_not_whole_is_refused(text):
    with pytest.raises(InputError):
        entries("json", text)


@pytest.mark.parametrize("cut", range(1, len(GOOD), 9))
def test_lines_that_end_half_way_are_refused(cut):
    with pytest.raises(InputError, match="truncated"):
        entries("jsonl", f"{GOOD}\n{GOOD[:cut]}")


@pytest.mark.parametrize("opening", ["[", '{"schema":', '{"residue":[', "[{"])
@both
def test_json_that_is_nested_without_end_is_refused(name, opening):
    with pytest.raises(InputError):
        entries(name, opening * 100_000)


@both
def test_json_that_is_nested_deep_but_whole_does_no_harm(name):
    deep = "[" * 20_000 + "]" * 20_000
    text = GOOD.replace("}", f',"residue":{{"x":{deep}}}}}')
    try:
        found = entries(name, f"[{text}]\n" if name == "json" else f"{text}\n{GOOD}\n")
    except InputError:
        return
    assert found[0].registration is None
    assert found[0].findings


def test_a_line_over_the_limit_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(canonical, "LONGEST_LINE", 100)
    with pytest.raises(LimitError, match="64 MiB"):
        entries("jsonl", GOOD + " " * 100)
