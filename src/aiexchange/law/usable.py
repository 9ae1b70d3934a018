"""Usable values: what counts as an answer to a part of an item."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from aiexchange.law.reach import each as values_of
from aiexchange.law.reach import getter, steps
from aiexchange.model import Address, CanonicalModel, Contact, Document, Registration
from aiexchange.model.paths import field_at, is_derived
from aiexchange.model.table import fields_of
from aiexchange.model.types import Kind

Reader = Callable[[Registration], tuple[bool, ...]]
"""For each place where a part can stand, whether a usable value stands there."""

TELLING: dict[type, tuple[str, ...]] = {
    Address: ("full", "street", "post_code", "city"),
    Contact: ("email", "phone", "url"),
    Document: ("url", "path"),
}
"""The fields that make a value an answer: a contact without any way to reach it is none."""


def usable(value: Any) -> bool:
    """Tell whether a canonical value says something: not absent, blank or without its core."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, dict):
        return any(map(usable, value.values()))
    if isinstance(value, tuple):
        return any(map(usable, value))
    telling = TELLING.get(type(value))
    if telling is None:
        return says(value)
    return any(usable(said) for name in telling if (said := getattr(value, name)) is not None)


def says(value: Any) -> bool:
    """Tell whether a value, or anything within it, says something, be it blank."""
    if isinstance(value, tuple):
        return any(map(says, value))
    if isinstance(value, CanonicalModel):
        fields = fields_of(type(value)).values()
        return any(says(getattr(value, field.attribute)) for field in fields)
    return value is not None and value != {}


def reader(paths: tuple[str, ...], each: bool) -> Reader:
    """Return what reads a part: a value at any of its paths will do.

    With `each`, the paths run through one list (`system.certificates[].number`), and every
    element of it is a place of its own.

    Raises:
        KeyError: the model has no such path.
    """
    for path in paths:
        field_at(path)
    if each:
        return _reader_of_each(paths)
    asked = tuple(map(usable_at, paths))
    if len(asked) == 1:
        (ask,) = asked
        return lambda registration: _PLACES[ask(registration)]
    return lambda registration: _PLACES[any(one(registration) for one in asked)]


_PLACES = ((False,), (True,))

_STRINGS = (Kind.STRING, Kind.URL, Kind.DATE, Kind.MOMENT, Kind.COUNTRY, Kind.LANGUAGE)


@cache
def usable_at(path: str) -> Callable[[Registration], bool]:
    """Return what tells whether a usable value stands at a path; of a list, one will do."""
    way = steps(path)
    if any(field.many for field in way):
        values = values_of(path)
        return lambda registration: any(map(usable, values(registration)))
    get, kind = getter(path), way[-1].kind
    if kind is Kind.CODE:
        return lambda registration: get(registration) is not None
    if kind in _STRINGS:
        return lambda registration: bool((said := get(registration)) and said.strip())
    return lambda registration: (value := get(registration)) is not None and usable(value)


def _reader_of_each(paths: tuple[str, ...]) -> Reader:
    owners = {path.partition("[].")[0] for path in paths}
    if len(owners) != 1 or owners & set(paths):
        raise ValueError(f"the paths {', '.join(paths)} do not run through one list")
    members = values_of(owners.pop())
    inner = tuple(_attributes(path) for path in paths)
    return lambda registration: tuple(
        any(usable(_follow(element, attributes)) for attributes in inner)
        for element in members(registration)
    )


def _attributes(path: str) -> tuple[str, ...]:
    owner, _, rest = path.partition("[].")
    model, found = field_at(owner).model, []
    for name in rest.split("."):
        assert model is not None
        field = fields_of(model)[name]
        found.append(field.attribute)
        model = field.model
    return tuple(found)


def _follow(element: Any, attributes: tuple[str, ...]) -> Any:
    for attribute in attributes:
        if element is None:
            return None
        element = getattr(element, attribute)
    return element


def derived(registration: Registration, paths: tuple[str, ...]) -> bool:
    """Tell whether a value at one of the paths, or within it, was derived and not edited since."""
    if not registration.provenance:
        return False
    stems = tuple(path.partition("[]")[0] for path in paths)
    return any(
        is_derived(registration, path)
        for path in registration.provenance
        for stem in stems
        if path == stem or path.startswith(f"{stem}.")
    )
