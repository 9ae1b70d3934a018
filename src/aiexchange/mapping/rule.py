"""Rules: the lines of a mapping, compiled: a field, a canonical path and a converter each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiexchange.errors import MappingError
from aiexchange.mapping.context import Context, OwnName
from aiexchange.mapping.converters import CONVERTERS, Converter
from aiexchange.mapping.layout import Layout
from aiexchange.mapping.prose import plain_text
from aiexchange.mapping.shapes import SHAPES
from aiexchange.mapping.sssom import Row
from aiexchange.model import Registration, StatementKind
from aiexchange.model.paths import field_at, follows, is_absent, plain, value_at
from aiexchange.model.types import LONGEST_VALUE

KNOWN: dict[str, type[Converter]] = {**CONVERTERS, **{each.name: each for each in SHAPES}}
"""The closed list of names that a mapping may use in its column `convert`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One correspondence between a field of the register and a canonical path."""

    field: str
    path: str
    steps: tuple[str, ...]
    many: bool
    converter: Converter
    row: Row

    def read(self, raw: Any, context: Context) -> Any:
        """Return the plain canonical value of a source value, or None."""
        if isinstance(raw, str):
            return self.converter.forward(raw, context)
        if isinstance(raw, (list, Mapping)):
            return self.converter.forward(raw, context) if self.converter.structured else None
        return self.converter.forward(str(raw), context)

    def write(self, value: Any, context: Context) -> Any:
        """Return the source value of a plain canonical value; "" for none."""
        return "" if value is None else self.converter.backward(value, context)

    def put(self, tree: dict[str, Any], value: Any) -> None:
        """Set the value in a registration of plain values.

        Lists grow, halves find each other, texts in several languages stand side by side.
        """
        for step in self.steps[:-1]:
            tree = tree.setdefault(step, {})
        name = self.steps[-1]
        if name not in tree:
            tree[name] = value
        elif self.converter.by_language:
            tree[name] = {**tree[name], **value}
        elif self.converter.halved and tree[name]:
            tree[name] = [{**tree[name][0], **value[0]}, *tree[name][1:]]
        else:
            tree[name] = [*tree[name], *value] if self.many else value

    def fits(self, raw: Any, context: Context) -> bool:
        """Tell whether a source value is of the shape that the transport asks for."""
        if context.flat:
            return raw is None or not isinstance(raw, list | dict)
        return raw is None or not self.converter.listed or isinstance(raw, list)

    def value(self, registration: Registration) -> Any:
        """Return the plain value of a registration at the path of the rule, or None."""
        value = value_at(registration, self.path)
        if is_absent(value):
            return None
        if isinstance(value, str) and self._is_own_name(registration):
            return OwnName(value)
        return plain(value)

    def _is_own_name(self, registration: Registration) -> bool:
        statement = registration.provenance.get(self.path)
        return (
            statement is not None
            and statement.kind is StatementKind.STATED
            and statement.source is not None
            and (
                follows(registration, self.path)
                or value_at(registration, self.path) == value_at(registration, statement.source)
            )
        )

    def still_says(self, raw: Any, written: Any, context: Context) -> bool:
        """Tell whether a source twin says what the canonical value says, as it would be written."""
        said = None if is_blank(raw) else self.read(raw, context)
        said = None if said == [] else said
        return self.converter.agrees(self.write(said, context), written)


def is_blank(raw: Any) -> bool:
    """Tell whether a source value says nothing: null, an empty list, spacing, empty mark-up."""
    if isinstance(raw, str):
        if raw[:1].isalnum():  # most values: no mark-up begins so, and no spacing
            return False
        return len(raw) <= LONGEST_VALUE and plain_text(raw) is None
    if isinstance(raw, list):
        return all(map(is_blank, raw))
    if isinstance(raw, dict):
        return all(map(is_blank, raw.values()))
    return raw is None


def rules_of(layout: Layout) -> tuple[Rule, ...]:
    """Compile the rows of a layout; a field without a counterpart has no rule.

    Raises:
        MappingError: a row names a path or a converter that does not exist, or a field twice.
    """
    named = {row.subject for row in layout.rows}
    if named != set(layout.fields):
        odd = ", ".join(sorted(named ^ set(layout.fields)))
        raise MappingError(f"{layout.register} {layout.version}: fields and rows differ: {odd}")
    return tuple(_rule(layout, row, row.target) for row in layout.rows if row.target)


def _rule(layout: Layout, row: Row, path: str) -> Rule:
    if row.convert not in KNOWN:
        raise MappingError(f"{row.subject}: there is no converter {row.convert!r}")
    try:
        target = field_at(path)
    except KeyError as error:
        raise MappingError(f"{row.subject}: {error.args[0]}") from None
    converter = KNOWN[row.convert](row.subject, layout.codes(row.subject, path))
    return Rule(row.subject, path, tuple(path.split(".")), target.many, converter, row)
