"""LARS codes: the ids of the Algoritmeregister, whose last digit follows from the others."""

from __future__ import annotations

import re

_EIGHT_DIGITS = re.compile("[0-9]{8}")


def is_lars(code: str) -> bool:
    """Tell whether a code is eight digits of which the last is right.

    Unlike in a product code, the check digit is the weighted sum itself, not its complement.
    """
    if not _EIGHT_DIGITS.fullmatch(code):
        return False
    digits = [int(digit) for digit in code]
    return (sum(digits[0:7:2]) * 3 + sum(digits[1:7:2])) % 10 == digits[7]


CHECK_DIGITS = {"lars": is_lars}
"""Checks of ids by the name that a layout gives for them."""
