"""Writer: registrations as XML text, by closures that are made once for each field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from aiexchange.formats.eudb.layout import (
    Block,
    Group,
    Slot,
    plan,
    restricted_plan,
    submission_plan,
)
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

Emit = Callable[[Any], str]
"""Returns a canonical value as lines of XML; the indent is part of what was compiled."""

Member = tuple[str, Emit]
"""The attribute that holds a value, and what writes it where it is not None."""


def head(profile: str = PROFILE) -> str:
    """Return the beginning of a message."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<!-- {NOT_OFFICIAL} -->\n"
        f'<RegistrationMessage xmlns="{MESSAGE}" schemaVersion="{VERSION}" profile="{profile}">\n'
    )


HEAD = head()
TAIL = "</RegistrationMessage>\n"

_IN_ATTRIBUTE = re.compile('[<>&"\r\n\t]')
_ATTRIBUTE_ESCAPES = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}


def escaped(text: str) -> str:
    """Return text as XML holds it; a carriage return as a reference, or it would be a newline."""
    if "&" in text or "<" in text or ">" in text or "\r" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return text.replace(">", "&gt;").replace("\r", "&#13;")
    return text


def attribute(text: str) -> str:
    """Return the value of an attribute, without the quotes around it."""
    if _IN_ATTRIBUTE.search(text) is None:
        return text
    return _IN_ATTRIBUTE.sub(lambda found: _ATTRIBUTE_ESCAPES[found.group()], text)


def json_text(value: Any) -> str:
    """Return JSON without any character that XML forbids."""
    text = _COMPACT(value)
    if text.isascii():
        return text
    return XML_FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def registration_text(registration: Registration, due: frozenset[SectionCode]) -> str:
    """Return the element of a registration that is due under these sections."""
    return record_text(registration, due, "Registration", PROFILE)


def record_text(
    registration: Registration, due: frozenset[SectionCode], element: str, profile: str
) -> str:
    """Return a registration as one of the elements for it, with what a profile carries in it."""
    return (
        f' <{element} xmlns="{REGISTRATION}" action="NEW">\n'
        f"  <RecordID>{escaped(registration.record_id)}</RecordID>\n"
        f"  <Version>{registration.version}</Version>\n"
        f"{_blocks(due, element, profile)(registration)}"
        f" </{element}>\n"
    )


def header_text(members: dict[str, str]) -> str:
    """Return the header of a message."""
    lines = "".join(f"  <{name}>{escaped(text)}</{name}>\n" for name, text in members.items())
    return f" <Header>\n{lines} </Header>\n"


@cache
def _blocks(due: frozenset[SectionCode], element: str, profile: str) -> Emit:
    blocks = _PLANS.get(element, plan if profile == PROFILE else submission_plan)(due)
    writers = [_block(block) for block in blocks]
    return lambda registration: "".join([write(registration) for write in writers])


_PLANS = {"RestrictedRegistration": restricted_plan, "UnpublishedTest": submission_plan}
"""What the elements carry that are the same in every profile."""


def _block(block: Block) -> Emit:
    members = (_group(each) if isinstance(each, Group) else _slot(each) for each in block.content)
    empty = "" if block.name == "Extensions" else f"  <{block.name}/>\n"
    return _around(block.name, "  ", members, empty)


def _group(group: Group) -> Member:
    """Return what writes a group, whose slots are of one part; a test may say nothing."""
    members = (_own(slot, "    ") for slot in group.slots)
    empty = f"   <{group.name}/>\n" if group.name == "Test" else ""
    return _part_of(group.slots[0]), _around(group.name, "   ", members, empty)


def _slot(slot: Slot) -> Member:
    name, emit = _own(slot, "   ")
    return (_part_of(slot), _one_by_one([(name, emit)])) if "." in slot.path else (name, emit)


def _own(slot: Slot, indent: str) -> Member:
    return slot.field.attribute, _emit(slot.name, slot.field, indent)


