"""Records that are kept on disk."""

import pytest

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.kept import KeptRecords
from aiexchange.registers.record import Record

RECORDS = [
    Record({"name": "Eén", "tags": ["a", {"b": None}], "count": 3}, Origin("x.csv", row=2, line=4)),
    Record(
        None,
        Origin("x.csv", row=3),
        (Finding("csv.quoting", Severity.VIOLATION, "No.", origin=Origin("x.csv", row=3)),),
    ),
    Record({"name": "Twee"}, Origin("x.xlsx", sheet="1.0", row=4), sheet="1.0"),
    Record({}, Origin()),
]


@pytest.fixture
def kept():
    with KeptRecords() as records:
        for record in RECORDS:
            records.append(record)
        yield records


def test_records_come_back_as_they_were_and_in_their_order(kept):
    assert list(kept) == RECORDS
    assert len(kept) == len(RECORDS)


def test_any_record_can_be_asked_for_at_any_time(kept):
    assert [kept[place] for place in (2, 0, 3)] == [RECORDS[2], RECORDS[0], RECORDS[3]]


def test_records_with_ever_other_names_come_back_too():
    records = [Record({f"name {number}": number}, Origin()) for number in range(1_010)]
    with KeptRecords() as kept:
        for record in records:
            kept.append(record)
        assert list(kept) == records
