"""Derived: what a catalogue says about a registration for others, and never reads back."""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange import law
from aiexchange.formats.dcat.carriers import Node, Pair
from aiexchange.formats.dcat.terms import (
    AUTHORITY,
    LEGISLATION,
    TYPE,
    catalogue_iri,
    record_iri,
)
from aiexchange.formats.dcat.text import iri as iri_of
from aiexchange.formats.dcat.text import literal, mailto
from aiexchange.model import (
    Contact,
    Operator,
    Party,
    Registration,
    RiskClass,
    SectionCode,
    SystemStatus,
)

PUBLIC = f"<{AUTHORITY}access-right/PUBLIC>"
_GOVERNMENT = f"{AUTHORITY}data-theme/GOVE"

_TYPES = {
    "Registration": ("dcat:Dataset", "dcat:Resource", "aix:Registration"),
    "AISystem": ("eu-aiact:AISystem", "airo:AISystem"),
    "Address": ("locn:Address",),
    "Contact": ("vcard:Kind",),
    "Identifier": ("adms:Identifier",),
}

SECTIONS = {
    SectionCode.A: "aix:ProviderHighRiskRegistration",
    SectionCode.B: "aix:ProviderNotHighRiskRegistration",
    SectionCode.C: "aix:DeployerRegistration",
    SectionCode.IX: "aix:TestRegistration",
}
"""The class of a registration for which a section is due; shapes of the law target it."""

_STATUS = {
    SystemStatus.ON_MARKET: ("tech:hasMarketAvailabilityStatus", "eu-aiact:PlacedOnEUMarket"),
    SystemStatus.IN_SERVICE: ("tech:hasProvisionStatus", "eu-aiact:PutIntoServiceInEU"),
    SystemStatus.NO_LONGER_ON_MARKET_OR_IN_SERVICE: (
        "tech:hasMarketAvailabilityStatus",
        "eu-aiact:NotAvailableOnMarket",
    ),
    SystemStatus.RECALLED: ("tech:hasProvisionStatus", "eu-aiact:RecalledFromService"),
}


def types(node: Node) -> Iterator[Pair]:
    """Yield the classes of a node; an agent has to have a name, or it is none."""
    _, model, pairs = node
    if model in ("Party", "Operator"):
        if any(predicate == "foaf:name" for predicate, _ in pairs):
            yield TYPE, "foaf:Agent"
        yield TYPE, f"aix:{model}"
        return
    for name in _TYPES.get(model, (f"aix:{model}",)):
        yield TYPE, name


def about_registration(registration: Registration, iri: str, base: str) -> Iterator[Pair]:
    """Yield what makes a registration a data set of the catalogue (DCAT-AP 3.0.1, DCAT-AP-NL)."""
    yield "dct:identifier", literal(registration.record_id)
    yield from _titles(registration)
    yield from _descriptions(registration)
    publisher = f"<{catalogue_iri(base)}#publisher>"
    yield "dct:publisher", publisher
    yield "dct:creator", f"<{iri}#deployer>" if registration.deployer.name else publisher
    yield "dcat:contactPoint", _contact_point(registration, iri, base)
    yield "dct:accessRights", PUBLIC
    yield "dcatap:applicableLegislation", f"<{LEGISLATION}>"
    yield "foaf:primaryTopic", f"<{iri}#system>"
    yield from (("dcat:theme", f"<{theme}>") for theme in _themes(registration))
    yield from (("dct:language", f"<{each}>") for each in _languages(registration))
    if registration.modified is not None:
        yield "dct:modified", typed_date(registration.modified)
    if registration.source.page and (page := iri_of(registration.source.page)):
        yield "dcat:landingPage", page


def _titles(registration: Registration) -> Iterator[Pair]:
    if registration.title is None:
        yield "dct:title", literal(registration.record_id)
    else:
        for tag, text in registration.title.items():
            yield "dct:title", f"{literal(text)}@{tag}"


def _descriptions(registration: Registration) -> Iterator[Pair]:
    texts = (registration.description, registration.use.purpose, registration.title)
    text = next((each for each in texts if each is not None), None)
    if text is None:
        yield "dct:description", literal(registration.record_id)
    else:
        for tag, said in text.items():
            yield "dct:description", f"{literal(said)}@{tag}"


def _contact_point(registration: Registration, iri: str, base: str) -> str:
    if registration.deployer.contacts:
        return f"<{iri}#deployer-contacts-1>"
    return f"<{catalogue_iri(base)}#contact>"


def _themes(registration: Registration) -> list[str]:
    known = law.codelist("theme")
    found = (known[theme].iri for theme in registration.use.themes if theme in known)
    return sorted(set(found)) or [_GOVERNMENT]


