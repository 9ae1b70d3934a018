"""`aiexchange acknowledge`."""

from __future__ import annotations

import sys

import click

from aiexchange.cli.options import FORCE, FROM, LEGAL_VERSION, fail_on, fails


@click.command("acknowledge")
@click.argument("registrations", type=click.Path(path_type=str))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=str))
@click.argument("target", type=click.Path(path_type=str))
@FROM
@click.option(
    "--to", "to_format", metavar="FORMAT", help="What the target is to be; told by its suffix."
)
@click.option(
    "--lang",
    type=click.Choice(["en", "nl"]),
    default="en",
    show_default=True,
    help="Language of what was found, as far as the answer has it.",
)
@LEGAL_VERSION
@FORCE
@fail_on("violation")
def command(
    registrations: str,
    answers: tuple[str, ...],
    target: str,
    from_format: str | None,
    to_format: str | None,
    lang: str,
    legal_version: str | None,
    force: bool,
    fail_on: str,
) -> int:
    """Take what the EU database ANSWERS into REGISTRATIONS, and write them to TARGET.

    Each answer is a RegistrationAcknowledgement: the state, identifier and address of an entry,
    and what the receiver found, record by record. The exit code is 1 if that reaches --fail-on.
    `check --report eudb-ack` writes such an answer, as a trial.

    \b
      aiexchange acknowledge registrations.jsonl answer.xml answered.jsonl
    """
    from aiexchange.exchange import acknowledge
    from aiexchange.report import FindingsText, words

    text = FindingsText(words=words(lang))
    result = acknowledge(
        registrations,
        answers,
        target,
        from_format=from_format,
        to_format=to_format,
        force=force,
        legal_version=legal_version,
        on_finding=lambda finding: text.add(finding.in_language(lang)),
    )
    if text.worst is not None:
        text.render(sys.stderr)
    click.echo(
        f"{result.answered} of {result.written} registrations were answered: "
        f"{result.accepted} entries accepted, {result.rejected} rejected.\n"
        f"Written as {result.target_format}: {'standard output' if target == '-' else target}",
        err=True,
    )
    return int(fails(text.worst, fail_on))
