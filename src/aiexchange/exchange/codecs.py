"""Codecs: formats and registers under one roof, found by name, by content and by suffix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, Protocol

from aiexchange.errors import UnknownFormatError, UnrecognisedInputError
from aiexchange.findings import Finding
from aiexchange.formats import FORMATS, SYNTAXES, Format, Options
from aiexchange.model import Entry
from aiexchange.registers import REGISTERS, Document, Register
from aiexchange.templates import SYNTAX_BY_SUFFIX, Template

Codec = Format | Register
"""What reads and writes registrations: a format of ours, or a register's own export."""

TEMPLATE = Template()

CODECS: dict[str, Codec] = {**FORMATS, TEMPLATE.name: TEMPLATE, **REGISTERS}
"""Formats, templates and registers, by name."""


class Reader(Protocol):
    """The reading half of a codec."""

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the entries of a file."""


class Writer(Protocol):
    """The writing half of a codec."""

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write registrations; yield what could not be carried."""


def named(name: str) -> tuple[Codec, str | None]:
    """Return the codec of a name, and the syntax if the name is one: `turtle` is `dcat`.

    Raises:
        UnknownFormatError: there is none of that name.
    """
    if name in SYNTAXES.values():
        return FORMATS["dcat"], name
    if name not in CODECS:
        raise UnknownFormatError(f"no format {name}; there are {', '.join(CODECS)}")
    return CODECS[name], None


def for_suffix(path: str, preferred: Codec | None = None) -> tuple[Codec, str | None]:
    """Return the codec and the syntax that fit a file's suffix; of several the preferred one.

    Raises:
        UnknownFormatError: none fits, or several do.
    """
    suffix = PurePath(path).suffix.lower()
    fitting = [codec for codec in CODECS.values() if suffix in codec.suffixes]
    if preferred in fitting:
        fitting = [preferred]
    if len(fitting) == 1:
        return fitting[0], syntax_of(fitting[0], path)
    if fitting:
        names = " or ".join(codec.name for codec in fitting)
        raise UnknownFormatError(f"the suffix of {path} fits several formats: name {names} by --to")
    known = sorted({each for codec in CODECS.values() for each in codec.suffixes})
    raise UnknownFormatError(
        f"the suffix of {path} fits no format; name one with --to ({', '.join(CODECS)}), or use "
        f"one of {', '.join(known)}"
    )


def syntax_of(codec: Codec, path: str) -> str | None:
    """Return the syntax of a codec, or the transport of a register, by a file's suffix."""
    suffix = PurePath(path).suffix.lower()
    if codec is TEMPLATE:
        return SYNTAX_BY_SUFFIX.get(suffix)
    return (codec.syntaxes if isinstance(codec, Register) else SYNTAXES).get(suffix)


def for_content(head: bytes, file: str, whole: BinaryIO | None = None) -> tuple[Codec, str | None]:
    """Return the codec that recognises the beginning of a file, else the format of its suffix.

    The beginning of a workbook does not tell what it holds: `whole` is looked into, if it is
    given, and left at its beginning.

    Raises:
        UnrecognisedInputError: none does; the message says what the file looks like.
    """
    if whole and head.startswith(b"PK\x03\x04") and TEMPLATE.recognises_workbook(whole):
        return TEMPLATE, syntax_of(TEMPLATE, file)
    for codec in sorted(CODECS.values(), key=_how_telling):
        if codec.recognises(head):
            return codec, syntax_of(codec, file)
    suffix = PurePath(file).suffix.lower()
    documents = (
        each
        for each in REGISTERS.values()
        if isinstance(each, Document) and (each.may_be(head) or _is_called_so(file, each))
    )
    for format in (*FORMATS.values(), *documents):
        if suffix in format.suffixes and head.strip() and suffix != ".json":
            return format, syntax_of(format, file)
    raise UnrecognisedInputError(f"{file} is not recognised: {_looks_like(head)}")


def _is_called_so(file: str, document: Document) -> bool:
    """Tell whether a file bears the name of its kind: `our_system_card.yaml`."""
    kind = document.name.partition("-")[2]
    return bool(kind) and kind in PurePath(file).stem.lower().replace("_", "-").replace(" ", "-")


def _how_telling(codec: Codec) -> int:
    """Return what sorts the codecs: those with marks of their own before those of any JSON."""
    if codec is TEMPLATE:
        return 0
    return 1 if isinstance(codec, Document) else 2


def _looks_like(head: bytes) -> str:
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return "it is empty"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it is UTF-16; save it as UTF-8"
    if head.startswith(b"PK\x03\x04"):
        return "it is an archive, but no workbook"
    if head.startswith(b"\x1f\x8b"):
        return "it is compressed; unpack it first"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return "it is JSON, but neither of registrations nor of a register's records"
    if start.startswith(b"<"):
        return "it is XML or HTML, but no registration message"
    if b"\0" in head:
        return "it is a binary file"
    return "it is a text, but no export of a register with its heading, and no RDF"
