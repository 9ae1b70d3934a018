"""Losses: what a register's record could not hold of a registration."""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange.compare.diff import changes
from aiexchange.findings import Finding, Severity
from aiexchange.model import Registration

_BY_REGISTER = frozenset(("source.register", "source.page", "source.layout"))


def losses(before: Registration, after: Registration) -> Iterator[Finding]:
    """Yield what a registration says and the registration of its record does not.

    What is derived is no loss: it follows from what is there. A value that the record holds in
    another form is told apart from one that it has no field for.
    """
    for change in changes(before, after):
        if change.before is None or change.path in _BY_REGISTER:
            continue
        code = "loss.no-term" if change.after is None else "loss.changed"
        yield Finding(
            code,
            Severity.WARNING,
            _MESSAGE[code].format(path=change.path),
            path=change.path,
            mend="Keep the registrations as JSON Lines or XML beside it; they hold everything.",
        )


_MESSAGE = {
    "loss.no-term": "The register has no field for {path}; it is left out.",
    "loss.changed": "The register cannot hold {path} as it is; its record says something else.",
}
