"""Nested values: found by path, spread into fields, joined into what prose is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from aiexchange.law import codelist
from aiexchange.registers.record import Record

NOTHING: tuple[Any, ...] = ("", None, [], {})
"""Values that say nothing."""


def at(value: Any, path: str) -> Any:
    """Return the value at a path of members, or None."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def listed(value: Any) -> list[Any]:
    """Return a list as it is, one value as a list of one, and nothing as an empty list."""
    if isinstance(value, list):
        return value
    return [] if value in NOTHING else [value]


def flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the members of nested objects by path; lists stay whole."""
    found: dict[str, Any] = {}
    for name, each in value.items():
        path = f"{prefix}{name}"
        if isinstance(each, Mapping) and each:
            found |= flat(each, f"{path}.")
        elif each not in NOTHING:
            found[path] = each
    return found


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, each in codelist("country").items():
        alpha3 = each.iri.rpartition("/")[2]
        for name in (code, alpha3, each.label_en, each.label_nl):
            found.setdefault(name.casefold(), code)
    return found


def country(said: Any) -> str | None:
    """Return the code of a country that is named in English, in Dutch, or by a code or an IRI."""
    name = str(said or "").strip()
    if "://" in name or "#" in name:
        name = name.rstrip("/").replace("#", "/").rpartition("/")[2].replace("_", " ")
    return _countries().get(name.casefold())


class Taking:
    """A record that is put together: fields with their places, and what nobody took."""

    def __init__(self, source: Mapping[str, Any], root: str = "") -> None:
        self._rest = flat(source)
        self._root = root
        self.fields: dict[str, Any] = {}
        self.places: dict[str, str] = {}

    def take(self, field: str, *paths: str, value: Any = None) -> bool:
        """Take the first path that says something as a field; `value` is what to make of it."""
        for path in paths:
            inner = [name for name in self._rest if name == path or name.startswith(f"{path}.")]
            if not inner:
                continue
            found = self._value(path, inner) if value is None else value
            if found in NOTHING:
                continue
            for name in inner:
                del self._rest[name]
            self.put(field, found, f"{self._root}{path}")
            return True
        return False

    def gather(self, field: str, **named: str) -> None:
        """Take several paths as one field that holds them by name."""
        found, places = {}, []
        for name, path in named.items():
            inner = [each for each in self._rest if each == path or each.startswith(f"{path}.")]
            if inner:
                found[name.replace("_", " ")] = self._value(path, inner)
                places.append(f"{self._root}{path}")
                for each in inner:
                    del self._rest[each]
        if found:
            self.put(field, found, " and ".join(places))

    def put(self, field: str, value: Any, place: str) -> None:
        """Set a field that was made of something else."""
        if value not in NOTHING:
            self.fields[field] = value
            self.places[field] = place

    def drop(self, *paths: str) -> None:
        """Forget what says nothing about a system, or is read elsewhere."""
        for path in paths:
            self._rest = {
                name: value
                for name, value in self._rest.items()
                if name != path and not name.startswith(f"{path}.")
            }

    def _value(self, path: str, inner: list[str]) -> Any:
        if inner == [path]:
            return self._rest[path]
        return {name.removeprefix(f"{path}."): self._rest[name] for name in inner}

    def record(self, origin: Any, findings: tuple[Any, ...] = ()) -> Record:
        """Return the record; what nobody took stays under its path."""
        return Record({**self._rest, **self.fields}, origin, findings, places=self.places)
