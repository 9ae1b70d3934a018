"""Mirror: models of pydantic-xml for our messages, made from the table of the canonical model."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_xml import BaseXmlModel, attr, create_model, element

from aiexchange import law
from aiexchange.exchange import read as read_registrations
from aiexchange.formats.eudb.layout import Block, Group, Slot, plan
from aiexchange.formats.eudb.names import MESSAGE, PROFILE, REGISTRATION, VERSION, element_name
from aiexchange.model import CanonicalModel, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind
from benchmarks.sides.ours import Work

_SPACES = {"r": REGISTRATION, "m": MESSAGE, "xml": "http://www.w3.org/XML/1998/namespace"}


class Text(BaseXmlModel, nsmap=_SPACES, ns="r"):
    """A text with its language."""

    language: str = attr(name="lang", ns="xml")
    text: str


class Value(BaseXmlModel, nsmap=_SPACES, ns="r"):
    """A source value under its name."""

    name: str = attr()
    text: str


def write(source: Path, target: Path) -> Work:
    """Write the models of a message with pydantic-xml."""
    message = _message(source).from_xml(source.read_bytes())
    return lambda: target.write_bytes(message.to_xml(exclude_none=True, exclude_unset=True))


def read(source: Path, target: Path) -> Work:
    """Read a message into the models of pydantic-xml."""
    message = _message(source)
    return lambda: message.from_xml(source.read_bytes())


def _message(source: Path) -> Any:
    """Return the model of a message whose registrations are all due as the first of it is."""
    first = next(each.registration for each in read_registrations(source) if each.registration)
    due = frozenset(duty.section for duty in law.duties(first, law.legal_version()))
    members: dict[str, Any] = {
        "action": (str, attr()),
        "RecordID": (str, element(ns="r")),
        "Version": (int, element(ns="r")),
    }
    for block in plan(due):
        members[block.name] = (_block(block) | None, element(ns="r", tag=block.name, default=None))
    registration = _made("Registration", members)
    return _made(
        "RegistrationMessage",
        {
            "schemaVersion": (str, attr(default=VERSION)),
            "profile": (str, attr(default=PROFILE)),
            "registrations": (list[registration], element(ns="r", tag="Registration")),
        },
        "m",
    )


def _made(name: str, members: dict[str, Any], prefix: str = "r", base: Any = BaseXmlModel) -> Any:
    return create_model(
        name, __base__=base, __tag__=name, __ns__=prefix, __nsmap__=_SPACES, **members
    )


def _block(block: Block) -> Any:
    return _model(block.name, (_member(each) for each in block.content))


def _member(each: Slot | Group) -> tuple[str, Any]:
    if isinstance(each, Group):
        inner = _model(each.name, (_member(slot) for slot in each.slots))
        return each.name, (inner | None, element(ns="r", tag=each.name, default=None))
    return each.name, _field(each.name, each.field)


def _model(name: str, members: Iterable[tuple[str, Any]]) -> Any:
    return _made(name, {f"m_{tag}": field for tag, field in members})


@cache
def _part(model: type[CanonicalModel]) -> Any:
    members = ((element_name(name), field) for name, field in fields_of(model).items())
    return _model(model.__name__, ((tag, _field(tag, field)) for tag, field in members))


def _field(tag: str, field: Field) -> Any:
    if field.kind in (Kind.TEXT, Kind.KEYWORDS):
        return (list[Text], element(ns="r", tag=tag, default=[]))
    if field.kind is Kind.JSON:
        return (_values() | None, element(ns="r", tag=tag, default=None))
    if field.kind is Kind.STATEMENTS:
        return (_statements() | None, element(ns="r", tag=tag, default=None))
    kind = _part(field.model) if field.model else bool if field.kind is Kind.BOOLEAN else str
    if field.many:
        return (list[kind], element(ns="r", tag=tag, default=[]))
    return (kind | None, element(ns="r", tag=tag, default=None))


@cache
def _values() -> Any:
    return _model("Values", [("Value", (list[Value], element(ns="r", tag="Value", default=[])))])


@cache
def _statements() -> Any:
    statement = _made("Statement", {"path": (str, attr())}, base=_part(Statement))
    listed = (list[statement], element(ns="r", tag="Statement", default=[]))
    return _model("Said", [("Statement", listed)])
