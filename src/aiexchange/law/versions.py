"""Legal versions: the Act as consolidated on a date, one folder of data each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from aiexchange.errors import UnknownLegalVersionError
from aiexchange.law.conditions import Conditions
from aiexchange.law.data import LegalDataError, read_toml
from aiexchange.law.duty_table import DutyTable, duty_table
from aiexchange.law.engine import Engine
from aiexchange.law.items import Item, item
from aiexchange.law.presence import Wording, presence_rules
from aiexchange.law.rules import Rule, rule
from aiexchange.law.types import Duty
from aiexchange.model import SectionCode
from aiexchange.resources import data_folder


@dataclass(frozen=True, slots=True)
class LegalVersion:
    """The items, duties and rules of the Act on a date; `items` has the deleted ones too.

    `id` is the date of the consolidation, `source` the publication that it was taken from,
    `catalogue` the version of the rule catalogue, and `rules` the whole of it: what follows from
    the items, then what `rules.toml` adds. `folder` is where its data lie.
    """

    id: str
    source: str
    items: tuple[Item, ...]
    duty_table: DutyTable
    catalogue: str
    rules: tuple[Rule, ...]
    folder: Path = field(repr=False, compare=False)
    wording: Wording = field(repr=False, compare=False)
    engine: Engine = field(repr=False, compare=False)

    @property
    def conditions(self) -> Conditions:
        """The questions that items, duties and rules ask by name."""
        return self.duty_table.conditions

    def __hash__(self) -> int:
        return hash(self.id)

    def section(self, code: SectionCode) -> tuple[Item, ...]:
        """Return the items that a section asks for, in the order of the Annex."""
        return tuple(each for each in self.items if each.section is code and not each.deleted)

    def items_of(self, duty: Duty) -> tuple[Item, ...]:
        """Return the items that a duty asks for: a reduced one the Art. 49(4) set alone."""
        asked = self.section(duty.section)
        return tuple(each for each in asked if each.restricted_set) if duty.reduced else asked

    def rule(self, code: str) -> Rule:
        """Return a rule by its code, such as `annex-viii.C-3.missing`.

        Raises:
            KeyError: no rule has that code.
        """
        for each in self.rules:
            if each.code == code:
                return each
        raise KeyError(code)

    def item(self, id: str) -> Item:
        """Return an item by its id, such as `A-5`; deleted ones are found too.

        Raises:
            KeyError: no section has such a point.
        """
        for each in self.items:
            if each.id == id:
                return each
        raise KeyError(id)


FILES = ("items", "duties", "conditions", "rules")
"""The data files that make a legal version, in its folder."""


def load(folder: Path) -> LegalVersion:
    """Read a legal version from its folder, whose name is its date.

    Raises:
        LegalDataError: its data contradict each other or the canonical model.
    """
    listed, routed, asked, ruled = (read_toml(folder / f"{name}.toml") for name in FILES)
    for data in (listed, routed, asked, ruled):
        if data.get("legal-version") != folder.name:
            raise LegalDataError(f"{folder.name}: the files name another legal version")
    conditions = Conditions(asked)
    items = tuple(item(row, conditions) for row in listed.get("item", ()))
    _unique(f"{folder.name}/items.toml: an item", [each.id for each in items])
    wording = Wording(ruled)
    rules = (
        *presence_rules(items, conditions, wording),
        *(rule(row, conditions) for row in ruled.get("rule", ())),
    )
    _unique(f"{folder.name}/rules.toml: a rule", [each.code for each in rules])
    return LegalVersion(
        id=folder.name,
        source=listed.get("source", ""),
        items=items,
        duty_table=duty_table(routed, conditions),
        catalogue=f"{folder.name}/{ruled.get('catalogue', 1)}",
        rules=rules,
        folder=folder,
        wording=wording,
        engine=Engine(items, rules, conditions, wording),
    )


def _unique(what: str, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        raise LegalDataError(f"{what} is listed twice")


@cache
def legal_versions() -> tuple[str, ...]:
    """Return the legal versions that are shipped, oldest first."""
    folders = (data_folder("schemas") / "annex-viii").iterdir()
    return tuple(sorted(folder.name for folder in folders if (folder / "items.toml").is_file()))


def legal_version(id: str | None = None) -> LegalVersion:
    """Return a legal version by its date, `2026-07-27`; the newest by default.

    Raises:
        UnknownLegalVersionError: no such version is shipped.
        LegalDataError: its data contradict each other or the canonical model.
    """
    shipped = legal_versions()
    if id is not None and id not in shipped:
        raise UnknownLegalVersionError(f"no legal version {id}; there are {', '.join(shipped)}")
    return _shipped(id or shipped[-1])


@cache
def _shipped(id: str) -> LegalVersion:
    return load(data_folder("schemas") / "annex-viii" / id)
