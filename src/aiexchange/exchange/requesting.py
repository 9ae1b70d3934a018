"""Requesting: one workbook for each supplier, with what only it can answer."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiexchange import law, templates
from aiexchange.compare import names
from aiexchange.errors import OutputError
from aiexchange.exchange.counting import Sink
from aiexchange.exchange.source import Source
from aiexchange.exchange.target import refuse_existing, replacing
from aiexchange.exchange.templating import newest
from aiexchange.model import Registration, SectionCode

NOBODY = "supplier-not-named"
"""The name of the workbook for systems whose supplier no record names."""


@dataclass(frozen=True, slots=True)
class Request:
    """A workbook for one supplier: its file, how many products it asks about, for how many uses."""

    supplier: str | None
    section: str
    path: Path
    products: int
    registrations: int


def request_suppliers(
    source: Source,
    folder: str | Path,
    *,
    language: str = "en",
    format: str | None = None,
    legal_version: str | None = None,
    as_of: date | None = None,
    force: bool = False,
    on_finding: Sink | None = None,
) -> list[Request]:
    """Write one pre-filled workbook for each supplier of systems that are due, and say which.

    A workbook holds all products of a supplier that are due with something missing that it knows,
    and all bodies that use them. Spellings of one name are one supplier.

    Raises:
        InputError: the source cannot be read at all.
        TargetExistsError: a workbook exists, and `force` is not set; then nothing is written.
        OutputError: the folder cannot be made or written.
    """
    version = law.legal_version(legal_version)
    registrations = newest(source, on_finding, format)
    asked = _by_supplier(registrations, version, as_of)
    requests = _planned(asked, Path(folder))
    for request in requests:
        refuse_existing(request.path, force=force)
    _make(Path(folder))
    for request, (_, section), held in zip(requests, asked, asked.values(), strict=True):
        drawn = templates.plan(templates.SUPPLIER, section, version.id)
        with replacing(request.path, force=force) as stream:
            templates.write(drawn, _under_one_name(held), stream, language)
    return requests


def _by_supplier(
    registrations: Iterable[Registration], version: law.LegalVersion, as_of: date | None
) -> dict[tuple[str, str], list[Registration]]:
    """Return registrations with a gap that a supplier can close, by supplier and section."""
    found: dict[tuple[str, str], list[Registration]] = defaultdict(list)
    for registration in registrations:
        gaps = [law.closing(gap, version) for gap in law.gaps(registration, version, as_of)]
        sections = {each.section for each in gaps if each.template == templates.SUPPLIER}
        if sections:
            section = max(sections, key=_ORDER.index)
            found[names.body(registration.provider.name or ""), section.value].append(registration)
    return dict(sorted(found.items()))


_ORDER = (SectionCode.A, SectionCode.B, SectionCode.C, SectionCode.IX)


def _planned(asked: dict[tuple[str, str], list[Registration]], folder: Path) -> list[Request]:
    taken: set[str] = set()
    requests = []
    for (_, section), held in asked.items():
        name = _spelling(held)
        stem = slug(name) if name else NOBODY
        stem += "" if section == "A" else f"-section-{section.lower()}"
        number = 1
        file = stem
        while file in taken:
            number += 1
            file = f"{stem}-{number}"
        taken.add(file)
        products = len(templates.products(_under_one_name(held)))
        requests.append(Request(name, section, folder / f"{file}.xlsx", products, len(held)))
    return requests


def slug(name: str) -> str:
    """Return a name as the name of a file: ASCII letters, digits and hyphens, at most 60."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-")[:60].strip("-") or "supplier"


def _spelling(held: list[Registration]) -> str | None:
    """Return the spelling of a supplier's name that most records have."""
    spelt = Counter(each.provider.name for each in held if each.provider.name)
    return min(spelt, key=lambda name: (-spelt[name], name)) if spelt else None


def _under_one_name(held: list[Registration]) -> list[Registration]:
    name = _spelling(held)
    return [
        each.model_copy(update={"provider": each.provider.model_copy(update={"name": name})})
        for each in held
    ]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}") from None
