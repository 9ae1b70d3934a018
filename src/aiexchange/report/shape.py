"""Shape: what every report of findings is, in whatever form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TextIO

from aiexchange.findings import Finding
from aiexchange.model import Entry
from aiexchange.report.run import Tally


class Report(ABC):
    """A report in one form: filled finding by finding, and written at the end."""

    speaks_all = False
    """Whether it holds the words of every language, and takes findings in none in particular."""

    @abstractmethod
    def add(self, finding: Finding, listed: bool = True) -> None:
        """Take a finding; one that is not `listed` is counted alone."""

    def entry(self, entry: Entry) -> None:  # noqa: B027
        """Be told of an entry after its findings; most forms do not ask."""

    @abstractmethod
    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the report."""

    def close(self) -> None:  # noqa: B027
        """Free what it holds on disk; most forms hold nothing there."""
