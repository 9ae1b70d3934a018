"""`aiexchange diff`."""

from __future__ import annotations

import click

from aiexchange.cli.options import report, write_report


@click.command("diff")
@click.argument("old", type=click.Path(path_type=str))
@click.argument("new", type=click.Path(path_type=str))
@click.option("--old-format", metavar="FORMAT", help="What OLD is; told by its content by default.")
@click.option("--new-format", metavar="FORMAT", help="What NEW is; told by its content by default.")
@report("text", "json")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
def command(
    old: str,
    new: str,
    old_format: str | None,
    new_format: str | None,
    form: str,
    output: str,
    force: bool,
    exit_code: bool,
) -> int:
    """Show what differs between OLD and NEW, record by record, in whatever formats they are.

    Records are paired by record id. The order of sets, white space and mark-up without meaning do
    not count.
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.cli.progress import Progress
    from aiexchange.exchange import diff
    from aiexchange.report import RENDERERS

    notes = Notes()
    with Progress() as progress:
        found = diff(
            old,
            new,
            old_format=old_format,
            new_format=new_format,
            on_finding=progress.also(notes.add),
            tick=progress.tick,
        )
    render = RENDERERS["diff", form]
    write_report(lambda stream: render(found, stream), output, force=force)
    notes.show(old, new)
    return int(exit_code and found.differs)
