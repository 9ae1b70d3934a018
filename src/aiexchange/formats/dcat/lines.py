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
)
_QUOTED = re.compile(rf"({_LITERAL})(?: (?:{_IRI}|{_BLANK}))?")


def nodes_in(text: str) -> dict[str, Subject]:
    """Return what lines say, node by node; the graphs that they name are not told apart.

    Raises:
        SyntaxError: a line is neither a triple nor a quad.
    """
    nodes: dict[str, Subject] = {}
    last, subject = "", Subject()
    for line in text.split("\n"):
        parts = line.split(" ", 2)
        if len(parts) < 3 or parts[0][:1] != "<" or parts[1][:1] != "<":
            _add_odd(line, nodes)
            continue
        node, predicate, value = parts
        if value[:1] == "<" and value[-3:] == "> ." and value.count(" ") == 1:
            term: str | None = value[:-2]
        else:
            term = _object(value)
        if term is None:
            _add_odd(line, nodes)
            continue
        if node != last:
            last, subject = node, nodes.setdefault(node, {})
        if predicate in subject:
            subject[predicate].append(term)
        else:
            subject[predicate] = [term]
    return nodes


def _object(rest: str) -> str | None:
    """Return the object of the usual form of a line; None for any other form."""
    if rest[-2:] != " .":
        return None
    value = rest[:-2].rstrip(" ")
    if value[:1] == "<":
        value, _, graph = value.partition(" ")
        return value if value[-1] == ">" and (not graph or _is_graph(graph)) else None
    if value[:1] != '"':
        return None
    close = value.rindex('"')
    tail, _, graph = value[close + 1 :].partition(" ")
    if "\\" in value or value.count('"') != 2 or (graph and not _is_graph(graph)):
        whole = _QUOTED.fullmatch(value)
        return whole[1] if whole else None
    if tail and tail[0] != "@" and (tail[:3] != "^^<" or tail[-1] != ">"):
        return None
    return value[: len(value) - len(graph) - 1] if graph else value


def _is_graph(text: str) -> bool:
    return text[0] == "<" and text[-1] == ">" and " " not in text


def _add_odd(line: str, nodes: dict[str, Subject]) -> None:
    for node, predicate, value in _one_by_one(line):
        nodes.setdefault(node, {}).setdefault(predicate, []).append(value)


def _one_by_one(line: str) -> Iterator[tuple[str, str, str]]:
    """Yield the triple of a line of any legal form: other spaces, comments, escapes in IRIs."""
    if (usual := _TRIPLE.fullmatch(line)) is not None:
        yield usual[1], usual[2], usual[3]
    elif line.strip():
        quads = pyoxigraph.parse(line.encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)
        yield from ((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
