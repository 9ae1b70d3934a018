"""The state of an item: how far a registration answers what a point of the Annex asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from aiexchange.law.items import Item, Part
from aiexchange.law.types import ItemState
from aiexchange.law.usable import derived
from aiexchange.model import Registration

Names = tuple[str, ...]
"""Names of parts, in the order of the item."""


def standing(
    registration: Registration,
    items: Iterable[Item],
    reduced: bool,
    tell: Callable[[Item, Registration], tuple[ItemState, Names]],
) -> Iterator[tuple[Item, ItemState, Names]]:
    """Yield how each of these items stands, as `tell` has it, if the registration is not reduced.

    Of a reduced one, items outside the set of Art. 49(4) come only if they hold a value.
    """
    for item in items:
        if not reduced or item.restricted_set:
            state, names = tell(item, registration)
            yield item, state, names
        elif ItemState.FORBIDDEN not in item.never and (held := _held(item, registration)):
            yield item, ItemState.FORBIDDEN, held


def _held(item: Item, registration: Registration) -> Names:
    return tuple(part.name for part in item.parts if any(part.read(registration)))


def state_of(item: Item, registration: Registration) -> tuple[ItemState, Names]:
    """Return the state of an item and the parts that are missing.

    Present when every mandatory part has a value, derived when one of those values is derived,
    incomplete when some part has one. Without any, a listed assessment makes the item link-only;
    else it is missing where the law asks for it in this case, and not applicable where not.
    """
    state, names = presence_of(item, registration)
    if state is ItemState.PRESENT and _derived(item.parts, registration):
        return ItemState.DERIVED, ()
    return state, names


def presence_of(item: Item, registration: Registration) -> tuple[ItemState, Names]:
    """Return the state of an item, where a derived value is as good as a stated one."""
    some, missing = False, Names()
    for part in item.parts:
        places = part.read(registration)
        some = some or True in places
        if part.mandatory and (not places or False in places):
            missing = (*missing, part.name)
    if not some:
        return _without_value(item, registration, missing)
    return (ItemState.INCOMPLETE, missing) if missing else _PRESENT


_PRESENT: tuple[ItemState, Names] = (ItemState.PRESENT, ())


def _without_value(
    item: Item, registration: Registration, missing: Names
) -> tuple[ItemState, Names]:
    leads = item.leads
    if leads and any(each.kind in leads for each in registration.use.assessments):
        return ItemState.LINK_ONLY, missing
    if item.applies(registration):
        return ItemState.MISSING, missing
    return ItemState.NOT_APPLICABLE, ()


def _derived(parts: tuple[Part, ...], registration: Registration) -> bool:
    return any(derived(registration, part.paths) for part in parts if part.mandatory)
