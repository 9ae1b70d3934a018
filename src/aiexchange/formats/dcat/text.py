"""Text: literals and IRIs as N-Triples writes them, and what such a term says."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ufffe\uffff\[\]]|%(?![0-9A-Fa-f]{2})')
_ABSOLUTE = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#\s]+", re.IGNORECASE)
_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"
_PLAIN_ADDRESS = re.compile(
    rf"https?://[A-Za-z0-9.-]+(?::[0-9]{{1,4}})?(?:[/?#](?:(?!{_PRIVATE})[\w./?#%&=~:@!$'()*+,;-])*)?"
)


def literal(text: str) -> str:
    """Return a plain literal."""
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" in text or "\r" in text or "\t" in text:
        text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{text}"'


def json_literal(value: Any) -> str:
    """Return a value as a literal of ASCII JSON, which any tool keeps as it is."""
    return literal(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


@lru_cache(4096)
def name_literal(name: str) -> str:
    """Return a name of any characters as a literal, escaped as within a JSON string."""
    return literal(json.dumps(name, ensure_ascii=True)[1:-1])


def iri(text: str) -> str | None:
    """Return a web address as an IRI, or None if it cannot be one."""
    if _NO_IRI.search(text) or not _ABSOLUTE.match(text):
        return None
    if not _PLAIN_ADDRESS.fullmatch(text) or not text.isascii():
        try:
            _check(text)
        except ValueError:
            return None
    return f"<{text}>"


def _check(text: str) -> None:
    """Refuse what other tools would refuse: a broken host or port."""
    from pyoxigraph import NamedNode

    NamedNode(text)


def mailto(address: str) -> str | None:
    """Return a mail address as an IRI, or None if it cannot be one."""
    if _NO_IRI.search(address) or not re.fullmatch(r"[\w.+-]+@[\w.-]+", address, re.ASCII):
        return None
    return f"<mailto:{address}>"


def name_of(term: str) -> str:
    """Return the name that `name_literal` wrote.

    Raises:
        ValueError: it is none.
    """
    text = value_of(term)
    return str(json.loads(f'"{text}"')) if "\\" in text or '"' in text else text


def value_of(term: str) -> str:
    """Return the text of a literal, whatever its language or datatype, or the text of an IRI."""
    if term[0] != '"':
        return unescaped(term[1:-1]) if term[0] == "<" else term
    return unescaped(term[1 : term.rindex('"')])


def language_of(term: str) -> str | None:
    """Return the language of a literal, in lower case; None if it has none."""
    tail = term[term.rindex('"') + 1 :]
    return tail[1:].lower() if tail.startswith("@") else None


def datatype_of(term: str) -> str | None:
    """Return the IRI of the datatype of a literal; None if it is plain or has a language."""
    tail = term[term.rindex('"') + 1 :]
    return tail[3:-1] if tail.startswith("^^") else None


def unescaped(text: str) -> str:
    """Return a text without the escapes of N-Triples."""
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _PLAIN.get(found[3], found[3])
