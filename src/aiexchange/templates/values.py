"""Values: what people write into an answer as canonical values, or the reason why it is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from aiexchange import law
from aiexchange.model.types import LONGEST_VALUE, URL_PATTERN, XML_FORBIDDEN, Kind, interval
from aiexchange.templates.plan import Ask
from aiexchange.templates.wording import data, every, plain

EARLIEST = date(1950, 1, 1)
"""Dates before it are years or numbers that a spreadsheet took for days."""


class Unsure(Exception):  # noqa: N818 (it is no error, but an answer that nobody should guess at)
    """An answer that cannot be taken: `code`, the reason, and what to write instead."""

    def __init__(self, code: str, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.mend = code, reason, mend


class Taken:
    """A canonical value, and what people should look at because it was read with some doubt."""

    def __init__(self, value: Any, doubt: str | None = None) -> None:
        self.value, self.doubt = value, doubt


def taken(ask: Ask, raw: Any) -> Taken | None:
    """Return the canonical value of an answer; None where it says nothing.

    Raises:
        Unsure: it cannot be told what is meant.
    """
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\xa0", " ")).strip()
    if raw in ("", None) or (isinstance(raw, list | tuple | dict) and not raw):
        return None
    if isinstance(raw, str) and not _is_code(ask, raw):
        _refuse_no_answer(raw)
    if ask.many:
        return _several(ask, raw)
    return READERS[ask.kind](ask, raw)


def _is_code(ask: Ask, text: str) -> bool:
    """Tell whether a text is one of the codes to choose from, of which `unknown` is one."""
    return ask.question.codes is not None and plain(text) in spellings(ask.question.codes)


_NO_ANSWER = frozenset(
    "-|--|—|–|…|...|?|??|n.v.t.|n.v.t|nvt|n/a|n.a.|niet van toepassing|not applicable|onbekend|"
    "unknown|tbd|t.b.d.|todo|volgt|nog niet bekend|not known|weet ik niet".split("|")
)
_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?|Err:\d+", re.IGNORECASE)


def _refuse_no_answer(text: str) -> None:
    if plain(text) in _NO_ANSWER:
        raise Unsure(
            "template.no-answer",
            f"“{text}” is no answer.",
            "Leave the cell empty as long as there is no answer.",
        )
    if _ERROR.fullmatch(text):
        raise Unsure(
            "template.cell-error",
            f"The cell shows an error of the spreadsheet, {text}.",
            "Write the answer itself instead of a formula.",
        )
    if XML_FORBIDDEN.search(text) or len(text) > LONGEST_VALUE:
        raise Unsure(
            "template.unfit-text",
            "The answer holds control characters, or is longer than a value may be.",
            "Write the answer anew, as plain text.",
        )


def _text(ask: Ask, raw: Any) -> Taken:
    if isinstance(raw, str):
        return Taken(raw)
    if _is_whole(raw) and ask.path.endswith("address.number") and 0 < raw < 100_000:
        return Taken(str(int(raw)))
    if _is_whole(raw) and ask.path.endswith("notified_body.number") and 999 < raw < 10_000:
        return Taken(str(int(raw)))
    raise Unsure(
        "template.not-text",
        f"A text is expected, and the cell holds {_shown(raw)}; leading zeros, a percent sign or "
        "decimals may have been lost.",
        "Format the cell as text and write the answer again, exactly as it should read.",
    )


def _is_whole(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool) and float(raw).is_integer()


def _shown(raw: Any) -> str:
    if isinstance(raw, bool):
        return f"the logical value {raw}"
    if isinstance(raw, int | float):
        return f"the number {raw:g}"
    if isinstance(raw, date | datetime):
        return f"the date {raw.isoformat()}"
    return f"“{raw}”"


def _url(ask: Ask, raw: Any) -> Taken:
    if isinstance(raw, str) and re.fullmatch(URL_PATTERN.removeprefix("^").removesuffix("$"), raw):
        return Taken(raw)
    raise Unsure(
        "template.not-a-url",
        f"A web address is expected, and there is {_shown(raw)}.",
        "Write one address that begins with https:// or http://, without spaces.",
    )


def _boolean(ask: Ask, raw: Any) -> Taken:
    if isinstance(raw, bool):
        return Taken(raw)
    if isinstance(raw, str) and (found := _truths().get(plain(raw).rstrip("."))) is not None:
        return Taken(found)
    raise Unsure(
        "template.not-yes-or-no",
        f"Yes or no is expected, and there is {_shown(raw)}.",
        "Write yes or no, or leave the cell empty.",
    )


@cache
def _truths() -> Mapping[str, bool]:
    yes = {plain(text) for text in (*every("yes"), "true", "waar", "y", "j")}
    no = {plain(text) for text in (*every("no"), "false", "onwaar", "n")}
    return {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}


def _code(ask: Ask, raw: Any) -> Taken:
    assert ask.question.codes is not None
    text = str(int(raw)) if _is_whole(raw) else raw
    if (
        isinstance(text, str)
        and len(found := spellings(ask.question.codes).get(plain(text), ())) == 1
    ):
        return Taken(found[0])
    raise Unsure(
        "template.not-in-list",
        f"{_shown(raw)} is not in the list {ask.question.codes}.",
        f"Choose a value from the list; aiexchange list codelists {ask.question.codes} shows it.",
    )


@cache
def spellings(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of a list by every way to write them: code, labels, what drop-downs show."""
    found: dict[str, set[str]] = {}
    for code in law.codelist(name).values():
        labels = (code.label_en, code.label_nl)
        for text in (code.code, *labels, *(choice(name, code, lang) for lang in ("en", "nl"))):
            found.setdefault(plain(text), set()).add(code.code)
    return {text: tuple(codes) for text, codes in found.items()}


