"""Converters: how a source value becomes a canonical one, each beside its inverse.

A canonical value is plain here, as JSON holds it. A converter returns None for what it cannot
read, and an empty string for what the register has no form for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, ClassVar

from aiexchange.mapping.codes import CodeTable, folded
from aiexchange.mapping.context import Context, OwnName
from aiexchange.mapping.grouping import WEB_ADDRESS, Grouping, flatten, parse
from aiexchange.mapping.prose import plain_text, source_text
from aiexchange.model.registration import RECORD_ID_PATTERN
from aiexchange.model.types import DATE_PATTERN, LONGEST_VALUE, MOMENT_PATTERN

_RECORD_ID = re.compile(RECORD_ID_PATTERN)
_DATE = re.compile(DATE_PATTERN)
_MOMENT = re.compile(MOMENT_PATTERN)
_THIRD_ZERO = re.compile(r"^([0-9]+\.[0-9]+)\.0$")


class Converter:
    """Base of the converters; `field` is the register's name of what is converted."""

    name: ClassVar[str]

    def __init__(self, field: str, codes: CodeTable) -> None:
        self.field = field
        self.codes = codes

    def forward(self, raw: Any, context: Context) -> Any:
        """Return the canonical value of a source value, or None if it has none."""
        raise NotImplementedError

    def backward(self, value: Any, context: Context) -> Any:
        """Return how the register would say a canonical value; "" for nothing."""
        raise NotImplementedError

    listed: ClassVar[bool] = False
    """Whether the register holds a list here, which a flat transport writes as one string."""

    structured: ClassVar[bool] = False
    """Whether a list or an object can be read; elsewhere only a text can."""

    halved: ClassVar[bool] = False
    """Whether another field holds the other half of the canonical value."""

    by_language: ClassVar[bool] = False
    """Whether the canonical value is said language by language."""

    def returns(self, raw: Any, value: Any, context: Context) -> bool:
        """Tell whether `backward` gives the source value from which the value was just read."""
        return bool(self.backward(value, context) == raw)

    def reshaped(self, residue: Any, context: Context) -> Any:
        """Return a source twin in the shape that the other kind of transport asks for."""
        return residue

    def agrees(self, residue: Any, value: Any) -> bool:
        """Tell whether a source twin still says what the canonical value says.

        Both come as `backward` gives them.
        """
        return bool(residue == value)

    def _unclear(self, context: Context, code: str, raw: Any, reason: str, mend: str) -> None:
        context.warn(code, self.field, f"{self.field} {reason}: {excerpt(raw)}", mend)


