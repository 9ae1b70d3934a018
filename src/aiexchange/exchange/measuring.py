"""Measuring: gaps and findings of a source whose records are shared out among processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from aiexchange import law
from aiexchange.checks.engines import ENGINES
from aiexchange.exchange.dividing import part_of
from aiexchange.exchange.judging import of_entry
from aiexchange.exchange.parallel import Share, blocks
from aiexchange.exchange.source import opened
from aiexchange.findings import Finding


class Counted(NamedTuple):
    """What a block adds to a report of gaps, and what was found on reading it."""

    report: law.Counts
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a file."""

    source: str
    format: str
    legal_version: str
    as_of: date
    keep: bool

    def run(self, share: Share) -> Iterator[Counted]:
        """Yield what each block of a share adds."""
        version = law.legal_version(self.legal_version)
        with opened(self.source, self.format) as found:
            for block in blocks(part_of(found.codec, found.stream, found.options, share)):
                report, findings = law.GapReport(version, self.as_of, self.keep), list[Finding]()
                for entry in block:
                    findings += entry.findings
                    if entry.registration is not None:
                        report.add(entry.registration, entry.origin, entry.findings)
                yield Counted(report.counts(), findings)


@dataclass(frozen=True, slots=True)
class Checks:
    """What the register and the Act find in a file."""

    source: str
    format: str
    rules: str
    legal_version: str

    def run(self, share: Share) -> Iterator[list[list[Finding]]]:
        """Yield the findings of each entry of a block, for each block of a share."""
        version = law.legal_version(self.legal_version)
        with opened(self.source, self.format) as found:
            for block in blocks(part_of(found.codec, found.stream, found.options, share)):
                yield [
                    [*of_entry(entry, self.rules), *ENGINES["python"]([entry], version)]
                    for entry in block
                ]
