"""Ranges: of which class the things of others are to which a catalogue leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiexchange.formats.dcat.carriers import Node
from aiexchange.formats.dcat.terms import TYPE, term

CLASSES: dict[str, tuple[str, ...]] = {
    "dcatap:applicableLegislation": ("eli:LegalResource",),
    "dct:accessRights": ("dct:RightsStatement",),
    "dct:language": ("dct:LinguisticSystem", "skos:Concept"),
    "dct:license": ("dct:LicenseDocument",),
    "dct:spatial": ("dct:Location",),
    "dct:format": ("dct:MediaTypeOrExtent",),
    "dcat:mediaType": ("dct:MediaType",),
    "dcat:accessURL": ("rdfs:Resource",),
    "dcat:landingPage": ("foaf:Document",),
    "dcat:theme": ("skos:Concept",),
    "dcat:themeTaxonomy": ("skos:ConceptScheme",),
    "dcat:hadRole": ("dcat:Role",),
    "foaf:homepage": ("foaf:Document",),
    "foaf:page": ("foaf:Document",),
}
"""The classes that the range shapes of DCAT-AP and DCAT-AP-NL ask for, by predicate."""

_DECLARED = {term(name) for names in CLASSES.values() for name in names}
_TYPE = term(TYPE)


def declarations(nodes: Iterable[Node], told: set[str]) -> list[Node]:
    """Return the classes of what nodes lead to; what was told before is not told again."""
    return [(value[1:-1], list(pairs)) for value, pairs in _new(nodes, told)]


def _new(nodes: Iterable[Node], told: set[str]) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    for _, pairs in nodes:
        for predicate, value in pairs:
            for name in CLASSES.get(predicate, ()):
                if (key := f"{value} {name}") not in told:
                    told.add(key)
                    yield value, ((TYPE, term(name)),)


def is_declared(triple: tuple[str, str, str]) -> bool:
    """Tell whether a triple says of which class a thing is, as we would."""
    return triple[1] == _TYPE and triple[2] in _DECLARED
