"""Report: findings, gaps, changes and round trips in the forms in which they are read."""

from collections.abc import Callable

from aiexchange.report import (
    detection,
    diff,
    findings,
    gaps,
    gaps_text,
    ledger,
    matches,
    merging,
    roundtrip,
    serial,
)
from aiexchange.report.filters import Filter, baseline
from aiexchange.report.findings import FindingsText, on_terminal
from aiexchange.report.ledger import LEDGERS, ledger_for
from aiexchange.report.reports import Reports, report
from aiexchange.report.run import Input, Run, Tally
from aiexchange.report.shape import Report
from aiexchange.report.words import words

Renderer = Callable[..., None]
"""`render(report, stream)`: writes a report of its kind to a text stream."""

RENDERERS: dict[tuple[str, str], Renderer] = {
    ("findings", "text"): findings.render_text,
    ("findings", "jsonl"): ledger.render_jsonl,
    ("findings", "csv"): ledger.render_csv,
    ("gaps", "text"): gaps_text.render_text,
    ("gaps", "json"): gaps.render_json,
    ("gaps", "csv"): gaps.render_csv,
    ("diff", "text"): diff.render_text,
    ("diff", "json"): diff.render_json,
    ("roundtrip", "text"): roundtrip.render_text,
    ("roundtrip", "json"): roundtrip.render_json,
    ("merge", "text"): merging.render_text,
    ("merge", "json"): merging.render_json,
    ("merge", "jsonl"): merging.render_jsonl,
    ("merge", "csv"): merging.render_csv,
    ("match", "text"): merging.render_match_text,
    ("match", "json"): serial.write_json,
    ("match", "csv"): matches.render_csv,
    ("detection", "text"): detection.render_text,
    ("detection", "json"): detection.render_json,
}
"""The renderer of each report in each form."""

__all__ = [
    "LEDGERS",
    "RENDERERS",
    "Filter",
    "FindingsText",
    "Input",
    "Renderer",
    "Report",
    "Reports",
    "Run",
    "Tally",
    "baseline",
    "ledger_for",
    "on_terminal",
    "report",
    "words",
]
