"""The lens of a layout: a record becomes a registration, and the registration the record again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from aiexchange.findings import Finding, Severity
from aiexchange.mapping.context import Context
from aiexchange.mapping.converters import excerpt
from aiexchange.mapping.lars import CHECK_DIGITS
from aiexchange.mapping.layout import Layout, layout
from aiexchange.mapping.own import derive
from aiexchange.mapping.prose import plain_text
from aiexchange.mapping.rule import Rule, is_blank, rules_of
from aiexchange.model import Registration
from aiexchange.model.paths import digest, is_derived

KEPT = "kept"
"""In the place of a converter: the field is kept for the way back, and no part of what is said."""

ABSENT = "#absent"
"""Member of the residue that names the fields of the layout that the record does not have."""

BLANK = "#blank"
"""Member of the residue with the fields that the layout does not know and that say nothing."""

TEXT = "#text"
"""Member of the residue that names lists that the source holds as text, though it need not."""

LAYOUT = "#layout"
"""Member of the residue that names the layout, where the record does not."""

LANGUAGE = "#language"
"""Member of the residue that names the language of the texts, where the record names another."""

TRANSLATIONS = "#translations"
"""Member of the residue with what the record's translations say in their own way."""


OWN = "register"
"""The dialect of the register's own names."""


def is_hashed(record_id: str) -> bool:
    """Tell whether a record id was made of the names, for a record without an id of its own."""
    return ":~" in record_id


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a record became, with what was noticed on the way."""

    registration: Registration | None
    findings: tuple[Finding, ...]


class Lens:
    """Both directions of a mapping.

    `backward(forward(record))` is the record, value for value. A canonical value that was edited
    in between is what the record says afterwards; nothing else in the record changes.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.name = (
            layout.version if layout.dialect == OWN else f"{layout.version}-{layout.dialect}"
        )
        self.rules: dict[str, Rule] = {}
        self.followers: dict[str, Rule] = {}
        for rule in rules_of(layout):
            (self.followers if rule.field in self.rules else self.rules)[rule.field] = rule
        self._plan = tuple((field, self.rules.get(field)) for field in layout.fields)
        self.known = frozenset(layout.fields)
        self._kept = frozenset(row.subject for row in layout.rows if row.convert == KEPT)

    def forward(
        self,
        record: Mapping[str, Any],
        *,
        flat: bool = True,
        language: str | None = None,
        translations: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Mapped:
        """Map a record; what cannot be read is kept in its extras, and reported.

        `language` is that of its texts, where the record does not say so itself.
        `translations` are the same record in other languages, by language: their texts stand
        beside those of the record, whatever else they say is kept for the way back.
        """
        context = self._context_of(record, flat, language)
        tree: dict[str, Any] = {"source": {"register": self.layout.register}}
        residue: dict[str, Any] = {}
        extras: dict[str, Any] = {}
        blank: dict[str, Any] = {}
        text_lists: list[str] = []
        if not record.keys() <= self.known:
            for name, raw in record.items():
                if name not in self.known:
                    (blank if is_blank(raw) else extras)[name] = raw
        for field, rule in self._plan:
            raw = record.get(field, "")
            if raw == "":
                continue
            if rule is None:
                kept = field in self._kept or is_blank(raw)
                (residue if kept else extras)[field] = raw
                continue
            value = _read(rule, raw, context)
            if value is None and not is_blank(raw):
                extras[field] = raw
                continue
            if value or value is False:
                rule.put(tree, value)
                if field in self.followers:
                    self._follow(rule, raw, tree, context)
                if rule.converter.returns(raw, value, context):
                    continue
            residue[field] = raw
            if not rule.fits(raw, context):
                text_lists.append(field)
        if not self.known <= record.keys():
            residue[ABSENT] = [field for field in self.layout.fields if field not in record]
        if blank:
            residue[BLANK] = blank
        if text_lists:
            residue[TEXT] = text_lists
        if self.name != tree["source"].get("layout"):
            residue[LAYOUT] = self.name
        self._identify(tree, record, context)
        said = tuple(tree.get("languages", ()))
        if translations:
            residue[TRANSLATIONS] = self._translate(tree, record, translations, context)
        if context.language != "und" and (
            context.language not in said or context.language != self.main(tree["languages"])
        ):
            residue[LANGUAGE] = context.language
        derive(tree)
        return self._validated(tree, residue, extras, context)

    def backward(
        self, registration: Registration, *, flat: bool = True, tidy: bool = False
    ) -> dict[str, Any]:
        """Return the record that a registration stands for, without its translations.

        A source twin counts only while it still gives the present canonical value; a `tidy` record
        has no twins but those of prose, so that codes and dates are spelled as they should be.
        """
        return _Way(self, registration, flat, tidy).record()

    def translations(
        self, registration: Registration, *, flat: bool = True
    ) -> dict[str, dict[str, Any]]:
        """Return the record in its other languages, by language."""
        return _Way(self, registration, flat).translations()

    def renamed(
        self, registration: Registration, record_id: str, record: Mapping[str, Any]
    ) -> Registration:
        """Return a registration under another id, whose record keeps its own."""
        field = self.layout.id_field
        update: dict[str, Any] = {"record_id": record_id}
        if own := record.get(field):
            residue = {**registration.residue, field: own}
            twin = {
                "is": own,
                "of": _mark(self.rules[field], record_id, Context(self.layout.register)),
            }
            if isinstance(others := residue.get(TRANSLATIONS), dict):
                residue[TRANSLATIONS] = {
                    language: {field: {**twin}, **twins} for language, twins in others.items()
                }
            update["residue"] = residue
        return registration.model_copy(update=update)

    def _translate(
        self,
        tree: dict[str, Any],
        record: Mapping[str, Any],
        translations: Mapping[str, Mapping[str, Any]],
        context: Context,
    ) -> dict[str, Any]:
        """Add the texts of translations, and return what else they say in their own way."""
        twins = {}
        for language, other in translations.items():
            own = _translating(context, language)
            twins[language] = self._translation(tree, record, other, context, own)
        spoken = {*tree.get("languages", ()), *translations}
        tree["languages"] = sorted(spoken)
        return twins

    def _translation(
        self,
        tree: dict[str, Any],
        record: Mapping[str, Any],
        other: Mapping[str, Any],
        context: Context,
        own: Context,
    ) -> dict[str, Any]:
        twins: dict[str, Any] = {}
        for field, raw in other.items():
            rule = self.rules.get(field)
            if rule is None:
                if field not in record or not _equal(record[field], raw):
                    twins[field] = {"is": raw}
                continue
            if rule.converter.by_language:
                value = _read(rule, raw, own)
                if value:
                    rule.put(tree, value)
                if rule.write(value, own) != raw or field not in record:
                    twins[field] = raw
                continue
            main = _read(rule, record.get(field, ""), replace(context, findings=[])) or None
            if field not in record or not _equal(rule.write(main, own), raw):
                shape = {} if rule.fits(raw, own) else {"as": "text"}
                twins[field] = {"is": raw, "of": _mark(rule, main, context), **shape}
        if missing := [field for field in record if field not in other]:
            twins[ABSENT] = missing
        return twins

    def _context_of(self, record: Mapping[str, Any], flat: bool, language: str | None) -> Context:
        context = Context(self.layout.register, flat=flat)
        name = record.get(self.layout.organisation_field)
        context.organisation = plain_text(name) if isinstance(name, str) else None
        language = language or self.language_of(record)
        if language is not None:
            context.language = language
        else:
            context.warn(
                "language-undetermined",
                self.layout.language_field,
                "The language of the record is not known; its texts are marked as undetermined.",
                f"Fill {self.layout.language_field}.",
            )
        return context

    def language_of(self, record: Mapping[str, Any]) -> str | None:
        """Return the language that a record says it is in, or None; that of a register with one."""
        if self.layout.language_field not in self.rules:
            return self.layout.languages[0]
        codes = self.rules[self.layout.language_field].converter.codes
        return codes.code(str(record.get(self.layout.language_field) or ""))

    def main(self, spoken: Sequence[str]) -> str:
        """Return the language of the record itself, of those in which a registration speaks."""
        own = (each for each in self.layout.languages if each in spoken)
        return next(own, spoken[0] if spoken else "und")

    def _follow(self, rule: Rule, raw: Any, tree: dict[str, Any], context: Context) -> None:
        """Set the second canonical value of a field, marked as derived from the first."""
        follower = self.followers[rule.field]
        if (value := follower.read(raw, context)) is None:
            return
        follower.put(tree, value)
        statement = {"kind": "derived", "source": rule.path, "digest": digest(value)}
        tree.setdefault("provenance", {})[follower.path] = statement

    def _identify(self, tree: dict[str, Any], record: Mapping[str, Any], context: Context) -> None:
        """Give a record without an id of its own one that its body and its name determine."""
        if "record_id" not in tree:
            names = (self.layout.organisation_field, self.layout.name_field)
            said = "\n".join(plain_text(str(record.get(name) or "")) or "" for name in names)
            hashed = hashlib.sha256(unicodedata.normalize("NFC", said).casefold().encode("utf-8"))
            tree["record_id"] = f"{self.layout.register}:~{hashed.hexdigest()[:12]}"
            return
        own_id = tree["record_id"].partition(":")[2]
        check = CHECK_DIGITS.get(self.layout.check_digit or "")
        if check is not None and not check(own_id):
            context.warn(
                "lars-check-digit",
                self.layout.id_field,
                f"The check digit of {excerpt(own_id)} is not right; the id is kept as it is.",
                "Compare the id with the page of the record in the register.",
            )
        if self.layout.record_page and own_id.isascii() and own_id.isalnum():
            page = self.layout.record_page.format(id=own_id)
            tree["source"]["page"] = page
            statement = {"kind": "derived", "source": "record_id", "digest": digest(page)}
            tree.setdefault("provenance", {})["source.page"] = statement

    def _validated(
        self,
        tree: dict[str, Any],
        residue: dict[str, Any],
        extras: dict[str, Any],
        context: Context,
    ) -> Mapped:
        try:
            registration = Registration.model_validate(
                {**tree, "residue": residue, "extras": extras}
            )
        except ValidationError as error:
            refused = tuple(self._refused(tree, each) for each in error.errors())
            return Mapped(None, (*context.findings, *refused))
        found = (each.about(registration.record_id, None) for each in context.findings)
        return Mapped(registration, tuple(found))

    def _refused(self, tree: dict[str, Any], error: Any) -> Finding:
        path = ".".join(str(part) for part in error["loc"])
        return Finding(
            code=f"{self.layout.register}.value-refused",
            severity=Severity.VIOLATION,
            message=f"{path} cannot be carried: {error['msg']}; it holds {excerpt(error['input'])}",
            record_id=tree.get("record_id"),
            path=path,
            mend="Correct the value in the source. The record is left out.",
        )


class _Way:
    """The way back of one registration."""

    def __init__(
        self, lens: Lens, registration: Registration, flat: bool, tidy: bool = False
    ) -> None:
        self._lens, self._registration, self._tidy = lens, registration, tidy
        layout = lens.layout
        self._mine = registration.source.register_ == layout.register
        self._residue = registration.residue if self._mine else {}
        self._extras = registration.extras if self._mine else {}
        spoken = registration.languages
        language = str(self._residue.get(LANGUAGE, lens.main(spoken)))
        self._context = Context(layout.register, language, flat=flat, strict=language in spoken)
        self._context.organisation = registration.deployer.name
        self._text_lists = _names(self._residue.get(TEXT))

    def record(self) -> dict[str, Any]:
        """Return the record in the register's own language."""
        missing = _names(self._residue.get(ABSENT))
        record: dict[str, Any] = {}
        for field in self._lens.layout.fields:
            raw = self._raw(field)
            if raw != "" or field not in missing:
                record[field] = raw
        known = self._lens.known
        blank = self._residue.get(BLANK)
        if isinstance(blank, dict):
            record |= {name: raw for name, raw in blank.items() if name not in known}
        return record | {name: raw for name, raw in self._extras.items() if name not in known}

    def translations(self) -> dict[str, dict[str, Any]]:
        """Return the record in its other languages."""
        twins = self._residue.get(TRANSLATIONS)
        kept = twins if isinstance(twins, dict) else {}
        rule = self._lens.rules.get(self._lens.layout.language_field)
        if rule is None:
            return {}
        codes = rule.converter.codes
        spoken = [
            each
            for each in self._registration.languages
            if each != self._context.language and each in codes.labels
        ]
        record = self.record() if spoken else {}
        return {each: self._translation(each, record, kept.get(each)) for each in spoken}

    def _translation(self, language: str, record: dict[str, Any], kept: Any) -> dict[str, Any]:
        twins: dict[str, Any] = kept if isinstance(kept, dict) else {}
        own = _translating(self._context, language)
        missing = _names(twins.get(ABSENT))
        translation: dict[str, Any] = {}
        for field in dict.fromkeys((*record, *(each for each in twins if each != ABSENT))):
            raw = self._translated(field, record, twins.get(field, _NONE), own)
            rule = self._lens.rules.get(field)
            if field not in missing or (rule and rule.converter.by_language and raw != ""):
                translation[field] = raw
        return translation

    def _translated(self, field: str, record: dict[str, Any], twin: Any, own: Context) -> Any:
        rule = self._lens.rules.get(field)
        if rule is None:
            return twin["is"] if isinstance(twin, dict) and "is" in twin else record.get(field, "")
        value = rule.value(self._registration)
        written = rule.write(value, own)
        if rule.converter.by_language:
            counts = twin is not _NONE and rule.still_says(twin, written, own)
            return twin if counts else written
        if isinstance(twin, dict) and "is" in twin:
            raw = twin["is"]
            if "as" not in twin and not rule.fits(raw, own):
                raw = rule.converter.reshaped(raw, own)
            # What a translation left open stays open, whatever the original says by now.
            if is_blank(raw) or _mark(rule, value, self._context) == twin.get("of"):
                return raw
        return written

    def _raw(self, field: str) -> Any:
        rule = self._lens.rules.get(field)
        if rule is None:
            return self._extras.get(field, self._residue.get(field, ""))
        context = self._context
        written = rule.write(rule.value(self._registration), context)
        twin = self._residue.get(field, _NONE)
        if twin is not _NONE and not (self._tidy and not rule.converter.by_language):
            if not rule.fits(twin, context) and field not in self._text_lists:
                twin = rule.converter.reshaped(twin, context)
            if rule.fits(twin, context) or field in self._text_lists:
                written = twin if rule.still_says(twin, written, context) else written
        elif written in ("", []) and field in self._extras:
            written = self._extras[field]
        if written == "" and field == self._lens.layout.version_field and not self._mine:
            return self._lens.layout.version
        follower = self._lens.followers.get(field)
        if follower is None:
            return written
        return _led(follower, rule, self._registration, written, context)


_NONE = object()


def _translating(context: Context, language: str) -> Context:
    return replace(context, language=language, strict=True, translation=True, findings=[])


def _mark(rule: Rule, value: Any, context: Context) -> str:
    """Return by what a twin knows its value again, whatever the transport."""
    return digest(rule.write(value, replace(context, flat=True)))


def _names(value: Any) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _equal(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def _read(rule: Rule, raw: Any, context: Context) -> Any:
    """Return the canonical value of a field; one that cannot be read is always reported."""
    if is_blank(raw):
        return None
    before = len(context.findings)
    value = rule.read(raw, context)
    if value is None and len(context.findings) == before:
        mend = "The value is kept, but counts as missing. Correct it in the register."
        context.warn(
            "value-unread", rule.field, f"{rule.field} cannot be read: {excerpt(raw)}", mend
        )
    return value


def _led(
    follower: Rule, rule: Rule, registration: Registration, written: Any, context: Context
) -> Any:
    """Return what is written where a follower was edited: a spelling that can mean only that."""
    value = follower.value(registration)
    if value is None or is_derived(registration, follower.path):
        return written
    if written != "" and follower.converter.codes.code(str(written)) == value:
        return written
    meant = {
        rule.converter.codes.code(label)
        for label, code in follower.converter.codes.codes.items()
        if code == value
    }
    return rule.write(meant.pop(), context) if len(meant) == 1 else written


@cache
def lens_of(register: str, version: str) -> Lens:
    """Return the compiled lens of a layout."""
    return Lens(layout(register, version))
