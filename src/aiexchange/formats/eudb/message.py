"""Messages: the elements of an XML file that are of interest, read without risk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from aiexchange.errors import InputError, LimitError, UnrecognisedInputError
from aiexchange.formats.eudb.names import MESSAGE, RECORDS, REGISTRATION

ROOT = f"{{{MESSAGE}}}RegistrationMessage"
HEADER = f"{{{MESSAGE}}}Header"
RECORD = f"{{{REGISTRATION}}}Registration"
TAGS = frozenset(f"{{{REGISTRATION}}}{name}" for name in RECORDS)
"""What holds one registration."""


_PLACE = re.compile(r"\s*, line \d+, column \d+$")
_DOCTYPE = re.compile(rb"[^<]*(?>(?><\?.*?\?>|<!--.*?-->)\s*)*<!DOCTYPE", re.DOTALL)
_LIMITS = {
    "Excessive depth": "elements stand more than 256 deep, the limit",
    "Resource limit exceeded: Text": "a value is longer than 10 MB, the limit",
}


def elements(stream: BinaryIO, file: str | None, root: str = ROOT) -> Iterator[etree._Element]:
    """Yield the root when it begins, then each of its children when it is complete.

    A registration may also be the root itself, where the root is to be a message. A child is freed
    when the next one is asked for. There are no entities and no network; comments and processing
    instructions are left out.

    Raises:
        InputError: malformed, truncated, empty, with a DOCTYPE, or another kind of document.
    """
    name = file or "the input"
    head = _Head(stream)
    events = etree.iterparse(
        head,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _elements(events, name, root)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, events.error_log, head.start, name) from None


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins.

    Beyond line 65534 the parser knows lines of text alone, and tells where the first text in an
    element ends, or the one after it.
    """
    line = element.sourceline or 0
    if line < 65_535:
        return line
    if not element.text and len(element):
        return line_of(element[0])
    space = element.text or element.tail or ""
    return line - space.count("\n") if space.isspace() else line


class _Head:
    """A stream that remembers what it begins with."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.start = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.start = self.start or data
        return data


def _elements(
    events: Iterable[tuple[str, etree._Element]], name: str, root: str
) -> Iterator[etree._Element]:
    alone = TAGS if root == ROOT else frozenset[str]()
    depth = 0
    for event, element in events:
        if event == "start":
            if depth == 0:
                _refuse_others(element, name, alone | {root})
                if element.tag == root:
                    yield element
            depth += 1
            continue
        depth -= 1
        if depth == 1 and element.getparent().tag == root:  # type: ignore[union-attr]
            yield element
            _free(element)
        elif depth == 0 and element.tag in alone:
            yield element


def _free(element: etree._Element) -> None:
    """Forget an element and what stands before it; its place stays, or the parser would stumble."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_others(root: etree._Element, name: str, known: frozenset[str]) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"{name}: a DOCTYPE is not allowed")
    if root.tag not in known:
        what = "acknowledgement" if known.isdisjoint(TAGS) else "registration message"
        raise UnrecognisedInputError(f"{name} is XML, but no {what}")


def _refusal(
    error: etree.XMLSyntaxError, log: Iterable[etree._LogEntry], head: bytes, name: str
) -> InputError:
    """Return what to say of a file that the parser gave up; its log knows more than its error."""
    if not head:
        return InputError(f"{name} is empty")
    if _DOCTYPE.match(head.replace(b"\0", b"")):
        return InputError(f"{name}: a DOCTYPE is not allowed")
    line, reason = error.lineno, error.msg or str(error)
    first = next(iter(log), None)
    if not line and first is not None:
        line, reason = first.line, first.message
    place, reason = f"{name}, line {line}", _PLACE.sub("", reason).strip()
    for start, limit in _LIMITS.items():
        if reason.startswith(start):
            return LimitError(f"{place}: {limit}")
    if reason.startswith("Entity"):
        return InputError(f"{place}: entities are not allowed ({reason})")
    return InputError(f"{place}: malformed or truncated XML ({reason})")
