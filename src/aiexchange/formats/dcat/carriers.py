"""Carriers: the triples that hold a registration, by closures made once for each part."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from aiexchange.formats.dcat.terms import TYPE, carrier, fragment, term, typed
from aiexchange.formats.dcat.text import json_literal, literal, name_literal
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

Pair = tuple[str, str]
"""A predicate as a prefixed name, and an object as N-Triples writes it."""

Node = tuple[str, list[Pair]]
"""The IRI of a node without brackets, and what is said about it."""

Walk = Callable[[Any, str, str, list[Pair], list[Node]], None]
"""Adds what is said about a part, and the nodes of the parts within it."""

TYPES: dict[str, tuple[str, ...]] = {
    "Registration": ("dcat:Dataset", "dcat:Resource", "aix:Registration"),
    "AISystem": ("eu-aiact:AISystem", "airo:AISystem"),
    "Address": ("locn:Address",),
    "Contact": ("vcard:Kind",),
    "Identifier": ("adms:Identifier",),
}
"""The classes of a node by its part of the model; `aix:` and the name of the part for the rest."""

POSITION = "aix:position"
NAME, JSON, PATH = "aix:fieldName", "aix:json", "aix:path"


def nodes(registration: Registration, iri: str) -> list[Node]:
    """Return the nodes of a registration with their carriers, the registration first."""
    pairs = list(types_of("Registration"))
    found: list[Node] = [(iri, pairs)]
    _walk(Registration)(registration, iri, "", pairs, found)
    return found


@cache
def types_of(model: str) -> tuple[Pair, ...]:
    """Return the classes of a node by its part of the model."""
    return tuple((TYPE, term(name)) for name in TYPES.get(model, (f"aix:{model}",)))


@cache
def _walk(model: type[CanonicalModel]) -> Walk:
    steps = [
        (field.attribute, carrier(model, name), _single(field), _emit(model, name, field))
        for name, field in fields_of(model).items()
    ]

    def walk(part: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        said = part.__dict__
        for attribute, predicate, write, emit in steps:
            value = said[attribute]
            if value is None:
                continue
            if write is not None:
                pairs.append((predicate, write(value)))
            elif value:
                emit(value, iri, place, pairs, found)

    return walk


def _single(field: Field) -> Callable[[Any], str] | None:
    """Return what writes the value of a field that has one plain value; None for other fields."""
    plain = field.kind not in _WALKED and not field.many
    return scalar(field) if plain else None


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


def scalar(field: Field) -> Callable[[Any], str]:
    """Return what writes one value of a field as the object of a triple."""
    return _SCALARS.get(field.kind, literal)


def _scalars(predicate: str, field: Field) -> Emit:
    write = scalar(field)

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        pairs.extend([(predicate, write(each)) for each in value])

    return emit


_WALKED = frozenset((Kind.PART, Kind.TEXT, Kind.KEYWORDS, Kind.JSON, Kind.STATEMENTS))
"""Kinds of which a value is more than one triple."""

_BOOLEANS = {True: typed("true", "boolean"), False: typed("false", "boolean")}
_INTEGER = "^^" + term("xsd:integer")

_SCALARS: dict[Kind, Callable[[Any], str]] = {
    Kind.BOOLEAN: _BOOLEANS.__getitem__,
    Kind.INTEGER: lambda value: f'"{value}"{_INTEGER}',
    Kind.CODE: lambda value: f'"{value._value_}"',
    Kind.DATE: lambda value: f'"{value}"',
    Kind.MOMENT: lambda value: f'"{value}"',
    Kind.LANGUAGE: lambda value: f'"{value}"',
}


def _texts(predicate: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        pairs.extend([(predicate, f"{literal(text)}@{tag}") for tag, text in value.items()])

    return emit


def _keywords(predicate: str) -> Emit:
    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for tag, words in value.items():
            pairs.extend([(predicate, f"{literal(word)}@{tag}") for word in words])

    return emit


def _part(predicate: str, name: str, field: Field) -> Emit:
    model = field.model
    assert model is not None
    step, walk, types = fragment(name), _walk(model), types_of(model.__name__)
    needed = not field.always or name == "system"
    named = "foaf:name" if "name" in fields_of(model) and "contacts" in fields_of(model) else None

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        here = f"{place}-{step}" if place else step
        node: Node = (f"{iri}#{here}", [])
        at = len(found)
        found.append(node)
        walk(value, iri, here, node[1], found)
        if node[1] or needed:
            _classify(node[1], types, named)
            pairs.append((predicate, f"<{node[0]}>"))
        else:
            del found[at]

    return emit


def _parts(predicate: str, name: str, field: Field) -> Emit:
    model = field.model
    assert model is not None
    step, walk, types = fragment(name), _walk(model), types_of(model.__name__)
    named = "foaf:name" if "name" in fields_of(model) and "contacts" in fields_of(model) else None

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, each in enumerate(value, 1):
            here = f"{place}-{step}-{number}" if place else f"{step}-{number}"
            node: Node = (f"{iri}#{here}", [])
            found.append(node)
            walk(each, iri, here, node[1], found)
            _classify(node[1], types, named)
            node[1].append((POSITION, f'"{number}"{_INTEGER}'))
            pairs.append((predicate, f"<{node[0]}>"))

    return emit


AGENT = (TYPE, term("foaf:Agent"))


def _classify(pairs: list[Pair], types: tuple[Pair, ...], named: str | None) -> None:
    """Put the classes of a node before what it says; an agent has to have a name, or it is none."""
    if named is not None and pairs and pairs[0][0] == named:
        pairs.insert(0, AGENT)
    pairs[:0] = types


def _values(predicate: str, name: str) -> Emit:
    types = types_of("SourceValue")

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, (key, inner) in enumerate(value.items(), 1):
            node = f"{iri}#{name}-{number}"
            said = [*types, (NAME, name_literal(key)), (JSON, json_literal(inner))]
            found.append((node, said))
            pairs.append((predicate, f"<{node}>"))

    return emit


def _statements(predicate: str) -> Emit:
    types, walk = types_of("Statement"), _walk(Statement)

    def emit(value: Any, iri: str, place: str, pairs: list[Pair], found: list[Node]) -> None:
        for number, (path, statement) in enumerate(value.items(), 1):
            node: Node = (f"{iri}#statement-{number}", [*types, (PATH, name_literal(path))])
            found.append(node)
            walk(statement, iri, f"statement-{number}", node[1], found)
            pairs.append((predicate, f"<{node[0]}>"))

    return emit
