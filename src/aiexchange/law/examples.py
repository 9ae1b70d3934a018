"""Examples: a registration that keeps a rule, and one that breaks it and no other."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aiexchange.law.data import read_toml
from aiexchange.law.rules import Example, Rule
from aiexchange.law.types import ItemState
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration

_SPECIMEN_OF = {"any": "C", "record": "C"}
_STEP = re.compile(r"([a-z0-9_]+)(\[(\d*)\])?")
_SENSITIVE = ["6(a)"]
"""A point of Annex III that restricts a registration whatever else it says."""

Tree = dict[str, Any]


def passing(rule: Rule, version: LegalVersion) -> Registration:
    """Return a registration that keeps the rule, and every other."""
    return _registration(_changed(_specimen(rule, version), rule.passes))


def failing(rule: Rule, version: LegalVersion) -> Registration:
    """Return a registration that breaks the rule and no other."""
    tree = _changed(_specimen(rule, version), rule.fails)
    _merge(tree, _added(rule, version))
    return _registration(tree)


def specimen(section: str, version: LegalVersion) -> Registration:
    """Return the registration that is due under a section alone and holds all its items."""
    return _registration(_tree(specimens(version.folder)[section]))


@cache
def specimens(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the specimens of a legal version, values by path.

    Raises:
        LegalDataError: the file is absent or is not TOML.
    """
    return {
        name: values
        for name, values in read_toml(folder / "specimens.toml").items()
        if isinstance(values, Mapping)
    }


def _specimen(rule: Rule, version: LegalVersion) -> Tree:
    name = rule.specimen or _SPECIMEN_OF.get(rule.section, rule.section)
    values = specimens(version.folder)[name]
    tree = _tree(values)
    if rule.state is ItemState.FORBIDDEN:
        _put(tree, "classification.annex_iii", _SENSITIVE)
        for item in version.items:
            outside = item.section.value == rule.section and not item.restricted_set
            if outside and ItemState.FORBIDDEN not in item.never:
                _remove(tree, item.paths)
    return tree


def _added(rule: Rule, version: LegalVersion) -> Mapping[str, Any]:
    """Return what a rule forbids, or finds as legacy, as the specimens have it."""
    if rule.item is None or (rule.state is not ItemState.FORBIDDEN and rule.kind != "deleted"):
        return {}
    item, known = version.item(rule.item), specimens(version.folder)
    held = _tree(known["legacy"] if item.deleted else known[rule.section])
    kept: Tree = {}
    for path in item.paths:
        _copy(held, kept, _steps(path))
    return kept


def _merge(tree: Tree, more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(tree.get(name), dict):
            _merge(tree[name], value)
        else:
            tree[name] = value


def _registration(tree: Tree) -> Registration:
    return Registration.model_validate(tree)


def _tree(values: Mapping[str, Any]) -> Tree:
    tree: Tree = {}
    for path, value in values.items():
        _put(tree, path, copy.deepcopy(value))
    return tree


def _changed(tree: Tree, example: Example) -> Tree:
    _remove(tree, example.without)
    for path, value in example.values.items():
        _put(tree, path, copy.deepcopy(value))
    return tree


def _steps(path: str) -> list[tuple[str, str | None]]:
    return [(found[1], found[3]) for found in _STEP.finditer(path)]


def _put(tree: Any, path: str, value: Any) -> None:
    *owners, (last, _) = _steps(path)
    for name, index in owners:
        tree = tree.setdefault(name, {})
        if index:
            tree = tree[int(index)]
    tree[last] = value


def _remove(tree: Tree, paths: Iterable[str]) -> None:
    for path in paths:
        _cut(tree, _steps(path))


def _cut(tree: Any, steps: list[tuple[str, str | None]]) -> None:
    (name, index), *rest = steps
    if name not in tree:
        return
    if not rest:
        del tree[name]
        return
    inner = tree[name]
    members = [inner[int(index)]] if index else inner if isinstance(inner, list) else [inner]
    for member in members:
        _cut(member, rest)


def _copy(source: Any, target: Tree, steps: list[tuple[str, str | None]]) -> None:
    """Copy what stands at a path, member by member of the lists on the way."""
    (name, _), *rest = steps
    if name not in source:
        return
    if not rest:
        target[name] = source[name]
    elif isinstance(source[name], list):
        members = target.setdefault(name, [{} for _ in source[name]])
        for one, other in zip(source[name], members, strict=True):
            _copy(one, other, rest)
    else:
        _copy(source[name], target.setdefault(name, {}), rest)
