"""Streams that can be read several times."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast


@contextmanager
def rereadable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that can be read several times; one that cannot is kept on disk."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(stream, kept)
        kept.seek(0)
        yield cast(BinaryIO, kept)
