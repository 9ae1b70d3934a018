"""Findings as a text that stays short, and as JSON that holds them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from aiexchange.findings import Finding, Severity, conforms
from aiexchange.report.layout import columns, counted, full, number, paragraphs, wrapped
from aiexchange.report.serial import write_json

EXAMPLES = 5
"""Findings of one code that a text shows."""

LINES = 160
"""Lines after which a text names further codes with their number alone."""

_FEW = 10
"""Codes up to which each has all its examples."""

_NAMED = 30
"""Codes that are then still named."""


@dataclass
class _Group:
    """The findings of one code; only the first few are kept."""

    first: Finding
    count: int = 0
    severity: Severity = Severity.INFO
    shown: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding, examples: int) -> None:
        self.count += 1
        self.severity = min(self.severity, finding.severity, key=lambda severity: severity.rank)
        if len(self.shown) < examples:
            self.shown.append(finding)


class FindingsText:
    """Findings by code, the worst and most frequent first, with a summary as last line.

    Any number of findings takes the memory of the few that are shown.
    """

    def __init__(self, examples: int = EXAMPLES) -> None:
        self._examples = examples
        self._groups: dict[str, _Group] = {}
        self._severities: Counter[Severity] = Counter()
        self._seen: set[str | None] = set()

    @property
    def worst(self) -> Severity | None:
        """The worst severity so far."""
        return min(self._severities, key=lambda severity: severity.rank, default=None)

    def add(self, finding: Finding) -> None:
        """Count a finding; the first of its code are kept."""
        self._groups.setdefault(finding.code, _Group(finding)).add(finding, self._examples)
        self._severities[finding.severity] += 1
        self._seen.add(finding.record_id)

    def render(self, stream: TextIO, records: int | None = None) -> None:
        """Write the text; without the number of records the summary counts those with findings."""
        groups = self._groups.values()
        ordered = sorted(groups, key=lambda group: (group.severity.rank, -group.count))
        shown = len(self._seen - {None}) if records is None else records
        summary = _summary(self._severities, shown)
        stream.write(paragraphs([*_blocks(ordered, self._examples), [summary]]))


def render_text(
    findings: Iterable[Finding],
    stream: TextIO,
    *,
    records: int | None = None,
    examples: int = EXAMPLES,
) -> None:
    """Write findings as text, as `FindingsText` does."""
    text = FindingsText(examples)
    for finding in findings:
        text.add(finding)
    text.render(stream, records)


def render_json(findings: Iterable[Finding], stream: TextIO) -> None:
    """Write all findings, with whether the data conforms and how many there are of each severity.

    They come in the order in which they were found.
    """
    listed = list(findings)
    counts = Counter(finding.severity for finding in listed)
    write_json(
        {
            "conforms": conforms(listed),
            "summary": {severity.value: counts[severity] for severity in Severity},
            "findings": [finding.as_dict() for finding in listed],
        },
        stream,
    )


def _blocks(groups: list[_Group], examples: int) -> list[list[str]]:
    """Return the groups in full while there is room; many groups have fewer examples each."""
    blocks: list[list[str]] = []
    room, each = LINES, examples if len(groups) <= _FEW else min(examples, 2)
    for place, group in enumerate(groups):
        block = _block(group, each)
        room -= len(block) + 1
        if room < 0 and place:
            return [*blocks, _rest(groups[place:])]
        blocks.append(block)
    return blocks


def _block(group: _Group, examples: int) -> list[str]:
    first, shown = group.first, group.shown[:examples]
    alike = all(finding.message == first.message for finding in shown)
    lines = columns(_heading(group), "")
    lines += wrapped(first.message, "  ") if alike else []
    lines += wrapped(first.mend, "  ") if first.mend else []
    lines += wrapped(first.basis, "  ") if first.basis else []
    for finding in shown:
        lines += _example(finding)
        lines += [] if alike else wrapped(finding.message, "      ")
    if more := group.count - len(shown):
        lines.append(f"    … and {number(more)} more like this")
    return lines


def _heading(group: _Group) -> list[str]:
    times = [f"{number(group.count)} times"] if group.count > 1 else []
    return [group.severity.value, group.first.code, *times]


def _example(finding: Finding) -> list[str]:
    place = str(finding.origin) if finding.origin else ""
    cells = [finding.record_id or "", place, finding.path or ""]
    return columns(cells, "    ")


def _rest(groups: list[_Group]) -> list[str]:
    lines = ["Further codes:"]
    for group in groups[:_NAMED]:
        lines += columns([f"{group.severity.value:9}", group.first.code, number(group.count)], "  ")
    if more := groups[_NAMED:]:
        total = sum(group.count for group in more)
        lines += full(f"… and {counted(len(more), 'more code')}, {counted(total, 'finding')}", "  ")
    return lines


def _summary(counts: Counter[Severity], records: int) -> str:
    parts = (counted(counts[severity], severity.value) for severity in Severity)
    return ", ".join(parts) + (f" in {counted(records, 'record')}" if records else "")
