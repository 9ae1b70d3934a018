"""Renderers: nodes as each of the six serialisations writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aiexchange.formats.dcat.carriers import Node
from aiexchange.formats.dcat.terms import NAMESPACES, TYPE, term
from aiexchange.formats.dcat.text import datatype_of, language_of, value_of

NOTE = "The namespace aix: is a placeholder of aiexchange; it is not registered."
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OURS = tuple(f"<{namespace}" for namespace in NAMESPACES.values())


class _Terms(dict[str, str]):
    """Prefixed names as N-Triples writes them."""

    def __missing__(self, name: str) -> str:
        self[name] = found = term(name)
        return found


_TERMS = _Terms()


def ntriples(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as N-Triples, one triple on each line."""
    terms = _TERMS
    return "".join(
        [f"<{iri}> {terms[name]} {value} .\n" for iri, pairs in nodes for name, value in pairs]
    )


def nquads(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as N-Quads in a named graph."""
    terms, end = _TERMS, f" <{graph}> .\n" if graph else " .\n"
    return "".join(
        [f"<{iri}> {terms[name]} {value}{end}" for iri, pairs in nodes for name, value in pairs]
    )


def turtle(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as Turtle, one block for each."""
    return "".join([_block(iri, pairs) for iri, pairs in nodes])


def trig(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as TriG in a named graph."""
    blocks = turtle(nodes)
    return f"<{graph}> {{\n{blocks}}}\n\n" if graph else blocks


def _block(iri: str, pairs: list[tuple[str, str]]) -> str:
    said: dict[str, str] = {}
    here = f"<{iri.partition('#')[0]}"
    for name, value in pairs:
        if value[0] == "<":
            if not value.startswith(here) and value.startswith(_OURS):
                value = _short(value)
        elif value[-1] == ">":
            value = _typed(value)
        said[name] = f"{said[name]}, {value}" if name in said else value
    lines = [f"{'a' if name == TYPE else name} {values}" for name, values in said.items()]
    return f"<{iri}>\n  " + " ;\n  ".join(lines) + " .\n\n"


def _typed(value: str) -> str:
    at = value.rindex("^^") + 2
    return value[:at] + _short(value[at:])


@lru_cache(4096)
def _short(value: str) -> str:
    """Return an IRI by its prefix, if what follows needs no escape."""
    for prefix, namespace in NAMESPACES.items():
        local = value[len(namespace) + 1 : -1]
        if value.startswith(f"<{namespace}") and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return value


def prefixes() -> str:
    """Return the head of Turtle and TriG: prefixes, with a word about ours."""
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in NAMESPACES.items()]
    return "\n".join((f"# {NOTE}", *lines)) + "\n\n"


def rdfxml_head() -> str:
    """Return the head of RDF/XML."""
    lines = [f'  xmlns:{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items()]
    start = "\n".join(("<rdf:RDF", *lines))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTE} -->\n{start}>\n'


def rdfxml(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as RDF/XML."""
    return "".join(
        [
            f"<rdf:Description rdf:about={_attribute(iri)}>\n"
            + "".join([_element(name, value) for name, value in pairs])
            + "</rdf:Description>\n"
            for iri, pairs in nodes
        ]
    )


def _element(name: str, value: str) -> str:
    if value[0] == "<":
        return f"  <{name} rdf:resource={_attribute(value[1:-1])}/>\n"
    text = escape(value_of(value), {"\r": "&#13;"})
    if value[-1] == '"':
        return f"  <{name}>{text}</{name}>\n"
    if value[-1] == ">":
        return f'  <{name} rdf:datatype="{datatype_of(value)}">{text}</{name}>\n'
    return f'  <{name} xml:lang="{language_of(value)}">{text}</{name}>\n'


def _attribute(iri: str) -> str:
    return quoteattr(iri) if "&" in iri else f'"{iri}"'


def jsonld_head() -> str:
    """Return the head of JSON-LD: a context of prefixes, so that nobody has to fetch one."""
    return '{"@context": ' + json.dumps(NAMESPACES) + ',\n"@graph": [\n'


def jsonld(nodes: Iterable[Node], graph: str | None = None) -> str:
    """Return nodes as objects of JSON-LD, one on each line; types first, so that it streams."""
    return ",\n".join([_object(iri, pairs) for iri, pairs in nodes])


def _object(iri: str, pairs: list[tuple[str, str]]) -> str:
    types = [_compact(value) for name, value in pairs if name == TYPE]
    said: dict[str, Any] = {"@type": types, "@id": iri} if types else {"@id": iri}
    for name, value in pairs:
        if name != TYPE:
            said.setdefault(name, []).append(_json_value(value))
    return json.dumps(said, ensure_ascii=False)


def _json_value(value: str) -> Any:
    if value[0] == "<":
        return {"@id": value[1:-1]}
    if value[-1] == '"':
        return value_of(value)
    if value[-1] == ">":
        return {"@type": _compact(f"<{datatype_of(value)}>"), "@value": value_of(value)}
    return {"@value": value_of(value), "@language": language_of(value)}


def _compact(value: str) -> str:
    short = _short(value)
    return short[1:-1] if short[0] == "<" else short
