"""Layouts of a register: which version and which names a record follows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from aiexchange.mapping import Layout, Lens, lens_of
from aiexchange.mapping.converters import without_trailing_zeros

VARIANT_FIELD = "language"
"""Member in which the register's interfaces name the language of a translation."""


class Layouts:
    """The layouts of one register, the newest first."""

    def __init__(self, register: str, names: tuple[str, ...]) -> None:
        self.register = register
        self.names = names
        self._lenses: dict[tuple[object, ...], tuple[Lens, str | None]] = {}
        self._foreign: dict[str, frozenset[str]] = {}
        self._renamings: dict[tuple[tuple[str, ...], str], dict[str, str]] = {}

    @property
    def newest(self) -> Lens:
        """The lens of the newest version, in the register's own names."""
        return self.lens(self.names[0])

    def lens(self, name: str) -> Lens:
        """Return the lens of a layout."""
        return lens_of(self.register, name)

    @cached_property
    def all(self) -> tuple[Layout, ...]:
        """The layouts, the newest first."""
        return tuple(self.lens(name).layout for name in self.names)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of all layouts."""
        return frozenset(field for layout in self.all for field in layout.fields)

    @cached_property
    def _headings(self) -> dict[str, str]:
        """Field by any heading under which it is met, in folded spelling; newest meaning first."""
        found: dict[str, str] = {field: field for field in self.fields}
        for layout in self.all:
            for heading, field in (*layout.aliases.items(), *_labels(layout)):
                found.setdefault(heading.casefold(), field)
        return found

    @cached_property
    def _headings_by_layout(self) -> dict[str, dict[str, str]]:
        return {
            name: {
                heading.casefold(): field
                for heading, field in (
                    *((field, field) for field in layout.fields),
                    *layout.aliases.items(),
                    *_labels(layout),
                )
            }
            for name, layout in zip(self.names, self.all, strict=True)
        }

    def knows(self, heading: str) -> bool:
        """Tell whether a heading is the name or the label of a field, in any layout."""
        return heading in self.fields or heading.strip().casefold() in self._headings

    def lens_for(
        self, names: tuple[str, ...], version: str | None, empty: tuple[str, ...] = ()
    ) -> tuple[Lens, str | None]:
        """Return the lens that fits a record, and the version that it names if there is none of it.

        The version that the record names decides; else the names of its fields do: first those of
        the fields that say something, then those of the `empty` ones.
        """
        key = (names, version, empty)
        found = self._lenses.get(key)
        if found is None:
            if len(self._lenses) > 1_000:
                self._lenses.clear()
            found = self._lenses[key] = self._lens_for(names, version, empty)
        return found

    def _lens_for(
        self, names: tuple[str, ...], version: str | None, empty: tuple[str, ...]
    ) -> tuple[Lens, str | None]:
        said, unsaid = ([name.strip().casefold() for name in each] for each in (names, empty))
        named = without_trailing_zeros(version) if version else None
        of_version = [name for name in self.names if name.partition("-")[0] == named]
        fitting = max(
            of_version or self.names,
            key=lambda name: (self._fit(name, said), self._fit(name, unsaid)),
        )
        return self.lens(fitting), None if of_version or not named else named

    def _fit(self, name: str, headings: list[str]) -> int:
        known = self._headings_by_layout[name]
        return sum(heading in known for heading in headings)

    def version_of(self, record: Mapping[str, Any], sheet: str | None = None) -> str | None:
        """Return the version that a record names, under whichever heading; else its sheet's."""
        for name in self._version_headings:
            value = record.get(name)
            if isinstance(value, str) and _is_version(value):
                return value
        return sheet if sheet and _is_version(sheet) else None

    @cached_property
    def _version_headings(self) -> tuple[str, ...]:
        found = dict.fromkeys(layout.version_field for layout in self.all)
        for layout in self.all:
            for heading, field in (*_labels(layout), *layout.aliases.items()):
                if field == layout.version_field:
                    found[heading] = None
        return tuple(found)

    def foreign_to(self, lens: Lens) -> frozenset[str]:
        """Return the fields of other layouts that a layout does not have."""
        if lens.name not in self._foreign:
            self._foreign[lens.name] = self.fields - lens.known
        return self._foreign[lens.name]

    def renamed(self, record: dict[str, Any], lens: Lens) -> dict[str, Any]:
        """Return a record under the names of its layout; an unknown name stays as it is."""
        names = tuple(record)
        renaming = self._renamings.get((names, lens.name))
        if renaming is None:
            if len(self._renamings) > 1_000:
                self._renamings.clear()
            renaming = self._renamings[(names, lens.name)] = self._renaming(names, lens)
        if not renaming:
            return record
        return {renaming.get(name, name): value for name, value in record.items()}

    def _renaming(self, names: tuple[str, ...], lens: Lens) -> dict[str, str]:
        """Return the field of each name but its own; a second name of one field stays."""
        known = self._headings_by_layout[lens.name]
        renaming = {}
        taken = set(names) & lens.known
        for name in names:
            field = known.get(name.strip().casefold())
            if field is not None and name not in lens.known and field not in taken:
                renaming[name] = field
                taken.add(field)
        return renaming


def _is_version(value: str) -> bool:
    return value.strip()[:1].isdigit() and "." in value


def _labels(layout: Layout) -> list[tuple[str, str]]:
    return [(label, field) for field, label in layout.labels().items()]
