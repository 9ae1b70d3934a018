"""Lines: triples as N-Triples and N-Quads write them, one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph

Subject = dict[str, list[str]]
"""What is said about one node: objects by predicate, all terms as N-Triples writes them."""

_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_BLANK = r"_:[A-Za-z0-9_][^\s<>\"]*"
_LITERAL = (
    r'"[^"\\\r\n]*(?:\\(?:[tbnrf"\'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})[^"\\\r\n]*)*"'
    rf"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^{_IRI})?"
)
_TRIPLE = re.compile(
    rf"^({_IRI}|{_BLANK}) ({_IRI}) ({_LITERAL}|{_IRI}|{_BLANK}) (?:(?:{_IRI}|{_BLANK}) )?\.$",
    re.MULTILINE,
)


def nodes_in(text: str) -> dict[str, Subject]:
    """Return what lines say, node by node; the graphs that they name are not told apart.

    Raises:
        SyntaxError: a line is neither a triple nor a quad.
    """
    found = _TRIPLE.findall(text)
    if len(found) != text.count("\n"):
        found = list(_one_by_one(text))
    nodes: dict[str, Subject] = {}
    last, subject = "", Subject()
    for node, predicate, value in found:
        if node != last:
            last, subject = node, nodes.setdefault(node, {})
        if predicate in subject:
            subject[predicate].append(value)
        else:
            subject[predicate] = [value]
    return nodes


def _one_by_one(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the triples of lines of any legal form: other spaces, comments, escapes in IRIs."""
    for line in text.split("\n"):
        if (usual := _TRIPLE.fullmatch(line)) is not None:
            yield usual[1], usual[2], usual[3]
        elif line.strip():
            quads = pyoxigraph.parse(line.encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)
            yield from ((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
