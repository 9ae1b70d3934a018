"""Judging: what is found in one entry without the Act."""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange.checks import register_rules
from aiexchange.findings import Finding, Severity
from aiexchange.model import Entry, Registration, StatementKind


def of_entry(entry: Entry, rules: str) -> Iterator[Finding]:
    """Yield what is found in one entry without the Act.

    A rule of the register that says the same as the reader replaces it.
    """
    registration = entry.registration
    if registration is None:
        yield from entry.findings
        return
    by_rules = list(register_rules.findings(registration, rules))
    told = {(finding.code, finding.path) for finding in by_rules}
    yield from (each for each in entry.findings if (each.code, each.path) not in told)
    for finding in (*by_rules, *_supplied(registration)):
        yield finding.about(registration.record_id, entry.origin)


def _supplied(registration: Registration) -> Iterator[Finding]:
    """Yield who supplied values, file by file: what a merge has brought, and from where."""
    sources: dict[tuple[str, str, str], list[str]] = {}
    for path, each in registration.provenance.items():
        if each.kind is StatementKind.SUPPLIED:
            who = (each.by or "?", each.source or "?", each.date or "an unknown day")
            sources.setdefault(who, []).append(f"{path} ({each.place or '?'})")
    for (by, source, day), places in sources.items():
        yield Finding(
            "merge.supplied",
            Severity.INFO,
            f"{len(places)} values were supplied by {by}, {source}, {day}: {'; '.join(places)}",
        )
