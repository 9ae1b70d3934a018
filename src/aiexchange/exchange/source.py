"""Sources: what a verb reads, opened, and recognised by its beginning."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from aiexchange.errors import InputError, UsageError
from aiexchange.exchange.codecs import Codec, for_content, named
from aiexchange.formats import Options

Source = str | Path | IO[bytes]
"""A path, `-` for standard input, or an open binary stream."""

HEAD = 64 * 1024
"""Bytes by which a source is recognised."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that is open at its beginning, with the codec that reads it."""

    stream: BinaryIO
    file: str
    codec: Codec
    syntax: str | None
    head: bytes

    @property
    def options(self) -> Options:
        """The options with which it is read."""
        return Options(file=self.file, syntax=self.syntax)


@contextmanager
def opened(source: Source, format: str | None = None) -> Iterator[Opened]:
    """Open a source and tell what it is; `format` overrules what it looks like.

    Raises:
        InputError: it cannot be opened.
        UnrecognisedInputError: nothing that aiexchange reads looks like it.
        UnknownFormatError: there is no format of that name.
    """
    known = named(format) if format is not None else None
    with raw(source) as (stream, file):
        head = _head(stream)
        whole = _whole(head, stream)
        if head.startswith(b"PK\x03\x04") and not whole.seekable():
            whole = _kept(whole)
        codec, syntax = known or for_content(head, file, whole)
        yield Opened(whole, file, codec, syntax, head)


def _kept(stream: BinaryIO) -> BinaryIO:
    """Return an archive that comes through a pipe as a file: its contents stand at its end."""
    kept = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 (closed when it is collected)
    shutil.copyfileobj(stream, kept)
    kept.seek(0)
    return kept


def _head(stream: IO[bytes]) -> bytes:
    """Return the first bytes of a stream, of which one read may give only some."""
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    return head


def _whole(head: bytes, stream: IO[bytes]) -> BinaryIO:
    """Return the stream at its beginning, of which the head has been read already."""
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return cast(BinaryIO, stream)
    return io.BufferedReader(cast(io.RawIOBase, _Rejoined(head, stream)), HEAD)


@contextmanager
def raw(source: Source) -> Iterator[tuple[IO[bytes], str]]:
    """Open a source and give its bytes with its name; `-` where it has none.

    Raises:
        InputError: it cannot be opened.
        UsageError: it is neither a path nor a binary stream.
    """
    if not isinstance(source, str | Path):
        if not hasattr(source, "read") or isinstance(source, io.TextIOBase):
            given = type(source).__name__
            raise UsageError(f"a source is a path or an open binary stream, not {given}")
        name = getattr(source, "name", None)
        yield source, name if isinstance(name, str) else "-"
    elif str(source) == "-":
        yield sys.stdin.buffer, "-"
    else:
        with _file(Path(source)) as file:
            yield file, str(source)


def _file(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


class _Rejoined(io.RawIOBase):
    """The head that was read already, and what follows it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        data = self._rest.read(len(buffer)) or b""
        buffer[: len(data)] = data
        return len(data)
