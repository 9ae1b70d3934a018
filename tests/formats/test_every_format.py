"""What every format owes: what it writes, it reads back as it was."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings

from aiexchange.errors import InputError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, SYNTAXES, Options
from aiexchange.model import Entry, Registration
from strategies import registrations

WAYS = [(name, None) for name in FORMATS if name != "dcat"]
WAYS += [("dcat", syntax) for syntax in SYNTAXES.values()]
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def written(name, syntax, *given):
    stream = io.BytesIO()
    entries = [Entry(each, Origin()) for each in given]
    findings = list(FORMATS[name].write(entries, stream, Options(syntax=syntax)))
    return stream.getvalue(), findings


def read(name, syntax, data):
    return list(FORMATS[name].read(io.BytesIO(data), Options(file="file", syntax=syntax)))


@pytest.mark.parametrize(("name", "syntax"), WAYS)
@some
@given(registration=registrations())
def test_what_is_written_is_read_back(name, syntax, registration):
    data, lost = written(name, syntax, registration)
    if lost:
        return
    (entry,) = read(name, syntax, data)
    assert entry.registration == registration
    assert entry.findings == ()


@pytest.mark.parametrize(("name", "syntax"), WAYS)
@some
@given(registration=registrations())
def test_the_same_registration_gives_the_same_bytes(name, syntax, registration):
    assert written(name, syntax, registration) == written(name, syntax, registration)


@pytest.mark.parametrize(("name", "syntax"), WAYS)
def test_a_file_is_recognised_by_its_beginning(name, syntax):
    data, _ = written(name, syntax, Registration(record_id="nl-algoritmeregister:12345674"))
    assert [each for each in FORMATS if FORMATS[each].recognises(data[:65536])] == [name]


@pytest.mark.parametrize(("name", "syntax"), WAYS)
def test_order_and_number_of_registrations_are_kept(name, syntax):
    given = [Registration(record_id=f"nl-algoritmeregister:{number}") for number in (3, 1, 2)]
    data, _ = written(name, syntax, *given)
    assert [entry.registration for entry in read(name, syntax, data)] == given


@pytest.mark.parametrize(("name", "syntax"), WAYS)
def test_two_versions_of_a_record_stay_apart(name, syntax):
    given = [Registration(record_id="nl-algoritmeregister:1", version=each) for each in (1, 2)]
    data, _ = written(name, syntax, *given)
    assert [entry.registration for entry in read(name, syntax, data)] == given


@pytest.mark.parametrize(("name", "syntax"), WAYS)
def test_an_empty_file_is_refused(name, syntax):
    with pytest.raises(InputError):
        read(name, syntax, b"")


@pytest.mark.parametrize(("name", "syntax"), WAYS)
def test_a_truncated_file_is_refused(name, syntax):
    given = [
        Registration(record_id=f"nl-algoritmeregister:{number}", title={"nl": "titel " * 9})
        for number in range(3)
    ]
    data, _ = written(name, syntax, *given)
    with pytest.raises(InputError):
        read(name, syntax, data.rstrip()[:-25])
