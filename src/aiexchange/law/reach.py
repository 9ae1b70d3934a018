"""Reach: closures that fetch what stands at a canonical path, made once for each path."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from aiexchange.model import CanonicalModel, Registration
from aiexchange.model.table import Field, fields_of

Get = Callable[[Registration], Any]
"""Returns the value at a path without lists on the way; None where a part is absent."""

Each = Callable[[Registration], tuple[Any, ...]]
"""Returns every value at a path: those of all members of a list, none that is absent."""


@cache
def steps(path: str) -> tuple[Field, ...]:
    """Return the fields on the way to a path, brackets or not.

    Raises:
        KeyError: the model has no such path.
    """
    model: type[CanonicalModel] | None = Registration
    found = []
    for name in path.replace("[]", "").split("."):
        if model is None or name not in fields_of(model):
            raise KeyError(f"the model has no path {path}")
        field = fields_of(model)[name]
        found.append(field)
        model = field.model
    return tuple(found)


@cache
def getter(path: str) -> Get:
    """Return what fetches the value at a path that crosses no list; a list at its end is whole."""
    way = steps(path)
    sure = 1
    while sure < len(way) and way[sure - 1].always:
        sure += 1
    first: Get = attrgetter(".".join(field.attribute for field in way[:sure]))
    if sure == len(way):
        return first
    rest = tuple(field.attribute for field in way[sure:])

    def get(registration: Registration) -> Any:
        value = first(registration)
        for attribute in rest:
            if value is None:
                return None
            value = getattr(value, attribute)
        return value

    return get


@cache
def each(path: str) -> Each:
    """Return what fetches every value at a path that may cross lists."""
    way = steps(path)
    lists = [number for number, field in enumerate(way) if field.many]
    if not lists or lists == [len(way) - 1]:
        get, many = getter(path), bool(lists)
        return lambda registration: _as_values(get(registration), many)
    names = path.replace("[]", "").split(".")
    owners = each(".".join(names[: lists[-1] + 1]))
    rest = tuple(field.attribute for field in way[lists[-1] + 1 :])

    def values(registration: Registration) -> tuple[Any, ...]:
        found = owners(registration)
        for attribute in rest:
            found = tuple(v for owner in found if (v := getattr(owner, attribute)) is not None)
        return found

    return values


def getter_within(owner: str, path: str) -> Callable[[Any], Any]:
    """Return what fetches the value at a path below `owner` from one member of that list."""
    rest = tuple(field.attribute for field in steps(path)[len(steps(owner)) :])

    def get(member: Any) -> Any:
        for attribute in rest:
            if member is None:
                return None
            member = getattr(member, attribute)
        return member

    return get


def _as_values(value: Any, many: bool) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if many else (value,)
