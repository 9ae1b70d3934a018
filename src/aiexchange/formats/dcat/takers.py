"""Takers: the plain values of a registration, taken from its carriers in any order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from aiexchange.formats.dcat.carriers import AGENT, JSON, NAME, PATH, POSITION, types_of
from aiexchange.formats.dcat.lexical import form_of
from aiexchange.formats.dcat.lines import Subject
from aiexchange.formats.dcat.spool import Spool
from aiexchange.formats.dcat.terms import TYPE, carrier, fragment, term
from aiexchange.formats.dcat.text import language_of, name_of, value_of
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

Take = Callable[["Taking", list[str], str, str], Any]
"""Takes the value of a field from the objects of its carrier; with its name and its place."""

_TYPE, _POSITION = term(TYPE), term(POSITION)
_ASIDE = {
    "SourceValue": frozenset((term(NAME), term(JSON))),
    "Statement": frozenset((term(PATH),)),
}
_DIGITS = re.compile(r"\d+")


class Taking:
    """One registration that is put together from its nodes."""

    def __init__(self, spool: Spool, iri: str) -> None:
        self._spool = spool
        self.iri = iri
        self.nodes = spool.nodes(iri)
        self._models: dict[str, tuple[str, ...]] = {}
        self._left: list[tuple[str, str, list[str]]] = []
        self.places: dict[str, str] = {}
        """The node at each place, such as `provider-contacts-1`."""

        self.odd: list[str] = []
        """Names of the fields that are said in a way that cannot be taken whole."""

    def registration(self) -> dict[str, Any]:
        """Return the plain values of the registration."""
        return self.part(self.iri, "", Registration)

    def part(self, node: str, place: str, model: type[CanonicalModel]) -> dict[str, Any]:
        """Return the plain values of a part."""
        name = model.__name__
        if not self.taken(node, name) and place.count("-") > 40:
            self.odd.append(place)
            return {}
        self.places[place] = node
        table, types = _takes(model), _types(name)
        tree: dict[str, Any] = {}
        for predicate, objects in self.nodes[node].items():
            found = table.get(predicate)
            if found is not None:
                name, take = found
                value = take(self, objects, name, f"{place}-{name}" if place else name)
                if value is not None:
                    tree[name] = value
            elif predicate != _TYPE or not types.issuperset(objects):
                self._left.append((node, predicate, objects))
        return tree

    def taken(self, node: str, model: str) -> bool:
        """Note for which part a node was taken; False, if it has been before."""
        known = self._models.get(node, ())
        self._models[node] = (*known, model)
        return model not in known

    def members(self, objects: list[str], name: str) -> Iterator[str]:
        """Yield the nodes that are pointed at, wherever they are described."""
        for node in _once(objects):
            if node[0] == '"':
                self.odd.append(name)
            elif node in self.nodes or self._fetch(node):
                yield node
            else:
                self.odd.append(name)

    def _fetch(self, node: str) -> bool:
        for other, subject in self._spool.nodes(node).items():
            if other == node:
                self.nodes[node] = subject
        return node in self.nodes

    def beside(self) -> Iterator[tuple[str, str, str]]:
        """Yield the triples that no carrier has taken."""
        if len(self._models) < len(self.nodes):
            for node, subject in self.nodes.items():
                if node not in self._models:
                    self._left += [(node, name, objects) for name, objects in subject.items()]
        for node, predicate, objects in self._left:
            known = _known(self._models.get(node, ()))
            if predicate not in known:
                yield from ((node, predicate, each) for each in objects if each not in known)


@cache
def _known(models: tuple[str, ...]) -> frozenset[str]:
    """Return the carriers of parts and their classes."""
    known: set[str] = {_POSITION} if models else set()
    for name in models:
        known |= _ASIDE.get(name, frozenset()) | _types(name)
        known |= _takes(_MODELS[name]).keys() if name in _MODELS else set()
    return frozenset(known)


@cache
def _types(model: str) -> frozenset[str]:
    """Return the classes that a part of the model may have."""
    agent = {AGENT[1]} if model in ("Party", "Operator") else set()
    return frozenset({value for _, value in types_of(model)} | agent)


_MODELS: dict[str, type[CanonicalModel]] = {}


@cache
def _takes(model: type[CanonicalModel]) -> dict[str, tuple[str, Take]]:
    _MODELS[model.__name__] = model
    return {
        term(carrier(model, name)): (name, _take(field)) for name, field in fields_of(model).items()
    }


def _take(field: Field) -> Take:
    if field.kind is Kind.PART:
        return _parts(field) if field.many else _part(field)
    if field.kind in _OTHERS:
        return _OTHERS[field.kind]
    return _scalars(field) if field.many else _scalar(field)


def _scalar(field: Field) -> Take:
    value = form_of(field.kind)
    iris = field.kind in (Kind.URL, Kind.CODE, Kind.COUNTRY, Kind.LANGUAGE)

    def take(taking: Taking, objects: list[str], name: str, place: str) -> Any:
        if len(objects) == 1 and (objects[0][0] == '"' or iris):
            return value(objects[0])
        known = [each for each in _once(objects) if each[0] == '"' or iris]
        if len({value(each) for each in known}) != 1 or len(known) < len(_once(objects)):
            taking.odd.append(name)
        return value(min(known)) if known else None

    return take


def _scalars(field: Field) -> Take:
    value = form_of(field.kind)
    iris = field.kind in (Kind.URL, Kind.CODE, Kind.COUNTRY, Kind.LANGUAGE)

    def take(taking: Taking, objects: list[str], name: str, place: str) -> Any:
        known = [each for each in objects if each[0] == '"' or iris]
        if len(known) < len(objects):
            taking.odd.append(name)
        return [value(each) for each in known]

    return take


def _text(taking: Taking, objects: list[str], name: str, place: str) -> Any:
    said: dict[str, str] = {}
    for each in sorted(_once(objects)) if len(objects) > 1 else objects:
        if each[0] != '"' or (tag := language_of(each) or "und") in said:
            taking.odd.append(name)
        else:
            said[tag] = value_of(each)
    return said or None


def _keywords(taking: Taking, objects: list[str], name: str, place: str) -> Any:
    words: dict[str, list[str]] = {}
    for each in objects:
        if each[0] == '"':
            words.setdefault(language_of(each) or "und", []).append(value_of(each))
        else:
            taking.odd.append(name)
    return words


def _part(field: Field) -> Take:
    model, step = field.model, fragment(field.name)
    assert model is not None

    def take(taking: Taking, objects: list[str], name: str, place: str) -> Any:
        members = list(taking.members(objects, name))
        if len(members) > 1:
            taking.odd.append(name)
        here = _place(place, name, step)
        return taking.part(min(members), here, model) if members else None

    return take


def _parts(field: Field) -> Take:
    model, step = field.model, fragment(field.name)
    assert model is not None

    def take(taking: Taking, objects: list[str], name: str, place: str) -> Any:
        members = list(taking.members(objects, name))
        if len(members) > 1:
            members.sort(key=lambda node: (_position(taking.nodes[node]), _natural(node)))
        here = _place(place, name, step)
        return [
            taking.part(each, f"{here}-{number}", model) for number, each in enumerate(members, 1)
        ]

    return take


def _place(place: str, name: str, step: str) -> str:
    return place if name == step else place[: -len(name)] + step


def _values(taking: Taking, objects: list[str], name: str, place: str) -> Any:
    found = {}
    for node in sorted(taking.members(objects, name), key=_natural):
        taking.taken(node, "SourceValue")
        subject = taking.nodes[node]
        try:
            found[name_of(_one(subject, NAME))] = json.loads(value_of(_one(subject, JSON)))
        except ValueError:
            taking.odd.append(JSON)
    return found


def _statements(taking: Taking, objects: list[str], name: str, place: str) -> Any:
    found = {}
    for node in sorted(taking.members(objects, name), key=_natural):
        try:
            path = name_of(_one(taking.nodes[node], PATH))
        except ValueError:
            taking.odd.append(PATH)
            continue
        found[path] = taking.part(node, node.rpartition("#")[2].rstrip(">"), Statement)
    return found


_OTHERS: dict[Kind, Take] = {
    Kind.TEXT: _text,
    Kind.KEYWORDS: _keywords,
    Kind.JSON: _values,
    Kind.STATEMENTS: _statements,
}


def _once(objects: list[str]) -> list[str]:
    return list(dict.fromkeys(objects)) if len(objects) > 1 else objects


def _one(subject: Subject, name: str) -> str:
    found = subject.get(term(name))
    return found[0] if found else '""'


def _position(subject: Subject) -> float:
    try:
        return float(value_of(subject[_POSITION][0]))
    except (KeyError, ValueError):
        return float("inf")


def _natural(node: str) -> list[str | int]:
    """Return a key by which the tenth member comes after the ninth."""
    parts: list[str | int] = [node]
    last = _DIGITS.findall(node)
    return [int(last[-1]), *parts] if last else [0, *parts]
