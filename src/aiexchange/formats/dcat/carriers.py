"""Carriers: the triples that hold a registration, by closures made once for each part."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from aiexchange.formats.dcat.terms import carrier, fragment
from aiexchange.formats.dcat.text import json_literal, literal, name_literal
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

Pair = tuple[str, str]
"""A predicate as a prefixed name, and an object as Turtle writes it."""

Node = tuple[str, str, list[Pair]]
"""The IRI of a node, the name of its model, and what is said about it."""

Walk = Callable[[Any, str, str, list[Node]], list[Pair]]
"""Returns the pairs of a part; the nodes of the parts within it are added to the list."""


def nodes(registration: Registration, iri: str) -> list[Node]:
    """Return the nodes of a registration with their carriers, the registration first."""
    found: list[Node] = []
    pairs = _walk(Registration)(registration, iri, "", found)
    return [(iri, "Registration", pairs), *found]


@cache
def _walk(model: type[CanonicalModel]) -> Walk:
    emits = [
        (field.attribute, _emit(model, name, field)) for name, field in fields_of(model).items()
    ]

    def walk(part: Any, iri: str, place: str, found: list[Node]) -> list[Pair]:
        pairs: list[Pair] = []
        for attribute, emit in emits:
            value = getattr(part, attribute)
            if value is not None:
                emit(value, iri, place, pairs, found)
        return pairs

    return walk


Emit = Callable[[Any, str, str, list[Pair], list[Node]], None]


def _emit(model: type[CanonicalModel], name: str, field: Field) -> Emit:
    predicate = carrier(model, name)
    if field.kind is Kind.PART:
        return _parts(predicate, name, field) if field.many else _part(predicate, name, field)
    if field.kind is Kind.TEXT:
        return _texts(predicate)
    if field.kind is Kind.KEYWORDS:
        return _keywords(predicate)
    if field.kind is Kind.JSON:
        return _values(predicate, name)
    if field.kind is Kind.STATEMENTS:
        return _statements(predicate)
    return _scalars(predicate, field)


def _scalars(predicate: str, field: Field) -> Emit:
    write = _SCALARS.get(field.kind, literal)
    if not field.many:
        return lambda value, iri, place, pairs, found: pairs.append((predicate, write(value)))

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        pairs.extend((predicate, write(each)) for each in value)

    return emit


_SCALARS: dict[Kind, Callable[[Any], str]] = {
    Kind.BOOLEAN: lambda value: f'"{"true" if value else "false"}"^^xsd:boolean',
    Kind.INTEGER: lambda value: f'"{value}"^^xsd:integer',
}


def _texts(predicate: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        pairs.extend((predicate, f"{literal(text)}@{tag}") for tag, text in value.items())

    return emit


def _keywords(predicate: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for tag, words in value.items():
            pairs.extend((predicate, f"{literal(word)}@{tag}") for word in words)

    return emit


def _part(predicate: str, name: str, field: Field) -> Emit:
    model = field.model
    assert model is not None
    step, always = fragment(name), field.always

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        here = f"{place}-{step}" if place else step
        node = _node(value, model, iri, here, found)
        if always and not node[2] and name != "system":
            found.remove(node)
        else:
            pairs.append((predicate, f"<{node[0]}>"))

    return emit


def _parts(predicate: str, name: str, field: Field) -> Emit:
    model = field.model
    assert model is not None
    step = fragment(name)

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, each in enumerate(value, 1):
            here = f"{place}-{step}-{number}" if place else f"{step}-{number}"
            node = _node(each, model, iri, here, found)
            node[2].append(("aix:position", f'"{number}"^^xsd:integer'))
            pairs.append((predicate, f"<{node[0]}>"))

    return emit


def _node(value: Any, model: type[CanonicalModel], iri: str, here: str, found: list[Node]) -> Node:
    node: Node = (f"{iri}#{here}", model.__name__, [])
    found.append(node)
    node[2].extend(_walk(model)(value, iri, here, found))
    return node


def _values(predicate: str, name: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, (key, inner) in enumerate(value.items(), 1):
            node = f"{iri}#{name}-{number}"
            said = [("aix:fieldName", name_literal(key)), ("aix:json", json_literal(inner))]
            found.append((node, "SourceValue", said))
            pairs.append((predicate, f"<{node}>"))

    return emit


def _statements(predicate: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, (path, statement) in enumerate(value.items(), 1):
            node: Node = (f"{iri}#statement-{number}", "Statement", [])
            found.append(node)
            node[2].append(("aix:path", name_literal(path)))
            node[2].extend(_walk(Statement)(statement, iri, f"statement-{number}", found))
            pairs.append((predicate, f"<{node[0]}>"))

    return emit
