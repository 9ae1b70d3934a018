"""Mappings: lenses between the records of a register and canonical registrations."""

from aiexchange.mapping.context import Context
from aiexchange.mapping.layout import Layout, layout, registers
from aiexchange.mapping.lens import Lens, Mapped, is_hashed, lens_of
from aiexchange.mapping.rule import Rule

__all__ = [
    "Context",
    "Layout",
    "Lens",
    "Mapped",
    "Rule",
    "is_hashed",
    "layout",
    "lens_of",
    "registers",
]
