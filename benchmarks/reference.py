"""The reference record: a registration in which nearly everything is said, as many as you like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiexchange import Registration
from aiexchange.exchange import write as write_registrations
from benchmarks.corpus import lars

_DUTCH = "Het systeem beoordeelt aanvragen en adviseert een medewerker die beslist."
_ENGLISH = "The system assesses applications and advises an official who decides."


def registration(number: int) -> Registration:
    """Return the reference record of a number: the same record, but for what tells it apart."""
    site = f"https://voorbeeld{number % 340}.example"
    return Registration.model_validate(
        {
            "record_id": f"nl-algoritmeregister:{lars(number)}",
            "modified": "2026-05-02T12:00:00+00:00",
            "languages": ["en", "nl"],
            "identifiers": [{"scheme": "source_id", "value": f"A{number}"}],
            "title": {"nl": f"Toepassing {number}", "en": f"Application {number}"},
            "description": _text(number),
            "keywords": {"nl": ["vergunning"], "en": ["permit"]},
            "source": {
                "register": "nl-algoritmeregister",
                "layout": "1.0",
                "page": f"{site}/algoritme/{number}",
            },
            "classification": {
                "declared": "high-risk",
                "declared_as": "high-risk-ai-system",
                "annex_iii": ["5(a)"],
                "annex_i": False,
                "sensitive_area": False,
                "profiling": True,
            },
            "system": _system(number, site),
            "provider": _operator(f"Leverancier {number % 60} B.V.", site, "private"),
            "deployer": _operator(f"Gemeente Voorbeeld {number % 340}", site, "public-authority"),
            "use": _use(number, site),
            "provenance": {"provider.name": {"kind": "stated", "by": "Gemeente Voorbeeld"}},
            "residue": {"tags": "vergunning, aanvraag"},
        }
    )


def write(path: Path, records: int) -> None:
    """Write so many reference records, in the format of the file's suffix."""
    write_registrations((registration(number) for number in range(records)), path, force=True)


def _text(number: int) -> dict[str, str]:
    return {"nl": f"{number}: {_DUTCH}", "en": f"{number}: {_ENGLISH}"}


def _document(site: str, name: str) -> dict[str, str]:
    return {
        "title": f"Document {name}",
        "url": f"{site}/{name}.pdf",
        "media_type": "application/pdf",
    }


def _operator(name: str, site: str, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "address": {
            "street": "Voorbeeldstraat",
            "number": "12",
            "post_code": "1234 AB",
            "city": "Voorbeeldstad",
            "country": "NL",
        },
        "contacts": [
            {"email": "info@voorbeeld.example", "url": f"{site}/contact", "public": True},
        ],
    }


def _system(number: int, site: str) -> dict[str, Any]:
    return {
        "trade_name": f"Beoordelaar {number % 60}",
        "references": [{"scheme": "version", "value": f"{number % 9}.2"}],
        "intended_purpose": _text(number),
        "information_used": _text(number),
        "operating_logic": _text(number),
        "status": "IN_SERVICE",
        "first_placed": "2026-01-15",
        "intended_for_public_authorities": True,
        "member_states": ["BE", "NL"],
        "certificates": [
            {
                "type": "EU technical documentation assessment",
                "number": f"CE-{number}",
                "issued": "2026-01-01",
                "expires": "2029-12-31",
                "notified_body": {"name": "Keuringsdienst", "number": "0123"},
                "copy": _document(site, "certificate"),
            }
        ],
        "declarations_of_conformity": [_document(site, "declaration")],
        "instructions_for_use": [_document(site, "instructions")],
        "more_information": f"{site}/systeem",
        "data_sources": [{"title": "Basisregistratie", "url": f"{site}/bron"}],
    }


def _use(number: int, site: str) -> dict[str, Any]:
    return {
        "purpose": _text(number),
        "status": "in-use",
        "start": "2026-02",
        "provider_entry": f"{site}/entry/{number}",
        "fria_summary": _text(number),
        "dpia_summary": _text(number),
        "assessments": [{"kind": "dpia", "title": "DPIA", "url": f"{site}/dpia"}],
        "legal_basis": _text(number),
        "legal_bases": [{"title": "Voorbeeldwet", "url": f"{site}/wet"}],
        "human_oversight": _text(number),
        "risk_management": _text(number),
        "considerations": _text(number),
        "themes": ["housing"],
        "public_page": {"url": f"{site}/algoritme"},
    }
