"""Reading: the records of a register's file as entries, joined and mapped one by one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from aiexchange.findings import Finding, Severity
from aiexchange.hashes import repeated
from aiexchange.mapping import Lens, is_hashed
from aiexchange.model import Entry, Registration
from aiexchange.registers.joining import Face, Groups, Joined, face_of, joined
from aiexchange.registers.kept import KeptRecords
from aiexchange.registers.layouts import VARIANT_FIELD, Layouts
from aiexchange.registers.record import Record
from aiexchange.streams import EVERY, Indivisible, Places

Pair = tuple[tuple[Record, ...], Entry]
"""The records of one registration, the register's own language first, with its entry."""


class Reading:
    """One pass over a file: which ids and which names have been met."""

    def __init__(self, layouts: Layouts, *, flat: bool) -> None:
        self._layouts, self._flat = layouts, flat
        self._ids: dict[str, int] = {}
        self._told: set[str] = set()
        self.bound = ""
        """Why a record may bear on what another becomes, beside a shared id; empty if none does."""

    def grouped(self, records: Iterable[Record], *, marked: bool = False) -> Groups:
        """Return the records of a file under the names of their layouts, those of one id known."""
        return Groups(map(self._prepared, records), self._key, marked=marked)

    def gathered(self, groups: Groups, left_out: Places = EVERY) -> Iterator[Pair]:
        """Yield the entries of grouped records, but for the places that are 1 in `left_out`."""
        waiting: dict[int, list[Joined]] = {}
        for place, members in groups.gathered(left_out):
            for versions in self._things(members):
                waiting[min(each.place for each in versions)] = versions
            if place in waiting:
                yield from self._pair(waiting.pop(place))

    def part(self, records: Iterable[Record], left_out: Places) -> Iterator[Entry]:
        """Yield the entries of a file, but for the places that are 1 in `left_out`.

        Raises:
            Indivisible: one record bears on what another becomes; this comes before any entry.
        """
        hashes = array("q")
        with KeptRecords() as kept:
            for place, record in enumerate(map(self._prepared, records)):
                if record.fields is not None:
                    hashes.append(hash(self._key(record)))
                if not left_out[place]:
                    kept.append(record)
            if self.bound or repeated(hashes):
                raise Indivisible(self.bound or "several records share an id")
            for record in kept:
                yield from (entry for _, entry in self._pair([Joined(record, alone=True)]))

    def stands_alone(self, record: Record) -> bool:
        """Tell whether a record has an id of its own, so that no other bears on what it becomes."""
        fields, layout = record.fields or {}, self._lens(record)[0].layout
        return bool(str(fields.get(layout.id_field) or "").strip())

    def _prepared(self, record: Record) -> Record:
        """Return a record under the names of its layout, without empty columns of others."""
        if record.fields is None:
            return record
        lens = self._lens(record)[0]
        fields = self._layouts.renamed(record.fields, lens)
        foreign = self._layouts.foreign_to(lens)
        if self._flat and not foreign.isdisjoint(fields):
            fields = {
                name: value for name, value in fields.items() if value != "" or name not in foreign
            }
        if not self.bound:
            self.bound = self._bound(fields, lens)
        return record if fields is record.fields else replace(record, fields=fields)

    def _bound(self, fields: Mapping[str, Any], lens: Lens) -> str:
        if not fields.keys() <= lens.known:
            return "columns that are not the register's are reported once for a file"
        if not str(fields.get(lens.layout.id_field) or "").strip():
            return "records without an id are told apart by their names"
        return ""

    def _lens(self, record: Record) -> tuple[Lens, str | None]:
        fields = record.fields or {}
        version = self._layouts.version_of(fields, record.sheet)
        if version is not None:
            return self._layouts.lens_for(tuple(fields), version)
        said = tuple(name for name, value in fields.items() if value not in ("", None, []))
        unsaid = tuple(name for name in fields if name not in said)
        return self._layouts.lens_for(said, None, unsaid)

    def _key(self, record: Record) -> str | None:
        """Return what the records of one thing share: its id, else its body and its name."""
        fields, layout = record.fields or {}, self._lens(record)[0].layout
        if own := str(fields.get(layout.id_field) or "").strip():
            return own
        names = (layout.organisation_field, layout.name_field)
        return "\n".join(str(fields.get(name) or "").strip().casefold() for name in names)

    def _things(self, records: list[tuple[int, Record]]) -> list[list[Joined]]:
        if len(records) < 2:
            return [[Joined(record, place, alone=True)] for place, record in records]
        own = frozenset(self._layouts.newest.layout.languages)
        return joined([self._face(place, record) for place, record in records], own)

    def _face(self, place: int, record: Record) -> Face:
        lens = self._lens(record)[0]
        layout = lens.layout
        published = next(
            (row.subject for row in layout.rows if row.target == "modified"), "publication_dt"
        )
        names = (published, layout.name_field, layout.organisation_field)
        return face_of(record, place, self._language(record.fields or {}, lens), names)

    def _language(self, fields: Mapping[str, Any], lens: Lens) -> str | None:
        """Return the language of a record; an interface names it beside the record's own field."""
        rule = lens.rules.get(lens.layout.language_field)
        beside = rule and rule.converter.codes.code(str(fields.get(VARIANT_FIELD) or ""))
        return beside or lens.language_of(fields)

    def _pair(self, versions: list[Joined]) -> Iterator[Pair]:
        suffix = ""
        for each in versions:
            others = sorted(each.translations.items())
            records = (each.main, *(record for _, record in others))
            if each.main.fields is None:
                yield records, Entry(None, each.main.origin, each.main.findings)
                continue
            entry, suffix = self._entry(each, suffix)
            yield records, entry

    def _entry(self, thing: Joined, suffix: str) -> tuple[Entry, str]:
        record = thing.main
        fields = record.fields or {}
        lens, unknown = self._lens(record)
        findings = [*record.findings, *self._unknown_names(fields, lens)]
        if unknown is not None:
            findings.append(_unknown_version(lens, unknown))
        language = self._language(fields, lens)
        if language is not None and language not in lens.layout.languages:
            findings.append(_alone(lens, language))
        mapped = lens.forward(
            fields,
            flat=self._flat,
            language=language,
            translations={name: each.fields or {} for name, each in thing.translations.items()},
        )
        findings += mapped.findings
        registration = mapped.registration
        if registration is not None:
            registration, suffix, repeated = self._distinct(registration, fields, thing, suffix)
            findings += repeated
        record_id = registration.record_id if registration else None
        placed = tuple(finding.about(record_id, record.origin) for finding in findings)
        return Entry(registration, record.origin, placed), suffix

    def _unknown_names(self, fields: Mapping[str, Any], lens: Lens) -> list[Finding]:
        """Report names that the layout does not know, each once for a file."""
        if fields.keys() <= lens.known:
            return []
        found = []
        for name in fields:
            if name in lens.known or name in self._told or name == VARIANT_FIELD:
                continue
            foreign = name in self._layouts.fields
            if foreign and fields[name] in ("", None, [], {}):
                continue
            self._told.add(name)
            found.append(_foreign(lens, name) if foreign else _unknown_name(lens, name))
        return found

    def _distinct(
        self, registration: Registration, fields: Mapping[str, Any], thing: Joined, suffix: str
    ) -> tuple[Registration, str, list[Finding]]:
        """Number the versions of a record, and the second record of an id."""
        record_id = registration.record_id
        update: dict[str, Any] = {}
        findings = []
        if thing.alone and not is_hashed(record_id):
            suffix = ""
        elif thing.version == 1:
            count = self._ids[record_id] = self._ids.get(record_id, 0) + 1
            suffix = f"-{count}" if count > 1 else ""
            if suffix:
                findings.append(_duplicate(self._layouts.register, record_id, thing))
        else:
            update["version"] = thing.version
        if suffix:
            lens = self._lens(thing.main)[0]
            registration = lens.renamed(registration, record_id + suffix, fields)
        changed = registration.model_copy(update=update) if update else registration
        return changed, suffix, findings


