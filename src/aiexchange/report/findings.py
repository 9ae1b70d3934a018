"""Findings as a text that stays short: by code, the worst and most frequent first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.report.groups import Group, Groups
from aiexchange.report.layout import columns, full, paragraphs, wrapped
from aiexchange.report.run import Run, Tally
from aiexchange.report.shape import Report
from aiexchange.report.words import ENGLISH, Words

EXAMPLES = 5
"""Findings of one code that a text shows."""

LINES = 160
"""Lines after which a text names further codes with their number alone."""

_FEW = 10
"""Codes up to which each has all its examples."""

_NAMED = 30
"""Codes that are then still named."""

_COLOURS = {
    Severity.VIOLATION: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_PLAIN = "\x1b[0m"


def on_terminal(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal on which colours are welcome (no `NO_COLOR`)."""
    unwelcome = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not unwelcome


class FindingsText(Report):
    """Findings by code, the worst and most frequent first, with a summary as last line.

    Any number of findings takes the memory of the few that are shown. `colour` puts the severities
    in colour; by default it does where the stream is a terminal.
    """

    def __init__(
        self,
        examples: int | None = None,
        *,
        words: Words = ENGLISH,
        colour: bool | None = None,
        run: Run | None = None,
    ) -> None:
        self._words, self._colour, self._run = words, colour, run
        self._examples = EXAMPLES if examples is None else examples
        self._lines = LINES if examples is None or examples <= EXAMPLES else None
        self._groups = Groups(self._examples)
        self._seen: set[str] | None = set() if run is None else None

    @property
    def worst(self) -> Severity | None:
        """The worst severity so far."""
        return self._groups.worst

    def add(self, finding: Finding, listed: bool = True) -> None:
        """Count a finding; the first of its code are kept."""
        self._groups.add(finding)
        if self._seen is not None and finding.record_id is not None:
            self._seen.add(finding.record_id)

    def write(self, stream: TextIO, tally: Tally) -> None:
        """Write the text as a report."""
        self.render(stream, tally.records)

    def render(self, stream: TextIO, records: int | None = None) -> None:
        """Write the text; without the number of records the summary counts those with findings."""
        shown = len(self._seen or ()) if records is None else records
        summary = summarised(self._groups.severities, shown, self._words)
        colour = on_terminal(stream) if self._colour is None else self._colour
        blocks = self._blocks(self._groups.ordered())
        about = facts(self._run, self._words) if self._run else []
        text = paragraphs([*(block for _, block in blocks), [*about, summary]])
        stream.write(
            _coloured(text, [group for group, _ in blocks], self._words) if colour else text
        )

    def _blocks(self, groups: list[Group]) -> list[tuple[Group | None, list[str]]]:
        """Return the groups in full while there is room; many groups have fewer examples each."""
        blocks: list[tuple[Group | None, list[str]]] = []
        few = self._lines is None or len(groups) <= _FEW
        room, each = self._lines or 0, self._examples if few else min(self._examples, 2)
        for place, group in enumerate(groups):
            block = self._block(group, each)
            room -= len(block) + 1
            if self._lines is not None and room < 0 and place:
                return [*blocks, (None, _rest(groups[place:], self._words))]
            blocks.append((group, block))
        return blocks

    def _block(self, group: Group, examples: int) -> list[str]:
        first, shown = group.first, group.shown[:examples]
        lines = columns(_heading(group, self._words), "")
        lines += wrapped(first.message, "  ") if group.alike else []
        lines += wrapped(first.mend, "  ") if first.mend and group.mended_alike else []
        lines += wrapped(first.basis, "  ") if first.basis else []
        for finding in shown:
            lines += self._example(finding)
            lines += [] if group.alike else wrapped(finding.message, "      ")
            own = finding.mend and not group.mended_alike
            lines += wrapped(finding.mend or "", "      ") if own else []
        if more := group.count - len(shown):
            lines.append(f"    {self._words.more.format(count=self._words.number(more))}")
        return lines

    def _example(self, finding: Finding) -> list[str]:
        place = self._place(finding.origin) if finding.origin else ""
        lines = columns([finding.record_id or "", place, finding.path or ""], "    ")
        if finding.source is not None:
            place = f"{self._words.origin} {self._words.place(finding.source)}"
            lines += columns([place], "      ")
        return lines

    def _place(self, origin: Origin) -> str:
        """Return a place; the file is not told again where the run has but one."""
        inputs = self._run.inputs if self._run else ()
        alone = len(inputs) == 1 and inputs[0].file == origin.file
        known = alone and (origin.row or origin.line or origin.sheet)
        return self._words.place(origin, with_file=not known)


def render_text(
    findings: Iterable[Finding],
    stream: TextIO,
    *,
    records: int | None = None,
    examples: int | None = None,
) -> None:
    """Write findings as text, as `FindingsText` does."""
    text = FindingsText(examples)
    for finding in findings:
        text.add(finding)
    text.render(stream, records)


def facts(run: Run, words: Words) -> list[str]:
    """Return what a text says of its run, in lines."""
    law = words.law.format(version=run.legal_version)
    rules = words.rules.format(version=run.catalogue_version)
    lines = wrapped(f"aiexchange {run.tool_version}, {law}, {rules}")
    for each in run.inputs:
        lines += columns([f"{words.input}: {each.file}", f"SHA-256 {each.sha256}"], "")
    return lines


def summarised(counts: Counter[Severity], records: int, words: Words) -> str:
    """Return how many findings there are of each severity, in how many records."""
    parts = (words.counted(counts[each], words.severities[each]) for each in Severity)
    within = f" {words.within} {words.counted(records, words.record)}" if records else ""
    return ", ".join(parts) + within


def _coloured(text: str, groups: list[Group | None], words: Words) -> str:
    """Put the severity at the head of each block in colour."""
    blocks = text.split("\n\n")
    for place, group in enumerate(groups):
        if group is not None:
            word = words.severity(group.severity)
            painted = f"{_COLOURS[group.severity]}{word}{_PLAIN}"
            blocks[place] = blocks[place].replace(word, painted, 1)
    return "\n\n".join(blocks)


def _heading(group: Group, words: Words) -> list[str]:
    times = [words.times.format(count=words.number(group.count))] if group.count > 1 else []
    return [words.severity(group.severity), group.first.code, *times]


def _rest(groups: list[Group], words: Words) -> list[str]:
    lines = [words.further]
    width = max(len(words.severity(each)) for each in Severity)
    for group in groups[:_NAMED]:
        severity = words.severity(group.severity).ljust(width)
        lines += columns([severity, group.first.code, words.number(group.count)], "  ")
    if more := groups[_NAMED:]:
        total = sum(group.count for group in more)
        codes = words.counted(len(more), words.code)
        findings = words.counted(total, words.finding)
        lines += full(words.and_more.format(codes=codes, findings=findings), "  ")
    return lines
