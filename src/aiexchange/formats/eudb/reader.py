"""Reader: the registration that an element holds, by the layout that the writer uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pydantic import ValidationError

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.layout import BLOCKS, KEY, Group, Slot
from aiexchange.formats.eudb.message import line_of
from aiexchange.formats.eudb.names import LANG, RECORDS, element_name
from aiexchange.formats.eudb.notes import Notes, name_of
from aiexchange.formats.eudb.takers import Take, taker
from aiexchange.model import Entry, Registration
from aiexchange.model.paths import field_at


def entry_of(element: etree._Element, file: str | None) -> Entry:
    """Return the entry of a Registration element.

    What the schema does not know is a finding; a value that the model refuses makes the whole
    registration one.
    """
    notes, values = Notes(file), dict[str, Any]()
    notes.within(element, "action")
    for slot, child in _carried(element, notes):
        notes.path = slot.path
        slot.take(child, slot.part(values), notes)
    origin = Origin(file, line=line_of(element))
    registration, refused = None, list[Finding]()
    if not notes.refused:
        try:
            registration = Registration.model_validate(values)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            found = (_refused(each, element, file) for each in errors)
            refused = sorted(found, key=lambda each: (each.origin and each.origin.line) or 0)
    record_id = values.get("record_id")
    findings = (each.about(record_id, origin) for each in (*notes.findings, *refused))
    return Entry(registration, origin, tuple(findings))


def stranger(element: etree._Element, file: str | None) -> Entry:
    """Return the entry of an element that stands beside the registrations of a message."""
    origin = Origin(file, line=line_of(element))
    space, _, name = str(element.tag).removeprefix("{").rpartition("}")
    lost = name in RECORDS
    finding = Finding(
        "eudb-xml.invalid-registration" if lost else "eudb-xml.unknown-element",
        Severity.VIOLATION if lost else Severity.WARNING,
        f"{name} stands in {f'the namespace {space}' if space else 'no namespace'}, which is not "
        "the one of registrations. It is left out."
        if lost
        else f"RegistrationMessage/{name} is no element of the schema; it is not carried on.",
        path=f"RegistrationMessage/{name}",
        origin=origin,
        mend="Compare its name and namespace with the schema in schemas/eudb/1.0.",
    )
    return Entry(None, origin, (finding,))


@dataclass(frozen=True, slots=True)
class _Slot:
    """An element that carries a canonical field, or one that stands for a test that says little."""

    path: str
    parts: tuple[str, ...]
    take: Take

    def part(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the plain values of the part that has the field."""
        for name in self.parts:
            values = values.setdefault(name, {})
        return values


_Table = Mapping[str, "_Slot | _Block"]


@dataclass(frozen=True, slots=True)
class _Block:
    """An element around others; `itself` is what it says by being there."""

    table: _Table
    itself: _Slot | None = None


def _carried(element: etree._Element, notes: Notes) -> Iterator[tuple[_Slot, etree._Element]]:
    """Yield each element of a registration that carries a canonical field."""
    return _within(element, _REGISTRATION, notes)


def _within(
    element: etree._Element, block: _Block, notes: Notes
) -> Iterator[tuple[_Slot, etree._Element]]:
    if block.itself is not None:
        yield block.itself, element
    for child in element:
        known = block.table.get(name_of(child))
        if isinstance(known, _Slot):
            yield known, child
        elif known is None:
            notes.unknown(child)
        else:
            notes.within(child)
            yield from _within(child, known, notes)


def _slot(path: str) -> _Slot:
    parts = path.split(".")[:-1]
    return _Slot(path, tuple(parts), taker(field_at(path)))


_TEST = _Slot("test", (), lambda element, values, notes: values.setdefault("test", {}) and None)


def _block(name: str, content: Iterable[Slot | Group]) -> _Block:
    table: dict[str, _Slot | _Block] = {}
    for each in content:
        if isinstance(each, Group):
            table[each.name] = _block(each.name, each.slots)
        else:
            table[each.name] = _slot(each.path)
    return _Block(table, _TEST if name in ("AnnexIX", "Test") else None)


_REGISTRATION = _Block(
    {
        **{element_name(name): _slot(name) for name in KEY},
        **{block.name: _block(block.name, block.content) for block in BLOCKS},
    }
)


def _refused(error: Any, element: etree._Element, file: str | None) -> Finding:
    path = ".".join(str(part) for part in error["loc"][:6])
    found = error["input"]
    shown = f" may not be “{found}”" if isinstance(found, str) and len(found) < 80 else ""
    return Finding(
        "eudb-xml.invalid-registration",
        Severity.VIOLATION,
        f"{path}{shown}: {error['msg']}. The registration is left out.",
        path=path,
        origin=Origin(file, line=line_of(_place(element, error["loc"]))),
        mend="Correct the element; the schema in schemas/eudb/1.0 says what may stand there.",
    )


def _place(element: etree._Element, loc: Iterable[Any]) -> etree._Element:
    """Return the element of a value that the model refuses, or the nearest around it."""
    steps = [str(step) for step in loc]
    for slot, child in _carried(element, Notes(None)):
        parts = slot.path.split(".")
        if slot is not _TEST and steps[: len(parts)] == parts:
            alike = [child, *(each for each in child.itersiblings() if each.tag == child.tag)]
            return _inner(alike, child, steps[len(parts) :])
    return element


def _inner(alike: list[etree._Element], found: etree._Element, steps: list[str]) -> etree._Element:
    """Follow the steps of a path among elements of one name: an index, a language or a field."""
    for step in steps:
        if step.isdigit() and int(step) < len(alike):
            found = alike[int(step)]
        elif any(each.get(LANG) == step for each in alike):
            found = next(each for each in alike if each.get(LANG) == step)
        else:
            alike = [each for each in found if name_of(each) == element_name(step)]
            if not alike:
                return found
            found = alike[0]
    return found
