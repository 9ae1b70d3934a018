"""Ranges: of which class the things of others are to which a catalogue leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiexchange.formats.dcat.carriers import Node, Pair
from aiexchange.formats.dcat.terms import AUTHORITY, TYPE, term
from aiexchange.formats.dcat.text import literal

CLASSES: dict[str, str] = {
    "dcatap:applicableLegislation": "eli:LegalResource",
    "dct:accessRights": "dct:RightsStatement",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:spatial": "dct:Location",
    "dct:format": "dct:MediaTypeOrExtent",
    "dcat:mediaType": "dct:MediaType",
    "dcat:accessURL": "rdfs:Resource",
    "dcat:landingPage": "foaf:Document",
    "dcat:theme": "skos:Concept",
    "dcat:themeTaxonomy": "skos:ConceptScheme",
    "dcat:hadRole": "dcat:Role",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}
"""The class that the range shapes of DCAT-AP and DCAT-AP-NL ask for, by predicate."""

THEMES = {
    "AGRI": ("Agriculture, fisheries, forestry and food", "Landbouw, visserij, bosbouw en voeding"),
    "ECON": ("Economy and finance", "Economie en financiën"),
    "EDUC": ("Education, culture and sport", "Onderwijs, cultuur en sport"),
    "ENER": ("Energy", "Energie"),
    "ENVI": ("Environment", "Milieu"),
    "GOVE": ("Government and public sector", "Overheid en publieke sector"),
    "HEAL": ("Health", "Gezondheid"),
    "INTR": ("International issues", "Internationale vraagstukken"),
    "JUST": (
        "Justice, legal system and public safety",
        "Justitie, rechtsstelsel en openbare veiligheid",
    ),
    "REGI": ("Regions and cities", "Regio's en steden"),
    "SOCI": ("Population and society", "Bevolking en samenleving"),
    "TECH": ("Science and technology", "Wetenschap en technologie"),
    "TRAN": ("Transport", "Vervoer"),
}
"""The labels of the EU data themes: a concept has to have one (`skos:prefLabel`)."""

_TAXONOMY = f"<{AUTHORITY}data-theme>"
_LABELS: dict[str, tuple[Pair, ...]] = {
    f"<{AUTHORITY}data-theme/{code}>": (
        ("skos:prefLabel", f"{literal(english)}@en"),
        ("skos:prefLabel", f"{literal(dutch)}@nl"),
        ("skos:inScheme", _TAXONOMY),
    )
    for code, (english, dutch) in THEMES.items()
}
_LABELS[_TAXONOMY] = (("dct:title", '"Data theme"@en'),)

_DECLARED = {(term(TYPE), term(name)) for name in CLASSES.values()}
_SAID = {(thing, term(name), value) for thing, pairs in _LABELS.items() for name, value in pairs}


def declarations(nodes: Iterable[Node], told: set[str]) -> list[Node]:
    """Return the classes of what nodes lead to; what was told before is not told again."""
    return list(_new(nodes, told))


def _new(nodes: Iterable[Node], told: set[str]) -> Iterator[Node]:
    for _, pairs in nodes:
        for predicate, value in pairs:
            name = CLASSES.get(predicate)
            if name is not None and (key := f"{value} {name}") not in told:
                told.add(key)
                yield value[1:-1], [(TYPE, term(name)), *_LABELS.get(value, ())]


def is_declared(triple: tuple[str, str, str]) -> bool:
    """Tell whether a triple says of which class a thing is, as we would."""
    return triple[1:] in _DECLARED or triple in _SAID
