"""Mappings: lenses between the records of a register and canonical registrations."""

from aiexchange.mapping.layout import Layout, layout, registers
from aiexchange.mapping.lens import Lens, Mapped, lens_of

__all__ = ["Layout", "Lens", "Mapped", "layout", "lens_of", "registers"]
