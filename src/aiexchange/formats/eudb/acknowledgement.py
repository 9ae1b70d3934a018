"""Acknowledgements: what a receiver answers to a message, written and read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree
from pydantic import ValidationError

from aiexchange.findings import Finding, Origin, Severity, Words
from aiexchange.formats.eudb.message import elements, line_of
from aiexchange.formats.eudb.names import ACKNOWLEDGEMENT, LANG, NOT_OFFICIAL, VERSION
from aiexchange.formats.eudb.writer import escaped, header_text
from aiexchange.model import DatabaseEntry
from aiexchange.model.types import xml_safe

_ROOT = f"{{{ACKNOWLEDGEMENT}}}RegistrationAcknowledgement"
_PREFIX = f"{{{ACKNOWLEDGEMENT}}}"
_LANGUAGE = "en"
"""The language of the words that a finding shows first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one registration under one section, or under none that is due."""

    record_id: str
    version: int | None = None
    entry: DatabaseEntry | None = None
    findings: tuple[Finding, ...] = ()
    origin: Origin = field(default_factory=Origin)
    rejected: bool = False
    """Whether it was rejected, where no section could be named."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An answer: its header by element, findings about the message as a whole, and the results."""

    header: dict[str, str]
    findings: tuple[Finding, ...]
    results: tuple[Result, ...]


HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f"<!-- {NOT_OFFICIAL} -->\n"
    f'<RegistrationAcknowledgement xmlns="{ACKNOWLEDGEMENT}" schemaVersion="{VERSION}">\n'
)
TAIL = "</RegistrationAcknowledgement>\n"


def head_text(header: dict[str, str], findings: Iterable[Finding]) -> str:
    """Return the beginning of an answer: its header, and what is said of the whole message."""
    return HEAD + header_text(header) + "".join(finding_text(each, " ") for each in findings)


def result_text(result: Result) -> str:
    """Return what became of a registration."""
    entry = result.entry
    members = {
        "RecordID": result.record_id,
        "Version": result.version,
        "Section": entry and entry.section,
        "State": entry.state if entry else "rejected" if result.rejected else "submitted",
        "ID": entry and entry.id,
        "URL": entry and entry.url,
    }
    lines = [_line(name, value) for name, value in members.items() if value is not None]
    findings = (finding_text(each, "  ") for each in result.findings)
    return f" <Result>\n{''.join(lines)}{''.join(findings)} </Result>\n"


def finding_text(finding: Finding, indent: str) -> str:
    """Return a finding with its words in every language in which they are known."""
    words = {_LANGUAGE: Words(finding.message, finding.mend), **(finding.translated or {})}
    inner = indent + " "
    lines = [
        _line("Code", finding.code, inner),
        _line("Severity", finding.severity.value, inner),
        _line("Path", finding.path, inner) if finding.path else "",
        *(_said("Message", language, each.message, inner) for language, each in words.items()),
        *(_said("Mend", language, each.mend, inner) for language, each in words.items()),
        _line("Basis", finding.basis, inner) if finding.basis else "",
    ]
    return f"{indent}<Finding>\n{''.join(lines)}{indent}</Finding>\n"


def _line(name: str, value: object, indent: str = "  ") -> str:
    return f"{indent}<{name}>{escaped(xml_safe(str(value)))}</{name}>\n"


def _said(name: str, language: str, text: str | None, indent: str) -> str:
    safe = escaped(xml_safe(text or ""))
    return f'{indent}<{name} xml:lang="{language}">{safe}</{name}>\n' if safe else ""


def read(stream: BinaryIO, file: str | None = None) -> Acknowledgement:
    """Return an answer; a result that cannot be read is a finding about the whole.

    Raises:
        InputError: malformed, truncated, with a DOCTYPE, or no acknowledgement.
    """
    header, findings, results = dict[str, str](), list[Finding](), list[Result]()
    for element in elements(stream, file, root=_ROOT):
        name = _name(element)
        if name == "Header":
            header = {_name(child): child.text or "" for child in element}
        elif name == "Finding":
            findings.append(_finding(element, file))
        elif name == "Result":
            found = _result(element, file)
            (results if isinstance(found, Result) else findings).append(found)  # type: ignore[arg-type]
    return Acknowledgement(header, tuple(findings), tuple(results))


def _result(element: etree._Element, file: str | None) -> Result | Finding:
    said = {_name(child): (child.text or "").strip() for child in element}
    origin = Origin(file, line=line_of(element))
    record_id = said.get("RecordID") or None
    version = said.get("Version")
    given: dict[str, Any] = {
        "section": said.get("Section"),
        "id": said.get("ID"),
        "url": said.get("URL"),
        "version": int(version) if version and version.isdigit() else None,
        "state": said.get("State"),
    }
    try:
        entry = DatabaseEntry.model_validate(given) if given["section"] else None
    except ValidationError as error:
        return _unread(record_id, origin, error.errors(include_url=False)[0]["loc"][0])
    if record_id is None:
        return _unread(None, origin, "RecordID")
    return Result(
        record_id,
        given["version"],
        entry,
        tuple(_finding(child, file, record_id) for child in element if _name(child) == "Finding"),
        origin,
        rejected=said.get("State") == "rejected",
    )


def _unread(record_id: str | None, origin: Origin, what: object) -> Finding:
    return Finding(
        "ack.invalid-result",
        Severity.VIOLATION,
        f"A result of the answer cannot be read: {what} is missing or has the wrong form.",
        record_id=record_id,
        origin=origin,
        mend="Compare it with schemas/eudb/1.0/acknowledgement.xsd, and ask the receiver.",
    )


def _finding(element: etree._Element, file: str | None, record_id: str | None = None) -> Finding:
    messages, mends = _words(element, "Message"), _words(element, "Mend")
    first = _LANGUAGE if _LANGUAGE in messages else next(iter(messages), _LANGUAGE)
    others = {
        language: Words(text, mends.get(language))
        for language, text in messages.items()
        if language != first
    }
    said = {_name(child): child.text or "" for child in element}
    return Finding(
        said.get("Code") or "ack.finding",
        _SEVERITIES.get(said.get("Severity", ""), Severity.WARNING),
        messages.get(first, ""),
        record_id=record_id,
        path=said.get("Path"),
        origin=Origin(file, line=line_of(element)),
        basis=said.get("Basis"),
        mend=mends.get(first),
        translated=others or None,
    )


_SEVERITIES = {severity.value: severity for severity in Severity}


def _words(element: etree._Element, name: str) -> dict[str, str]:
    return {
        (child.get(LANG) or "und").lower(): child.text or ""
        for child in element
        if _name(child) == name
    }


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(_PREFIX)
