"""Hypothesis strategies for canonical registrations, built from the table of the model."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aiexchange.model import CanonicalModel, Contact, Registration
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

LANGUAGES = st.sampled_from(["nl", "en", "fy", "und"])
ODD = [
    "\u200b",
    "\r",
    "\r\n",
    "\t",
    "\n",
    " ",
    "<b>",
    "&amp;",
    '"',
    "'",
    "\\",
    "\U0001f600",
    "é",
    ", ",
    ". 2: ",
    "{",
    "@",
    "00",
]
TEXTS = st.one_of(
    st.text(
        st.characters(
            blacklist_categories=["Cs"],
            blacklist_characters="\ufffe\uffff"
            + "".join(map(chr, [*range(9), 11, 12, *range(14, 32)])),
        ),
        min_size=1,
        max_size=20,
    ),
    st.lists(st.sampled_from([*ODD, "woord", "007"]), min_size=1, max_size=5).map("".join),
)
URLS = st.sampled_from(
    [
        "https://example.org/a?b=c&d=e",
        "http://Example.org/%20x",
        "https://voorbeeld.nl/ë#f",
        "www.voorbeeld.nl/x",
    ]
)
DATES = st.sampled_from(["2023", "2023-04", "2023-04-01", "2024-02-29"])
MOMENTS = st.one_of(
    DATES, st.sampled_from(["2024-05-02T12:00:00.123456+00:00", "2024-05-02T12:00:00Z"])
)
ANY_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), ANY_TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(ANY_TEXT, inner, max_size=3)
    ),
    max_leaves=5,
)
PATHS = st.sampled_from(["title", "use.purpose", "provider.name", "system.status"])


def _scalar(field: Field, owner: type[CanonicalModel]) -> st.SearchStrategy[Any]:
    if field.kind is Kind.CODE:
        assert field.codes is not None
        return st.sampled_from(list(field.codes))
    if field.name == "sha256":
        return st.just("ab" * 32)
    if field.name == "digest":
        return st.just("0123456789ab")
    return {
        Kind.STRING: TEXTS,
        Kind.URL: URLS,
        Kind.INTEGER: st.integers(1, 999),
        Kind.BOOLEAN: st.booleans(),
        Kind.COUNTRY: st.sampled_from(["NL", "BE", "GR", "US"]),
        Kind.LANGUAGE: LANGUAGES,
        Kind.DATE: DATES,
        Kind.MOMENT: MOMENTS,
        Kind.TEXT: st.dictionaries(LANGUAGES, TEXTS, min_size=1, max_size=2),
    }[field.kind]


def parts(model: type[CanonicalModel]) -> st.SearchStrategy[Any]:
    """Instances of any model, every field filled or not."""
    chosen: dict[str, st.SearchStrategy[Any]] = {}
    required: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in fields_of(model).items():
        if field.kind is Kind.PART:
            assert field.model is not None
            strategy = parts(field.model)
        elif field.kind is Kind.KEYWORDS:
            strategy = st.dictionaries(
                LANGUAGES, st.lists(TEXTS, min_size=1, max_size=3), max_size=2
            )
        elif field.kind is Kind.JSON:
            strategy = st.dictionaries(ANY_TEXT, JSON_VALUES, max_size=3)
        elif field.kind is Kind.STATEMENTS:
            assert field.name == "provenance"
            from aiexchange.model import Statement

            strategy = st.dictionaries(PATHS, parts(Statement), max_size=2)
        else:
            strategy = _scalar(field, model)
        if field.many:
            strategy = st.lists(strategy, max_size=2)
        if name == "record_id":
            strategy = st.sampled_from(
                [
                    "nl-algoritmeregister:12345674",
                    "nl-algoritmeregister:~0123456789ab",
                    "uk-atrs:a b/ë?#%20",
                ]
            )
        if model is Contact and name == "public":
            strategy = st.just(True)
        (required if field.required else chosen)[name] = strategy
    return st.fixed_dictionaries(required, optional=chosen)


def registrations() -> st.SearchStrategy[Registration]:
    """Canonical registrations with any fields filled, dirty texts included; contacts are public."""
    return parts(Registration).map(Registration.model_validate)
