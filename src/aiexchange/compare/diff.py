"""Diff: the changes between two states of one registration, as far as they mean something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from aiexchange.compare.changes import Change
from aiexchange.compare.meaning import meaning_of_field, says_nothing
from aiexchange.compare.unread import united
from aiexchange.model import CanonicalModel, Link, Registration
from aiexchange.model.paths import follows, is_absent, is_derived, plain
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

NOT_COMPARED = frozenset({"record_id", "version", "provenance", "residue"})
"""The key of a registration, and what only tells how its values came to be."""


class _Value(NamedTuple):
    """What is compared at one path: `place` is the path of its field, `rank` that in the model."""

    rank: tuple[int, ...]
    place: str
    field: Field
    value: Any


def changes(old: Registration, new: Registration) -> Iterator[Change]:
    """Yield what has changed, in the order of the model.

    Languages are compared one by one (`title.nl`), a list or a link as one value. Spacing, mark-up
    and the order of a list do not count; provenance and residue are ignored. A derived value says
    nothing: what it follows from is compared. Nor does a pair that follows from the same path.
    Where each side speaks one language alone, and not the same, a text that is alike in both is no
    change: the language is.
    """
    yield from united(list(_changes(old, new)), old, new)


def _changes(old: Registration, new: Registration) -> Iterator[Change]:
    before, after = _in_other_words(dict(_leaves(old)), dict(_leaves(new)))
    either = before | after
    for path in sorted(either, key=lambda path: (either[path].rank, path)):
        left, right = before.get(path), after.get(path)
        if _same(left, right) or _both_follow(old, new, either[path].place):
            continue
        left, right = _unless_derived(old, left), _unless_derived(new, right)
        if not _same(left, right):
            yield Change(path, left and plain(left.value), right and plain(right.value))


def _leaves(
    model: CanonicalModel, prefix: str = "", rank: tuple[int, ...] = ()
) -> Iterator[tuple[str, _Value]]:
    """Yield the values with their paths; parts are entered, links and lists are not."""
    for number, (name, field) in enumerate(fields_of(type(model)).items()):
        value = getattr(model, field.attribute)
        place, here = f"{prefix}{name}", (*rank, number)
        if is_absent(value) or place in NOT_COMPARED:
            continue
        if isinstance(value, CanonicalModel) and not isinstance(value, Link):
            yield from _leaves(value, f"{place}.", here)
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield f"{place}.{key}", _Value(here, place, field, inner)
        else:
            yield place, _Value(here, place, field, value)


def _in_other_words(
    before: dict[str, _Value], after: dict[str, _Value]
) -> tuple[dict[str, _Value], dict[str, _Value]]:
    """Return the values without the texts that only the name of their language tells apart.

    That is so where each side speaks one language alone, and not the same.
    """
    old, new = _spoken(before), _spoken(after)
    if len(old) != 1 or len(new) != 1 or old == new:
        return before, after
    other = f".{next(iter(new))}"
    alike = {
        value.place
        for path, value in before.items()
        if value.field.kind in _PROSE and _same(value, after.get(value.place + other))
    }
    return (
        {path: value for path, value in before.items() if value.place not in alike},
        {path: value for path, value in after.items() if value.place not in alike},
    )


_PROSE = (Kind.TEXT, Kind.KEYWORDS)


def _spoken(values: dict[str, _Value]) -> set[str]:
    return {
        path.rpartition(".")[2]
        for path, value in values.items()
        if value.field.kind in _PROSE and path != value.place
    }


def _same(left: _Value | None, right: _Value | None) -> bool:
    return _meaning(left) == _meaning(right)


def _meaning(value: _Value | None) -> str | None:
    if value is None:
        return None
    meaning = meaning_of_field(value.field, value.value)
    return None if says_nothing(meaning) else meaning


def _both_follow(old: Registration, new: Registration, place: str) -> bool:
    return any(
        follows(old, path)
        and follows(new, path)
        and old.provenance[path].source == new.provenance[path].source
        for path in _around(place)
    )


def _unless_derived(registration: Registration, value: _Value | None) -> _Value | None:
    if value is None or any(is_derived(registration, path) for path in _around(value.place)):
        return None
    return value


def _around(place: str) -> Iterator[str]:
    """Yield a path and those of the parts around it: what provenance may speak of."""
    return accumulate(place.split("."), "{}.{}".format)
