"""Questions: the small closed language in which the law's data files ask about a registration.

A question is a name of `conditions.toml` (`not` before it turns it round), `{ any = […] }`,
`{ all = […] }`, `{ not = … }`, or a path with one operator: `{ path = "test", stated = true }`.
Each engine compiles every operator once: Python in `answers`, XPath and SHACL in the room `checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiexchange.law.codelists import codelist
from aiexchange.law.data import LegalDataError
from aiexchange.model.paths import field_at

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its operator, the path that it looks at, what it compares with.

    `all`, `any` and `not` have `of`, the questions within; `named` is the name of a condition.
    """

    operator: str
    path: str = ""
    values: tuple[Value, ...] = ()
    of: tuple[Question, ...] = ()
    named: str | None = None

    def paths(self) -> Iterator[str]:
        """Yield every path that the question looks at."""
        if self.path:
            yield self.path
        if self.operator in _OF_TWO:
            yield str(self.values[0])
        for each in self.of:
            yield from each.paths()


OPERATORS: Mapping[str, str] = {
    "listed": "something stands there, be it empty",
    "stated": "something is said there, if only a part of it",
    "present": "a usable value stands there: not blank, not without its core",
    "is": "one of the values there is among these",
    "only": "there are values, and all of them are among these",
    "outside": "one of the values there is not among these",
    "begins": "one of the values there begins with one of these",
    "contains": "one of the values there has one of these words in it, in whatever case",
    "same-name": "both paths hold the same name, but for case and spacing",
    "not-digits": "one of the values there is not that many digits",
    "before": "it certainly lies before the date at the other path",
    "years-after": "it certainly lies more than so many years after the date beside it",
    "unsaid": "prose stands there, in no language that is known",
    "twice": "prose stands there twice in one language",
    "lacking": "one member of the list has a usable value at none of these paths",
}
"""The operators on a path, and when the answer is yes; values are a list or name a code list."""

_BARE = ("listed", "stated", "present", "unsaid", "twice")
_JOINS = ("all", "any", "not")
_OF_TWO = ("same-name", "before", "years-after")

Known = Mapping[str, Question]


def question(data: Any, known: Known) -> Question:
    """Return the question that a data file asks.

    Raises:
        LegalDataError: a name, an operator, a path or a code list is unknown.
    """
    if isinstance(data, str):
        return _named(data, known)
    for join in _JOINS:
        if join in data:
            inner = data[join] if join != "not" else [data[join]]
            return Question(join, of=tuple(question(each, known) for each in inner))
    operators = data.keys() & OPERATORS.keys()
    if len(operators) != 1 or data.keys() - operators != {"path"}:
        raise LegalDataError(f"no question: {data}")
    (operator,) = operators
    path, argument = data["path"], data[operator]
    field_at(path)
    if operator in _BARE:
        asked = Question(operator, path)
        return asked if argument else Question("not", of=(asked,))
    return Question(operator, path, _values(argument, operator))


def every(data: Iterable[Any], known: Known) -> Question:
    """Return the question whether all of these hold."""
    return Question("all", of=tuple(question(each, known) for each in data))


def questions(data: Mapping[str, Any]) -> dict[str, Question]:
    """Return the conditions of a data file by name; each may use those before it.

    Raises:
        LegalDataError: a condition is no question.
    """
    found: dict[str, Question] = {}
    for name, asked in data.items():
        inner = question(asked, found)
        found[name] = Question(inner.operator, inner.path, inner.values, inner.of, name)
    return found


def _named(name: str, known: Known) -> Question:
    bare = name.removeprefix("not ")
    if bare not in known:
        raise LegalDataError(f"no condition is named {bare}")
    return known[bare] if bare == name else Question("not", of=(known[bare],))


def _values(argument: Any, operator: str) -> tuple[Value, ...]:
    if operator in _OF_TWO:
        other, *years = [argument] if isinstance(argument, str) else argument
        field_at(other)
        return (other, *years)
    if isinstance(argument, int):
        return (argument,)
    return tuple(codelist(argument)) if isinstance(argument, str) else tuple(argument)
