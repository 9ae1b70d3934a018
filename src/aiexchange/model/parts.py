"""The parts of a registration: operators, the system, its use, a test, their details."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from aiexchange.model.codes import (
    AnnexIIIPoint,
    AnnexXIVCode,
    Article63Condition,
    AssessmentKind,
    EntryState,
    OperatorKind,
    RiskClass,
    SectionCode,
    StatementKind,
    SuspensionState,
    SystemStatus,
    UseStatus,
)
from aiexchange.model.types import (
    AsSet,
    Country,
    Kind,
    Language,
    PartialDate,
    String,
    Text,
    Url,
)


class CanonicalModel(BaseModel):
    """Frozen, and nothing beside the declared fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=False
    )


class Identifier(CanonicalModel):
    """A reference that identifies something unambiguously (A-4; `adms:Identifier`)."""

    scheme: String | None = None
    """What kind of number it is: `kvk`, `tooi`, `version`, a register's own name for it."""

    value: String
    """The identifier, exactly as given; leading zeros stay."""

    agency: String | None = None
    """Who issues identifiers of this scheme."""


class Address(CanonicalModel):
    """A postal address (part of A-1, A-3, C-1; `locn:Address`)."""

    full: String | None = None
    """The whole address on one line, where its parts are not known apart."""

    street: String | None = None
    """Name of the street."""

    number: String | None = None
    """House number with its additions."""

    post_code: String | None = None
    """Postal code."""

    city: String | None = None
    """Town or city."""

    country: Country | None = None
    """Country; A-3 turns on whether a provider is established in the Union (Art. 22(1))."""


class Contact(CanonicalModel):
    """A way to reach an operator (part of A-1, C-1, IX-2)."""

    name: String | None = None
    """Name of the desk or the person."""

    role: String | None = None
    """What the desk or the person does."""

    email: String | None = None
    """Mail address, as written."""

    phone: String | None = None
    """Telephone number, as written."""

    url: Url | None = None
    """Web address of a contact form or page."""

    public: bool | None = None
    """Whether it may be published; only contacts that are public go into a catalogue."""


class Link(CanonicalModel):
    """A titled reference to a page or a law; title or address may be missing."""

    title: String | None = None
    """What is referred to, as the source names it."""

    url: Url | None = None
    """Where it is."""


class Assessment(CanonicalModel):
    """An impact assessment that the record mentions (a lead for C-4 and C-5, never a summary)."""

    kind: AssessmentKind | None = None
    """The kind, as far as its title tells."""

    title: String | None = None
    """Its title, as the source gives it."""

    url: Url | None = None
    """Where it is published."""


class Document(CanonicalModel):
    """A document that an item asks for a copy of (A-9, A-11, A-12)."""

    title: String | None = None
    """Its title."""

    url: Url | None = None
    """Where it is published."""

    path: String | None = None
    """Where it lies in the package that travels with the registration: a relative path."""

    media_type: String | None = None
    """IANA media type, such as `application/pdf`."""

    language: Language | None = None
    """The language it is written in."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$"), Kind.STRING] | None = None
    """SHA-256 of its bytes, lower-case hexadecimal."""


class NotifiedBody(CanonicalModel):
    """The body that issued a certificate (A-8: name or identification number)."""

    name: String | None = None
    """Its name."""

    number: String | None = None
    """Its identification number: four digits by Decision 768/2008/EC."""


class Certificate(CanonicalModel):
    """A certificate of a notified body (A-8) with its scanned copy (A-9)."""

    type: String | None = None
    """What kind of certificate it is."""

    number: String | None = None
    """Its number."""

    issued: PartialDate | None = None
    """Date of issue; with the expiry date it gives the term of Art. 44(2)."""

    expires: PartialDate | None = None
    """Date on which it expires."""

    notified_body: NotifiedBody | None = None
    """The body that issued it."""

    copy_: Annotated[Document | None, Field(alias="copy")] = None
    """The scanned copy (A-9)."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class Party(CanonicalModel):
    """A person or body: name, address and contact details."""

    name: String | None = None
    """Its name."""

    identifiers: tuple[Identifier, ...] = ()
    """Numbers under which it is known in public registers."""

    address: Address | None = None
    """Its address."""

    contacts: tuple[Contact, ...] = ()
    """Its contact details."""


