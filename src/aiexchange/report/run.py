"""Run: what every report says of the check that made it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiexchange import __version__
from aiexchange.findings import Finding, Severity


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was checked, or from which it was converted; with its SHA-256 in hexadecimal."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """A check: by which tool, which law and which rules, of which bytes.

    `fail_on` is the severity from which on a finding fails; None if none does. `time` is when it
    was made, in ISO 8601: only forms that demand it tell it, so that the same input gives the same
    report.
    """

    inputs: tuple[Input, ...]
    legal_version: str
    catalogue_version: str
    fail_on: Severity | None = Severity.VIOLATION
    tool_version: str = __version__
    time: str = field(default_factory=_now)

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding is as bad as what makes the run fail."""
        return self.fail_on is not None and finding.severity.at_least(self.fail_on)

    def as_dict(self) -> dict[str, Any]:
        """Return the run as JSON holds it."""
        return {
            "tool": "aiexchange",
            "tool_version": self.tool_version,
            "legal_version": self.legal_version,
            "catalogue_version": self.catalogue_version,
            "inputs": [{"file": each.file, "sha256": each.sha256} for each in self.inputs],
        }

    def as_row(self) -> dict[str, str]:
        """Return the run as members of a line, for reports that are read line by line."""
        return {
            "tool_version": self.tool_version,
            "legal_version": self.legal_version,
            "catalogue_version": self.catalogue_version,
            "input_sha256": self.inputs[0].sha256,
        }


@dataclass(slots=True)
class Tally:
    """How many findings there are, whether they stand in the report or not."""

    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    omitted: Counter[str] = field(default_factory=Counter)
    """By code, how many are counted alone."""

    records: int = 0
    """How many records were checked."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.severities[Severity.VIOLATION]

    @property
    def worst(self) -> Severity | None:
        """The worst severity."""
        return min(self.severities, key=lambda severity: severity.rank, default=None)

    @property
    def total(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    def summary(self) -> dict[str, int]:
        """Return how many findings there are of each severity."""
        return {severity.value: self.severities[severity] for severity in Severity}
