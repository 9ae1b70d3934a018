"""Residue: what a graph says that no carrier holds and that we would not derive either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiexchange.errors import UsageError
from aiexchange.formats.dcat.carriers import Node
from aiexchange.formats.dcat.catalogue import Catalogue, catalogue_nodes
from aiexchange.formats.dcat.derived import SECTIONS, Setting, about, beside
from aiexchange.formats.dcat.lexical import alike
from aiexchange.formats.dcat.ranges import is_declared
from aiexchange.formats.dcat.spool import Spool, Triple, document_of, triples_of
from aiexchange.formats.dcat.takers import Taking
from aiexchange.formats.dcat.terms import catalogue_iri, record_iri, term
from aiexchange.model import Registration

_LINKS = {term("dcat:dataset"), term("dcat:record")}


class Residue:
    """What is left of a graph while its registrations are read."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._read: set[str] = set()
        self._bases: dict[str, None] = {}

    def seen(self, taking: Taking) -> None:
        """Note that what a registration is made of has been read."""
        self._read.update(document_of(node) for node in taking.nodes)
        base, found, _ = taking.iri.strip("<>").rpartition("registration/")
        if found:
            self._bases[base] = None
            self._read.add(document_of(f"<{record_iri(taking.iri.strip('<>'))}>"))

    def of(self, taking: Taking, registration: Registration) -> list[Triple]:
        """Return the triples about a registration that are neither carried nor derived."""
        iri = taking.iri.strip("<>")
        left = list(taking.beside())
        if "registration/" in iri:
            left += triples_of(self._spool.nodes(f"<{record_iri(iri)}>"))
        if not left:
            return []
        known = set(_derived(registration, iri, left, taking))
        rest = [each for each in dict.fromkeys(left) if each not in known]
        if not rest:
            return []
        alike_known = {(s, p, alike(o)) for s, p, o in known}
        return sorted(each for each in rest if (*each[:2], alike(each[2])) not in alike_known)

    def others(self) -> int:
        """Count the triples about anything but registrations and the catalogue that we write."""
        own = {
            triple for base in self._bases for triple in _lines(catalogue_nodes(Catalogue(), base))
        }
        catalogues = {f"<{catalogue_iri(base)}>" for base in self._bases}
        count = 0
        for document in self._spool.documents():
            if document not in self._read:
                count += sum(
                    triple not in own
                    and not (triple[0] in catalogues and triple[1] in _LINKS)
                    and not is_declared(triple)
                    for triple in triples_of(self._spool.nodes(document))
                )
        return count


def _derived(
    registration: Registration, iri: str, left: list[Triple], taking: Taking
) -> Iterator[Triple]:
    """Yield what we would derive, about the nodes as they are named here."""
    base = iri.rpartition("registration/")[0]
    setting = Setting(base, _catalogue(left, iri))
    nodes = [*about(registration, iri, setting, SECTIONS).items()]
    nodes += beside(registration, iri, setting)
    moved = {
        usual: node
        for place, node in taking.places.items()
        if place and (usual := f"<{iri}#{place}>") != node
    }
    for subject, predicate, value in _lines(nodes):
        yield moved.get(subject, subject), predicate, moved.get(value, value)


def _catalogue(left: list[Triple], iri: str) -> Catalogue:
    """Return a catalogue with the licence and the address that the distributions name."""
    said = {
        (subject, predicate): value.strip("<>")
        for subject, predicate, value in left
        if subject in (f"<{iri}#page>", f"<{iri}#eudb-xml>")
    }
    licences = [said.get((f"<{iri}#{name}>", term("dct:license"))) for name in ("page", "eudb-xml")]
    try:
        return Catalogue(
            licence=next(filter(None, licences), None),
            xml=said.get((f"<{iri}#eudb-xml>", term("dcat:accessURL"))),
        )
    except UsageError:
        return Catalogue()


def _lines(nodes: Iterable[Node]) -> Iterator[Triple]:
    for iri, pairs in nodes:
        for name, value in pairs:
            yield f"<{iri}>", term(name), value
