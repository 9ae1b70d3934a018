"""Registers: records as bytes, one module per transport."""

from aiexchange.mapping import registers as _mapped
from aiexchange.registers.register import Register
from aiexchange.registers.transport import SUFFIXES, is_flat, transport_of

REGISTERS: dict[str, Register] = {
    name: Register(name, versions) for name, versions in _mapped().items()
}
"""The registers that have a mapping, by name."""

__all__ = ["REGISTERS", "SUFFIXES", "Register", "is_flat", "transport_of"]
