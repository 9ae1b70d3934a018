"""Findings as JSON and line by line, as JSONL and CSV: for programs and spreadsheets."""

from __future__ import annotations

import io
from typing import Any

from aiexchange.findings import Finding
from aiexchange.report.ledger import COLUMNS
from aiexchange.report.run import Run, Tally
from aiexchange.report.serial import indented, to_json, write_csv
from aiexchange.report.words import Words

_RUN_COLUMNS = ("tool_version", "legal_version", "catalogue_version", "input_sha256")
_SOURCE = ("file", "sheet", "row", "line", "column", "field")
TABLE = (
    *COLUMNS,
    "sheet",
    "column",
    "field",
    *(f"source_{name}" for name in _SOURCE),
    "fingerprint",
    *_RUN_COLUMNS,
)
"""Columns of a report as CSV: those of a ledger first."""


def reported(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON holds it, with the fingerprint by which a baseline knows it."""
    return {**finding.as_dict(), "fingerprint": finding.fingerprint}


class JsonForm:
    """One document: whether the data conform, how many findings there are, the run, all findings.

    The findings come in the order in which they were found.
    """

    between = ",\n"

    def __init__(self, run: Run, words: Words) -> None:
        self._run = run

    def item(self, finding: Finding) -> str:
        """Return a finding as a member of the list."""
        return indented(to_json(reported(finding), indent=2), "    ")

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return the document around the list."""
        members: dict[str, Any] = {
            "conforms": tally.conforms,
            "summary": tally.summary(),
            "records": tally.records,
            "run": self._run.as_dict(),
        }
        if tally.omitted:
            members["omitted"] = dict(tally.omitted)
        before = to_json(members, indent=2).removesuffix("\n}")
        listed = tally.total > tally.omitted.total()
        opening, closing = ("[\n", "\n  ]\n}\n") if listed else ("[", "]\n}\n")
        return f'{before},\n  "findings": {opening}', closing


class JsonLinesForm:
    """One object for each finding, which names the run too."""

    between = ""

    def __init__(self, run: Run, words: Words) -> None:
        self._run = run.as_row()
        self._words = words

    def item(self, finding: Finding) -> str:
        """Return a finding on its line."""
        return self._line(reported(finding))

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return a line for each code of which findings are left out."""
        return "", "".join(self._line(each) for each in left_out(tally, self._words))

    def _line(self, members: dict[str, Any]) -> str:
        return to_json({**members, **self._run}) + "\n"


class CsvForm:
    """One row for each finding, which names the run too."""

    between = ""

    def __init__(self, run: Run, words: Words) -> None:
        self._run = run.as_row()
        self._words = words

    def item(self, finding: Finding) -> str:
        """Return a finding as a row."""
        members = reported(finding)
        source = members.pop("source", {})
        return self._row({**members, **{f"source_{name}": each for name, each in source.items()}})

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return the heading, and a row for each code of which findings are left out."""
        rows = "".join(self._row(each) for each in left_out(tally, self._words))
        return _table({}).partition("\n")[0] + "\n", rows

    def _row(self, members: dict[str, Any]) -> str:
        return _table({**members, **self._run}).partition("\n")[2]


def _table(row: dict[str, Any]) -> str:
    stream = io.StringIO()
    write_csv(TABLE, [row], stream)
    return stream.getvalue()


def left_out(tally: Tally, words: Words) -> list[dict[str, Any]]:
    """Return a line for each code of which findings are counted alone."""
    return [
        {
            "code": "report.omitted",
            "severity": "info",
            "path": code,
            "message": words.omitted.format(
                count=words.number(count), total=words.number(tally.codes[code])
            ),
        }
        for code, count in tally.omitted.items()
    ]
