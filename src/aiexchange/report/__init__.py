"""Report: findings, gaps, changes and round trips as text, JSON and CSV, written to a stream."""

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
from aiexchange.report.findings import FindingsText
from aiexchange.report.ledger import LEDGERS, ledger_for

Renderer = Callable[..., None]
"""`render(report, stream)`: writes a report of its kind to a text stream."""

RENDERERS: dict[tuple[str, str], Renderer] = {
    ("findings", "text"): findings.render_text,
    ("findings", "json"): findings.render_json,
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

__all__ = ["LEDGERS", "RENDERERS", "FindingsText", "Renderer", "ledger_for"]
