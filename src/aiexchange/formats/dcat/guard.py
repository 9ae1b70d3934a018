"""Guard: RDF of others made safe to parse: no DOCTYPE, no remote context, no torn end."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from aiexchange.errors import InputError, LimitError
from aiexchange.formats.dcat.terms import CONTEXT
from aiexchange.resources import data_folder

HEAD = 64 * 1024
LARGEST_CONTEXT_FILE = 64 * 1024 * 1024
"""The most bytes of a file of JSON-LD that names a context instead of holding it."""

LARGEST_UNORDERED = 128 * 1024 * 1024
"""The most bytes of JSON-LD whose keys are not in the order of a stream: it is read at once."""

_MARKUP = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<([A-Za-z_][\w.:-]*)")
_NAMED = re.compile(rb'"@(?:context|import)"\s*:\s*(?:"|\[\s*"|\[[^\]]*,\s*")')


class Watched(io.RawIOBase):
    """A stream that remembers its last bytes."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest
        self.tail = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer."""
        data = self._head[: len(buffer)] or self._rest.read(len(buffer)) or b""
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        self.tail = (self.tail + data)[-4096:]
        return len(data)


def _xml(stream: BinaryIO, name: str) -> tuple[bytes, Watched]:
    """Return RDF/XML, and its beginning, if it declares no document type: nothing is expanded."""
    head = stream.read(HEAD)
    before = _MARKUP.sub(b"", head)
    if not _ROOT.match(before):
        what = "a document type" if b"<!DOCTYPE" in before.upper() else "no element at its start"
        raise InputError(f"{name} is refused: it has {what}")
    return head, Watched(head, stream)


def _refuse_torn(stream: Watched, head: bytes, name: str) -> None:
    """Refuse RDF/XML whose first element was never closed: the parser does not see it."""
    root = _ROOT.match(_MARKUP.sub(b"", head))
    tail = _MARKUP.sub(b"", stream.tail).rstrip()
    closed = root and re.search(rb"</" + re.escape(root[1]) + rb"\s*>\Z", tail)
    if not closed and not tail.endswith(b"/>"):
        raise InputError(f"{name}: broken or truncated RDF: the first element is not closed")


def _json_ld(stream: BinaryIO, name: str) -> BinaryIO:
    """Return JSON-LD in which our context stands in place of its address; nothing is fetched."""
    head = stream.read(HEAD)
    if not _NAMED.search(head):
        return buffered(head, stream)
    text = head + stream.read(LARGEST_CONTEXT_FILE)
    if len(text) > LARGEST_CONTEXT_FILE:
        raise LimitError(
            f"{name} names a context and is larger than {LARGEST_CONTEXT_FILE:,} bytes; put the "
            "context into the file"
        )
    try:
        return io.BytesIO(json.dumps(_resolved(json.loads(text), name)).encode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: broken or truncated RDF: {error}") from None


def _resolved(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return [_resolved(each, name) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(inner, name) if key == "@context" else _resolved(inner, name)
        for key, inner in value.items()
    }


def _context(given: Any, name: str) -> Any:
    if isinstance(given, list):
        return [_context(each, name) for each in given]
    if not isinstance(given, str):
        return given
    if given != CONTEXT:
        raise InputError(
            f"{name} names the context {given[:200]}, and nothing is fetched; put the context "
            f"into the file, or use {CONTEXT}"
        )
    text = (data_folder("schemas") / "dcat" / "context.jsonld").read_text(encoding="utf-8")
    return json.loads(text)["@context"]


def buffered(head: bytes, rest: BinaryIO) -> BinaryIO:
    """Return a stream at its beginning, of which the head has been read already."""
    return cast(BinaryIO, io.BufferedReader(Watched(head, rest), HEAD))


def refuse_large(stream: BinaryIO, name: str) -> None:
    """Refuse JSON-LD that does not stream and is too large to be read at once.

    Raises:
        LimitError: it is larger than the limit.
    """
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END) - here
    stream.seek(here)
    if size > LARGEST_UNORDERED:
        raise LimitError(
            f"{name} is larger than {LARGEST_UNORDERED:,} bytes and cannot be read as a stream: "
            "put @context first, and @type first in each object, or write it as N-Quads"
        )


def guarded(stream: BinaryIO, syntax: str, name: str) -> tuple[BinaryIO, Callable[[], None]]:
    """Return a stream that is safe to parse, and what to ask when it was read to its end."""
    if syntax == "rdfxml":
        head, watched = _xml(stream, name)
        return cast(BinaryIO, watched), lambda: _refuse_torn(watched, head, name)
    if syntax == "jsonld":
        return _json_ld(stream, name), lambda: None
    return stream, lambda: None
