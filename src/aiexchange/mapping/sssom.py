"""SSSOM: mapping tables as they lie in `mappings/`, read and checked."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from aiexchange.errors import MappingError

NO_TERM = "sssom:NoTermFound"
"""The object of a row that says: this field has no canonical counterpart."""

RELATIONS = {
    "skos:exactMatch": "exact",
    "skos:closeMatch": "close",
    "skos:broadMatch": "broad",
    "skos:narrowMatch": "narrow",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One correspondence: a field or a spelling of the register, and what it stands for."""

    subject: str
    """Field of the register, without its prefix."""

    label: str
    """Label of the field, or the exact spelling of a code."""

    relation: str
    """exact, close, broad or narrow."""

    target: str | None
    """Canonical path, or `field:code`; None where there is no counterpart."""

    convert: str
    """Name of the converter; empty in a table of codes."""

    item: str
    """Item of Annex VIII that the field serves; empty if none."""

    comment: str


def rows(path: Path) -> list[Row]:
    """Return the rows of an SSSOM table.

    Raises:
        MappingError: a column is missing or a relation is not one of SKOS.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return [_row(path, row) for row in table]


def _row(path: Path, cells: dict[str, str]) -> Row:
    try:
        return Row(
            subject=cells["subject_id"].partition(":")[2],
            label=cells["subject_label"],
            relation=RELATIONS[cells["predicate_id"]],
            target=_target(cells["object_id"]),
            convert=cells.get("convert") or "",
            item=cells.get("item") or "",
            comment=cells.get("comment") or "",
        )
    except KeyError as missing:
        raise MappingError(f"{path.name}: {missing.args[0]} is missing or unknown") from None


def _target(object_id: str) -> str | None:
    if object_id == NO_TERM:
        return None
    prefix, _, name = object_id.partition(":")
    return name if prefix == "aix" else object_id
