"""A gap report as text: what is due, what is missing, and what to do about it."""

from __future__ import annotations

from typing import TextIO

from aiexchange.report.gaps import GapReport
from aiexchange.report.gaps_advice import answers, blocking, closers, next_steps, organisations
from aiexchange.report.gaps_supplied import supplied
from aiexchange.report.gaps_tally import Tally, tally
from aiexchange.report.items_table import items_table
from aiexchange.report.layout import counted, entry, number, paragraphs, table, wrapped
from aiexchange.report.legal_words import reasons, terms

SECTIONS = {
    "A": "the provider registers its high-risk system",
    "B": "the provider registers a system of Annex III that it holds not to be high-risk",
    "C": "the public deployer registers its use of a high-risk system",
    "IX": "a test in real-world conditions outside a sandbox is registered",
}
"""What each section is for (Art. 49(1), 49(2), 49(3) and 60(4)(c))."""

_READINGS = (
    "formal is Art. 49 by the letter, practical the duties it rests on, legacy Art. 111(2): "
    "each is the first day on which any of them binds."
)


def render_text(report: GapReport, stream: TextIO) -> None:
    """Write the report for people; the details of each registration are in CSV and JSON."""
    counts, named = tally(report), terms(report)
    blocks = [
        _headline(report),
        _sections(report, counts),
        _not_due(report),
        blocking(counts, named),
        items_table(report["items"], named),
        closers(counts),
        answers(report, named),
        organisations(report),
        supplied(report),
        next_steps(report, counts),
    ]
    stream.write(paragraphs(blocks))


def _headline(report: GapReport) -> list[str]:
    summary = report["summary"]
    total, ready = summary["registrations"], summary["ready"]
    due = total - summary["not_due"]
    verb = "is" if due == 1 else "are"
    text = f"{counted(total, 'registration')}: {number(due) if due else 'none'} "
    text += f"{verb if due else 'is'} due in the EU database"
    if due:
        text += f", {number(ready) if ready else 'none'} {'are' if ready > 1 else 'is'} ready"
    measured = f"Measured by Annex VIII as it stood on {report['legal_version']}"
    return [*wrapped(f"{text}."), *wrapped(f"{measured}, as of {report['as_of']}.")]


def _sections(report: GapReport, counts: Tally) -> list[str]:
    due = report["summary"]["due"]
    if not any(due.values()):
        return []
    rows = [["section", "due", "in force", "formal", "practical", "legacy"]]
    rows += [
        [section, number(due.get(section, 0)), *counts.dates_of(section)]
        for section in SECTIONS
        if due.get(section)
    ]
    described = [
        line
        for section, purpose in SECTIONS.items()
        if due.get(section)
        for line in entry(f"{section:2}", purpose)
    ]
    return ["What is due, and from when", *table(rows), *described, *wrapped(_READINGS, "  ")]


def _not_due(report: GapReport) -> list[str]:
    total = report["summary"]["not_due"]
    if not total:
        return []
    words, found = reasons(report), report["summary"].get("not_due_reasons", {})
    lines = [f"Why {number(total)} {'is' if total == 1 else 'are'} not due"]
    for code, count in sorted(found.items(), key=lambda reason: (-reason[1], reason[0])):
        lines += entry(f"{number(count):>7}", words.get(code, code), indent=0)
    return lines
