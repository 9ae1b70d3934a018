"""Items: the numbered points of Annex VIII and Annex IX, as `items.toml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiexchange.law.answers import Condition
from aiexchange.law.conditions import Conditions
from aiexchange.law.data import reading
from aiexchange.law.types import ItemState
from aiexchange.law.usable import Reader, reader
from aiexchange.model import AssessmentKind, SectionCode


class Obligation(StrEnum):
    """Whether the law asks for an item always, in a stated case, or leaves it open."""

    MANDATORY = "mandatory"
    WHERE_APPLICABLE = "where-applicable"
    OPTIONAL = "optional"


class Supplier(StrEnum):
    """Who can supply the value of an item."""

    PROVIDER = "provider"
    DEPLOYER = "deployer"
    NOTIFIED_BODY = "notified-body"
    EU_DATABASE = "eu-database"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an item asks for; a value at any of its canonical paths answers it.

    `name` is in English, as in reports for machines; `term` in each language.
    """

    name: str
    term: Mapping[str, str]
    paths: tuple[str, ...]
    mandatory: bool
    read: Reader = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered point of a section.

    `term` is a short name by language; with `each` every element of a list answers for itself;
    `condition` names the case in which a where-applicable item is asked for; `leads` are the kinds
    of assessment that point at its content without being it; `restricted_set` marks what
    Art. 49(4) leaves; a `blocking` item forbids the use while it is missing; `never` are the gaps
    it cannot have, since its section would not be due; `also_absent` are paths that have to be
    empty too for it to be missing; `note` is what a reader of the law should know. `message` and
    `mend` say, by language, what is the matter when it is missing, where the general words would
    not do.
    """

    id: str
    section: SectionCode
    term: Mapping[str, str]
    parts: tuple[Part, ...]
    each: bool
    obligation: Obligation
    condition: str | None
    leads: frozenset[AssessmentKind]
    public: bool
    restricted_set: bool
    supplied_by: Supplier
    basis: str
    blocking: bool
    deleted: bool
    never: frozenset[ItemState]
    also_absent: tuple[str, ...]
    note: str | None
    message: Mapping[str, str] | None
    mend: Mapping[str, str] | None
    applies: Condition = field(repr=False, compare=False)

    @property
    def asked(self) -> tuple[str, ...]:
        """The conditions under which it is asked for: one, or none for always."""
        return (self.condition,) if self.condition else ()

    @property
    def mandatory(self) -> tuple[Part, ...]:
        """The parts without which the item is incomplete."""
        return tuple(part for part in self.parts if part.mandatory)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def paths(self) -> tuple[str, ...]:
        """The canonical paths of all parts, in order."""
        return tuple(path for part in self.parts for path in part.paths)


_APPLIES: dict[Obligation, Condition] = {
    Obligation.MANDATORY: lambda registration: True,
    Obligation.OPTIONAL: lambda registration: False,
}


def item(row: Mapping[str, Any], conditions: Conditions) -> Item:
    """Return one item from its row in `items.toml`.

    Raises:
        LegalDataError: a member is missing or unknown, or a path is not in the model.
    """
    with reading(f"item {row.get('id', '?')}"):
        obligation = Obligation(row["obligation"])
        each = row.get("each", False)
        return Item(
            id=row["id"],
            section=SectionCode(row["section"]),
            term=row["term"],
            parts=tuple(_part(part, each) for part in row["parts"]),
            each=each,
            obligation=obligation,
            condition=row.get("condition"),
            leads=frozenset(AssessmentKind(kind) for kind in row.get("leads", ())),
            public=row["public"],
            restricted_set=row["restricted-set"],
            supplied_by=Supplier(row["supplied-by"]),
            basis=row["basis"],
            blocking=row.get("blocking", False),
            deleted=row.get("deleted", False),
            never=frozenset(ItemState(state) for state in row.get("never", ())),
            also_absent=tuple(row.get("example", {}).get("without", ())),
            note=row.get("note"),
            message=row.get("message"),
            mend=row.get("mend"),
            applies=_APPLIES.get(obligation) or conditions.every([row["condition"]]),
        )


def _part(row: Mapping[str, Any], each: bool) -> Part:
    paths, term = tuple(row["paths"]), {"en": row["name"], "nl": row["nl"]}
    return Part(row["name"], term, paths, row.get("mandatory", True), reader(paths, each))
