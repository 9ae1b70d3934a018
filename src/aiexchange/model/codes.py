"""Codes of the canonical model; labels and IRIs are in `schemas/codelists/`."""

from __future__ import annotations

from enum import StrEnum


class RiskClass(StrEnum):
    """What the record declares the system to be (Art. 6)."""

    HIGH_RISK = "high-risk"
    NOT_HIGH_RISK = "not-high-risk"
    UNKNOWN = "unknown"


class AnnexIIIPoint(StrEnum):
    """A use case of Annex III; point 2 has no letters."""

    P1A = "1(a)"
    P1B = "1(b)"
    P1C = "1(c)"
    P2 = "2"
    P3A = "3(a)"
    P3B = "3(b)"
    P3C = "3(c)"
    P3D = "3(d)"
    P4A = "4(a)"
    P4B = "4(b)"
    P5A = "5(a)"
    P5B = "5(b)"
    P5C = "5(c)"
    P5D = "5(d)"
    P6A = "6(a)"
    P6B = "6(b)"
    P6C = "6(c)"
    P6D = "6(d)"
    P6E = "6(e)"
    P7A = "7(a)"
    P7B = "7(b)"
    P7C = "7(c)"
    P7D = "7(d)"
    P8A = "8(a)"
    P8B = "8(b)"

    @property
    def area(self) -> int:
        """The area of Annex III, 1 to 8."""
        return int(self.value[0])


class Article63Condition(StrEnum):
    """A ground of Art. 6(3) on which a system of Annex III is not high-risk (B-6)."""

    A = "6(3)(a)"
    B = "6(3)(b)"
    C = "6(3)(c)"
    D = "6(3)(d)"


class AnnexXIVCode(StrEnum):
    """A scope code of notified bodies (Annex XIV), usable to classify a system."""

    AIP_0102 = "AIP 0102"
    AIP_0103 = "AIP 0103"
    AIP_0104 = "AIP 0104"
    AIP_0105 = "AIP 0105"
    AIP_0106 = "AIP 0106"
    AIP_0107 = "AIP 0107"
    AIP_0108 = "AIP 0108"
    AIP_0109 = "AIP 0109"
    AIP_0110 = "AIP 0110"
    AIP_0111 = "AIP 0111"
    AIP_0112 = "AIP 0112"
    AIB_0201 = "AIB 0201"
    AIB_0202 = "AIB 0202"
    AIB_0203 = "AIB 0203"
    AIH_0101 = "AIH 0101"
    AIH_0201 = "AIH 0201"
    AIH_0202 = "AIH 0202"
    AIH_0203 = "AIH 0203"
    AIH_0204 = "AIH 0204"
    AIH_0205 = "AIH 0205"
    AIH_0301 = "AIH 0301"
    AIH_0401 = "AIH 0401"


class SystemStatus(StrEnum):
    """Status of the AI system on the Union market (A-7, B-8)."""

    ON_MARKET = "ON_MARKET"
    IN_SERVICE = "IN_SERVICE"
    NO_LONGER_ON_MARKET_OR_IN_SERVICE = "NO_LONGER_ON_MARKET_OR_IN_SERVICE"
    RECALLED = "RECALLED"


class UseStatus(StrEnum):
    """Status of the use that a register describes; not an item of Annex VIII."""

    IN_DEVELOPMENT = "in-development"
    IN_USE = "in-use"
    OUT_OF_USE = "out-of-use"


class OperatorKind(StrEnum):
    """What kind of body an operator is: Art. 49(3) and Art. 27(1) turn on it."""

    PUBLIC_AUTHORITY = "public-authority"
    EU_BODY = "eu-body"
    ON_BEHALF_OF_PUBLIC_AUTHORITY = "on-behalf-of-public-authority"
    PRIVATE_PUBLIC_SERVICE = "private-public-service"
    PRIVATE = "private"
    NATURAL_PERSON = "natural-person"


class AssessmentKind(StrEnum):
    """A kind of impact assessment, as far as its title tells."""

    DPIA = "dpia"
    PRE_SCAN_DPIA = "pre-scan-dpia"
    FRIA = "fria"
    IAMA = "iama"
    FRAIA = "fraia"
    AIIA = "aiia"
    OTHER = "other"


class SuspensionState(StrEnum):
    """Whether a test in real-world conditions goes on (IX-5)."""

    ONGOING = "ongoing"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class SectionCode(StrEnum):
    """A section of Annex VIII, or Annex IX."""

    A = "A"
    B = "B"
    C = "C"
    IX = "IX"


class EntryState(StrEnum):
    """What the EU database has made of a registration."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class StatementKind(StrEnum):
    """How a value came to be."""

    STATED = "stated"
    DERIVED = "derived"
    SUPPLIED = "supplied"
