"""Interchange between national algorithm registers and the EU database of the AI Act."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiexchange.compare import Change, DiffReport, RoundTripReport
    from aiexchange.errors import AiexchangeError, InputError, OutputError, UsageError
    from aiexchange.exchange import (
        AcknowledgeResult,
        ConvertResult,
        Detection,
        MatchReport,
        MergeReport,
        WriteResult,
        acknowledge,
        check,
        convert,
        detect,
        diff,
        gaps,
        match,
        merge,
        read,
        roundtrip,
        to_graph,
        upgrade,
        write,
    )
    from aiexchange.findings import Finding, Origin, Severity
    from aiexchange.law import Duty, Gap, GapReport
    from aiexchange.model import Entry, Registration

__version__ = "0.1.0"

_HOMES = {
    "compare": ("Change", "DiffReport", "RoundTripReport"),
    "errors": ("AiexchangeError", "InputError", "OutputError", "UsageError"),
    "exchange": (
        "AcknowledgeResult",
        "ConvertResult",
        "Detection",
        "MatchReport",
        "MergeReport",
        "WriteResult",
        "acknowledge",
        "check",
        "convert",
        "detect",
        "diff",
        "gaps",
        "match",
        "merge",
        "read",
        "roundtrip",
        "to_graph",
        "upgrade",
        "write",
    ),
    "findings": ("Finding", "Origin", "Severity"),
    "law": ("Duty", "Gap", "GapReport"),
    "model": ("Entry", "Registration"),
}

__all__ = [
    "AcknowledgeResult",
    "AiexchangeError",
    "Change",
    "ConvertResult",
    "Detection",
    "DiffReport",
    "Duty",
    "Entry",
    "Finding",
    "Gap",
    "GapReport",
    "InputError",
    "MatchReport",
    "MergeReport",
    "Origin",
    "OutputError",
    "Registration",
    "RoundTripReport",
    "Severity",
    "UsageError",
    "WriteResult",
    "acknowledge",
    "check",
    "convert",
    "detect",
    "diff",
    "gaps",
    "match",
    "merge",
    "read",
    "roundtrip",
    "to_graph",
    "upgrade",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used; the command line starts faster for it."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"aiexchange.{home}"), name)
    raise AttributeError(f"module aiexchange has no attribute {name}")
