"""The entry that a reader yields: a registration, or the findings that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from aiexchange.findings import Finding, Origin
from aiexchange.model.registration import Registration


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a source with its place and what was found while reading it.

    `registration` is None where the source holds something that cannot become one.
    """

    registration: Registration | None
    origin: Origin
    findings: tuple[Finding, ...] = ()
