"""Checking: what the register, the schema and the law have to say about a source."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, cast

from aiexchange import law
from aiexchange.checks import register_rules, shape_files, xsd
from aiexchange.checks.engines import BATCH, ENGINES
from aiexchange.checks.shacl import Shapes
from aiexchange.errors import UsageError
from aiexchange.exchange.counting import Sink
from aiexchange.exchange.dividing import divided, either
from aiexchange.exchange.judging import of_entry
from aiexchange.exchange.measuring import Checks, Counted, Gaps
from aiexchange.exchange.origins import Origins
from aiexchange.exchange.shaping import Shaper, of_catalogue
from aiexchange.exchange.source import Opened, Source, opened
from aiexchange.exchange.watching import Tick, watched
from aiexchange.findings import Finding, Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.model import Entry


def check(
    source: Source,
    *,
    format: str | None = None,
    rules: str = register_rules.API,
    legal_version: str | None = None,
    as_of: date | None = None,
    engine: str = "python",
    shapes: Sequence[str | Path] = (),
    shapes_folder: str | Path | None = None,
    origins: Sequence[Source] = (),
    on_entry: Callable[[Entry], object] | None = None,
    jobs: int = 1,
    on_single: Callable[[str], object] | None = None,
    tick: Tick | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with a source: what was found on reading, by its schema, by the law.

    A record of a register is held against the register's own rules too, in whichever format it
    comes; `rules` names which of them: api, standard or template. `engine` runs the rules of the
    Act in memory (python), over XML (schematron) or over a catalogue (shacl); those two see only
    what is written. A catalogue is held against our own SHACL shapes; `shapes` (dcat-ap,
    dcat-ap-nl, files, folders) hold any source, as the catalogue that it makes, and `shapes_folder`
    is where the official ones lie. Rules hold whatever the day: `as_of` changes no finding.
    `on_entry` is told each entry after its findings. `origins` are the files that the source was
    converted from: each finding then has the cell there as its `source`. `jobs`, `on_single`
    and `tick` are those of `convert`; entries from other processes come without registrations.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
        UnknownLegalVersionError: there is no such legal version.
        UsageError: there is no such engine or set of rules, or a file of shapes is not there.
    """
    wanted = shape_files.given(shapes, shapes_folder) if shapes else None
    version = law.legal_version(legal_version)
    if engine not in ENGINES:
        raise UsageError(f"no engine {engine}; there are {', '.join(ENGINES)}")
    if rules not in register_rules.PROFILES:
        raise UsageError(f"no rules {rules}; there are {', '.join(register_rules.PROFILES)}")
    with opened(source, format) as found, _after_schema(found, wanted) as (invalid, stream):
        alone = partial(_told, found, stream, rules, version, engine, wanted, on_entry, tick)
        rest = alone()
        if jobs > 1:
            whole = None if engine == "python" and wanted is None else "other engines take batches"
            task = Checks(str(source), found.codec.name, rules, version.id)
            parted = _by_entry(divided(task, jobs, source, found.codec, whole), on_entry, tick)
            rest = either(parted, alone, on_single)
        told = chain(invalid, rest)
        yield from Origins(origins).located(told) if origins else told


def _told(
    found: Opened,
    stream: BinaryIO,
    rules: str,
    version: law.LegalVersion,
    engine: str,
    wanted: Shapes | None,
    on_entry: Callable[[Entry], object] | None,
    tick: Tick | None,
) -> Iterator[Finding]:
    """Yield what is found in the entries of a source, by the register, the Act and shapes."""
    entries = iter(watched(replace(found, stream=stream), found.options, tick))
    shaper = Shaper(None if found.codec is FORMATS["dcat"] else wanted, Options())
    as_it_stands = engine == "schematron" and found.codec is FORMATS["eudb-xml"]
    while batch := list(islice(entries, 1 if engine == "python" else BATCH)):
        for entry in batch:
            yield from of_entry(entry, rules)
        if not as_it_stands:
            yield from ENGINES[engine](batch, version)
        for entry in batch:
            yield from shaper.add(entry)
            if on_entry is not None:
                on_entry(entry)
    yield from shaper.rest()
    if as_it_stands:
        from aiexchange.checks import svrl

        stream.seek(0)
        yield from svrl.validate(stream, version, found.file)


def _by_entry(
    answers: Iterator[list[list[Finding]]],
    on_entry: Callable[[Entry], object] | None,
    tick: Tick | None,
) -> Iterator[Finding]:
    for number, findings in enumerate(chain.from_iterable(answers), 1):
        yield from findings
        if on_entry is not None:
            on_entry(Entry(None, Origin()))
        if tick is not None:
            tick(number, None)


def gaps(
    source: Source,
    *,
    format: str | None = None,
    legal_version: str | None = None,
    as_of: date | None = None,
    keep: bool = True,
    on_finding: Sink | None = None,
    jobs: int = 1,
    on_single: Callable[[str], object] | None = None,
    tick: Tick | None = None,
) -> law.GapReport:
    """Return what is due in the EU database and what is missing, record by record.

    With `keep` false the report holds the counts alone, whatever the number of records.
    `on_finding` takes what was found on reading; `jobs`, `on_single` and `tick` are those of
    `convert`.

    Raises:
        InputError: the source cannot be read at all.
        UnknownFormatError: there is no format of that name.
        UnknownLegalVersionError: there is no such legal version.
    """
    report = law.GapReport(law.legal_version(legal_version), as_of, keep)
    with opened(source, format) as found:
        alone = partial(_counted, found, report, tick)
        counted = alone()
        if jobs > 1:
            names = (str(source), found.codec.name, report.version.id)
            task = Gaps(*names, report.as_of, keep)
            parted = _merged(divided(task, jobs, source, found.codec), report, tick)
            counted = either(parted, alone, on_single)
        for finding in counted:
            if on_finding is not None:
                on_finding(finding)
    return report


def _counted(found: Opened, report: law.GapReport, tick: Tick | None) -> Iterator[Finding]:
    for entry in watched(found, found.options, tick):
        yield from entry.findings
        if entry.registration is not None:
            report.add(entry.registration, entry.origin, entry.findings)


def _merged(
    answers: Iterator[Counted], report: law.GapReport, tick: Tick | None
) -> Iterator[Finding]:
    for answer in answers:
        yield from answer.findings
        report.merge(answer.report)
        if tick is not None:
            tick(report.total.registrations, None)


@contextmanager
def _after_schema(
    found: Opened, wanted: Shapes | None
) -> Iterator[tuple[Iterator[Finding], BinaryIO]]:
    """Give what the XSD or the shapes find, and the stream to read then: it is read twice."""
    schema = _SCHEMAS.get(found.codec.name)
    if schema is None:
        yield iter(()), found.stream
        return
    with cast(BinaryIO, tempfile.TemporaryFile()) as kept:
        shutil.copyfileobj(found.stream, kept)
        kept.seek(0)

        def invalid() -> Iterator[Finding]:
            yield from schema(found, kept, wanted)
            kept.seek(0)

        yield invalid(), kept


def _by_xsd(found: Opened, stream: BinaryIO, wanted: Shapes | None) -> Iterator[Finding]:
    return xsd.validate(stream, found.file)


def _by_shapes(found: Opened, stream: BinaryIO, wanted: Shapes | None) -> Iterator[Finding]:
    return of_catalogue(found, stream, [each for each in (shape_files.ours(), wanted) if each])


_SCHEMAS = {"eudb-xml": _by_xsd, "dcat": _by_shapes}
