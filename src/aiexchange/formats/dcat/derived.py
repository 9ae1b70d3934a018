"""Derived: what a catalogue says about a registration for others, and never reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiexchange import law
from aiexchange.formats.dcat.carriers import Node, Pair
from aiexchange.formats.dcat.catalogue import Catalogue
from aiexchange.formats.dcat.terms import (
    AUTHORITY,
    LEGISLATION,
    TYPE,
    catalogue_iri,
    record_iri,
    term,
    typed,
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

DCAT_AP, DCAT_AP_NL = "dcat-ap", "dcat-ap-nl"
PROFILES = (DCAT_AP, DCAT_AP_NL)
"""DCAT-AP-NL asks for six things more of a data set; where a record lacks them, it falls back."""

SECTIONS = {
    SectionCode.A: "aix:ProviderHighRiskRegistration",
    SectionCode.B: "aix:ProviderNotHighRiskRegistration",
    SectionCode.C: "aix:DeployerRegistration",
    SectionCode.IX: "aix:TestRegistration",
}
"""The class of a registration for which a section is due; shapes of the law target it."""

STATUS = {
    SystemStatus.ON_MARKET: ("tech:hasMarketAvailabilityStatus", "eu-aiact:PlacedOnEUMarket"),
    SystemStatus.IN_SERVICE: ("tech:hasProvisionStatus", "eu-aiact:PutIntoServiceInEU"),
    SystemStatus.NO_LONGER_ON_MARKET_OR_IN_SERVICE: (
        "tech:hasMarketAvailabilityStatus",
        "eu-aiact:NotAvailableOnMarket",
    ),
    SystemStatus.RECALLED: ("tech:hasProvisionStatus", "eu-aiact:RecalledFromService"),
}

ROLES = {
    "provider": "eu-aiact:AIProvider",
    "provider-authorised-representative": "eu-aiact:AuthorisedRepresentative",
    "deployer": "eu-aiact:AIDeployer",
}
"""The role of a party in `prov:qualifiedAttribution`, by the fragment of its node."""

PUBLIC = f"<{AUTHORITY}access-right/PUBLIC>"
_GOVERNMENT = f"<{AUTHORITY}data-theme/GOVE>"
_ACT = f"<{LEGISLATION}>"


@dataclass(frozen=True, slots=True)
class Setting:
    """In which catalogue a registration stands: its base IRI, its profile, what it says itself."""

    base: str
    catalogue: Catalogue
    profile: str = DCAT_AP_NL


def profile_for(registration: Registration) -> str:
    """Return the profile of a register's country: that of the Netherlands for a Dutch one."""
    return DCAT_AP_NL if registration.record_id.startswith("nl-") else DCAT_AP


def about(
    registration: Registration, iri: str, setting: Setting, due: Iterable[SectionCode]
) -> dict[str, list[Pair]]:
    """Return what is derived about the carried nodes of a registration, by the IRI of each."""
    found = {
        iri: [(TYPE, term(SECTIONS[section])) for section in due],
        f"{iri}#system": _system(registration, iri),
    }
    found[iri] += _registration(registration, iri, setting)
    for place, contact in contacts(registration, iri):
        found[place] = list(_contact(contact))
    return found


def beside(registration: Registration, iri: str, setting: Setting) -> list[Node]:
    """Return the nodes that are derived as a whole: roles, distributions, the catalogue record."""
    found = [
        (
            f"{iri}#role-{name}",
            [
                (TYPE, term("prov:Attribution")),
                ("prov:agent", f"<{iri}#{name}>"),
                ("dcat:hadRole", term(ROLES[name])),
            ],
        )
        for name in roles(registration)
    ]
    found += [(f"{iri}#{name}", pairs) for name, pairs in distributions(registration, setting)]
    if registration.modified is not None:
        found.append((record_iri(iri), _record(registration, iri)))
    return found


def links(registration: Registration, iri: str) -> list[Pair]:
    """Return what the catalogue says about a registration: without a date it has no record."""
    pairs = [("dcat:dataset", f"<{iri}>")]
    if registration.modified is not None:
        pairs.append(("dcat:record", f"<{record_iri(iri)}>"))
    return pairs


def _registration(registration: Registration, iri: str, setting: Setting) -> list[Pair]:
    """Return what makes a registration a data set of the catalogue (DCAT-AP 3.0.1, -NL 3.0)."""
    fallback = setting.profile == DCAT_AP_NL
    home = catalogue_iri(setting.base)
    publisher = f"<{home}#publisher>"
    pairs = [
        ("dct:identifier", literal(registration.record_id)),
        *_texts("dct:title", (registration.title,), registration),
        *_texts(
            "dct:description",
            (registration.description, registration.use.purpose, registration.title),
            registration,
        ),
        ("dct:publisher", publisher),
        ("dct:accessRights", PUBLIC),
        ("dcatap:applicableLegislation", _ACT),
        ("foaf:primaryTopic", f"<{iri}#system>"),
    ]
    if registration.deployer.name is not None:
        pairs.append(("dct:creator", f"<{iri}#deployer>"))
    elif fallback:
        pairs.append(("dct:creator", publisher))
    if registration.deployer.contacts:
        pairs.append(("dcat:contactPoint", f"<{iri}#deployer-contacts-1>"))
    elif fallback:
        pairs.append(("dcat:contactPoint", f"<{home}#contact>"))
    themes = _themes(registration) or ([_GOVERNMENT] if fallback else [])
    pairs += [("dcat:theme", theme) for theme in themes]
    pairs += [("dct:language", each) for each in languages(registration)]
    pairs += [("dct:spatial", each) for each in _places(registration)]
    if registration.modified is not None:
        pairs.append(("dct:modified", typed_date(registration.modified)))
    if registration.source.page and (page := iri_of(registration.source.page)):
        pairs.append(("dcat:landingPage", page))
    pairs += [("prov:qualifiedAttribution", f"<{iri}#role-{each}>") for each in roles(registration)]
    pairs += [
        ("dcat:distribution", f"<{iri}#{name}>") for name, _ in distributions(registration, setting)
    ]
    return pairs


