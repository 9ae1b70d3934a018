"""Shown: canonical values as people read and write them in a template."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiexchange import law
from aiexchange.model.types import Kind
from aiexchange.templates.plan import Ask
from aiexchange.templates.values import choice
from aiexchange.templates.wording import word


def shown(ask: Ask, value: Any, language: str, tongue: str) -> str | date | None:
    """Return a value as a cell shows it; of a text the one in the language `tongue`."""
    if value is None or value == () or value == {}:
        return None
    if ask.kind is Kind.TEXT:
        return value.get(tongue)  # type: ignore[no-any-return]
    if ask.kind is Kind.BOOLEAN:
        return word("yes" if value else "no", language)
    if ask.many:
        return "; ".join(value) if len(value) > 1 else _coded(ask, value[0], language)
    if ask.kind is Kind.DATE:
        return date.fromisoformat(value) if len(value) == 10 else str(value)
    if ask.kind in (Kind.CODE, Kind.COUNTRY, Kind.LANGUAGE):
        return _coded(ask, value, language)
    return str(value)


def _coded(ask: Ask, value: str, language: str) -> str:
    name = ask.question.codes or ""
    code = law.codelist(name).get(value)
    return str(value) if code is None else choice(name, code, language)


def elements(value: Any) -> list[Any]:
    """Return the elements of a list that may be absent."""
    return list(value or ())


def inner(element: Any, path: str) -> Any:
    """Return the value of an element of a list at the rest of a path."""
    value: Any = element
    for name in path.partition("[].")[2].replace("[]", "").split("."):
        if isinstance(value, tuple):
            value = value[0] if value else None
        if value is None:
            return None
        value = getattr(value, "copy_" if name == "copy" else name)
    return value


def stem(path: str) -> str:
    """Return the path of the list that a path runs through, or the path itself."""
    return path.partition("[]")[0]


def first(value: Any, path: str) -> Any:
    """Return the value of the first element, where a path runs through a list."""
    if "[]" not in path:
        return value
    return inner(value[0], path) if value else None
