"""Transports: the shapes of file in which a register's records come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from aiexchange.formats.protocol import Shape
from aiexchange.registers import csv, json, xlsx
from aiexchange.registers.record import Record

SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
"""The transport of each suffix."""

WRAPPERS = ("algoritme_versions", "results", "algoritmes")
"""Members under which an interface puts its records."""


def transport_of(head: bytes) -> str:
    """Return the transport of a file by its first bytes."""
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if start.startswith((b"{", b"[")) else "csv"


def is_flat(head: bytes) -> bool:
    """Tell whether a file holds lists as one string, as tables do, by its first bytes."""
    return transport_of(head) != "json"


def names_in(head: bytes, transport: str) -> frozenset[str]:
    """Return the names of fields that the beginning of a file shows; a workbook shows none."""
    if transport == "csv":
        return frozenset(name.strip() for name in csv.heading(head))
    if transport == "json":
        return json.record_names(head, WRAPPERS)
    return frozenset()


def read(
    transport: str,
    stream: BinaryIO,
    file: str | None,
    shape: Shape | None = None,
    knows: Callable[[str], bool] | None = None,
) -> Iterator[Record]:
    """Yield the records of a file, with the names that it uses.

    `shape` is told what a table looks like. `knows` tells the names of fields from other texts.

    Raises:
        InputError: the file cannot be read at all.
    """
    if transport == "json":
        return json.read(stream, file, WRAPPERS)
    if transport == "xlsx":
        return xlsx.read(stream, file, shape, knows)
    return csv.read(stream, file, shape)
