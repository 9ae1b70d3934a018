"""Spool: lines of triples on disk, found again by the document that their subject belongs to."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import BinaryIO

from aiexchange.errors import InputError, LimitError
from aiexchange.formats.dcat.lines import Subject, nodes_in
from aiexchange.formats.dcat.terms import full

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

BLOCK = 1 << 20
MOST_DOCUMENTS = 2_000_000
"""The most documents, and nodes without a name, that one file may describe."""

_RUN = re.compile(
    rb"(<[^#>\n]*+)[#>][^\n]*+\n(?:\1[#>][^\n]*+\n)*+|(_:[^\s<]++)[^\n]*+\n|[^\n]*+\n"
)
"""Lines on end whose subjects are of one document; or about one blank node; or any other line."""

_CLASS = f"<{full('aix:Registration')}>".encode()
_IS_A = re.compile(rb"^\s*(<[^>]*>|_:\S+)\s+<" + re.escape(full("rdf:type").encode()) + rb">\s+\Z")


def document_of(node: str) -> str:
    """Return the key of the document to which a node belongs."""
    return node if node.startswith("_:") else node.partition("#")[0].removesuffix(">")


def triples_of(nodes: dict[str, Subject]) -> Iterator[Triple]:
    """Yield what is said about nodes, triple by triple."""
    for node, subject in nodes.items():
        for predicate, objects in subject.items():
            for value in objects:
                yield node, predicate, value


class Spool:
    """An index of a file of lines: where those of each document stand.

    Memory grows with the number of documents, and of the places at which each is described, not
    with what is said about them.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._start = stream.tell()
        self._places: dict[bytes, array[int]] = {}
        self.registrations: dict[str, None] = {}
        at = self._start
        while block := stream.read(BLOCK) + stream.readline():
            self._index(block if block.endswith(b"\n") else block + b"\n", at)
            at += len(block)

    def _index(self, block: bytes, at: int) -> None:
        for run in _RUN.finditer(block):
            key = run[1] or run[2] or self._odd(run[0], at + run.start())
            if key:
                places = self._places.setdefault(key, array("Q"))
                places.extend((at + run.start(), at + run.end()))
        if len(self._places) > MOST_DOCUMENTS:
            raise LimitError(
                f"{self._name} describes more than {MOST_DOCUMENTS:,} documents and nodes without "
                "a name; split it"
            )
        self._find_registrations(block)

    def _odd(self, line: bytes, at: int) -> bytes | None:
        """Return the document of a line that is indented; None for an empty one or a comment."""
        text = line.strip()
        if not text or text.startswith(b"#"):
            return None
        if text.startswith(b"<"):
            return text.partition(b">")[0].partition(b"#")[0]
        if text.startswith(b"_:"):
            return text.split(None, 1)[0]
        raise InputError(f"{self._name}, line {self._line(at)}: broken or truncated RDF")

    def _find_registrations(self, block: bytes) -> None:
        at = block.find(_CLASS)
        while at >= 0:
            said = _IS_A.match(block[block.rfind(b"\n", 0, at) + 1 : at])
            if said is not None:
                self.registrations[said[1].decode("utf-8")] = None
            at = block.find(_CLASS, at + 1)

    def __len__(self) -> int:
        return len(self._places)

    def documents(self) -> Iterator[str]:
        """Yield the keys of the documents in the order of their first line."""
        for key in self._places:
            yield key.decode("utf-8")

    def nodes(self, node: str) -> dict[str, Subject]:
        """Return what is said about all nodes of the document to which a node belongs.

        Raises:
            InputError: a line is broken.
        """
        places = self._places.get(document_of(node).encode("utf-8"), array("Q"))
        read = []
        for start, end in zip(places[::2], places[1::2], strict=True):
            self._stream.seek(start)
            read.append(self._stream.read(end - start))
        return self._parsed(read, places)

    def _parsed(self, read: list[bytes], places: array[int]) -> dict[str, Subject]:
        try:
            text = b"".join(read).decode("utf-8")
            if "\r" in text:
                text = text.replace("\r\n", "\n")
            return nodes_in(text if text.endswith("\n") or not text else f"{text}\n")
        except (SyntaxError, UnicodeDecodeError):
            self._refuse(read, places)
            raise

    def _refuse(self, read: list[bytes], places: array[int]) -> None:
        for start, lines in zip(places[::2], read, strict=True):
            at = start
            for line in lines.splitlines(keepends=True):
                try:
                    nodes_in(line.decode("utf-8").rstrip("\r\n") + "\n")
                except UnicodeDecodeError:
                    raise InputError(
                        f"{self._name} cannot be read as RDF: line {self._line(at)} is not UTF-8"
                    ) from None
                except SyntaxError as error:
                    raise InputError(
                        f"{self._name}, line {self._line(at)}: broken or truncated RDF: {error.msg}"
                    ) from None
                at += len(line)

    def _line(self, at: int) -> int:
        """Return the number of the line at an offset."""
        self._stream.seek(self._start)
        left, count = at - self._start, 1
        while left > 0 and (block := self._stream.read(min(left, BLOCK))):
            count += block.count(b"\n")
            left -= len(block)
        return count