def excerpt(raw: Any) -> str:
    """Return the beginning of a value as a message shows it."""
    text = " ".join(str(raw).split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


class TextConverter(Converter):
    """Prose in the language of the record."""

    name = "text"
    by_language = True

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        return None if text is None else {context.language: text}

    def backward(self, value: Any, context: Context) -> Any:
        return source_text(in_language(value, context) or "")

    def returns(self, raw: Any, value: Any, context: Context) -> bool:
        # A text in which there was nothing to change is the same object.
        return value[context.language] is raw or super().returns(raw, value, context)


def in_language(value: dict[str, Any], context: Context) -> Any:
    """Return what is said in the language of the record, or what may stand in for it."""
    said = value.get(context.language)
    if said is None and not context.translation:
        said = value.get("und")
    if said is None and not context.strict:
        said = next(iter(value.values()), None)
    return said


class StringConverter(Converter):
    """A string that is not prose: a name."""

    name = "string"

    def forward(self, raw: Any, context: Context) -> Any:
        return plain_text(raw)

    def backward(self, value: Any, context: Context) -> Any:
        return source_text(value)

    def returns(self, raw: Any, value: Any, context: Context) -> bool:
        return value is raw or super().returns(raw, value, context)


class SupplierConverter(StringConverter):
    """The supplier; a code says that it is the body itself (Art. 3(3)), or that none is named."""

    name = "supplier"

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        code = text and (self.codes.code(text) or self.codes.code(text.rstrip(" .;,!")))
        if not code:
            return text
        if code == self._OWN:
            return OwnName(context.organisation) if context.organisation else None
        mend = "Name the supplier under whose name the system is sold, or write Intern ontwikkeld."
        self._unclear(context, "supplier-unnamed", raw, "names nobody", mend)
        return None

    _OWN = "deployer"

    def backward(self, value: Any, context: Context) -> Any:
        if isinstance(value, OwnName):
            return self.codes.label(self._OWN)
        return source_text(value)


class RecordIdConverter(Converter):
    """The register's own id; without one the record id is a hash, and is not written."""

    name = "record-id"

    def forward(self, raw: Any, context: Context) -> Any:
        record_id = f"{context.register}:{raw.strip()}"
        if _RECORD_ID.search(record_id) and len(record_id) <= 512:
            return record_id
        return None

    def backward(self, value: Any, context: Context) -> Any:
        register, _, own = value.partition(":")
        return own if register == context.register and not own.startswith("~") else ""

    def agrees(self, residue: Any, value: Any) -> bool:
        return residue in (value, re.sub(r"-\d+$", "", value))


class IdentifierConverter(Converter):
    """A number under which the register's field is the scheme; leading zeros stay."""

    name = "identifier"

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        return None if text is None else [{"scheme": self.field, "value": text}]

    def backward(self, value: Any, context: Context) -> Any:
        own = (each["value"] for each in value if each.get("scheme") == self.field)
        return source_text(next(own, ""))


class DateConverter(Converter):
    """A partial date; other ways of writing one are read where they can mean only one."""

    name = "date"

    _MONTH_FIRST = re.compile(r"^(0?[1-9]|1[0-2])[-/.]([12][0-9]{3})$")
    _DAY_FIRST = re.compile(r"^(0?[1-9]|[12][0-9]|3[01])[-/.](0?[1-9]|1[0-2])[-/.]([12][0-9]{3})$")
    _SERIAL = re.compile(r"^[3-6][0-9]{4}$")

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        if text is None or (_DATE.search(text) and is_real(text)):
            return text
        if found := self._MONTH_FIRST.match(text):
            read = f"{found[2]}-{found[1]:0>2}"
        elif found := self._DAY_FIRST.match(text):
            read = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
        else:
            return self._no_date(text, context)
        if not is_real(read):
            return self._no_date(text, context)
        self._unclear(
            context, "date-form", raw, f"is read as {read}", "Write dates as YYYY-MM or YYYY-MM-DD."
        )
        return read

    def _no_date(self, text: str, context: Context) -> None:
        reason = "is no date"
        if self._SERIAL.match(text):
            day = date(1899, 12, 30) + timedelta(days=int(text))
            reason = f"looks like a spreadsheet's day number ({day.isoformat()})"
        mend = "Write the month as YYYY-MM. The value is kept, but counts as missing."
        self._unclear(context, "date-unread", text, reason, mend)

    def backward(self, value: Any, context: Context) -> Any:
        return value


def is_real(text: str) -> bool:
    """Tell whether a partial date is one of the calendar."""
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class MomentConverter(Converter):
    """A date and time, which the register writes with a space between them."""

    name = "moment"

    def forward(self, raw: Any, context: Context) -> Any:
        text = raw.strip()
        read = f"{text[:10]}T{text[11:]}" if text[10:11] == " " else text
        if _MOMENT.search(read) and is_real(read[:10]):
            return read
        mend = "Write it as YYYY-MM-DD HH:MM:SS+00:00. The value is kept, but counts as missing."
        self._unclear(context, "date-unread", raw, "is no date and time", mend)
        return None

    def backward(self, value: Any, context: Context) -> Any:
        return value.replace("T", " ") if context.flat else value


class CodeConverter(Converter):
    """One code of a list, in any spelling that the mapping knows."""

    name = "code"

    def forward(self, raw: Any, context: Context) -> Any:
        code = self.codes.code(raw)
        if code is None and (text := plain_text(raw)) is not None:
            code = self.codes.code(text)
            if code is None:
                self._unclear(context, "code-unknown", raw, "is no known value", self._mend())
        return code

    def backward(self, value: Any, context: Context) -> Any:
        return self.codes.label(value) or ""

    def _mend(self) -> str:
        return f"Choose one of: {', '.join(self.codes.labels.values())}."


class LanguageConverter(CodeConverter):
    """The language that the record is written in."""

    name = "language"

    def forward(self, raw: Any, context: Context) -> Any:
        code = super().forward(raw, context)
        return None if code is None else [code]

    def backward(self, value: Any, context: Context) -> Any:
        if not value:
            return ""
        return super().backward(
            context.language if context.language in value else value[0], context
        )


class CodesConverter(CodeConverter):
    """Several codes of a list; what the list does not know stays in the register's own words."""

    name = "codes"
    listed = structured = True

    def forward(self, raw: Any, context: Context) -> Any:
        found = set()
        for label in names_in(raw):
            text = plain_text(label)
            if text is not None:
                found.add(self._code(text, context))
        return sorted(found) or None

    def _code(self, text: str, context: Context) -> str:
        code = self.codes.code(text)
        if code is None:
            self._unclear(context, "code-unknown", text, "is no known value", self._mend())
        return code or text

    def backward(self, value: Any, context: Context) -> Any:
        labels = sorted(self.codes.label(code) or code for code in value)
        return ", ".join(labels) if context.flat else labels

    def reshaped(self, residue: Any, context: Context) -> Any:
        return names_reshaped(residue)


def names_in(raw: Any) -> list[str]:
    """Return the members of a list, but for null, or the names between the commas of a string."""
    if isinstance(raw, list):
        return [str(each) for each in raw if each is not None]
    return str(raw).split(",")


def names_reshaped(residue: Any) -> Any:
    """Return a list of names as one string, or the names in a string, in their own order."""
    if isinstance(residue, list):
        return ", ".join(names_in(residue))
    return [name.strip() for name in residue.split(",")] if isinstance(residue, str) else residue


class CodesInTextConverter(CodesConverter):
    """Several codes that the register itself holds as one text with commas."""

    name = "codes-in-text"
    listed = False

    def backward(self, value: Any, context: Context) -> Any:
        return super().backward(value, replace(context, flat=True))


class KeywordsConverter(Converter):
    """Search terms with commas between them."""

    name = "keywords"
    by_language = structured = True

    def forward(self, raw: Any, context: Context) -> Any:
        given = names_in(raw) if not isinstance(raw, str) else re.split(r"[,\n]", raw)
        words = {text for word in given if (text := plain_text(word)) is not None}
        return {context.language: sorted(words)} if words else None

    def backward(self, value: Any, context: Context) -> Any:
        words = in_language(value, context) or ()
        return ", ".join(source_text(word) for word in words)


class LinkConverter(Converter):
    """A web address; anything else is taken for the title of a page without one."""

    name = "link"

    def forward(self, raw: Any, context: Context) -> Any:
        url = web_address(raw)
        if url is not None:
            return {"url": url}
        text = plain_text(raw)
        if text is None:
            return None
        mend = "Give the whole address, with https://."
        self._unclear(context, "link-form", raw, "is no web address", mend)
        return {"title": text}

    def backward(self, value: Any, context: Context) -> Any:
        return value.get("url") or source_text(value.get("title", ""))


def web_address(raw: str) -> str | None:
    """Return a web address as it is written, without the white space around it."""
    text = raw.strip("\u200b\ufeff \t\r\n")
    return text if WEB_ADDRESS.search(text) and len(text) <= LONGEST_VALUE else None


class ContactConverter(Converter):
    """A public contact: the register asks for a mail address or a web address in one field."""

    name = "contact"

    _MAIL = re.compile(r"^[^@\s<>(),;:\"]+@[^@\s<>(),;:\"]+\.[^@\s<>(),;:\".]+$")
    _PHONE = re.compile(r"^(?:\+?[0-9][0-9 ()./-]{6,18}|14 ?0[0-9]{2,3})$")

    def forward(self, raw: Any, context: Context) -> Any:
        if (url := web_address(raw)) is not None:
            return [{"url": url, "public": True}]
        text = plain_text(raw)
        if text is None:
            return None
        if self._MAIL.match(text):
            return [{"email": text, "public": True}]
        if self._PHONE.match(text):
            return [{"phone": text, "public": True}]
        mend = "Give a mail address or the web address of a contact page."
        self._unclear(
            context, "contact-form", raw, "is neither a mail address nor a web address", mend
        )
        return [{"name": text, "public": True}]

    def backward(self, value: Any, context: Context) -> Any:
        contact: dict[str, Any] = next((each for each in value if each.get("public") is True), {})
        said = (contact.get(part) for part in ("email", "url", "phone", "name"))
        return source_text(next((text for text in said if text), ""))


class LayoutConverter(Converter):
    """The version of the layout; `1.0.0` is `1.0`."""

    name = "layout"

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        return None if text is None else without_trailing_zeros(text)

    def backward(self, value: Any, context: Context) -> Any:
        return source_text(value)


def without_trailing_zeros(version: str) -> str:
    """Return a version with two numbers where the third is a zero."""
    return _THIRD_ZERO.sub(r"\1", version.strip())


class LinksConverter(Converter):
    """Titled links, which a flat transport writes as one string."""

    name = "links"
    listed = structured = True

    _DOUBTS: ClassVar[dict[str, tuple[str, str]]] = {
        "unnumbered": ("has no numbers", "Write 1: title, link. 2: title, link"),
        "swapped": ("has title and link swapped", "Put the title before the link."),
        "ambiguous": ("can be read in several ways", "Leave commas and numbers out of titles."),
    }

    def forward(self, raw: Any, context: Context) -> Any:
        grouping = parse(raw) if isinstance(raw, str) else from_list(raw)
        for doubt in grouping.doubts:
            reason, mend = self._DOUBTS[doubt]
            self._unclear(context, f"grouping-{doubt}", raw, reason, mend)
        entries = [entry for title, link in grouping.entries if (entry := self._entry(title, link))]
        return entries if entries or not any(map(any, grouping.entries)) else None

    def _entry(self, title: str, link: str) -> dict[str, Any]:
        url = web_address(link) if link else None
        if link and url is None:
            title = f"{title}, {link}" if title else link
        text = plain_text(title) if title else None
        entry: dict[str, Any] = {} if text is None else {"title": text}
        return entry if url is None else {**entry, "url": url}

    def backward(self, value: Any, context: Context) -> Any:
        entries = [(source_text(each.get("title", "")), each.get("url", "")) for each in value]
        return flatten(entries) if context.flat else listed(entries)

    def reshaped(self, residue: Any, context: Context) -> Any:
        if isinstance(residue, list):
            return flatten(pairs_of(residue))
        return listed(parse(residue).entries) if isinstance(residue, str) else residue


def listed(entries: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return titles and links as the register's interface lists them."""
    return [{"title": title, "link": link} for title, link in entries]


class AssessmentsConverter(LinksConverter):
    """Impact assessments; the kind is what their title tells (leads for C-4 and C-5)."""

    name = "assessments"

    def _entry(self, title: str, link: str) -> dict[str, Any]:
        entry = super()._entry(title, link)
        if "title" not in entry:
            return entry
        return {"kind": kind_of(entry["title"], self.codes), **entry}


def kind_of(title: str, codes: CodeTable) -> str:
    """Return the first kind of assessment whose name occurs in a title as whole words."""
    text = folded(title)
    for label, code in codes.codes.items():
        if label in text and _as_words(label).search(text):
            return code
    return "other"


@cache
def _as_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


class TitlesConverter(AssessmentsConverter):
    """Names of impact assessments without their addresses."""

    name = "titles"

    def forward(self, raw: Any, context: Context) -> Any:
        entries = [self._entry(title, "") for each in names_in(raw) if (title := each.strip())]
        return [entry for entry in entries if entry] or None

    def backward(self, value: Any, context: Context) -> Any:
        titles = [source_text(each["title"]) for each in value if "title" in each]
        return ", ".join(titles) if context.flat else titles

    def reshaped(self, residue: Any, context: Context) -> Any:
        return names_reshaped(residue)


class UntitledLinkConverter(LinkConverter):
    """The address of something that another field names."""

    name = "untitled-link"

    def forward(self, raw: Any, context: Context) -> Any:
        url = web_address(raw)
        return None if url is None else [{"url": url}]

    def backward(self, value: Any, context: Context) -> Any:
        return next((each["url"] for each in value if "url" in each and "title" not in each), "")


class FlagConverter(Converter):
    """Yes or no: whether an assessment of one kind was made."""

    name = "flag"

    def forward(self, raw: Any, context: Context) -> Any:
        code = self.codes.code(raw)
        if code is None:
            return None
        return [] if code == "none" else [{"kind": code}]

    def backward(self, value: Any, context: Context) -> Any:
        kinds = {each.get("kind") for each in value}
        return next((label for code, label in self.codes.labels.items() if code in kinds), "")


class PairConverter(Converter):
    """One half of a titled link: the other half is a field of its own."""

    name = "pair-title"
    halved = True
    part: ClassVar[str] = "title"

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(raw)
        if text is None:
            return None
        kind = {"kind": kind_of(text, self.codes)} if self.codes.codes else {}
        return [{**kind, self.part: text}]

    def backward(self, value: Any, context: Context) -> Any:
        return source_text(value[0].get(self.part, "")) if value else ""


class PairLinkConverter(PairConverter):
    """The address of a titled link."""

    name = "pair-link"
    part = "url"

    def forward(self, raw: Any, context: Context) -> Any:
        url = web_address(raw)
        return None if url is None else [{"url": url}]


def from_list(raw: Any) -> Grouping:
    """Read a list of objects with a title and a link, as the register's interface gives it."""
    pairs = pairs_of(raw if isinstance(raw, list) else [raw])
    swapped = [
        (link, title) if WEB_ADDRESS.search(title.strip()) and not web_address(link) else None
        for title, link in pairs
    ]
    doubts = ("swapped",) if any(each and each[0] for each in swapped) else ()
    right = tuple(turned or pair for pair, turned in zip(pairs, swapped, strict=True))
    return Grouping(right, doubts)


def pairs_of(members: Iterable[Any]) -> list[tuple[str, str]]:
    """Return title and link of each member of a list; a member that is no object is a title."""
    return [
        (str(each.get("title") or ""), str(each.get("link") or ""))
        if isinstance(each, dict)
        else ("" if each is None else str(each), "")
        for each in members
    ]


CONVERTERS: dict[str, type[Converter]] = {
    converter.name: converter
    for converter in (
        TextConverter,
        StringConverter,
        SupplierConverter,
        RecordIdConverter,
        IdentifierConverter,
        DateConverter,
        MomentConverter,
        CodeConverter,
        LanguageConverter,
        CodesConverter,
        CodesInTextConverter,
        KeywordsConverter,
        LinkConverter,
        ContactConverter,
        LayoutConverter,
        LinksConverter,
        AssessmentsConverter,
        TitlesConverter,
        UntitledLinkConverter,
        FlagConverter,
        PairConverter,
        PairLinkConverter,
    )
}
"""The converters of registers, by the name that a mapping uses in its column `convert`."""
