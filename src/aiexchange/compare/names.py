"""Names: how alike two suppliers or two products are called, from 0 to 1."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\W|$)")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"\d")
_LEGAL_FORMS = frozenset(
    "bv nv vof cv ua ltd limited llp llc inc plc corp gmbh ag kg se sa sas sarl srl spa oy oyj ab "
    "as aps sprl bvba vzw asbl eood sro doo".split()
)


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents, case and punctuation: `B.V.` is `bv`."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(_WORD.findall(_INITIALS.sub("", plain)))


@lru_cache(maxsize=65_536)
def body(name: str) -> str:
    """Return the name of a body as it is compared: its words, without its legal form."""
    said = [word for word in words(name) if word not in _LEGAL_FORMS]
    return " ".join(said or words(name))


@lru_cache(maxsize=65_536)
def product(name: str, supplier: str = "") -> str:
    """Return the name of a product as it is compared, without that of its supplier (a `body`)."""
    own = frozenset(supplier.split())
    said = [word for word in words(name) if word not in own]
    return " ".join(said or words(name))


@lru_cache(maxsize=262_144)
def likeness(left: str, right: str) -> float:
    """Return how alike two prepared names are; numbers in them have to be the same.

    The order of the words does not count; a name that is a part of the other comes close to it.
    """
    if left == right:
        return 1.0
    if _numbers(left) != _numbers(right):
        return 0.0
    whole = fuzz.token_sort_ratio(left, right)
    part = 0.9 * fuzz.token_set_ratio(left, right)
    return max(whole, part) / 100


def _numbers(name: str) -> frozenset[str]:
    return frozenset(word for word in name.split() if _NUMBERED.search(word))
