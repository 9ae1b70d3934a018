"""The XML: valid, each field once, nothing lost to those who edit it, nothing risked."""

from __future__ import annotations

import io
import re

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from lxml import etree

from aiexchange.errors import InputError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb import xsd
from aiexchange.formats.eudb.layout import CONTEXT, EXTENSIONS, KEY, plan
from aiexchange.model import Entry, Registration
from aiexchange.model.codes import SectionCode
from aiexchange.model.table import fields_of
from aiexchange.model.types import Kind
from aiexchange.resources import data_folder
from strategies import registrations

XML = FORMATS["eudb-xml"]
SCHEMAS = data_folder("schemas") / "eudb" / "1.0"
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def written(*given):
    stream = io.BytesIO()
    list(XML.write([Entry(each, Origin()) for each in given], stream, Options()))
    return stream.getvalue()


def read(data):
    return list(XML.read(io.BytesIO(data), Options(file="file.xml")))


def one(**fields):
    return Registration.model_validate({"record_id": "nl-algoritmeregister:1", **fields})


def test_the_shipped_schemas_are_those_of_the_layout():
    for name, text in xsd.schemas().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text


@pytest.fixture(scope="module")
def validators():
    path = SCHEMAS / "message.xsd"
    return etree.XMLSchema(etree.parse(path)), xmlschema.XMLSchema(str(path))


@some
@given(registration=registrations())
def test_every_message_is_valid_in_lxml_and_in_xmlschema(validators, registration):
    ours, theirs = validators
    data = written(registration)
    ours.assertValid(etree.fromstring(data))
    theirs.validate(io.BytesIO(data))


def test_a_message_without_registrations_is_valid(validators):
    validators[0].assertValid(etree.fromstring(written()))
    assert read(written()) == []


@pytest.mark.parametrize("due", [(), ("A",), ("B",), ("C",), ("A", "C"), ("IX",), ("A", "C", "IX")])
def test_each_canonical_field_has_one_place(due):
    places = [
        slot.path for block in plan(frozenset(map(SectionCode, due))) for slot in block.slots()
    ]
    assert len(places) == len(set(places))
    assert set(places) == set(_fields())


def _fields():
    for name, field in fields_of(Registration).items():
        if field.kind is Kind.PART and not field.many:
            yield from (f"{name}.{inner}" for inner in fields_of(field.model))
        elif name not in KEY:
            yield name


def test_the_deleted_points_have_no_element():
    text = (SCHEMAS / "registration.xsd").read_text(encoding="utf-8")
    section = text[text.index('complexType name="SectionB"') :]
    section = section[: section.index("</xs:complexType>")]
    assert "B-7" not in section
    assert "B-9" not in section


def test_what_is_due_stands_in_its_section_and_the_rest_in_extensions():
    registration = one(
        classification={"declared": "high-risk"},
        provider={"name": "Bedrijf B.V."},
        deployer={"name": "Gemeente Voorbeeld"},
        system={"trade_name": "Toets"},
        use={"provider_entry": "https://eu.example/1", "risk_management": {"nl": "x"}},
    )
    root = etree.fromstring(written(registration))
    names = [etree.QName(child).localname for child in root[0]]
    assert names == ["RecordID", "Version", "Context", "SectionC", "Extensions"]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a><RegistrationMessage xmlns="urn:aiexchange:xsd:message:1"/>',
        '<!DOCTYPE a [<!ENTITY b "c">]>'
        '<RegistrationMessage xmlns="urn:aiexchange:xsd:message:1">&b;</RegistrationMessage>',
        '<RegistrationMessage xmlns="urn:aiexchange:xsd:message:1">&b;</RegistrationMessage>',
        "<html/>",
        "<RegistrationMessage>",
    ],
)
def test_what_may_do_harm_or_is_no_message_is_refused(text):
    with pytest.raises(InputError):
        read(text.encode("utf-8"))
    with pytest.raises(InputError):
        read(text.encode("utf-16"))


def test_others_may_lay_the_text_out_as_they_like():
    registration = one(title={"nl": " a\r\n\tb  "}, modified="2024-05")
    data = written(registration).decode("utf-8")
    data = data.replace("<Modified>2024-05<", "<!-- c -->\n\n<Modified>\n 2024-05 <!-- d -->\n<")
    data = data.replace('xmlns="urn:aiexchange:xsd:registration:1"', "")
    data = re.sub(r"<(/?)(?!\?|!|/?RegistrationMessage)(/?)(\w)", r"<\1\2r:\3", data)
    data = data.replace(
        "<RegistrationMessage", '<RegistrationMessage xmlns:r="urn:aiexchange:xsd:registration:1"'
    )
    (entry,) = read(data.encode("utf-8"))
    assert entry.registration == registration


def test_an_unknown_element_is_a_finding_with_its_line():
    data = written(one(title={"nl": "a"})).replace(b"<Extensions>", b"<Extensions><Odd>1</Odd>")
    (entry,) = read(data)
    assert entry.registration is not None
    (finding,) = entry.findings
    assert finding.code == "eudb-xml.unknown-element"
    assert finding.path == "Registration/Extensions/Odd"
    assert finding.origin.line > 1


def test_a_bad_registration_does_not_lose_the_good_one():
    data = written(one(modified="2024-05"), one(record_id="nl-algoritmeregister:2"))
    bad, good = read(data.replace(b"2024-05", b"mei 2024"))
    assert good.registration is not None
    assert [finding.code for finding in bad.findings] == ["eudb-xml.invalid-registration"]
    assert bad.findings[0].path == "modified"


def test_a_restricted_registration_is_refused():
    registration = one(
        classification={"declared": "high-risk", "annex_iii": ["6(a)"], "sensitive_area": True},
        deployer={"name": "Politie"},
    )
    stream = io.BytesIO()
    (finding,) = XML.write([Entry(registration, Origin())], stream, Options())
    assert finding.code == "eudb-xml.restricted-refused"
    assert b"<Registration " not in stream.getvalue()


def test_context_and_extensions_share_no_element_path():
    assert not {slot.path for slot in CONTEXT.slots()} & {slot.path for slot in EXTENSIONS.slots()}
