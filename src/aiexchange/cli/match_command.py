"""`aiexchange match`."""

from __future__ import annotations

import click

from aiexchange.cli.options import report, write_report


@click.command("match")
@click.argument("left", metavar="A", type=click.Path(path_type=str))
@click.argument("right", metavar="B", type=click.Path(path_type=str))
@click.option("--a-format", metavar="FORMAT", help="What A is; told by its content by default.")
@click.option("--b-format", metavar="FORMAT", help="What B is; told by its content by default.")
@report("text", "json", "csv")
def command(
    left: str,
    right: str,
    a_format: str | None,
    b_format: str | None,
    form: str,
    output: str,
    force: bool,
) -> int:
    """Show which registrations of A and B speak of the same record, product or body.

    Shared identifiers decide; else the names of supplier and product, or of body and record. The
    CSV is a matches file: fill in yes or no, and hand it to merge --matches.
    """
    from aiexchange.cli.notes import Notes
    from aiexchange.exchange import match
    from aiexchange.report import RENDERERS

    notes = Notes()
    found = match(
        left, right, left_format=a_format, right_format=b_format, on_finding=notes.add
    ).as_dict()
    render = RENDERERS["match", form]
    write_report(lambda out: render(found, out), output, force=force)
    notes.show(left, right)
    return 0
