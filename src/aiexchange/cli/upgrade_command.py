"""`aiexchange upgrade`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aiexchange.cli.convert_command import is_loss
from aiexchange.cli.options import FORCE, FROM, SOURCE, fail_on, fails, write_report
from aiexchange.findings import Finding


@click.command("upgrade")
@SOURCE
@click.argument("target", type=click.Path(path_type=str))
@FROM
@click.option(
    "--to", metavar="VERSION", required=True, help="Version of the standard, such as 1.0."
)
@click.option("--losses", metavar="FILE", help="Write a ledger: .jsonl or .csv.")
@FORCE
@fail_on("violation")
def command(
    source: str,
    target: str,
    from_format: str | None,
    to: str,
    losses: str | None,
    force: bool,
    fail_on: str,
) -> int:
    """Write the records of SOURCE in another version of their standard.

    An older version than that of a record is written too; what it cannot hold is a loss.

    The ledger says what that version cannot hold, and what it demands and the record lacks.

    \b
      aiexchange upgrade old.json new.csv --to 1.0 --losses ledger.csv
    """
    from aiexchange.exchange import upgrade
    from aiexchange.exchange.target import refuse_existing
    from aiexchange.report import FindingsText, ledger_for
    from aiexchange.report.layout import counted

    if losses is not None:
        ledger = ledger_for(losses)
        refuse_existing(Path(losses), force=force)
    text, kept = FindingsText(examples=2), list[Finding]()

    def tell(finding: Finding) -> None:
        text.add(finding)
        if losses is not None and (is_loss(finding) or "demands" in finding.message):
            kept.append(finding)

    result = upgrade(source, target, to=to, from_format=from_format, force=force, on_finding=tell)
    if losses is not None:
        write_report(lambda stream: ledger(kept, stream), losses, force=force)
    if text.worst is not None:
        text.render(sys.stderr, records=result.read)
    click.echo(
        f"{counted(result.written, 'registration')}, read as {result.source_format}.\n"
        f"Written as {result.target_format}: {target}",
        err=True,
    )
    return int(fails(text.worst, fail_on))