class Operator(Party):
    """A provider or a deployer (Art. 3(3), 3(4)), with those who act for it."""

    kind: OperatorKind | None = None
    """What kind of body it is; Art. 49(3) and 27(1) turn on it."""

    submitter: Party | None = None
    """Who submits the information on its behalf (A-2, B-2, C-2)."""

    authorised_representative: Party | None = None
    """The provider's authorised representative in the Union (A-3, B-3; Art. 22)."""


class Classification(CanonicalModel):
    """What routes a registration under Art. 49; none of it is an item, but for B-6."""

    declared: RiskClass | None = None
    """What the record declares, in the terms of Art. 6."""

    declared_as: String | None = None
    """The register's own class, as a code of its mapping."""

    annex_iii: Annotated[tuple[AnnexIIIPoint, ...], AsSet] = ()
    """The points of Annex III under which the system falls."""

    annex_i: bool | None = None
    """Whether it is (a safety component of) a product under Annex I (Art. 6(1))."""

    sensitive_area: bool | None = None
    """Whether it is used in law enforcement, migration, asylum or border control (Art. 49(4))."""

    profiling: bool | None = None
    """Whether it profiles natural persons: then it is always high-risk (Art. 6(3))."""

    article_6_3: Annotated[tuple[Article63Condition, ...], AsSet] = ()
    """The conditions under which it is considered not to be high-risk (B-6)."""

    not_high_risk_grounds: Text | None = None
    """Summary of the grounds (B-7, deleted on 27 July 2026): read as legacy, never submitted."""

    annex_xiv: Annotated[tuple[AnnexXIVCode, ...], AsSet] = ()
    """Scope codes of Annex XIV that describe it."""


class AISystem(CanonicalModel):
    """The AI system that is registered (Annex VIII, A-4 to A-13; B-4 to B-9)."""

    trade_name: String | None = None
    """Name under which the system is placed on the market (A-4, B-4)."""

    references: tuple[Identifier, ...] = ()
    """Additional unambiguous references: version, model, serial number (A-4, B-4)."""

    intended_purpose: Text | None = None
    """What the system is meant for, as the provider states it (A-5, B-5)."""

    components_and_functions: Text | None = None
    """The components and functions that the system supports (A-5)."""

    information_used: Text | None = None
    """The information that it uses: data, inputs (A-6)."""

    operating_logic: Text | None = None
    """Its operating logic, basic and concise (A-6)."""

    status: SystemStatus | None = None
    """Its status on the Union market (A-7, B-8)."""

    first_placed: PartialDate | None = None
    """When the first unit of the type was placed on the market or put into service (Art. 111)."""

    significant_change: PartialDate | None = None
    """When its design was last changed significantly (Art. 111(2))."""

    intended_for_public_authorities: bool | None = None
    """Whether it is intended to be used by public authorities (Art. 111(2))."""

    member_states: Annotated[tuple[Country, ...], AsSet] = ()
    """Member States where it is on the market, in service or available (A-10, B-9)."""

    certificates: tuple[Certificate, ...] = ()
    """Certificates of notified bodies (A-8, A-9)."""

    declarations_of_conformity: tuple[Document, ...] = ()
    """Copies of the EU declaration of conformity (A-11; Art. 47)."""

    instructions_for_use: tuple[Document, ...] = ()
    """Electronic instructions for use (A-12)."""

    more_information: Url | None = None
    """Address for additional information (A-13)."""

    data_sources: tuple[Link, ...] = ()
    """Data sources that the record refers to, beside the prose of A-6."""

    source_code: Link | None = None
    """Where the source code is published."""


