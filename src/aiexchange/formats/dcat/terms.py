"""Terms: namespaces, the IRIs of nodes, and the carrier predicate of each canonical field."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from aiexchange.model import CanonicalModel, Registration

NAMESPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "airo": "https://w3id.org/airo#",
    "aix": "https://w3id.org/aiexchange/ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eu-aiact": "https://w3id.org/dpv/legal/eu/aiact#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tech": "https://w3id.org/dpv/tech#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of a catalogue. `aix` is ours and a placeholder: it is not registered."""

CONTEXT = "https://w3id.org/aiexchange/ns/context.jsonld"
"""Address of our JSON-LD context; it is read from `schemas/dcat`, never fetched."""

TYPE = "rdf:type"
LEGISLATION = "http://data.europa.eu/eli/reg/2024/1689/oj"
AUTHORITY = "http://publications.europa.eu/resource/authority/"

_WELL_KNOWN = {
    ("Party", "name"): "foaf:name",
    ("Party", "identifiers"): "adms:identifier",
    ("Party", "address"): "locn:address",
    ("Party", "contacts"): "dcat:contactPoint",
    ("Operator", "name"): "foaf:name",
    ("Operator", "identifiers"): "adms:identifier",
    ("Operator", "address"): "locn:address",
    ("Operator", "contacts"): "dcat:contactPoint",
    ("Identifier", "value"): "skos:notation",
    ("Address", "full"): "locn:fullAddress",
    ("Address", "street"): "locn:thoroughfare",
    ("Address", "number"): "locn:locatorDesignator",
    ("Address", "post_code"): "locn:postCode",
    ("Address", "city"): "locn:postName",
    ("Address", "country"): "locn:adminUnitL1",
    ("Contact", "name"): "vcard:fn",
    ("Contact", "role"): "vcard:role",
    ("Registration", "keywords"): "dcat:keyword",
}
"""Carriers from vocabularies that others know, where a value can come back exactly."""

_OWN = {
    ("Registration", "record_id"): "aix:recordId",
    ("Registration", "source"): "aix:recordSource",
    ("Statement", "source"): "aix:statedIn",
    ("Classification", "annex_i"): "aix:annexI",
    ("Classification", "annex_iii"): "aix:annexIIIUseCase",
    ("Classification", "annex_xiv"): "aix:annexXIVCode",
    ("Classification", "article_6_3"): "aix:article6-3Condition",
}


@cache
def carrier(model: type[CanonicalModel], field: str) -> str:
    """Return the one predicate that carries a canonical field, prefixed."""
    key = (model.__name__, field)
    known = _WELL_KNOWN.get(key) or _OWN.get(key)
    if known is not None:
        return known
    first, *rest = field.split("_")
    return "aix:" + first + "".join(part.capitalize() for part in rest)


@cache
def full(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local


@cache
def term(name: str) -> str:
    """Return the IRI of a prefixed name as N-Triples writes it."""
    return f"<{full(name)}>"


def typed(text: str, datatype: str) -> str:
    """Return a literal of a datatype of XML Schema, such as `date`."""
    return f'"{text}"^^{term(f"xsd:{datatype}")}'


def encoded(text: str) -> str:
    """Return a text as one segment of an IRI: everything but letters, digits, -._~ encoded."""
    return quote(text, safe="")


def registration_iri(base: str, registration: Registration) -> str:
    """Return the IRI of a registration: base, `registration/`, record id, and a version above 1."""
    iri = f"{base}registration/{encoded(registration.record_id)}"
    return iri if registration.version == 1 else f"{iri}/version/{registration.version}"


def record_iri(iri: str) -> str:
    """Return the IRI of the catalogue record, and of the named graph, of a registration."""
    base, _, name = iri.rpartition("registration/")
    return f"{base}record/{name}"


def catalogue_iri(base: str) -> str:
    """Return the IRI of the catalogue."""
    return base + "catalogue"


def base_of(iri: str) -> str:
    """Return the base of the IRI of a registration."""
    return iri.rpartition("registration/")[0]


def fragment(name: str) -> str:
    """Return a canonical name as a part of a fragment: `authorised-representative`."""
    return name.replace("_", "-")
