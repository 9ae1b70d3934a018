"""Schemas of messages: what is sent, and what a receiver answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aiexchange.formats.eudb.names import (
    ACKNOWLEDGEMENT,
    CODELIST,
    COMMON,
    MESSAGE,
    RECORDS,
    REGISTRATION,
    XML,
)
from aiexchange.formats.eudb.schema_text import documented, enumeration, schema, sequence, simple

_HEADER = {
    "MessageID": "c:String",
    "Time": "xs:dateTime",
    "Sender": "c:String",
    "Recipient": "c:String",
    "LegalVersion": "c:Day",
    "TestIndicator": "xs:boolean",
    "ConversationID": "c:String",
    "PartNumber": "xs:positiveInteger",
    "PartCount": "xs:positiveInteger",
    "Generator": "c:String",
}
_ABOUT_HEADER = (
    "Who sends what to whom. An exchange file has none, so that the same registrations give the "
    "same bytes."
)
_PROFILES = {
    "exchange": "Everything that is known, without loss.",
    "submission": "What the items ask for, of registrations that are ready.",
}
_SEVERITIES = {
    "violation": "The data do not conform.",
    "warning": "It should be looked at.",
    "info": "It is good to know.",
}


def message() -> str:
    """Return the schema of messages with registrations."""
    files = {COMMON: "common.xsd", REGISTRATION: "registration.xsd"}
    return schema(MESSAGE, "A message with registrations.", _message(), files)


def _message() -> Iterator[str]:
    own = f'xmlns:m="{MESSAGE}"'
    yield f'  <xs:element name="RegistrationMessage" {own}>'
    yield "    <xs:complexType>"
    yield "      <xs:sequence>"
    yield '        <xs:element ref="m:Header" minOccurs="0"/>'
    yield "        <xs:choice>"
    yield from documented(
        "Public and restricted registrations never share a message.", "          "
    )
    yield '          <xs:element ref="r:Registration" minOccurs="0" maxOccurs="unbounded"/>'
    yield '          <xs:choice minOccurs="0" maxOccurs="unbounded">'
    for name in RECORDS[1:]:
        yield f'            <xs:element ref="r:{name}"/>'
    yield "          </xs:choice>"
    yield "        </xs:choice>"
    yield "      </xs:sequence>"
    yield '      <xs:attribute name="schemaVersion" type="m:SchemaVersion" use="required"/>'
    yield '      <xs:attribute name="profile" type="m:Profile" use="required"/>'
    yield "    </xs:complexType>"
    yield "  </xs:element>"
    yield f'  <xs:element name="Header" type="m:Header" {own}/>'
    yield from _header()
    about = "Exact version of the schema."
    yield from simple("SchemaVersion", "xs:token", about, pattern=r"1\.[0-9]+\.[0-9]+")
    yield from enumeration("Profile", "What a message is for.", _PROFILES)


def _header(more: Mapping[str, str] | None = None) -> Iterator[str]:
    elements = (
        f'      <xs:element name="{name}" type="{kind}" minOccurs="0"/>'
        for name, kind in {**_HEADER, **(more or {})}.items()
    )
    yield from sequence("Header", _ABOUT_HEADER, elements)


def acknowledgement() -> str:
    """Return the schema of answers: what became of each registration, with findings."""
    files = {XML: "xml.xsd", COMMON: "common.xsd", CODELIST: "codelist.xsd"}
    about = "What a receiver answers to a message."
    return schema(ACKNOWLEDGEMENT, about, _acknowledgement(), files)


def _acknowledgement() -> Iterator[str]:
    own = f'xmlns:a="{ACKNOWLEDGEMENT}"'
    some = 'minOccurs="0" maxOccurs="unbounded"'
    yield f'  <xs:element name="RegistrationAcknowledgement" {own}>'
    yield "    <xs:complexType>"
    yield "      <xs:sequence>"
    yield '        <xs:element name="Header" type="a:Header" minOccurs="0"/>'
    yield f'        <xs:element name="Finding" type="a:Finding" {some}>'
    yield from documented("Findings about the message as a whole.", "          ")
    yield "        </xs:element>"
    yield f'        <xs:element name="Result" type="a:Result" {some}/>'
    yield "      </xs:sequence>"
    yield '      <xs:attribute name="schemaVersion" type="a:SchemaVersion" use="required"/>'
    yield "    </xs:complexType>"
    yield "  </xs:element>"
    yield from _header({"InReplyTo": "c:String"})
    about = "Exact version of the schema."
    yield from simple("SchemaVersion", "xs:token", about, pattern=r"1\.[0-9]+\.[0-9]+")
    yield from enumeration("Severity", "How much a finding matters.", _SEVERITIES)
    yield from sequence(
        "Result",
        "What became of one registration under one section, or under none that is due.",
        _result(),
    )
    yield from sequence("Finding", "One observation.", _finding())


def _result() -> Iterator[str]:
    own = f'xmlns:a="{ACKNOWLEDGEMENT}"'
    for name, kind, least in (
        ("RecordID", "c:RecordID", 1),
        ("Version", "xs:positiveInteger", 0),
        ("Section", "k:SectionCode", 0),
        ("State", "k:EntryState", 1),
        ("ID", "c:String", 0),
        ("URL", "c:URL", 0),
    ):
        yield f'      <xs:element name="{name}" type="{kind}" minOccurs="{least}"/>'
    yield f'      <xs:element name="Finding" type="a:Finding" minOccurs="0" {own}'
    yield '        maxOccurs="unbounded"/>'


def _finding() -> Iterator[str]:
    own = f'xmlns:a="{ACKNOWLEDGEMENT}"'
    for name, kind, occurs in (
        ("Code", "c:String", ""),
        ("Severity", "a:Severity", f" {own}"),
        ("Path", "c:String", ' minOccurs="0"'),
        ("Message", "c:Text", ' maxOccurs="unbounded"'),
        ("Mend", "c:Text", ' minOccurs="0" maxOccurs="unbounded"'),
        ("Basis", "c:String", ' minOccurs="0"'),
    ):
        yield f'      <xs:element name="{name}" type="{kind}"{occurs}/>'
