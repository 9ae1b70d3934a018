"""Conditions: the named questions of a legal version, as `conditions.toml` states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiexchange.law.answers import Condition, answer
from aiexchange.law.data import LegalDataError, reading
from aiexchange.law.questions import Question, every, questions
from aiexchange.model import EntryState, Registration, SectionCode

NEEDED = ("annex-iii", "area-unstated", "own-provider", "private-deployer", "sensitive")
"""The conditions that routing and dates ask by name."""

_GONE = (EntryState.REJECTED, EntryState.WITHDRAWN)


class Conditions:
    """The conditions of a legal version: as questions, and as closures that answer them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        with reading("conditions.toml"):
            self.questions = questions(data["condition"])
        for name in NEEDED:
            if name not in self.questions:
                raise LegalDataError(f"conditions.toml: no condition is named {name}")
        self._answers: dict[str, Condition] = {}

    def __getitem__(self, name: str) -> Condition:
        """Return the closure that answers a condition."""
        if name not in self._answers:
            self._answers[name] = answer(self.questions[name])
        return self._answers[name]

    def question(self, asked: Iterable[Any]) -> Question:
        """Return the question whether all of these hold.

        Raises:
            LegalDataError: one of them is no question.
        """
        return every(asked, self.questions)

    def every(self, asked: Iterable[Any]) -> Condition:
        """Return the closure that answers whether all of these hold.

        Raises:
            LegalDataError: one of them is no question.
        """
        return answer(self.question(asked))


def entered(registration: Registration, section: SectionCode) -> bool:
    """Tell whether the EU database holds an entry of that section, not rejected or withdrawn."""
    return any(
        entry.section is section and entry.state not in _GONE for entry in registration.entries
    )
