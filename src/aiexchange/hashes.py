"""Hashes: which of many occur more than once, in little memory."""

from __future__ import annotations

from array import array
from itertools import pairwise


def repeated(hashes: array[int]) -> frozenset[int]:
    """Return the hashes that occur more than once."""
    return frozenset(one for one, other in pairwise(sorted(hashes)) if one == other)
