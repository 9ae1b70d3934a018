"""Routing: which sections are due for a registration under Art. 49 and 60, and with what access."""

from __future__ import annotations

from datetime import date

from aiexchange.law.conditions import Conditions, entered
from aiexchange.law.dates import applies_from
from aiexchange.law.duty_table import DutyTable, Exemption, Route
from aiexchange.law.types import Access, Duty, Routing
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration, RiskClass, SectionCode


def route(registration: Registration, version: LegalVersion, as_of: date | None = None) -> Routing:
    """Return what is due for a registration, or why nothing is (Art. 49, 60(4)(c), 71).

    Duties are listed whatever the date; `as_of` (today by default) decides only whether they are
    in force. Nothing is guessed: an unnamed provider or Annex III point becomes a finding.
    """
    table, day = version.duty_table, as_of or date.today()
    due, exemption = due_routes(registration, table)
    codes = tuple(each.section for each in due)
    findings = tuple(version.engine.of_routing(registration, codes))
    if due:
        found = tuple(_duty(registration, each, table, day) for each in due)
        return Routing(found, None, findings)
    reason = exemption.reason if exemption else "No section of Annex VIII fits the registration."
    return Routing((), reason, findings, exemption.code if exemption else "no-section")


def due_routes(
    registration: Registration, table: DutyTable
) -> tuple[tuple[Route, ...], Exemption | None]:
    """Return what is due, in the order A, B, C, IX, without dates, and the exemption that fits."""
    exemption = next((each for each in table.exemptions if each.fits(registration)), None)
    due = {
        each.section: each
        for each in table.routes
        if each.fits(registration) and not _exempt(registration, each, exemption)
    }
    return tuple(due[code] for code in SectionCode if code in due), exemption


def duties(
    registration: Registration, version: LegalVersion, as_of: date | None = None
) -> tuple[Duty, ...]:
    """Return the sections that are due for a registration, in the order A, B, C, IX."""
    table, day = version.duty_table, as_of or date.today()
    return tuple(
        _duty(registration, each, table, day) for each in due_routes(registration, table)[0]
    )


def closed(registration: Registration, version: LegalVersion) -> bool:
    """Tell whether a registration may not be published at all (Art. 49(4)).

    Some duty leaves it the reduced set alone; or it is of a sensitive area, declared not high-risk
    and without a condition of Art. 6(3), as one is that was reduced: that condition is not in the
    set, and without it Section B is no longer known to be due.
    """
    table = version.duty_table
    if not table.conditions["sensitive"](registration):
        return False
    derogated = registration.classification.declared is RiskClass.NOT_HIGH_RISK
    return derogated or bool(due_routes(registration, table)[0])


def _exempt(registration: Registration, due: Route, exemption: Exemption | None) -> bool:
    if exemption is None or due.always:
        return False
    return not (exemption.unless_entered and entered(registration, due.section))


def _duty(registration: Registration, due: Route, table: DutyTable, day: date) -> Duty:
    access = _access(registration, due.section, table.conditions)
    readings, in_force = applies_from(registration, due.section, table, day)
    reduced = access is Access.RESTRICTED and table.conditions["sensitive"](registration)
    basis = table.sections[due.section].basis
    return Duty(
        section=due.section,
        actor=due.actor,
        access=access,
        basis=f"{basis}; Art. 49(4)" if reduced else basis,
        applies_from=readings,
        in_force=in_force,
        reduced=reduced,
    )


def access_of(registration: Registration, section: SectionCode, version: LegalVersion) -> Access:
    """Return who may see a registration under a section (Art. 49(4), 71(4)).

    A test without consent to publication is restricted; point 2 reaches the EU database under
    Section B alone, and is public there. Without a point of Annex III nothing can be told.
    """
    return _access(registration, section, version.duty_table.conditions)


def _access(registration: Registration, section: SectionCode, asked: Conditions) -> Access:
    test = registration.test
    if section is SectionCode.IX and not (test and test.publication_consent):
        return Access.RESTRICTED
    if not asked["annex-iii"](registration) or asked["area-unstated"](registration):
        return Access.UNDETERMINED
    return Access.RESTRICTED if asked["sensitive"](registration) else Access.PUBLIC
