"""Engine: the whole rule catalogue as closures, for registrations in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from aiexchange.findings import Finding, Words
from aiexchange.law.answers import Condition, answer
from aiexchange.law.conditions import Conditions
from aiexchange.law.items import Item
from aiexchange.law.presence import Wording, path_of, severity_of
from aiexchange.law.rules import Rule
from aiexchange.law.states import Names, presence_of, standing
from aiexchange.law.types import ItemState
from aiexchange.model import Registration, SectionCode


class Engine:
    """Holds registrations against the rules of one legal version."""

    def __init__(
        self,
        items: Iterable[Item],
        rules: Iterable[Rule],
        conditions: Conditions,
        wording: Wording,
    ) -> None:
        self._wording = wording
        self._sensitive = conditions["sensitive"]
        asked = [item for item in items if not item.deleted]
        self._items = {
            code: tuple(item for item in asked if item.section is code) for code in SectionCode
        }
        seen = [rule for rule in rules if rule.state is None and "python" in rule.engines]
        self._routing = _by_section(rule for rule in seen if rule.routing)
        self._others = _by_section(rule for rule in seen if not rule.routing)
        self._gaps: dict[tuple[str, ItemState, Names], Finding] = {}

    def of_routing(
        self, registration: Registration, due: Collection[SectionCode]
    ) -> Iterator[Finding]:
        """Yield what is found about the routing itself, while these sections are due."""
        return _findings(self._routing, registration, due)

    def findings(
        self, registration: Registration, due: Collection[SectionCode]
    ) -> Iterator[Finding]:
        """Yield what every rule finds: about the routing, about the items, then the rest."""
        yield from _findings(self._routing, registration, due)
        reduced = bool(due) and self._sensitive(registration)
        for section in due:
            for item, state, names in standing(
                registration, self._items[section], reduced, presence_of
            ):
                if state.is_gap:
                    yield self._gap(item, state, names, registration.record_id)
        yield from _findings(self._others, registration, due)

    def _gap(self, item: Item, state: ItemState, names: Names, record_id: str) -> Finding:
        key = (item.id, state, names)
        if key not in self._gaps:
            found = gap_finding(item, state, names, self._wording)
            self._gaps[key] = found
        return _about(self._gaps[key], record_id)


def gap_finding(item: Item, state: ItemState, names: Names, wording: Wording) -> Finding:
    """Return what is found while an item is in a state for want of these parts."""
    message, mend = wording.message(item, state.value, names), wording.mend(item, state.value)
    return Finding(
        code=f"annex-viii.{item.id}.{state.value}",
        severity=severity_of(state, item.blocking),
        message=message["en"],
        path=path_of(item, names),
        basis=item.basis,
        mend=mend["en"],
        translated=_translated(message, mend),
    )


def rule_finding(rule: Rule) -> Finding:
    """Return what is found where a rule is broken."""
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=rule.message["en"],
        path=rule.path,
        basis=rule.basis,
        mend=rule.mend["en"],
        translated=_translated(rule.message, rule.mend),
    )


def _translated(message: Mapping[str, str], mend: Mapping[str, str]) -> Mapping[str, Words]:
    return {
        language: Words(message[language], mend[language])
        for language in message
        if language != "en"
    }


def _about(found: Finding, record_id: str) -> Finding:
    """Return a finding of a record; `Finding.about` spelled out, for it is made a million times."""
    return Finding(
        found.code,
        found.severity,
        found.message,
        record_id,
        found.path,
        None,
        found.basis,
        found.mend,
        found.translated,
    )


_Compiled = dict[str, tuple[tuple[Condition, Finding], ...]]


def _by_section(rules: Iterable[Rule]) -> _Compiled:
    found: dict[str, list[tuple[Condition, Finding]]] = {}
    for rule in rules:
        found.setdefault(rule.section, []).append((answer(rule.asks), rule_finding(rule)))
    return {section: tuple(checks) for section, checks in found.items()}


def _findings(
    compiled: _Compiled, registration: Registration, due: Collection[SectionCode]
) -> Iterator[Finding]:
    for section in (*due, "any" if due else "none", "record"):
        for asks, found in compiled.get(section, ()):
            if asks(registration):
                yield _about(found, registration.record_id)
