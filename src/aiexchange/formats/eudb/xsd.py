"""Schemas: the XSD of our messages, made from the layout and the model.

`python -m aiexchange.formats.eudb.xsd` writes them to `schemas/eudb/1.0/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from xml.sax.saxutils import escape

from aiexchange import law
from aiexchange.formats.eudb.layout import CONTEXT, EXTENSIONS, SECTIONS, Group, Slot
from aiexchange.formats.eudb.names import (
    ACKNOWLEDGEMENT,
    CODELIST,
    COMMON,
    MESSAGE,
    NOT_OFFICIAL,
    REGISTRATION,
    VERSION,
    XML,
    element_name,
)
from aiexchange.model import CanonicalModel, Party, Registration, Statement
from aiexchange.model.codes import SectionCode
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import LONGEST_VALUE, Kind
from aiexchange.resources import data_folder

FOLDER = "1.0"

_XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'

_SIMPLE = {
    Kind.STRING: "c:String",
    Kind.URL: "c:URL",
    Kind.INTEGER: "xs:positiveInteger",
    Kind.BOOLEAN: "xs:boolean",
    Kind.COUNTRY: "c:Country",
    Kind.LANGUAGE: "c:Language",
    Kind.DATE: "c:PartialDate",
    Kind.MOMENT: "c:Moment",
    Kind.TEXT: "c:Text",
    Kind.KEYWORDS: "c:Text",
    Kind.JSON: "r:Values",
    Kind.STATEMENTS: "r:Statements",
}

_DATE = r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_TIME = (
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
)
_URL = r"((https?|ftp)://|www\.)[^\s&lt;&gt;&quot;{}|\\^`]+"


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file name."""
    return {
        "xml.xsd": _xml(),
        "common.xsd": _common(),
        "codelist.xsd": _codelists(),
        "registration.xsd": _registration(),
        "message.xsd": _message(),
        "acknowledgement.xsd": _acknowledgement(),
    }


def _schema(namespace: str, about: str, lines: Iterable[str], imports: str = "") -> str:
    body = "\n".join(lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<!-- {NOT_OFFICIAL} -->\n"
        f'<xs:schema {_XS} xmlns:c="{COMMON}" xmlns:k="{CODELIST}" xmlns:r="{REGISTRATION}"\n'
        f'    targetNamespace="{namespace}" elementFormDefault="qualified" version="{VERSION}">\n'
        f"  <xs:annotation><xs:documentation>{escape(about)}</xs:documentation></xs:annotation>\n"
        f"{imports}{body}\n"
        "</xs:schema>\n"
    )


def _import(namespace: str, file: str) -> str:
    return f'  <xs:import namespace="{namespace}" schemaLocation="{file}"/>\n'


def _documented(text: str, indent: str, item: str = "") -> Iterator[str]:
    """Yield an annotation: what the model says of a field, and the points that ask for it."""
    if not text and not item:
        return
    yield f"{indent}<xs:annotation>"
    if text:
        yield f"{indent}  <xs:documentation>{escape(' '.join(text.split()))}</xs:documentation>"
    for each in item.split():
        yield f'{indent}  <xs:appinfo source="urn:aiexchange:item">{each}</xs:appinfo>'
    yield f"{indent}</xs:annotation>"


def _xml() -> str:
    lines = ('  <xs:attribute name="lang" type="xs:language"/>',)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xs:schema {_XS} targetNamespace="{XML}">\n'
        "  <xs:annotation><xs:documentation>The one attribute of the XML namespace that our "
        "schemas use.</xs:documentation></xs:annotation>\n" + "\n".join(lines) + "\n</xs:schema>\n"
    )


def _simple(name: str, base: str, facets: str, about: str) -> Iterator[str]:
    yield f'  <xs:simpleType name="{name}">'
    yield from _documented(about, "    ")
    yield f'    <xs:restriction base="{base}">{facets}</xs:restriction>'
    yield "  </xs:simpleType>"


