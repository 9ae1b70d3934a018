"""Identity of a source: its name and the SHA-256 of its bytes, told before it is read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from aiexchange.exchange.source import Source, raw

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Identified:
    """A source that can be read from its beginning, with its name and hash (64 hex digits)."""

    source: Source
    file: str
    sha256: str


@contextmanager
def identified(source: Source) -> Iterator[Identified]:
    """Hash a source; standard input and streams are kept on disk meanwhile.

    Raises:
        InputError: it cannot be opened.
    """
    with raw(source) as (stream, file):
        if isinstance(source, str | Path) and str(source) != "-":
            yield Identified(source, file, _hash(stream))
            return
        with tempfile.TemporaryFile() as kept:
            sha256 = _hash(stream, kept)
            kept.seek(0)
            yield Identified(cast(IO[bytes], kept), file, sha256)


def _hash(stream: IO[bytes], copy: IO[bytes] | None = None) -> str:
    found = hashlib.sha256()
    while block := stream.read(_BLOCK):
        found.update(block)
        if copy is not None:
            copy.write(block)
    return found.hexdigest()
