"""Answers: questions as Python closures, compiled once for each legal version."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from aiexchange.law.questions import Question
from aiexchange.law.reach import each, getter, getter_within, steps
from aiexchange.law.usable import says, usable, usable_at
from aiexchange.model import Registration

Condition = Callable[[Registration], bool]
"""A question about a registration."""

_YEAR = 10_000
_ASCII = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def answer(question: Question) -> Condition:
    """Return the closure that answers a question."""
    return ANSWERS[question.operator](question)


def _all(question: Question) -> Condition:
    asked = tuple(map(answer, question.of))
    if len(asked) == 1:
        return asked[0]

    def ask(registration: Registration) -> bool:
        for one in asked:  # noqa: SIM110  a generator costs more than the questions
            if not one(registration):
                return False
        return True

    return ask


def _any(question: Question) -> Condition:
    asked = tuple(map(answer, question.of))

    def ask(registration: Registration) -> bool:
        for one in asked:  # noqa: SIM110  a generator costs more than the questions
            if one(registration):
                return True
        return False

    return ask


def _not(question: Question) -> Condition:
    asked = answer(question.of[0])
    return lambda registration: not asked(registration)


def _listed(question: Question) -> Condition:
    values = each(question.path)
    return lambda registration: bool(values(registration))


def _stated(question: Question) -> Condition:
    values = each(question.path)
    return lambda registration: any(map(says, values(registration)))


def _present(question: Question) -> Condition:
    return usable_at(question.path)


def _is(question: Question) -> Condition:
    wanted = frozenset(question.values)
    if not any(field.many for field in steps(question.path)):
        get = getter(question.path)
        return lambda registration: get(registration) in wanted
    values = each(question.path)
    return lambda registration: not wanted.isdisjoint(values(registration))


def _only(question: Question) -> Condition:
    wanted, values = frozenset(question.values), each(question.path)
    return lambda registration: bool(found := values(registration)) and wanted.issuperset(found)


def _outside(question: Question) -> Condition:
    known, values = frozenset(question.values), each(question.path)
    return lambda registration: not known.issuperset(values(registration))


def _begins(question: Question) -> Condition:
    heads, values = tuple(map(str, question.values)), each(question.path)
    return lambda registration: any(value.startswith(heads) for value in values(registration))


def _contains(question: Question) -> Condition:
    words, values = tuple(map(str, question.values)), each(question.path)
    return lambda registration: any(
        word in value.translate(_ASCII) for value in values(registration) for word in words
    )


def _same_name(question: Question) -> Condition:
    one, other = getter(question.path), getter(str(question.values[0]))

    def ask(registration: Registration) -> bool:
        mine, theirs = one(registration), other(registration)
        if mine is None or theirs is None:
            return False
        return mine == theirs or _plain(mine) == _plain(theirs)

    return ask


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _not_digits(question: Question) -> Condition:
    values, right = each(question.path), re.compile(f"[0-9]{{{question.values[0]}}}").fullmatch
    return lambda registration: not all(map(right, values(registration)))


def _before(question: Question) -> Condition:
    """Compare the last day that one may mean with the first day that the other may mean."""
    one, other = getter(question.path), getter(str(question.values[0]))

    def ask(registration: Registration) -> bool:
        mine, theirs = one(registration), other(registration)
        return bool(mine and theirs) and _latest(mine) < _earliest(theirs)

    return ask


def _years_after(question: Question) -> Condition:
    """Compare two dates of one member of a list; the one to start from is named by its path."""
    owner, _, expires = question.path.rpartition(".")
    members, (begins, years) = each(owner), question.values
    issued = str(begins).rpartition(".")[2]

    def ask(registration: Registration) -> bool:
        return any(
            _earliest(last) > _latest(first) + int(years) * _YEAR
            for member in members(registration)
            if (first := getattr(member, issued)) and (last := getattr(member, expires))
        )

    return ask


def _earliest(date: str) -> int:
    """Return the first day of a partial date as one number: 20230401."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", ""))


def _latest(date: str) -> int:
    """Return the last day of a partial date, or a number between it and the day after."""
    return int((date + "-12-31"[len(date) - 4 :]).replace("-", ""))


def _unsaid(question: Question) -> Condition:
    get = getter(question.path)

    def ask(registration: Registration) -> bool:
        text = get(registration)
        return text is not None and usable(text) and not _said_in_a_language(text)

    return ask


def _said_in_a_language(text: dict[str, str]) -> bool:
    return any(language != "und" and usable(said) for language, said in text.items())


def _lacking(question: Question) -> Condition:
    members = each(question.path)
    paths = tuple(getter_within(question.path, str(path)) for path in question.values)
    return lambda registration: any(
        not any(usable(get(member)) for get in paths) for member in members(registration)
    )


def _twice(question: Question) -> Condition:
    """A text of the model is a map by language: it never holds one twice."""
    return lambda registration: False


ANSWERS: dict[str, Callable[[Question], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "listed": _listed,
    "stated": _stated,
    "present": _present,
    "is": _is,
    "only": _only,
    "outside": _outside,
    "begins": _begins,
    "contains": _contains,
    "same-name": _same_name,
    "not-digits": _not_digits,
    "before": _before,
    "years-after": _years_after,
    "unsaid": _unsaid,
    "twice": _twice,
    "lacking": _lacking,
}
"""What compiles each operator."""
