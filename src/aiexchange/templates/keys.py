"""Keys: the stable names by which answers are found, and the questions that stand in for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from aiexchange.templates.plan import Ask, known
from aiexchange.templates.wording import LANGUAGES, data, every, plain, question_of, word

MARK = "aiexchange/template/1"
"""The mark by which a template is told from other workbooks and tables."""

META = ("#template", "#section", "#law", "#language", "#by-name", "#by-organisation", "#by-date")
"""Keys of what a template says about itself and about who filled it in."""

NUMBERS = ("#number", "#provider")
REFERENCE = ("of", "record_id", "version", "organisation", "title")
"""Columns of the sheet that tells for which records a template is filled in."""

IDENTITY = ("#record_id", "#version", "#title", "#org_id", "#how-many")
"""Columns that say which record or body a row is about."""

_ANY = re.compile(r"[a-z#][a-z0-9_#-]*(\[\d*\])?([.:][a-z0-9_@\[\]-]+)*(@[a-z-]+)?")


@cache
def columns() -> frozenset[str]:
    """Return every key that a template may hold, without those of languages and indices."""
    tables = data("layout.toml")["tables"]
    links = {f"{name}[].{column}" for name in tables for column in ("of", "for")}
    records = {f"records[].{name}" for name in REFERENCE}
    return frozenset({*known(), *links, *records, *META, *NUMBERS, *IDENTITY})


def key_in(cell: Any) -> str | None:
    """Return the key that a cell holds: a known one, with language and index as they stand."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    return text if _ANY.fullmatch(text) and bare(text) in columns() else None


def bare(key: str) -> str:
    """Return a key without its language and its index, as the plan knows it."""
    return re.sub(r"\[\d+\]", "[]", key.partition("@")[0])


def looks_like_key(cell: Any) -> bool:
    """Tell whether a cell holds what seems a misspelt key."""
    return isinstance(cell, str) and bool(
        re.fullmatch(r"[a-z_]+(\[\])?(\.[a-z_\[\]]+)+", cell.strip())
    )


@cache
def by_question() -> Mapping[str, frozenset[str]]:
    """Return the keys by the question that stands beside them, in any language."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, ask in known().items():
        for language in LANGUAGES:
            found[plain(ask.ask(language))].add(key)
    for key, words in _named_columns():
        for text in words:
            found[plain(text)].add(key)
    return {text: frozenset(keys) for text, keys in found.items()}


def _named_columns() -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "#number", (*every("provider-number"), *every("system-number"))
    yield "#provider", every("of-provider")
    for name in IDENTITY:
        yield name, every(name.removeprefix("#"))
    for name in REFERENCE[1:]:
        yield f"records[].{name}", every(name)
    for meta in META[4:]:
        yield meta, every(meta.removeprefix("#"))
    for table in data("layout.toml")["tables"]:
        yield f"{table}[].of", (*every("of-system"), *every("of-provider"), *every("of-either"))
        yield f"{table}[].for", (*every("for"), *every("whose"))
    yield "records[].of", every("of-system")


@cache
def labels_of(key: str) -> frozenset[str]:
    """Return the texts that stand above a column of a table and are no answers."""
    ask: Ask | None = known().get(key)
    texts: list[str] = []
    if ask is not None:
        question = question_of(ask.path)
        for language in LANGUAGES:
            texts += [ask.ask(language), question.help[language], ask.must[language]]
            texts += [f"{question.help[language]} {example(ask, language)}"]
    else:
        texts += [text for name, words in _named_columns() if name == key for text in words]
    texts += [language_label(language, in_) for language in LANGUAGES for in_ in LANGUAGES]
    return frozenset(map(plain, texts))


def example(ask: Ask, language: str) -> str:
    """Return the example of a question as templates print it behind the explanation."""
    return f"{word('example', language)}: {ask.question.example[language]}"


def language_label(language: str, in_language: str) -> str:
    """Return the heading of a column for texts in one language."""
    return f"{word(f'answer-in-{language}', in_language)} [{language}]"
