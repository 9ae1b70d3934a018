"""What the tests of catalogues share: the sample as registrations, written and read back."""

from __future__ import annotations

import io

from aiexchange.exchange import read as read_any
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, SYNTAXES, Options
from aiexchange.model import Entry, Registration
from shared import EXPORT

SYNTAX_NAMES = list(SYNTAXES.values())
IRI = "<https://w3id.org/aiexchange/id/registration/nl-algoritmeregister%3A1>"


def sample() -> list[Registration]:
    """The registrations of the sample export."""
    return [entry.registration for entry in read_any(EXPORT) if entry.registration]


def written(given, syntax="ntriples", **options) -> bytes:
    """Registrations as a catalogue."""
    stream = io.BytesIO()
    entries = [Entry(each, Origin()) for each in given]
    list(FORMATS["dcat"].write(entries, stream, Options(syntax=syntax, **options)))
    return stream.getvalue()


def entries_of(data: bytes, syntax=None) -> list[Entry]:
    """The entries of a catalogue."""
    return list(FORMATS["dcat"].read(io.BytesIO(data), Options(file="file", syntax=syntax)))


def read_back(data: bytes, syntax=None) -> dict[str, Registration]:
    """The registrations of a catalogue by their ids; nothing may have been found."""
    entries = entries_of(data, syntax)
    assert [finding for entry in entries for finding in entry.findings] == []
    return {entry.registration.record_id: entry.registration for entry in entries}


def by_id(given) -> dict[str, Registration]:
    """Registrations by their ids."""
    return {each.record_id: each for each in given}


def one(**tree) -> Registration:
    """A registration with what is given."""
    return Registration.model_validate({"record_id": "nl-algoritmeregister:1", **tree})
