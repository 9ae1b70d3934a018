"""What the law room answers with: duties, gaps and the states of items, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aiexchange.findings import Finding
from aiexchange.model.codes import SectionCode


class Actor(StrEnum):
    """Who registers."""

    PROVIDER = "provider"
    DEPLOYER = "deployer"


class Access(StrEnum):
    """Who may see a registration: Art. 71(4), 49(4), 49(5); undetermined is a blocking gap."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    NATIONAL = "national"
    UNDETERMINED = "undetermined"


class ItemState(StrEnum):
    """How an item of a due section stands."""

    PRESENT = "present"
    DERIVED = "derived"
    INCOMPLETE = "incomplete"
    LINK_ONLY = "link-only"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    FORBIDDEN = "forbidden"

    @property
    def is_gap(self) -> bool:
        """Whether the state keeps a registration from being ready."""
        return self in _GAPS


_GAPS = frozenset(
    (ItemState.INCOMPLETE, ItemState.LINK_ONLY, ItemState.MISSING, ItemState.FORBIDDEN)
)


@dataclass(frozen=True, slots=True)
class AppliesFrom:
    """From when a duty binds, in three readings, each with what it rests on.

    `formal` is Art. 49 by the letter; `practical` the duties of Annex III systems on which it
    rests; `legacy` Art. 111(2), for what was in service before. A reading without a date does not
    apply, or turns on an event (`legacy` on a significant change): its ground says so.
    """

    formal: date | None
    practical: date | None
    legacy: date | None
    formal_ground: str
    practical_ground: str
    legacy_ground: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A section that is due for a registration: who, where, on what basis, from when.

    `reduced` tells that the Art. 49(4) set alone may be submitted. A restricted test without
    consent to publication (Art. 71(4)) is not public and still complete.
    """

    section: SectionCode
    actor: Actor
    access: Access
    basis: str
    applies_from: AppliesFrom
    in_force: bool
    reduced: bool = False


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a registration belongs under Art. 49: its duties, or the reason why there is none.

    `not_due` says it in words, `not_due_code` by the stable name of the exemption.
    """

    duties: tuple[Duty, ...]
    not_due: str | None
    findings: tuple[Finding, ...] = ()
    not_due_code: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """An item of a due section without a usable value; `parts` are the parts that are missing."""

    section: SectionCode
    item: str
    state: ItemState
    parts: tuple[str, ...]
    supplied_by: str
    basis: str
    blocking: bool = False
