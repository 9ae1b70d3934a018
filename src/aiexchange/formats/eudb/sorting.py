"""Sorting: which message a registration goes into, as what, and what has to stay behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aiexchange import law
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.layout import carried, carries, plan, restricted_plan, submission_plan
from aiexchange.formats.eudb.names import PROFILE, RECORDS, SUBMISSION
from aiexchange.model import Entry, Registration
from aiexchange.model.codes import SectionCode
from aiexchange.model.paths import walk

ACCESS = ("public", "restricted")
"""What a message may be kept to; one for exchange that is not holds all but what is reduced."""

WHOLE, REDUCED, TEST = RECORDS

Sections = frozenset[SectionCode]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A registration as it goes into a message: the element, the plan and the sections.

    Without a registration it stays out of the message; `findings` say why, or what is lost.
    """

    registration: Registration | None
    element: str = WHOLE
    due: Sections = frozenset()
    findings: tuple[Finding, ...] = ()


def sorted_into(
    entry: Entry, version: law.LegalVersion, profile: str = PROFILE, access: str | None = None
) -> Sorted:
    """Return what becomes of an entry in a message with this profile, kept to this access."""
    registration = entry.registration
    if registration is None:
        return Sorted(None)
    duties = law.duties(registration, version)
    due = frozenset(duty.section for duty in duties)
    reduced = any(duty.reduced for duty in duties)
    if access is None and profile == PROFILE:
        return _refused(entry) if reduced else Sorted(registration, WHOLE, due)
    if access == "restricted":
        return _restricted(entry, registration, duties, due)
    if reduced:
        return _refused(entry) if access is None else _elsewhere(entry, "restricted")
    return _public(entry, registration, duties, profile)


def _restricted(
    entry: Entry, registration: Registration, duties: tuple[law.Duty, ...], due: Sections
) -> Sorted:
    if any(duty.reduced for duty in duties):
        losses = _lost(registration, entry.origin, carried(restricted_plan(due)), "Art. 49(4)")
        return Sorted(registration, REDUCED, due, tuple(losses))
    closed = frozenset(d.section for d in duties if d.access is law.Access.RESTRICTED)
    if closed:
        public = frozenset(d.section for d in duties if d.access is law.Access.PUBLIC)
        kept = carried(submission_plan(closed)) | (carried(plan(public)) if public else frozenset())
        return Sorted(
            registration, TEST, closed, tuple(_lost(registration, entry.origin, kept, "Art. 71(4)"))
        )
    return _elsewhere(entry, _access(duties))


def _public(
    entry: Entry, registration: Registration, duties: tuple[law.Duty, ...], profile: str
) -> Sorted:
    """Return what may be seen: a test without consent stays behind, and the rest goes."""
    public = [duty for duty in duties if duty.access is law.Access.PUBLIC]
    if not public:
        return _elsewhere(entry, _access(duties))
    due = frozenset(duty.section for duty in public)
    closed = any(duty.access is law.Access.RESTRICTED for duty in duties)
    losses: list[Finding] = []
    if closed:
        losses += (
            _left(registration, entry.origin, path, "Art. 71(4)") for path in _tested(registration)
        )
        registration = _without_test(registration)
    if profile == SUBMISSION:
        losses += _unasked(registration, entry.origin, due)
    return Sorted(registration, WHOLE, due, tuple(losses))


def _access(duties: tuple[law.Duty, ...]) -> str:
    return duties[0].access.value if duties else "none"


def _tested(registration: Registration) -> list[str]:
    return [path for path, _, _ in walk(registration) if path.startswith("test.")] or ["test"]


def _without_test(registration: Registration) -> Registration:
    stated = {
        path: each
        for path, each in registration.provenance.items()
        if path != "test" and not path.startswith("test.")
    }
    return registration.model_copy(update={"test": None, "provenance": stated})


def _lost(
    registration: Registration, origin: Origin, kept: frozenset[str], basis: str
) -> Iterator[Finding]:
    """Yield each value that a restricted record does not carry, source values one by one too."""
    for path, _, value in walk(registration):
        if carries(kept, path):
            continue
        if isinstance(value, dict) and path in ("residue", "extras", "provenance"):
            yield from (_left(registration, origin, f"{path}.{key}", basis) for key in value)
        else:
            yield _left(registration, origin, path, basis)


def _left(registration: Registration, origin: Origin, path: str, basis: str) -> Finding:
    return Finding(
        "loss.restricted-set",
        Severity.WARNING,
        f"{path} is left out: it may not go into this message.",
        record_id=registration.record_id,
        path=path,
        origin=origin,
        basis=basis,
        mend="Nothing: the law lists all that such a record may hold. Keep the source.",
    )


def _unasked(registration: Registration, origin: Origin, due: Sections) -> list[Finding]:
    kept = carried(submission_plan(due))
    left = [path for path, _, _ in walk(registration) if not carries(kept, path)]
    if not left:
        return []
    return [
        Finding(
            "loss.not-asked",
            Severity.INFO,
            f"No item asks for {', '.join(left)}; it is not submitted.",
            record_id=registration.record_id,
            origin=origin,
            mend="Nothing: a submission holds what the items ask for. Keep the source.",
        )
    ]


def _refused(entry: Entry) -> Sorted:
    return _out(
        entry,
        "eudb-xml.restricted-refused",
        Severity.VIOLATION,
        "The registration belongs into the part of the EU database that is not public, and never "
        "shares a message with public ones. It is left out.",
        "Write a message of its own for such registrations: --access restricted. What Art. 49(4) "
        "does not list is left out of it.",
        "Art. 49(4)",
    )


_ELSEWHERE = {
    "public": (Severity.INFO, "is public", "--access public writes it.", "Art. 71(4)"),
    "restricted": (Severity.INFO, "is restricted", "--access restricted writes it.", "Art. 49(4)"),
    "national": (
        Severity.INFO,
        "is made at national level",
        "Register it where the Member State says.",
        "Art. 49(5)",
    ),
    "undetermined": (
        Severity.WARNING,
        "is neither public nor restricted as long as it cannot be told which",
        "State the point of Annex III, and for point 1 whether the area is a sensitive one.",
        "Art. 49(1) to (5)",
    ),
    "none": (
        Severity.INFO,
        "is not due in the EU database",
        "Nothing; aiexchange gaps says why. A file for exchange, without --access, holds it.",
        "Art. 49",
    ),
}


def _elsewhere(entry: Entry, access: str) -> Sorted:
    severity, what, mend, basis = _ELSEWHERE[access]
    message = f"The registration {what}; it is left out of this message."
    return _out(entry, "eudb-xml.other-access", severity, message, mend, basis)


def _out(
    entry: Entry, code: str, severity: Severity, message: str, mend: str, basis: str
) -> Sorted:
    record_id = entry.registration.record_id if entry.registration else None
    found = Finding(code, severity, message, record_id, origin=entry.origin, basis=basis, mend=mend)
    return Sorted(None, findings=(found,))
