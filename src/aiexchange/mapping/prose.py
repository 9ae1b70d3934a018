"""Prose: the plain text of a source value, and the source form of a plain text."""

from __future__ import annotations

import html
import re

from aiexchange.model.types import LONGEST_VALUE

_ODD = re.compile("[<&\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>p|br|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|hr|blockquote|section"
    r"|b|strong|i|em|u|s|a|span|font|small|sub|sup)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PARAGRAPHS = frozenset(("p", "div", "ul", "ol", "table", "blockquote", "section", "hr"))
_LINES = frozenset(("br", "tr", *(f"h{level}" for level in range(1, 7))))


def plain_text(source: str) -> str | None:
    """Return the text of a source value without mark-up; None where nothing is left.

    Tags become line breaks and list marks, entities their characters. Zero-width spaces, byte
    order marks and what XML 1.0 forbids go; a `<` that begins no known tag stays. A text longer
    than a canonical value may be is none.
    """
    if not source.isprintable() or "<" in source or "&" in source:
        source = _without_odds(source)
    text = source.strip()
    return text if text and len(text) <= LONGEST_VALUE else None


def _without_odds(source: str) -> str:
    if "<" in source and _TAG.search(source):
        source = _without_tags(source)
    if "&" in source:
        source = _ENTITY.sub(lambda entity: html.unescape(entity.group()), source)
    return _DROPPED.sub("", source)


def source_text(text: str) -> str:
    """Return what reads as this plain text: itself, with `<` and `&` escaped if need be."""
    if not _is_odd(text) or plain_text(text) == text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _is_odd(text: str) -> bool:
    """Tell whether a text holds mark-up or odd characters; most are told by a glance."""
    if text.isprintable() and "<" not in text and "&" not in text:
        return False
    return _ODD.search(text) is not None


def _without_tags(source: str) -> str:
    """Return the text with paragraphs apart and list items marked, each on its own line."""
    lists: list[int | None] = []
    text = _TAG.sub(lambda tag: _in_place_of(tag["name"].lower(), bool(tag["end"]), lists), source)
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


def _in_place_of(name: str, is_end: bool, lists: list[int | None]) -> str:
    if name in ("ul", "ol"):
        if not is_end:
            lists.append(0 if name == "ol" else None)
        elif lists:
            lists.pop()
        return "\n"
    if name == "li":
        return "" if is_end else f"\n{_mark(lists)} "
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "\n"
    return " " if name in ("td", "th") else ""


def _mark(lists: list[int | None]) -> str:
    if not lists or (count := lists[-1]) is None:
        return "-"
    lists[-1] = count + 1
    return f"{count + 1}."
