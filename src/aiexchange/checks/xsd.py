"""XSD: what our schema rejects in a message, registration by registration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.message import HEADER, ROOT, TAGS, elements, line_of
from aiexchange.formats.eudb.names import (
    ENVELOPE,
    MOST_SENT,
    PROFILE,
    RECORDS,
    REGISTRATION,
    SUBMISSION,
    VERSION,
    XML,
)
from aiexchange.resources import data_folder

MOST = 100
"""The most findings of one registration that are told one by one."""

_XS = "{http://www.w3.org/2001/XMLSchema}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_ROOT = {
    "schemaVersion": (re.compile(r"1\.[0-9]+\.[0-9]+"), VERSION),
    "profile": (re.compile("exchange|submission"), PROFILE),
}
_MEND = {
    "xsd.type": "Correct the value; the schema in schemas/eudb/1.0 says which form it has.",
    "xsd.element": "Compare the order and the names of the elements with schemas/eudb/1.0.",
    "xsd.attribute": "Compare the attributes of the element with schemas/eudb/1.0.",
    "xsd.other": "Compare the place that the path names with schemas/eudb/1.0.",
}


def validate(stream: BinaryIO, file: str | None) -> Iterator[Finding]:
    """Yield what the schema rejects, with the line, the named path and the record id.

    Each registration is held against the schema by itself, so that memory does not grow.

    Raises:
        InputError: malformed, with a DOCTYPE, or no message of ours.
    """
    number = headers = 0
    submission = False
    public: bool | None = None
    for element in elements(stream, file):
        if element.tag == ROOT:
            submission = element.get("profile") == SUBMISSION
            yield from _root(element, file)
        elif element.tag in TAGS:
            number += 1
            if submission:
                yield from _badly_sent(element, number, headers, file)
            path = _local(element) if element.getparent() is None else _child(element, number)
            public = element.tag == _PUBLIC if public is None else public
            if public is not (element.tag == _PUBLIC):
                yield _finding("xsd.element", _mixed(element), element, path, file)
            yield from _invalid(element, path, file)
        elif element.tag == HEADER and not number and not headers:
            headers += 1
            yield from _invalid(element, _child(element), file)
            if submission:
                yield from _unsent(element, file)
        else:
            yield _finding("xsd.element", _misplaced(element), element, _child(element), file)


_PUBLIC = f"{{{REGISTRATION}}}{RECORDS[0]}"


def _badly_sent(
    element: etree._Element, number: int, headers: int, file: str | None
) -> Iterator[Finding]:
    """Yield, once each, that a submission has no envelope, or holds too many."""
    if number == 1 and not headers:
        said = "RegistrationMessage: Header is missing; a submission has one."
        yield _finding("xsd.element", said, element, "RegistrationMessage/Header", file)
    if number == MOST_SENT + 1:
        said = f"RegistrationMessage: a submission holds at most {MOST_SENT} registrations."
        yield _finding("xsd.element", said, element, _child(element, number), file)


def _unsent(header: etree._Element, file: str | None) -> Iterator[Finding]:
    """Yield what the envelope of a submission does not say; for exchange it is left open."""
    said = {_local(child) for child in header}
    for name in ENVELOPE:
        if name not in said:
            text = f"Header: {name} is missing; a submission says it."
            yield _finding("xsd.element", text, header, f"{_child(header)}/{name}", file)


def _mixed(element: etree._Element) -> str:
    return f"{_local(element)}: public and restricted registrations never share a message."


def _misplaced(element: etree._Element) -> str:
    name = _local(element)
    if name in RECORDS:
        return f"{name}: not expected here; allowed is one of the namespace {REGISTRATION}."
    return f"{_known(element.tag)}: not expected here; allowed is Registration."


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of messages, which knows a Header or a Registration alone too."""
    return etree.XMLSchema(etree.parse(_folder() / "message.xsd"))


def _folder() -> Path:
    return data_folder("schemas") / "eudb" / "1.0"