def _common() -> str:
    length = f'<xs:minLength value="1"/><xs:maxLength value="{LONGEST_VALUE}"/>'

    def lines() -> Iterator[str]:
        yield from _simple("String", "xs:string", length, "A text in no particular language.")
        pattern = f'<xs:maxLength value="{LONGEST_VALUE}"/><xs:pattern value="{_URL}"/>'
        yield from _simple("URL", "xs:string", pattern, "A web address, as it is written.")
        for name, regex, about in (
            ("Country", "[A-Z]{2}", "A country: ISO 3166-1 alpha-2, Greece is GR."),
            ("Language", "[a-z]{2,3}(-[a-z0-9]{2,8})*", "A language: BCP 47 in lower case."),
            ("PartialDate", _DATE, "A year, a month or a day."),
            ("Moment", f"{_DATE}|{_DAY}{_TIME}", "A partial date, or a date with a time."),
            ("RecordID", r"[a-z0-9][a-z0-9\-]*:\S(.*\S)?", "Register, colon, the register's id."),
            ("SHA256", "[0-9a-f]{64}", "SHA-256 of a document, in hexadecimal digits."),
            ("Digest", "[0-9a-f]{12}", "Fingerprint of a value that follows from another."),
        ):
            facet = f'<xs:pattern value="{escape(regex)}"/>'
            yield from _simple(name, "xs:string", facet, about)
        yield '  <xs:complexType name="Text">'
        yield from _documented("Prose in one language; one element for each.", "    ")
        yield '    <xs:simpleContent><xs:extension base="c:String">'
        yield '      <xs:attribute ref="xml:lang" use="required"/>'
        yield "    </xs:extension></xs:simpleContent>"
        yield "  </xs:complexType>"

    return _schema(COMMON, "Simple types of registrations.", lines(), _import(XML, "xml.xsd"))


_DAY = r"[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


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


def _codelists() -> str:
    def lines() -> Iterator[str]:
        for name, codes in _enums().items():
            labels = law.codelist(_LISTS[name])
            yield f'  <xs:simpleType name="{name}">'
            yield from _documented(codes.__doc__ or "", "    ")
            yield '    <xs:restriction base="xs:token">'
            for code in codes:
                yield f'      <xs:enumeration value="{escape(str(code.value))}">'
                yield from _documented(labels[str(code.value)].label_en, "        ")
                yield "      </xs:enumeration>"
            yield "    </xs:restriction>"
            yield "  </xs:simpleType>"
        yield from _simple(
            "Action",
            "xs:token",
            "".join(f'<xs:enumeration value="{each}"/>' for each in ("NEW", "UPDATE", "WITHDRAW")),
            "What is to be done with a registration.",
        )

    return _schema(CODELIST, "Code lists; the labels are those of schemas/codelists.", lines())


def _type_of(field: Field) -> str:
    if field.kind is Kind.PART:
        assert field.model is not None
        return f"r:{field.model.__name__}"
    if field.kind is Kind.CODE:
        assert field.codes is not None
        return f"k:{field.codes.__name__}"
    if field.name == "sha256":
        return "c:SHA256"
    if field.name == "digest":
        return "c:Digest"
    return _SIMPLE[field.kind]


def _element(name: str, field: Field, indent: str, item: str = "") -> Iterator[str]:
    many = field.many or field.kind in (Kind.TEXT, Kind.KEYWORDS)
    least = "1" if field.required else "0"
    occurs = f'minOccurs="{least}"' + (' maxOccurs="unbounded"' if many else "")
    yield f'{indent}<xs:element name="{name}" type="{_type_of(field)}" {occurs}>'
    yield from _documented(field.doc, indent + "  ", item)
    yield f"{indent}</xs:element>"


def _models() -> dict[str, type[CanonicalModel]]:
    found: dict[str, type[CanonicalModel]] = {"Statement": Statement, "Party": Party}

    def visit(model: type[CanonicalModel]) -> None:
        for field in fields_of(model).values():
            if field.model is not None and field.model.__name__ not in found:
                found[field.model.__name__] = field.model
                visit(field.model)

    visit(Registration)
    return dict(sorted(found.items()))


def _registration() -> str:
    imports = (
        _import(XML, "xml.xsd") + _import(COMMON, "common.xsd") + _import(CODELIST, "codelist.xsd")
    )

    def lines() -> Iterator[str]:
        yield '  <xs:element name="Registration" type="r:Registration"/>'
        yield from _whole()
        yield from _block("Context", CONTEXT.content, "What routes a registration (Art. 49).")
        for code, block in SECTIONS.items():
            about = law.codelist("section")[code.value].label_en
            yield from _block(block.name, block.content, f"{about}: the fields of its items.")
        yield from _restricted_blocks()
        yield from _block("Extensions", EXTENSIONS.content, "What no due section carries.")
        for name, model in _models().items():
            yield f'  <xs:complexType name="{name}">'
            yield from _documented(model.__doc__ or "", "    ")
            yield "    <xs:sequence>"
            for field_name, field in fields_of(model).items():
                yield from _element(element_name(field_name), field, "      ")
            yield "    </xs:sequence>"
            yield "  </xs:complexType>"
        yield from _json_types()

    return _schema(REGISTRATION, "A registration, section by section.", lines(), imports)


