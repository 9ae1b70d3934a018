"""Reader: the registrations of a message, one at a time, by the table that the writer uses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree
from pydantic import ValidationError

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.layout import BLOCKS, KEY, Group, Slot
from aiexchange.formats.eudb.names import LANG, REGISTRATION, element_name
from aiexchange.model import CanonicalModel, Entry, Registration, Statement
from aiexchange.model.paths import field_at
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_PREFIX = f"{{{REGISTRATION}}}"
_PLAIN = (Kind.STRING,)
_ATTRIBUTES = frozenset(
    ("action", f"{{{'http://www.w3.org/2001/XMLSchema-instance'}}}schemaLocation")
)


def entry_of(element: etree._Element, file: str | None) -> Entry:
    """Return the entry of a Registration element.

    What the schema does not know is a finding; a value that the model refuses makes the whole
    registration one.
    """
    reading = _Reading(file)
    reading.registration(element)
    origin = Origin(file, line=element.sourceline)
    findings = tuple(reading.findings)
    record_id = reading.tree.get("record_id")
    try:
        registration = Registration.model_validate(reading.tree)
    except ValidationError as error:
        refused = (_refused(each, reading, record_id, origin) for each in error.errors())
        return Entry(None, origin, (*findings, *refused))
    return Entry(registration, origin, tuple(each.about(record_id, origin) for each in findings))


def _refused(error: Any, reading: _Reading, record_id: Any, origin: Origin) -> Finding:
    path = ".".join(str(part) for part in error["loc"])
    line = next(
        (reading.lines[start] for start in _starts(path) if start in reading.lines), origin.line
    )
    return Finding(
        "eudb-xml.invalid-registration",
        Severity.VIOLATION,
        f"{path}: {error['msg']}. The registration is left out.",
        record_id=record_id if isinstance(record_id, str) else None,
        path=path,
        origin=Origin(origin.file, line=line),
        mend="Correct the element; the schema in schemas/eudb/1.0 says what may stand there.",
    )


def _starts(path: str) -> Iterator[str]:
    """Yield a path and those around it, the longest first."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])


@dataclass(slots=True)
class _Reading:
    """What has been read of one registration: plain values, lines by path, findings."""

    file: str | None
    tree: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def registration(self, element: etree._Element) -> None:
        for name in element.attrib:
            if name not in _ATTRIBUTES:
                self._unknown(element, f"the attribute {name}")
        for child in element:
            name = _name(child)
            if name in _KEYS:
                self.tree[_KEYS[name]] = (child.text or "").strip()
            elif name in _BLOCKS:
                self._block(child, _BLOCKS[name])
            else:
                self._unknown(child)

    def _block(self, element: etree._Element, table: _Table) -> None:
        if _name(element) == "AnnexIX":
            self.tree.setdefault("test", {})
        for child in element:
            known = table.get(_name(child))
            if isinstance(known, Slot):
                self._slot(child, known)
            elif known is not None:
                if known.get("") is not None:
                    self.tree.setdefault("test", {})
                self._block(child, {name: slot for name, slot in known.items() if name})
            else:
                self._unknown(child)

    def _slot(self, element: etree._Element, slot: Slot) -> None:
        tree = self.tree
        *parts, name = slot.path.split(".")
        for part in parts:
            tree = tree.setdefault(part, {})
        self.lines.setdefault(slot.path, element.sourceline or 0)
        self._set(tree, name, _field(slot.path), element)

    def _set(self, tree: dict[str, Any], name: str, target: Field, element: etree._Element) -> None:
        """Add what an element says to the plain values of its part."""
        if target.kind is Kind.TEXT:
            tree.setdefault(name, {})[element.get(LANG, "und").lower()] = self._text(element)
        elif target.kind is Kind.KEYWORDS:
            words = tree.setdefault(name, {}).setdefault(element.get(LANG, "und").lower(), [])
            words.append(self._text(element))
        elif target.kind is Kind.JSON:
            tree[name] = dict(self._values(element))
        elif target.kind is Kind.STATEMENTS:
            tree[name] = dict(self._statements(element))
        else:
            value = self._value(target, element)
            if target.many:
                tree.setdefault(name, []).append(value)
            else:
                tree[name] = value

    def _value(self, target: Field, element: etree._Element) -> Any:
        if target.kind is Kind.PART and target.model is not None:
            return self._part(element, target.model)
        text = self._text(element)
        return text if target.kind in _PLAIN else text.strip()

    def _part(self, element: etree._Element, model: type[CanonicalModel]) -> dict[str, Any]:
        table, part = _members(model), dict[str, Any]()
        for child in element:
            known = table.get(_name(child))
            if known is None:
                self._unknown(child)
            else:
                self._set(part, known.name, known, child)
        return part

    def _values(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        for child in element:
            if _name(child) != "Value":
                self._unknown(child)
                continue
            try:
                yield _unescaped(child.get("name", "")), json.loads(self._text(child))
            except ValueError as error:
                self._unknown(child, f"a value that is no JSON ({error})")

    def _statements(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        for child in element:
            if _name(child) == "Statement":
                yield _unescaped(child.get("path", "")), self._part(child, Statement)
            else:
                self._unknown(child)

    def _text(self, element: etree._Element) -> str:
        for child in element:
            self._unknown(child)
        return element.text or ""

    def _unknown(self, element: etree._Element, what: str | None = None) -> None:
        path = _path_of(element)
        self.findings.append(
            Finding(
                "eudb-xml.unknown-element",
                Severity.WARNING,
                f"{path} holds {what}; it is not carried on."
                if what
                else f"{path} is no element of the schema; what it says is not carried on.",
                path=path,
                origin=Origin(self.file, line=element.sourceline),
                mend="Compare its name with the schema in schemas/eudb/1.0.",
            )
        )


def _unescaped(name: str) -> str:
    """Return a name from its attribute, where it stands as within a JSON string."""
    text: str = json.loads(f'"{name}"')
    return text


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[len(_PREFIX) :] if tag.startswith(_PREFIX) else tag


def _path_of(element: etree._Element) -> str:
    names = [_name(element)]
    parent = element.getparent()
    while parent is not None and _name(parent) != "Registration":
        names.append(_name(parent))
        parent = parent.getparent()
    return "/".join(("Registration", *reversed(names))) if names != ["Registration"] else names[0]


@cache
def _field(path: str) -> Field:
    return field_at(path)


@cache
def _members(model: type[CanonicalModel]) -> Mapping[str, Field]:
    return {element_name(name): each for name, each in fields_of(model).items()}


_Table = Mapping[str, Any]
"""Slots, and tables of the groups, by the name of their element."""


def _tables() -> dict[str, _Table]:
    """Return the table of each block; that of the test has an entry without a name."""
    found: dict[str, _Table] = {}
    for block in BLOCKS:
        table: dict[str, Any] = {}
        for each in block.content:
            if isinstance(each, Group):
                inner: dict[str, Any] = {slot.name: slot for slot in each.slots}
                if each.name == "Test":
                    inner[""] = True
                table[each.name] = inner
            else:
                table[each.name] = each
        found[block.name] = table
    return found


_BLOCKS = _tables()
_KEYS = {element_name(name): name for name in KEY}
