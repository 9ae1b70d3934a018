"""What a transport yields: a record with its place, or the finding that says why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiexchange.findings import Finding, Origin


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a register: values by field name, as the transport gives them.

    `fields` is None where the source holds something that is no record; `findings` say why.
    `sheet` is the title of the sheet, which may name a version. `places` says where in a document
    the fields stand that it has under another name or path.
    """

    fields: dict[str, Any] | None
    origin: Origin
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None
    places: Mapping[str, str] | None = None
