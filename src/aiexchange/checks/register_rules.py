"""Register rules: what a national register's own interface rejects in a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lxml import html

from aiexchange.findings import Finding, Severity, Words
from aiexchange.mapping import Lens, lens_of, registers
from aiexchange.mapping.grouping import parse
from aiexchange.mapping.lars import CHECK_DIGITS
from aiexchange.mapping.prose import plain_text
from aiexchange.model import Registration

API = "api"
"""The rules of the register's own interface."""

PROFILES = (API, "standard", "template")
"""Sets of rules: of the interface, of the published standard, of templates for suppliers."""


def findings(registration: Registration, profile: str = API) -> Iterator[Finding]:
    """Yield what the register would reject in the record that a registration stands for.

    Lengths are counted as the register does: the texts between the tags, with a space between
    them. A registration of no register has no rules, and not every version has a published
    standard. Nor has a translation: the register makes it. A record in the names of the published
    schema is held against the interface under the register's own.
    """
    for lens in _lenses_of(registration):
        if rules := lens.layout.rules.get(profile):
            if not _is_translation(registration, lens):
                yield from _Rules(lens, rules).findings(lens.backward(registration))
            return


def _is_translation(registration: Registration, lens: Lens) -> bool:
    spoken = registration.languages
    return bool(spoken) and not set(spoken) & set(lens.layout.languages)


def _lenses_of(registration: Registration) -> Iterator[Lens]:
    """Yield the lens through which a registration was read, then that of the register's names."""
    register = registration.source.register_ or ""
    versions = _versions().get(register, ())
    layout = str(registration.residue.get("#layout", registration.source.layout))
    own = (layout, layout.partition("-")[0]) if layout in versions else versions[:1]
    for name in dict.fromkeys(own):
        yield lens_of(register, name)


@cache
def _versions() -> dict[str, tuple[str, ...]]:
    return registers()


_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_WORDS = {
    "type": {
        "en": Words("{field} is no text: {value}.", "Write {field} as a text."),
        "nl": Words("{field} is geen tekst: {value}.", "Schrijf {field} als tekst."),
    },
    "mandatory": {
        "en": Words("{field} is empty.", "Fill {field}."),
        "nl": Words("{field} is leeg.", "Vul {field} in."),
    },
    "entry": {
        "en": Words(
            "Entry {number} of {owner} has no {part}.", "Give the entry a {part}, or leave it out."
        ),
        "nl": Words(
            "Onderdeel {number} van {owner} heeft geen {part}.",
            "Geef het onderdeel een {part}, of laat het weg.",
        ),
    },
    "enum": {
        "en": Words("{field} may not be “{value}”.", "Choose one of: {allowed}."),
        "nl": Words("{field} mag niet “{value}” zijn.", "Kies een van: {allowed}."),
    },
    "length": {
        "en": Words("{field} has {length} characters; {most} are allowed.", "Shorten the text."),
        "nl": Words("{field} telt {length} tekens; {most} is het meeste.", "Kort de tekst in."),
    },
    "pattern": {
        "en": Words("{field} has the wrong form: “{value}”.", "Write the month as YYYY-MM."),
        "nl": Words("{field} heeft de verkeerde vorm: “{value}”.", "Schrijf de maand als JJJJ-MM."),
    },
    "check-digit": {
        "en": Words(
            "The check digit of “{value}” is not right; the id is kept as it is.",
            "Compare the id with the page of the record in the register.",
        ),
        "nl": Words(
            "Het controlecijfer van “{value}” klopt niet; het id blijft zoals het is.",
            "Vergelijk het id met de pagina van het record in het register.",
        ),
    },
}
"""What each rule says, by language."""


class _Rules:
    """The rules of one profile, applied to a record."""

    def __init__(self, lens: Lens, rules: Mapping[str, Any]) -> None:
        self._layout, self._rules = lens.layout, rules

    def findings(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        yield from self._types(record)
        yield from self._mandatory(record)
        yield from self._one_of(record)
        yield from self._too_long(record)
        yield from self._entries(record)
        yield from self._patterns(record)
        yield from self._check_digit(record)

    def _types(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        for field in self._layout.fields if "length" in self._rules else ():
            raw = record.get(field)
            if raw is not None and not isinstance(raw, str):
                yield self._finding("type", field, value=_short(raw))

    def _mandatory(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        for field in self._rules.get("mandatory", ()):
            if not _said(record, field):
                yield self._finding("mandatory", field)

    def _one_of(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        for field, allowed in self._rules.get("one-of", {}).items():
            raw = record.get(field)
            if not _said(record, field):
                continue
            values = raw if isinstance(raw, list) else [raw]
            if field in self._layout.lists and isinstance(raw, str):
                values = raw.split(", ")
            for value in values:
                if value not in allowed:
                    yield self._finding(
                        "enum", field, value=_short(value), allowed=", ".join(allowed)
                    )

    def _too_long(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        for field, most in self._rules.get("length", {}).items():
            length = len(_stripped(record.get(field)))
            if length > most:
                yield self._finding("length", field, length=length, most=most)

    def _entries(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        limits = self._rules.get("entry-length", {})
        asked = self._rules.get("entry-mandatory", {})
        for field in dict.fromkeys((*limits, *asked)):
            raw = record.get(field)
            if not isinstance(raw, str) or not raw:
                continue
            for number, entry in enumerate(parse(raw).entries, 1):
                for part, text in zip(("title", "link"), entry, strict=True):
                    length = len(_stripped(text))
                    if length > limits.get(field, {}).get(part, length):
                        most = limits[field][part]
                        yield self._finding("length", f"{field}.{part}", length=length, most=most)
                    if not length and part in asked.get(field, ()):
                        values = {"number": number, "owner": field, "part": part}
                        yield self._finding("mandatory", f"{field}.{part}", "entry", **values)

    def _patterns(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        for field, pattern in self._rules.get("pattern", {}).items():
            said = _said(record, field)
            if said and not re.search(pattern, said):
                yield self._finding("pattern", field, value=_short(said))

    def _check_digit(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        field = self._layout.id_field
        check = CHECK_DIGITS.get(self._layout.check_digit or "")
        said = _said(record, field)
        if check is not None and said and not check(said):
            kind = f"{self._layout.check_digit}-check-digit"
            yield self._finding(kind, field, "check-digit", value=_short(said))

    def _finding(self, kind: str, path: str, words: str | None = None, **values: object) -> Finding:
        """Return a finding with the words of its kind, or others, about a field."""
        values["field"] = path
        said = {
            language: Words(each.message.format(**values), (each.mend or "").format(**values))
            for language, each in _WORDS[words or kind].items()
        }
        return Finding(
            f"{self._layout.register}.{kind}",
            Severity.VIOLATION,
            said["en"].message,
            path=path,
            basis=self._rules.get("basis"),
            mend=said["en"].mend,
            translated={"nl": said["nl"]},
        )


def _said(record: Mapping[str, Any], field: str) -> str:
    """Return what a field says without its mark-up; "" for nothing."""
    raw = record.get(field)
    if isinstance(raw, str):
        return plain_text(raw) or ""
    return "" if raw in (None, [], {}) else str(raw)


def _stripped(raw: Any) -> str:
    """Return a value without its mark-up as the register strips it: no list marks, no lines."""
    text = raw.strip() if isinstance(raw, str) else ""
    if "<" not in text and "&" not in text:
        return text
    nodes = html.fragment_fromstring(_UNPARSABLE.sub("", text), create_parent=True).itertext()
    return " ".join(node.strip() for node in nodes if node.strip())


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return f"{text[:60]}…" if len(text) > 60 else text