def _languages(registration: Registration) -> list[str]:
    known = law.codelist("language")
    found = [known[each].iri for each in registration.languages if each in known]
    return found or [known["und"].iri]


def typed_date(moment: str) -> str:
    """Return a partial date or a moment with its datatype."""
    kind = "dateTime" if "T" in moment else {4: "gYear", 7: "gYearMonth"}.get(len(moment), "date")
    return f'"{moment}"^^xsd:{kind}'


def about_system(registration: Registration, iri: str) -> Iterator[Pair]:
    """Yield what vocabularies of others say about the system: DPV, DPV for the AI Act, AIRO."""
    system, point = registration.system, registration.classification
    if registration.provider.name is not None:
        yield "tech:hasProvider", f"<{iri}#provider>"
    if registration.deployer.name is not None:
        yield "tech:hasDeployer", f"<{iri}#deployer>"
    if point.declared is RiskClass.HIGH_RISK:
        yield TYPE, "eu-aiact:HighRiskAISystem"
        yield "eu-aiact:hasRiskLevel", "eu-aiact:RiskLevelHigh"
    elif point.declared is RiskClass.NOT_HIGH_RISK:
        yield "eu-aiact:hasRiskLevel", "eu-aiact:RiskLevelNotHigh"
    for use_case in point.annex_iii:
        local = use_case.value.replace("(", "-").replace(")", "")
        yield TYPE, f"eu-aiact:HighRiskAISystem-AnnexIII-{local}"
    if system.status is not None:
        yield _STATUS[system.status]
    if system.more_information and (page := iri_of(system.more_information)):
        yield "foaf:page", page


def about_contact(contact: Contact) -> Iterator[Pair]:
    """Yield the ways to reach a contact as vCard says them."""
    if contact.email and (mail := mailto(contact.email)):
        yield "vcard:hasEmail", mail
    if contact.url and (page := iri_of(contact.url)):
        yield "vcard:hasURL", page


def catalogue_record(registration: Registration, iri: str, base: str) -> Node | None:
    """Return the record of a registration in the catalogue; without a known date there is none."""
    if registration.modified is None:
        return None
    pairs = [
        (TYPE, "dcat:CatalogRecord"),
        ("foaf:primaryTopic", f"<{iri}>"),
        ("dct:modified", typed_date(registration.modified)),
        *(("dct:language", f"<{each}>") for each in _languages(registration)),
    ]
    return record_iri(base, iri), "CatalogRecord", pairs


def catalogue(base: str) -> list[Node]:
    """Return the nodes of the catalogue itself, with words that are true of any catalogue."""
    iri = catalogue_iri(base)
    return [
        (
            iri,
            "Catalog",
            [
                (TYPE, "dcat:Catalog"),
                ("dct:title", '"Registrations of AI systems"@en'),
                ("dct:title", '"Registraties van AI-systemen"@nl'),
                (
                    "dct:description",
                    '"Registrations under Article 49 of Regulation (EU) 2024/1689, converted from '
                    'a national register"@en',
                ),
                ("dct:publisher", f"<{iri}#publisher>"),
                ("dcat:contactPoint", f"<{iri}#contact>"),
                ("dcatap:applicableLegislation", f"<{LEGISLATION}>"),
            ],
        ),
        (
            f"{iri}#publisher",
            "Agent",
            [(TYPE, "foaf:Agent"), ("foaf:name", '"Publisher not stated"@en')],
        ),
        (
            f"{iri}#contact",
            "Contact",
            [(TYPE, "vcard:Kind"), ("vcard:fn", '"Contact not stated"@en')],
        ),
    ]


def contacts(registration: Registration, iri: str) -> Iterator[tuple[str, Contact]]:
    """Yield every contact with the IRI of its node."""
    for name, party in parties(registration):
        for number, contact in enumerate(party.contacts, 1):
            yield f"{iri}#{name}-contacts-{number}", contact


def parties(registration: Registration) -> Iterator[tuple[str, Party]]:
    """Yield every party of a registration with the fragment of its node."""
    for name, operator in (
        ("provider", registration.provider),
        ("deployer", registration.deployer),
    ):
        yield from _with_others(name, operator)
    if registration.test is not None:
        for number, party in enumerate(registration.test.deployers, 1):
            yield f"test-deployers-{number}", party


def _with_others(name: str, operator: Operator) -> Iterator[tuple[str, Party]]:
    yield name, operator
    if operator.submitter is not None:
        yield f"{name}-submitter", operator.submitter
    if operator.authorised_representative is not None:
        yield f"{name}-authorised-representative", operator.authorised_representative
