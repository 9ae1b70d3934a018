"""Where samples and the shared real data lie; tests skip what is absent."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "nl-algoritmeregister" / "1.0"
EXPORT = SAMPLES / "export.csv"
DATA = ROOT.parent / "shared" / "data"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

REAL_CSV = (
    DATA / "nl" / "records" / "Algoritmebeschrijvingen-2024-05-02.csv",
    DATA / "nl" / "mock-csv" / "algoritmeregister_v100_entry.csv",
)
"""Real exports of standard 1.0."""


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def by_content(path: Path) -> list[list[tuple[str, str]]]:
    """Return the rows of a CSV file in an order that depends on their content alone."""
    return sorted(sorted(row.items()) for row in rows(path))
