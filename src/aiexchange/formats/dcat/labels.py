"""Labels: the words for our terms in English and Dutch, and what they map to elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from aiexchange.resources import data_folder


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its labels, and how it maps to terms of others."""

    term: str
    label_en: str
    label_nl: str
    mappings: str


@cache
def terms() -> Mapping[str, Term]:
    """Return the terms with their labels, ours and the carriers from vocabularies of others."""
    file = data_folder("schemas") / "dcat" / "terms.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["term"]: Term(**row) for row in csv.DictReader(lines)}
