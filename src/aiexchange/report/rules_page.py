"""Page of the rules: the whole catalogue as Markdown.

`python -m aiexchange.report.rules_page` writes it to `docs/rules.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aiexchange import law
from aiexchange.law import LegalVersion, Rule
from aiexchange.report.explain_rule import ENGINES, failing

_ABOUT = """
Every rule that `aiexchange check` holds a registration against, in the legal version {version}
(catalogue {catalogue}). The rules are data: presence follows from `items.toml`, the rest stands in
`rules.toml`, both in `schemas/annex-viii/{version}/`. The same rules lie ready as Schematron in
`schemas/schematron/` (XPath 1.0, over our XML) and as SHACL in `schemas/shacl/` (SHACL Core, over
our catalogues); `check --engine` runs any of them, and all that a rule names find the same.
`aiexchange explain CODE` shows a rule with its words in Dutch, its basis and its examples.

This page is generated: `make schemas` writes it anew.
"""
_TITLES = {
    "any": "While any section is due",
    "none": "While no section is due",
    "record": "The record itself",
}


def page() -> str:
    """Return the page: the newest legal version, then what differs in the others."""
    newest, *others = (law.legal_version(id) for id in law.legal_versions()[::-1])
    about = _ABOUT.strip().format(version=newest.id, catalogue=newest.catalogue)
    lines = ["# The rules", "", about, *_sections(newest.rules)]
    for other in others:
        lines += _difference(other, newest)
    lines += _left_out(newest.rules)
    return "\n".join(lines) + "\n"


def _sections(rules: Iterable[Rule]) -> Iterator[str]:
    for section in law.SECTIONS:
        asked = [rule for rule in rules if rule.section == section]
        if asked:
            title = _TITLES.get(section) or law.codelist("section")[section].label_en
            yield from ("", f"## {title}", "", *_table(asked))


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| code | severity | what it finds | what to do | basis | broken, for example, by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rule in rules:
        broken = "<br>".join(_code(each) for each in failing(rule))
        words = (rule.message["en"], rule.mend["en"], rule.basis)
        cells = (f"`{rule.code}`", rule.severity.value, *map(_cell, words), broken)
        yield f"| {' | '.join(cells)} |"


def _difference(other: LegalVersion, newest: LegalVersion) -> Iterator[str]:
    known = {rule.code for rule in newest.rules}
    more = [rule for rule in other.rules if rule.code not in known]
    gone = known - {rule.code for rule in other.rules}
    yield from ("", f"## In the legal version {other.id}")
    if gone:
        yield from ("", f"Without {', '.join(f'`{code}`' for code in sorted(gone))}.")
    if more:
        yield from ("", "These beside them:", "", *_table(more))


def _left_out(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield which engine cannot see what, and why."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        for engine, reason in rule.absent.items():
            reasons.setdefault((ENGINES[engine], reason), []).append(f"`{rule.code}`")
    yield from ("", "## What an engine leaves out")
    yield from ("", "| engine | why | rules |", "| --- | --- | --- |")
    for (engine, reason), codes in reasons.items():
        yield f"| {engine} | {_cell(reason)} | {', '.join(codes)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if "=" in text else _cell(text)


if __name__ == "__main__":
    Path("docs/rules.md").write_text(page(), encoding="utf-8", newline="\n")
