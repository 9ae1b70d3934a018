"""Reports: the findings of one run in several forms at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, Self, TextIO

from aiexchange.findings import Finding
from aiexchange.report.filters import Filter
from aiexchange.report.findings import FindingsText
from aiexchange.report.gitb import GitbForm
from aiexchange.report.junit import JunitForm
from aiexchange.report.lines import CsvForm, JsonForm, JsonLinesForm
from aiexchange.report.listing import Form, Listing
from aiexchange.report.markdown import FindingsMarkdown
from aiexchange.report.run import Run, Tally
from aiexchange.report.sarif import SarifForm
from aiexchange.report.words import Words


class Report(Protocol):
    """A report in one form, filled finding by finding and written at the end."""

    def add(self, finding: Finding, listed: bool = True) -> None:
        """Take a finding; one that is not `listed` is counted alone."""

    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the report."""

    def close(self) -> None:
        """Free what it holds."""


LISTINGS: dict[str, Callable[[Run, Words], Form]] = {
    "json": JsonForm,
    "jsonl": JsonLinesForm,
    "csv": CsvForm,
    "sarif": SarifForm,
    "junit": JunitForm,
    "gitb": GitbForm,
}
"""Forms that hold finding after finding; text and Markdown hold examples by code."""


def report(
    form: str, run: Run, words: Words, *, examples: int | None = None, colour: bool = False
) -> Report:
    """Return an empty report in a form: text, markdown, or one of the listings."""
    if form == "text":
        return FindingsText(examples, words=words, colour=colour, run=run)
    if form == "markdown":
        return FindingsMarkdown(run, words, examples)
    return Listing(LISTINGS[form](run, words))


class Reports:
    """Gives each finding to several reports, and counts them all.

    It is closed at the end of a `with`. `most` caps the findings of one code that a report lists;
    the counts stay honest.
    """

    def __init__(
        self,
        reports: Iterable[Report],
        *,
        filter: Filter | None = None,
        most: int | None = None,
    ) -> None:
        self._reports, self._most = tuple(reports), most
        self._filter = filter or Filter()
        self.tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._reports:
            each.close()

    def add(self, finding: Finding) -> None:
        """Take a finding, unless the filter holds it back."""
        if not self._filter.passes(finding):
            return
        tally = self.tally
        tally.codes[finding.code] += 1
        tally.severities[finding.severity] += 1
        listed = self._most is None or tally.codes[finding.code] <= self._most
        if not listed:
            tally.omitted[finding.code] += 1
        for each in self._reports:
            each.add(finding, listed)
