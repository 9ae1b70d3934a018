"""Shapes: what the carriers of a catalogue may hold, as SHACL, made from the model.

`python -m aiexchange.formats.dcat.publishing` writes them to `schemas/dcat/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange import law
from aiexchange.formats.dcat.carriers import TYPES
from aiexchange.formats.dcat.labels import terms
from aiexchange.formats.dcat.renderers import prefixes
from aiexchange.formats.dcat.terms import carrier
from aiexchange.formats.dcat.text import literal
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import DATE_PATTERN, URL_PATTERN, Kind

_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_TIME = "(T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?)?"
_DAY = f"{DATE_PATTERN.removesuffix('$')}{_TIME}{_ZONE}$"
_ADDRESS = URL_PATTERN.replace("\\uFFFE\\uFFFF", "")

MESSAGES = {
    Kind.STRING: ("{} is one text.", "{} is één tekst."),
    Kind.URL: ("{} is one web address.", "{} is één webadres."),
    Kind.INTEGER: ("{} is one whole number from 1.", "{} is één geheel getal vanaf 1."),
    Kind.BOOLEAN: ("{} is true or false.", "{} is waar of onwaar."),
    Kind.CODE: ("{} is a code of its list.", "{} is een code uit zijn lijst."),
    Kind.COUNTRY: ("{} is a country by its two letters.", "{} is een land in twee letters."),
    Kind.LANGUAGE: ("{} is the code of a language.", "{} is de code van een taal."),
    Kind.DATE: (
        "{} is one date: a year, a month or a day.",
        "{} is één datum: een jaar, een maand of een dag.",
    ),
    Kind.MOMENT: ("{} is one date or moment.", "{} is één datum of tijdstip."),
    Kind.TEXT: (
        "{} is a text in a stated language, once in each.",
        "{} is een tekst in een genoemde taal, één keer per taal.",
    ),
    Kind.KEYWORDS: ("{} are words in a stated language.", "{} zijn woorden in een genoemde taal."),
    Kind.PART: ("{} leads to a node that says more.", "{} verwijst naar een knoop die meer zegt."),
    Kind.JSON: ("{} leads to values of the source.", "{} verwijst naar waarden van de bron."),
    Kind.STATEMENTS: ("{} leads to statements.", "{} verwijst naar uitspraken."),
}
"""What is said when a carrier breaks its shape, in English and Dutch."""

_NODE = ["sh:nodeKind sh:BlankNodeOrIRI"]
_RULES = {
    Kind.STRING: ["sh:nodeKind sh:Literal"],
    Kind.URL: [f"sh:pattern {literal(_ADDRESS)}"],
    Kind.INTEGER: ["sh:datatype xsd:integer", "sh:minInclusive 1"],
    Kind.BOOLEAN: ["sh:datatype xsd:boolean"],
    Kind.COUNTRY: [
        'sh:pattern "^([A-Z]{2}'
        '|http://publications.europa.eu/resource/authority/country/[A-Z]{3})$"'
    ],
    Kind.LANGUAGE: [
        'sh:pattern "^([a-z]{2,3}(-[a-z0-9]{2,8})*'
        '|http://publications.europa.eu/resource/authority/language/[A-Z]{3})$"'
    ],
    Kind.DATE: [f"sh:pattern {literal(_DAY)}"],
    Kind.MOMENT: [f"sh:pattern {literal(_DAY)}"],
    Kind.TEXT: ["sh:datatype rdf:langString", "sh:uniqueLang true"],
    Kind.KEYWORDS: ["sh:datatype rdf:langString"],
    Kind.PART: _NODE,
    Kind.JSON: _NODE,
    Kind.STATEMENTS: _NODE,
}

_DATED = {
    "dcat:Dataset": ("dct:modified", "dct:issued"),
    "dcat:CatalogRecord": ("dct:modified", "dct:issued"),
    "dcat:Catalog": ("dct:modified", "dct:issued"),
    "dcat:Distribution": ("dct:modified", "dct:issued"),
    "dct:PeriodOfTime": ("dcat:startDate", "dcat:endDate"),
}
"""Dates whose datatype DCAT-AP 3.0.1 names, and its official shapes check but in part."""


def shapes() -> str:
    """Return our shapes in Turtle."""
    blocks = [_shape(model) for model in models()]
    blocks += [_dated(name, paths) for name, paths in _DATED.items()]
    blocks.append(_languages())
    return (
        "# What the carriers and the dates of a catalogue may hold; made from the model.\n"
        + prefixes()
        + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
        + "\n".join(blocks)
    )


def models() -> Iterator[type[CanonicalModel]]:
    """Yield the parts of the model, each once, the registration first."""
    seen: list[type[CanonicalModel]] = [Registration]
    for model in seen:
        yield model
        for field in fields_of(model).values():
            if field.model is not None and field.model not in seen:
                seen.append(field.model)
        if model is seen[-1] and Statement not in seen:
            seen.append(Statement)


def _shape(model: type[CanonicalModel]) -> str:
    target = TYPES.get(model.__name__, (f"aix:{model.__name__}",))
    target = ("aix:Registration",) if model is Registration else target
    properties = [_property(model, name, field) for name, field in fields_of(model).items()]
    return (
        f"aix:{model.__name__}Shape a sh:NodeShape ;\n"
        f"  sh:targetClass {', '.join(target)} ;\n" + " ;\n".join(properties) + " .\n"
    )


def _property(model: type[CanonicalModel], name: str, field: Field) -> str:
    words = terms()[carrier(model, name)]
    rules = list(_RULES.get(field.kind, ()))
    if field.kind is Kind.CODE and field.codes is not None:
        rules.append(f"sh:pattern {literal(_codes(field))}")
    if not field.many and field.kind not in (Kind.TEXT, Kind.KEYWORDS, Kind.JSON, Kind.STATEMENTS):
        rules.append("sh:maxCount 1")
    if field.required:
        rules.append("sh:minCount 1")
    said = ", ".join(
        f"{literal(text.format(label[0].upper() + label[1:]))}@{tag}"
        for tag, text, label in zip(
            ("en", "nl"), MESSAGES[field.kind], (words.label_en, words.label_nl), strict=True
        )
    )
    held = " ; ".join(rules)
    return f"  sh:property [ sh:path {words.term} ; {held} ;\n    sh:message {said} ]"


def _codes(field: Field) -> str:
    """Return a pattern for the codes of a field, and for the IRIs that stand for them."""
    assert field.codes is not None
    codes = [each.value for each in field.codes]
    lists = (law.codelist(name) for name in law.codelists())
    known = next((found for found in lists if set(codes) <= set(found)), {})
    allowed = [*codes, *(known[code].iri for code in codes if code in known)]
    return "^(" + "|".join(_quoted(each) for each in allowed) + ")$"


def _quoted(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "().#" else sign for sign in text)


def _dated(name: str, paths: tuple[str, ...]) -> str:
    kinds = " ".join(
        f"[ sh:datatype xsd:{kind} ]" for kind in ("date", "dateTime", "gYear", "gYearMonth")
    )
    properties = " ;\n".join(
        f"  sh:property [ sh:path {path} ; sh:or ( {kinds} ) ;\n"
        f'    sh:message "A date is typed as a date, a moment, a year or a month."@en, '
        f'"Een datum is getypeerd als datum, tijdstip, jaar of maand."@nl ]'
        for path in paths
    )
    local = name.partition(":")[2]
    return f"aix:Dated{local}Shape a sh:NodeShape ;\n  sh:targetClass {name} ;\n{properties} .\n"


def _languages() -> str:
    iris = " ".join(f"<{each.iri}>" for each in law.codelist("language").values())
    return (
        "aix:LanguagesShape a sh:NodeShape ;\n"
        "  sh:targetClass aix:Registration, dcat:CatalogRecord ;\n"
        f"  sh:property [ sh:path dct:language ; sh:in ( {iris} ) ;\n"
        '    sh:message "A language is one of the table of the Publications Office."@en, '
        '"Een taal staat in de tabel van het Publicatiebureau."@nl ] .\n'
    )
