"""Words: what the reports of findings say around the findings, in English and Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiexchange.errors import UsageError
from aiexchange.findings import Origin, Severity


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; counted ones come as singular and plural."""

    language: str
    severities: Mapping[Severity, tuple[str, str]]
    places: Mapping[str, str]
    record: tuple[str, str]
    finding: tuple[str, str]
    code: tuple[str, str]
    within: str
    times: str
    more: str
    and_more: str
    further: str
    origin: str
    law: str
    rules: str
    input: str
    title: str
    headings: tuple[str, str, str, str]
    """Of a table of findings: record, place, path, message."""

    omitted: str
    thousands: str

    def severity(self, severity: Severity) -> str:
        """Return the word for one finding of a severity."""
        return self.severities[severity][0]

    def number(self, count: int) -> str:
        """Return a number as people write it: 1,234 or 1.234."""
        return f"{count:,}".replace(",", self.thousands)

    def counted(self, count: int, noun: tuple[str, str]) -> str:
        """Return a number with its noun."""
        return f"{self.number(count)} {noun[count != 1]}"

    def place(self, origin: Origin, *, with_file: bool = True) -> str:
        """Return a place as people name it."""
        return origin.shown(lambda name: self.places[name], with_file=with_file)


ENGLISH = Words(
    language="en",
    severities={
        Severity.VIOLATION: ("violation", "violations"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFO: ("info", "infos"),
    },
    places={name: name for name in ("sheet", "column", "row", "line", "field")},
    record=("record", "records"),
    finding=("finding", "findings"),
    code=("more code", "more codes"),
    within="in",
    times="{count} times",
    more="… and {count} more like this",
    and_more="… and {codes}, {findings}",
    further="Further codes:",
    origin="from",
    law="Annex VIII as of {version}",
    rules="rules {version}",
    input="Input",
    title="Findings",
    headings=("Record", "Place", "Path", "Message"),
    omitted="{count} more findings of this code are not in the report; there are {total}.",
    thousands=",",
)

DUTCH = Words(
    language="nl",
    severities={
        Severity.VIOLATION: ("overtreding", "overtredingen"),
        Severity.WARNING: ("waarschuwing", "waarschuwingen"),
        Severity.INFO: ("opmerking", "opmerkingen"),
    },
    places={
        "sheet": "blad",
        "column": "kolom",
        "row": "rij",
        "line": "regel",
        "field": "veld",
    },
    record=("record", "records"),
    finding=("bevinding", "bevindingen"),
    code=("code meer", "codes meer"),
    within="in",
    times="{count} keer",
    more="… en nog {count} zoals deze",
    and_more="… en {codes}, {findings}",
    further="Verdere codes:",
    origin="uit",
    law="bijlage VIII per {version}",
    rules="regels {version}",
    input="Invoer",
    title="Bevindingen",
    headings=("Record", "Plaats", "Pad", "Melding"),
    omitted="{count} bevindingen met deze code staan niet in het rapport; er zijn er {total}.",
    thousands=".",
)

LANGUAGES = {words.language: words for words in (ENGLISH, DUTCH)}
"""The languages in which findings are reported."""


def words(language: str) -> Words:
    """Return the words of a language.

    Raises:
        UsageError: reports are not written in it.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UsageError(f"reports are not written in {language}; choose one of {known}")
    return LANGUAGES[language]
