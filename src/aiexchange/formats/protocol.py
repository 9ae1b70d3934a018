"""What a format is: a reader and a writer of one serialisation, and the options both take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol

from aiexchange.findings import Finding
from aiexchange.model import Entry

if TYPE_CHECKING:
    from aiexchange.formats.dcat.catalogue import Catalogue

BASE_IRI = "https://w3id.org/aiexchange/id/"
"""Default for the IRIs of a catalogue; a placeholder that is not registered."""


@dataclass(slots=True)
class Shape:
    """What a table looks like beside its values; filled in while it is read."""

    as_register: bool = False
    """Whether it has the register's shape: a byte order mark, commas, all cells in quotes."""

    quoted: bool = False
    delimiter: str = ","
    columns: tuple[str, ...] = ()
    line_end: str = "\r\n"
    rows: list[int] = field(default_factory=list)
    """Where each record stood, in the order in which the records are read."""

    places: dict[str | None, dict[str, int]] = field(default_factory=dict)
    """By sheet, the column of each heading from 1; its row, where records stand upright."""


@dataclass(slots=True)
class Extent:
    """How many records a source has, told by a reader that knows it before it yields any."""

    records: int | None = None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends messages to whom; `test` marks a trial, `time` is in ISO 8601 with a zone."""

    sender: str | None = None
    recipient: str = "EU database (Art. 71)"
    test: bool = False
    time: str = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of reading and writing; each format uses those that concern it.

    `file` is the name shown in origins, `syntax` one of the format's syntaxes, `base_iri` what
    the IRIs of a catalogue begin with, `legal_version` the consolidated Act that decides which
    sections are due (the newest, if none is given). `profile` is one of the format's profiles, and
    `shape` what a table that is read looks like, for one that is written beside it. `catalogue` is
    what a catalogue says about itself, and `with_ranges` whether it says of which class the things
    of others are to which it leads. `access` keeps a message to registrations that are public or
    restricted, and `envelope` is what a submission is sent in. `extent` is told how many records
    there are.
    """

    file: str | None = None
    syntax: str | None = None
    base_iri: str = BASE_IRI
    legal_version: str | None = None
    profile: str | None = None
    shape: Shape | None = None
    catalogue: Catalogue | None = None
    with_ranges: bool = False
    access: str | None = None
    envelope: Envelope | None = None
    extent: Extent | None = None


class Format(Protocol):
    """A serialisation of canonical registrations."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes (up to 64 KiB) whether a file is of this format."""

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the entries of a file.

        Raises:
            InputError: the file cannot be read at all.
        """

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write the registrations among the entries; yield what could not be carried."""
