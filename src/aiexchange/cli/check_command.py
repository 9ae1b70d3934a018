"""`aiexchange check`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from aiexchange.cli.options import (
    AS_OF,
    FROM,
    JOBS,
    LEGAL_VERSION,
    SOURCE,
    fail_on,
    fails,
    on_single,
)
from aiexchange.cli.report_options import (
    STDOUT,
    Wanted,
    listed,
    note,
    refuse,
    reports,
    wanted,
    write_all,
)
from aiexchange.errors import UsageError
from aiexchange.findings import Severity

if TYPE_CHECKING:
    from aiexchange.report import Filter, Report, Run

FORMS = ("text", "json", "jsonl", "csv", "markdown", "sarif", "junit", "gitb", "eudb-ack")
"""The forms of a report of findings."""


@click.command("check")
@SOURCE
@FROM
@click.option(
    "--rules",
    type=click.Choice(["api", "standard", "template"]),
    default="api",
    show_default=True,
    help="Rules of the register: of its interface, of its published standard, or of templates.",
)
@click.option(
    "--engine",
    type=click.Choice(["python", "schematron", "shacl"]),
    default="python",
    show_default=True,
    help="What runs the rules of the Act: memory, Schematron over XML, SHACL over a catalogue.",
)
@click.option(
    "--shapes",
    multiple=True,
    metavar="NAME",
    help="Hold SOURCE, as a catalogue, against SHACL shapes too: dcat-ap, dcat-ap-nl, a file in "
    "Turtle or a folder of them. May be repeated.",
)
@click.option(
    "--shapes-folder",
    metavar="FOLDER",
    help="Where the official shapes of dcat-ap and dcat-ap-nl lie; AIEXCHANGE_SHAPES by default.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="FILE",
    help="A file that SOURCE was converted from: findings are shown at its cells too. May be given "
    "several times.",
)
@LEGAL_VERSION
@AS_OF
@JOBS
@reports(*FORMS)
@fail_on("violation")
def command(
    source: str,
    from_format: str | None,
    rules: str,
    engine: str,
    shapes: tuple[str, ...],
    shapes_folder: str | None,
    origins: tuple[str, ...],
    legal_version: str | None,
    as_of: date | None,
    jobs: int,
    wanted_forms: tuple[str, ...],
    output: str,
    force: bool,
    lang: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    max_findings: int | None,
    fail_on: str,
) -> int:
    """Report what is wrong with SOURCE, where, why, and how to mend it.

    A register's export is held against the register's own rules, XML against its schema, a
    catalogue against our SHACL shapes, and everything against the AI Act. The exit code is 1 if
    anything reaches --fail-on.

    \b
      aiexchange check export.csv --report sarif=out.sarif --report junit=out.xml
      aiexchange check export.csv --report json -o before.json
      aiexchange check export.csv --baseline before.json --select annex-viii
      aiexchange check catalogue.ttl --shapes our-shapes.ttl
      aiexchange check registrations.xml --origin export.csv
    """
    from aiexchange import law
    from aiexchange.cli.progress import Progress
    from aiexchange.exchange import check
    from aiexchange.exchange.identity import identified
    from aiexchange.report import Filter, Input, Reports, Run
    from aiexchange.report import baseline as told_by

    if "-" in origins:
        raise UsageError("--origin names a file, which is read twice; it cannot be standard input")
    outputs = wanted(wanted_forms, output, FORMS)
    if jobs > 1 and any(each.form == "eudb-ack" for each in outputs):
        on_single("an acknowledgement is made of whole registrations")
        jobs = 1
    refuse(outputs, force=force)
    filter = Filter(listed(select), listed(ignore), told_by(baseline) if baseline else None)
    version = law.legal_version(legal_version)
    limit = None if fail_on == "never" else Severity(fail_on)
    with identified(source) as known:
        inputs = [Input(known.file, known.sha256)]
        for origin in origins:
            with identified(origin) as other:
                inputs.append(Input(other.file, other.sha256))
        run = Run(tuple(inputs), version.id, version.catalogue, limit)
        filled = [(each, _report(each, run, lang, max_findings)) for each in outputs]
        gathered = Reports(
            (each for _, each in filled), filter=filter, most=max_findings, language=lang
        )
        count = gathered.tally
        with gathered, Progress() as progress:
            for finding in check(
                known.source,
                format=from_format,
                rules=rules,
                legal_version=version.id,
                as_of=as_of,
                engine=engine,
                shapes=shapes,
                shapes_folder=shapes_folder,
                origins=origins,
                on_entry=gathered.entry,
                jobs=jobs,
                on_single=on_single,
                tick=progress.tick,
            ):
                gathered.add(finding)
                progress.found(finding)
            write_all(filled, count, force=force)
    _say(filter, baseline)
    return int(fails(count.worst, fail_on))


def _report(wanted: Wanted, run: Run, lang: str, examples: int | None) -> Report:
    from aiexchange.report import on_terminal, report, words

    colour = wanted.file == STDOUT and on_terminal(sys.stdout)
    return report(wanted.form, run, words(lang), examples=examples, colour=colour)


def _say(filter: Filter, baseline: str | None) -> None:
    if baseline is not None:
        note(f"{filter.known:,} findings stand in {baseline} already, and are left out.")
    for option, codes in (("--select", filter.select), ("--ignore", filter.ignore)):
        for pattern in codes.unused:
            note(f"{option} {pattern} fits no code that was found.")
