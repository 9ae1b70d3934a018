"""Context: what the rules of one record share while it is mapped."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiexchange.findings import Finding, Severity


class OwnName(str):
    """The name of the body itself, where a record says no more than that it is its own supplier."""

    __slots__ = ()


@dataclass(slots=True)
class Context:
    """The record's language and body, the shape of its transport, and the findings made so far.

    A `flat` transport holds lists as one string, as CSV and spreadsheets do. `strict` texts are
    those of the language alone; others stand in for it only where nothing is said about languages.
    Texts of an undetermined language stand in always, but for those of a `translation`.
    """

    register: str
    language: str = "und"
    organisation: str | None = None
    flat: bool = True
    strict: bool = False
    translation: bool = False
    findings: list[Finding] = field(default_factory=list)

    def warn(self, code: str, path: str, message: str, mend: str) -> None:
        """Add a warning about a field; what it says is kept, so nothing is lost."""
        self.findings.append(
            Finding(
                code=f"{self.register}.{code}",
                severity=Severity.WARNING,
                message=message,
                path=path,
                mend=mend,
            )
        )
