"""Completing: a registration filled with what others sent, every field with who stated it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiexchange.compare import names
from aiexchange.compare.pairing import Pair, same_supplier
from aiexchange.compare.supplied import Scope, Supplied
from aiexchange.compare.units import CLASH, WHOLE, Unit, joined, joined_item, meaning_of_unit, units
from aiexchange.model import EntryState, Registration, SectionCode
from aiexchange.model.paths import field_at, is_derived, plain, value_at
from aiexchange.model.table import Field
from aiexchange.model.types import Kind

PROVIDER_ENTRY = "use.provider_entry"

_FROM_PRODUCT = ("system.", "provider.", "test.", PROVIDER_ENTRY)
_ALSO_FROM_PRODUCT = frozenset(
    f"classification.{name}"
    for name in ("annex_iii", "annex_i", "annex_xiv", "profiling", "article_6_3")
)
_CLASS = "classification.declared"
"""What a record itself declares: though it follows from a class of the register, it is stated."""

_OWN = ("identifiers", "entries")
"""What belongs to a registration itself, and never to another."""


class Outcome(StrEnum):
    """What became of a value that was supplied."""

    FILLED = "filled"
    REPLACED = "replaced"
    EQUAL = "equal"
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Completed:
    """One field of one registration that somebody supplied a value for.

    `before` is what the registration says, `supplied` what was sent, as JSON holds it; `place` is
    where the registration's own value stands, `supplied_place` where the other one does.
    """

    outcome: Outcome
    record_id: str
    path: str
    before: Any
    supplied: Any
    place: str | None
    supplied_place: str
    supplied_by: str
    reason: str | None = None
    taken: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it; members without a value are left out."""
        members: dict[str, Any] = {
            "outcome": self.outcome.value,
            "record_id": self.record_id,
            "path": self.path,
            "before": self.before,
            "supplied": self.supplied,
            "place": self.place,
            "supplied_place": self.supplied_place,
            "supplied_by": self.supplied_by,
            "reason": self.reason,
            "taken": self.taken or None,
        }
        return {name: value for name, value in members.items() if value is not None}


@dataclass(slots=True)
class _Offer:
    """A supplied value, as far as those who supplied it agree."""

    unit: Unit
    by: Supplied
    others: list[Supplied]


class Completing:
    """One registration, and what is done to it."""

    def __init__(self, base: Registration, place: Any, *, prefer_supplied: bool) -> None:
        self._base, self._place, self._prefer = base, place, prefer_supplied
        self._own = {(unit.path, unit.key): unit for unit in units(base)}
        derived = (path for path in base.provenance if is_derived(base, path))
        self._derived = {path for path in derived if path != _CLASS}
        self._equal: set[tuple[str, str]] = set()
        self._changes: dict[str, dict[str, Any]] = defaultdict(dict)
        self._statements: dict[str, Any] = {}
        self.fields: list[Completed] = []

    def take(self, pairs: Iterable[Pair]) -> Registration:
        """Return the registration completed by its pairs, whatever their order."""
        offers: dict[tuple[str, str], list[tuple[Unit, Supplied]]] = defaultdict(list)
        for pair in sorted(pairs, key=lambda each: each.supplied.order):
            stranger = pair.scope is Scope.PRODUCT and not same_supplier(
                self._base.provider, pair.supplied.registration.provider
            )
            for unit in _offered(pair):
                if reason := _refusal(pair.scope, unit):
                    if unit.path == _CLASS and self._differs(unit):
                        self._conflict(unit, pair.supplied, "The record declares its own class.")
                        continue
                    self._refuse(unit, pair.supplied, reason)
                elif stranger and unit.path.startswith("provider."):
                    self._conflict(unit, pair.supplied, "The record names another supplier.")
                else:
                    offers[unit.path, unit.key].append((unit, pair.supplied))
        for given in offers.values():
            self._weigh(given)
        return self._result()

    def _weigh(self, given: list[tuple[Unit, Supplied]]) -> None:
        """Take what all who supplied a value agree about; else nothing, whoever comes last.

        What somebody states of the system comes before what a document says of a model in it.
        """
        stated = [each for each in given if not is_derived(each[1].registration, each[0].path)]
        if stated and len(stated) < len(given):
            for unit, by in given:
                if is_derived(by.registration, unit.path):
                    self._refuse(unit, by, "Another file states the value; this one derives it.")
            given = stated
        unit, first = given[0]
        value: Any = unit.value
        for other, _ in given[1:]:
            value = value if value is CLASH else _joined(unit, value, other.value)
        if value is CLASH:
            for each, by in given:
                others = ", ".join(
                    dict.fromkeys(o.full_place(unit.path) for _, o in given if o is not by)
                )
                self._conflict(each, by, f"Others sent another value: {others}.")
            return
        self._settle(unit._replace(value=value), given, first)

    def _settle(self, unit: Unit, given: list[tuple[Unit, Supplied]], by: Supplied) -> None:
        own = self._own.get((unit.path, unit.key))
        if own is not None and not self._differs(unit):
            self._equal.add((unit.path, unit.key))
            self._note(Outcome.EQUAL, given)
            return
        if own is None or self._is_derived(unit.path):
            self._fill(unit, by)
            replaced = self._is_derived(unit.path)
            self._note(Outcome.REPLACED if replaced else Outcome.FILLED, given, taken=True)
            return
        both = _joined(unit, own.value, unit.value)
        if both is CLASH:
            if self._prefer:
                self._fill(unit, by)
            self._note(Outcome.CONFLICTING, given, taken=self._prefer)
        elif _meaning(unit, both) == _meaning(unit, own.value):
            self._note(Outcome.EQUAL, given)
        else:
            self._fill(unit._replace(value=both), by)
            self._note(Outcome.FILLED, given, taken=True)

    def _fill(self, unit: Unit, by: Supplied) -> None:
        self._changes[unit.path][unit.key] = unit.value
        alone = not any(path == unit.path for path, _ in self._own) or self._is_derived(unit.path)
        place = unit.path if alone or unit.key == WHOLE else unit.place
        self._statements.setdefault(place, by.statement(unit.path))

    def _is_derived(self, path: str) -> bool:
        return path in self._derived

    def _differs(self, unit: Unit) -> bool:
        """Tell whether the registration says something else than a unit."""
        own = self._own.get((unit.path, unit.key))
        return own is not None and _meaning(unit, own.value) != _meaning(unit, unit.value)

    def _note(
        self, outcome: Outcome, given: list[tuple[Unit, Supplied]], *, taken: bool = False
    ) -> None:
        for unit, by in given:
            self._add(outcome, unit, by, None, taken)

    def _conflict(self, unit: Unit, by: Supplied, reason: str) -> None:
        self._add(Outcome.CONFLICTING, unit, by, reason)

    def _refuse(self, unit: Unit, by: Supplied, reason: str) -> None:
        if (unit.path, unit.key) in self._own and not self._differs(unit):
            return
        self._add(Outcome.REFUSED, unit, by, reason)

    def _add(
        self, outcome: Outcome, unit: Unit, by: Supplied, reason: str | None, taken: bool = False
    ) -> None:
        before = self._before(unit, outcome)
        self.fields.append(
            Completed(
                outcome,
                self._base.record_id,
                unit.place,
                before,
                plain(unit.value),
                None if before is None else self._place(unit.path),
                by.full_place(unit.path),
                by.registration.record_id,
                reason,
                taken,
            )
        )

    def _before(self, unit: Unit, outcome: Outcome) -> Any:
        """Return what the registration says, as JSON holds it: all that goes, if it is replaced."""
        if outcome is Outcome.REPLACED and unit.key != WHOLE:
            return plain(value_at(self._base, unit.path))
        own = self._own.get((unit.path, unit.key))
        return None if own is None else plain(own.value)

    def _result(self) -> Registration:
        if not self._changes:
            return self._base
        values = {path: self._value(path, changed) for path, changed in self._changes.items()}
        gone = {path for path in self._changes if self._is_derived(path)}
        kept = {path: each for path, each in self._base.provenance.items() if path not in gone}
        values["provenance"] = {**kept, **self._statements}
        return _with(self._base, values)

    def _value(self, path: str, changed: dict[str, Any]) -> Any:
        """Return the value at a path with its units changed; new ones come after the others."""
        field = field_at(path)
        if WHOLE in changed:
            return changed[WHOLE]
        own = {
            key: unit.value
            for (where, key), unit in self._own.items()
            if where == path and (not self._is_derived(path) or (path, key) in self._equal)
        }
        merged = {**own, **changed}
        if field.kind is Kind.TEXT:
            return dict(sorted(merged.items()))
        values = tuple(merged.values())
        return tuple(sorted(values)) if field.is_set else values


