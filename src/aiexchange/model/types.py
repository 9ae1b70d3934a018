"""Value types of the canonical model: checked strings, partial dates, multilingual text, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, JsonValue, StringConstraints

XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML 1.0 document can hold, not even escaped."""

LONGEST_VALUE = 1_048_576
"""The most characters that one canonical value may have."""

_XML_TEXT = "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]+$"


class Kind(Enum):
    """What a field holds, for everything that is driven by the table of the model."""

    STRING = "string"
    URL = "url"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CODE = "code"
    COUNTRY = "country"
    LANGUAGE = "language"
    DATE = "date"
    MOMENT = "moment"
    TEXT = "text"
    KEYWORDS = "keywords"
    PART = "part"
    JSON = "json"
    STATEMENTS = "statements"


def _unique_sorted(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return values if len(values) < 2 else tuple(sorted(set(values)))


def _real_date(value: str) -> str:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    date(int(year), int(month or 1), int(day or 1))
    return value


def _real_moment(value: str) -> str:
    if "T" in value:
        datetime.fromisoformat(value)
        return value
    return _real_date(value)


def _keyword_sets(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {language: _unique_sorted(words) for language, words in sorted(value.items()) if words}


def _by_language(value: dict[str, str]) -> dict[str, str]:
    return value if len(value) < 2 else dict(sorted(value.items()))


String = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_VALUE, pattern=_XML_TEXT),
    Kind.STRING,
]
"""A string in no particular language; never empty, only characters that XML 1.0 allows."""

URL_PATTERN = r'^((https?|ftp)://|www\.)[^\s\x00-\x1F\x7F<>"{}|\\^`\uFFFE\uFFFF]+$'

Url = Annotated[str, StringConstraints(max_length=LONGEST_VALUE, pattern=URL_PATTERN), Kind.URL]
"""A web address, kept exactly as written; `www.` without a scheme is taken too."""

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Kind.COUNTRY]
"""A country as ISO 3166-1 alpha-2 (Greece is GR)."""

Language = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}(-[a-z0-9]{2,8})*$"), Kind.LANGUAGE]
"""A language as lower-case BCP 47; `und` where the source does not say."""

DATE_PATTERN = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

PartialDate = Annotated[
    str, StringConstraints(pattern=DATE_PATTERN), AfterValidator(_real_date), Kind.DATE
]
"""A date as precise as the source knows it: `2023`, `2023-04` or `2023-04-01`."""

MOMENT_PATTERN = (
    "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])"
    "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?"
    "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?)?)?)?$"
)

Moment = Annotated[
    str, StringConstraints(pattern=MOMENT_PATTERN), AfterValidator(_real_moment), Kind.MOMENT
]
"""A partial date, or a date and time as in XML Schema (`2024-05-02T12:00:00+00:00`)."""

Text = Annotated[
    dict[Language, String],
    Field(min_length=1),
    AfterValidator(_by_language),
    Kind.TEXT,
]
"""Prose, language by language."""

Keywords = Annotated[
    dict[Language, tuple[String, ...]],
    AfterValidator(_keyword_sets),
    Kind.KEYWORDS,
]
"""Search terms, language by language: sets, sorted."""

Json = Annotated[dict[str, JsonValue], Kind.JSON]
"""Source values by the name of their field, as the source holds them."""

AsSet = AfterValidator(_unique_sorted)
"""Marks a list whose order says nothing: kept unique and sorted."""


def interval(value: str) -> tuple[date, date]:
    """Return the first and the last day that a partial date or a moment may mean."""
    day = value.partition("T")[0]
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, date.fromordinal(after.toordinal() - 1)
    exact = date(*parts)
    return exact, exact


def xml_safe(text: str) -> str:
    """Return the text without the characters that XML 1.0 forbids."""
    return XML_FORBIDDEN.sub("", text)


def merge_texts(texts: Iterable[dict[str, str] | None]) -> dict[str, str] | None:
    """Return one text that holds the languages of all; the first text wins a language."""
    merged: dict[str, str] = {}
    for text in texts:
        for language, value in (text or {}).items():
            merged.setdefault(language, value)
    return merged or None
