"""Reading and writing: entries from any source, registrations to any target."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from aiexchange.compare import losses
from aiexchange.errors import UnknownFormatError, UsageError
from aiexchange.exchange.cataloguing import with_catalogue
from aiexchange.exchange.codecs import Codec, for_suffix, named, syntax_of
from aiexchange.exchange.counting import Counted, Sink
from aiexchange.exchange.dividing import Conversion, either, in_parts, is_joinable, why_whole
from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.exchange.submitting import submit
from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.exchange.watching import Tick, watched
from aiexchange.findings import Finding, Origin
from aiexchange.formats import FORMATS, Options, Shape
from aiexchange.formats.dcat.catalogue import Catalogue
from aiexchange.formats.eudb.names import SUBMISSION
from aiexchange.formats.protocol import Envelope
from aiexchange.model import Entry, Registration
from aiexchange.registers import Register
from aiexchange.streams import Indivisible


@dataclass(frozen=True, slots=True)
class WriteResult:
    """How many registrations were written, in which format, and what could not be carried."""

    format: str
    written: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ConvertResult:
    """How many records were read and written, from what into what, and what was found.

    `findings` are those of reading, mapping and loss; empty if a sink took them.
    """

    source_format: str
    target_format: str
    read: int
    written: int
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    """The files of a submission."""


def read(source: Source, *, format: str | None = None) -> Iterator[Entry]:
    """Yield the entries of a source, one at a time, with what was found while reading each.

    `format` is a format or a register; without it the content decides, then the suffix.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
    """
    with opened(source, format) as found:
        yield from found.codec.read(found.stream, found.options)


def write(
    entries: Iterable[Entry | Registration],
    target: Target,
    *,
    format: str | None = None,
    profile: str | None = None,
    force: bool = False,
    legal_version: str | None = None,
    base_iri: str | None = None,
    with_ranges: bool = False,
    catalogue: Catalogue | str | Path | None = None,
) -> WriteResult:
    """Write registrations; without `format` the suffix of the target decides.

    `profile` is one of the format's profiles. A catalogue (`dcat`) has a `base_iri`, a `catalogue`
    (or a TOML file of one) that says who publishes it, and `with_ranges` the classes of the things
    to which it leads.

    Raises:
        TargetExistsError: the target exists, and `force` is not set.
        OutputError: it cannot be written.
        UnknownFormatError: no format has that name or that suffix.
    """
    codec, syntax = codec_of(target, format)
    counted = Counted(_entries(entries))
    options = with_catalogue(
        Options(syntax=syntax, legal_version=legal_version, profile=profile),
        codec,
        base_iri=base_iri,
        with_ranges=with_ranges,
        catalogue=catalogue,
    )
    with replacing(target, force=force) as stream:
        found = tuple(write_with(codec, counted, stream, options))
    return WriteResult(codec.name, counted.registrations, found)


def convert(
    source: Source,
    target: Target,
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    profile: str | None = None,
    force: bool = False,
    legal_version: str | None = None,
    access: str | None = None,
    envelope: Envelope | None = None,
    base_iri: str | None = None,
    with_ranges: bool = False,
    catalogue: Catalogue | str | Path | None = None,
    on_finding: Sink | None = None,
    jobs: int = 1,
    on_single: Callable[[str], object] | None = None,
    tick: Tick | None = None,
) -> ConvertResult:
    """Convert a source into a target, one record at a time, and report what was found.

    A record that cannot be read is a finding; the others are written. Where a suffix fits several
    formats, that of the source is written. `profile` is one of the target's profiles: `submission`
    writes the registrations that are ready, at most 300 to a message, in numbered files if it takes
    several; `envelope` says from whom to whom. `access` keeps a message to what is `public` or
    `restricted` (Art. 49(4)). `on_finding` takes findings as they come; without it they are kept in
    the result. `base_iri`, `with_ranges` and `catalogue` are those of `write`. With several `jobs`
    the records are shared out among processes, which import the main module anew, so it has to be
    guarded by `if __name__ == "__main__"`; the target is the same, byte for byte. Where one record
    bears on another, one process does it all, and `on_single` is told why. `tick` is told how many
    records have been read, and what share of the source, where that is known.

    Raises:
        InputError: the source cannot be read at all; nothing is written.
        TargetExistsError: the target exists, and `force` is not set.
        OutputError: it cannot be written.
        UnknownFormatError: no format has that name or that suffix.
    """
    if isinstance(target, str | Path):
        refuse_existing(target, force=force)
    kept, files, left = list[Finding](), list[str](), 0
    tell = on_finding or kept.append
    with opened(source, from_format) as found:
        codec, syntax = codec_of(target, to_format, found.codec)
        if access is not None and codec is not FORMATS["eudb-xml"]:
            raise UsageError(f"messages in eudb-xml are kept to an access; {codec.name} has none")
        if profile == SUBMISSION and codec is not FORMATS["eudb-xml"]:
            raise UsageError(f"a submission is written in eudb-xml, not in {codec.name}")
        shape = Shape() if codec is found.codec else None
        counted = Counted(watched(found, replace(found.options, shape=shape), tick), tell)
        options = with_catalogue(
            Options(
                syntax=syntax,
                legal_version=legal_version,
                profile=profile,
                shape=shape,
                access=access,
                envelope=envelope,
            ),
            codec,
            base_iri=base_iri,
            with_ranges=with_ranges,
            catalogue=catalogue,
        )
        writing = _Writing(source, found, codec, counted, target, options, force, files, tick)
        for finding in writing.findings(jobs, on_single):
            left += finding.code in LEFT_OUT
            tell(finding)
    return ConvertResult(
        found.codec.name,
        codec.name,
        counted.entries,
        counted.registrations - left,
        tuple(kept),
        tuple(files),
    )


LEFT_OUT = frozenset(
    ("eudb-xml.restricted-refused", "eudb-xml.other-access", "eudb-xml.held-back")
) | {"dcat.restricted-refused"}
"""Findings that say that a registration is not in the target."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """The second half of a conversion; `files` takes the names of the messages of a submission."""

    source: Source
    found: Opened
    codec: Codec
    counted: Counted
    target: Target
    options: Options
    force: bool
    files: list[str]
    tick: Tick | None

    def findings(self, jobs: int, on_single: Callable[[str], object] | None) -> Iterator[Finding]:
        """Write by so many processes, or by one where that has to be; yield what is found."""
        if jobs > 1:
            return either(self._divided(jobs), self._alone, on_single)
        return self._alone()

    def _alone(self) -> Iterator[Finding]:
        if self.codec is FORMATS["eudb-xml"] and self.options.profile == SUBMISSION:
            yield from submit(
                self.counted, self.target, self.options, force=self.force, files=self.files
            )
            return
        with replacing(self.target, force=self.force) as stream:
            yield from write_with(self.codec, self.counted, stream, self.options)

    def _divided(self, jobs: int) -> Iterator[Finding]:
        if reason := why_whole(self.source, self.found.codec):
            raise Indivisible(reason)
        if not is_joinable(self.codec, self.options):
            raise Indivisible(f"{self.codec.name} is written as a whole")
        with (
            tempfile.TemporaryDirectory() as folder,
            replacing(self.target, force=self.force) as stream,
        ):
            names = (str(self.source), self.found.codec.name, self.codec.name)
            conversion = Conversion(*names, replace(self.options, shape=None), folder)
            yield from in_parts(conversion, self.codec, stream, jobs, self.counted, self.tick)


def codec_of(
    target: Target, format: str | None, preferred: Codec | None = None
) -> tuple[Codec, str | None]:
    """Return the codec and the syntax in which a target is written.

    Raises:
        UnknownFormatError: no format has that name or that suffix.
    """
    by_path = isinstance(target, str | Path) and str(target) != "-"
    if format is None:
        if not by_path:
            raise UnknownFormatError("name a format: standard output and streams have no suffix")
        return for_suffix(str(target), preferred)
    codec, syntax = named(format)
    return codec, syntax or (syntax_of(codec, str(target)) if by_path else None)


def write_with(
    codec: Codec, entries: Iterable[Entry], stream: Any, options: Options
) -> Iterator[Finding]:
    """Write entries with a codec; a register is asked what its record cannot hold."""
    if isinstance(codec, Register):
        return codec.write(entries, stream, options, losses)
    return codec.write(entries, stream, options)


def entries_from(
    given: Source | Iterable[Entry | Registration], format: str | None = None
) -> Iterator[Entry]:
    """Yield the entries of a source, or those that are given.

    Raises:
        InputError: the source cannot be read at all.
    """
    if isinstance(given, str | Path) or hasattr(given, "read"):
        return read(cast(Source, given), format=format)
    return _entries(given)


def _entries(given: Iterable[Entry | Registration]) -> Iterator[Entry]:
    for each in given:
        yield each if isinstance(each, Entry) else Entry(each, Origin())
