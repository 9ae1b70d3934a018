"""AICat and DPV: the AI systems of a catalogue in Turtle, under right and wrong prefixes alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.document import Transport
from aiexchange.registers.nested import Taking, country
from aiexchange.registers.record import Record

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SYSTEM = re.compile(rb"\ba\b[^.;]*\b(?:airo|eu-aiact|vair)?:?AISystem\b|aicat:system\b")

_FIELDS = {
    "title": "name",
    "identifier": "identifier",
    "description": "description",
    "hasMarketAvailabilityStatus": "status",
    "hasIntendedPurpose": "purpose",
    "hasPurpose": "purpose",
    "landingPage": "page",
    "page": "page",
    "homepage": "page",
    "hasInstructionForUse": "instructions",
    "hasEUDeclarationOfConformity": "declaration",
    "hasDeclarationOfConformity": "declaration",
    "modified": "modified",
    "issued": "issued",
}
"""The field of each property, by the last part of its name: the prefixes in use are often wrong."""

_NAMES = ("name", "title", "label", "prefLabel", "legalName")

Node = dict[str, list[Any]]


def recognises(head: bytes) -> bool:
    """Tell whether it is Turtle that holds an AI system in these terms, and is none of ours."""
    terms = b"w3id.org/airo" in head or b"w3id.org/aicat" in head
    ours = b"w3id.org/aiexchange" in head
    return b"@prefix" in head and terms and not ours and bool(_SYSTEM.search(head))


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield every AI system of the graph.

    Raises:
        InputError: no Turtle, or without any AI system.
    """
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(data.removeprefix(b"\xef\xbb\xbf"), format=ox.RdfFormat.TURTLE):
            nodes[_value(quad.subject)][_value(quad.predicate)].append(quad.object)
    except SyntaxError as error:
        raise InputError(f"{file or 'the input'} is no Turtle: {error}") from None
    systems = [each for each, node in nodes.items() if _is_system(each, node, nodes)]
    if not systems:
        raise InputError(f"{file or 'the input'} holds no AI system (airo:AISystem)")
    others = sorted(set(nodes) - set(systems) - _used(systems, nodes))
    findings = _beside(others, file)
    for number, each in enumerate(systems, 1):
        yield _record(each, nodes, Origin(file, row=number), findings)
        findings = ()


def _value(term: Any) -> str:
    return str(getattr(term, "value", term))


def local(iri: str) -> str:
    """Return the last part of a name: what comes after the last `#`, `/` or `:`."""
    return re.split(r"[#/:]", iri.rstrip("/#"))[-1]


def _is_system(each: str, node: Node, nodes: dict[str, Node]) -> bool:
    if any(local(_value(kind)) == "AISystem" for kind in node.get(RDF_TYPE, ())):
        return True
    return any(
        local(name) == "system" and any(_value(value) == each for value in values)
        for other in nodes.values()
        for name, values in other.items()
    )


def _used(systems: list[str], nodes: dict[str, Node]) -> set[str]:
    """Return the nodes that a system's own record is made of: its provider, its deployer."""
    return {
        _value(value)
        for each in systems
        for name, values in nodes[each].items()
        if local(name) in ("isProvidedBy", "isDeployedBy", "contactPoint")
        for value in values
    }


def _beside(others: list[str], file: str | None) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "loss.file-member",
            Severity.WARNING,
            f"{each} is no AI system; it is left out.",
            path=each,
            origin=Origin(file),
            mend="Keep the file, if you need it.",
        )
        for each in others
    )


def _record(
    each: str, nodes: dict[str, Node], origin: Origin, findings: tuple[Finding, ...]
) -> Record:
    taking = Taking({})
    taking.put("id", each if " " not in each else "", f"<{each}>")
    for predicate, values in nodes[each].items():
        if predicate != RDF_TYPE:
            _take(taking, predicate, values, nodes, f"<{each}> {local(predicate)}")
    return taking.record(origin, findings)


def _take(
    taking: Taking, predicate: str, values: list[Any], nodes: dict[str, Node], place: str
) -> None:
    name = local(predicate)
    if name == "isProvidedBy":
        _body(taking, "provider", values[0], nodes, place)
    elif name == "isDeployedBy":
        _body(taking, "deployer", values[0], nodes, place)
    elif name == "contactPoint":
        taking.put("provider.contacts", [{"url": _value(each)} for each in values], place)
    elif name == "hasCountry":
        codes = sorted(code for each in values if (code := country(_value(each))))
        taking.put("countries", ", ".join(codes), place)
        if len(codes) < len(values):
            taking.put(predicate, [_value(each) for each in values], place)
    elif (field := _FIELDS.get(name)) is None or field in taking.fields:
        taking.put(predicate, [_value(each) for each in values], place)
    elif field in ("instructions", "declaration"):
        taking.put(field, [{"url": _value(each)} for each in values], place)
    elif field == "status":
        taking.put(field, local(_value(values[0])), place)
    elif field == "purpose":
        taking.put(field, [_text(each, nodes) for each in values], place)
    else:
        taking.put(field, _value(values[0]), place)
        if more := [_value(each) for each in values[1:]]:
            taking.put(predicate, more, place)


def _text(value: Any, nodes: dict[str, Node]) -> str:
    """Return a literal, or how a thing is called, or the last part of its name."""
    if isinstance(value, ox.Literal):
        return value.value
    return _name(_value(value), nodes) or local(_value(value))


def _name(each: str, nodes: dict[str, Node]) -> str | None:
    said: Node = nodes.get(each, {})
    for wanted in _NAMES:
        for predicate, values in said.items():
            if local(predicate) == wanted:
                return _value(values[0])
    return None


def _body(taking: Taking, role: str, value: Any, nodes: dict[str, Node], place: str) -> None:
    """Take a body: its name if the graph says it, else no more than its IRI."""
    if isinstance(value, ox.Literal):
        taking.put(f"{role}.name", value.value, place)
        return
    taking.put(f"{role}.name", _name(_value(value), nodes), place)
    if isinstance(value, ox.NamedNode):
        taking.put(f"{role}.iri", value.value, place)


TRANSPORT = Transport(recognises, read)
