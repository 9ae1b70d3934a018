"""Places: the canonical path that an element of a message carries."""

from __future__ import annotations

import re
from functools import cache

from aiexchange.formats.eudb.layout import BLOCKS, KEY, Group, Slot
from aiexchange.formats.eudb.names import RECORDS, element_name
from aiexchange.model import CanonicalModel
from aiexchange.model.paths import field_at
from aiexchange.model.table import fields_of

_INDEX = re.compile(r"\[\d+\]")


@cache
def canonical_path(path: str) -> str | None:
    """Return the canonical path of a path by names, as far as it can be followed.

    `RegistrationMessage/Registration[3]/SectionA/Provider/Address/City` is `provider.address.city`;
    a block as a whole has no path, and what is no path of a message has none either.
    """
    steps = [_INDEX.sub("", step) for step in path.split("/") if not step.startswith("@")]
    steps = steps[1:] if steps[:1] == ["RegistrationMessage"] else steps
    if len(steps) < 2 or steps[0] not in RECORDS:
        return None
    if steps[1] in _KEYS:
        return _KEYS[steps[1]]
    found = _within(_BLOCKS.get(steps[1], ()), steps[2:])
    return found and _inner(*found)


_KEYS = {element_name(name): name for name in KEY}
_BLOCKS: dict[str, tuple[Slot | Group, ...]] = {block.name: block.content for block in BLOCKS}


def _within(content: tuple[Slot | Group, ...], steps: list[str]) -> tuple[str, list[str]] | None:
    """Return the slot that the steps lead to, and the steps beyond it."""
    for each in content:
        if steps and each.name == steps[0]:
            return (
                _within(each.slots, steps[1:]) or (_common(each), [])
                if isinstance(each, Group)
                else (each.path, steps[1:])
            )
    return None


def _common(group: Group) -> str:
    return group.slots[0].path.rpartition(".")[0]


def _inner(path: str, steps: list[str]) -> str:
    model = field_at(path).model
    for step in steps:
        name = _named(model).get(step) if model is not None else None
        if model is None or name is None:
            break
        path, model = f"{path}.{name}", fields_of(model)[name].model
    return path


@cache
def _named(model: type[CanonicalModel]) -> dict[str, str]:
    return {element_name(name): name for name in fields_of(model)}
