"""Vocabulary: our own terms for others to look up, as RDFS and SKOS, made from the model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from aiexchange import law
from aiexchange.formats.dcat.carriers import TYPES
from aiexchange.formats.dcat.labels import Term, terms
from aiexchange.formats.dcat.renderers import prefixes
from aiexchange.formats.dcat.shapes import models
from aiexchange.formats.dcat.terms import CONTEXT, NAMESPACES, carrier
from aiexchange.formats.dcat.text import literal
from aiexchange.model import Registration
from aiexchange.model.table import fields_of
from aiexchange.model.types import Kind

DUTCH = "http://begrippen.kadaster.nl/ar/id/concept/"
"""Namespace of the concepts of the Dutch algorithm register (a draft of its ministry)."""

DPV = "https://w3id.org/dpv#"

_RANGES = {
    Kind.STRING: "xsd:string",
    Kind.URL: "xsd:string",
    Kind.INTEGER: "xsd:integer",
    Kind.BOOLEAN: "xsd:boolean",
    Kind.CODE: "xsd:string",
    Kind.COUNTRY: "xsd:string",
    Kind.LANGUAGE: "xsd:string",
    Kind.DATE: "xsd:string",
    Kind.MOMENT: "xsd:string",
    Kind.TEXT: "rdf:langString",
    Kind.JSON: "aix:SourceValue",
    Kind.STATEMENTS: "aix:Statement",
}


def vocabulary() -> str:
    """Return our vocabulary in Turtle."""
    head = (
        "# The terms of aiexchange; the namespace is a placeholder and is not registered.\n"
        + prefixes().partition("\n")[2].rstrip("\n")
        + f"\n@prefix ar: <{DUTCH}> .\n@prefix dpv: <{DPV}> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\n"
        f"<{NAMESPACES['aix']}> a owl:Ontology ;\n"
        '  dct:title "Registrations of AI systems"@en, "Registraties van AI-systemen"@nl ;\n'
        '  dct:description "Terms for registrations under Article 49 of Regulation (EU) 2024/1689, '
        'Annex VIII and Annex IX."@en ;\n'
        f"  rdfs:seeAlso <{CONTEXT}> ;\n"
        "  dct:source <http://data.europa.eu/eli/reg/2024/1689/oj> .\n\n"
    )
    return head + "\n".join((*_classes(), *_properties(), *_lists()))


def _classes() -> Iterator[str]:
    for name, term in terms().items():
        if name.startswith("aix:") and name[4].isupper():
            yield _block(term, "rdfs:Class", [])


def _properties() -> Iterator[str]:
    uses = _uses()
    for name, term in terms().items():
        if name.startswith("aix:") and name[4].islower():
            lines = []
            domains, ranges, docs = uses.get(name, ([], [], []))
            if len(domains) == 1:
                lines.append(f"rdfs:domain {domains[0]}")
            if len(ranges) == 1:
                lines.append(f"rdfs:range {ranges[0]}")
            lines += [f"rdfs:comment {literal(doc)}@en" for doc in docs]
            lines += [f'aix:annexItem "{item}"' for item in items().get(name, ())]
            yield _block(term, "rdf:Property", lines)


def _block(term: Term, kind: str, lines: list[str]) -> str:
    pairs = term.mappings.split()
    said = [
        f"rdfs:label {literal(term.label_en)}@en, {literal(term.label_nl)}@nl",
        *lines,
        *(f"{relation} {other}" for relation, other in zip(pairs[::2], pairs[1::2], strict=True)),
        f"rdfs:isDefinedBy <{NAMESPACES['aix']}>",
    ]
    return f"{term.term} a {kind} ;\n  " + " ;\n  ".join(said) + " .\n"


def class_of(model: str) -> str:
    """Return the class of a part of the model; ours, where it has several."""
    return "aix:Registration" if model == "Registration" else TYPES.get(model, (f"aix:{model}",))[0]


def _uses() -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Return the domains, ranges and comments of each carrier."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for model in models():
        for name, field in fields_of(model).items():
            domains, ranges, docs = found.setdefault(carrier(model, name), ([], [], []))
            range_ = class_of(field.model.__name__) if field.model else _RANGES.get(field.kind)
            for known, new in (
                (domains, class_of(model.__name__)),
                (ranges, range_),
                (docs, " ".join(field.doc.replace("`", "").split())),
            ):
                if new and new not in known:
                    known.append(new)
    return found


@cache
def items() -> dict[str, tuple[str, ...]]:
    """Return the items of Annex VIII and IX that each of our terms serves, in any legal version."""
    found: dict[str, dict[str, None]] = {}
    for version in law.legal_versions():
        for item in law.legal_version(version).items:
            for part in item.parts:
                for path in part.paths:
                    for name in _along(path):
                        found.setdefault(name, {})[item.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


_CONTAINERS = ("aix:system", "aix:use", "aix:classification", "aix:test")


def _along(path: str) -> Iterator[str]:
    """Yield our terms on the way to a path, without those that hold many items."""
    model: type | None = Registration
    for step in path.replace("[]", "").split("."):
        assert model is not None
        name = carrier(model, step)
        if name.startswith("aix:") and name not in _CONTAINERS:
            yield name
        model = fields_of(model)[step].model


def _lists() -> Iterator[str]:
    """Yield the code lists of ours as concept schemes."""
    for name in law.codelists():
        codes = [
            each for each in law.codelist(name).values() if each.iri.startswith(NAMESPACES["aix"])
        ]
        if not codes:
            continue
        scheme = "aix:list-" + name
        words = name.replace("-", " ")
        yield f'{scheme} a skos:ConceptScheme ;\n  dct:title "{words}"@en .\n'
        for each in codes:
            yield (
                f"<{each.iri}> a skos:Concept ;\n  skos:inScheme {scheme} ;\n"
                f"  skos:notation {literal(each.code)} ;\n"
                f"  skos:prefLabel {literal(each.label_en)}@en, {literal(each.label_nl)}@nl"
                + "".join(f" ;\n  {said}" for said in _CODES.get((name, each.code), ()))
                + " .\n"
            )


_CODES = {
    ("risk-class", "high-risk"): ("skos:closeMatch eu-aiact:RiskLevelHigh",),
    ("risk-class", "not-high-risk"): ("skos:closeMatch eu-aiact:RiskLevelNotHigh",),
    ("system-status", "ON_MARKET"): ("skos:closeMatch eu-aiact:PlacedOnEUMarket",),
    ("system-status", "IN_SERVICE"): ("skos:closeMatch eu-aiact:PutIntoServiceInEU",),
    ("system-status", "NO_LONGER_ON_MARKET_OR_IN_SERVICE"): (
        "skos:closeMatch eu-aiact:NotAvailableOnMarket",
    ),
    ("system-status", "RECALLED"): ("skos:closeMatch eu-aiact:RecalledFromService",),
    ("assessment-kind", "fria"): ("skos:closeMatch eu-aiact:FRIA",),
    ("assessment-kind", "dpia"): (f"skos:closeMatch <{DPV}DPIA>",),
}
