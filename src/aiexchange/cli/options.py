"""Options that several commands share, and what they do at the end."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from aiexchange.findings import Severity

Command = TypeVar("Command", bound=Callable[..., Any])

SOURCE = click.argument("source", type=click.Path(path_type=str))


class DateParam(click.ParamType[date]):
    """A day, as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that a text names."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no date; write YYYY-MM-DD", param, ctx)


LEGAL_VERSION = click.option(
    "--legal-version",
    metavar="V",
    help="The Act as consolidated on a date, such as 2026-07-27; the newest by default.",
)
AS_OF = click.option(
    "--as-of",
    type=DateParam(),
    metavar="DATE",
    help="The day for which to tell what is in force (YYYY-MM-DD); today by default.",
)
FROM = click.option(
    "--from",
    "from_format",
    metavar="FORMAT",
    help="What the source is; recognised by its content by default.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Share the records out among N processes; worth it from some ten thousand on.",
)
FORCE = click.option("--force", is_flag=True, help="Replace files that exist.")
OUTPUT = click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="Write the report to a file; to standard output by default.",
)


def report(*forms: str) -> Callable[[Command], Command]:
    """Add --report with the forms that a report comes in, -o and --force."""

    def decorate(command: Command) -> Command:
        option = click.option(
            "--report",
            "form",
            type=click.Choice(forms),
            default=forms[0],
            show_default=True,
            help="Form of the report.",
        )
        return option(OUTPUT(FORCE(command)))

    return decorate


def fail_on(default: str) -> Callable[[Command], Command]:
    """Add --fail-on with its default."""
    return click.option(
        "--fail-on",
        type=click.Choice([*(severity.value for severity in Severity), "never"]),
        default=default,
        show_default=True,
        help="The least severity that makes the exit code 1.",
    )


def on_single(reason: str) -> None:
    """Say why one process does it all."""
    click.echo(f"One process reads it all: {reason}.", err=True)


def fails(worst: Severity | None, limit: str) -> bool:
    """Tell whether the worst finding reaches the limit of --fail-on."""
    return worst is not None and limit != "never" and worst.at_least(Severity(limit))


def write_report(render: Callable[[io.TextIOWrapper], None], output: str, *, force: bool) -> None:
    """Write a report whole or not at all.

    Raises:
        TargetExistsError: the file exists, and `force` is not set.
        OutputError: it cannot be written.
    """
    from aiexchange.exchange.target import replacing

    with replacing(output if output == "-" else Path(output), force=force) as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="\n", write_through=False)
        render(text)
        text.flush()
        text.detach()
