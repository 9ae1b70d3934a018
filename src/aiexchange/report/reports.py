"""Reports: the findings of one run in several forms at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Self

from aiexchange.findings import Finding
from aiexchange.model import Entry
from aiexchange.report.filters import Filter
from aiexchange.report.findings import FindingsText
from aiexchange.report.gitb import GitbForm
from aiexchange.report.junit import JunitForm
from aiexchange.report.lines import CsvForm, JsonForm, JsonLinesForm
from aiexchange.report.listing import Form, Listing
from aiexchange.report.markdown import FindingsMarkdown
from aiexchange.report.run import Run, Tally
from aiexchange.report.sarif import SarifForm
from aiexchange.report.shape import Report
from aiexchange.report.words import Words

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
    """Return an empty report in a form: text, markdown, eudb-ack, or one of the listings."""
    if form == "text":
        return FindingsText(examples, words=words, colour=colour, run=run)
    if form == "markdown":
        return FindingsMarkdown(run, words, examples)
    if form == "eudb-ack":
        from aiexchange.report.acknowledging import EudbAcknowledgement

        return EudbAcknowledgement(run)
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
        language: str = "en",
    ) -> None:
        self._reports, self._most, self._language = tuple(reports), most, language
        self._filter = filter or Filter()
        self.tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._reports:
            each.close()

    def entry(self, entry: Entry) -> None:
        """Count an entry, after its findings."""
        self.tally.records += 1
        for each in self._reports:
            each.entry(entry)

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
        said = finding.in_language(self._language)
        for each in self._reports:
            each.add(finding if each.speaks_all else said, listed)