def _joined(unit: Unit, left: Any, right: Any) -> Any:
    if _same_name(unit, left, right):
        return left
    if unit.key != WHOLE:
        return joined_item(unit.field, left, right)
    return joined(unit.field, left, right)


def _meaning(unit: Unit, value: Any) -> str:
    return meaning_of_unit(unit.field, value)


_NAMES = frozenset({"provider.name", "deployer.name"})


def _same_name(unit: Unit, left: Any, right: Any) -> bool:
    """Tell whether two names of a body differ in spelling alone: case, accents, punctuation."""
    return unit.path in _NAMES and names.words(left) == names.words(right)


def _offered(pair: Pair) -> Iterator[Unit]:
    """Yield what a pair brings: of a supplier's entry of section A the address, for C-3."""
    for unit in units(pair.supplied.registration):
        if unit.path not in _OWN:
            yield unit
            continue
        entry = unit.value
        if (
            pair.scope is not Scope.BODY
            and unit.path == "entries"
            and entry.section is SectionCode.A
            and entry.url
            and entry.state not in (EntryState.REJECTED, EntryState.WITHDRAWN)
        ):
            yield Unit(PROVIDER_ENTRY, WHOLE, field_at(PROVIDER_ENTRY), entry.url)


def _refusal(scope: Scope, unit: Unit) -> str | None:
    """Say why a value does not flow within a scope; None if it does."""
    if scope is Scope.RECORD:
        return None
    if scope is Scope.BODY:
        return None if unit.path.startswith("deployer.") else "It is not about the body."
    if unit.path.startswith(_FROM_PRODUCT) or unit.path in _ALSO_FROM_PRODUCT:
        return None
    return "It is about somebody's use; a supplier can only speak for its product."


def _with(registration: Registration, values: dict[str, Any]) -> Registration:
    """Return a registration with other values at some paths; all of them are valid already."""
    update: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, value in values.items():
        part, _, rest = path.partition(".")
        if rest and part != "provenance":
            inner[part][rest] = value
        else:
            update[field_at(part).attribute] = value
    for part, changed in inner.items():
        model = value_at(registration, part) or _empty(field_at(part))
        attributes = {
            field_at(f"{part}.{name}").attribute: value for name, value in changed.items()
        }
        update[field_at(part).attribute] = model.model_copy(update=attributes)
    return registration.model_copy(update=update)


def _empty(field: Field) -> Any:
    assert field.model is not None
    return field.model()
