"""Groupings: the titled links that the register's tables flatten to `1: title, link. 2: title`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiexchange.model.types import URL_PATTERN

WEB_ADDRESS = re.compile(URL_PATTERN)
_LOOKS_LIKE_LINK = re.compile(r"^(?:https?://|ftp://|www\.)\S+$", re.IGNORECASE)
_HAS_LINK = re.compile(r"(?:https?://|www\.)\S")
_TITLE_LINK = re.compile(r"^(?P<title>.*), (?P<link>(?:https?://|ftp://|www\.)\S*)$", re.DOTALL)
_LINK_TITLE = re.compile(r"^(?P<link>(?:https?://|ftp://|www\.)\S+), (?P<title>.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The entries of a flattened list, with what was doubtful in reading it."""

    entries: tuple[tuple[str, str], ...]
    """Title and link of each; either may be empty."""

    doubts: tuple[str, ...] = ()
    """`unnumbered`, `swapped`, `ambiguous`."""


def parse(text: str) -> Grouping:
    """Read a flattened list; a doubtful one is read in the most probable way.

    The numbers count up from 1, so a number within a title does not end it unless it is the very
    next one. A link begins after the last comma that a web address follows.
    """
    text = text.strip()
    if not text.startswith("1: ") and text != "1:":
        return Grouping((_entry(text, []),), ("unnumbered",))
    doubts: list[str] = []
    entries = tuple(_entry(part, doubts) for part in _numbered(text, doubts))
    return Grouping(entries, tuple(dict.fromkeys(doubts)))


def flatten(entries: list[tuple[str, str]]) -> str:
    """Write entries as the register does; an entry without a link is its title alone."""
    return ". ".join(
        f"{number}: {title}, {link}" if link else f"{number}: {title}"
        for number, (title, link) in enumerate(entries, 1)
    )


def _numbered(text: str, doubts: list[str]) -> list[str]:
    parts, rest, number = [], text[2:], 2
    while (end := _next(rest, number, doubts)) is not None:
        parts.append(rest[:end])
        rest = rest[end + len(f". {number}:") :]
        number += 1
    return [part.strip() for part in (*parts, rest)]


def _next(rest: str, number: int, doubts: list[str]) -> int | None:
    """Return where the next entry begins: after a link if one of several places follows one."""
    mark = f". {number}: "
    first = rest.find(mark)
    if first < 0:
        return len(rest) - len(mark) + 1 if rest.endswith(mark.rstrip()) else None
    if rest.find(mark, first + len(mark)) < 0:
        return first
    doubts.append("ambiguous")
    places = [found.start() for found in re.finditer(re.escape(mark), rest)]
    after_link = (place for place in places if _TITLE_LINK.match(rest[:place].strip()))
    return next(after_link, places[0])


def _entry(part: str, doubts: list[str]) -> tuple[str, str]:
    if _LOOKS_LIKE_LINK.match(part):
        return "", part
    if found := _LINK_TITLE.match(part):
        doubts.append("swapped")
        return found["title"], found["link"]
    if found := _TITLE_LINK.match(part):
        return found["title"], found["link"]
    if _HAS_LINK.search(part) or part.endswith(","):
        doubts.append("ambiguous")
    return part, ""
