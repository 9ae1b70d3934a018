"""Acknowledging: a receiver's answers, taken into the entries of the registrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from aiexchange.exchange.counting import Counted, Sink
from aiexchange.exchange.reading import codec_of, write_with
from aiexchange.exchange.source import Source, opened, raw
from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.findings import Finding, Severity
from aiexchange.formats import Options
from aiexchange.formats.eudb.acknowledgement import Acknowledgement, Result
from aiexchange.model import DatabaseEntry, Entry, EntryState, Registration


@dataclass(frozen=True, slots=True)
class AcknowledgeResult:
    """How many registrations were read, how many were answered, and how.

    `findings` are those of reading, of the answers and of writing; empty if a sink took them.
    """

    source_format: str
    target_format: str
    written: int
    answered: int
    accepted: int
    rejected: int
    findings: tuple[Finding, ...] = ()


def acknowledge(
    registrations: Source,
    answers: Source | Sequence[str | Path],
    target: Target,
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    force: bool = False,
    legal_version: str | None = None,
    on_finding: Sink | None = None,
) -> AcknowledgeResult:
    """Write registrations with what the EU database has answered about each, in `entries`.

    An answer about a section takes the place of an older one; an identifier or address that it
    leaves out stays. Its findings come with the record that they speak of; `on_finding` takes them.

    Raises:
        InputError: the registrations or an answer cannot be read at all; nothing is written.
        TargetExistsError: the target exists, and `force` is not set.
        OutputError: it cannot be written.
        UnknownFormatError: no format has that name or that suffix.
    """
    if isinstance(target, str | Path):
        refuse_existing(target, force=force)
    kept: list[Finding] = []
    tell = on_finding or kept.append
    several: Sequence[Source] = answers if isinstance(answers, list | tuple) else [answers]  # type: ignore[list-item]
    answered = _Answered([_read(each) for each in several], tell)
    with opened(registrations, from_format) as found:
        codec, syntax = codec_of(target, to_format, found.codec)
        counted = Counted(found.codec.read(found.stream, found.options), tell)
        options = Options(syntax=syntax, legal_version=legal_version)
        with replacing(target, force=force) as stream:
            for finding in write_with(codec, answered.entered(counted), stream, options):
                tell(finding)
    for finding in answered.unknown():
        tell(finding)
    return AcknowledgeResult(
        found.codec.name,
        codec.name,
        counted.registrations,
        answered.registrations,
        answered.accepted,
        answered.rejected,
        tuple(kept),
    )


def _read(answer: Source) -> Acknowledgement:
    from aiexchange.formats.eudb.acknowledgement import read

    with raw(answer) as (stream, file):
        return read(cast(BinaryIO, stream), file)


class _Answered:
    """The results of all answers by record, and what became of them."""

    def __init__(self, answers: Iterable[Acknowledgement], tell: Sink) -> None:
        self._tell = tell
        self._results: dict[str, list[Result]] = defaultdict(list)
        self._used: set[int] = set()
        self.registrations = self.accepted = self.rejected = 0
        for answer in answers:
            for finding in answer.findings:
                tell(finding)
            for result in answer.results:
                self._results[result.record_id].append(result)

    def entered(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield entries with what was answered about each."""
        for entry in entries:
            registration = entry.registration
            results = self._of(registration) if registration is not None else []
            if registration is None or not results:
                yield entry
                continue
            self.registrations += 1
            for result in results:
                self._count(result)
            yield replace(entry, registration=_with_entries(registration, results))

    def _of(self, registration: Registration) -> list[Result]:
        """Return the results about a registration; one that names no version is about every."""
        return [
            result
            for result in self._results.get(registration.record_id, ())
            if result.version in (None, registration.version)
        ]

    def _count(self, result: Result) -> None:
        if id(result) in self._used:
            return
        self._used.add(id(result))
        state = result.entry.state if result.entry else None
        self.accepted += state is EntryState.ACCEPTED
        self.rejected += state is EntryState.REJECTED or (result.rejected and state is None)
        for finding in result.findings:
            self._tell(finding)

    def unknown(self) -> Iterator[Finding]:
        """Yield what was answered about registrations that are not there."""
        for results in self._results.values():
            for result in results:
                if id(result) not in self._used:
                    yield _unknown(result)


def _with_entries(registration: Registration, results: Iterable[Result]) -> Registration:
    entries = {entry.section: entry for entry in registration.entries}
    for result in results:
        if result.entry is not None:
            entries[result.entry.section] = _newer(entries.get(result.entry.section), result.entry)
    return registration.model_copy(update={"entries": tuple(entries.values())})


def _newer(old: DatabaseEntry | None, new: DatabaseEntry) -> DatabaseEntry:
    if old is None:
        return new
    return new.model_copy(
        update={name: getattr(new, name) or getattr(old, name) for name in ("id", "url", "version")}
    )


def _unknown(result: Result) -> Finding:
    what = f"version {result.version} of {result.record_id}" if result.version else result.record_id
    return Finding(
        "ack.unknown-record",
        Severity.WARNING,
        f"The answer speaks of {what}, which is not among the registrations.",
        record_id=result.record_id,
        origin=result.origin,
        mend="Give the registrations that were sent, in the version that was sent.",
    )
