"""Rules in words: what a rule asks, on what basis, what keeps it and what breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from aiexchange.law import Example, ItemState, LegalVersion, Rule
from aiexchange.report.layout import wrapped

Fact = tuple[str, str]

SECTIONS = {
    "any": "any section is due",
    "none": "no section is due",
    "record": "always",
}
"""While what a rule is asked, where that is not one section."""

ENGINES = {"python": "Python", "schematron": "Schematron", "shacl": "SHACL"}


def explained(rule: Rule, version: LegalVersion) -> list[list[str]]:
    """Return a rule in paragraphs: the words in English and Dutch, then the facts."""
    return [
        [f"{rule.code}  {rule.severity.value}"],
        *(wrapped(text[lang]) for lang in ("en", "nl") for text in (rule.message, rule.mend)),
        facts(_facts(rule, version)),
        facts([*_beside("kept by", passing(rule)), *_beside("broken by", failing(rule))]),
    ]


def passing(rule: Rule) -> list[str]:
    """Return what keeps a rule, line by line."""
    if rule.state is ItemState.FORBIDDEN:
        return ["a restricted registration without it"]
    return _changes(rule.passes) or ["a registration that holds every item"]


def failing(rule: Rule) -> list[str]:
    """Return what breaks a rule, line by line."""
    if rule.state is ItemState.FORBIDDEN:
        return [f"a restricted registration that holds {rule.item}"]
    return _changes(rule.fails) or [f"a registration that holds {rule.item}"]


def _changes(example: Example) -> list[str]:
    return [
        *(f"{path} = {_json(value)}" for path, value in example.values.items()),
        *(f"without {path}" for path in example.without),
        *(f"{path} twice in one language" for path in example.twice),
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _beside(name: str, lines: list[str]) -> list[Fact]:
    return [(name if not number else "", line) for number, line in enumerate(lines)]


def _facts(rule: Rule, version: LegalVersion) -> Iterator[Fact]:
    yield "asked while", SECTIONS.get(rule.section) or f"Section {rule.section} is due"
    if rule.when:
        yield "in case of", "; ".join(rule.when)
    yield "kind", kind(rule)
    yield "looks at", rule.path
    if rule.item:
        yield "item", f"{rule.item} {version.item(rule.item).term['en']}"
    yield "engines", ", ".join(ENGINES[each] for each in rule.engines)
    for engine, reason in rule.absent.items():
        yield f"not in {ENGINES[engine]}", reason
    yield "basis", rule.basis
    yield "legal version", version.id


def kind(rule: Rule) -> str:
    """Return the kind of a rule with what it compares with: `digits (4)`."""
    told = ", ".join(_said(value) for value in rule.parameters.values())
    return f"{rule.kind} ({told})" if told else rule.kind


def facts(known: Iterable[Fact]) -> list[str]:
    """Return names with what is known beside them, in two columns."""
    listed = list(known)
    width = max(len(name) for name, _ in listed)
    lines: list[str] = []
    for name, text in listed:
        start = f"  {name.ljust(width)}  "
        lines += wrapped(text, start, " " * len(start))
    return lines


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
