"""RDF libraries: rdflib and pyoxigraph, with the triples that we write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiexchange.resources import data_folder
from benchmarks.sides.ours import Work

_FORMATS = {".nt": "nt", ".ttl": "turtle"}


def rdflib_write(source: Path, target: Path) -> Work:
    """Put triples into a graph of rdflib, and serialise it."""
    from rdflib import Graph

    triples = list(Graph().parse(source, format="nt"))

    def work() -> None:
        graph = Graph()
        for triple in triples:
            graph.add(triple)
        graph.serialize(target, format=_FORMATS[target.suffix])

    return work


def rdflib_read(source: Path, target: Path) -> Work:
    """Parse a file into a graph of rdflib, and no further."""
    from rdflib import Graph

    return lambda: Graph().parse(source, format=_FORMATS[source.suffix])


def pyoxigraph_write(source: Path, target: Path) -> Work:
    """Make triples of pyoxigraph from plain values, and serialise them."""
    import pyoxigraph as ox

    plain = [_plain(triple) for triple in ox.parse(path=str(source))]

    def work() -> None:
        made = (ox.Triple(ox.NamedNode(s), ox.NamedNode(p), _term(*o)) for s, p, o in plain)
        ox.serialize(made, str(target))

    return work


def _plain(triple: Any) -> tuple[str, str, tuple[str, str | None, str | None]]:
    value = triple.object
    language, datatype = getattr(value, "language", None), getattr(value, "datatype", None)
    return (
        triple.subject.value,
        triple.predicate.value,
        (value.value, language, datatype and datatype.value),
    )


def _term(value: str, language: str | None, datatype: str | None) -> Any:
    import pyoxigraph as ox

    if language is not None:
        return ox.Literal(value, language=language)
    if datatype is not None:
        return ox.Literal(value, datatype=ox.NamedNode(datatype))
    return ox.NamedNode(value)


def pyoxigraph_read(source: Path, target: Path) -> Work:
    """Parse a file into the terms of pyoxigraph, and no further."""
    import pyoxigraph as ox

    return lambda: sum(1 for _ in ox.parse(path=str(source)))


def pyshacl(source: Path, target: Path) -> Work:
    """Run the shapes of the rule catalogue over a graph with pySHACL."""
    from pyshacl import validate
    from rdflib import Graph

    graph = Graph().parse(source, format="nt")
    newest = sorted((data_folder("schemas") / "shacl").glob("*.ttl"))[-1]
    shapes = Graph().parse(newest)
    return lambda: validate(graph, shacl_graph=shapes)
