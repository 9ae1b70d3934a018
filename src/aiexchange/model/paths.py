"""Canonical paths: values by path, the walk over a registration, what follows from what."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

from aiexchange.model.codes import StatementKind
from aiexchange.model.parts import CanonicalModel
from aiexchange.model.registration import Registration
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_INDEX = re.compile(r"\[\d*\]")


@cache
def field_at(path: str) -> Field:
    """Return the field that a path without indices names, such as `system.trade_name`.

    Brackets (`certificates[].copy`) are allowed and say nothing.

    Raises:
        KeyError: the model has no such path.
    """
    model: type[CanonicalModel] | None = Registration
    field: Field | None = None
    for name in _INDEX.sub("", path).split("."):
        if model is None or name not in fields_of(model):
            raise KeyError(f"the model has no path {path}")
        field = fields_of(model)[name]
        model = field.model
    assert field is not None
    return field


@cache
def _steps(path: str) -> tuple[str, ...]:
    model: type[CanonicalModel] | None = Registration
    attributes = []
    for name in _INDEX.sub("", path).split("."):
        if model is None or name not in fields_of(model):
            raise KeyError(f"the model has no path {path}")
        field = fields_of(model)[name]
        attributes.append(field.attribute)
        model = field.model
    return tuple(attributes)


def value_at(registration: Registration, path: str) -> Any:
    """Return the value at a path without lists on the way; None, (), {} or an empty part if absent.

    Raises:
        KeyError: the model has no such path.
    """
    value: Any = registration
    for attribute in _steps(path):
        if value is None:
            return None
        value = getattr(value, attribute)
    return value


def values_at(registration: Registration, path: str) -> Iterator[Any]:
    """Yield every value at a path that may cross lists, such as `system.certificates[].copy`."""
    found: list[Any] = [registration]
    for attribute in _steps(path):
        found = [
            item
            for owner in found
            for item in _as_items(getattr(owner, attribute))
            if item is not None
        ]
    yield from found


def _as_items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def is_absent(value: Any) -> bool:
    """Tell whether a canonical value says nothing: None, an empty list, map or part."""
    if value is None or value == () or value == {}:
        return True
    return isinstance(value, CanonicalModel) and all(
        is_absent(getattr(value, field.attribute)) for field in fields_of(type(value)).values()
    )


def walk(model: CanonicalModel, prefix: str = "") -> Iterator[tuple[str, Field, Any]]:
    """Yield path, field and value of every field that says something; parts are entered.

    Lists and texts are yielded whole, under the path of their field: `use.legal_bases`.
    """
    for name, field in fields_of(type(model)).items():
        value = getattr(model, field.attribute)
        if is_absent(value):
            continue
        path = f"{prefix}{name}"
        if field.kind is Kind.PART and not field.many:
            yield from walk(value, f"{path}.")
        else:
            yield path, field, value


def plain(value: Any) -> Any:
    """Return a canonical value as JSON holds it; fields that say nothing are left out."""
    if type(value) is str:
        return value
    if isinstance(value, CanonicalModel):
        return {
            name: plain(inner)
            for name, field in fields_of(type(value)).items()
            if not is_absent(inner := getattr(value, field.attribute))
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value


def digest(value: Any) -> str:
    """Return the fingerprint of a canonical value: 12 hex digits of SHA-256 over its JSON."""
    return hashlib.sha256(_CANONICAL(plain(value)).encode("ascii")).hexdigest()[:12]


_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


def follows(registration: Registration, path: str) -> bool:
    """Tell whether the value at a path still is what followed from another canonical path.

    It no longer is when somebody has edited it since; then it counts as stated.
    """
    statement = registration.provenance.get(path)
    if statement is None or statement.digest is None:
        return False
    return statement.digest == digest(value_at(registration, path))


def is_derived(registration: Registration, path: str) -> bool:
    """Tell whether the value at a path was derived, and has not been edited since."""
    statement = registration.provenance.get(path)
    return (
        statement is not None
        and statement.kind is StatementKind.DERIVED
        and (statement.digest is None or follows(registration, path))
    )
