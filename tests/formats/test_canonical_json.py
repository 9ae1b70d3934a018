"""JSON and JSON Lines: what is read, and what a bad member does to the others."""

from __future__ import annotations

import io

import pytest

from aiexchange.errors import InputError
from aiexchange.formats import FORMATS, Options

GOOD = '{"schema":"aiexchange/registration/1","record_id":"nl-algoritmeregister:1"}'
WRONG = '{"schema":"aiexchange/registration/1","record_id":"nl-algoritmeregister:2","titel":1}'


def entries(name, text):
    return list(FORMATS[name].read(io.BytesIO(text.encode("utf-8")), Options(file="f")))


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


def test_a_line_that_is_no_json_is_a_finding_with_its_line():
    good, bad, last = entries("jsonl", f"{GOOD}\n{{oops}}\n{GOOD}\n")
    assert good.registration == last.registration
    assert [finding.code for finding in bad.findings] == ["json.syntax"]
    assert bad.origin.line == 2


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_an_unknown_schema_is_a_finding(name):
    text = GOOD.replace("registration/1", "registration/9")
    (entry,) = entries(name, f"[{text}]" if name == "json" else text)
    assert [finding.code for finding in entry.findings] == ["json.schema-unknown"]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_a_byte_order_mark_does_no_harm(name):
    text = f"[{GOOD}]" if name == "json" else GOOD
    (entry,) = entries(name, "\ufeff" + text)
    assert entry.registration is not None


def test_one_object_alone_is_read_as_json():
    (entry,) = entries("json", GOOD)
    assert entry.registration is not None


def test_json_that_is_nested_without_end_is_refused():
    with pytest.raises(InputError):
        entries("json", "[" + '{"schema":' * 100_000)
    with pytest.raises(InputError):
        entries("jsonl", '{"schema":' * 100_000)
