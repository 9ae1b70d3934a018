"""Writer: the nodes of a registration as Turtle or N-Triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from aiexchange.formats.dcat.carriers import Node, Pair, nodes
from aiexchange.formats.dcat.derived import (
    SECTIONS,
    about_contact,
    about_registration,
    about_system,
    catalogue_record,
    contacts,
    types,
)
from aiexchange.formats.dcat.terms import NAMESPACES, TYPE, catalogue_iri, full, registration_iri
from aiexchange.model import Registration, SectionCode

_DATATYPE = re.compile(r"\^\^(xsd:[A-Za-z]+)$")


def all_nodes(
    registration: Registration, base: str, due: Iterable[SectionCode] = ()
) -> Iterator[Node]:
    """Yield every node of a registration with all that is said about it, the registration first.

    `due` are the sections under which it is due: each makes the registration one of a class.
    """
    iri = registration_iri(base, registration)
    also: dict[str, list[Pair]] = {
        iri: [
            *((TYPE, SECTIONS[section]) for section in due),
            *about_registration(registration, iri, base),
        ],
        f"{iri}#system": list(about_system(registration, iri)),
    }
    for place, contact in contacts(registration, iri):
        also[place] = list(about_contact(contact))
    for node in nodes(registration, iri):
        yield node[0], node[1], [*types(node), *node[2], *also.get(node[0], ())]
    record = catalogue_record(registration, iri, base)
    if record is not None:
        yield record


def links(registration: Registration, base: str) -> Iterator[Pair]:
    """Yield what the catalogue says about a registration."""
    iri = registration_iri(base, registration)
    yield "dcat:dataset", f"<{iri}>"
    record = catalogue_record(registration, iri, base)
    if record is not None:
        yield "dcat:record", f"<{record[0]}>"


def turtle_head() -> str:
    """Return the prefixes, with a word about ours."""
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in NAMESPACES.items()]
    note = "# The namespace aix: is a placeholder of aiexchange; it is not registered."
    return "\n".join((note, *lines)) + "\n\n"


def turtle(found: Iterable[Node]) -> str:
    """Return nodes as Turtle, one block for each."""
    blocks = []
    for iri, _, pairs in found:
        said: dict[str, list[str]] = {}
        for predicate, value in dict.fromkeys(pairs):
            said.setdefault("a" if predicate == TYPE else predicate, []).append(value)
        lines = (f"{predicate} {', '.join(values)}" for predicate, values in said.items())
        blocks.append(f"<{iri}>\n  " + " ;\n  ".join(lines) + " .\n\n")
    return "".join(blocks)


def ntriples(found: Iterable[Node]) -> str:
    """Return nodes as N-Triples, one triple on each line."""
    return "".join(f"{line}\n" for line in triples(found))


def triples(found: Iterable[Node]) -> Iterator[str]:
    """Yield each triple of the nodes as a line of N-Triples, once."""
    for iri, _, pairs in found:
        for predicate, value in dict.fromkeys(pairs):
            yield f"<{iri}> {_name(predicate)} {_object(value)} ."


@cache
def _name(name: str) -> str:
    return f"<{full(name)}>"


def _object(value: str) -> str:
    if value[0] == "<":
        return value
    if value[0] == '"':
        if value[-1] != '"' and (typed := _DATATYPE.search(value)):
            return f"{value[: typed.start()]}^^{_name(typed[1])}"
        return value
    return _name(value)


def catalogue_links(registration: Registration, base: str) -> Node:
    """Return the node of the catalogue with its links to a registration."""
    return catalogue_iri(base), "Catalog", list(links(registration, base))
