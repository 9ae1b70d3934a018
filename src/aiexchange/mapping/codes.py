"""Code tables: how a register spells the codes of a canonical field."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


def folded(label: str) -> str:
    """Return a spelling as it is looked up: whatever its case, spacing and composed letters."""
    return _known(label) if len(label) < _LONG else _folded(label)


_LONG = 200
"""From here on a text is no spelling that comes again, and is not remembered."""


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


_known = lru_cache(maxsize=2_000)(_folded)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The spellings of a list, and the codes that they stand for.

    The first spelling of a code is the one that is written. Where several codes of the register
    mean one canonical code, none of them can be written for it.
    """

    codes: dict[str, str]
    """Code by folded spelling."""

    labels: dict[str, str]
    """The spelling to write, by code."""

    @classmethod
    def of(cls, spellings: Iterable[tuple[str, str]]) -> CodeTable:
        """Make a table of (spelling, code) pairs in the order of the mapping."""
        codes: dict[str, str] = {}
        labels: dict[str, str] = {}
        for label, code in spellings:
            codes.setdefault(folded(label), code)
            labels.setdefault(code, label)
        return cls(codes, labels)

    def code(self, label: str) -> str | None:
        """Return the code of a spelling, or None for one that the mapping does not know."""
        return self.codes.get(folded(label))

    def label(self, code: str) -> str | None:
        """Return how the register spells a code."""
        return self.labels.get(code)
