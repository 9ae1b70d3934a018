"""Detecting: what a file is, how sure that is, and what in it does not fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.findings import Finding
from aiexchange.formats.protocol import Shape
from aiexchange.registers import Register


@dataclass(slots=True)
class Detection:
    """What a file is: counts by version and language, and what was found on reading it."""

    file: str
    format: str
    transport: str
    encoding: str = "UTF-8"
    layout: str | None = None
    """Delimiter, quoting and line ends of a table."""

    records: int = 0
    registrations: int = 0
    versions: Counter[str] = field(default_factory=Counter)
    """Records by layout: a version, or a version and a dialect."""

    languages: Counter[str] = field(default_factory=Counter)
    sureness: float = 1.0
    """How many of the names in the file the register knows, from 0 to 1."""

    findings: list[Finding] = field(default_factory=list)
    """One of each code; `counts` says how many there are."""

    counts: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """Return the detection as JSON holds it."""
        return {
            "file": self.file,
            "format": self.format,
            "transport": self.transport,
            "encoding": self.encoding,
            "layout": self.layout,
            "records": self.records,
            "registrations": self.registrations,
            "versions": dict(self.versions),
            "languages": dict(self.languages),
            "sureness": round(self.sureness, 3),
            "findings": [
                {"count": self.counts[each.code], **each.as_dict()} for each in self.findings
            ],
        }


def detect(source: Source, *, format: str | None = None) -> Detection:
    """Return what a source is, after reading all of it.

    Raises:
        InputError: the source cannot be read at all.
        UnrecognisedInputError: nothing that aiexchange reads looks like it.
    """
    with opened(source, format) as found:
        if isinstance(found.codec, Register):
            return _of_register(found, found.codec)
        detection = Detection(found.file, found.codec.name, found.syntax or found.codec.name)
        detection.encoding = _encoding(found.head)
        for entry in found.codec.read(found.stream, found.options):
            _note(detection, entry.findings)
            if entry.registration is not None:
                detection.records += 1
                detection.registrations += 1
                detection.versions[entry.registration.source.layout or "-"] += 1
                detection.languages.update(entry.registration.languages or ("und",))
        return detection


def _of_register(found: Opened, register: Register) -> Detection:
    detection = Detection(found.file, register.name, register.transport(found.head))
    detection.encoding = _encoding(found.head)
    shape, names = Shape(), set[str]()
    options = replace(found.options, shape=shape)
    for records, entry in register.pairs(found.stream, options):
        _note(detection, entry.findings)
        if entry.registration is None:
            continue
        detection.records += len(records)
        detection.registrations += 1
        detection.versions[register.lens_for(entry.registration).name] += len(records)
        detection.languages.update(entry.registration.languages or ("und",))
        names.update(*(record.fields or () for record in records))
    known = sum(map(register.layouts.knows, names))
    detection.sureness = known / len(names) if names else 0.0
    if detection.transport == "csv":
        detection.layout = _layout(found.head, shape)
    return detection


def _note(detection: Detection, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.code not in detection.counts:
            detection.findings.append(finding)
        detection.counts[finding.code] += 1


def _encoding(head: bytes) -> str:
    if head.startswith(b"PK"):
        return "binary"
    return "UTF-8 with a byte order mark" if head.startswith(b"\xef\xbb\xbf") else "UTF-8"


def _layout(head: bytes, shape: Shape) -> str:
    quoting = "all cells in quotes" if shape.quoted else "quotes where needed"
    first = head.partition(b"\n")[0]
    ends = "CRLF" if first.endswith(b"\r") else "LF"
    delimiter = {",": "comma", ";": "semicolon", "\t": "tab"}[shape.delimiter]
    return f"{delimiter}, {quoting}, {ends}, {len(shape.columns)} columns"
