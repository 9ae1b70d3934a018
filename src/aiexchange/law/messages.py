"""Messages: what the law finds in a registration, in plain words and with a way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aiexchange.findings import Finding
from aiexchange.law.engine import gap_finding, rule_finding
from aiexchange.law.routing import due_routes
from aiexchange.law.types import Gap
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration


def findings(
    registration: Registration, version: LegalVersion, as_of: date | None = None
) -> Iterator[Finding]:
    """Yield what the rules find: first about the routing, then the gaps, then the rest.

    Rules hold whatever the date: `as_of` decides only whether a duty is in force.
    """
    due, _ = due_routes(registration, version.duty_table)
    return version.engine.findings(registration, tuple(route.section for route in due))


def finding_of(gap: Gap, version: LegalVersion) -> Finding:
    """Return a gap as a finding, `annex-viii.C-3.missing` or `annex-viii.annex-iii.undetermined`.

    A gap is a violation where it blocks the use or shows what may not be shown, else a warning.
    """
    undetermined = f"annex-viii.{gap.item}.undetermined"
    for rule in version.rules:
        if rule.code == undetermined:
            return rule_finding(rule)
    return gap_finding(version.item(gap.item), gap.state, gap.parts, version.wording)


def catalogue(version: LegalVersion) -> Iterator[Finding]:
    """Yield one specimen of every finding that a legal version can lead to, for `explain`."""
    return map(rule_finding, version.rules)
