"""Filling: answers put into the cells of a template, as a person would."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from aiexchange.exchange import new_template, read
from aiexchange.model.paths import plain, walk

ANSWERS = {
    "provider.name": "Voorbeeld Software B.V.",
    "provider.address.street": "Voorbeeldlaan",
    "provider.address.number": "12",
    "provider.address.post_code": "01067",
    "provider.address.city": "Voorbeeldstad",
    "provider.address.country": "Duitsland",
    "provider.kind": "private partij [private]",
    "system.trade_name": "ZaakSorteerder",
    "system.intended_purpose": ("Ordent aanvragen.", "Ranks applications."),
    "system.components_and_functions": ("Classificatie en uitleg.", None),
    "system.information_used": ("De tekst van de aanvraag.", None),
    "system.operating_logic": ("Een score per aanvraag: 95% van de zaken.", None),
    "system.status": "in de handel [ON_MARKET]",
    "system.member_states": "NL; BE",
    "system.more_information": "https://example.org/product",
    "classification.declared": "hoog risico",
    "classification.annex_iii": "4(a)",
    "classification.sensitive_area": "nee",
    "system.first_placed": date(2025, 3, 4),
    "use.provider_entry": "https://example.org/eu/1",
}
ROWS = {
    "contacts[]": [
        {"of": 1, "for": "aanbieder", "email": "ai@example.org", "phone": "0201234567"}
    ],
    "identifiers[]": [
        {"of": 1, "for": "verwijzing van het systeem", "scheme": "versie", "value": "3.10"}
    ],
    "certificates[]": [
        {
            "of": 1, "type": "EU-certificaat", "number": "000123",
            "expires": date(2029, 12, 31), "notified_body.number": "0344",
            "copy.path": "certificaat.pdf",
        }
    ],
    "documents[]": [
        {
            "of": 1, "for": "EU-conformiteitsverklaring",
            "url": "https://example.org/doc.pdf", "language": "Nederlands",
        },
        {"of": 1, "for": "gebruiksaanwijzing", "url": "https://example.org/manual.pdf"},
    ],
}  # fmt: skip
PERSON = {"#by-name": "A. de Voorbeeld", "#by-organisation": "Voorbeeld Software B.V."}


def empty(**options):
    """Return a template as an open workbook."""
    stream = io.BytesIO()
    new_template(stream, syntax="xlsx", **{"language": "nl", **options})
    stream.seek(0)
    return openpyxl.load_workbook(stream)


def cell_of(book, key):
    """Return the cell in which a key stands."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == key:
                    return cell
    raise KeyError(key)


def answer(book, key, value, column=5):
    """Write an answer beside its question; texts in both languages."""
    cell = cell_of(book, key)
    for offset, each in enumerate(value if isinstance(value, tuple) else (value,)):
        if each is not None:
            cell.parent.cell(cell.row, column + offset, each)


def answer_row(book, table, number, values):
    """Write one row of a sheet for what repeats, below its heading."""
    for name, value in values.items():
        cell = cell_of(book, f"{table}.{name}")
        cell.parent.cell(6 + number, cell.column, value)


def filled():
    """Return a template for one system with all answers."""
    book = empty()
    for key, value in {**ANSWERS, **PERSON}.items():
        answer(book, key, value, column=3 if key.startswith("#") else 5)
    answer(book, "#by-date", date(2026, 11, 20), column=3)
    for table, rows in ROWS.items():
        for number, values in enumerate(rows):
            answer_row(book, table, number, values)
    return book


def saved(book):
    """Return a workbook as openpyxl writes it."""
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def values(stream):
    """Return what a filled template says, by path, and what was found."""
    entries = list(read(stream))
    said = {}
    for entry in entries:
        if entry.registration is not None:
            for path, _, value in walk(entry.registration):
                if not path.startswith(("provenance", "record_id", "source")):
                    said[path] = plain(value)
    return said, [finding for entry in entries for finding in entry.findings]