def _whole() -> Iterator[str]:
    yield '  <xs:complexType name="Registration">'
    yield from _documented(
        "One registration. A section stands here if it is due; each field of the canonical model "
        "stands once, in the first section that has an item for it, else in the context or the "
        "extensions. Presence is for the rules, not for this schema.",
        "    ",
    )
    yield "    <xs:sequence>"
    yield '      <xs:element name="RecordID" type="c:RecordID"/>'
    yield '      <xs:element name="Version" type="xs:positiveInteger"/>'
    for name in ("Context", *(block.name for block in SECTIONS.values()), "Extensions"):
        least = "1" if name == "Context" else "0"
        yield f'      <xs:element name="{name}" type="r:{name}" minOccurs="{least}"/>'
    yield "    </xs:sequence>"
    yield '    <xs:attribute name="action" type="k:Action" use="required"/>'
    yield "  </xs:complexType>"


def _block(
    name: str,
    content: Iterable[Slot | Group],
    about: str,
    keep: Callable[[Slot], bool] = lambda slot: True,
) -> Iterator[str]:
    yield f'  <xs:complexType name="{name}">'
    yield from _documented(about, "    ")
    yield "    <xs:sequence>"
    for each in content:
        slots = [
            slot for slot in (each.slots if isinstance(each, Group) else (each,)) if keep(slot)
        ]
        if isinstance(each, Group) and slots:
            yield f'      <xs:element name="{each.name}" minOccurs="0">'
            yield "        <xs:complexType><xs:sequence>"
            for slot in slots:
                yield from _element(slot.name, slot.field, "          ", slot.item)
            yield "        </xs:sequence></xs:complexType>"
            yield "      </xs:element>"
        else:
            for slot in slots:
                yield from _element(slot.name, slot.field, "      ", slot.item)
    yield "    </xs:sequence>"
    yield "  </xs:complexType>"


def _restricted_blocks() -> Iterator[str]:
    """Yield the sections as Art. 49(4) leaves them, for the part that is not public."""
    version = law.legal_version()
    for code in (SectionCode.A, SectionCode.B, SectionCode.C):
        block = SECTIONS[code]
        left = {item.id for item in version.section(code) if item.restricted_set}
        yield from _block(
            f"Restricted{block.name}",
            block.content,
            "The items that Art. 49(4) leaves of the section.",
            lambda slot, left=left: bool(left & set(slot.item.split())),  # type: ignore[misc]
        )


def _json_types() -> Iterator[str]:
    yield from (
        '  <xs:complexType name="Values">',
        "    <xs:annotation><xs:documentation>Source values as JSON, by name; name and value are "
        "escaped as JSON strings are.</xs:documentation></xs:annotation>",
        "    <xs:sequence>",
        '      <xs:element name="Value" minOccurs="0" maxOccurs="unbounded">',
        "        <xs:complexType><xs:simpleContent>",
        '          <xs:extension base="xs:string">',
        '            <xs:attribute name="name" type="xs:string" use="required"/>',
        "          </xs:extension>",
        "        </xs:simpleContent></xs:complexType>",
        "      </xs:element>",
        "    </xs:sequence>",
        "  </xs:complexType>",
        '  <xs:complexType name="Statements">',
        "    <xs:annotation><xs:documentation>Who stated a value, or from what it follows, by "
        "canonical path.</xs:documentation></xs:annotation>",
        "    <xs:sequence>",
        '      <xs:element name="Statement" minOccurs="0" maxOccurs="unbounded">',
        "        <xs:complexType><xs:complexContent>",
        '          <xs:extension base="r:Statement">',
        '            <xs:attribute name="path" type="xs:string" use="required"/>',
        "          </xs:extension>",
        "        </xs:complexContent></xs:complexType>",
        "      </xs:element>",
        "    </xs:sequence>",
        "  </xs:complexType>",
    )


