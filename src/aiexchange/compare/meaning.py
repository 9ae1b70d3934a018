"""Meaning: a value reduced to what counts in a comparison, as a string."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import Any

from aiexchange.model import CanonicalModel
from aiexchange.model.paths import is_absent
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

NOTHING = "null"
"""The meaning of a value that says nothing."""

_TEXTS = (Kind.STRING, Kind.TEXT, Kind.KEYWORDS)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_ENTITY = re.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|ul|ol|li|dl|dt|dd|h[1-6]|hr|table|thead|tbody|tr|td|th|section|blockquote)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[ \t]*- ", re.MULTILINE)
"""What stands for the mark-up of a list in our plain text."""
_INLINE_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|span|font|small|sub|sup)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def meaning_of_text(text: str) -> str:
    """Return a text without the spacing, mark-up and invisible characters that say nothing.

    A link keeps its tag: where it points to does mean something.
    """
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", text))
    text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    text = _BULLET.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def meaning_of_json(value: Any) -> str:
    """Return a source value as a string; texts as texts, 1.0 as 1, members in any order."""
    return json.dumps(_reduced(value), sort_keys=True)


def meaning_of_field(field: Field, value: Any) -> str:
    """Return a canonical value as a string; the order of a list does not count.

    For a text this is one language of it, for keywords one language, for extras one field.
    """
    if field.kind is Kind.JSON:
        return meaning_of_json(value)
    if not isinstance(value, tuple):
        return _of_one(field, value)
    found = sorted(one for item in value if not says_nothing(one := _of_one(field, item)))
    unique = field.is_set or field.kind is Kind.KEYWORDS
    return json.dumps(sorted(set(found)) if unique else found) if found else NOTHING


def says_nothing(meaning: str) -> bool:
    """Tell whether a meaning is that of null, or of a text that holds nothing but spacing."""
    return meaning in (NOTHING, '""')


def _of_one(field: Field, value: Any) -> str:
    if isinstance(value, CanonicalModel):
        return _of_part(value)
    if isinstance(value, str) and field.kind in _TEXTS:
        return json.dumps(meaning_of_text(value))
    if isinstance(value, dict):
        return json.dumps({key: _of_one(field, inner) for key, inner in value.items()})
    return json.dumps(value)


def _of_part(part: CanonicalModel) -> str:
    members = {
        name: meaning_of_field(field, value)
        for name, field in fields_of(type(part)).items()
        if not is_absent(value := getattr(part, field.attribute))
    }
    said = {name: found for name, found in members.items() if not says_nothing(found)}
    return json.dumps(said) if said else NOTHING


def _reduced(value: Any) -> Any:
    if isinstance(value, str):
        return meaning_of_text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_reduced(item) for item in value]
    if isinstance(value, dict):
        return {key: _reduced(inner) for key, inner in value.items()}
    return value


def meaning_of_item(field: Field, value: Any) -> str:
    """Return one value of a field as a string: one member of its list, one language of its text."""
    return _of_one(field, value)
