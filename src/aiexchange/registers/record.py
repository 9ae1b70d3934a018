"""What a transport yields: a record with its place, or the finding that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiexchange.findings import Finding, Origin


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a register: values by field name, as the transport gives them.

    `fields` is None where the source holds something that is no record; `findings` say why.
    `sheet` is the title of the sheet, which may name a version.
    """

    fields: dict[str, Any] | None
    origin: Origin
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None
