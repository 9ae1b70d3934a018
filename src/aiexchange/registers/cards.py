"""Cards of the Dutch reporting standard, in YAML or JSON, one or several in a file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers import system_card, yaml
from aiexchange.registers.document import Transport
from aiexchange.registers.json import first_names
from aiexchange.registers.record import Record

SYNTAXES = ((".yaml", "yaml"), (".yml", "yaml"), (".json", "json"))

Turn = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns a card into a record, or back."""

_KEY = re.compile(r"^(?:- )?[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?\s*:(?:\s|$)", re.MULTILINE)

_OF_SYSTEM = frozenset(
    "goal_and_impact legal_base used_data "
    "technical_design external_providers owners ai_act_profile instruments requirements measures "
    "upl models assessments".split()
)
_OF_MODEL = frozenset({"license", "model_index"})
_OF_ASSESSMENT = frozenset({"name", "contents"})


def names_of(head: bytes) -> frozenset[str]:
    """Return the names of the outer object of the first card, as far as a file's beginning goes."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return first_names(head)
    text = start.decode("utf-8", "replace")
    body = text.removeprefix("---").lstrip("\r\n")
    if "\n---" in body and text.startswith("---"):
        after = body.partition("\n---")[2]
        if after.partition("\n")[2].lstrip().startswith("#"):
            return frozenset()
    lines = (line for line in body.splitlines() if line.strip() and not line.startswith("#"))
    if not _KEY.match(next(lines, "")):
        return frozenset()
    return frozenset(_KEY.findall(body))


def is_system_card(head: bytes) -> bool:
    """Tell whether it names two fields that only system cards have."""
    names = names_of(head)
    return len(names & _OF_SYSTEM) >= 2 or bool("schema_version" in names and "name" in names)


def is_model_card(head: bytes) -> bool:
    """Tell whether it has what every model card of the standard has."""
    return names_of(head) >= _OF_MODEL


def is_assessment_card(head: bytes) -> bool:
    """Tell whether it has what every assessment card has."""
    names = names_of(head)
    return names >= _OF_ASSESSMENT and bool(names & {"urn", "date"}) and not names & _OF_SYSTEM


def _reader(turn: Turn) -> Callable[[bytes, str | None], Iterator[Record]]:
    """Return what reads each card of a file as a record."""

    def read(data: bytes, file: str | None) -> Iterator[Record]:
        number = 0
        for value, findings in _values(data, file):
            for card in value if isinstance(value, list) else [value]:
                if card is None:
                    continue
                number += 1
                origin = Origin(file, row=number)
                if not isinstance(card, dict):
                    yield Record(None, origin, (*findings, _no_card(origin)))
                else:
                    yield Record(turn(_plain(card)), origin, findings)
                findings = ()
        if not number:
            raise InputError(f"{file or 'the input'} holds no card")

    return read


def _values(data: bytes, file: str | None) -> Iterator[tuple[Any, tuple[Finding, ...]]]:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise InputError(f"{file or 'the input'} is empty")
    if start.startswith((b"{", b"[")):
        yield parsed(data, file), ()
    else:
        yield from yaml.documents(data, file)


def parsed(data: bytes, file: str | None) -> Any:
    """Return what a JSON document says.

    Raises:
        InputError: no JSON, or nested too deeply.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file or 'the input'} is no complete JSON: {error}") from None


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: names as texts, no infinite numbers."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _no_card(origin: Origin) -> Finding:
    return Finding(
        "json.no-record",
        Severity.VIOLATION,
        "A document in the file is no card: it has no members. It is left out.",
        origin=origin,
        mend="Each card has to be one object.",
    )


def _writer(turn: Turn, needed: frozenset[str] = frozenset()) -> Any:
    """Return what writes cards: YAML documents one after another, or a JSON array of several.

    One card alone is one JSON object. A card that lacks what every card needs is left out.
    """

    def write(
        records: Iterable[Mapping[str, Any]], stream: BinaryIO, syntax: str | None
    ) -> Iterator[Finding]:
        lacking: list[str] = []

        def cards() -> Iterator[dict[str, Any]]:
            for record in records:
                card = turn(dict(record))
                if missing := needed - set(card):
                    lacking.append(", ".join(sorted(missing)))
                    continue
                yield card

        (_write_json if syntax == "json" else _write_yaml)(cards(), stream)
        for missing in lacking:
            yield Finding(
                "loss.card",
                Severity.VIOLATION,
                f"A card has to say {missing}, and the registration does not. It is left out.",
                mend="Write a system card instead (--to nl-system-card).",
            )

    return write


def _write_yaml(cards: Iterable[dict[str, Any]], stream: BinaryIO) -> None:
    for number, card in enumerate(cards):
        stream.write((b"---\n" if number else b"") + yaml.written(card))


def _write_json(cards: Iterable[dict[str, Any]], stream: BinaryIO) -> None:
    first: bytes | None = None
    opened = False
    for card in cards:
        text = json.dumps(card, ensure_ascii=False, indent=2).encode("utf-8")
        if first is not None:
            stream.write((b",\n" if opened else b"[\n") + first)
            opened = True
        first = text
    if opened:
        stream.write(b",\n" + (first or b"") + b"\n]\n")
    else:
        stream.write((first if first is not None else b"[]") + b"\n")


def _same(card: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in card.items() if value != ""}


SYSTEM_CARD = Transport(
    is_system_card,
    _reader(system_card.record_of),
    _writer(system_card.card_of),
    SYNTAXES,
    names_of,
)
MODEL_CARD = Transport(
    is_model_card,
    _reader(_same),
    _writer(_same, _OF_MODEL),
    ((".json", "json"),),
    about_model=lambda _: True,
)
ASSESSMENT_CARD = Transport(
    is_assessment_card,
    _reader(_same),
    _writer(_same, frozenset({"name", "date", "contents"})),
    ((".json", "json"),),
)
