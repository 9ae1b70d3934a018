"""Registers: records and documents as bytes, one module per transport."""

from aiexchange.mapping import layout as _layout
from aiexchange.mapping import registers as _mapped
from aiexchange.registers.document import Document
from aiexchange.registers.register import Register
from aiexchange.registers.transport import SUFFIXES, is_flat, transport_of
from aiexchange.registers.transports import TRANSPORTS as _TRANSPORTS


def _register(name: str, versions: tuple[str, ...]) -> Register:
    kind = _layout(name, versions[0]).transport
    return Document(name, versions, _TRANSPORTS[kind]) if kind else Register(name, versions)


REGISTERS: dict[str, Register] = {
    name: _register(name, versions) for name, versions in _mapped().items()
}
"""The registers and documents that have a mapping, by name."""

__all__ = ["REGISTERS", "SUFFIXES", "Document", "Register", "is_flat", "transport_of"]
