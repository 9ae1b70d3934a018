"""Text: literals and IRIs as Turtle and N-Triples write them."""

from __future__ import annotations

import json
import re
from typing import Any

_SPECIAL = re.compile('[\\\\"\n\r\t]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ufffe\uffff]')
_ABSOLUTE = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#\s]+", re.IGNORECASE)


def literal(text: str) -> str:
    """Return a plain literal."""
    if _SPECIAL.search(text) is None:
        return f'"{text}"'
    return f'"{_SPECIAL.sub(lambda found: _ESCAPES[found.group()], text)}"'


def json_literal(value: Any) -> str:
    """Return a value as a literal of ASCII JSON, which any tool keeps as it is."""
    return literal(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


def name_literal(name: str) -> str:
    """Return a name of any characters as a literal, escaped as within a JSON string."""
    return literal(json.dumps(name, ensure_ascii=True)[1:-1])


def iri(text: str) -> str | None:
    """Return a web address as an IRI, or None if it cannot be one."""
    if _NO_IRI.search(text) or not _ABSOLUTE.match(text):
        return None
    try:
        _check(text)
    except ValueError:
        return None
    return f"<{text}>"


def _check(text: str) -> None:
    """Refuse what other tools would refuse: a broken percent code, a broken host or port."""
    from pyoxigraph import NamedNode

    if re.search(r"%(?![0-9A-Fa-f]{2})", text) or "[" in text or "]" in text:
        raise ValueError(text)
    NamedNode(text)


def mailto(address: str) -> str | None:
    """Return a mail address as an IRI, or None if it cannot be one."""
    if _NO_IRI.search(address) or not re.fullmatch(r"[\w.+-]+@[\w.-]+", address, re.ASCII):
        return None
    return f"<mailto:{address}>"