class Use(CanonicalModel):
    """The use that a deployer makes of the system (Annex VIII, C-3 to C-5)."""

    purpose: Text | None = None
    """Purpose and impact of the use, as the deployer describes them."""

    status: UseStatus | None = None
    """Status of the use."""

    start: PartialDate | None = None
    """When the use began."""

    end: PartialDate | None = None
    """When the use ended."""

    provider_entry: Url | None = None
    """Address of the provider's entry in the EU database (C-3)."""

    fria_summary: Text | None = None
    """Summary of the fundamental rights impact assessment (C-4; Art. 27)."""

    dpia_summary: Text | None = None
    """Summary of the data protection impact assessment (C-5; GDPR Art. 35)."""

    assessments: tuple[Assessment, ...] = ()
    """Impact assessments that the record mentions."""

    assessments_explanation: Text | None = None
    """What the deployer says about the assessments, or about their absence."""

    legal_basis: Text | None = None
    """Legal basis of the use, in prose."""

    legal_bases: tuple[Link, ...] = ()
    """Laws that the record refers to."""

    human_oversight: Text | None = None
    """How people watch over the use and can intervene."""

    risk_management: Text | None = None
    """How risks are managed."""

    considerations: Text | None = None
    """Advantages and disadvantages that were weighed, proportionality."""

    themes: Annotated[tuple[String, ...], AsSet] = ()
    """Policy areas: codes of the list `theme`, or the register's own words."""

    processing_record: Link | None = None
    """Entry in the record of processing activities (GDPR Art. 30)."""

    public_page: Link | None = None
    """Page of the deployer that tells the public about the use."""

    source_registration: Link | None = None
    """The deployer's own registration from which the record was taken over."""


class RealWorldTest(CanonicalModel):
    """A test in real-world conditions outside a sandbox (Annex IX; Art. 60)."""

    identification_number: String | None = None
    """Union-wide unique single identification number of the test (IX-1)."""

    deployers: tuple[Party, ...] = ()
    """The deployers involved in the test (IX-2)."""

    description: Text | None = None
    """Brief description of the system and of what identifies it (IX-3)."""

    plan_summary: Text | None = None
    """Summary of the main characteristics of the plan (IX-4)."""

    suspension: SuspensionState | None = None
    """Whether the test was suspended or terminated (IX-5)."""

    suspension_note: Text | None = None
    """What is to be said about that (IX-5)."""

    publication_consent: bool | None = None
    """Whether the provider consents to publication (Art. 71(4))."""


class DatabaseEntry(CanonicalModel):
    """What the EU database answered: the entry of one section."""

    section: SectionCode
    """The section under which it is entered."""

    id: String | None = None
    """Its identifier in the EU database."""

    url: Url | None = None
    """Its address; a deployer's C-3 points at the one of section A."""

    version: Annotated[int, Field(ge=1), Kind.INTEGER] | None = None
    """Which version of the registration was entered."""

    state: EntryState | None = None
    """What the EU database has made of it."""


class Source(CanonicalModel):
    """Where the record was published."""

    register_: Annotated[String | None, Field(alias="register")] = None
    """Name of the register, as in `mappings/`."""

    layout: String | None = None
    """Version of the register's layout."""

    page: Url | None = None
    """Page of the record in the register."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class Statement(CanonicalModel):
    """Who stated a value, where, or from what it follows."""

    kind: StatementKind
    """Stated, derived or supplied."""

    by: String | None = None
    """Who stated or supplied it."""

    source: String | None = None
    """What it was taken from: a file, or the canonical path from which it follows."""

    place: String | None = None
    """Where in that file: a cell, a line, a path."""

    date: PartialDate | None = None
    """When it was stated."""

    digest: Annotated[str, Field(pattern="^[0-9a-f]{12}$"), Kind.STRING] | None = None
    """Fingerprint of the value that follows from `source`: tells an edit from a derivation."""
