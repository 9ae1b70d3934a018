"""`aiexchange check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
from aiexchange.findings import Finding, Severity


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
@LEGAL_VERSION
@AS_OF
@report("text", "json", "jsonl", "csv")
@fail_on("violation")
def command(
    source: str,
    from_format: str | None,
    rules: str,
    legal_version: str | None,
    as_of: date | None,
    form: str,
    output: str,
    force: bool,
    fail_on: str,
) -> int:
    """Report what is wrong with SOURCE, where, why, and how to mend it.

    A register's export is held against the register's own rules, XML against its schema, and
    everything against the AI Act. The exit code is 1 if anything reaches --fail-on.
    """
    from aiexchange.exchange import check
    from aiexchange.report import RENDERERS

    worst: list[Severity] = []

    def seen() -> Iterator[Finding]:
        found = check(
            source,
            format=from_format,
            rules=rules,
            legal_version=legal_version,
            as_of=as_of,
        )
        for finding in found:
            if not worst or finding.severity.rank < worst[0].rank:
                worst[:] = [finding.severity]
            yield finding

    render = RENDERERS["findings", form]
    write_report(lambda stream: render(seen(), stream), output, force=force)
    return int(fails(worst[0] if worst else None, fail_on))
