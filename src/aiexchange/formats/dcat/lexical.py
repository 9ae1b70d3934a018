"""Lexical: the one form in which the model holds a value, from any form that RDF has for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from aiexchange import law
from aiexchange.formats.dcat.text import datatype_of, value_of
from aiexchange.model.types import Kind

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_INTEGER = re.compile(r"\s*\+?0*(\d+)(?:\.0+)?\s*")
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T00:00:00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?")
_LENGTHS = {"gYear": 4, "gYearMonth": 7, "date": 10}


def form_of(kind: Kind) -> Callable[[str], str | bool | int]:
    """Return what gives a value of a kind, in the form of the model, from a literal or an IRI.

    A form that the model does not have is returned as it stands: the model says what is wrong.
    """
    return _FORMS.get(kind, value_of)


def _boolean(term: str) -> str | bool:
    text = value_of(term)
    return _BOOLEANS.get(text.strip().lower(), text)


def _integer(term: str) -> str | int:
    text = value_of(term)
    return int(found[1]) if (found := _INTEGER.fullmatch(text)) else text


def _date(term: str) -> str:
    text = _cut(term)
    return found[1] if (found := _DAY.fullmatch(text)) else text


def _moment(term: str) -> str:
    text = _cut(term)
    if (found := _MIDNIGHT.fullmatch(text)) is not None:
        return f"{found[1]}T{found[2]}{found[3] or ''}"
    return found[1] if (found := _DAY.fullmatch(text)) else text


def _cut(term: str) -> str:
    """Return the text of a date; tools that write a day for a year say so by the datatype."""
    text = value_of(term).strip()
    if term[-1] == ">" and term[0] == '"':
        return text[: _LENGTHS.get((datatype_of(term) or "").rpartition("#")[2])]
    return text


def _code(term: str) -> str:
    text = value_of(term)
    return _codes().get(text, text) if term[0] == "<" else text


_FORMS: dict[Kind, Callable[[str], str | bool | int]] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CODE: _code,
    Kind.COUNTRY: _code,
    Kind.LANGUAGE: _code,
}


@cache
def _codes() -> dict[str, str]:
    """Return the code that each IRI of the code lists stands for; an IRI of themes has several."""
    names = [name for name in law.codelists() if name != "theme"]
    return {each.iri: code for name in names for code, each in law.codelist(name).items()}


def alike(term: str) -> tuple[str, ...]:
    """Return a form in which two literals are equal if they say the same moment or text."""
    if term[0] != '"':
        return (value_of(term),)
    text, kind = value_of(term), datatype_of(term)
    if kind is not None:
        kind = kind.rpartition("#")[2]
        text = _instant(text) if kind == "dateTime" else text[: _LENGTHS.get(kind)]
    return text, kind or "", term[term.rindex('"') + 1 :].lower() if kind is None else ""


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
