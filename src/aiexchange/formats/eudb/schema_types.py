"""Schema types: the simple types of registrations, with the code lists of the model."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from aiexchange import law
from aiexchange.formats.eudb.names import CODELIST, COMMON, XML
from aiexchange.formats.eudb.schema_text import XS, documented, enumeration, schema, simple
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.table import fields_of
from aiexchange.model.types import LONGEST_VALUE

_YEAR = "[1-9][0-9]{3}"
_SPACES = "&#x85;&#xA0;&#x1680;&#x2000;-&#x200A;&#x2028;&#x2029;&#x202F;&#x205F;&#x3000;"
_URL = rf"((https?|ftp)://|www\.)[^\s&#x7F;{_SPACES}&lt;&gt;&quot;\{{\}}|\\\^`]+"
_OFFSET = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
_TIME = rf"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{1,6}})?{_OFFSET}"
_RECORD_ID = r"[a-z0-9][a-z0-9\-]*:[^\s&#x7F;]([^\t\r\n&#x7F;]*[^\s&#x7F;])?"

_LISTS = {
    "AnnexIIIPoint": "annex-iii",
    "AnnexXIVCode": "annex-xiv",
    "Article63Condition": "article-6-3",
    "AssessmentKind": "assessment-kind",
    "EntryState": "entry-state",
    "OperatorKind": "operator-kind",
    "RiskClass": "risk-class",
    "SectionCode": "section",
    "StatementKind": "statement-kind",
    "SuspensionState": "suspension",
    "SystemStatus": "system-status",
    "UseStatus": "use-status",
}

_ACTIONS = {
    "NEW": "The registration is new.",
    "UPDATE": "It takes the place of an older version.",
    "WITHDRAW": "It was made in error.",
}


def xml() -> str:
    """Return our writing of the one attribute of the XML namespace that we use."""
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xs:schema {XS} targetNamespace="{XML}">',
        *documented("The one attribute of the XML namespace that our schemas use.", "  "),
        '  <xs:attribute name="lang" type="xs:language"/>',
        "</xs:schema>",
        "",
    )
    return "\n".join(lines)


def common() -> str:
    """Return the schema of the simple types, and of text in a language."""
    return schema(COMMON, "Types of values.", _common(), {XML: "xml.xsd"})


def _common() -> Iterator[str]:
    about = "A text in no particular language; the space in it counts."
    yield from simple("String", "xs:string", about, minLength=1, maxLength=LONGEST_VALUE)
    about = "A web address as it is written, with http, https or ftp, or from www on."
    yield from simple("URL", "xs:token", about, maxLength=LONGEST_VALUE, pattern=_URL)
    about = "Register, colon, identifier, such as nl-algoritmeregister:12345674."
    yield from simple("RecordID", "xs:token", about, maxLength=512, pattern=_RECORD_ID)
    for name, pattern, about in (
        ("Country", "[A-Z]{2}", "A country: ISO 3166-1 alpha-2, such as NL; Greece is GR."),
        ("Language", "[a-z]{2,3}(-[a-z0-9]{2,8})*", "A language: BCP 47 in lower case."),
        ("SHA256", "[0-9a-f]{64}", "SHA-256 of a document, in hexadecimal digits."),
        ("Digest", "[0-9a-f]{12}", "Fingerprint of a value that follows from another."),
    ):
        yield from simple(name, "xs:token", about, pattern=pattern)
    yield from _dates()
    yield '  <xs:complexType name="Text">'
    yield from documented("Prose in one language; one element for each.", "    ")
    yield '    <xs:simpleContent><xs:extension base="c:String">'
    yield '      <xs:attribute ref="xml:lang" use="required"/>'
    yield "    </xs:extension></xs:simpleContent>"
    yield "  </xs:complexType>"


def _dates() -> Iterator[str]:
    """Yield dates as precise as they are known; without a time zone, which the model lacks."""
    day = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
    yield from simple("Year", "xs:gYear", "A year.", pattern=_YEAR)
    yield from simple("Month", "xs:gYearMonth", "A month of a year.", pattern=f"{_YEAR}-[0-9]{{2}}")
    yield from simple("Day", "xs:date", "A day.", pattern=day)
    yield from simple("Instant", "xs:dateTime", "A date with a time.", pattern=f"{day}{_TIME}")
    for name, types, about in (
        (
            "PartialDate",
            "c:Day c:Month c:Year",
            "A year, a month or a day: 2023, 2023-04 or 2023-04-01.",
        ),
        (
            "Moment",
            "c:Instant c:Day c:Month c:Year",
            "A partial date, or a date with a time, such as 2024-05-02T12:00:00Z.",
        ),
    ):
        yield f'  <xs:simpleType name="{name}">'
        yield from documented(about, "    ")
        yield f'    <xs:union memberTypes="{types}"/>'
        yield "  </xs:simpleType>"


def codelists() -> str:
    """Return the schema of the code lists of the model."""

    def lines() -> Iterator[str]:
        for name, codes in _enums().items():
            labels = law.codelist(_LISTS[name])
            labelled = {str(code.value): labels[str(code.value)].label_en for code in codes}
            yield from enumeration(name, codes.__doc__ or "", labelled)
        yield from enumeration("Action", "What is to be done with a registration.", _ACTIONS)

    return schema(CODELIST, "Code lists, labelled as in schemas/codelists.", lines(), {})


def _enums() -> dict[str, type[Enum]]:
    """Return the code lists that the model uses, by the name of their class."""
    found: dict[str, type[Enum]] = {}

    def visit(model: type[CanonicalModel]) -> None:
        for field in fields_of(model).values():
            if field.codes is not None:
                found[field.codes.__name__] = field.codes
            if field.model is not None:
                visit(field.model)

    visit(Registration)
    visit(Statement)
    return dict(sorted(found.items()))
