"""Groups: findings gathered by code and severity, of which only the first few are kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from aiexchange.findings import Finding, Severity


@dataclass
class Group:
    """The findings of one code and severity; only the first few are kept."""

    first: Finding
    count: int = 0
    severity: Severity = Severity.INFO
    shown: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding, examples: int) -> None:
        """Count a finding, and keep it while there are few."""
        self.count += 1
        self.severity = min(self.severity, finding.severity, key=lambda severity: severity.rank)
        if len(self.shown) < examples:
            self.shown.append(finding)

    @property
    def alike(self) -> bool:
        """Whether the findings that are kept say the same."""
        return all(finding.message == self.first.message for finding in self.shown)

    @property
    def mended_alike(self) -> bool:
        """Whether the findings that are kept are mended in the same way."""
        return all(finding.mend == self.first.mend for finding in self.shown)


class Groups:
    """Findings by code and severity, in the memory of the few of each that are kept."""

    def __init__(self, examples: int) -> None:
        self._examples = examples
        self._groups: dict[tuple[str, Severity], Group] = {}
        self.severities: Counter[Severity] = Counter()

    @property
    def worst(self) -> Severity | None:
        """The worst severity so far."""
        return min(self.severities, key=lambda severity: severity.rank, default=None)

    def add(self, finding: Finding) -> None:
        """Count a finding; the first of its code are kept."""
        key = finding.code, finding.severity
        self._groups.setdefault(key, Group(finding)).add(finding, self._examples)
        self.severities[finding.severity] += 1

    def ordered(self) -> list[Group]:
        """Return the groups, the worst first, then the most frequent."""
        return sorted(self._groups.values(), key=lambda each: (each.severity.rank, -each.count))
