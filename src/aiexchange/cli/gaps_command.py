"""`aiexchange gaps`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

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
    report,
    write_report,
)
from aiexchange.findings import Severity


@click.command("gaps")
@SOURCE
@FROM
@LEGAL_VERSION
@AS_OF
@JOBS
@report("text", "json", "csv", "suppliers")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="en",
    show_default=True,
    help="Language of the workbooks for suppliers.",
)
@fail_on("never")
def command(
    source: str,
    from_format: str | None,
    legal_version: str | None,
    as_of: date | None,
    jobs: int,
    form: str,
    lang: str,
    output: str,
    force: bool,
    fail_on: str,
) -> int:
    """Show which records of SOURCE are due in the EU database, and which items are missing.

    For each item: how many records lack it, who can supply it, and which article asks for it.
    The CSV has one line for each gap, the JSON everything. --report suppliers writes a workbook
    for each supplier into the folder that -o names, with what only it can answer.
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.cli.progress import Progress
    from aiexchange.exchange import gaps
    from aiexchange.report import RENDERERS

    notes = Notes()
    if form == "suppliers":
        return _ask_suppliers(source, from_format, legal_version, as_of, lang, output, force)
    with Progress() as progress:
        found = gaps(
            source,
            format=from_format,
            legal_version=legal_version,
            as_of=as_of,
            on_finding=progress.also(notes.add),
            jobs=jobs,
            tick=progress.tick,
            on_single=on_single,
        ).as_dict()
    render = RENDERERS["gaps", form]
    write_report(lambda stream: render(found, stream), output, force=force)
    notes.show(source)
    worst = min((notes.worst, *_severities(found)), key=_rank)
    return int(fails(worst, fail_on))


def _ask_suppliers(
    source: str,
    from_format: str | None,
    legal_version: str | None,
    as_of: date | None,
    lang: str,
    folder: str,
    force: bool,
) -> int:
    """Write the workbooks for suppliers, and say what each of them asks about."""
    from aiexchange.cli.notes import Notes
    from aiexchange.errors import UsageError
    from aiexchange.exchange import request_suppliers
    from aiexchange.report.layout import counted

    if folder == "-":
        raise UsageError("--report suppliers writes several files; name a folder with -o")
    notes = Notes()
    requests = request_suppliers(
        source,
        folder,
        language=lang,
        format=from_format,
        legal_version=legal_version,
        as_of=as_of,
        force=force,
        on_finding=notes.add,
    )
    for each in requests:
        what = f"{counted(each.products, 'product')}, {counted(each.registrations, 'use')}"
        click.echo(f"{each.path}  ({each.supplier or 'no supplier is named'}: {what})")
    click.echo(f"{counted(len(requests), 'workbook')} for suppliers in {folder}", err=True)
    notes.show(source)
    return 0


def _severities(found: Mapping[str, Any]) -> Iterator[Severity]:
    """Yield how grave each gap is, as `check` reports it."""
    for registration in found["registrations"]:
        for gap in registration["gaps"]:
            grave = gap.get("blocking") or gap["state"] == "forbidden"
            yield Severity.VIOLATION if grave else Severity.WARNING


def _rank(severity: Severity | None) -> int:
    return len(Severity) if severity is None else severity.rank
