"""A corpus: records of the Dutch register as many as you like, filled as the real ones are."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from aiexchange.mapping import layout

FIELDS = layout("nl-algoritmeregister", "1.0").fields

FILLED = {
    "goal": 99,
    "human_intervention": 98,
    "proportionality": 96,
    "category": 94,
    "risks": 91,
    "methods_and_models": 87,
    "source_data": 87,
    "provider": 78,
    "lawful_basis": 75,
    "begin_date": 74,
    "lawful_basis_grouping": 55,
    "website": 47,
    "tags": 41,
    "impacttoetsen_grouping": 31,
    "source_data_grouping": 23,
    "impacttoetsen": 21,
    "url": 12,
    "process_index_url": 8,
    "source_id": 6,
    "publiccode": 5,
    "end_date": 4,
}
"""How many of a hundred real records fill a field (export of June 2026, 1,484 records)."""

_WORDS = tuple(
    "het systeem beoordeelt aanvragen en adviseert een medewerker die altijd zelf beslist over de "
    "uitkomst want een fout kan grote gevolgen hebben voor inwoners van de gemeente die om hulp "
    "vragen of een vergunning nodig hebben voor hun woning bedrijf of vervoer".split(" ")
)
_THEMES = ("Werk", "Verkeer", "Zorg en gezondheid", "Sociale zekerheid", "Wonen")


def write(path: Path, records: int, seed: int = 1, changed: int = 0) -> None:
    """Write a bulk export with so many records; the same seed gives the same bytes.

    With `changed`, so many of a hundred records have another purpose, one of a hundred is missing,
    and the order is another: the later state of the same register.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(_later(rows(records, seed), changed) if changed else rows(records, seed))


def _later(earlier: Iterator[dict[str, str]], changed: int) -> Iterator[dict[str, str]]:
    """Yield the records in blocks of a hundred, each turned round."""
    while block := list(islice(earlier, 100)):
        for number, row in reversed(list(enumerate(block))):
            if number == changed:
                continue
            yield row | {"goal": f"{row['goal']} Gewijzigd."} if number < changed else row


def rows(records: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield records with distinct ids."""
    chance = random.Random(seed)
    for number in range(records):
        yield _record(number, chance)


def _record(number: int, chance: random.Random) -> dict[str, str]:
    body = number % 340
    values = {
        "name": f"Toepassing {number} van {_prose(chance, 3)}",
        "organization": f"Gemeente Voorbeeld {body}",
        "description_short": _prose(chance, 25),
        "status": chance.choices(("In gebruik", "In ontwikkeling", "Buiten gebruik"), (91, 5, 4))[
            0
        ],
        "contact_email": f"algoritmen@voorbeeld{body}.example",
        "publication_category": chance.choices(
            ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"), (10, 50, 40)
        )[0],
        "lang": "nld",
        "standard_version": "1.0",
        "algorithm_id": lars(number),
        "publication_dt": f"2026-0{1 + number % 6}-11 10:03:09.929702+00:00",
        "org_id": f"gm{body:04d}",
    }
    for field, percent in FILLED.items():
        values[field] = _value(field, number, chance) if chance.random() * 100 < percent else ""
    return {field: values.get(field, "") for field in FIELDS}


def _value(field: str, number: int, chance: random.Random) -> str:
    address = f"https://voorbeeld{number % 340}.example"
    if field == "category":
        return ", ".join(chance.sample(_THEMES, chance.randint(1, 2)))
    if field == "provider":
        return chance.choice(("Intern ontwikkeld", f"Leverancier {number % 60} B.V."))
    if field.endswith("_date"):
        return f"20{chance.randint(15, 26)}-{chance.randint(1, 12):02d}"
    if field.endswith("_grouping"):
        return f"1: Titel {number}, {address}/{field}/1. 2: Tweede titel, {address}/{field}/2"
    if field in ("website", "url", "process_index_url", "publiccode"):
        return f"{address}/{field}/{number}"
    if field == "tags":
        return ", ".join(chance.sample(_WORDS, 4))
    return f"A{number}" if field == "source_id" else _prose(chance, 60)


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def lars(number: int) -> str:
    """Return the LARS code of a number below 4,782,969: digits 1 to 9 and the check digit."""
    digits = [number // 9**place % 9 + 1 for place in range(6, -1, -1)]
    check = (sum(digits[0:7:2]) * 3 + sum(digits[1:7:2])) % 10
    return "".join(map(str, (*digits, check)))
