"""Reader: the registrations of a graph, found by their carriers in whatever order they come."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO, Any, BinaryIO

import pyoxigraph
from pydantic import ValidationError

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.dcat.derived import SECTIONS, catalogue
from aiexchange.formats.dcat.terms import base_of, carrier, catalogue_iri, full
from aiexchange.formats.dcat.writer import all_nodes, catalogue_links, triples
from aiexchange.model import CanonicalModel, Entry, Registration, Statement
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_TYPE = full("rdf:type")
_REGISTRATION = full("aix:Registration")
_POSITION = full("aix:position")

Object = tuple[str, str, str | None]
"""Kind (`iri` or `literal`), value, and the language of a literal."""

Subject = dict[str, list[Object]]
"""What is said about one node, by predicate."""


class Graph:
    """The triples of a file, kept on disk by the document that their subject belongs to.

    Memory grows with the number of registrations, not with what is said about them.
    """

    def __init__(self, found: Iterable[Any]) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by __exit__)
        self._places: dict[str, list[int]] = {}
        self.registrations: dict[str, None] = {}
        self.size = 0
        try:
            self._fill(found)
        except BaseException:
            self._file.close()
            raise

    def _fill(self, found: Iterable[Any]) -> None:
        document, batch = "", list[Any]()
        for triple in found:
            subject = _subject(triple)
            here = subject.partition("#")[0]
            if here != document and batch:
                self._keep(document, batch)
                batch = []
            document = here
            predicate, value = triple.predicate.value, _object(triple.object)
            if predicate == _TYPE and value[1] == _REGISTRATION:
                self.registrations[subject] = None
            batch.append((subject, predicate, value, _line(triple)))
            self.size += 1
        if batch:
            self._keep(document, batch)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _keep(self, document: str, batch: list[Any]) -> None:
        self._places.setdefault(document, []).append(self._file.tell())
        self._file.write(json.dumps(batch).encode("ascii") + b"\n")

    def documents(self) -> Iterator[str]:
        """Yield the documents in the order of their first triple."""
        yield from self._places

    def document(self, iri: str) -> tuple[dict[str, Subject], set[str]]:
        """Return the nodes of a document, and all of its triples as lines of N-Triples."""
        nodes: dict[str, Subject] = {}
        lines: set[str] = set()
        for place in self._places.get(iri, ()):
            self._file.seek(place)
            for subject, predicate, value, line in json.loads(self._file.readline()):
                nodes.setdefault(subject, {}).setdefault(predicate, []).append(tuple(value))
                lines.add(line)
        return nodes, lines


def _subject(triple: Any) -> str:
    if isinstance(triple.subject, pyoxigraph.BlankNode):
        return f"_:{triple.subject.value}"
    return str(triple.subject.value)


def _object(term: Any) -> Object:
    if isinstance(term, pyoxigraph.Literal):
        return "literal", term.value, term.language
    if isinstance(term, pyoxigraph.BlankNode):
        return "iri", f"_:{term.value}", None
    return "iri", term.value, None


def _line(triple: Any) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object} ."


def read(stream: BinaryIO, file: str | None) -> Iterator[Entry]:
    """Yield the registrations of a file of Turtle or N-Triples.

    What is said about a registration and is neither carried nor derived is reported.

    Raises:
        InputError: the syntax is broken, the file is truncated, or it is not UTF-8.
    """
    name = file or "the input"
    try:
        found = pyoxigraph.parse(stream, format=pyoxigraph.RdfFormat.TURTLE)
        with Graph(found) as graph:
            yield from _entries(graph, file)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise InputError(f"{name}{line}: broken or truncated RDF: {error.msg}") from None
    except (UnicodeDecodeError, ValueError, OSError) as error:
        raise InputError(f"{name} cannot be read as RDF: {error}") from None


def _entries(graph: Graph, file: str | None) -> Iterator[Entry]:
    if not graph.size:
        raise InputError(f"{file or 'the input'} holds no triples")
    read_documents: set[str] = set()
    bases: dict[str, None] = {}
    for iri in graph.registrations:
        document = iri.partition("#")[0]
        read_documents.add(document)
        bases[base_of(iri)] = None
        yield _entry(graph, iri, document, file, read_documents)
    others = _others(graph, read_documents, bases)
    if others:
        finding = Finding(
            "dcat.other-triple",
            Severity.INFO,
            f"{others} triples are about other things than registrations; they are not carried on.",
            origin=Origin(file),
            mend="Nothing; keep the graph if you need them.",
        )
        yield Entry(None, Origin(file), (finding,))


def _others(graph: Graph, read_documents: set[str], bases: Iterable[str]) -> int:
    """Count the triples about anything but registrations and the catalogue that we write."""
    own = {line for base in bases for line in triples(catalogue(base))}
    linked = {f"<{full(name)}>" for name in ("dcat:dataset", "dcat:record")}
    catalogues = {catalogue_iri(base) for base in bases}
    count = 0
    for document in graph.documents():
        if document in read_documents:
            continue
        _, lines = graph.document(document)
        if document in catalogues:
            lines = {line for line in lines - own if line.split(" ", 2)[1] not in linked}
        count += len(lines)
    return count


def _entry(
    graph: Graph, iri: str, document: str, file: str | None, read_documents: set[str]
) -> Entry:
    nodes, lines = graph.document(document)
    reading = _Reading(graph, nodes)
    origin = Origin(file)
    tree = reading.part(nodes[iri], Registration)
    record_id = tree.get("record_id")
    try:
        registration = Registration.model_validate(tree)
    except ValidationError as error:
        return Entry(
            None, origin, tuple(_refused(each, record_id, origin) for each in error.errors())
        )
    base = base_of(iri)
    record = f"{base}record/" + iri.removeprefix(f"{base}registration/")
    read_documents.add(record)
    lines |= graph.document(record)[1]
    nodes_said = all_nodes(registration, base, SECTIONS)
    said = set(triples((*nodes_said, catalogue_links(registration, base))))
    unread = (_unread(line, registration.record_id, origin) for line in _beside(lines, said))
    return Entry(registration, origin, (*reading.findings(record_id, origin), *unread))


_ZERO_ZONE = re.compile(r'[+-]00:00"\^\^')


def _beside(lines: set[str], said: set[str]) -> list[str]:
    """Return the triples that are not among those that we would write, whatever their escapes."""
    beside = lines - said
    if not beside:
        return []
    text = "\n".join(said).encode("utf-8")
    parsed = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
    known = {_ZERO_ZONE.sub('Z"^^', _line(triple)) for triple in parsed}
    return sorted(line for line in beside if _ZERO_ZONE.sub('Z"^^', line) not in known)


def _unread(line: str, record_id: str, origin: Origin) -> Finding:
    _, predicate, value = line.split(" ", 2)
    shown = value.removesuffix(" .")
    return Finding(
        "dcat.unread-triple",
        Severity.WARNING,
        f"{predicate} {shown[:80]} is neither carried nor derived; it is not carried on.",
        record_id=record_id,
        path=predicate.strip("<>"),
        origin=origin,
        mend="Say it with a carrier predicate, or keep the graph.",
    )


def _refused(error: Any, record_id: Any, origin: Origin) -> Finding:
    path = ".".join(str(part) for part in error["loc"])
    return Finding(
        "dcat.invalid-registration",
        Severity.VIOLATION,
        f"{path}: {error['msg']}. The registration is left out.",
        record_id=record_id if isinstance(record_id, str) else None,
        path=path,
        origin=origin,
        mend="Correct the literal; schemas/registration.schema.json says what may stand there.",
    )


class _Reading:
    """The plain values of one registration, put together from its nodes."""

    def __init__(self, graph: Graph, nodes: dict[str, Subject]) -> None:
        self._graph, self._nodes = graph, nodes
        self._odd: list[str] = []

    def part(self, subject: Subject, model: type[CanonicalModel]) -> dict[str, Any]:
        """Return the fields of a part."""
        tree: dict[str, Any] = {}
        for predicate, name, field in _table(model):
            if predicate in subject:
                value = self._value(subject[predicate], name, field)
                if value not in (None, [], {}) or field.kind is Kind.PART:
                    tree[name] = value
        return tree

    def _value(self, objects: list[Object], name: str, field: Field) -> Any:
        if field.kind is Kind.PART and field.model is not None:
            return self._parts(objects, name, field)
        if field.kind is Kind.JSON:
            return dict(filter(None, map(self._pair, self._members(objects))))
        if field.kind is Kind.STATEMENTS:
            return {
                json.loads(f'"{_one(each, "aix:path")}"'): self.part(each, Statement)
                for each in self._members(objects)
            }
        literals = [each for each in objects if each[0] == "literal"]
        if field.kind is Kind.TEXT:
            return {language or "und": text for _, text, language in literals}
        if field.kind is Kind.KEYWORDS:
            words: dict[str, list[str]] = {}
            for _, text, language in literals:
                words.setdefault(language or "und", []).append(text)
            return words
        values = [text for _, text, _ in literals]
        if field.many:
            return values
        if len(values) > 1:
            self._odd.append(name)
        return values[0] if values else None

    def _parts(self, objects: list[Object], name: str, field: Field) -> Any:
        assert field.model is not None
        members = list(self._members(objects))
        if field.many:
            return [self.part(each, field.model) for each in sorted(members, key=_position)]
        if len(members) > 1:
            self._odd.append(name)
        return self.part(members[0], field.model) if members else None

    def _members(self, objects: list[Object]) -> Iterator[Subject]:
        """Yield the nodes that are pointed at, from wherever they are described."""
        for kind, iri, _ in objects:
            if kind == "iri":
                nodes = self._nodes
                if iri not in nodes:
                    nodes = self._graph.document(iri.partition("#")[0])[0]
                yield nodes.get(iri, {})

    def _pair(self, subject: Subject) -> tuple[str, Any] | None:
        try:
            return json.loads(f'"{_one(subject, "aix:fieldName")}"'), json.loads(
                _one(subject, "aix:json")
            )
        except ValueError:
            self._odd.append("aix:json")
            return None

    def findings(self, record_id: Any, origin: Origin) -> Iterator[Finding]:
        """Yield what could not be read as it stands."""
        for name in self._odd:
            yield Finding(
                "dcat.unread-triple",
                Severity.WARNING,
                f"{name} is said more than once, or in no form that can be read; one is taken.",
                record_id=record_id,
                path=name,
                origin=origin,
                mend="Say it once.",
            )


def _one(subject: Subject, name: str) -> str:
    return next((text for _, text, _ in subject.get(full(name), ())), "")


def _position(subject: Subject) -> float:
    try:
        return float(next((text for _, text, _ in subject.get(_POSITION, ())), "inf"))
    except ValueError:
        return float("inf")


@cache
def _table(model: type[CanonicalModel]) -> tuple[tuple[str, str, Field], ...]:
    return tuple(
        (full(carrier(model, name)), name, field) for name, field in fields_of(model).items()
    )
