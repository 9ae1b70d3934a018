"""Findings as Markdown, for the page of a pull request: by code, each with a table of examples."""

from __future__ import annotations

from typing import TextIO

from aiexchange.findings import Finding
from aiexchange.report.findings import summarised
from aiexchange.report.groups import Group, Groups
from aiexchange.report.markup import markdown
from aiexchange.report.run import Run, Tally
from aiexchange.report.shape import Report
from aiexchange.report.words import Words

EXAMPLES = 10
"""Findings of one code that are shown."""


class FindingsMarkdown(Report):
    """Findings by code, the worst and most frequent first; memory holds those that are shown."""

    def __init__(self, run: Run, words: Words, examples: int | None) -> None:
        self._run, self._words = run, words
        self._groups = Groups(EXAMPLES if examples is None else examples)

    def add(self, finding: Finding, listed: bool = True) -> None:
        """Count a finding; the first of its code are kept."""
        self._groups.add(finding)

    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the report."""
        stream.write(f"# {self._words.title}: {markdown(self._run.inputs[0].file)}\n\n")
        stream.write(f"{summarised(tally.severities, tally.records, self._words)}\n")
        for group in self._groups.ordered():
            stream.write("\n" + "\n".join(self._group(group)) + "\n")
        stream.write("\n---\n\n" + "\n".join(self._facts()) + "\n")

    def _facts(self) -> list[str]:
        law = self._words.law.format(version=self._run.legal_version)
        rules = self._words.rules.format(version=self._run.catalogue_version)
        inputs = [
            f"- {self._words.input}: {markdown(each.file)}, SHA-256 `{each.sha256}`"
            for each in self._run.inputs
        ]
        return [f"- aiexchange {self._run.tool_version}", f"- {law}, {rules}", *inputs]

    def _group(self, group: Group) -> list[str]:
        times = self._words.times.format(count=self._words.number(group.count))
        first = group.first
        mend = first.mend if group.mended_alike else None
        told = (first.message if group.alike else None, mend, first.basis)
        heading = f"## {self._words.severity(group.severity)}: {markdown(first.code)} ({times})"
        lines = [heading, "", *(markdown(text) + "\n" for text in told if text)]
        columns = self._words.headings[: 3 if group.alike else 4]
        lines += [_row(columns), _row(["---"] * len(columns))]
        lines += [_row(self._cells(each)[: len(columns)]) for each in group.shown]
        if more := group.count - len(group.shown):
            lines += ["", self._words.more.format(count=self._words.number(more))]
        return lines

    def _cells(self, finding: Finding) -> list[str]:
        place = self._words.place(finding.origin) if finding.origin else ""
        if finding.source is not None:
            place += f" ({self._words.origin} {self._words.place(finding.source)})"
        said = (finding.record_id or "", place, finding.path or "", finding.message)
        return [markdown(text) for text in said]


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