def choice(name: str, code: law.Code, language: str) -> str:
    """Return a code as drop-downs show it: with its meaning."""
    label = code.label_nl if language == "nl" else code.label_en
    if name in data("layout.toml")["code-first"]:
        return f"{code.code} – {label}"
    return f"{label} [{code.code}]"


def _several(ask: Ask, raw: Any) -> Taken:
    values = []
    for part in _parts(ask, raw):
        found = _code(ask, part.strip() if isinstance(part, str) else part)
        values.append(found.value)
    return Taken(tuple(sorted(set(values))))


def _parts(ask: Ask, raw: Any) -> Iterable[Any]:
    if isinstance(raw, list | tuple):
        return raw
    if not isinstance(raw, str) or ask.question.codes is None:
        return (raw,)
    if plain(raw) in spellings(ask.question.codes):
        return (raw,)
    parts = [part for part in re.split(r"[;\n|]", raw) if part.strip()]
    if all(plain(part) in spellings(ask.question.codes) for part in parts):
        return parts
    return [part for part in re.split(r"[;\n|,]", raw) if part.strip()]


_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb mrt apr mei jun jul aug sept okt nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}
_ISO = re.compile(r"(\d{4})(-\d{1,2})?(-\d{1,2})?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([a-z]+)\.? (\d{4})")


def _date(ask: Ask, raw: Any) -> Taken:
    if isinstance(raw, datetime | date):
        return _of_cell(raw)
    if _is_whole(raw):
        return _of_number(int(raw))
    if isinstance(raw, str):
        for read in (_iso, _day_first, _named):
            if (found := read(raw)) is not None:
                return found
    raise _no_date(raw)


def _no_date(raw: Any) -> Unsure:
    return Unsure(
        "template.not-a-date",
        f"A date is expected, and {_shown(raw)} can be read as none, or as several.",
        "Write it as 2026-12-31 (year, month, day).",
    )


def _of_cell(raw: date) -> Taken:
    day = raw.date() if isinstance(raw, datetime) else raw
    if day < EARLIEST:
        raise Unsure(
            "template.not-a-date",
            f"The cell holds {day.isoformat()}; was a year or a number meant?",
            "Write the date as 2026-12-31; put an apostrophe before a year that stands alone.",
        )
    if isinstance(raw, datetime) and raw.time() != time():
        return Taken(day.isoformat(), f"The time of day is left out; read as {day.isoformat()}.")
    return Taken(day.isoformat())


def _of_number(number: int) -> Taken:
    if 1950 <= number <= 2100:
        return Taken(str(number), f"The number {number} was read as a year.")
    day = date(1899, 12, 30) + timedelta(days=number) if 18_264 <= number <= 73_050 else None
    if day is None:
        raise _no_date(number)
    return Taken(day.isoformat(), f"The number {number} was read as the day {day.isoformat()}.")


def _iso(text: str) -> Taken | None:
    if (found := _ISO.fullmatch(text)) is None:
        return None
    year, *rest = found.group(1, 2, 3)
    value = "-".join([year, *(f"{int(part[1:]):02}" for part in rest if part)])
    return Taken(_real(value, text))


def _day_first(text: str) -> Taken | None:
    if (found := _DAY_FIRST.fullmatch(text)) is None:
        return None
    first, mark, second, year = found.groups()
    day, month = int(first), int(second)
    if month > 12:
        if mark != "/":
            raise _no_date(text)
        day, month = month, day
    elif day <= 12 and day != month and mark == "/":
        raise _no_date(text)
    value = _real(f"{year}-{month:02}-{day:02}", text)
    sure = day > 12 or day == month
    return Taken(value, None if sure else f"“{text}” was read as {value}: the day first.")


def _named(text: str) -> Taken | None:
    found = _NAMED.fullmatch(plain(text))
    if found is None or found.group(2) not in _MONTHS:
        return None
    day, name, year = found.groups()
    value = f"{year}-{_MONTHS[name]:02}" + (f"-{int(day):02}" if day else "")
    return Taken(_real(value, text))


def _real(value: str, text: str) -> str:
    try:
        first, _ = interval(value)
    except ValueError:
        raise _no_date(text) from None
    if first < EARLIEST:
        raise _no_date(text)
    return value


def _language(ask: Ask, raw: Any) -> Taken:
    if isinstance(raw, str) and re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})+|und", raw):
        return Taken(raw)
    return _code(ask, raw)


READERS: dict[Kind, Callable[[Ask, Any], Taken]] = {
    Kind.STRING: _text,
    Kind.TEXT: _text,
    Kind.URL: _url,
    Kind.BOOLEAN: _boolean,
    Kind.CODE: _code,
    Kind.COUNTRY: _code,
    Kind.LANGUAGE: _language,
    Kind.DATE: _date,
}
"""How the answers of each kind are read."""