def _root(root: etree._Element, file: str | None) -> Iterator[Finding]:
    for name, (pattern, example) in _ROOT.items():
        value = root.get(name)
        if value is None or not pattern.fullmatch(value.strip()):
            found = f"the attribute {name} is missing" if value is None else f"found “{value}”"
            said = f"RegistrationMessage: {found}; {name} is {example}, for example."
            path = f"RegistrationMessage/@{name}"
            yield _finding("xsd.attribute", said, root, path, file)
    for name in map(str, root.attrib):
        if name not in _ROOT and not name.startswith(_XSI):
            said = f"RegistrationMessage: the attribute {_known(name)} is not allowed."
            path = f"RegistrationMessage/@{_known(name)}"
            yield _finding("xsd.attribute", said, root, path, file)


def _invalid(element: etree._Element, path: str, file: str | None) -> Iterator[Finding]:
    known = schema()
    if known.validate(element):
        return
    record_id = (element.findtext(f"{{{REGISTRATION}}}RecordID") or "").strip() or None
    errors = [error for error in known.error_log if _WARNING not in error.message]
    for error in errors[:MOST]:
        code, (inner, found) = _code(error.type_name), _inner(error.path, element)
        yield Finding(
            code,
            Severity.VIOLATION,
            _plain(error.message),
            record_id=record_id,
            path=path + inner,
            origin=Origin(file, line=line_of(found)),
            mend=_MEND[code],
        )
    if len(errors) > MOST:
        said = f"There are {len(errors) - MOST} more violations in it."
        yield _finding("xsd.other", said, element, path, file).about(record_id, None)


_WARNING = "Warning: No precomputed value available"


def _finding(
    code: str, message: str, element: etree._Element, path: str, file: str | None
) -> Finding:
    origin = Origin(file, line=line_of(element))
    return Finding(code, Severity.VIOLATION, message, path=path, origin=origin, mend=_MEND[code])


def _child(element: etree._Element, number: int | None = None) -> str:
    return f"RegistrationMessage/{_local(element)}" + (f"[{number}]" if number else "")


_CODES = {
    "COMPLEX_TYPE_3": "xsd.attribute",
    "COMPLEX_TYPE_4": "xsd.attribute",
    "ELEMENT_CONTENT": "xsd.element",
    "COMPLEX_TYPE_2": "xsd.element",
    "CVC_TYPE_3_1": "xsd.element",
    "CVC_ELT": "xsd.element",
    "CVC_IDC": "xsd.other",
    "CVC": "xsd.type",
}


def _code(type_name: str) -> str:
    return next((code for part, code in _CODES.items() if part in type_name), "xsd.other")


_ABOUT = re.compile(r"Element '([^']*)'(?:, attribute '([^']*)')?: (.*)", re.DOTALL)
_BRACED = re.compile(r"\{((?:urn:|https?:)[^{}'\s]*)\}([\w.-]+)")


def _plain(message: str) -> str:
    """Return a message of libxml2 in plain words: where, what was found, what is allowed."""
    about = _ABOUT.match(message.strip())
    if about is None:
        return _short(_BRACED.sub(lambda name: _known(name[0]), message.strip()), 400)
    element, attribute, said = about.groups()
    place = _known(element) + (f", attribute {_known(attribute)}" if attribute else "")
    for pattern, words in _WORDS:
        if found := pattern.fullmatch(said):
            return f"{place}: {words(found)}"
    return f"{place}: {_short(_BRACED.sub(lambda name: _known(name[0]), said), 400)}"


def _known(tag: object) -> str:
    """Return a name without its namespace, unless that is a foreign one."""
    name = _BRACED.fullmatch(str(tag))
    if name is None:
        return str(tag)
    if name[1] == XML:
        return f"xml:{name[2]}"
    return name[2] if name[1].startswith("urn:aiexchange:") else f"{name[2]} (of {name[1]})"


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _list(names: str) -> str:
    """Return names in a row; libxml2 tells the first ten at most."""
    *others, last = [_known(name.strip()) for name in names.split(",")]
    if len(others) >= 9:
        return f"{', '.join(others)}, {last} or what follows it"
    return f"{', '.join(others)} or {last}" if others else last


