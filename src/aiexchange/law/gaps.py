"""Gaps: the items of a due section that hold no usable value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from aiexchange.law.conditions import Conditions
from aiexchange.law.items import Item
from aiexchange.law.routing import duties
from aiexchange.law.states import Names, standing, state_of
from aiexchange.law.types import Duty, Gap, ItemState
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration


def states(
    registration: Registration, version: LegalVersion, duty: Duty
) -> Iterator[tuple[Item, ItemState, Names]]:
    """Yield how each item of a due section stands, in the order of Annex VIII.

    The names are the parts that are missing, or those that are forbidden. A reduced duty is
    measured against the Art. 49(4) set alone: an item outside it comes only if it holds a value.
    """
    yield from standing(registration, version.section(duty.section), duty.reduced, state_of)


def gaps(
    registration: Registration, version: LegalVersion, as_of: date | None = None
) -> Iterator[Gap]:
    """Yield every item of every due section that is missing, incomplete, link-only or forbidden.

    Items come in the order of Annex VIII. A restricted registration is measured against the
    Art. 49(4) set alone. Where its access cannot be told, what is needed to tell it comes first.
    """
    for duty in duties(registration, version, as_of):
        yield from gaps_of(registration, version, duty)


def gaps_of(registration: Registration, version: LegalVersion, duty: Duty) -> Iterator[Gap]:
    """Yield the gaps of one duty."""
    return gaps_among(states(registration, version, duty), registration, duty, version)


def gaps_among(
    found: Iterable[tuple[Item, ItemState, Names]],
    registration: Registration,
    duty: Duty,
    version: LegalVersion,
) -> Iterator[Gap]:
    """Yield the gaps of one duty from the states of its items."""
    yield from _context_gaps(registration, duty, version.duty_table.conditions)
    for item, state, names in found:
        if state.is_gap:
            yield _gap(item, state, names)


def _gap(item: Item, state: ItemState, names: Names) -> Gap:
    return Gap(
        section=item.section,
        item=item.id,
        state=state,
        parts=names,
        supplied_by=item.supplied_by.value,
        basis=item.basis,
        blocking=item.blocking,
    )


def ready(registration: Registration, version: LegalVersion) -> bool:
    """Tell whether something is due, without a gap in any item and with its access determined."""
    due = duties(registration, version)
    found = (gap for duty in due for gap in gaps_of(registration, version, duty))
    return bool(due) and next(found, None) is None


def _context_gaps(registration: Registration, duty: Duty, asked: Conditions) -> Iterator[Gap]:
    """What has to be known to tell the access; no item of the Annex asks for it."""
    known = asked["annex-iii"](registration)
    if known and not asked["area-unstated"](registration):
        return
    yield Gap(
        section=duty.section,
        item="sensitive-area" if known else "annex-iii",
        state=ItemState.MISSING,
        parts=("sensitive area",) if known else ("Annex III point",),
        supplied_by=duty.actor.value,
        basis="Art. 49(4)" if known else "Art. 49(1) to (5)",
        blocking=True,
    )
