"""Units: the smallest values that are completed or kept as a whole, each with its path and key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from aiexchange.compare.meaning import meaning_of_item, says_nothing
from aiexchange.model import CanonicalModel, Registration
from aiexchange.model.paths import is_absent
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

WHOLE = ""
"""The key of a value that stands alone."""

_ENTERED = ("classification", "system", "provider", "deployer", "use", "test")
"""Parts whose fields are units of their own; other parts are coherent and stay whole."""

_UNITED = frozenset({"classification.annex_iii", "classification.article_6_3"})
"""Sets that are one statement: another code in them is another statement."""

_KEYS: dict[str, tuple[str, ...]] = {
    "Identifier": ("scheme",),
    "Certificate": ("number",),
    "Document": ("url", "path", "title"),
    "Contact": ("email", "url", "phone", "name"),
    "Link": ("url", "title"),
    "Assessment": ("url", "title"),
    "Party": ("name",),
    "DatabaseEntry": ("section",),
}
"""What tells the members of a list apart: two members of one key speak of the same thing."""


class Unit(NamedTuple):
    """A value with its path and, in a text or a list, the language or the member it stands for."""

    path: str
    key: str
    field: Field
    value: Any

    @property
    def place(self) -> str:
        """The path as it is shown: `system.intended_purpose.nl`, `system.certificates[CE-1]`."""
        if self.key == WHOLE:
            return self.path
        return (
            f"{self.path}.{self.key}"
            if self.field.kind is Kind.TEXT
            else f"{self.path}[{self.key}]"
        )


def units(registration: Registration) -> Iterator[Unit]:
    """Yield what a registration says, without what only tells how it came to be."""
    for name in ("title", "description", "identifiers", "entries"):
        field = fields_of(Registration)[name]
        yield from _of_field(name, field, getattr(registration, field.attribute))
    for part in _ENTERED:
        model: CanonicalModel | None = getattr(registration, part)
        if model is None:
            continue
        for name, field in fields_of(type(model)).items():
            yield from _of_field(f"{part}.{name}", field, getattr(model, field.attribute))


def _of_field(path: str, field: Field, value: Any) -> Iterator[Unit]:
    if is_absent(value):
        return
    if field.kind in (Kind.TEXT, Kind.KEYWORDS):
        for language, text in value.items():
            yield Unit(path, language, field, text)
    elif field.many and path not in _UNITED:
        taken: set[str] = set()
        for item in value:
            key = key_of(field, item)
            if key in taken:
                key = meaning_of_item(field, item)
            taken.add(key)
            yield Unit(path, key, field, item)
    elif not says_nothing(meaning_of_unit(field, value)):
        yield Unit(path, WHOLE, field, value)


def key_of(field: Field, item: Any) -> str:
    """Return what tells a member of a list apart from the others."""
    if not isinstance(item, CanonicalModel):
        return str(item.value if hasattr(item, "value") else item)
    for name in _KEYS.get(type(item).__name__, ()):
        if said := getattr(item, name):
            return str(said)
    return meaning_of_item(field, item)


def meaning_of_unit(field: Field, value: Any) -> str:
    """Return the value of a unit as a string; the order of a list does not count."""
    if isinstance(value, tuple):
        return repr(sorted(meaning_of_item(field, item) for item in value))
    return meaning_of_item(field, value)


CLASH = object()
"""What two values make that cannot both be right."""


def joined(field: Field, left: Any, right: Any) -> Any:
    """Return what two values say together, the left one's words first, or CLASH.

    Parts are joined field by field; if any two fields clash, the parts do: half of one address
    and half of another is none.
    """
    if is_absent(left) or is_absent(right):
        return right if is_absent(left) else left
    if meaning_of_unit(field, left) == meaning_of_unit(field, right):
        return left
    if isinstance(left, tuple):
        return _lists(field, left, right)
    if isinstance(left, CanonicalModel) and type(left) is type(right):
        return _parts(left, right)
    return CLASH


def _parts(left: CanonicalModel, right: CanonicalModel) -> Any:
    update = {}
    for field in fields_of(type(left)).values():
        both = joined(field, getattr(left, field.attribute), getattr(right, field.attribute))
        if both is CLASH:
            return CLASH
        update[field.attribute] = both
    return left.model_copy(update=update)


def _lists(field: Field, left: tuple[Any, ...], right: tuple[Any, ...]) -> Any:
    found = {key_of(field, item): item for item in left}
    for item in right:
        key = key_of(field, item)
        found[key] = both = joined_item(field, found[key], item) if key in found else item
        if both is CLASH:
            return CLASH
    return tuple(found.values())


def joined_item(field: Field, left: Any, right: Any) -> Any:
    """Return what two members of a list with one key say together, or CLASH."""
    if meaning_of_item(field, left) == meaning_of_item(field, right):
        return left
    if isinstance(left, CanonicalModel):
        return _parts(left, right)
    return CLASH
