"""Submission: the registrations that are ready, in messages of 300 with one conversation id."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO, cast

from aiexchange import __version__, law
from aiexchange.errors import UsageError
from aiexchange.findings import Finding, Severity
from aiexchange.formats.eudb.names import MOST_SENT, SUBMISSION
from aiexchange.formats.eudb.sorting import REDUCED, sorted_into
from aiexchange.formats.eudb.writer import TAIL, head, header_text, record_text
from aiexchange.formats.protocol import Envelope, Options
from aiexchange.model import Entry, Registration

_NAMESPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
_NAMED = 5
_FORBIDDEN = f".{law.ItemState.FORBIDDEN.value}"


class Submission:
    """Registrations on their way into numbered messages; it is closed at the end of a `with`.

    Conversation and messages have ids that follow from what is sent (UUID version 5), so that the
    same registrations, sent twice, are known to be the same.
    """

    def __init__(self, options: Options) -> None:
        self._version = law.legal_version(options.legal_version)
        self._access = options.access
        self._envelope = options.envelope or Envelope()
        self._kept: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._starts: list[int] = []
        self._content = hashlib.sha256()
        self.count = 0

    def __enter__(self) -> Submission:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def add(self, entries: Iterable[Entry]) -> Iterator[Finding]:
        """Take the registrations that are ready; yield what is held back and what is left out."""
        for entry in entries:
            found = sorted_into(entry, self._version, SUBMISSION, self._access)
            if entry.registration is not None and _undetermined(entry.registration, self._version):
                yield from filter(None, [self._held_back(entry.registration, entry, False)])
                continue
            if found.registration is not None and entry.registration is not None:
                held = self._held_back(entry.registration, entry, found.element == REDUCED)
                if held is not None:
                    yield held
                    continue
                self._keep(record_text(found.registration, found.due, found.element, SUBMISSION))
            yield from found.findings
        if self.count and self._envelope.sender is None:
            yield _unsigned()

    def _keep(self, text: str) -> None:
        data = text.encode("utf-8")
        if self.count % MOST_SENT == 0:
            self._starts.append(self._kept.tell())
        self._content.update(data)
        self._kept.write(data)
        self.count += 1

    def _held_back(self, registration: Registration, entry: Entry, reduced: bool) -> Finding | None:
        """Return why a registration is not submitted: what makes it unready, worst first.

        What a reduced one may not hold is left out of it, and is no reason.
        """
        found = _reasons(registration, entry, self._version)
        reasons = sorted(found, key=lambda each: each.severity.rank)
        if reduced:
            reasons = [each for each in reasons if not each.code.endswith(_FORBIDDEN)]
        codes = list(dict.fromkeys(each.code for each in reasons))
        if not codes:
            return None
        more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
        return Finding(
            "eudb-xml.held-back",
            Severity.VIOLATION,
            f"The registration is not ready, and is held back: {', '.join(codes[:_NAMED])}{more}.",
            record_id=registration.record_id,
            origin=entry.origin,
            basis="Art. 49; Annex VIII",
            mend="aiexchange check says what each of them means and how to mend it.",
        )

    @property
    def parts(self) -> int:
        """How many messages there are."""
        return len(self._starts)

    def fits(self, most: int | None) -> None:
        """Refuse more messages than there are places for; None is any number.

        Raises:
            UsageError: there are more.
        """
        if most is not None and self.parts > most:
            raise UsageError(
                f"{self.count:,} registrations take {self.parts} messages, each in a file of its "
                "own: name a file, such as submission.xml"
            )

    def write(self, part: int, stream: BinaryIO) -> None:
        """Write a message; the first is 1."""
        end = self._starts[part] if part < self.parts else self._end
        start = self._starts[part - 1]
        stream.write(head(SUBMISSION).encode("utf-8"))
        stream.write(header_text(self._header(part)).encode("utf-8"))
        self._kept.seek(start)
        shutil.copyfileobj(cast(IO[bytes], _Part(self._kept, end - start)), stream)
        stream.write(TAIL.encode("utf-8"))

    @property
    def _end(self) -> int:
        return self._kept.seek(0, 2)

    def _header(self, part: int) -> dict[str, str]:
        sent = f"{self._envelope.sender}\n{self._envelope.recipient}\n{self._content.hexdigest()}"
        conversation = uuid.uuid5(_NAMESPACE, f"urn:aiexchange:submission:{sent}")
        return {
            "MessageID": str(uuid.uuid5(conversation, str(part))),
            "Time": self._envelope.time,
            "Sender": self._envelope.sender or UNSTATED,
            "Recipient": self._envelope.recipient,
            "LegalVersion": self._version.id,
            "TestIndicator": str(self._envelope.test).lower(),
            "ConversationID": str(conversation),
            "PartNumber": str(part),
            "PartCount": str(self.parts),
            "Generator": f"aiexchange {__version__}",
        }


def _undetermined(registration: Registration, version: law.LegalVersion) -> bool:
    due = law.duties(registration, version)
    return any(duty.access is law.Access.UNDETERMINED for duty in due)


UNSTATED = "not stated"


def _reasons(
    registration: Registration, entry: Entry, version: law.LegalVersion
) -> Iterator[Finding]:
    for finding in (*entry.findings, *law.findings(registration, version)):
        if finding.severity is Severity.VIOLATION:
            yield finding
    if not law.ready(registration, version):
        yield from (law.finding_of(gap, version) for gap in law.gaps(registration, version))


def _unsigned() -> Finding:
    return Finding(
        "eudb-xml.no-sender",
        Severity.WARNING,
        "The messages do not say who sends them.",
        path="Header/Sender",
        mend="Name the body on whose behalf you send: --sender.",
    )


class _Part:
    """So many bytes of a stream."""

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(data)
        return data
