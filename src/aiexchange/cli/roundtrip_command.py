"""`aiexchange roundtrip`."""

from __future__ import annotations

import click

from aiexchange.cli.options import FROM, SOURCE, report, write_report


@click.command("roundtrip")
@SOURCE
@click.option(
    "--via",
    multiple=True,
    metavar="FORMAT",
    help="Format to go through, such as eudb-xml, dcat, ntriples or jsonl; may be given several "
    "times. All formats by default.",
)
@FROM
@report("text", "json")
def command(
    source: str,
    via: tuple[str, ...],
    from_format: str | None,
    form: str,
    output: str,
    force: bool,
) -> int:
    """Take SOURCE through a format and back, and show every value that did not come back.

    The records of a register are compared value by value, as its export holds them. The exit code
    is 1 if anything was lost.
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.cli.progress import Progress
    from aiexchange.exchange import roundtrip
    from aiexchange.report import RENDERERS

    notes = Notes()
    with Progress() as progress:
        found = roundtrip(
            source,
            via=via,
            format=from_format,
            on_finding=progress.also(notes.add),
            tick=progress.tick,
        )
    render = RENDERERS["roundtrip", form]
    write_report(lambda stream: render(found, stream), output, force=force)
    notes.show(source)
    return int(not all(each.is_exact for each in found))
