"""Documents: what suppliers and agencies have on paper of one system, read as registrations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from aiexchange.errors import LimitError, OutputError
from aiexchange.findings import Finding, Severity
from aiexchange.formats.protocol import Options
from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration
from aiexchange.model.paths import value_at, walk
from aiexchange.model.types import Kind
from aiexchange.registers.joining import Joined
from aiexchange.registers.layouts import Layouts
from aiexchange.registers.reading import Pair, Reading
from aiexchange.registers.record import Record
from aiexchange.registers.register import Register
from aiexchange.registers.stating import stated
from aiexchange.registers.writing import Losses

LARGEST = 64 * 1024 * 1024
"""Bytes of a document: more is no document that somebody has written."""

Records = Callable[[bytes, str | None], Iterable[Record]]
"""Reads the records of a document; raises InputError for what cannot be read at all."""

DocumentWriter = Callable[[Iterable[Mapping[str, Any]], BinaryIO, str | None], Iterable[Finding]]
"""Writes records in a syntax."""


@dataclass(frozen=True, slots=True)
class Transport:
    """How the documents of one kind are told, read, and written where they are."""

    recognises: Callable[[bytes], bool]
    read: Records
    write: DocumentWriter | None = None
    syntaxes: tuple[tuple[str, str], ...] = ()
    """The syntax of each suffix, where it is written."""

    names: Callable[[bytes], frozenset[str]] = lambda _: frozenset()
    """The names of the fields at the beginning of a file."""

    about_model: Callable[[Mapping[str, Any]], bool] = lambda _: False
    """Whether a record describes a model or data: what follows for a system is derived."""


class Document(Register):
    """A format of documents with a mapping: each becomes a registration, some are written too."""

    suffixes: tuple[str, ...] = ()

    def __init__(self, name: str, layouts: tuple[str, ...], transport: Transport) -> None:
        super().__init__(name, layouts)
        self._transport = transport
        self.syntaxes = dict(transport.syntaxes)
        self.is_written = transport.write is not None
        self.suffixes = tuple(suffix for suffix in self.syntaxes if suffix != ".json")

    def transport(self, head: bytes) -> str:
        """Return the shape of a file by its first bytes."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start.startswith((b"{", b"[")):
            return "json"
        return "xml" if start.startswith(b"<") else "text"

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is a document of this format."""
        return self._transport.recognises(head)

    def may_be(self, head: bytes) -> bool:
        """Tell whether most of the names at the beginning of a file are those of this format."""
        names = self._transport.names(head)
        return 2 * sum(map(self.layouts.knows, names)) > len(names)

    def records(self, registration: Registration, *, flat: bool) -> list[dict[str, Any]]:
        """Return the record that a registration stands for."""
        return [self.lens_for(registration).backward(registration, flat=False)]

    def pairs(self, stream: BinaryIO, options: Options) -> Iterator[Pair]:
        """Yield each entry of a document with the record that it was made of.

        Raises:
            InputError: the document cannot be read at all.
        """
        data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise LimitError(f"{options.file or 'the input'} is larger than 64 MiB, the limit")
        reading = DocumentReading(self.layouts, self._transport.about_model)
        for record in self._transport.read(data, options.file):
            yield from reading.pair(record)

    def write(
        self,
        entries: Iterable[Entry],
        stream: BinaryIO,
        options: Options,
        losses: Losses | None = None,
    ) -> Iterator[Finding]:
        """Write registrations as documents of this format; yield what it cannot hold.

        Raises:
            OutputError: the format is only read.
        """
        if self._transport.write is None:
            raise OutputError(f"{self.name} is read, but not written")
        found: list[Finding] = []
        records = self._written(entries, losses, found)
        yield from self._transport.write(records, stream, options.syntax)
        yield from found

    def _written(
        self, entries: Iterable[Entry], losses: Losses | None, found: list[Finding]
    ) -> Iterator[dict[str, Any]]:
        for entry in entries:
            registration = entry.registration
            if registration is None:
                continue
            lens = self.lens_for(registration)
            record = lens.backward(_own(registration), flat=False)
            again = lens.forward(record, flat=False).registration
            if losses is not None and again is not None:
                found += (
                    each.about(registration.record_id, entry.origin)
                    for each in losses(registration, again)
                )
            yield record


def _own(registration: Registration) -> Registration:
    """Return a registration without the values of its system that follow from its use."""
    derived = [
        path
        for path, each in registration.provenance.items()
        if each.kind.value == "derived" and path.startswith(("system.", "provider.contacts"))
    ]
    for path in derived:
        part, _, name = path.partition(".")
        empty = () if isinstance(value_at(registration, path), tuple) else None
        inner = getattr(registration, part).model_copy(update={name: empty})
        registration = registration.model_copy(update={part: inner})
    return registration


class DocumentReading(Reading):
    """One pass over a document: every record stands alone, and what is not mapped is told."""

    def __init__(self, layouts: Layouts, about_model: Callable[[Mapping[str, Any]], bool]) -> None:
        super().__init__(layouts, flat=False)
        self._about_model = about_model
        self._kept: set[str] = set()
        self._told_language = False

    def pair(self, record: Record) -> Iterator[Pair]:
        """Yield the entry of a record."""
        for records, entry in self._pair([Joined(self._prepared(record))]):
            yield records, self._completed(entry, record)

    def _completed(self, entry: Entry, record: Record) -> Entry:
        registration = entry.registration
        if registration is None:
            return entry
        lens = self._lens(record)[0]
        registration = _nameless(registration, lens, record.fields or {})
        findings = [*entry.findings, *self._told_kept(registration, lens, entry)]
        is_model = self._about_model(record.fields or {})
        told = stated(registration, lens, entry, record.places or {}, is_model)
        silent = lens.layout.language_field not in lens.rules and _speaks(registration)
        if silent and not self._told_language:
            self._told_language = True
            findings.append(_no_language(lens).about(registration.record_id, entry.origin))
        if is_model:
            findings.append(_model(lens).about(registration.record_id, entry.origin))
        return replace(entry, registration=told, findings=tuple(findings))

    def _unknown_names(self, fields: Mapping[str, Any], lens: Lens) -> list[Finding]:
        """Report what the mapping does not know, each name once for a file."""
        new = [name for name in fields if name not in lens.known and name not in self._told]
        self._told.update(new)
        return [_unmapped(name, "") for name in new]

    def _told_kept(self, registration: Registration, lens: Lens, entry: Entry) -> list[Finding]:
        """Report the fields that mean nothing in the model, each once for a file."""
        new = [
            name
            for name in registration.extras
            if name in lens.known and name not in lens.rules and name not in self._kept
        ]
        self._kept.update(new)
        why = {row.subject: row.comment for row in lens.layout.rows}
        return [
            _unmapped(name, why[name]).about(registration.record_id, entry.origin) for name in new
        ]


def _unmapped(name: str, why: str) -> Finding:
    return Finding(
        "loss.unmapped",
        Severity.INFO,
        f"{name} has no counterpart in a registration; it is kept beside it. {why}".rstrip(),
        path=name,
        mend="Keep the document; JSON, JSON Lines and XML carry the value, others do not.",
    )


def _nameless(registration: Registration, lens: Lens, fields: Mapping[str, Any]) -> Registration:
    """Give a document that names neither system nor body an id that its content determines."""
    layout = lens.layout
    named = any(fields.get(name) for name in (layout.name_field, layout.organisation_field))
    if named or ":~" not in registration.record_id:
        return registration
    said = json.dumps(fields, sort_keys=True, ensure_ascii=True).encode("ascii")
    own = f"{layout.register}:~{hashlib.sha256(said).hexdigest()[:12]}"
    return registration.model_copy(update={"record_id": own})


def _speaks(registration: Registration) -> bool:
    """Tell whether it holds prose in a language that nobody names, and that no field could name."""
    texts = (field.kind is Kind.TEXT and "und" in value for _, field, value in walk(registration))
    return not registration.languages and any(texts)


def _no_language(lens: Lens) -> Finding:
    return Finding(
        f"{lens.layout.register}.language-undetermined",
        Severity.INFO,
        "The document does not say in which language it is; its texts are marked as undetermined.",
        mend="Say so in the registration: the language of a text is its name there.",
    )


def _model(lens: Lens) -> Finding:
    return Finding(
        "loss.model-not-system",
        Severity.WARNING,
        f"{lens.layout.title} describes a model or data, not the AI system that uses them: what is "
        "taken from it counts as derived until somebody states it of the system.",
        mend="Have the supplier state these items of the system: aiexchange template new.",
    )
