"""Presence: the rules that follow from the items, one for each way in which a value can fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiexchange.findings import Severity
from aiexchange.law.conditions import Conditions
from aiexchange.law.data import reading
from aiexchange.law.items import Item, Obligation, Part
from aiexchange.law.questions import Question
from aiexchange.law.rules import LANGUAGES, Example, Rule, Text
from aiexchange.law.types import ItemState

DELETED = "deleted"
"""The kind of rule that finds the legacy value of a point that was deleted."""

_FORBIDDEN = ItemState.FORBIDDEN
_LEADS = "use.assessments.kind"


class Wording:
    """How gaps are told in each language, as `[presence]` and `[mend]` of `rules.toml` have it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        with reading("rules.toml"):
            self._message, self._mend = dict(data["presence"]), dict(data["mend"])
            self._absent = dict(data.get("not-in", {}))
            for kind in (*(state.value for state in ItemState if state.is_gap), DELETED):
                self._message[kind]

    def message(self, item: Item, kind: str, parts: Iterable[str]) -> Text:
        """Return what is the matter with an item of which these parts are missing."""
        if kind == ItemState.MISSING.value and item.message:
            return item.message
        return {
            language: self._message[kind][language].format(
                item=item.id, term=item.term[language], parts=_named(item, parts, language)
            )
            for language in LANGUAGES
        }

    def absent(self, kind: str) -> Text:
        """Return the engines that cannot see rules of a kind, each with the reason."""
        return dict(self._absent.get(kind, {}))

    def mend(self, item: Item, kind: str) -> Text:
        """Return what to do about it: of the kind, of the item, or by who can supply it."""
        told: Text | None = self._mend.get(kind)
        return told or item.mend or self._mend[item.supplied_by.value]


def _named(item: Item, parts: Iterable[str], language: str) -> str:
    terms = {part.name: part.term[language] for part in item.parts}
    return ", ".join(terms[name] for name in parts)


def presence_rules(
    items: Iterable[Item], conditions: Conditions, wording: Wording
) -> Iterator[Rule]:
    """Yield the rules of every item, in the order of the Annex: one for each state that is a gap.

    A deleted item has one rule, for the value that is read as legacy.
    """
    for item in items:
        if item.deleted:
            yield _rule(item, DELETED, _any_present(item), conditions, wording)
        for state in possible(item):
            yield _rule(item, state.value, _ASKS[state](item, conditions), conditions, wording)


def possible(item: Item) -> Iterator[ItemState]:
    """Yield the gaps that an item can have."""
    if item.deleted:
        return
    can = {
        ItemState.MISSING: item.obligation is not Obligation.OPTIONAL,
        ItemState.INCOMPLETE: len(item.parts) > 1 or item.each,
        ItemState.LINK_ONLY: bool(item.leads),
        ItemState.FORBIDDEN: not item.restricted_set,
    }
    yield from (state for state, may in can.items() if may and state not in item.never)


def severity_of(state: ItemState, blocking: bool) -> Severity:
    """Return how grave a gap is: a violation where it blocks the use or shows what may not be."""
    grave = blocking or state is _FORBIDDEN
    return Severity.VIOLATION if grave else Severity.WARNING


def path_of(item: Item, names: Iterable[str]) -> str | None:
    """Return the first path of the first of these parts."""
    named = tuple(names)
    return next((part.paths[0] for part in item.parts if part.name in named), None)


def _rule(item: Item, kind: str, asks: Question, conditions: Conditions, wording: Wording) -> Rule:
    state = None if kind == DELETED else ItemState(kind)
    parts = [part.name for part in item.mandatory] or [item.parts[0].name]
    return Rule(
        code=f"annex-viii.{item.id}.{kind}",
        severity=severity_of(state, item.blocking) if state else Severity.INFO,
        section=item.section.value,
        kind=kind,
        path=path_of(item, parts) or item.paths[0],
        asks=asks,
        basis=item.basis,
        message=wording.message(item, kind, parts),
        mend=wording.mend(item, kind),
        fails=_fails(item, kind),
        passes=Example({}),
        absent=wording.absent(kind),
        when=item.asked if state is ItemState.MISSING else (),
        item=item.id,
        state=state,
    )


def _missing(item: Item, conditions: Conditions) -> Question:
    asked = conditions.question(item.asked)
    none = _not(_any_present(item))
    leads = (_not(Question("is", _LEADS, tuple(sorted(item.leads)))),) if item.leads else ()
    return _all(*_unless_reduced(item, conditions), asked, none, *leads)


def _incomplete(item: Item, conditions: Conditions) -> Question:
    lacking = tuple(part_lacks(part, item) for part in item.mandatory)
    some = _any_present(item)
    return _all(*_unless_reduced(item, conditions), some, Question("any", of=lacking))


def lacking_parts(rule: Rule, item: Item) -> Iterator[tuple[Part, Question]]:
    """Yield the mandatory parts of an incomplete item, each with the question whether it lacks."""
    before = rule.asks.of[:-1]
    for part in item.mandatory:
        yield part, _all(*before, part_lacks(part, item))


def _link_only(item: Item, conditions: Conditions) -> Question:
    leads = Question("is", _LEADS, tuple(sorted(item.leads)))
    return _all(*_unless_reduced(item, conditions), leads, _not(_any_present(item)))


def _forbidden(item: Item, conditions: Conditions) -> Question:
    return _all(conditions.questions["sensitive"], _any_present(item))


_ASKS = {
    ItemState.MISSING: _missing,
    ItemState.INCOMPLETE: _incomplete,
    ItemState.LINK_ONLY: _link_only,
    ItemState.FORBIDDEN: _forbidden,
}


def _unless_reduced(item: Item, conditions: Conditions) -> tuple[Question, ...]:
    return () if item.restricted_set else (_not(conditions.questions["sensitive"]),)


def part_lacks(part: Part, item: Item) -> Question:
    """Return the question whether a part has no value; with `each`, in some member of its list."""
    if not item.each:
        return _not(Question("any", of=tuple(Question("present", path) for path in part.paths)))
    owner = part.paths[0].partition("[]")[0]
    return Question("lacking", owner, part.paths)


def _any_present(item: Item) -> Question:
    return Question("any", of=tuple(Question("present", path) for path in item.paths))


def _all(*questions: Question) -> Question:
    return Question("all", of=questions)


def _not(question: Question) -> Question:
    return Question("not", of=(question,))


def _fails(item: Item, kind: str) -> Example:
    """Return what is taken from a specimen that holds every item, or is put into it."""
    if kind == ItemState.INCOMPLETE.value:
        last = item.mandatory[-1]
        return Example({}, tuple(path.replace("[]", "[0]") for path in last.paths))
    if kind == ItemState.LINK_ONLY.value:
        return Example({"use.assessments": [{"kind": sorted(item.leads)[0]}]}, item.paths)
    if kind == ItemState.MISSING.value:
        return Example({}, (*item.paths, *item.also_absent))
    return Example({})
