"""The registration: one entry in canonical form."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aiexchange.model.parts import (
    AISystem,
    CanonicalModel,
    Classification,
    DatabaseEntry,
    Identifier,
    Operator,
    RealWorldTest,
    Source,
    Statement,
    Use,
)
from aiexchange.model.types import AsSet, Json, Keywords, Kind, Language, Moment, Text

SCHEMA_ID = "aiexchange/registration/1"
"""The first member of the JSON form, by which older files are told apart."""

RECORD_ID_PATTERN = (
    "^[a-z0-9][a-z0-9-]*:[^\\x00-\\x20\\x7F\\uFFFE\\uFFFF]"
    "([^\\x00-\\x1F\\x7F\\uFFFE\\uFFFF]*[^\\x00-\\x20\\x7F\\uFFFE\\uFFFF])?$"
)

RecordId = Annotated[str, StringConstraints(max_length=512, pattern=RECORD_ID_PATTERN), Kind.STRING]
"""Register, colon, the register's identifier exactly as given."""

Statements = Annotated[dict[str, Statement], Kind.STATEMENTS]
"""Statements by canonical path."""


class Registration(CanonicalModel):
    """What is known about one AI system and its use, whatever the sections it is due under.

    The model says what can be said; what must be said is in `schemas/annex-viii/`. Nearly every
    field may therefore be missing.
    """

    record_id: RecordId
    """Register, colon, identifier: `nl-algoritmeregister:12345674`. Without one, `~` and a hash."""

    version: Annotated[int, Field(ge=1), Kind.INTEGER] = 1
    """Version of the registration; 1 is the oldest. Record id and version are its key."""

    modified: Moment | None = None
    """When the record was last published."""

    languages: Annotated[tuple[Language, ...], AsSet] = ()
    """Languages in which the record is published."""

    identifiers: tuple[Identifier, ...] = ()
    """Other identifiers of the record: the body's own number, a national number."""

    title: Text | None = None
    """The deployer's name for its use of the system."""

    description: Text | None = None
    """Short description of the system and its use."""

    keywords: Keywords = {}
    """Search terms."""

    source: Source = Source()
    """Where the record was published."""

    classification: Classification = Classification()
    """What routes it under Art. 49."""

    system: AISystem = AISystem()
    """The AI system."""

    provider: Operator = Operator()
    """Its provider (A-1 to A-3, B-1 to B-3)."""

    deployer: Operator = Operator()
    """The body that uses it (C-1, C-2)."""

    use: Use = Use()
    """The use that body makes of it."""

    test: RealWorldTest | None = None
    """A test in real-world conditions (Annex IX)."""

    entries: tuple[DatabaseEntry, ...] = ()
    """Its entries in the EU database."""

    provenance: Statements = {}
    """Who stated a value, or from what it follows; sparse, by canonical path."""

    residue: Json = {}
    """Source twins of canonical values, where the way back would not reproduce them."""

    extras: Json = {}
    """Source values without a canonical home, by the name of their field."""
