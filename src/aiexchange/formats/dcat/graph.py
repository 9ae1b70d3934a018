"""Graph: a catalogue as an `rdflib.Graph`, for those who go on working with one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rdflib import Graph, Literal, URIRef

from aiexchange.findings import Finding
from aiexchange.formats.dcat.terms import NAMESPACES, full
from aiexchange.formats.dcat.text import datatype_of, language_of, value_of
from aiexchange.formats.dcat.writer import groups
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry

__all__ = ["Graph", "graph"]


def graph(entries: Iterable[Entry], options: Options) -> Graph:
    """Return the triples that the writer writes, in memory.

    Raises:
        UsageError: there is no such profile, or the base IRI is none.
    """
    made = Graph(bind_namespaces="none")
    for prefix, namespace in NAMESPACES.items():
        made.bind(prefix, namespace)
    for found in groups(entries, options):
        if not isinstance(found, Finding):
            for _, nodes in found:
                for iri, pairs in nodes:
                    node = URIRef(iri)
                    made.addN((node, _predicate(name), _term(value), made) for name, value in pairs)
    return made


@lru_cache(1024)
def _predicate(name: str) -> URIRef:
    return URIRef(full(name))


def _term(value: str) -> URIRef | Literal:
    """Return an object of N-Triples as rdflib holds it, with its text as it is."""
    if value[0] == "<":
        return URIRef(value[1:-1])
    datatype = datatype_of(value)
    return Literal(
        value_of(value),
        lang=language_of(value),
        datatype=URIRef(datatype) if datatype else None,
        normalize=False,
    )
