"""Code lists: the codes of the canonical model with labels and IRIs, from `schemas/codelists/`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from aiexchange.errors import UsageError
from aiexchange.resources import data_folder


class UnknownCodelistError(UsageError):
    """No code list of that name is shipped."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its label in English and Dutch, and the IRI that stands for it in RDF."""

    code: str
    label_en: str
    label_nl: str
    iri: str


def codelists() -> list[str]:
    """Return the names of the code lists that are shipped, sorted."""
    return sorted(path.stem for path in _folder().glob("*.csv"))


@cache
def codelist(name: str) -> Mapping[str, Code]:
    """Return a code list, code by code in its own order.

    Raises:
        UnknownCodelistError: no code list has that name.
    """
    if name not in codelists():
        raise UnknownCodelistError(f"no code list {name}; there are {', '.join(codelists())}")
    with (_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return MappingProxyType({row["code"]: Code(**row) for row in csv.DictReader(lines)})


def _folder() -> Path:
    return data_folder("schemas") / "codelists"
