"""`aiexchange explain`."""

from __future__ import annotations

import click

from aiexchange.cli.options import LEGAL_VERSION
from aiexchange.errors import UsageError


@click.command("explain")
@click.argument("name")
@LEGAL_VERSION
def command(name: str, legal_version: str | None) -> None:
    """Explain NAME: an item of Annex VIII or IX (C-3), or the code of a finding.

    \b
      aiexchange explain A-11
      aiexchange explain annex-viii.C-3.missing
      aiexchange explain csv.row-width
    """
    from aiexchange.report.explain import explain

    text = explain(name, legal_version)
    if text is None:
        from aiexchange import law

        for other in law.legal_versions():
            if explain(name, other) is not None:
                raise UsageError(f"{name} is of another version: add --legal-version {other}")
        raise UsageError(f"there is no item and no finding {name}; see aiexchange list items")
    click.echo(text, nl=False)
