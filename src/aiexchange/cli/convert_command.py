"""`aiexchange convert`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aiexchange.cli.catalogue_options import catalogued
from aiexchange.cli.options import (
    FORCE,
    FROM,
    JOBS,
    LEGAL_VERSION,
    SOURCE,
    fail_on,
    fails,
    on_single,
    write_report,
)
from aiexchange.errors import UsageError
from aiexchange.findings import Finding

if TYPE_CHECKING:
    from aiexchange.formats.protocol import Envelope


@click.command("convert")
@SOURCE
@click.argument("target", type=click.Path(path_type=str))
@FROM
@click.option(
    "--to",
    "to_format",
    metavar="FORMAT",
    help="What the target is to be; told by its suffix by default. A register's name writes its "
    "own export.",
)
@click.option(
    "--losses",
    metavar="FILE",
    help="Write what could not be carried to a ledger: .jsonl or .csv.",
)
@click.option(
    "--profile",
    metavar="NAME",
    help="Profile of the target: submission writes XML with what the items ask, of registrations "
    "that are ready, at most 300 to a file; dcat-ap or dcat-ap-nl is what a catalogue keeps to, by "
    "default the latter for a Dutch register; api writes a register's JSON as its interface takes "
    "it.",
)
@click.option(
    "--access",
    type=click.Choice(["public", "restricted"]),
    help="Keep a message to what is public, or to what Art. 49(4) restricts, reduced to what it "
    "lists; the two never share one.",
)
@click.option("--sender", metavar="NAME", help="Of a submission: on whose behalf it is sent.")
@click.option("--recipient", metavar="NAME", help="Of a submission: to whom it is sent.")
@click.option("--test", is_flag=True, help="Of a submission: mark it as a trial.")
@click.option(
    "--sent-at",
    metavar="TIME",
    help="Of a submission: when it was made, such as 2026-11-25T12:00:00Z; now by default.",
)
@catalogued
@LEGAL_VERSION
@JOBS
@FORCE
@fail_on("violation")
def command(
    source: str,
    target: str,
    from_format: str | None,
    to_format: str | None,
    losses: str | None,
    profile: str | None,
    access: str | None,
    sender: str | None,
    recipient: str | None,
    test: bool,
    sent_at: str | None,
    legal_version: str | None,
    jobs: int,
    force: bool,
    fail_on: str,
    catalogued: dict[str, Any],
) -> int:
    """Convert SOURCE into TARGET: formats are told by content and by suffix.

    One bad record does not stop the others: it is reported, and the exit code is 1. If SOURCE
    cannot be read at all, nothing is written.

    \b
      aiexchange convert export.csv registrations.xml
      aiexchange convert export.csv catalogue.ttl --losses losses.csv
      aiexchange convert export.csv catalogue.jsonld --publisher Voorbeeld
      aiexchange convert registrations.xml back.csv --to nl-algoritmeregister
      aiexchange convert export.csv submission.xml --profile submission
    """
    from aiexchange.cli.progress import Progress
    from aiexchange.exchange import convert
    from aiexchange.exchange.target import refuse_existing
    from aiexchange.report import FindingsText, ledger_for
    from aiexchange.report.layout import counted

    if profile != "submission" and (sender or recipient or test or sent_at):
        raise UsageError("an envelope is that of a submission: add --profile submission")
    if losses is not None:
        ledger = ledger_for(losses)
        refuse_existing(Path(losses), force=force)
    text, lost = FindingsText(examples=2), list[Finding]()

    def tell(finding: Finding) -> None:
        text.add(finding)
        progress.found(finding)
        if losses is not None and is_loss(finding):
            lost.append(finding)

    with Progress() as progress:
        result = convert(
            source,
            target,
            from_format=from_format,
            to_format=to_format,
            profile=profile,
            access=access,
            envelope=_envelope(sender, recipient, test, sent_at),
            force=force,
            legal_version=legal_version,
            on_finding=tell,
            jobs=jobs,
            tick=progress.tick,
            on_single=on_single,
            **catalogued,
        )
    if losses is not None:
        write_report(lambda stream: ledger(lost, stream), losses, force=force)
    if text.worst is not None:
        text.render(sys.stderr, records=result.read)
    where = "standard output" if target == "-" else target
    if profile == "submission":
        where = ", ".join(result.files) or "nothing, as no registration is ready"
    click.echo(
        f"{counted(result.written, 'registration')}, read as {result.source_format}.\n"
        f"Written as {result.target_format}: {where}",
        err=True,
    )
    return int(fails(text.worst, fail_on))


def _envelope(
    sender: str | None, recipient: str | None, test: bool, sent_at: str | None
) -> Envelope:
    from aiexchange.formats.protocol import Envelope

    given = {"sender": sender, "recipient": recipient, "time": _moment(sent_at)}
    return Envelope(test=test, **{name: text for name, text in given.items() if text})


def _moment(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is no time; write 2026-11-25T12:00:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def is_loss(finding: Finding) -> bool:
    """Tell whether a finding says that something was not carried: a value, or a whole record."""
    return finding.code.startswith("loss.") or finding.severity.value == "violation"
