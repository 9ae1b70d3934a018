"""`aiexchange template`."""

from __future__ import annotations

import click
from click.core import ParameterSource

from aiexchange.cli.options import FORCE, LEGAL_VERSION


@click.group("template")
def command() -> None:
    """Make templates for suppliers, and for bodies that use their systems.

    A template that was filled in is a source like any other: gaps, check, diff, convert and merge
    read it.
    """


@command.command("new")
@click.argument("target", type=click.Path(path_type=str))
@click.option(
    "--section",
    type=click.Choice(["A", "B", "C", "IX"]),
    help="Section of Annex VIII, or Annex IX; A by default, C for deployers.",
)
@click.option(
    "--for",
    "kind",
    type=click.Choice(["supplier", "deployer"]),
    help="Who fills it in: a supplier, a sheet for each system (the default), or a body that uses "
    "systems, a row for each registration.",
)
@click.option(
    "--organisations",
    is_flag=True,
    help="One row for each body: address, contact and submitter for all its registrations.",
)
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="en",
    show_default=True,
    help="Language of the questions.",
)
@click.option("--from", "source", metavar="SOURCE", help="Fill in what a source holds already.")
@click.option(
    "--systems",
    type=click.IntRange(1, 200),
    default=1,
    show_default=True,
    help="How many systems an empty template has sheets for.",
)
@LEGAL_VERSION
@FORCE
def new(
    target: str,
    section: str | None,
    kind: str | None,
    organisations: bool,
    lang: str,
    source: str | None,
    systems: int,
    legal_version: str | None,
    force: bool,
) -> None:
    """Make TARGET, an empty or pre-filled template: .xlsx, .csv, .json or .yaml.

    \b
      aiexchange template new supplier.xlsx --lang nl
      aiexchange template new ours.xlsx --for deployer --from export.csv
      aiexchange template new bodies.xlsx --organisations --from export.csv
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.errors import UsageError
    from aiexchange.exchange import new_template

    if organisations and kind is not None:
        raise UsageError("--organisations is a template of its own; leave --for out")
    chosen = "organisations" if organisations else kind or ("deployer" if section == "C" else "")
    chosen = chosen or "supplier"
    given = click.get_current_context().get_parameter_source("systems")
    if source is not None and given is ParameterSource.COMMANDLINE:
        raise UsageError("--systems counts empty forms; --from makes one for each product")
    notes = Notes()
    filled = new_template(
        target,
        kind=chosen,
        section=section or ("A" if chosen == "supplier" else "C"),
        language=lang,
        source=source,
        copies=systems,
        legal_version=legal_version,
        force=force,
        on_finding=notes.add,
    )
    if source is not None:
        notes.show(source)
        click.echo(f"Filled in from {filled} registrations.", err=True)
    click.echo(f"Written: {target}", err=True)
