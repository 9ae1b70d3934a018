"""Public: a registration without the contacts that may not be published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aiexchange.findings import Finding, Severity
from aiexchange.formats.dcat.derived import parties
from aiexchange.model import Contact, Registration


def published(registration: Registration) -> tuple[Registration, list[Finding]]:
    """Return what may be published of a registration, and what was left out.

    Source values that repeat a private contact are left out with it.
    """
    private = [
        (name, contact)
        for name, party in parties(registration)
        for contact in party.contacts
        if contact.public is not True
    ]
    if not private:
        return registration, []
    plain = registration.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    secrets = [text for _, contact in private for text in _said(contact)]
    paths = sorted({f"{_path(name)}.contacts" for name, _ in private})
    _without_private(plain)
    for member in ("residue", "extras"):
        kept = plain.get(member, {})
        plain[member] = {name: raw for name, raw in kept.items() if not _tells(raw, secrets)}
    plain["provenance"] = {
        path: statement
        for path, statement in plain.get("provenance", {}).items()
        if path not in paths
    }
    return Registration.model_validate(plain), [_lost(registration, path) for path in paths]


def _path(name: str) -> str:
    parts = name.split("-")
    if parts[0] == "test":
        return "test.deployers"
    return ".".join((parts[0], "_".join(parts[1:]))) if parts[1:] else parts[0]


def _said(contact: Contact) -> Iterator[str]:
    for text in (contact.email, contact.phone, contact.url, contact.name):
        if text:
            yield text


def _tells(raw: Any, secrets: list[str]) -> bool:
    text = json.dumps(raw, ensure_ascii=False)
    return any(json.dumps(secret, ensure_ascii=False)[1:-1] in text for secret in secrets)


def _without_private(value: Any) -> None:
    """Remove contacts that are not public, wherever they stand."""
    if isinstance(value, dict):
        if isinstance(value.get("contacts"), list):
            value["contacts"] = [each for each in value["contacts"] if each.get("public") is True]
        for name, inner in value.items():
            if name not in ("residue", "extras"):
                _without_private(inner)
    elif isinstance(value, list):
        for each in value:
            _without_private(each)


def _lost(registration: Registration, path: str) -> Finding:
    return Finding(
        "loss.contact-not-public",
        Severity.WARNING,
        f"A contact in {path} may not be published; it is left out of the catalogue.",
        record_id=registration.record_id,
        path=path,
        mend="Set public to true for it, if it may be published.",
    )
