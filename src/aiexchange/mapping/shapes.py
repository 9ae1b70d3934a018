"""Shapes: converters for documents of suppliers, whose values are nested where registers' are flat.

Each stands beside its inverse, as in `converters`; what is only read has an inverse that says
nothing.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from aiexchange.mapping.context import Context, OwnName
from aiexchange.mapping.converters import (
    CodeConverter,
    ContactConverter,
    Converter,
    IdentifierConverter,
    RecordIdConverter,
    StringConverter,
    web_address,
)
from aiexchange.mapping.prose import plain_text, source_text
from aiexchange.model.registration import RECORD_ID_PATTERN


class OtherSupplierConverter(StringConverter):
    """The name of a supplier other than the body itself."""

    name = "other-supplier"

    def backward(self, value: Any, context: Context) -> Any:
        return "" if isinstance(value, OwnName) else source_text(value)


class RoleConverter(Converter):
    """The body's role; as a provider it is its own supplier (Art. 3(3)), else that is not said."""

    name = "role"

    def forward(self, raw: Any, context: Context) -> Any:
        if self.codes.code(str(raw)) == "deployer" and context.organisation:
            return OwnName(context.organisation)
        return ""

    def backward(self, value: Any, context: Context) -> Any:
        return (self.codes.label("deployer") or "") if isinstance(value, OwnName) else ""


class KnownCodeConverter(CodeConverter):
    """A code of a list of which only some mean a canonical code; the others are kept."""

    name = "known-code"

    def forward(self, raw: Any, context: Context) -> Any:
        return self.codes.code(str(raw)) or ""


class YesNoConverter(Converter):
    """Yes or no, as Ja and Nee or true and false."""

    name = "yes-no"

    _WORDS: ClassVar[dict[str, bool]] = {
        "ja": True,
        "yes": True,
        "true": True,
        "nee": False,
        "no": False,
        "false": False,
    }

    def forward(self, raw: Any, context: Context) -> Any:
        return self._WORDS.get(str(raw).strip().casefold())

    def backward(self, value: Any, context: Context) -> Any:
        return "Ja" if value else "Nee"


class PersonConverter(Converter):
    """A contact person: a name and a role; not for publication unless somebody says so."""

    name = "person"
    structured = True

    def forward(self, raw: Any, context: Context) -> Any:
        given = raw if isinstance(raw, dict) else {"name": raw}
        found = {
            part: text
            for part in ("name", "role")
            if (text := plain_text(str(given.get(part) or ""))) is not None
        }
        return [found] if "name" in found else None

    def backward(self, value: Any, context: Context) -> Any:
        for each in value:
            if "name" in each and each.get("public") is not True:
                return {part: source_text(each[part]) for part in ("name", "role") if part in each}
        return ""


class OwnContactConverter(ContactConverter):
    """The contact of a body beside its contact person."""

    name = "own-contact"

    def backward(self, value: Any, context: Context) -> Any:
        found = [each for each in value if each.get("public") is True]
        return super().backward(found, context)


class SchemeConverter(IdentifierConverter):
    """A number whose scheme is the last name of the field: `owners.oin` is an `oin`."""

    name = "scheme"

    def __init__(self, field: str, codes: Any) -> None:
        super().__init__(field, codes)
        self._scheme = field.rpartition(".")[2]

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(str(raw))
        return None if text is None else [{"scheme": self._scheme, "value": text}]

    def backward(self, value: Any, context: Context) -> Any:
        own = (each["value"] for each in value if each.get("scheme") == self._scheme)
        return source_text(next(own, ""))


class WholeRecordIdConverter(RecordIdConverter):
    """The id of a record in its register, with the name of the register before it."""

    name = "whole-record-id"

    def forward(self, raw: Any, context: Context) -> Any:
        text = str(raw).strip()
        return text if re.search(RECORD_ID_PATTERN, text) and len(text) <= 512 else None

    def backward(self, value: Any, context: Context) -> Any:
        own = value.startswith(f"{context.register}:") or ":~" in value
        return "" if own else value


class UrlConverter(Converter):
    """A web address, alone or with a name that is not kept."""

    name = "url"
    structured = True

    def forward(self, raw: Any, context: Context) -> Any:
        given = raw.get("link") or raw.get("url") if isinstance(raw, dict) else raw
        return web_address(str(given or ""))

    def backward(self, value: Any, context: Context) -> Any:
        return value


class ProseConverter(Converter):
    """Prose made of several values: each member of a list on a line of its own; only read."""

    name = "prose"
    structured = True
    by_language = True

    def forward(self, raw: Any, context: Context) -> Any:
        text = plain_text(_prose(raw))
        return None if text is None else {context.language: text}

    def backward(self, value: Any, context: Context) -> Any:
        return ""

    def agrees(self, residue: Any, value: Any) -> bool:
        return True


def _prose(raw: Any) -> str:
    """Return the members of an object, or of a list of several, on a line each."""
    if isinstance(raw, dict):
        said = ((name, _inline(value)) for name, value in raw.items())
        return "\n".join(f"{name}: {text}" for name, text in said if text)
    if isinstance(raw, list) and len(raw) > 1:
        return "\n".join(f"- {text}" for each in raw if (text := _inline(each)))
    return raw if isinstance(raw, str) else _inline(raw)


def _inline(value: Any) -> str:
    """Return a value on one line, the members of an object with their names."""
    if isinstance(value, dict):
        said = ((name, _inline(each)) for name, each in value.items())
        return ", ".join(f"{name}: {text}" for name, text in said if text)
    if isinstance(value, list):
        return "; ".join(text for each in value if (text := _inline(each)))
    return "" if value is None else " ".join(str(value).split())


class ReadOnly(Converter):
    """Base of the converters for formats that are only read: the way back says nothing."""

    structured = True

    def backward(self, value: Any, context: Context) -> Any:
        return ""

    def agrees(self, residue: Any, value: Any) -> bool:
        return True


class PartsConverter(ReadOnly):
    """A part whose members have the names of the model already, or a list of such parts."""

    name = "parts"

    def forward(self, raw: Any, context: Context) -> Any:
        return raw or None


class PublicLinkConverter(ReadOnly):
    """Links with a title, from objects with a title and a web address."""

    name = "link-list"

    def forward(self, raw: Any, context: Context) -> Any:
        members = raw if isinstance(raw, list) else [raw]
        found = []
        for each in members:
            given = each if isinstance(each, dict) else {"title": each, "url": each}
            title = plain_text(str(given.get("title") or ""))
            url = web_address(str(given.get("url") or ""))
            title = None if title == url else title
            if title or url:
                found.append({k: v for k, v in (("title", title), ("url", url)) if v})
        return found or None


class FirstLinkConverter(PublicLinkConverter):
    """One link with a title."""

    name = "first-link"

    def forward(self, raw: Any, context: Context) -> Any:
        found = super().forward(raw, context)
        return found[0] if found else None


SHAPES: tuple[type[Converter], ...] = (
    OtherSupplierConverter,
    RoleConverter,
    KnownCodeConverter,
    YesNoConverter,
    PersonConverter,
    OwnContactConverter,
    SchemeConverter,
    WholeRecordIdConverter,
    UrlConverter,
    ProseConverter,
    PartsConverter,
    PublicLinkConverter,
    FirstLinkConverter,
)
"""The converters of documents."""
