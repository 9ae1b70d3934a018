"""Wording: what templates ask and print, by language, from `schemas/templates/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiexchange.model.paths import field_at
from aiexchange.resources import data_folder

LANGUAGES = ("nl", "en")
"""Languages in which a template can be written."""

Words = Mapping[str, str]
"""One text by language."""


@dataclass(frozen=True, slots=True)
class Question:
    """How a field is asked for: the question, an explanation, an example, a code list."""

    path: str
    ask: Words
    help: Words
    example: Words
    codes: str | None


@cache
def data(name: str) -> Mapping[str, Any]:
    """Return the data of one file under `schemas/templates/`."""
    return tomllib.loads((data_folder("schemas") / "templates" / name).read_text("utf-8"))


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by canonical path, or by part and field (`Address.street`)."""
    rows = data("questions.toml")["question"]
    return {
        row["path"]: Question(
            row["path"], row["ask"], row["help"], row["example"], row.get("codes")
        )
        for row in rows
    }


def question_of(path: str) -> Question:
    """Return the question of a canonical path; a field of a part is asked as its part says.

    What an amended law asks for, and no question is written for yet, is asked by its own name.

    Raises:
        KeyError: the model has no such path.
    """
    bare = re.sub(r"\[\d*\]", "", path)
    owner, _, name = bare.rpartition(".")
    model = field_at(owner).model if owner else None
    part = f"{model.__name__}.{name}" if model else bare
    known = (questions().get(each) for each in (bare, part, f"Party.{name}"))
    return next((found for found in known if found), None) or _unwritten(bare)


def _unwritten(path: str) -> Question:
    words = dict.fromkeys(LANGUAGES, path.rpartition(".")[2].replace("_", " "))
    help = dict.fromkeys(LANGUAGES, field_at(path).doc)
    return Question(path, words, help, dict.fromkeys(LANGUAGES, ""), None)


def owner_of(path: str) -> Words | None:
    """Return what people call the thing that a part belongs to; None for a path of its own."""
    bare = re.sub(r"\[\d*\]", "", path)
    if bare in questions():
        return None
    owners: Mapping[str, Words] = data("layout.toml")["owners"]
    while bare and bare not in owners:
        bare = bare.rpartition(".")[0]
    return owners.get(bare)


def word(name: str, language: str) -> str:
    """Return one of the words that templates print."""
    return str(data("words.toml")["words"][name][language])


def every(name: str) -> tuple[str, ...]:
    """Return one of those words in all languages."""
    return tuple(data("words.toml")["words"][name].values())


def plain(text: Any) -> str:
    """Return a text for comparison: on one line, without case."""
    return " ".join(str(text).split()).casefold()
