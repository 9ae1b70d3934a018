"""Checking: what the register, the schema and the law have to say about a source."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, cast

from aiexchange import law
from aiexchange.checks import register_rules, xsd
from aiexchange.exchange.reading import Sink
from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.findings import Finding, Severity
from aiexchange.formats import FORMATS
from aiexchange.model import Entry, Registration, StatementKind


def check(
    source: Source,
    *,
    format: str | None = None,
    rules: str = register_rules.API,
    legal_version: str | None = None,
    as_of: date | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with a source: what was found on reading, by its schema, by the law.

    A record of a register is held against the register's own rules too, in whichever format it
    comes; `rules` names which of them: api, standard or template.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
        UnknownLegalVersionError: there is no such legal version.
    """
    version = law.legal_version(legal_version)
    with opened(source, format) as found:
        if found.codec is FORMATS["eudb-xml"]:
            yield from _by_schema(found, rules, version, as_of)
            return
        for entry in found.codec.read(found.stream, found.options):
            yield from _of_entry(entry, rules, version, as_of)


def gaps(
    source: Source,
    *,
    format: str | None = None,
    legal_version: str | None = None,
    as_of: date | None = None,
    keep: bool = True,
    on_finding: Sink | None = None,
) -> law.GapReport:
    """Return what is due in the EU database and what is missing, record by record.

    With `keep` false the report holds the counts alone, whatever the number of records.
    `on_finding` takes what was found on reading.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
        UnknownLegalVersionError: there is no such legal version.
    """
    report = law.GapReport(law.legal_version(legal_version), as_of, keep)
    with opened(source, format) as found:
        for entry in found.codec.read(found.stream, found.options):
            if on_finding is not None:
                for finding in entry.findings:
                    on_finding(finding)
            if entry.registration is not None:
                report.add(entry.registration, entry.origin, entry.findings)
    return report


def _by_schema(
    found: Opened, rules: str, version: law.LegalVersion, as_of: date | None
) -> Iterator[Finding]:
    """Yield what the XSD finds, then the rest; the message is read twice."""
    with cast(BinaryIO, tempfile.TemporaryFile()) as kept:
        shutil.copyfileobj(found.stream, kept)
        kept.seek(0)
        yield from xsd.validate(kept, found.file)
        kept.seek(0)
        for entry in found.codec.read(kept, found.options):
            yield from _of_entry(entry, rules, version, as_of)


def _of_entry(
    entry: Entry, rules: str, version: law.LegalVersion, as_of: date | None
) -> Iterator[Finding]:
    """Yield the findings of one entry; a rule that says the same as the reader replaces it."""
    registration = entry.registration
    if registration is None:
        yield from entry.findings
        return
    by_rules = list(register_rules.findings(registration, rules))
    told = {(finding.code, finding.path) for finding in by_rules}
    yield from (each for each in entry.findings if (each.code, each.path) not in told)
    by_law = law.findings(registration, version, as_of)
    for finding in (*by_rules, *by_law, *_supplied(registration)):
        yield finding.about(registration.record_id, entry.origin)


def _supplied(registration: Registration) -> Iterator[Finding]:
    """Yield who supplied values, file by file: what a merge has brought, and from where."""
    sources: dict[tuple[str, str, str], list[str]] = {}
    for path, each in registration.provenance.items():
        if each.kind is StatementKind.SUPPLIED:
            who = (each.by or "?", each.source or "?", each.date or "an unknown day")
            sources.setdefault(who, []).append(f"{path} ({each.place or '?'})")
    for (by, source, day), places in sources.items():
        yield Finding(
            "merge.supplied",
            Severity.INFO,
            f"{len(places)} values were supplied by {by}, {source}, {day}: {'; '.join(places)}",
        )
