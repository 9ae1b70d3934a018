"""Assembling: the answers of a filled template as registrations, each value with its provenance."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Severity
from aiexchange.model import Entry, Registration, Statement, StatementKind
from aiexchange.model.registration import RECORD_ID_PATTERN
from aiexchange.model.types import Kind
from aiexchange.templates.answers import Answer, Filled, Place, Reference, Row, Subject
from aiexchange.templates.plan import DATE, form_of, table_named
from aiexchange.templates.reading_forms import whole
from aiexchange.templates.values import READERS, Unsure, taken
from aiexchange.templates.wording import LANGUAGES, data, plain

NAME = "template"
"""The register under which a template without record ids names its registrations."""

ORG_ID = "org_id"
"""Scheme of the number by which registers know a body."""

RECORD_ID = "record-id"
"""Scheme of an identifier that names a record which an answer is meant for."""

Tree = dict[str, Any]
"""A registration as plain values, while it is put together."""


def entries(filled: Filled) -> Iterator[Entry]:
    """Yield a registration for each system, record or body that a template answers for.

    What was filled in for one record keeps its id. A system that several records use has an id of
    its own, and names them among its identifiers. Findings of the file come first.

    Raises:
        InputError: nothing is answered at all.
    """
    _join(filled)
    stated = _Stated(filled)
    made = [entry for subject in _whole(filled) for entry in stated.entries(subject)]
    if filled.findings:
        origin = Place(filled.file).origin
        yield Entry(None, origin, tuple(filled.findings))
    if not made and not filled.findings:
        raise InputError(f"{filled.file or 'the input'} is a template that nobody has filled in")
    yield from made


def _join(filled: Filled) -> None:
    """Give the rows of the sheets for what repeats to the forms that they belong to."""
    _renumber(filled)
    indices: Counter[tuple[int, str]] = Counter()
    for row in filled.rows:
        owner = _owner(row, filled)
        if owner is None:
            continue
        subject = _subject_of(row.number, form_of(owner), filled, row.place)
        if subject is None:
            continue
        index = indices[id(subject), owner]
        indices[id(subject), owner] += 1
        subject.answers += [_moved(answer, owner, index) for answer in row.answers]
    for number, reference, place in filled.references:
        subject = _subject_of((number, place), "system", filled, place)
        if subject is not None:
            subject.records.append(reference)


def _renumber(filled: Filled) -> None:
    """Give a number to each form that has none, and tell of two with one number."""
    for form in ("provider", "system"):
        taken_numbers: set[int] = set()
        for subject in filled.of(form):
            if subject.number in taken_numbers and subject.answers:
                filled.tell(
                    "template.number",
                    f"sheet {subject.place.sheet} has the number {subject.number}, as another has. "
                    "Rows that name this number belong to the first.",
                    subject.answers[0].place,
                    "Give each sheet a number of its own.",
                )
                subject.number = 0
            if not subject.number:
                subject.number = next(n for n in range(1, 10_000) if n not in taken_numbers)
            taken_numbers.add(subject.number)


def _owner(row: Row, filled: Filled) -> str | None:
    """Return the list of the model that a row belongs to."""
    table = table_named(row.table)
    assert table is not None
    raw, place = row.owner or (None, row.place)
    if raw in ("", None):
        if len(table.owners) == 1:
            return table.owners[0]
        chosen = None
    else:
        chosen = _owners(table.owners).get(plain(raw))
    if chosen is None:
        filled.tell(
            "template.no-owner",
            "it cannot be told what the row belongs to; it is left out.",
            place,
            "Choose from the list in the column that asks what or whose it is.",
        )
    return chosen


def _owners(paths: Iterable[str]) -> dict[str, str]:
    words = data("layout.toml")["owners"]
    return {
        plain(text): path for path in paths for text in (path, *(words[path][x] for x in LANGUAGES))
    }


def _subject_of(
    number: tuple[Any, Place] | None, form: str, filled: Filled, place: Place
) -> Subject | None:
    subjects = list(filled.of(form))
    raw, at = number or (None, place)
    if raw in ("", None) and len(subjects) == 1:
        return subjects[0]
    found = [subject for subject in subjects if subject.number == whole(raw)]
    if len(found) == 1:
        return found[0]
    filled.tell(
        "template.no-owner",
        f"there is no {form} sheet with the number {raw if raw not in ('', None) else '(empty)'}; "
        "the row is left out.",
        at,
        "Write the number that stands on the sheet of the system or the provider.",
    )
    return None


def _moved(answer: Answer, owner: str, index: int) -> Answer:
    """Return the answer of a row with the canonical path of its place in the list."""
    inner = answer.path.partition("[].")[2].replace("[]", "[0]")
    return replace(answer, path=f"{owner}[{index}].{inner}")


def _whole(filled: Filled) -> Iterator[Subject]:
    """Yield each system with the answers of its provider, each row, and a provider alone."""
    providers = {subject.number: subject for subject in filled.of("provider")}
    systems = list(filled.of("system"))
    for subject in systems:
        number = subject.provider
        alone = next(iter(providers.values())) if len(providers) == 1 else None
        provider = providers.get(number or 0) or (alone if number is None else None)
        if provider is None and providers and subject.answers:
            filled.tell(
                "template.no-owner",
                f"there is no provider sheet with the number {number}; the system has no provider.",
                subject.answers[0].place,
                "Write the number that stands on the sheet of the provider.",
            )
        subject.answers = [*(provider.answers if provider else ()), *subject.answers]
        yield subject
    if not systems:
        yield from providers.values()
    yield from filled.of("row")


class _Stated:
    """What makes registrations of subjects: who states it, and which ids are taken."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self._ids: Counter[str] = Counter()
        self._by = self._person()
        self._date = self._day()

    def _person(self) -> str | None:
        names = (self._filled.meta.get(key, (None,))[0] for key in ("#by-name", "#by-organisation"))
        return ", ".join(str(name).strip() for name in names if name and str(name).strip()) or None

    def _day(self) -> str | None:
        raw, place = self._filled.meta.get("#by-date", (None, None))
        if raw in ("", None):
            return None
        try:
            found = READERS[Kind.DATE](DATE, raw)
        except Unsure as unsure:
            assert place is not None
            self._filled.tell(unsure.code, unsure.reason, place, unsure.mend)
            return None
        return str(found.value)

    def entries(self, subject: Subject) -> Iterator[Entry]:
        """Yield the registrations of a subject."""
        findings: list[Finding] = []
        tree, provenance, place = self._tree(subject, findings)
        if not provenance:
            self._filled.findings += findings
            return
        if subject.org_id:
            tree["deployer"].setdefault("identifiers", []).append(
                {"scheme": ORG_ID, "value": subject.org_id}
            )
        named = [each for each in subject.records if self._is_id(each, place)]
        alone = named[0] if len(named) == 1 else Reference(self._own_id(tree, place))
        if len(named) > 1 or (named and subject.form == "row"):
            tree["identifiers"] = [{"scheme": RECORD_ID, "value": each.record_id} for each in named]
        yield self._entry(tree, provenance, alone, place, tuple(findings))

    def _tree(
        self, subject: Subject, findings: list[Finding]
    ) -> tuple[Tree, dict[str, Statement], Place]:
        tree: Tree = {}
        provenance: dict[str, Statement] = {}
        for answer in subject.answers:
            value = self._value(answer, findings)
            if value is None:
                continue
            _put(tree, answer, value)
            stem = answer.path.partition("[")[0]
            provenance.setdefault(stem, self._statement(answer.place))
        _compact(tree)
        first = subject.answers[0].place if subject.answers else subject.place
        return tree, provenance, first

    def _value(self, answer: Answer, findings: list[Finding]) -> Any:
        path = answer.path
        try:
            found = taken(answer.ask, answer.raw)
        except Unsure as unsure:
            severity = Severity.INFO if unsure.code.endswith("no-answer") else Severity.VIOLATION
            message = f"{answer.place}: {unsure.reason} It is left out."
            origin = answer.place.origin
            findings.append(
                Finding(unsure.code, severity, message, None, path, origin, None, unsure.mend)
            )
            return None
        if found is None:
            return None
        if found.doubt is not None:
            findings.append(
                Finding(
                    "template.read-with-doubt",
                    Severity.WARNING,
                    f"{answer.place}: {found.doubt}",
                    None,
                    path,
                    answer.place.origin,
                    None,
                    "Compare it with what is meant, and write it without doubt if it is wrong.",
                )
            )
        return found.value

    def _statement(self, place: Place) -> Statement:
        return Statement(
            kind=StatementKind.SUPPLIED,
            by=self._by,
            source=self._filled.file,
            place=str(place),
            date=self._date,
        )

    def _is_id(self, reference: Reference, place: Place) -> bool:
        if re.fullmatch(RECORD_ID_PATTERN.removeprefix("^").removesuffix("$"), reference.record_id):
            return True
        self._filled.tell(
            "template.record-id",
            f"“{reference.record_id}” is no record id; the registration gets one of its own.",
            place,
            "Write the record id as the report names it: register, colon, number.",
        )
        return False

    def _own_id(self, tree: Tree, place: Place) -> str:
        organisation = _at(tree, "provider", "name") or _at(tree, "deployer", "name") or ""
        name = _at(tree, "system", "trade_name") or ""
        text = unicodedata.normalize("NFC", f"{organisation}\n{name}".casefold())
        own = f"{NAME}:~{hashlib.sha256(text.encode('utf-8')).hexdigest()[:12]}"
        self._ids[own] += 1
        if self._ids[own] == 1:
            return own
        self._filled.tell(
            "template.same-name",
            "another system of this provider, or another body, has the same name.",
            place,
            "Give each its own name, or leave one of them out.",
            severity=Severity.WARNING,
        )
        return f"{own}-{self._ids[own]}"

    def _entry(
        self,
        tree: Tree,
        provenance: dict[str, Statement],
        reference: Reference,
        place: Place,
        findings: tuple[Finding, ...],
    ) -> Entry:
        whole_tree = {**tree, "record_id": reference.record_id, "version": reference.version}
        if reference.record_id.startswith(f"{NAME}:~"):
            kind = str(self._filled.meta.get("#template", (NAME,))[0])
            whole_tree["source"] = {"register": NAME, "layout": kind}
        whole_tree["provenance"] = provenance
        origin = place.origin
        about = tuple(finding.about(reference.record_id, origin) for finding in findings)
        try:
            return Entry(Registration.model_validate(whole_tree), origin, about)
        except ValidationError as error:
            refused = (
                Finding(
                    "template.invalid",
                    Severity.VIOLATION,
                    f"{each['msg']}. The registration is left out.",
                    reference.record_id,
                    ".".join(map(str, each["loc"])),
                    origin,
                    None,
                    "Correct the answer.",
                )
                for each in error.errors(include_url=False)
            )
            return Entry(None, origin, (*about, *refused))


def _at(tree: Tree, *names: str) -> Any:
    for name in names:
        tree = tree.get(name, {})
    return tree


def _put(tree: Tree, answer: Answer, value: Any) -> None:
    """Put a value where its path says; list elements by their index, texts by their language."""
    *owners, last = re.findall(r"([a-z0-9_]+)(?:\[(\d*)\])?", answer.path)
    here: Tree = tree
    for name, index in owners:
        if "[" in answer.path and _has_index(answer.path, name):
            here = here.setdefault(name, {}).setdefault(int(index or 0), {})
        else:
            here = here.setdefault(name, {})
    if answer.ask.kind is Kind.TEXT:
        here.setdefault(last[0], {})[answer.language or "und"] = value
    else:
        here[last[0]] = value


def _has_index(path: str, name: str) -> bool:
    return re.search(rf"(^|\.){name}\[", path) is not None


def _compact(tree: Tree) -> None:
    """Turn lists that were kept by index into lists."""
    for name, value in tree.items():
        if isinstance(value, dict):
            _compact(value)
            if value and all(isinstance(key, int) for key in value):
                tree[name] = [value[index] for index in sorted(value)]
        if isinstance(tree[name], list):
            for element in tree[name]:
                if isinstance(element, dict):
                    _compact(element)