def _unknown_version(lens: Lens, version: str) -> Finding:
    layout = lens.layout
    return Finding(
        f"{layout.register}.version",
        Severity.VIOLATION,
        f"The record follows standard {version}, for which there is no mapping; it is read as one "
        f"of standard {layout.version}.",
        path=layout.version_field,
        mend="See aiexchange list registers for the versions that are known.",
    )


def _alone(lens: Lens, language: str) -> Finding:
    layout = lens.layout
    return Finding(
        f"{layout.register}.language-variant",
        Severity.INFO,
        f"The record is a translation ({language}), and its original is not in the file.",
        path=layout.language_field,
        mend="Convert the export in the register's own language, which is the one that counts.",
    )


def _unknown_name(lens: Lens, name: str) -> Finding:
    return Finding(
        f"{lens.layout.register}.column-unknown",
        Severity.INFO,
        f"“{name}” is not one of the register's fields; it is kept as it is.",
        path=name,
        mend="Nothing, if the field is your own; else compare its name with those of the register.",
    )


def _foreign(lens: Lens, name: str) -> Finding:
    return Finding(
        f"{lens.layout.register}.field-foreign",
        Severity.INFO,
        f"{name} is a field of another version than {lens.layout.version}; it is kept as it is.",
        path=name,
        mend="Check the version that the record names.",
    )


def _duplicate(register: str, record_id: str, thing: Joined) -> Finding:
    return Finding(
        f"{register}.duplicate-id",
        Severity.WARNING,
        f"The file holds {record_id} more than once; this one is taken for another record.",
        path="record_id",
        mend="Give each record its own id, or remove the copy.",
    )
