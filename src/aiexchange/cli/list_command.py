"""`aiexchange list`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from aiexchange.cli.options import LEGAL_VERSION
from aiexchange.errors import UsageError
from aiexchange.report.layout import shorten, table

Rows = list[list[str]]


def _registers(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange.mapping import layout, registers

    return [
        [register, version, layout(register, version).title, layout(register, version).homepage]
        for register, versions in registers().items()
        for version in versions
    ]


def _formats(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange.exchange.codecs import CODECS

    return [[each.name, " ".join(each.suffixes)] for each in CODECS.values()]


def _legal_versions(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange import law

    return [
        [version, shorten(law.legal_version(version).source, 66)]
        for version in law.legal_versions()
    ]


def _items(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange import law

    version = law.legal_version(legal_version)
    sections = dict.fromkeys(item.section.value for item in version.items)
    if name is not None and name not in sections:
        raise UsageError(f"there is no section {name}; there are {', '.join(sections)}")
    return [
        [
            item.id,
            "deleted" if item.deleted else item.obligation.value,
            item.supplied_by.value,
            shorten(item.term["en"], 40),
        ]
        for item in version.items
        if name is None or item.section.value == name
    ]


def _codelists(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange import law

    if name is None:
        return [[each, f"{len(law.codelist(each))} codes"] for each in law.codelists()]
    codes = law.codelist(name).values()
    return [[each.code, shorten(each.label_en, 30), shorten(each.label_nl, 30)] for each in codes]


def _rules(name: str | None, legal_version: str | None) -> Rows:
    from aiexchange import law

    version = law.legal_version(legal_version)
    if name is not None and name not in law.SECTIONS:
        raise UsageError(f"there is no section {name}; there are {', '.join(law.SECTIONS)}")
    return [
        [rule.code, rule.severity.value, rule.section, _engines(rule.absent)]
        for rule in version.rules
        if name is None or rule.section == name
    ]


def _engines(absent: Iterable[str]) -> str:
    left_out = ", ".join(absent)
    return f"not {left_out}" if left_out else "every engine"


LISTS: dict[str, Callable[[str | None, str | None], Rows]] = {
    "registers": _registers,
    "formats": _formats,
    "legal-versions": _legal_versions,
    "items": _items,
    "rules": _rules,
    "codelists": _codelists,
}


@click.command("list")
@click.argument("what", type=click.Choice(list(LISTS)))
@click.argument("name", required=False)
@LEGAL_VERSION
def command(what: str, name: str | None, legal_version: str | None) -> None:
    """List what aiexchange knows.

    NAME narrows a list: a section (A, B, C, IX) for items and rules, a list for codelists.

    \b
      aiexchange list items C
      aiexchange list rules C
      aiexchange list codelists annex-iii
    """
    for line in table(_flush_left(LISTS[what](name, legal_version)), ""):
        click.echo(line)


def _flush_left(rows: Rows) -> Rows:
    """Pad the cells of each column to one width: words stand flush left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
