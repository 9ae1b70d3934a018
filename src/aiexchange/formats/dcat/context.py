"""Context: the JSON-LD context with which plain JSON speaks of registrations, from the model."""

from __future__ import annotations

import json
from typing import Any

from aiexchange.formats.dcat.shapes import models
from aiexchange.formats.dcat.terms import NAMESPACES, carrier
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_LINKS = (Kind.PART, Kind.JSON, Kind.STATEMENTS)


def context() -> str:
    """Return the context: prefixes, and a plain name for each of our terms and carriers.

    A name that is a text in one part and a plain string in another says its language itself.
    """
    terms: dict[str, Any] = {"id": "@id", "type": "@type", **NAMESPACES}
    for name, kinds in sorted(_kinds().items()):
        local = name.partition(":")[2]
        if local not in terms:
            terms[local] = {"@id": name, **_coercion(kinds)}
    for name in ("Registration",):
        terms[name] = f"aix:{name}"
    return json.dumps({"@context": terms}, indent=2, ensure_ascii=False) + "\n"


def _kinds() -> dict[str, set[Kind]]:
    found: dict[str, set[Kind]] = {}
    for model in models():
        for name, field in fields_of(model).items():
            found.setdefault(carrier(model, name), set()).add(_kind(field))
    return found


def _kind(field: Field) -> Kind:
    return Kind.PART if field.kind in _LINKS else field.kind


def _coercion(kinds: set[Kind]) -> dict[str, str]:
    if kinds == {Kind.PART}:
        return {"@type": "@id"}
    if kinds in ({Kind.TEXT}, {Kind.KEYWORDS}):
        return {"@container": "@language"}
    return {}
