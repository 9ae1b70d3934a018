"""Legal words: what a legal version calls its items and the reasons why nothing is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiexchange.errors import UnknownLegalVersionError
from aiexchange.law import LegalVersion, legal_version


def terms(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the short English name of each item of a gap report's legal version, by its id.

    A name in the report itself goes first; an item that has none nowhere is left out.
    """
    version = _version_of(report)
    known = {item.id: item.term["en"] for item in version.items} if version else {}
    return known | {item["item"]: item["term"] for item in report["items"] if item.get("term")}


def reasons(report: Mapping[str, Any]) -> dict[str, str]:
    """Return why nothing is due, in words, by the code of the exemption."""
    version = _version_of(report)
    found = version.duty_table.exemptions if version else ()
    return {exemption.code: exemption.reason for exemption in found}


def _version_of(report: Mapping[str, Any]) -> LegalVersion | None:
    """Return the legal version; None if the report comes from a release that shipped others."""
    try:
        return legal_version(report["legal_version"])
    except UnknownLegalVersionError:
        return None