def _header(kind: str) -> Iterator[str]:
    yield f'  <xs:complexType name="{kind}">'
    yield from _documented(
        "Who sends what to whom. An exchange file has none, so that the same registrations give "
        "the same bytes.",
        "    ",
    )
    yield "    <xs:sequence>"
    for name, type_ in (
        ("MessageID", "c:String"),
        ("Time", "xs:dateTime"),
        ("Sender", "c:String"),
        ("Recipient", "c:String"),
        ("LegalVersion", "c:PartialDate"),
        ("TestIndicator", "xs:boolean"),
        ("ConversationID", "c:String"),
        ("PartNumber", "xs:positiveInteger"),
        ("PartCount", "xs:positiveInteger"),
    ):
        yield f'      <xs:element name="{name}" type="{type_}" minOccurs="0"/>'
    yield "    </xs:sequence>"
    yield "  </xs:complexType>"


def _message() -> str:
    def lines() -> Iterator[str]:
        yield '  <xs:element name="RegistrationMessage">'
        yield "    <xs:complexType>"
        yield "      <xs:sequence>"
        own = f'xmlns:m="{MESSAGE}"'
        yield f'        <xs:element name="Header" type="m:Header" minOccurs="0" {own}/>'
        yield '        <xs:element ref="r:Registration" minOccurs="0" maxOccurs="unbounded"/>'
        yield "      </xs:sequence>"
        yield '      <xs:attribute name="schemaVersion" use="required">'
        yield "        <xs:simpleType>"
        yield r'          <xs:restriction base="xs:token"><xs:pattern value="1\.[0-9]+\.[0-9]+"/>'
        yield "          </xs:restriction>"
        yield "        </xs:simpleType>"
        yield "      </xs:attribute>"
        yield '      <xs:attribute name="profile" use="required">'
        yield "        <xs:simpleType>"
        yield '          <xs:restriction base="xs:token"><xs:enumeration value="exchange"/>'
        yield '            <xs:enumeration value="submission"/></xs:restriction>'
        yield "        </xs:simpleType>"
        yield "      </xs:attribute>"
        yield "    </xs:complexType>"
        yield "  </xs:element>"
        yield from _header("Header")

    imports = _import(COMMON, "common.xsd") + _import(REGISTRATION, "registration.xsd")
    return _schema(MESSAGE, "A message with registrations.", lines(), imports)


def _acknowledgement() -> str:
    def lines() -> Iterator[str]:
        own = f'xmlns:a="{ACKNOWLEDGEMENT}"'
        yield '  <xs:element name="RegistrationAcknowledgement">'
        yield "    <xs:complexType><xs:sequence>"
        yield f'      <xs:element name="Header" type="a:Header" minOccurs="0" {own}/>'
        yield f'      <xs:element name="Result" type="a:Result" {own} minOccurs="0"'
        yield '        maxOccurs="unbounded"/>'
        yield "    </xs:sequence></xs:complexType>"
        yield "  </xs:element>"
        yield from _header("Header")
        yield '  <xs:complexType name="Result">'
        yield from _documented("What became of one registration under one section.", "    ")
        yield "    <xs:sequence>"
        for name, type_, occurs in (
            ("RecordID", "c:RecordID", ""),
            ("Version", "xs:positiveInteger", ' minOccurs="0"'),
            ("Section", "k:SectionCode", ""),
            ("State", "k:EntryState", ""),
            ("ID", "c:String", ' minOccurs="0"'),
            ("URL", "c:URL", ' minOccurs="0"'),
        ):
            yield f'      <xs:element name="{name}" type="{type_}"{occurs}/>'
        yield '      <xs:element name="Finding" minOccurs="0" maxOccurs="unbounded">'
        yield "        <xs:complexType><xs:sequence>"
        for name in ("Code", "Severity", "Path", "Message", "Basis"):
            yield f'          <xs:element name="{name}" type="c:String" minOccurs="0"/>'
        yield "        </xs:sequence></xs:complexType>"
        yield "      </xs:element>"
        yield "    </xs:sequence>"
        yield "  </xs:complexType>"

    imports = _import(COMMON, "common.xsd") + _import(CODELIST, "codelist.xsd")
    return _schema(ACKNOWLEDGEMENT, "What a receiver answers to a message.", lines(), imports)


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(data_folder("schemas") / "eudb" / FOLDER)
