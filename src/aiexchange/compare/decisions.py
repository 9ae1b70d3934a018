"""Decisions: pairs as a person sees them, with the word that settles each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiexchange.compare.pairing import Pair

YES = frozenset({"yes", "y", "ja", "j", "true", "1", "x"})
NO = frozenset({"no", "n", "nee", "false", "0"})


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair in plain words; `decision` is yes, no, or empty while nobody has decided."""

    decision: str
    score: float
    reasons: str
    scope: str
    record_id: str
    title: str
    organisation: str
    supplier: str
    supplied_id: str
    supplied_name: str
    supplied_by: str
    supplied_file: str

    def as_dict(self) -> dict[str, Any]:
        """Return the row as JSON holds it."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(PairRow.__dataclass_fields__)
"""The columns of a matches file; the first is the one to fill in."""


def row_of(pair: Pair) -> PairRow:
    """Return a pair as a person sees it."""
    base, said = pair.base, pair.supplied.registration
    return PairRow(
        decision="",
        score=pair.score,
        reasons="; ".join(pair.reasons),
        scope=pair.scope.value,
        record_id=base.record_id,
        title=next(iter((base.title or {}).values()), ""),
        organisation=base.deployer.name or "",
        supplier=base.provider.name or "",
        supplied_id=said.record_id,
        supplied_name=pair.supplied.name,
        supplied_by=said.provider.name or said.deployer.name or "",
        supplied_file=pair.supplied.file,
    )


Decisions = Mapping[tuple[str, str], bool]
"""By the ids of a pair, whether it is one."""
