"""Options of a report in several forms at once, and of what it is about."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aiexchange.cli.options import FORCE, OUTPUT, Command, write_report
from aiexchange.errors import UsageError

if TYPE_CHECKING:
    from aiexchange.report import Report, Tally

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form of report, and the file that it goes to."""

    form: str
    file: str


def reports(*forms: str) -> Callable[[Command], Command]:
    """Add --report FORM[=FILE] with -o and --force, and what a report is about."""
    listed = ", ".join(forms)
    options = (
        click.option(
            "--report",
            "wanted_forms",
            multiple=True,
            metavar="FORM[=FILE]",
            help="Form of the report, and the file for it; may be given several times. One "
            f"without a file goes to -o. Forms: {listed}.  [default: {forms[0]}]",
        ),
        OUTPUT,
        FORCE,
        click.option(
            "--lang",
            type=click.Choice(["en", "nl"]),
            default="en",
            show_default=True,
            help="Language of the report.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="CODE[,…]",
            help="Only findings of these codes: what a code begins with, or a glob "
            "(annex-viii.*.missing).",
        ),
        click.option(
            "--ignore", multiple=True, metavar="CODE[,…]", help="No findings of these codes."
        ),
        click.option(
            "--baseline",
            metavar="FILE",
            help="An earlier report, JSON or JSONL: only what is new since then.",
        ),
        click.option(
            "--max-findings",
            type=click.IntRange(min=1),
            metavar="N",
            help="List at most N findings of a code; all are counted.",
        ),
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def listed(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of values that may hold several, with commas between them."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(part for part in parts if part)


def wanted(values: tuple[str, ...], output: str, forms: tuple[str, ...]) -> list[Wanted]:
    """Return what --report and -o ask for: text to standard output if they say nothing.

    Raises:
        UsageError: a form that does not exist, or two reports for one file.
    """
    found = list(_wanted(values or (forms[0],), output, forms))
    files = [each.file for each in found]
    if twice := next((file for file in files if files.count(file) > 1), None):
        where = "standard output" if twice == STDOUT else twice
        raise UsageError(f"two reports go to {where}; name a file: --report {found[-1].form}=FILE")
    if output != STDOUT and output not in files:
        raise UsageError(f"no report goes to {output}: each --report names a file of its own")
    return found


def _wanted(values: tuple[str, ...], output: str, forms: tuple[str, ...]) -> Iterator[Wanted]:
    for value in values:
        form, given, file = value.partition("=")
        if form not in forms:
            raise UsageError(f"there is no report {form}; choose one of {', '.join(forms)}")
        if given and not file:
            raise UsageError(f"--report {value} names no file")
        yield Wanted(form, file or output)


def refuse(found: list[Wanted], *, force: bool) -> None:
    """Refuse files that exist, before anything is done.

    Raises:
        TargetExistsError: one exists, and `force` is not set.
    """
    from aiexchange.exchange.target import refuse_existing

    for each in found:
        refuse_existing(Path(each.file), force=force) if each.file != STDOUT else None


def write_all(filled: list[tuple[Wanted, Report]], tally: Tally, *, force: bool) -> None:
    """Write each report to its file.

    Raises:
        OutputError: one cannot be written.
    """
    for each, report in filled:
        write_report(_writing(report, tally), each.file, force=force)


def _writing(report: Report, tally: Tally) -> Callable[[Any], None]:
    return lambda stream: report.write(stream, tally)


def note(text: str) -> None:
    """Say something about the report on standard error."""
    print(f"aiexchange: {text}", file=sys.stderr)
