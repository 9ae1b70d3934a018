"""The XML of aiexchange: our own schema in the style of EU reporting, not an official one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from aiexchange import law
from aiexchange.errors import UsageError
from aiexchange.findings import Finding
from aiexchange.formats.eudb.names import (
    MESSAGE,
    PROFILE,
    PROFILES,
    RECORDS,
    REGISTRATION,
    SUBMISSION,
)
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry
from aiexchange.streams import EVERY, Places

if TYPE_CHECKING:
    from aiexchange.formats.eudb.submission import Submission

_ROOT = re.compile(
    r"\ufeff?\s*(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*)*"
    r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>RegistrationMessage|Registration|RestrictedRegistration|UnpublishedTest)"
    r"(?P<attributes>(?>\s+[\w.:-]+\s*=\s*(?>\"[^\"]*\"|'[^']*'))*)",
    re.DOTALL,
)
_NAMESPACE = re.compile(r"\sxmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)[\"']")
_SPACES = {"RegistrationMessage": MESSAGE, **dict.fromkeys(RECORDS, REGISTRATION)}


class EudbXml:
    """Registration messages."""

    name = "eudb-xml"
    suffixes: tuple[str, ...] = (".xml",)

    def recognises(self, head: bytes) -> bool:
        """Tell from its first bytes whether a file is a message of ours."""
        root = _ROOT.match(_decoded(head))
        if root is None:
            return False
        spaces = dict(_NAMESPACE.findall(root["attributes"]))
        return bool(spaces.get(root["prefix"] or "") == _SPACES[root["name"]])

    def read(self, stream: BinaryIO, options: Options) -> Iterator[Entry]:
        """Yield the registrations of a message; no law is needed for it.

        Raises:
            InputError: malformed, truncated, with a DOCTYPE, or no message of ours.
        """
        return self.part(stream, options, EVERY)

    def part(self, stream: BinaryIO, options: Options, left_out: Places) -> Iterator[Entry]:
        """Yield the registrations of a message, but for the places that are 1 in `left_out`."""
        from aiexchange.formats.eudb.message import HEADER, ROOT, TAGS, elements
        from aiexchange.formats.eudb.reader import entry_of, stranger

        place = 0
        for element in elements(stream, options.file):
            if element.tag in (ROOT, HEADER):
                continue
            if not left_out[place]:
                known = element.tag in TAGS
                yield (entry_of if known else stranger)(element, options.file)
            place += 1

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write a message; what is reduced to the Art. 49(4) set never goes among the others.

        A submission that takes several messages needs `submission`, with a stream for each.

        Raises:
            UsageError: there is no such profile or access, or one message does not hold it all.
            UnknownLegalVersionError: there is no such legal version.
        """
        _refuse_unknown(options)
        if options.profile == SUBMISSION:
            yield from self._submit(entries, stream, options)
            return
        head, tail = self.frame(options)
        stream.write(head)
        yield from self.body(entries, stream, options)
        stream.write(tail)

    def frame(self, options: Options) -> tuple[bytes, bytes]:
        """Return what stands before and after the registrations of a message for exchange."""
        from aiexchange.formats.eudb.writer import HEAD, TAIL

        return HEAD.encode("utf-8"), TAIL.encode("utf-8")

    def body(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write the registrations of a message for exchange without what stands around them."""
        from aiexchange.formats.eudb.sorting import sorted_into
        from aiexchange.formats.eudb.writer import record_text

        version = law.legal_version(options.legal_version)
        for entry in entries:
            found = sorted_into(entry, version, PROFILE, options.access)
            yield from found.findings
            if found.registration is not None:
                text = record_text(found.registration, found.due, found.element, PROFILE)
                stream.write(text.encode("utf-8"))

    def _submit(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        with self.submission(options) as submission:
            yield from submission.add(entries)
            submission.fits(1)
            if submission.parts:
                submission.write(1, stream)

    def submission(self, options: Options) -> Submission:
        """Return an empty submission.

        Raises:
            UsageError: there is no such access.
            UnknownLegalVersionError: there is no such legal version.
        """
        from aiexchange.formats.eudb.submission import Submission

        _refuse_unknown(options)
        return Submission(options)


def _refuse_unknown(options: Options) -> None:
    for what, said, known in (
        ("profile", options.profile, PROFILES),
        ("access", options.access, ("public", "restricted")),
    ):
        if said is not None and said not in known:
            raise UsageError(f"eudb-xml has no {what} {said}; there is {' and '.join(known)}")


def _decoded(head: bytes) -> str:
    """Return the beginning of a file as text, as far as that matters for the names in it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head[:4]:
        return head.decode("utf-16-be" if head.startswith(b"\0") else "utf-16-le", "replace")
    return head.decode("utf-8", "replace")
