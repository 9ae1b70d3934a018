"""Places: the record and the canonical path that a node and a predicate stand for."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from aiexchange.formats.dcat.terms import NAMESPACES, carrier, fragment, full
from aiexchange.model import CanonicalModel, Registration
from aiexchange.model.table import fields_of
from aiexchange.model.types import Kind


def record_id_of(iri: str) -> str | None:
    """Return the record id of the registration to which a node belongs, by its IRI.

    The catalogue record of a registration belongs to it too. None, if the IRI is not one of ours.
    """
    document = iri.partition("#")[0]
    for segment in ("/registration/", "/record/"):
        _, found, rest = document.rpartition(segment)
        if found:
            return unquote(rest.partition("/")[0])
    return None


@cache
def path_of(iri: str, predicate: str | None) -> str | None:
    """Return the canonical path of what a predicate says about a node.

    A predicate that carries nothing is named by its prefix, as `dct:modified`; without one the
    path is that of the node.
    """
    found = _part(Registration, iri.partition("#")[2])
    if predicate is None:
        return found[1] if found and found[1] else None
    if found is not None:
        model, place = found
        name = _carried(model).get(predicate)
        if name is not None:
            return f"{place}.{name}" if place else name
    return short(predicate)


def short(iri: str) -> str:
    """Return an IRI with the prefix of its namespace, where it has one of ours."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


@cache
def _carried(model: type[CanonicalModel]) -> dict[str, str]:
    return {full(carrier(model, name)): name for name in fields_of(model)}


def _part(model: type[CanonicalModel], rest: str) -> tuple[type[CanonicalModel], str] | None:
    """Return the part that a fragment names, and its path with the members of lists from 0."""
    if not rest:
        return model, ""
    for name, field in fields_of(model).items():
        step = fragment(name)
        if field.kind is not Kind.PART or field.model is None or not rest.startswith(step):
            continue
        after = rest[len(step) :]
        if field.many:
            number, _, after = after.removeprefix("-").partition("-")
            if not number.isdigit():
                continue
            name = f"{name}[{int(number) - 1}]"
        elif after and not after.startswith("-"):
            continue
        inner = _part(field.model, after.removeprefix("-"))
        if inner is not None:
            return inner[0], f"{name}.{inner[1]}" if inner[1] else name
    return None
