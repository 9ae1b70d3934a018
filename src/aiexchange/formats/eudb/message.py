"""Messages: the elements of an XML file that are of interest, read without risk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from aiexchange.errors import InputError, UnrecognisedInputError
from aiexchange.formats.eudb.names import MESSAGE, REGISTRATION

ROOT = f"{{{MESSAGE}}}RegistrationMessage"
RECORD = f"{{{REGISTRATION}}}Registration"


def elements(stream: BinaryIO, file: str | None) -> Iterator[etree._Element]:
    """Yield the root when it begins, then each Registration when it is complete.

    A registration is freed when the next one is asked for. There are no entities and no network.

    Raises:
        InputError: malformed, truncated, empty, with a DOCTYPE, or another kind of document.
    """
    name = file or "the input"
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _elements(events, name)
    except etree.XMLSyntaxError as error:
        reason = str(error.msg or error)
        if "ntity" in reason:
            raise InputError(f"{name}: entities are not allowed ({reason})") from None
        raise InputError(
            f"{name}: malformed or truncated XML, line {error.lineno}: {reason}"
        ) from None


def _elements(events: Iterable[tuple[str, etree._Element]], name: str) -> Iterator[etree._Element]:
    depth = 0
    for event, element in events:
        if event == "start":
            if depth == 0:
                _refuse_doctype(element, name)
                if element.tag not in (ROOT, RECORD):
                    raise UnrecognisedInputError(f"{name} is XML, but no registration message")
                if element.tag == ROOT:
                    yield element
            depth += 1
            continue
        depth -= 1
        if depth <= 1 and element.tag == RECORD:
            yield element
        if depth == 1:
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _refuse_doctype(root: etree._Element, name: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"{name}: a DOCTYPE is not allowed")
