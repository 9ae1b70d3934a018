"""`aiexchange gaps`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import click

from aiexchange.cli.options import (
    AS_OF,
    FROM,
    LEGAL_VERSION,
    SOURCE,
    fail_on,
    fails,
    report,
    write_report,
)
from aiexchange.findings import Severity


@click.command("gaps")
@SOURCE
@FROM
@LEGAL_VERSION
@AS_OF
@report("text", "json", "csv")
@fail_on("never")
def command(
    source: str,
    from_format: str | None,
    legal_version: str | None,
    as_of: date | None,
    form: str,
    output: str,
    force: bool,
    fail_on: str,
) -> int:
    """Show which records of SOURCE are due in the EU database, and which items are missing.

    For each item: how many records lack it, who can supply it, and which article asks for it.
    The CSV has one line for each gap, the JSON everything.
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.exchange import gaps
    from aiexchange.report import RENDERERS

    notes = Notes()
    found = gaps(
        source,
        format=from_format,
        legal_version=legal_version,
        as_of=as_of,
        on_finding=notes.add,
    ).as_dict()
    render = RENDERERS["gaps", form]
    write_report(lambda stream: render(found, stream), output, force=force)
    notes.show(source)
    worst = min((notes.worst, *_severities(found)), key=_rank)
    return int(fails(worst, fail_on))


def _severities(found: Mapping[str, Any]) -> Iterator[Severity]:
    """Yield how grave each gap is, as `check` reports it."""
    for registration in found["registrations"]:
        for gap in registration["gaps"]:
            grave = gap.get("blocking") or gap["state"] == "forbidden"
            yield Severity.VIOLATION if grave else Severity.WARNING


def _rank(severity: Severity | None) -> int:
    return len(Severity) if severity is None else severity.rank
