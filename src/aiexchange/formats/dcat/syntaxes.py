"""Syntaxes: the six serialisations, by name, suffix and beginning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

_SPACE = r"\A\ufeff?(?:\s|#[^\n]*(?:\n|\Z))*"
_TURTLE = re.compile(
    _SPACE + r"(?:@(?:prefix|base)\s|(?:PREFIX|BASE)\s|GRAPH\s+<"
    r"|(?:<[^<>\s]*>|_:\S+)\s+(?:<[^<>\s]*>|a|[\w-]*:[\w-]*)\s|<[^<>\s]*>\s*\{)",
    re.IGNORECASE,
)
_LINE = re.compile(
    _SPACE + r'(?:<[^<>\s]*>|_:\S+)[ \t]+<[^<>\s]*>[ \t]+(?:<[^<>\s]*>|_:\S+|"(?:[^"\\\n]|\\.)*"'
    r"(?:@[\w-]+|\^\^<[^<>\s]*>)?)[ \t]*(?P<graph>(?:<[^<>\s]*>|_:\S+)[ \t]*)?\.[ \t]*(?:\r?\n|\Z)"
)
_GRAPH = re.compile(r"^(?:GRAPH\s+)?(?:<[^<>\s]*>|[\w-]*:[\w%-]*)?\s*\{", re.IGNORECASE | re.M)
_JSONLD = re.compile(r'"@(?:context|graph|id|type)"\s*:')
_RDFXML = re.compile(
    r"\A\ufeff?\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w.-]*(?::[\w.-]+)?\s)"
    r".*http://www\.w3\.org/1999/02/22-rdf-syntax-ns#",
    re.DOTALL | re.IGNORECASE,
)
_NAMED_LATER = re.compile(
    r"^(?:<[^<>\s]*>|_:\S+) <[^<>\s]*> "
    r'(?:<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^<[^<>\s]*>)?)'
    r" <[^<>\s]*> \.\r?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A serialisation: its name, the suffix of its files, its name in pyoxigraph, named graphs."""

    name: str
    suffix: str
    label: str
    oxigraph: str
    graphs: bool = False


SYNTAXES = {
    each.name: each
    for each in (
        Syntax("turtle", ".ttl", "Turtle", "TURTLE"),
        Syntax("ntriples", ".nt", "N-Triples", "N_TRIPLES"),
        Syntax("nquads", ".nq", "N-Quads", "N_QUADS", graphs=True),
        Syntax("trig", ".trig", "TriG", "TRIG", graphs=True),
        Syntax("jsonld", ".jsonld", "JSON-LD", "JSON_LD"),
        Syntax("rdfxml", ".rdf", "RDF/XML", "RDF_XML"),
    )
}
"""The serialisations, by name."""


def told_by(head: bytes) -> Syntax | None:
    """Return the serialisation that the beginning of a file looks like; None if it is no RDF."""
    text = head.decode("utf-8", "replace")
    name = next((name for name, fits in _RECOGNISED if fits(text)), None)
    return SYNTAXES[name] if name else None


def named_by(file: str | None) -> Syntax | None:
    """Return the serialisation of a file's suffix, if it has one of ours."""
    suffix = PurePath(file or "").suffix.lower()
    return next((each for each in SYNTAXES.values() if each.suffix == suffix), None)


def _is_nquads(text: str) -> bool:
    return (line := _LINE.match(text)) is not None and line["graph"] is not None


def _is_jsonld(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _JSONLD.search(text) is not None


_RECOGNISED: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("jsonld", _is_jsonld),
    ("rdfxml", _RDFXML.match),
    ("nquads", lambda text: _is_nquads(text) or _NAMED_LATER.search(text)),
    ("ntriples", _LINE.match),
    ("trig", lambda text: _TURTLE.match(text) and _GRAPH.search(text)),
    ("turtle", _TURTLE.match),
)
"""Ways to tell a serialisation, the first that fits first."""
