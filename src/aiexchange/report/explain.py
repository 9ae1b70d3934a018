"""Explanations: an item of the law, or the code of a finding, in words."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from aiexchange import law
from aiexchange.mapping import layout, registers
from aiexchange.report.explain_rule import explained, facts
from aiexchange.report.layout import paragraphs, wrapped
from aiexchange.resources import data_folder


def explain(name: str, legal_version: str | None = None) -> str | None:
    """Return what an item or a code means, where it comes from and how to mend it, if it exists.

    Raises:
        UnknownLegalVersionError: there is no such legal version.
    """
    version = law.legal_version(legal_version)
    for item in version.items:
        if item.id.casefold() == name.casefold():
            return paragraphs(_item(item, version))
    for rule in version.rules:
        if rule.code == name:
            return paragraphs(explained(rule, version))
    if (entry := finding_entries().get(_general(name))) is not None:
        return paragraphs(_entry(name, entry))
    return None


@cache
def finding_entries() -> dict[str, dict[str, Any]]:
    """Return the findings that are not the law's, by code, from `schemas/findings.toml`.

    The codes of a register begin with `register` there, whatever its name.
    """
    text = (data_folder("schemas") / "findings.toml").read_text(encoding="utf-8")
    return {each["code"]: each for each in tomllib.loads(text)["finding"]}


def general(code: str) -> tuple[str, str] | None:
    """Return what a finding means in general and how to mend it, if it is not one of the law's."""
    entry = finding_entries().get(_general(code))
    return None if entry is None else (str(entry["meaning"]), str(entry["mend"]))


def _general(code: str) -> str:
    first, _, rest = code.partition(".")
    return f"register.{rest}" if first in registers() else code


def _item(item: law.Item, version: law.LegalVersion) -> list[list[str]]:
    state = "deleted" if item.deleted else item.obligation.value
    if item.condition:
        state += f" ({item.condition.replace('-', ' ')})"
    known = [
        ("asked for", state),
        ("supplied by", item.supplied_by.value),
        ("published", "yes" if item.public else "no"),
        ("Art. 49(4)", "in the restricted set" if item.restricted_set else "left out"),
        ("parts", ", ".join(part.name for part in item.parts)),
        ("in the model", ", ".join(item.paths)),
        *_fed_by(item),
        ("basis", item.basis),
        ("legal version", version.id),
    ]
    heading = wrapped(f"{item.id}  {item.term['en']} / {item.term['nl']}")
    told = (text["en"] for text in (item.message, item.mend) if text)
    notes = [wrapped(text) for text in (item.note, *told) if text]
    return [heading, facts(known), *notes]


def _fed_by(item: law.Item) -> list[tuple[str, str]]:
    """Return the fields of each register that serve the item."""
    found = []
    for register, versions in registers().items():
        rows = layout(register, versions[0]).rows
        fields = [f"{row.subject} ({row.relation})" for row in rows if row.item == item.id]
        found.append((register, ", ".join(fields) or "no field"))
    return found


def _entry(name: str, entry: dict[str, Any]) -> list[list[str]]:
    return [
        [f"{name}  {entry['severity']}"],
        wrapped(entry["meaning"]),
        wrapped(entry["mend"]),
        wrapped(entry["basis"]) if "basis" in entry else [],
    ]
