"""Messages: gaps as findings, in plain words and with a way to mend them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aiexchange.findings import Finding, Severity
from aiexchange.law.gaps import gaps_of
from aiexchange.law.items import Item, Obligation, Supplier
from aiexchange.law.routing import route
from aiexchange.law.types import Gap, ItemState
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration

_MESSAGE = {
    ItemState.MISSING: "{item} is missing: {term}.",
    ItemState.INCOMPLETE: "{item} ({term}) is incomplete: {parts} missing.",
    ItemState.LINK_ONLY: "{item} is missing: {term}. An assessment is listed, but not summarised.",
    ItemState.FORBIDDEN: "{item} ({term}) holds a value, and a restricted registration may not.",
}
_FORBIDDEN_MEND = "Leave it out: Art. 49(4) lists all that a restricted registration may hold."
_MEND = {
    Supplier.PROVIDER: "The provider can supply it.",
    Supplier.DEPLOYER: "The deployer can supply it.",
    Supplier.NOTIFIED_BODY: "It stands on the certificate, which the provider holds.",
    Supplier.EU_DATABASE: "It comes with the registration in the EU database.",
}


def findings(
    registration: Registration, version: LegalVersion, as_of: date | None = None
) -> Iterator[Finding]:
    """Yield what the law finds: first about the routing, then one finding for each gap."""
    routing = route(registration, version, as_of)
    yield from routing.findings
    told = {finding.code for finding in routing.findings}
    for duty in routing.duties:
        for gap in gaps_of(registration, version, duty):
            finding = finding_of(gap, version)
            if finding.code not in told:
                yield finding.about(registration.record_id, None)


def finding_of(gap: Gap, version: LegalVersion) -> Finding:
    """Return a gap as a finding, `annex-viii.C-3.missing` or `annex-viii.annex-iii.undetermined`.

    A gap is a violation where it blocks the use or shows what may not be shown, else a warning.
    """
    undetermined = f"annex-viii.{gap.item}.undetermined"
    for remark in version.duty_table.remarks:
        if remark.finding.code == undetermined:
            return remark.finding
    item = version.item(gap.item)
    grave = gap.blocking or gap.state is ItemState.FORBIDDEN
    return Finding(
        code=f"annex-viii.{gap.item}.{gap.state.value}",
        severity=Severity.VIOLATION if grave else Severity.WARNING,
        message=_message(item, gap),
        path=_path(item, gap),
        basis=gap.basis,
        mend=_mend(item, gap),
    )


def catalogue(version: LegalVersion) -> Iterator[Finding]:
    """Yield one specimen of every finding that a legal version can lead to, for `explain`."""
    yield from (remark.finding for remark in version.duty_table.remarks)
    for item in version.items:
        if not item.deleted:
            yield from (finding_of(_gap(item, state), version) for state in _possible(item))


def _possible(item: Item) -> Iterator[ItemState]:
    if item.obligation is not Obligation.OPTIONAL:
        yield ItemState.MISSING
    if len(item.parts) > 1 or item.each:
        yield ItemState.INCOMPLETE
    if item.leads:
        yield ItemState.LINK_ONLY
    if not item.restricted_set:
        yield ItemState.FORBIDDEN


def _gap(item: Item, state: ItemState) -> Gap:
    parts = tuple(part.name for part in item.parts)
    return Gap(
        item.section, item.id, state, parts, item.supplied_by, item.basis, blocking=item.blocking
    )


def _message(item: Item, gap: Gap) -> str:
    if gap.state is ItemState.MISSING and item.message:
        return item.message
    parts = ", ".join(gap.parts)
    return _MESSAGE[gap.state].format(item=item.id, term=item.term["en"], parts=parts)


def _mend(item: Item, gap: Gap) -> str:
    if gap.state is ItemState.FORBIDDEN:
        return _FORBIDDEN_MEND
    return item.mend or _MEND[item.supplied_by]


def _path(item: Item, gap: Gap) -> str | None:
    return next((part.paths[0] for part in item.parts if part.name in gap.parts), None)
