"""Notes: what a command says on standard error about the reading of its source."""

from __future__ import annotations

import sys
from collections import Counter

import click

from aiexchange.findings import Finding, Severity
from aiexchange.report import FindingsText
from aiexchange.report.layout import counted


class Notes:
    """Findings of reading: the violations are shown, the others counted."""

    def __init__(self) -> None:
        self._violations = FindingsText(examples=3)
        self._others: Counter[Severity] = Counter()

    @property
    def worst(self) -> Severity | None:
        """The worst severity so far."""
        found = [self._violations.worst, *self._others]
        return min((each for each in found if each), key=lambda each: each.rank, default=None)

    def add(self, finding: Finding) -> None:
        """Take a finding."""
        if finding.severity is Severity.VIOLATION:
            self._violations.add(finding)
        else:
            self._others[finding.severity] += 1

    def show(self, *sources: str) -> None:
        """Say what was found, if anything was, and how all of it is seen: one source at a time."""
        if self._violations.worst:
            self._violations.render(sys.stderr)
        if self._others:
            what = " and ".join(
                counted(self._others[each], each.value) for each in Severity if self._others[each]
            )
            files = " and ".join(f"aiexchange check {each}" for each in sources if each != "-")
            click.echo(f"Also {what} on reading{files and f'; to see all: {files}'}.", err=True)
