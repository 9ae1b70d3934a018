"""Match: the records of two files, paired by record id."""

from __future__ import annotations

from collections.abc import Iterable

from aiexchange.compare.changes import DiffReport, RecordChanges, RecordName
from aiexchange.compare.diff import changes
from aiexchange.compare.spool import Spool
from aiexchange.model import Registration


def diff_entries(old: Iterable[Registration], new: Iterable[Registration]) -> DiffReport:
    """Compare two streams of registrations, each in the newest version it holds of a record.

    Both go through a temporary file: memory grows with the number of records and of changes, not
    with their size. Only records whose content is not byte for byte the same are compared.
    """
    with Spool(old) as before, Spool(new) as after:
        return DiffReport(
            added=_names(after, (record for record in after if record not in before)),
            removed=_names(before, (record for record in before if record not in after)),
            changed=tuple(
                RecordChanges(record, found)
                for record in after
                if record in before
                and before[record].fingerprint != after[record].fingerprint
                and (found := tuple(changes(before.read(record), after.read(record))))
            ),
        )


def _names(spool: Spool, records: Iterable[str]) -> tuple[RecordName, ...]:
    return tuple(_name(spool.read(record)) for record in records)


def _name(registration: Registration) -> RecordName:
    titles = (registration.title or {}).values()
    return RecordName(registration.record_id, next(iter(titles), None))
