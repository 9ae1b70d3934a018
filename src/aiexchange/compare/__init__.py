"""Compare: what differs between two registrations, two files, or a record and its way back."""

from aiexchange.compare.changes import JSON, Change, DiffReport, RecordChanges, RecordName
from aiexchange.compare.diff import changes
from aiexchange.compare.losses import losses
from aiexchange.compare.match import diff_entries
from aiexchange.compare.pieces import Pieces, alike
from aiexchange.compare.roundtrip import (
    ABSENT,
    Absent,
    Loss,
    RoundTripReport,
    compare_records,
)

__all__ = [
    "ABSENT",
    "JSON",
    "Absent",
    "Change",
    "DiffReport",
    "Loss",
    "Pieces",
    "RecordChanges",
    "RecordName",
    "RoundTripReport",
    "alike",
    "changes",
    "compare_records",
    "diff_entries",
    "losses",
]