def _part_of(slot: Slot) -> str:
    return fields_of(Registration)[slot.path.partition(".")[0]].attribute


def _around(name: str, indent: str, members: Iterable[Member], empty: str) -> Emit:
    """Return what writes members within an element, and this in its place if there are none."""
    opening, closing, write = f"{indent}<{name}>\n", f"{indent}</{name}>\n", _one_by_one(members)

    def emit(owner: CanonicalModel) -> str:
        inner = write(owner)
        return f"{opening}{inner}{closing}" if inner else empty

    return emit


def _one_by_one(members: Iterable[Member]) -> Emit:
    known = tuple(members)

    def emit(owner: CanonicalModel) -> str:
        values = owner.__dict__  # half the time of asking the model for each attribute
        return "".join(
            [write(value) for name, write in known if (value := values[name]) is not None]
        )

    return emit


def _emit(name: str, field: Field, indent: str) -> Emit:
    """Return what writes the values of a field as elements of a name."""
    if field.kind in _MAPS:
        return _MAPS[field.kind](name, indent)
    one = _part(name, field, indent) if field.model else _scalar(name, field.kind, indent)
    if not field.many:
        return one
    return lambda values: "".join(map(one, values)) if values else ""


def _scalar(name: str, kind: Kind, indent: str) -> Emit:
    opening, closing = f"{indent}<{name}>", f"</{name}>\n"
    if kind is Kind.BOOLEAN:
        return {
            word: f"{opening}{str(word).lower()}{closing}" for word in (True, False)
        }.__getitem__
    if kind in (Kind.INTEGER, Kind.CODE):
        return lambda value: f"{opening}{value}{closing}"
    return lambda value: f"{opening}{escaped(value)}{closing}"


def _texts(name: str, indent: str) -> Emit:
    opening, closing = f'{indent}<{name} xml:lang="', f"</{name}>\n"

    def emit(text: dict[str, str]) -> str:
        said = [f'{opening}{code}">{escaped(each)}{closing}' for code, each in text.items()]
        return "".join(said)

    return emit


def _keywords(name: str, indent: str) -> Emit:
    one = _texts(name, indent)
    return lambda value: "".join([one({code: word}) for code in value for word in value[code]])


def _values(name: str, indent: str) -> Emit:
    def emit(key: str, value: Any) -> str:
        text = escaped(json_text(value))
        return f'{indent} <Value name="{_key(key)}">{text}</Value>\n'

    return _map(name, indent, emit)


def _statements(name: str, indent: str) -> Emit:
    members = _one_by_one(_members(Statement, indent + "  "))

    def emit(path: str, statement: Statement) -> str:
        opening, closing = f'{indent} <Statement path="{_key(path)}">\n', f"{indent} </Statement>\n"
        return f"{opening}{members(statement)}{closing}"

    return _map(name, indent, emit)


def _map(name: str, indent: str, one: Callable[[str, Any], str]) -> Emit:
    opening, closing = f"{indent}<{name}>\n", f"{indent}</{name}>\n"

    def emit(value: dict[str, Any]) -> str:
        if not value:
            return ""
        return f"{opening}{''.join([one(key, inner) for key, inner in value.items()])}{closing}"

    return emit


def _key(key: str) -> str:
    return attribute(json_text(key)[1:-1])


_MAPS: dict[Kind, Callable[[str, str], Emit]] = {
    Kind.TEXT: _texts,
    Kind.KEYWORDS: _keywords,
    Kind.JSON: _values,
    Kind.STATEMENTS: _statements,
}


def _part(name: str, field: Field, indent: str) -> Emit:
    assert field.model is not None
    return _around(name, indent, _members(field.model, indent + " "), f"{indent}<{name}/>\n")


def _members(model: type[CanonicalModel], indent: str) -> Iterator[Member]:
    """Yield what writes the fields of a part, in their order."""
    for name, field in fields_of(model).items():
        yield field.attribute, _emit(element_name(name), field, indent)
