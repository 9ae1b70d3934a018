"""Writing: registrations as a register's own file, in each of its shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from aiexchange.findings import Finding, Severity
from aiexchange.formats.protocol import Options
from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration
from aiexchange.registers import csv, json, xlsx
from aiexchange.registers.layouts import Layouts

Losses = Callable[[Registration, Registration], Iterable[Finding]]
"""Says what differs between a registration and the one that its record would become."""

BODY = "api"
"""The profile that writes what the register's interface takes, and nothing else."""


class Writing:
    """One file that is written, with the losses found on the way."""

    def __init__(
        self,
        layouts: Layouts,
        lens_for: Callable[[Registration], Lens],
        losses: Losses | None,
    ) -> None:
        self._layouts, self._lens_for, self._losses = layouts, lens_for, losses
        self._found: list[Finding] = []

    def write(
        self, entries: Iterable[Entry], stream: BinaryIO, options: Options
    ) -> Iterator[Finding]:
        """Write the registrations among the entries; yield what could not be carried."""
        if options.syntax == "json":
            self._write_json(entries, stream, options)
        elif options.syntax == "xlsx":
            self._write_xlsx(entries, stream, options)
        else:
            csv.write(self._rows(entries), stream, self._columns(), options.shape)
        yield from self._found

    def _records(
        self, entries: Iterable[Entry], *, flat: bool, tidy: bool = False
    ) -> Iterator[tuple[Lens, dict[str, Any], Entry]]:
        """Yield the records of each registration, its translations after it."""
        for entry in entries:
            registration = entry.registration
            if registration is None:
                continue
            lens = self._lens_for(registration)
            record = lens.backward(registration, flat=flat, tidy=tidy)
            translations = {} if tidy else lens.translations(registration, flat=flat)
            if self._losses is not None:
                again = lens.forward(record, flat=flat, translations=translations).registration
                if again is not None:
                    self._found.extend(
                        each.about(registration.record_id, entry.origin)
                        for each in self._losses(registration, again)
                    )
            for each in (record, *translations.values()):
                yield lens, each, entry

    def _rows(self, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
        """Yield records as rows, and report what is no text: a table holds nothing else."""
        for _, record, entry in self._records(entries, flat=True):
            for name, value in record.items():
                if kind := _no_text(value):
                    what = f"{name} is no text ({kind}), and is written as one."
                    self._lose("loss.cell", what, name, entry)
            yield record

    def _columns(self) -> list[str]:
        """Return the fields of all versions, the newest first, as the register lines them up."""
        own = [layout for layout in self._layouts.all if layout.dialect == "register"]
        return list(dict.fromkeys(field for layout in own for field in layout.fields))

    def _write_json(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> None:
        records = self._records(entries, flat=False, tidy=options.profile == BODY)
        if options.profile == BODY:
            json.write((self._body(lens, record, entry) for lens, record, entry in records), stream)
            return
        renamed = (_as_published(lens, record) for lens, record, _ in records)
        json.write(renamed, stream, "algoritme_versions")

    def _body(self, lens: Lens, record: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
        """Return what the interface takes of a record, all fields of its version."""
        own = set(lens.layout.fields) - set(lens.layout.set_by_register)
        for name, value in record.items():
            if name not in own and value not in ("", None, [], {}):
                self._lose(
                    "loss.no-term", f"The interface takes no {name}; it is left out.", name, entry
                )
        return {name: _bodily(record.get(name)) for name in lens.layout.fields if name in own}

    def _write_xlsx(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> None:
        sheets: xlsx.Sheets = {}
        for lens, record, entry in self._records(entries, flat=True):
            title = lens.name
            labels, columns = sheets.setdefault(title, (dict(lens.layout.labels()), []))
            for name in record:
                labels.setdefault(name, name)
            columns.append(self._cells(record, labels, title, len(columns) + 1, entry))
        if not sheets:
            sheets[self._layouts.newest.name] = (dict(self._layouts.newest.layout.labels()), [])
        xlsx.write(sheets, stream)

    def _cells(
        self,
        record: Mapping[str, Any],
        labels: Mapping[str, str],
        title: str,
        column: int,
        entry: Entry,
    ) -> dict[str, str]:
        rows = {name: row for row, name in enumerate(labels, 1)}
        cells = {}
        for name, value in record.items():
            cells[name], lost = xlsx.flattened(csv.cell(value))
            kind = _no_text(value)
            if lost is not None or kind:
                cell = f"{labels[name]}: cell {title}!{xlsx.letters(column)}{rows[name]}"
                what = f"cannot hold {lost} as they were" if lost else f"holds a text, no {kind}"
                self._lose("loss.cell", f"{cell} {what}.", name, entry)
        return cells

    def _lose(self, code: str, message: str, path: str, entry: Entry) -> None:
        record_id = entry.registration.record_id if entry.registration else None
        mend = "Keep the registrations as JSON Lines or XML beside it; they hold everything."
        finding = Finding(code, Severity.WARNING, message, record_id, path, entry.origin, mend=mend)
        self._found.append(finding)


def _bodily(value: Any) -> Any:
    """Return a value as the interface takes it: null for nothing, numbers as texts."""
    if value in ("", None):
        return None
    return value if isinstance(value, str | list | dict) else csv.cell(value)


def _no_text(value: Any) -> str | None:
    """Return what kind of value it is that a cell can only hold as a text."""
    return None if value is None or isinstance(value, str) else type(value).__name__


def _as_published(lens: Lens, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as the register's dump names its fields."""
    back = {field: alias for alias, field in lens.layout.aliases.items() if alias.islower()}
    return {back.get(name, name): value for name, value in record.items()}
