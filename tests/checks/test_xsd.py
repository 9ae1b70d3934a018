"""The schema check: what it finds, with line, named path and record id."""

from __future__ import annotations

import io

import pytest

from aiexchange.checks.xsd import validate
from aiexchange.errors import InputError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.model import Entry, Registration


def message(number=3):
    given = [
        Registration.model_validate(
            {
                "record_id": f"nl-algoritmeregister:{each}",
                "modified": "2024-05",
                "languages": ["nl"],
            }
        )
        for each in range(number)
    ]
    stream = io.BytesIO()
    list(FORMATS["eudb-xml"].write([Entry(each, Origin()) for each in given], stream, Options()))
    return stream.getvalue()


def found(data):
    return list(validate(io.BytesIO(data), "file.xml"))


def test_a_good_message_has_no_findings():
    assert found(message()) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        (b"<Modified>2024-05<", b"<Modified>mei<", "xsd.type", "/Extensions/Modified"),
        (b"<Language>", b"<Taal>x</Taal><Language>", "xsd.element", "/Extensions/Taal"),
        (b"<Context/>", b"", "xsd.element", "/Extensions"),
        (b'action="NEW"', b'action="MAKE"', "xsd.type", ""),
        (b' action="NEW"', b"", "xsd.attribute", ""),
        (b' action="NEW"', b' action="NEW" odd="1"', "xsd.attribute", ""),
    ],
)
def test_what_is_wrong_is_named_by_place_and_record(old, new, code, path):
    data = message()
    cut = data.index(b"nl-algoritmeregister:0")
    start = data[:cut].rindex(b"<Registration ")
    wrong = data[:start] + data[start:].replace(old, new, 1)
    first = found(wrong)[0]
    assert first.code == code
    assert first.path == f"RegistrationMessage/Registration[1]{path}"
    assert first.record_id == "nl-algoritmeregister:0"
    line = wrong[:start].count(b"\n") + 1
    assert line <= first.origin.line <= line + 12
    assert "{" not in first.message


def test_the_root_is_checked_too():
    codes = [finding.code for finding in found(message().replace(b'"1.0.0"', b'"2.0.0"'))]
    assert codes == ["xsd.attribute"]


def test_a_doctype_is_refused():
    with pytest.raises(InputError):
        found(b"<!DOCTYPE a>" + message().partition(b"\n")[2])