def _empty(found: re.Match[str]) -> str:
    return "found nothing; allowed is a text of at least one character."


def _form(found: re.Match[str]) -> str:
    allowed = _forms().get(found["form"]) or f"what fits {found['form']}"
    start = allowed[:1] if allowed[1:2].isupper() else allowed[:1].lower()
    return f"found “{_short(found['found'])}”; allowed is {start}{allowed[1:]}"


@cache
def _forms() -> dict[str, str]:
    """Return what the schema says of its simple types, by their pattern and by their name."""
    forms = {
        "xs:boolean": "true or false.",
        "xs:positiveInteger": "a whole number from 1.",
        "xs:language": "a language, such as nl.",
        "xs:dateTime": "a date with a time, such as 2026-07-27T12:00:00Z.",
    }
    for file in ("common.xsd", "message.xsd"):
        for kind in etree.parse(_folder() / file).getroot().iter(f"{_XS}simpleType"):
            about = kind.findtext(f"{_XS}annotation/{_XS}documentation")
            names = [pattern.get("value") for pattern in kind.iter(f"{_XS}pattern")]
            forms.update({name: about for name in (kind.get("name"), *names) if name and about})
    return forms


_Words = Callable[[re.Match[str]], str]
_TYPE = r"the (?:local )?(?:atomic|union|list) type(?: '(?:\{[^}]*\})?(?P<form>[^']*)')?"
_WORDS: list[tuple[re.Pattern[str], _Words]] = [
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (
            r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.",
            lambda found: (
                f"found “{_short(found[1])}”; allowed is one of "
                f"{found[2][1:-1].replace(chr(39) + ', ' + chr(39), ', ')}."
            ),
        ),
        (
            r"\[facet 'pattern'\] The value '(?P<found>.*)' is not accepted by the pattern "
            r"'(?P<form>.*)'\.",
            _form,
        ),
        (rf"'(?P<found>.*)' is not a valid value of {_TYPE}\.", _form),
        (r"\[facet 'minLength'\] .*", _empty),
        (
            r"\[facet 'maxLength'\] The value has a length of '(\d+)'.*'(\d+)'\.",
            lambda found: f"found {found[1]} characters; allowed are at most {found[2]}.",
        ),
        (
            r"This element is not expected\. Expected is (?:one of )?\( (.*) \)\.",
            lambda found: f"not expected here; allowed is {_list(found[1])}.",
        ),
        (r"This element is not expected\.", lambda found: "not expected here; nothing may follow."),
        (
            r"Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.",
            lambda found: f"an element is missing; expected is {_list(found[1])}.",
        ),
        (
            r"The attribute '(.*)' is required but missing\.",
            lambda found: f"the attribute {_known(found[1])} is missing.",
        ),
        (r"The attribute '(.*)' is not allowed\.", lambda found: "it is not allowed."),
        (r"Character content .*", lambda found: "found text; allowed are elements alone."),
        (r"Element content .*", lambda found: "found elements; allowed is text alone."),
        (
            r"Duplicate key-sequence \['(.*)'\].*",
            lambda found: f"“{_short(found[1])}” stands more than once; allowed is once.",
        ),
    )
]


def _inner(path: str | None, element: etree._Element) -> tuple[str, etree._Element]:
    """Return the path within a registration by names, with its element.

    The one that is given counts: `/*/*[2]/*[3]`.
    """
    names, found = "", element
    for step in [step for step in (path or "").split("/") if step][1:]:
        if step.startswith("@"):
            break
        name, _, place = step.rstrip("]").partition("[")
        local = name.rpartition(":")[2]
        alike = [each for each in found if local == "*" or _local(each) == local]
        index = int(place) - 1 if place else 0
        if index >= len(alike):
            break
        found = alike[index]
        names += f"/{_local(found)}{_position(found)}"
    return names, found


def _local(element: etree._Element) -> str:
    return _local_name(str(element.tag))


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _position(element: etree._Element) -> str:
    parent = element.getparent()
    alike = [] if parent is None else [each for each in parent if each.tag == element.tag]
    return f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
