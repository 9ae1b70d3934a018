"""Own systems: what follows about the AI system where the body is its own provider (Art. 3(3))."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiexchange.mapping.codes import folded
from aiexchange.mapping.context import OwnName
from aiexchange.model import SystemStatus, UseStatus
from aiexchange.model.paths import digest

Tree = dict[str, Any]
"""A registration as plain values, while it is put together."""

_STATUS = {
    UseStatus.IN_USE: SystemStatus.IN_SERVICE,
    UseStatus.OUT_OF_USE: SystemStatus.NO_LONGER_ON_MARKET_OR_IN_SERVICE,
}


def derive(tree: Tree) -> None:
    """Add what follows from the use to the system and its provider, marked as derived.

    A register describes a use. Only a body that provides the system itself speaks of the system
    too; one body's use would else speak for a supplier's product.
    """
    name, own = _at(tree, "provider.name"), _at(tree, "deployer.name")
    if not name or not own:
        return
    if isinstance(name, OwnName):
        _state(tree, "provider.name", "deployer.name", "stated", name)
    elif folded(name) != folded(own):
        return
    for path, sources in _FOLLOWS.items():
        for source in sources:
            value = _at(tree, source)
            if value and (found := _CONVERT.get(path, _same)(value)):
                _put(tree, path, found)
                _state(tree, path, source, "derived", found)
                break


_FOLLOWS = {
    "provider.contacts": ("deployer.contacts",),
    "system.trade_name": ("title",),
    "system.intended_purpose": ("use.purpose",),
    "system.status": ("use.status",),
    "system.more_information": (
        "use.public_page",
        "use.source_registration",
        "source.page",
    ),
    "system.first_placed": ("use.start",),
}


def _same(value: Any) -> Any:
    return value


_CONVERT: dict[str, Callable[[Any], Any]] = {
    "system.trade_name": lambda title: next(iter(title.values())),
    "system.status": _STATUS.get,
    "system.more_information": lambda page: page.get("url") if isinstance(page, dict) else page,
}


def _at(tree: Tree, path: str) -> Any:
    value: Any = tree
    for name in path.split("."):
        if not value:
            return None
        value = value.get(name)
    return value


def _put(tree: Tree, path: str, value: Any) -> None:
    *parts, name = path.split(".")
    for part in parts:
        tree = tree.setdefault(part, {})
    tree[name] = value


def _state(tree: Tree, path: str, source: str, kind: str, value: Any) -> None:
    statement = {"kind": kind, "source": source, "digest": digest(value)}
    tree.setdefault("provenance", {})[path] = statement
