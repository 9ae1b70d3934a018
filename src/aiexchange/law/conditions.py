"""Conditions: the closed list of questions that the law's data files ask about a registration."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from aiexchange.law.codelists import codelist
from aiexchange.law.data import LegalDataError
from aiexchange.model import (
    AssessmentKind,
    EntryState,
    OperatorKind,
    Registration,
    RiskClass,
    SectionCode,
    SuspensionState,
    UseStatus,
)
from aiexchange.model.paths import is_absent

Condition = Callable[[Registration], bool]
"""A question about a registration."""

_PRIVATE = (
    OperatorKind.PRIVATE,
    OperatorKind.PRIVATE_PUBLIC_SERVICE,
    OperatorKind.NATURAL_PERSON,
)
_NO_FRIA = (OperatorKind.PRIVATE, OperatorKind.NATURAL_PERSON)
_CREDIT_AND_INSURANCE = ("5(b)", "5(c)")
_DPIA = (AssessmentKind.DPIA, AssessmentKind.PRE_SCAN_DPIA)
_GONE = (EntryState.REJECTED, EntryState.WITHDRAWN)


def areas(registration: Registration) -> frozenset[int]:
    """Return the areas of Annex III, 1 to 8, under which the system falls."""
    return frozenset(point.area for point in registration.classification.annex_iii)


def entered(registration: Registration, section: SectionCode) -> bool:
    """Tell whether the EU database holds an entry of that section, not rejected or withdrawn."""
    return any(
        entry.section is section and entry.state not in _GONE for entry in registration.entries
    )


def own_provider(registration: Registration) -> bool:
    """Tell whether the deployer is its own provider: one name, but for case and spacing."""
    provider, deployer = registration.provider.name, registration.deployer.name
    return bool(provider and deployer) and _plain(provider) == _plain(deployer)


def private_deployer(registration: Registration) -> bool:
    """Tell whether the deployer is stated to be private; a body in a register is held public."""
    return registration.deployer.kind in _PRIVATE


def sensitive(registration: Registration) -> bool | None:
    """Tell whether Art. 49(4) restricts the registration; None where it cannot be told.

    Points 6 and 7 bear the sensitive areas as their headings, point 1 only where it is stated.
    """
    found, stated = areas(registration), registration.classification.sensitive_area
    if found & {6, 7}:
        return stated is not False
    return stated if 1 in found else False


def _plain(name: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", name or "").casefold().split())


def _provider_outside_union(registration: Registration) -> bool:
    address = registration.provider.address
    if address is None or address.country is None:
        return False
    return address.country not in codelist("member-state")


def _provider_record(registration: Registration) -> bool:
    return bool(registration.provider.name) and not registration.deployer.name


def _fria_due(registration: Registration) -> bool:
    points = registration.classification.annex_iii
    return registration.deployer.kind not in _NO_FRIA or any(
        point in _CREDIT_AND_INSURANCE for point in points
    )


def _dpia_mentioned(registration: Registration) -> bool:
    return any(assessment.kind in _DPIA for assessment in registration.use.assessments)


def _test_halted(registration: Registration) -> bool:
    halted = (SuspensionState.SUSPENDED, SuspensionState.TERMINATED)
    return registration.test is not None and registration.test.suspension in halted


def _area_unstated(registration: Registration) -> bool:
    return sensitive(registration) is None


def _area_denied(registration: Registration) -> bool:
    denied = registration.classification.sensitive_area is False
    return denied and bool(areas(registration) & {6, 7})


CONDITIONS: dict[str, Condition] = {
    "annex-i": lambda r: r.classification.annex_i is True,
    "annex-iii": lambda r: bool(r.classification.annex_iii),
    "area-denied": _area_denied,
    "area-unstated": _area_unstated,
    "certificate-held": lambda r: bool(r.system.certificates),
    "class-not-stated": lambda r: r.classification.declared is None,
    "class-unknown": lambda r: r.classification.declared is RiskClass.UNKNOWN,
    "declared-high-risk": lambda r: r.classification.declared is RiskClass.HIGH_RISK,
    "declared-not-high-risk": lambda r: r.classification.declared is RiskClass.NOT_HIGH_RISK,
    "derogated": lambda r: bool(r.classification.article_6_3),
    "dpia-mentioned": _dpia_mentioned,
    "fria-due": _fria_due,
    "in-development": lambda r: r.use.status is UseStatus.IN_DEVELOPMENT,
    "out-of-use": lambda r: r.use.status is UseStatus.OUT_OF_USE,
    "outside-sensitive-area": lambda r: not sensitive(r),
    "own-provider": own_provider,
    "point-2-alone": lambda r: areas(r) == {2},
    "private-deployer": private_deployer,
    "profiling": lambda r: r.classification.profiling is True,
    "provider-named": lambda r: bool(r.provider.name),
    "provider-outside-union": _provider_outside_union,
    "provider-record": _provider_record,
    "representative-named": lambda r: not is_absent(r.provider.authorised_representative),
    "status-stated": lambda r: r.system.status is not None,
    "submitted-for-provider": lambda r: not is_absent(r.provider.submitter),
    "test-halted": _test_halted,
    "testing": lambda r: r.test is not None,
}
"""Every question by the name that `items.toml` and `duties.toml` use."""


def condition(name: str) -> Condition:
    """Return a question; `not` before its name turns it round.

    Raises:
        LegalDataError: no question has that name.
    """
    turned, bare = name.startswith("not "), name.removeprefix("not ")
    if bare not in CONDITIONS:
        raise LegalDataError(f"no condition is named {bare}")
    asked = CONDITIONS[bare]
    return (lambda registration: not asked(registration)) if turned else asked


def every(names: Iterable[str]) -> Condition:
    """Return the question whether all the named conditions hold."""
    asked = tuple(condition(name) for name in names)
    return lambda registration: all(ask(registration) for ask in asked)
