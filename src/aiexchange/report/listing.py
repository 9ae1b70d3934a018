"""Listings: reports that hold finding after finding, kept on disk until they can be framed."""

from __future__ import annotations

import shutil
import tempfile
from typing import IO, Protocol, TextIO

from aiexchange.findings import Finding
from aiexchange.report.run import Tally
from aiexchange.report.shape import Report


class Form(Protocol):
    """What a form writes for each finding, between two of them, and around all of them."""

    between: str

    def item(self, finding: Finding) -> str:
        """Return a finding."""

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return what stands before the findings and after them."""


class Listing(Report):
    """A report in such a form: any number of findings takes no memory."""

    def __init__(self, form: Form) -> None:
        self._form, self._empty = form, True
        self._kept: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115

    def add(self, finding: Finding, listed: bool = True) -> None:
        """Take a finding; one that is not `listed` is counted by the tally alone."""
        if not listed:
            return
        self._kept.write(("" if self._empty else self._form.between) + self._form.item(finding))
        self._empty = False

    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the report."""
        before, after = self._form.frame(tally)
        self._kept.seek(0)
        stream.write(before)
        shutil.copyfileobj(self._kept, stream)
        stream.write(after)

    def close(self) -> None:
        """Forget what was kept."""
        self._kept.close()
