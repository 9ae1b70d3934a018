"""SVRL: what the Schematron schema of a legal version reports on messages, as findings."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, BinaryIO

from lxml import etree, isoschematron

from aiexchange.checks.schematron import schema
from aiexchange.findings import Finding, Origin, Severity, Words
from aiexchange.formats.eudb.message import RECORD, TAGS, elements, line_of
from aiexchange.formats.eudb.names import MESSAGE, REGISTRATION
from aiexchange.formats.eudb.writer import registration_text
from aiexchange.law import LegalVersion, duties
from aiexchange.model import Entry, Registration

BATCH = 100
"""So many registrations are held at a time: places in a report are counted from the first."""

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_SEVERITIES = {
    "error": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "information": Severity.INFO,
}
_PLACE = re.compile(r"\[(\d+)\]$")

Held = tuple[etree._Element, Origin]
"""A Registration element, and where it stands."""


def validate(stream: BinaryIO, version: LegalVersion, file: str | None = None) -> Iterator[Finding]:
    """Yield what the rules of a legal version find in a message, registration by registration.

    Raises:
        InputError: malformed, truncated, with a DOCTYPE, or no message of ours.
    """
    held = (
        (_as_registration(element), Origin(file=file, line=line_of(element)))
        for element in elements(stream, file)
        if element.tag in TAGS
    )
    return findings(held, version)


def _as_registration(element: etree._Element) -> etree._Element:
    """Return a copy under the one name that the rules know: a restricted record has another."""
    copied = copy.deepcopy(element)
    copied.tag = RECORD
    return copied


def of_entries(entries: Iterable[Entry], version: LegalVersion) -> Iterator[Finding]:
    """Yield what the rules of a legal version find in entries, which are written as XML first."""
    held = (
        (etree.fromstring(_text_of(entry.registration, version)), entry.origin)
        for entry in entries
        if entry.registration is not None
    )
    return findings(held, version)


def _text_of(registration: Registration, version: LegalVersion) -> str:
    due = frozenset(duty.section for duty in duties(registration, version))
    return registration_text(registration, due)


def findings(held: Iterable[Held], version: LegalVersion) -> Iterator[Finding]:
    """Yield what the rules of a legal version find in Registration elements."""
    for batch in _batches(held):
        yield from _of_batch(batch, version)


def _batches(held: Iterable[Held]) -> Iterator[list[Held]]:
    batch: list[Held] = []
    for each in held:
        batch.append(each)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _of_batch(batch: list[Held], version: LegalVersion) -> Iterator[Finding]:
    message = etree.Element(f"{{{MESSAGE}}}RegistrationMessage")
    message.extend(element for element, _ in batch)
    compiled = _compiled(version)
    compiled.validate(message)
    report = compiled.validation_report
    found = [_finding(each, batch, version) for each in report.iter(f"{_SVRL}failed-assert")]
    yield from (finding for _, finding in sorted(found, key=lambda each: each[0]))


@cache
def _compiled(version: LegalVersion) -> Any:
    text = etree.fromstring(schema(version).encode("utf-8"))
    return isoschematron.Schematron(text, store_report=True)


def _finding(
    failed: etree._Element, batch: list[Held], version: LegalVersion
) -> tuple[int, Finding]:
    """Return the place in the batch and the finding of an assertion that failed."""
    code = failed.get("id", "")
    place = _PLACE.search(failed.get("location", ""))
    number = int(place[1]) - 1 if place else 0
    element, origin = batch[number]
    said = {
        each.get("diagnostic"): _text(each) for each in failed.iter(f"{_SVRL}diagnostic-reference")
    }
    rule = version.rule(code)
    return number, Finding(
        code=code,
        severity=_SEVERITIES[failed.get("role", "error")],
        message=_text(failed.find(f"{_SVRL}text")),
        record_id=element.findtext(f"{{{REGISTRATION}}}RecordID"),
        path=said.get(f"{code}.path"),
        origin=origin,
        basis=rule.basis,
        mend=said.get(f"{code}.mend"),
        translated={"nl": Words(said[f"{code}.nl"], said.get(f"{code}.mend.nl"))},
    )


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
