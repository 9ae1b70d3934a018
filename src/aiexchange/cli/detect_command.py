"""`aiexchange detect`."""

from __future__ import annotations

import click

from aiexchange.cli.options import FROM, report, write_report


@click.command("detect")
@click.argument("file", type=click.Path(path_type=str))
@FROM
@report("text", "json")
def command(file: str, from_format: str | None, form: str, output: str, force: bool) -> None:
    """Say what FILE is: register, versions, transport, encoding, languages, records.

    And what in it does not fit: names that the register does not know, values that cannot be read.
    """
    from aiexchange.exchange import detect
    from aiexchange.report import RENDERERS

    found = detect(file, format=from_format).as_dict()
    render = RENDERERS["detection", form]
    write_report(lambda stream: render(found, stream), output, force=force)
