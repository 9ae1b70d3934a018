"""Reader: the registrations of a graph in any serialisation, and what it says beside them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import pyoxigraph
from pydantic import ValidationError

from aiexchange.errors import InputError, UnrecognisedInputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.dcat import guard
from aiexchange.formats.dcat.places import record_id_of, short
from aiexchange.formats.dcat.residue import Residue
from aiexchange.formats.dcat.shapes import MESSAGES
from aiexchange.formats.dcat.spool import Spool
from aiexchange.formats.dcat.syntaxes import SYNTAXES, Syntax, named_by, told_by
from aiexchange.formats.dcat.takers import Taking
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry, Registration
from aiexchange.model.paths import field_at

HEAD = 64 * 1024
_BY_LINE = ("ntriples", "nquads")


def read(stream: BinaryIO, options: Options) -> Iterator[Entry]:
    """Yield the registrations of a file in any serialisation, in the order in which they begin.

    What is said about a registration and is neither carried nor derived is reported.

    Raises:
        InputError: the syntax is broken, the file is truncated, it is not UTF-8, or it is about
            other things than registrations.
    """
    name = options.file or "the input"
    with spooled(stream, options) as spool:
        if not len(spool):
            raise InputError(f"{name} holds no triples")
        if not spool.registrations:
            raise UnrecognisedInputError(f"{name} is RDF, but holds no registration")
        yield from _entries(spool, options.file)


@contextmanager
def spooled(stream: BinaryIO, options: Options) -> Iterator[Spool]:
    """Give the triples of a file, kept on disk as lines.

    Raises:
        InputError: the syntax is broken, the file is truncated, or it is not UTF-8.
    """
    name = options.file or "the input"
    with tempfile.TemporaryFile() as kept:
        try:
            yield Spool(_as_lines(stream, cast(BinaryIO, kept), options, name), name)
        except SyntaxError as error:
            line = f", line {error.lineno}" if error.lineno else ""
            raise InputError(f"{name}{line}: broken or truncated RDF: {error.msg}") from None
        except (UnicodeDecodeError, ValueError, OSError) as error:
            raise InputError(f"{name} cannot be read as RDF: {error}") from None


def _as_lines(stream: BinaryIO, kept: BinaryIO, options: Options, name: str) -> BinaryIO:
    """Return the file itself where it is made of lines and can be read twice, else a copy."""
    head = stream.read(HEAD)
    syntax = _syntax(head, options)
    if stream.seekable():
        stream.seek(-len(head), 1)
        if syntax.name in _BY_LINE:
            return stream
        _convert(stream, kept, syntax, options, name)
    else:
        whole = guard.buffered(head, stream)
        if syntax.name in _BY_LINE:
            shutil.copyfileobj(whole, kept)
        else:
            with tempfile.TemporaryFile() as again:
                shutil.copyfileobj(whole, again)
                again.seek(0)
                _convert(cast(BinaryIO, again), kept, syntax, options, name)
    kept.seek(0)
    return kept


def _syntax(head: bytes, options: Options) -> Syntax:
    """Return the serialisation: what the beginning shows; a name or a suffix tells likes apart."""
    told = told_by(head)
    given = SYNTAXES.get(options.syntax or "") or named_by(options.file)
    if told is None:
        return given or SYNTAXES["turtle"]
    if told.name in ("jsonld", "rdfxml"):
        return told
    if given is None or given.name in ("jsonld", "rdfxml"):
        return told
    return given


def _convert(stream: BinaryIO, kept: BinaryIO, syntax: Syntax, options: Options, name: str) -> None:
    """Write any serialisation as N-Quads; JSON-LD as a stream, if the order of its keys allows."""
    if syntax.name == "jsonld":
        here = stream.tell()
        try:
            _transcribe(stream, kept, "STREAMING_JSON_LD", syntax, options, name)
        except SyntaxError:
            stream.seek(here)
            guard.refuse_large(stream, name)
            kept.seek(0)
            kept.truncate()
            _transcribe(stream, kept, "JSON_LD", syntax, options, name)
        return
    known = "TRIG" if syntax.name == "turtle" else syntax.oxigraph
    _transcribe(stream, kept, known, syntax, options, name)


def _transcribe(
    stream: BinaryIO, kept: BinaryIO, known: str, syntax: Syntax, options: Options, name: str
) -> None:
    source, finish = guard.guarded(stream, syntax.name, name)
    quads = pyoxigraph.parse(
        source, format=getattr(pyoxigraph.RdfFormat, known), base_iri=options.base_iri
    )
    pyoxigraph.serialize(quads, kept, format=pyoxigraph.RdfFormat.N_QUADS)
    finish()


def _entries(spool: Spool, file: str | None) -> Iterator[Entry]:
    residue = Residue(spool)
    for iri in spool.registrations:
        yield _entry(spool, iri, file, residue)
    others = residue.others()
    if others:
        finding = Finding(
            "dcat.other-triple",
            Severity.INFO,
            f"{others} triples are about other things than registrations; they are not carried on.",
            origin=Origin(file),
            mend="Nothing; keep the graph if you need them.",
        )
        yield Entry(None, Origin(file), (finding,))


def _entry(spool: Spool, iri: str, file: str | None, residue: Residue) -> Entry:
    taking, origin = Taking(spool, iri), Origin(file)
    tree = taking.registration()
    residue.seen(taking)
    try:
        registration = Registration.model_validate(tree)
    except ValidationError as error:
        record_id = tree.get("record_id") or record_id_of(iri.strip("<>"))
        return Entry(
            None, origin, tuple(_refused(each, record_id, origin) for each in error.errors())
        )
    record_id = registration.record_id
    found = [_odd(name, record_id, origin) for name in dict.fromkeys(taking.odd)]
    found += [_unread(each, record_id, origin) for each in residue.of(taking, registration)]
    return Entry(registration, origin, tuple(found))


def _odd(name: str, record_id: str, origin: Origin) -> Finding:
    return Finding(
        "dcat.unread-triple",
        Severity.WARNING,
        f"{name} is said more than once, or in no form that can be read; one is taken.",
        record_id=record_id,
        path=name,
        origin=origin,
        mend="Say it once.",
    )


def _unread(triple: tuple[str, str, str], record_id: str, origin: Origin) -> Finding:
    _, predicate, value = triple
    return Finding(
        "dcat.unread-triple",
        Severity.WARNING,
        f"{predicate} {value[:80]} is neither carried nor derived; it is not carried on.",
        record_id=record_id,
        path=short(predicate.strip("<>")),
        origin=origin,
        mend="Say it with a carrier predicate, or keep the graph.",
    )


def _expected(loc: tuple[Any, ...]) -> str | None:
    """Return in words what a field holds."""
    path = ".".join(part for part in loc if isinstance(part, str))
    try:
        field = field_at(path)
    except KeyError:
        return None
    return MESSAGES[field.kind][0].format(path)


def _refused(error: Any, record_id: str | None, origin: Origin) -> Finding:
    path = ".".join(str(part) for part in error["loc"])
    said = f"{error['input']!s:.80} stands there" if isinstance(error["input"], str) else ""
    reason = " ".join(filter(None, (_expected(error["loc"]) or f"{error['msg']}.", said)))
    return Finding(
        "dcat.invalid-registration",
        Severity.VIOLATION,
        f"{reason.removesuffix('.')}. The registration is left out.",
        record_id=record_id,
        path=path,
        origin=origin,
        mend="Correct the literal; schemas/registration.schema.json says what may stand there.",
    )
