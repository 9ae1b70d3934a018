"""Schema text: the pieces of XML Schema from which our schemas are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from aiexchange.formats.eudb.names import CODELIST, COMMON, NOT_OFFICIAL, REGISTRATION, VERSION
from aiexchange.model.table import Field
from aiexchange.model.types import Kind

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'

TYPES = {
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


def schema(namespace: str, about: str, lines: Iterable[str], imports: dict[str, str]) -> str:
    """Return the text of a schema that imports others, by namespace and file name."""
    imported = (
        f'  <xs:import namespace="{each}" schemaLocation="{file}"/>'
        for each, file in imports.items()
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {NOT_OFFICIAL} -->",
        f'<xs:schema {XS} xmlns:c="{COMMON}" xmlns:k="{CODELIST}" xmlns:r="{REGISTRATION}"',
        f'    targetNamespace="{namespace}" elementFormDefault="qualified" version="{VERSION}">',
    )
    about = f"{about} {NOT_OFFICIAL}"
    return "\n".join((*head, *documented(about, "  "), *imported, *lines, "</xs:schema>", ""))


def documented(text: str, indent: str, item: str = "") -> Iterator[str]:
    """Yield an annotation: what is to be said, and the points of the Annex that ask for it."""
    if not text and not item:
        return
    yield f"{indent}<xs:annotation>"
    if text:
        yield f"{indent}  <xs:documentation>{escape(' '.join(text.split()))}</xs:documentation>"
    for each in item.split():
        yield f'{indent}  <xs:appinfo source="urn:aiexchange:item">{each}</xs:appinfo>'
    yield f"{indent}</xs:annotation>"


def simple(name: str, base: str, about: str, **facets: str | int) -> Iterator[str]:
    """Yield a simple type that restricts another; the facets are values of attributes."""
    inner = "".join(f'<xs:{facet} value="{value}"/>' for facet, value in facets.items())
    yield f'  <xs:simpleType name="{name}">'
    yield from documented(about, "    ")
    yield f'    <xs:restriction base="{base}">{inner}</xs:restriction>'
    yield "  </xs:simpleType>"


def enumeration(name: str, about: str, codes: dict[str, str]) -> Iterator[str]:
    """Yield a simple type of codes with their labels."""
    yield f'  <xs:simpleType name="{name}">'
    yield from documented(about, "    ")
    yield '    <xs:restriction base="xs:token">'
    for code, label in codes.items():
        yield f'      <xs:enumeration value="{escape(code)}">'
        yield from documented(label, "        ")
        yield "      </xs:enumeration>"
    yield "    </xs:restriction>"
    yield "  </xs:simpleType>"


def sequence(name: str, about: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a complex type whose elements stand in order."""
    yield f'  <xs:complexType name="{name}">'
    yield from documented(about, "    ")
    yield "    <xs:sequence>"
    yield from lines
    yield "    </xs:sequence>"
    yield "  </xs:complexType>"


def unique(name: str, selected: str, attribute: str, indent: str) -> Iterator[str]:
    """Yield that no two elements of a name have the same attribute."""
    yield f'{indent}<xs:unique name="{name}">'
    yield f'{indent}  <xs:selector xpath="r:{selected}"/>'
    yield f'{indent}  <xs:field xpath="@{attribute}"/>'
    yield f"{indent}</xs:unique>"


def many(field: Field) -> bool:
    """Tell whether the element of a field may stand more than once."""
    return field.many or field.kind in (Kind.TEXT, Kind.KEYWORDS)
