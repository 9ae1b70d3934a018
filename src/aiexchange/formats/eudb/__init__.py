"""The XML of aiexchange: our own schema in the style of EU reporting, not an official one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from aiexchange import law
from aiexchange.errors import UsageError
from aiexchange.findings import Finding, Severity
from aiexchange.formats.eudb.names import MESSAGE, PROFILE, REGISTRATION
from aiexchange.formats.protocol import Options
from aiexchange.model import Entry, Registration

_ROOT = re.compile(
    r"\ufeff?\s*(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*)*"
    r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>RegistrationMessage|Registration)"
    r"(?P<attributes>(?>\s+[\w.:-]+\s*=\s*(?>\"[^\"]*\"|'[^']*'))*)",
    re.DOTALL,
)
_NAMESPACE = re.compile(r"\sxmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)[\"']")
_SPACES = {"RegistrationMessage": MESSAGE, "Registration": REGISTRATION}


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
        from aiexchange.formats.eudb.message import HEADER, RECORD, ROOT, elements
        from aiexchange.formats.eudb.reader import entry_of, stranger

        for element in elements(stream, options.file):
            if element.tag == RECORD:
                yield entry_of(element, options.file)
            elif element.tag not in (ROOT, HEADER):
                yield stranger(element, options.file)

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write a message; a registration that may hold the Art. 49(4) set alone is refused.

        Raises:
            UsageError: the profile is not `exchange`, the only one so far.
            UnknownLegalVersionError: there is no such legal version.
        """
        from aiexchange.formats.eudb.writer import HEAD, TAIL, registration_text

        if options.profile not in (None, PROFILE):
            raise UsageError(f"eudb-xml has no profile {options.profile}; there is {PROFILE}")
        version = law.legal_version(options.legal_version)
        stream.write(HEAD.encode("utf-8"))
        for entry in entries:
            registration = entry.registration
            if registration is None:
                continue
            duties = law.duties(registration, version)
            if any(duty.reduced for duty in duties):
                yield _restricted(registration, entry)
                continue
            due = frozenset(duty.section for duty in duties)
            stream.write(registration_text(registration, due).encode("utf-8"))
        stream.write(TAIL.encode("utf-8"))


def _decoded(head: bytes) -> str:
    """Return the beginning of a file as text, as far as that matters for the names in it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head[:4]:
        return head.decode("utf-16-be" if head.startswith(b"\0") else "utf-16-le", "replace")
    return head.decode("utf-8", "replace")


def _restricted(registration: Registration, entry: Entry) -> Finding:
    return Finding(
        "eudb-xml.restricted-refused",
        Severity.VIOLATION,
        "The registration belongs into the part of the EU database that is not public, in a "
        "reduced form that is not written yet. It is left out.",
        record_id=registration.record_id,
        origin=entry.origin,
        basis="Art. 49(4)",
        mend="Keep it as JSON Lines; Art. 49(4) lists what may be submitted at all.",
    )
