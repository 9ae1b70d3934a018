"""The answer that a receiver would give: the state of each registration, with its findings."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections import defaultdict
from typing import IO, TextIO

from aiexchange import law
from aiexchange.findings import Finding, Severity
from aiexchange.formats.eudb.acknowledgement import TAIL, Result, head_text, result_text
from aiexchange.model import DatabaseEntry, Entry, EntryState, Registration, SectionCode
from aiexchange.report.run import Run, Tally
from aiexchange.report.shape import Report

_SENDER = "aiexchange (simulated)"


class EudbAcknowledgement(Report):
    """A `RegistrationAcknowledgement`: what would be accepted, and what rejected, and why.

    A registration has a result for each due section: rejected if something about the section, or
    about the registration as a whole, is a violation. No identifier of the EU database is invented.
    """

    speaks_all = True

    def __init__(self, run: Run) -> None:
        self._run, self._version = run, law.legal_version(run.legal_version)
        self._waiting: dict[str | None, list[Finding]] = defaultdict(list)
        self._kept: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115

    def add(self, finding: Finding, listed: bool = True) -> None:
        """Keep a finding until the entry that it speaks of is there."""
        self._waiting[finding.record_id].append(finding)

    def entry(self, entry: Entry) -> None:
        """Answer an entry; one that became no registration is rejected under no section."""
        if entry.registration is not None:
            found = self._waiting.pop(entry.registration.record_id, [])
            for result in _results(entry.registration, found, self._version):
                self._kept.write(result_text(result))

    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the answer; what is left was about no registration that could be read."""
        whole = self._waiting.pop(None, [])
        stream.write(head_text(self._header(), whole))
        self._kept.seek(0)
        shutil.copyfileobj(self._kept, stream)
        for record_id, found in self._waiting.items():
            if record_id is not None:
                stream.write(
                    result_text(Result(record_id, findings=tuple(found), rejected=_grave(found)))
                )
        stream.write(TAIL)

    def close(self) -> None:
        """Forget what was kept."""
        self._kept.close()

    def _header(self) -> dict[str, str]:
        run = self._run
        answered = f"sha256:{run.inputs[0].sha256}"
        return {
            "MessageID": str(uuid.uuid5(uuid.NAMESPACE_OID, answered)),
            "Sender": _SENDER,
            "LegalVersion": run.legal_version,
            "TestIndicator": "true",
            "Generator": f"aiexchange {run.tool_version}, rules {run.catalogue_version}",
            "InReplyTo": answered,
        }


def _results(
    registration: Registration, findings: list[Finding], version: law.LegalVersion
) -> list[Result]:
    """Return a result for each due section; what is about no section stands with the first."""
    due = [duty.section for duty in law.duties(registration, version)]
    if not due:
        told = Result(
            registration.record_id,
            registration.version,
            findings=tuple(findings),
            rejected=_grave(findings),
        )
        return [told] if findings else []
    by_section: dict[SectionCode | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_section[_section_of(finding, due)].append(finding)
    general = by_section[None]
    results = []
    for section in due:
        own = by_section[section]
        rejected = _grave(own) or _grave(general)
        told_here = (*general, *own) if section is due[0] else tuple(own)
        results.append(_result(registration, section, rejected, tuple(told_here)))
    return results


def _result(
    registration: Registration, section: SectionCode, rejected: bool, findings: tuple[Finding, ...]
) -> Result:
    state = EntryState.REJECTED if rejected else EntryState.ACCEPTED
    entry = DatabaseEntry(section=section, version=registration.version, state=state)
    return Result(registration.record_id, registration.version, entry, findings)


def _section_of(finding: Finding, due: list[SectionCode]) -> SectionCode | None:
    """Return the due section of the item that a code names: `annex-viii.C-3.missing`."""
    item = finding.code.partition(".")[2].partition(".")[0]
    return next((section for section in due if item.startswith(f"{section.value}-")), None)


def _grave(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.VIOLATION for finding in findings)
