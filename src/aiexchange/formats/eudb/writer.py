"""Writer: registrations as XML text, by closures that are made once for each field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from aiexchange.formats.eudb.layout import Block, Group, Slot, plan
from aiexchange.formats.eudb.names import (
    MESSAGE,
    NOT_OFFICIAL,
    PROFILE,
    REGISTRATION,
    VERSION,
    element_name,
)
from aiexchange.model import CanonicalModel, Registration, Statement
from aiexchange.model.codes import SectionCode
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import XML_FORBIDDEN, Kind

Emit = Callable[[Any, Callable[[str], None], str], None]
"""Writes a canonical value, with a function that takes text and the indent of the element."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f"<!-- {NOT_OFFICIAL} -->\n"
    f'<RegistrationMessage xmlns="{MESSAGE}" schemaVersion="{VERSION}" profile="{PROFILE}">\n'
)
TAIL = "</RegistrationMessage>\n"

_SPECIAL = re.compile("[<>&\r]")
_ESCAPES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "\r": "&#13;"}
_IN_ATTRIBUTE = re.compile('[<>&"\r\n\t]')
_ATTRIBUTE_ESCAPES = {**_ESCAPES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def escaped(text: str) -> str:
    """Return text as XML holds it; a carriage return as a reference, or it would be a newline."""
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], text)


def attribute(text: str) -> str:
    """Return the value of an attribute, without the quotes around it."""
    if _IN_ATTRIBUTE.search(text) is None:
        return text
    return _IN_ATTRIBUTE.sub(lambda found: _ATTRIBUTE_ESCAPES[found.group()], text)


def json_text(value: Any) -> str:
    """Return JSON without any character that XML forbids."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return XML_FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def registration_text(registration: Registration, due: frozenset[SectionCode]) -> str:
    """Return the element of a registration that is due under these sections."""
    parts: list[str] = []
    put = parts.append
    put(f' <Registration xmlns="{REGISTRATION}" action="NEW">\n')
    put(f"  <RecordID>{escaped(registration.record_id)}</RecordID>\n")
    put(f"  <Version>{registration.version}</Version>\n")
    for block in plan(due):
        _write_block(block, registration, put, optional=block.name == "Extensions")
    put(" </Registration>\n")
    return "".join(parts)


def _write_block(
    block: Block, registration: Registration, put: Callable[[str], None], *, optional: bool
) -> None:
    inner: list[str] = []
    for each in block.content:
        if isinstance(each, Group):
            _write_group(each, registration, inner.append)
        else:
            _write_slot(each, registration, inner.append, "   ")
    if inner:
        put(f"  <{block.name}>\n")
        put("".join(inner))
        put(f"  </{block.name}>\n")
    elif not optional:
        put(f"  <{block.name}/>\n")


def _write_group(group: Group, registration: Registration, put: Callable[[str], None]) -> None:
    """Write a group; a test that says nothing is still a test."""
    inner: list[str] = []
    for slot in group.slots:
        _write_slot(slot, registration, inner.append, "    ")
    if inner:
        put(f"   <{group.name}>\n")
        put("".join(inner))
        put(f"   </{group.name}>\n")
    elif group.name == "Test" and registration.test is not None:
        put(f"   <{group.name}/>\n")


def _write_slot(
    slot: Slot, registration: Registration, put: Callable[[str], None], indent: str
) -> None:
    get, emit = _compiled(slot)
    value = get(registration)
    if value is not None:
        emit(value, put, indent)


@cache
def _compiled(slot: Slot) -> tuple[Callable[[Registration], Any], Emit]:
    path = slot.path
    first, _, second = path.partition(".")
    attributes = [_attribute_of(first, Registration)]
    if second:
        model = fields_of(Registration)[first].model
        assert model is not None
        attributes.append(_attribute_of(second, model))
    if len(attributes) == 1:
        return (lambda registration: getattr(registration, attributes[0])), _emit(
            slot.name, slot.field
        )
    outer, inner = attributes

    def get(registration: Registration) -> Any:
        owner = getattr(registration, outer)
        return None if owner is None else getattr(owner, inner)

    return get, _emit(slot.name, slot.field)


def _attribute_of(name: str, model: type[CanonicalModel]) -> str:
    return fields_of(model)[name].attribute


def _emit(name: str, field: Field) -> Emit:
    """Return what writes the values of a field as elements of a name."""
    if field.kind is Kind.TEXT:
        return _texts(name)
    if field.kind is Kind.KEYWORDS:
        return _keywords(name)
    if field.kind is Kind.JSON:
        return _values(name)
    if field.kind is Kind.STATEMENTS:
        return _statements(name)
    one = _part(name, field) if field.kind is Kind.PART else _scalar(name, field.kind)
    return _each(one) if field.many else one


def _each(one: Emit) -> Emit:
    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        for each in value:
            one(each, put, indent)

    return emit


def _scalar(name: str, kind: Kind) -> Emit:
    opening, closing = f"<{name}>", f"</{name}>\n"
    if kind is Kind.BOOLEAN:
        words = {True: f"<{name}>true</{name}>\n", False: f"<{name}>false</{name}>\n"}
        return lambda value, put, indent: put(indent + words[value])
    if kind in (Kind.INTEGER, Kind.CODE):
        return lambda value, put, indent: put(f"{indent}{opening}{value}{closing}")
    return lambda value, put, indent: put(f"{indent}{opening}{escaped(value)}{closing}")


def _texts(name: str) -> Emit:
    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        for language, text in value.items():
            put(f'{indent}<{name} xml:lang="{language}">{escaped(text)}</{name}>\n')

    return emit


def _keywords(name: str) -> Emit:
    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        for language, words in value.items():
            for word in words:
                put(f'{indent}<{name} xml:lang="{language}">{escaped(word)}</{name}>\n')

    return emit


def _values(name: str) -> Emit:
    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        if not value:
            return
        put(f"{indent}<{name}>\n")
        for key, inner in value.items():
            named = attribute(json_text(key)[1:-1])
            put(f'{indent} <Value name="{named}">{escaped(json_text(inner))}</Value>\n')
        put(f"{indent}</{name}>\n")

    return emit


def _statements(name: str) -> Emit:
    members = _members(Statement)

    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        if not value:
            return
        put(f"{indent}<{name}>\n")
        for path, statement in value.items():
            put(f'{indent} <Statement path="{attribute(json_text(path)[1:-1])}">\n')
            members(statement, put, indent + "  ")
            put(f"{indent} </Statement>\n")
        put(f"{indent}</{name}>\n")

    return emit


def _part(name: str, field: Field) -> Emit:
    model = field.model
    assert model is not None
    members = _members(model)

    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        inner: list[str] = []
        members(value, inner.append, indent + " ")
        if inner:
            put(f"{indent}<{name}>\n")
            put("".join(inner))
            put(f"{indent}</{name}>\n")
        else:
            put(f"{indent}<{name}/>\n")

    return emit


@cache
def _members(model: type[CanonicalModel]) -> Emit:
    """Return what writes the fields of a part, one after the other."""
    compiled = [
        (field.attribute, _emit(element_name(name), field))
        for name, field in fields_of(model).items()
    ]

    def emit(value: Any, put: Callable[[str], None], indent: str) -> None:
        for attribute_name, write in compiled:
            inner = getattr(value, attribute_name)
            if inner is not None:
                write(inner, put, indent)

    return emit
