"""Unread values: a change that an unreadable source value and its canonical field share."""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange.compare.changes import Change
from aiexchange.mapping import Context, Rule, lens_of, registers
from aiexchange.model import Registration


def united(found: list[Change], old: Registration, new: Registration) -> Iterator[Change]:
    """Yield changes, but for those that are two sides of one.

    A value that its register's mapping cannot read lies in the extras; where it takes the place of
    one that could be read, or the other way round, that is one change of the canonical field. It
    is none where the register's field says the same: then what it is read with has changed.
    """
    by_path = {change.path: change for change in found}
    for unread in found:
        rule = _rule(unread, old if unread.after is None else new)
        read = by_path.get(rule.path) if rule else None
        if rule is None or read is None or (unread.before is None) is (read.before is None):
            continue
        del by_path[unread.path], by_path[read.path]
        if unread.before is None and not _says(rule, unread.after, read.before, old):
            by_path[read.path] = Change(read.path, read.before, unread.after)
        if read.before is None and not _says(rule, unread.before, read.after, new):
            by_path[read.path] = Change(read.path, unread.before, read.after)
    yield from by_path.values()


def _rule(change: Change, registration: Registration) -> Rule | None:
    """Return the rule of a field that lies in the extras; None for any other change."""
    extras, _, field = change.path.partition(".")
    if extras != "extras":
        return None
    register, version = registration.source.register_ or "", registration.source.layout
    for name in registers().get(register, ()):
        if name.partition("-")[0] == version and field in lens_of(register, name).rules:
            return lens_of(register, name).rules[field]
    return None


def _says(rule: Rule, raw: object, value: object, registration: Registration) -> bool:
    """Tell whether a source value says a canonical one, read beside the rest of a registration."""
    context = Context(registration.source.register_ or "", organisation=registration.deployer.name)
    return bool(rule.read(raw, context) == value)
