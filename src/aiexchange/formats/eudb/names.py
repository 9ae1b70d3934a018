"""Names: namespaces, versions and element names of our XML."""

from __future__ import annotations

VERSION = "1.0.0"
"""Exact version of the schema, in the root element of a message."""

PROFILE = "exchange"
"""The profile that carries everything."""

SUBMISSION = "submission"
"""The profile that carries what the items ask for."""

ENVELOPE = ("MessageID", "Time", "Sender", "Recipient", "LegalVersion", "TestIndicator")
"""What the header of a submission says at least."""

MOST_SENT = 300
"""The most registrations of one submission, as in the exchange of EUDAMED."""

PROFILES = (PROFILE, SUBMISSION)

RECORDS = ("Registration", "RestrictedRegistration", "UnpublishedTest")
"""The elements that hold one registration; the first alone is public."""

MESSAGE = "urn:aiexchange:xsd:message:1"
REGISTRATION = "urn:aiexchange:xsd:registration:1"
COMMON = "urn:aiexchange:xsd:common:1"
CODELIST = "urn:aiexchange:xsd:codelist:1"
ACKNOWLEDGEMENT = "urn:aiexchange:xsd:acknowledgement:1"
XML = "http://www.w3.org/XML/1998/namespace"

LANG = f"{{{XML}}}lang"

NOT_OFFICIAL = (
    "This is the interchange format of aiexchange. It is not an official schema of the EU "
    "database: none is public."
)

FORMS = {"record_id": "RecordID", "sha256": "SHA256", "digest": "Digest"}
"""Simple types of the strings that have a form of their own, by the name of the field."""

_IRREGULAR = {
    "annex_i": "AnnexI",
    "annex_iii": "AnnexIIIPoint",
    "annex_xiv": "AnnexXIVCode",
    "article_6_3": "Article63Condition",
    "assessments": "Assessment",
    "certificates": "Certificate",
    "contacts": "Contact",
    "data_sources": "DataSource",
    "declarations_of_conformity": "DeclarationOfConformity",
    "deployers": "Deployer",
    "dpia_summary": "DPIASummary",
    "entries": "Entry",
    "fria_summary": "FRIASummary",
    "id": "ID",
    "identifiers": "Identifier",
    "keywords": "Keyword",
    "languages": "Language",
    "legal_bases": "LegalBasisReference",
    "member_states": "MemberState",
    "record_id": "RecordID",
    "references": "Reference",
    "sha256": "SHA256",
    "themes": "Theme",
    "url": "URL",
}


def element_name(field: str) -> str:
    """Return the name of the element that carries a canonical field; of a list, one of it."""
    if field in _IRREGULAR:
        return _IRREGULAR[field]
    return "".join(part.capitalize() for part in field.split("_"))
