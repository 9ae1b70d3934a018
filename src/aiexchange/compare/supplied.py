"""Supplied: what somebody sent about a product, a record or a body, with who, where and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from aiexchange.compare import names
from aiexchange.findings import Origin
from aiexchange.model import Registration, Statement, StatementKind
from aiexchange.model.paths import digest, is_absent, is_derived

RECORD_ID = "record-id"
"""Scheme of an identifier that names the record which an answer is about."""

Placing = Callable[[Registration, Origin, str], str]
"""Tells where in its file the value at a canonical path of a registration stands."""


class Scope(StrEnum):
    """What a pair has in common, and so which values may flow."""

    RECORD = "record"
    """The same record: all values flow."""

    PRODUCT = "product"
    """The same product, used by somebody: what its supplier says about it flows."""

    BODY = "body"
    """The same deployer: what is said about the body flows to all of its records."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A registration that came in to complete others; `date` is when it was stated, if known."""

    registration: Registration
    origin: Origin
    file: str
    placing: Placing
    date: str | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """What sorts the supplied, whatever the order in which their files were named."""
        place = f"{self.origin.sheet or ''}:{self.origin.row or self.origin.line or 0:09}"
        return self.file, place, self.registration.record_id, digest(self.registration)

    @property
    def is_of_body(self) -> bool:
        """Whether it speaks of a body alone: of no product, no use and no single record."""
        said = self.registration
        texts, parts = (said.title, said.description), (said.classification, said.system)
        others = (*texts, *parts, said.provider, said.use, said.test)
        named = any(each.scheme == RECORD_ID for each in said.identifiers)
        if named or is_absent(said.deployer):
            return False
        return all(is_absent(part) for part in others)

    @property
    def is_of_supplier(self) -> bool:
        """Whether who provides the system speaks: nobody else can speak for the product."""
        user, maker = self.registration.deployer.name, self.registration.provider.name
        if self.is_of_body:
            return False
        return user is None or (maker is not None and names.body(user) == names.body(maker))

    @property
    def name(self) -> str:
        """What it is called: the trade name, else the title, else the body, else the record."""
        said = self.registration
        title = next(iter((said.title or {}).values()), None)
        return said.system.trade_name or title or said.deployer.name or said.record_id

    def place(self, path: str) -> str:
        """Return the cell or path in its file where the value at a canonical path stands."""
        own = dict.fromkeys(each.place for each in self._statements(path) if each.place)
        return "; ".join(own) or self.placing(self.registration, self.origin, path)

    def full_place(self, path: str) -> str:
        """Return the place of a value with the file that it was taken from."""
        statement = self.statement(path)
        return ", ".join(part for part in (statement.source, statement.place) if part)

    def statement(self, path: str) -> Statement:
        """Return who states the value at a path, and where: its own provenance comes first."""
        own = next(iter(self._statements(path)), None)
        said = self.registration
        speaker = said.deployer.name if self.is_of_body else said.provider.name
        derived = is_derived(said, path)
        return Statement(
            kind=StatementKind.DERIVED if derived else StatementKind.SUPPLIED,
            by=(own and own.by) or speaker or said.deployer.name,
            source=(own.source if own and own.place else None) or self.file,
            place=self.place(path),
            date=(own and own.date) or self.date,
        )

    def _statements(self, path: str) -> list[Statement]:
        """Return what its own provenance says of a path, of the parts in it, or around it."""
        kept = self.registration.provenance
        if not kept:
            return []
        stem = path.partition("[")[0]
        inside = [
            each
            for place, each in kept.items()
            if place in (path, stem) or place.startswith((f"{path}.", f"{path}["))
        ]
        if inside:
            return inside
        parts = stem.split(".")
        around = (kept.get(".".join(parts[:end])) for end in range(len(parts) - 1, 0, -1))
        return [each for each in around if each is not None]
