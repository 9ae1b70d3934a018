"""Nodes: all that a catalogue says about a registration, carried and derived, node by node."""

from __future__ import annotations

from collections.abc import Iterable

from aiexchange.formats.dcat.carriers import Node, nodes
from aiexchange.formats.dcat.derived import Setting, about, beside, links
from aiexchange.formats.dcat.terms import catalogue_iri
from aiexchange.model import Registration, SectionCode


def nodes_of(
    registration: Registration, iri: str, setting: Setting, due: Iterable[SectionCode] = ()
) -> list[Node]:
    """Return every node of a registration with all that is said about it, the registration first.

    `due` are the sections under which it is due: each makes the registration one of a class.
    """
    found = nodes(registration, iri)
    derived = about(registration, iri, setting, due)
    for node, pairs in found:
        also = derived.get(node)
        if also:
            pairs += also
    return found + beside(registration, iri, setting)


def link_node(registration: Registration, iri: str, base: str) -> Node:
    """Return the node of the catalogue with its links to a registration."""
    return catalogue_iri(base), links(registration, iri)
