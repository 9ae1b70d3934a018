"""The model as a table: the fields of every part with kind and multiplicity, for all codecs."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from aiexchange.model.parts import CanonicalModel
from aiexchange.model.types import AsSet, Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the model.

    `attribute` is its Python name, `name` its canonical one. `many` fields are tuples; of these,
    an `is_set` one is sorted and unique. A `PART` field has its `model`, a `CODE` field its
    `codes`.
    An `always` part is never None: empty stands for absent.
    """

    name: str
    attribute: str
    kind: Kind
    many: bool
    is_set: bool
    required: bool
    always: bool
    model: type[CanonicalModel] | None
    codes: type[Enum] | None
    doc: str


@cache
def fields_of(model: type[CanonicalModel]) -> dict[str, Field]:
    """Return the fields of a model by canonical name, in the order of declaration."""
    found = {}
    for attribute, info in model.model_fields.items():
        seen = _Annotation()
        seen.read(info.annotation)
        for marker in info.metadata:
            seen.mark(marker)
        name = info.alias or attribute
        kind = seen.kind
        if kind is None:
            raise TypeError(f"{model.__name__}.{attribute} has no kind")
        found[name] = Field(
            name=name,
            attribute=attribute,
            kind=kind,
            many=seen.many,
            is_set=seen.is_set,
            required=info.is_required(),
            always=kind is Kind.PART and not seen.many and not seen.optional,
            model=seen.model,
            codes=seen.codes,
            doc=info.description or "",
        )
    return found


class _Annotation:
    """What a type annotation says about a field."""

    def __init__(self) -> None:
        self.kind: Kind | None = None
        self.many = self.is_set = self.optional = False
        self.model: type[CanonicalModel] | None = None
        self.codes: type[Enum] | None = None

    def mark(self, marker: object) -> None:
        if isinstance(marker, Kind):
            self.kind = marker
        elif marker is AsSet:
            self.is_set = True

    def read(self, annotation: Any) -> None:
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *markers = get_args(annotation)
            if not any(isinstance(marker, Kind) for marker in markers):
                self.read(inner)
            for marker in markers:
                self.mark(marker)
        elif origin in (Union, types.UnionType):
            for choice in get_args(annotation):
                if choice is types.NoneType:
                    self.optional = True
                else:
                    self.read(choice)
        elif origin is tuple:
            self.many = True
            self.read(get_args(annotation)[0])
        elif isinstance(annotation, type):
            self._read_class(annotation)

    def _read_class(self, annotation: type) -> None:
        if issubclass(annotation, CanonicalModel):
            self.kind, self.model = Kind.PART, annotation
        elif issubclass(annotation, Enum):
            self.kind, self.codes = Kind.CODE, annotation
        elif annotation is bool:
            self.kind = Kind.BOOLEAN
