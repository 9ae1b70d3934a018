"""Takers: closures that put what an element says into plain values, the inverse of the writer's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from lxml import etree

from aiexchange.formats.eudb.names import FORMS, LANG, element_name
from aiexchange.formats.eudb.notes import Notes, name_of
from aiexchange.model import CanonicalModel, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

Take = Callable[[etree._Element, dict[str, Any], Notes], None]
"""Puts what an element says into the plain values of the part that it belongs to."""

_Value = Callable[[etree._Element, Notes], Any]


def taker(field: Field) -> Take:
    """Return what takes the elements of a field."""
    if field.kind is Kind.TEXT:
        return _texts(field.name)
    if field.kind is Kind.KEYWORDS:
        return _keywords(field.name)
    if field.kind is Kind.JSON:
        return _values(field.name)
    if field.kind is Kind.STATEMENTS:
        return _statements(field.name)
    value = _part(field.model) if field.model is not None else _scalar(field)
    return _each(field.name, value) if field.many else _one(field.name, value)


@cache
def takers(model: type[CanonicalModel]) -> Mapping[str, Take]:
    """Return what takes each element of a part, by the name of the element."""
    return {element_name(name): taker(field) for name, field in fields_of(model).items()}


def _one(name: str, value: _Value) -> Take:
    def take(element: etree._Element, part: dict[str, Any], notes: Notes) -> None:
        if name in part:
            notes.refuse(element, "it stands more than once")
        part[name] = value(element, notes)

    return take


def _each(name: str, value: _Value) -> Take:
    def take(element: etree._Element, part: dict[str, Any], notes: Notes) -> None:
        part.setdefault(name, []).append(value(element, notes))

    return take


def _scalar(field: Field) -> _Value:
    """Return what reads a value: a string exactly, anything else without the space around it."""
    if field.kind is Kind.STRING and field.name not in FORMS:
        return lambda element, notes: notes.text(element)
    return lambda element, notes: notes.text(element).strip()


def _texts(name: str) -> Take:
    def take(element: etree._Element, part: dict[str, Any], notes: Notes) -> None:
        text, language = part.setdefault(name, {}), notes.language(element)
        if language in text:
            notes.refuse(element, f"the language {language} stands more than once")
        text[language] = notes.text(element, LANG)

    return take


def _keywords(name: str) -> Take:
    def take(element: etree._Element, part: dict[str, Any], notes: Notes) -> None:
        words = part.setdefault(name, {}).setdefault(notes.language(element), [])
        words.append(notes.text(element, LANG))

    return take


def _part(model: type[CanonicalModel], *attributes: str) -> _Value:
    def value(element: etree._Element, notes: Notes) -> dict[str, Any]:
        known, part = takers(model), dict[str, Any]()
        notes.within(element, *attributes)
        for child in element:
            take = known.get(name_of(child))
            if take is None:
                notes.unknown(child)
            else:
                take(child, part, notes)
        return part

    return value


def _values(name: str) -> Take:
    return _members(name, "Value", "name", _json)


def _statements(name: str) -> Take:
    return _members(name, "Statement", "path", _part(Statement, "path"))


def _members(name: str, member: str, key: str, value: _Value) -> Take:
    """Return what takes a map whose members are elements with their key in an attribute."""

    def take(element: etree._Element, part: dict[str, Any], notes: Notes) -> None:
        found = part.setdefault(name, {})
        notes.within(element)
        for child in element:
            if name_of(child) != member:
                notes.unknown(child)
                continue
            escaped = child.get(key)
            if escaped is None:
                notes.refuse(child, f"the attribute {key} is missing")
                continue
            said = _loaded(child, f'"{escaped}"', notes)
            if said in found:
                notes.refuse(child, f"“{escaped}” stands more than once")
            found[said] = value(child, notes)

    return take


def _json(element: etree._Element, notes: Notes) -> Any:
    return _loaded(element, notes.text(element, "name"), notes)


def _loaded(element: etree._Element, text: str, notes: Notes) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        notes.refuse(element, f"it is no JSON ({error})")
    except RecursionError:
        notes.refuse(element, "it is nested too deeply")
    return None