def _texts(
    predicate: str, choices: tuple[dict[str, str] | None, ...], registration: Registration
) -> list[Pair]:
    """Return the first text that there is; the record id, if there is none."""
    for text in choices:
        if text is not None:
            return [(predicate, f"{literal(said)}@{tag}") for tag, said in text.items()]
    return [(predicate, literal(registration.record_id))]


def _themes(registration: Registration) -> list[str]:
    known = law.codelist("theme")
    found = {known[theme].iri for theme in registration.use.themes if theme in known}
    return [f"<{each}>" for each in sorted(found)]


def languages(registration: Registration) -> list[str]:
    """Return the languages of a registration in the table of the Publications Office."""
    known = law.codelist("language")
    found = [known[each].iri for each in registration.languages if each in known]
    return [f"<{each}>" for each in found or [known["und"].iri]]


def _places(registration: Registration) -> list[str]:
    known = law.codelist("member-state")
    states = registration.system.member_states
    return [f"<{known[each].iri}>" for each in states if each in known]


_DATES = {4: "gYear", 7: "gYearMonth"}


def typed_date(moment: str) -> str:
    """Return a partial date or a moment with its datatype."""
    return typed(moment, "dateTime" if "T" in moment else _DATES.get(len(moment), "date"))


def roles(registration: Registration) -> list[str]:
    """Return the fragments of the named parties that have a role under the Act."""
    found = []
    if registration.provider.name is not None:
        found.append("provider")
    other = registration.provider.authorised_representative
    if other is not None and other.name is not None:
        found.append("provider-authorised-representative")
    if registration.deployer.name is not None:
        found.append("deployer")
    return found


def distributions(registration: Registration, setting: Setting) -> Iterator[tuple[str, list[Pair]]]:
    """Yield where a registration can be had, with fragments; nothing without a licence."""
    licence = setting.catalogue.licence
    if licence is None:
        return
    page = registration.source.page and iri_of(registration.source.page)
    for name, address, kind, media in (
        ("page", page, "HTML", "text/html"),
        (
            "eudb-xml",
            setting.catalogue.xml and f"<{setting.catalogue.xml}>",
            "XML",
            "application/xml",
        ),
    ):
        if address:
            yield (
                name,
                [
                    (TYPE, term("dcat:Distribution")),
                    ("dcat:accessURL", address),
                    ("dct:license", f"<{licence}>"),
                    ("dct:format", f"<{AUTHORITY}file-type/{kind}>"),
                    ("dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{media}>"),
                ],
            )


def _system(registration: Registration, iri: str) -> list[Pair]:
    """Return what vocabularies of others say about the system: DPV, DPV for the AI Act, AIRO."""
    system, point = registration.system, registration.classification
    pairs = []
    if registration.provider.name is not None:
        pairs.append(("tech:hasProvider", f"<{iri}#provider>"))
    if registration.deployer.name is not None:
        pairs.append(("tech:hasDeployer", f"<{iri}#deployer>"))
    if point.declared is RiskClass.HIGH_RISK:
        pairs.append((TYPE, term("eu-aiact:HighRiskAISystem")))
        pairs.append(("eu-aiact:hasRiskLevel", term("eu-aiact:RiskLevelHigh")))
    elif point.declared is RiskClass.NOT_HIGH_RISK:
        pairs.append(("eu-aiact:hasRiskLevel", term("eu-aiact:RiskLevelNotHigh")))
    known = law.codelist("annex-iii")
    pairs += [(TYPE, f"<{known[each.value].iri}>") for each in point.annex_iii]
    if system.status is not None:
        predicate, status = STATUS[system.status]
        pairs.append((predicate, term(status)))
    if system.more_information and (page := iri_of(system.more_information)):
        pairs.append(("foaf:page", page))
    return pairs


def _contact(contact: Contact) -> Iterator[Pair]:
    """Yield the ways to reach a contact as vCard says them."""
    if contact.email and (mail := mailto(contact.email)):
        yield "vcard:hasEmail", mail
    if contact.url and (page := iri_of(contact.url)):
        yield "vcard:hasURL", page


def _record(registration: Registration, iri: str) -> list[Pair]:
    assert registration.modified is not None
    return [
        (TYPE, term("dcat:CatalogRecord")),
        ("foaf:primaryTopic", f"<{iri}>"),
        ("dct:modified", typed_date(registration.modified)),
        *(("dct:language", each) for each in languages(registration)),
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
