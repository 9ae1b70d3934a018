"""Legal versions: the Act as consolidated on a date, one folder of data each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiexchange.errors import UnknownLegalVersionError
from aiexchange.law.data import LegalDataError, read_toml
from aiexchange.law.duty_table import DutyTable, duty_table
from aiexchange.law.items import Item, item
from aiexchange.law.types import Duty
from aiexchange.model import SectionCode
from aiexchange.resources import data_folder


@dataclass(frozen=True, slots=True)
class LegalVersion:
    """The items and duties of the Act on a date; `items` has the deleted ones too.

    `id` is the date of the consolidation, `source` the publication that it was taken from.
    """

    id: str
    source: str
    items: tuple[Item, ...]
    duty_table: DutyTable

    def __hash__(self) -> int:
        return hash(self.id)

    def section(self, code: SectionCode) -> tuple[Item, ...]:
        """Return the items that a section asks for, in the order of the Annex."""
        return tuple(each for each in self.items if each.section is code and not each.deleted)

    def items_of(self, duty: Duty) -> tuple[Item, ...]:
        """Return the items that a duty asks for: a reduced one the Art. 49(4) set alone."""
        asked = self.section(duty.section)
        return tuple(each for each in asked if each.restricted_set) if duty.reduced else asked

    def item(self, id: str) -> Item:
        """Return an item by its id, such as `A-5`; deleted ones are found too.

        Raises:
            KeyError: no section has such a point.
        """
        for each in self.items:
            if each.id == id:
                return each
        raise KeyError(id)


def load(folder: Path) -> LegalVersion:
    """Read a legal version from its folder, whose name is its date.

    Raises:
        LegalDataError: its data contradict each other or the canonical model.
    """
    listed, routed = read_toml(folder / "items.toml"), read_toml(folder / "duties.toml")
    if not folder.name == listed.get("legal-version") == routed.get("legal-version"):
        raise LegalDataError(f"{folder.name}: the files name another legal version")
    items = tuple(map(item, listed.get("item", ())))
    if len({each.id for each in items}) < len(items):
        raise LegalDataError(f"{folder.name}/items.toml: an item is listed twice")
    return LegalVersion(folder.name, listed.get("source", ""), items, duty_table(routed))


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
