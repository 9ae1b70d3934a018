"""Stating: who says a value of a document, and where in it, as provenance of the registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration, Statement
from aiexchange.model.paths import digest, value_at


def stated(
    registration: Registration,
    lens: Lens,
    entry: Entry,
    where: Mapping[str, str],
    is_model: bool,
) -> Registration:
    """Return a registration that says of each value where it stands.

    What a broad or narrow rule gives, and what is said of a model, is derived.
    """
    by = registration.provider.name or registration.deployer.name
    places: dict[str, list[str]] = {}
    broad: set[str] = set()
    for field, rule in lens.rules.items():
        if field not in _absent(registration) and rule.path not in _ITSELF:
            places.setdefault(rule.path, []).append(where.get(field, field))
            broad |= {rule.path} if rule.row.relation in ("broad", "narrow") else set()
    statements = dict(registration.provenance)
    for path, fields in places.items():
        value = value_at(registration, path)
        if path in statements or value in (None, (), {}):
            continue
        told: dict[str, Any] = {"kind": "supplied"}
        if is_model or path in broad:
            told = {"kind": "derived", "digest": digest(value)}
        row = str(entry.origin).partition(", ")[2]
        place = ", ".join(part for part in (row, " and ".join(dict.fromkeys(fields))) if part)
        file = (entry.origin.file or "-").replace("\\", "/").rpartition("/")[2]
        statements[path] = Statement(
            **told, by=by, source=file, place=place, date=_day(registration)
        )
    return registration.model_copy(update={"provenance": statements})


_ITSELF = ("record_id", "languages", "modified", "source.layout", "identifiers")
"""What tells about the document, and is no statement about a system."""


def _absent(registration: Registration) -> frozenset[str]:
    names = registration.residue.get("#absent", ())
    return frozenset(map(str, names if isinstance(names, list) else ()))


def _day(registration: Registration) -> str | None:
    return (registration.modified or "").partition("T")[0] or None
