"""`aiexchange merge`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from aiexchange.cli.options import (
    FROM,
    LEGAL_VERSION,
    DateParam,
    fail_on,
    fails,
    report,
    write_report,
)

if TYPE_CHECKING:
    from aiexchange.compare.completing import Completed
    from aiexchange.compare.decisions import PairRow


@click.command("merge")
@click.argument("base", type=click.Path(path_type=str))
@click.argument("overlays", nargs=-1, required=True, type=click.Path(path_type=str))
@click.argument("target", type=click.Path(path_type=str))
@FROM
@click.option("--overlay-format", metavar="FORMAT", help="What the overlays are.")
@click.option("--to", "to_format", metavar="FORMAT", help="What the target is to be.")
@click.option(
    "--matches",
    metavar="FILE",
    help="Pairs to decide about: .csv, .jsonl or .toml. Fill in yes or no, and run it again.",
)
@click.option(
    "--prefer",
    type=click.Choice(["base", "overlay"]),
    default="base",
    show_default=True,
    help="Whose value is kept where the two differ.",
)
@click.option(
    "--stated",
    type=DateParam(),
    metavar="DATE",
    help="The day on which the overlays were stated, where they do not say so; that of the last "
    "change of their file by default.",
)
@LEGAL_VERSION
@report("text", "json", "jsonl", "csv")
@fail_on("violation")
def command(
    base: str,
    overlays: tuple[str, ...],
    target: str,
    from_format: str | None,
    overlay_format: str | None,
    to_format: str | None,
    matches: str | None,
    prefer: str,
    stated: date | None,
    legal_version: str | None,
    form: str,
    output: str,
    force: bool,
    fail_on: str,
) -> int:
    """Complete the registrations of BASE with what OVERLAYs say, and write them to TARGET.

    An overlay is a filled template or any file that the toolkit reads. It completes every record
    of its product. What differs stays as BASE has it, and is reported with both places. Pairs that
    are not certain are not merged: they wait for your word in --matches.

    \b
      aiexchange merge export.csv supplier.xlsx merged.jsonl
      aiexchange merge export.csv answers/*.xlsx merged.xml --matches matches.csv
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.exchange import merge
    from aiexchange.exchange.merging import decisions_of
    from aiexchange.report import RENDERERS
    from aiexchange.report.matches import writer_for

    if target == "-" and output == "-":
        raise click.UsageError("TARGET and the report cannot both be standard output; use -o")
    if matches is not None:
        writer_for(matches)
    decided = _decided(matches)
    notes = Notes()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:

        def keep(field: Completed) -> None:
            kept.write(json.dumps(field.as_dict()) + "\n")

        result = merge(
            base,
            overlays,
            target,
            from_format=from_format,
            overlay_format=overlay_format,
            to_format=to_format,
            decisions=decisions_of(decided),
            prefer=prefer,
            stated=stated.isoformat() if stated else None,
            legal_version=legal_version,
            force=force,
            on_finding=notes.add,
            on_field=keep,
        )
        render, found = RENDERERS["merge", form], result.as_dict()
        write_report(lambda out: render(found, _again(kept), out), output, force=force)
    if matches is not None:
        _tell_matches(matches, decided, result.uncertain)
    notes.show(base, *overlays)
    where = "standard output" if target == "-" else target
    click.echo(f"Written as {result.target_format}: {where}", err=True)
    return int(fails(notes.worst, fail_on))


def _again(kept: IO[str]) -> Iterator[dict[str, Any]]:
    kept.seek(0)
    return map(json.loads, kept)


def _decided(matches: str | None) -> list[PairRow]:
    from aiexchange.errors import InputError
    from aiexchange.report.matches import read_rows

    if matches is None or not Path(matches).exists():
        return []
    try:
        return read_rows(matches, Path(matches).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{matches} cannot be read: {error}") from None


def _tell_matches(matches: str, decided: list[PairRow], uncertain: list[PairRow]) -> None:
    """Write the pairs that nobody has decided about after those that are in the file already."""
    from aiexchange.report.matches import writer_for

    known = {(row.record_id, row.supplied_id) for row in decided}
    found = {(row.record_id, row.supplied_id): row for row in uncertain}
    new = [row for key, row in found.items() if key not in known]
    if new or not Path(matches).exists():
        write = writer_for(matches)
        write_report(lambda out: write([*decided, *new], out), matches, force=True)
    if found:
        print(f"{len(found)} pairs wait for a decision in {matches}.", file=sys.stderr)
