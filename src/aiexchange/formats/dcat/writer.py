"""Writer: a catalogue of registrations, one at a time, in any serialisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from aiexchange import law
from aiexchange.errors import UsageError
from aiexchange.findings import Finding, Severity
from aiexchange.formats.dcat import renderers
from aiexchange.formats.dcat.carriers import Node
from aiexchange.formats.dcat.catalogue import Catalogue, catalogue_nodes
from aiexchange.formats.dcat.derived import PROFILES, Setting, profile_for
from aiexchange.formats.dcat.nodes import link_node, nodes_of
from aiexchange.formats.dcat.public import published
from aiexchange.formats.dcat.ranges import declarations
from aiexchange.formats.dcat.terms import record_iri, registration_iri
from aiexchange.formats.dcat.text import iri
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry, Registration

Group = tuple[str | None, list[Node]]
"""The named graph of a registration, None for that of the catalogue, and nodes."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """How a serialisation is written: its head, nodes, what stands between them, its end."""

    nodes: Callable[[Iterable[Node], str | None], str]
    head: Callable[[], str] = str
    between: str = ""
    end: str = ""


RENDERERS = {
    "turtle": Renderer(renderers.turtle, renderers.prefixes),
    "ntriples": Renderer(renderers.ntriples),
    "nquads": Renderer(renderers.nquads),
    "trig": Renderer(renderers.trig, renderers.prefixes),
    "jsonld": Renderer(renderers.jsonld, renderers.jsonld_head, ",\n", "\n]}\n"),
    "rdfxml": Renderer(renderers.rdfxml, renderers.rdfxml_head, "", "</rdf:RDF>\n"),
}


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> Iterator[Finding]:
    """Write the registrations that may be published; yield what was left out.

    Raises:
        UsageError: there is no such profile, or the base IRI is none.
    """
    render = RENDERERS[options.syntax or "turtle"]
    stream.write(render.head().encode("utf-8"))
    between = ""
    for found in groups(entries, options):
        if isinstance(found, Finding):
            yield found
            continue
        for graph, nodes in found:
            stream.write(f"{between}{render.nodes(nodes, graph)}".encode())
            between = render.between
    stream.write(render.end.encode("utf-8"))


def groups(entries: Iterable[Entry], options: Options) -> Iterator[Finding | list[Group]]:
    """Yield the catalogue, then each registration with its links, and what was left out.

    Raises:
        UsageError: there is no such profile, or the base IRI is none.
    """
    _refuse_unknown(options)
    catalogue, version = options.catalogue or Catalogue(), law.legal_version(options.legal_version)
    told: set[str] = set()
    head = catalogue_nodes(catalogue, options.base_iri)
    yield [(None, head + (declarations(head, told) if options.with_ranges else []))]
    for entry in entries:
        if entry.registration is None:
            continue
        duties = law.duties(entry.registration, version)
        if is_refused(entry.registration, version, duties):
            yield _restricted(entry.registration, entry)
            continue
        registration, lost = published(entry.registration)
        for finding in lost:
            yield finding.about(None, entry.origin)
        profile = options.profile or profile_for(registration)
        setting = Setting(options.base_iri, catalogue, profile)
        here = registration_iri(options.base_iri, registration)
        nodes = nodes_of(registration, here, setting, [duty.section for duty in duties])
        links = [link_node(registration, here, options.base_iri)]
        if options.with_ranges:
            links += declarations(nodes, told)
        yield [(record_iri(here), nodes), (None, links)]


def is_refused(
    registration: Registration, version: law.LegalVersion, duties: Iterable[law.Duty]
) -> bool:
    """Tell whether a registration may not be published (Art. 49(4)); nor a test without consent."""
    restricted = any(duty.access is law.Access.RESTRICTED for duty in duties)
    return restricted or law.closed(registration, version)


def _refuse_unknown(options: Options) -> None:
    if options.profile is not None and options.profile not in PROFILES:
        raise UsageError(
            f"a catalogue has no profile {options.profile}; there are {', '.join(PROFILES)}"
        )
    if iri(options.base_iri) is None or options.base_iri[-1] != "/":
        raise UsageError(f"{options.base_iri} is no base for IRIs: write an address that ends in /")


def _restricted(registration: Registration, entry: Entry) -> Finding:
    return Finding(
        "dcat.restricted-refused",
        Severity.VIOLATION,
        "The registration belongs into the part of the EU database that is not public; a catalogue "
        "is public. It is left out.",
        record_id=registration.record_id,
        origin=entry.origin,
        basis="Art. 49(4)",
        mend="Leave it out of what is published.",
    )
