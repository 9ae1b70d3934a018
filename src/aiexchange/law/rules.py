"""Rules: what the law asks beyond routing and dates, one by one, as `rules.toml` states them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiexchange.findings import Severity
from aiexchange.law.conditions import Conditions
from aiexchange.law.data import LegalDataError, reading
from aiexchange.law.questions import Question
from aiexchange.law.types import ItemState

ENGINES = ("python", "schematron", "shacl")
"""What can hold a registration against a rule: in memory, as XML, as a catalogue in RDF."""

SECTIONS = ("A", "B", "C", "IX", "any", "none", "record")
"""While which section is due a rule is asked; `none` if nothing is, `record` always."""

LANGUAGES = ("en", "nl")

Text = Mapping[str, str]
"""The same words in each of the languages."""


@dataclass(frozen=True, slots=True)
class Example:
    """How a registration that breaks no rule is changed.

    Values by path, paths to empty, and paths of texts to say twice in one language, which the
    model cannot.
    """

    values: Mapping[str, Any]
    without: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    It finds something while `section` is due and the answer to `asks` is yes. `kind` says how it
    was put together from `path`, `when` and `parameters`; `absent` holds the engines that cannot
    see what it asks, each with the reason. A `routing` rule is told wherever the routing is.
    `passes` and `fails` change a specimen (of the section, if no other is named) into one that
    keeps the rule, and one that breaks it alone. A rule about presence has its `item` and the
    `state` that it finds.
    """

    code: str
    severity: Severity
    section: str
    kind: str
    path: str
    asks: Question
    basis: str
    message: Text
    mend: Text
    fails: Example
    passes: Example
    when: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    routing: bool = False
    specimen: str = ""
    item: str | None = None
    state: ItemState | None = None

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that can tell whether the rule is kept."""
        return tuple(engine for engine in ENGINES if engine not in self.absent)


KINDS: Mapping[str, Callable[[Mapping[str, Any]], list[Any]]] = {
    "case": lambda row: [],
    "required-if": lambda row: [{"path": row["path"], "present": False}],
    "forbidden-if": lambda row: [{"path": row["path"], "stated": True}],
    "one-of": lambda row: [{"path": row["path"], "outside": row["list"]}],
    "digits": lambda row: [{"path": row["path"], "not-digits": row["digits"]}],
    "at-most-years": lambda row: [
        {"path": row["path"], "years-after": [row["from"], row["years"]]}
    ],
    "not-before": lambda row: [{"path": row["path"], "before": row["from"]}],
    "in-a-language": lambda row: [{"any": [{"path": p, "unsaid": True} for p in row["paths"]]}],
    "once-in-a-language": lambda row: [{"any": [{"path": p, "twice": True} for p in row["paths"]]}],
}
"""The kinds of rule, each as the question that it adds to the conditions of the rule."""

_PARAMETERS = ("list", "digits", "from", "years", "paths")


def rule(row: Mapping[str, Any], conditions: Conditions) -> Rule:
    """Return one rule from its row in `rules.toml`.

    Raises:
        LegalDataError: a member is missing or unknown, or an engine is left out without a reason.
    """
    with reading(f"rule {row.get('code', '?')}"):
        absent = row.get("not-in", {})
        if set(absent) - set(ENGINES) or not all(absent.values()):
            raise LegalDataError(f"{row['code']}: an engine is unknown, or left out for no reason")
        if row["section"] not in SECTIONS:
            raise ValueError(f"no section {row['section']}")
        when = tuple(row.get("when", ()))
        return Rule(
            code=row["code"],
            severity=Severity(row["severity"]),
            section=row["section"],
            kind=row["kind"],
            path=row.get("path") or row["paths"][0],
            asks=conditions.question([*when, *KINDS[row["kind"]](row)]),
            basis=row["basis"],
            message=_text(row["message"]),
            mend=_text(row["mend"]),
            fails=example(row["fails"]),
            passes=example(row.get("passes", {})),
            when=when,
            parameters={name: row[name] for name in _PARAMETERS if name in row},
            absent=absent,
            routing=row.get("routing", False),
            specimen=row.get("specimen", ""),
        )


def example(row: Mapping[str, Any]) -> Example:
    """Return an example: values by path, and the paths that `without` and `twice` name."""
    values = {path: value for path, value in row.items() if path not in ("without", "twice")}
    return Example(values, tuple(row.get("without", ())), tuple(row.get("twice", ())))


def _text(row: Mapping[str, str]) -> Text:
    return {language: row[language] for language in LANGUAGES}
