"""XSD: what our schema rejects in a message, registration by registration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO

from lxml import etree

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.message import RECORD, ROOT, elements
from aiexchange.formats.eudb.names import PROFILE, REGISTRATION, VERSION
from aiexchange.resources import data_folder

_BRACED = re.compile(r"\{[^{}]*\}")
_ABOUT = re.compile(
    r"Element '(?P<name>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL
)
_FACET = re.compile(r"^\[[^\]]*\] ")
_MEND = {
    "xsd.type": "Correct the value; the schema in schemas/eudb/1.0 says which form it has.",
    "xsd.element": "Compare the order and the names of the elements with schemas/eudb/1.0.",
    "xsd.attribute": "Compare the attributes of the element with schemas/eudb/1.0.",
    "xsd.other": "Compare the place that the path names with schemas/eudb/1.0.",
}


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of messages, which knows a Registration alone too."""
    return etree.XMLSchema(etree.parse(data_folder("schemas") / "eudb" / "1.0" / "message.xsd"))


def validate(stream: BinaryIO, file: str | None) -> Iterator[Finding]:
    """Yield what the schema rejects, with the line, the named path and the record id.

    Each registration is held against the schema by itself, so that memory does not grow.

    Raises:
        InputError: malformed, with a DOCTYPE, or no message of ours.
    """
    known = schema()
    number = 0
    for element in elements(stream, file):
        if element.tag == ROOT:
            yield from _root(element, file)
        elif element.tag == RECORD:
            number += 1
            if not known.validate(element):
                for error in known.error_log:
                    yield _finding(error, element, number, file)


def _root(root: etree._Element, file: str | None) -> Iterator[Finding]:
    allowed = {
        "schemaVersion": (re.compile(r"1\.[0-9]+\.[0-9]+"), VERSION),
        "profile": (re.compile("exchange|submission"), PROFILE),
    }
    origin = Origin(file, line=root.sourceline)
    for name, (pattern, example) in allowed.items():
        value = root.get(name)
        if value is None or not pattern.fullmatch(value):
            said = "is missing" if value is None else f"may not be “{value}”"
            yield Finding(
                "xsd.attribute",
                Severity.VIOLATION,
                f"The attribute {name} {said}; it is {example}, for example.",
                path=f"RegistrationMessage/@{name}",
                origin=origin,
                mend=_MEND["xsd.attribute"],
            )
    for name in root.attrib:
        if name not in allowed and not str(name).startswith("{"):
            yield Finding(
                "xsd.attribute",
                Severity.VIOLATION,
                f"The attribute {name} is not allowed.",
                path=f"RegistrationMessage/@{name}",
                origin=origin,
                mend=_MEND["xsd.attribute"],
            )


def _finding(
    error: etree._LogEntry, element: etree._Element, number: int, file: str | None
) -> Finding:
    code = _code(error.type_name)
    record_id = element.findtext(f"{{{REGISTRATION}}}RecordID")
    return Finding(
        code,
        Severity.VIOLATION,
        _plain(error.message),
        record_id=record_id.strip() if record_id else None,
        path=f"RegistrationMessage/Registration[{number}]{_inner(error.path, element)}",
        origin=Origin(file, line=error.line),
        mend=_MEND[code],
    )


def _code(type_name: str) -> str:
    if "ATTRIBUTE" in type_name or "CVC_COMPLEX_TYPE_3" in type_name or "_TYPE_4" in type_name:
        return "xsd.attribute"
    if "ELEMENT_CONTENT" in type_name or "CVC_COMPLEX_TYPE_2" in type_name:
        return "xsd.element"
    if "CVC_ELT" in type_name:
        return "xsd.element"
    if "CVC" in type_name or "FACET" in type_name:
        return "xsd.type"
    return "xsd.other"


def _plain(message: str) -> str:
    """Return a message of libxml2 without namespaces, in a sentence."""
    text = _BRACED.sub("", message).strip()
    found = _ABOUT.match(text)
    if found is None:
        return text
    place = f"{found['name']}/@{found['attribute']}" if found["attribute"] else found["name"]
    said = _FACET.sub("", found["rest"])
    return f"{place}: {said}"


def _inner(path: str | None, element: etree._Element) -> str:
    """Return the path within a registration by names, from one that counts: `/*/*[2]/*[3]`."""
    names = ""
    found = element
    steps = [step for step in (path or "").split("/") if step][1:]
    for step in steps:
        place = re.search(r"\[([0-9]+)\]$", step)
        same = list(found)
        if step.startswith("@"):
            return f"{names}/{step}"
        if not step.startswith("*"):
            same = [
                child
                for child in same
                if _local(child) == step.partition("[")[0].rpartition(":")[2]
            ]
        index = int(place[1]) - 1 if place else 0
        if index >= len(same):
            return names
        found = same[index]
        names += f"/{_local(found)}{_position(found)}"
    return names


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _position(element: etree._Element) -> str:
    parent = element.getparent()
    alike = [] if parent is None else [each for each in parent if each.tag == element.tag]
    return f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
