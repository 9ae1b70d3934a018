"""Plan: which fields a template asks for, worked out from the items of a legal version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from aiexchange import law
from aiexchange.model import SectionCode
from aiexchange.model.paths import field_at
from aiexchange.model.types import Kind
from aiexchange.templates.wording import LANGUAGES, Question, Words, data, owner_of, question_of

SUPPLIER, DEPLOYER, ORGANISATIONS = "supplier", "deployer", "organisations"
"""The kinds of template: a form for each system, a row for each record, a row for each body."""

ROUTING = ("classification.declared", "classification.annex_iii", "classification.sensitive_area")
"""What decides under which section a system is due, and who may see it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a template asks for.

    `key` is the stable name by which the answer is found: the canonical path, or the column of a
    sheet for what repeats (`contacts[].email`). `level` tells how badly it is needed: `yes`,
    `if` (in the case that `must` states) or `no`.
    """

    key: str
    path: str
    kind: Kind
    many: bool
    question: Question
    owner: Words | None
    items: tuple[str, ...]
    must: Words
    level: str

    def ask(self, language: str) -> str:
        """Return the question; a field of a part begins with the party whose part it is."""
        text = self.question.ask[language]
        if self.owner is None:
            return text
        owner = self.owner[language]
        return f"{owner[0].upper()}{owner[1:]}: {text}"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet for what repeats: `owners` are the lists of the model that its rows belong to."""

    name: str
    title: Words
    owners: tuple[str, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one template asks for.

    `forms` are asked once for each provider and each system, `tables` as often as people like,
    `rows` once for each record or body.
    """

    kind: str
    section: SectionCode
    version: law.LegalVersion
    forms: dict[str, tuple[Ask, ...]]
    tables: tuple[Table, ...]
    rows: tuple[Ask, ...]

    @property
    def asks(self) -> tuple[Ask, ...]:
        """All that is asked, in order."""
        forms = (ask for form in self.forms.values() for ask in form)
        tables = (ask for table in self.tables for ask in table.asks)
        return (*forms, *tables, *self.rows)


@cache
def plan(kind: str, section: str, legal_version: str | None = None) -> Plan:
    """Return the plan of a template: the parts of the items of a section, and its context.

    Raises:
        UnknownLegalVersionError: there is no such legal version.
    """
    version, code = law.legal_version(legal_version), SectionCode(section)
    wanted = [path for item in version.section(code) for path in item.paths]
    wanted = [path for path in wanted if kind != ORGANISATIONS or path.startswith("deployer.")]
    wanted += [
        path
        for path in data("layout.toml")["context"][section]
        if kind != ORGANISATIONS or path.startswith("deployer.")
    ]
    paths = list(dict.fromkeys(wanted))
    if kind != SUPPLIER:
        paths.sort(key=_of_record_first)
        leaves = [leaf for path in paths for leaf in _leaves(path)]
        rows = tuple(_ask(leaf, leaf, version, code) for leaf in dict.fromkeys(leaves))
        return Plan(kind, code, version, {}, (), rows)
    lists = list(dict.fromkeys(found for path in paths if (found := _list_in(path))))
    asks = [
        _ask(leaf, leaf, version, code)
        for path in paths
        if not _list_in(path)
        for leaf in _leaves(path)
    ]
    forms = {
        "provider": tuple(ask for ask in asks if ask.path.startswith("provider.")),
        "system": tuple(ask for ask in asks if not ask.path.startswith("provider.")),
    }
    return Plan(kind, code, version, forms, tuple(_tables(lists, version, code)), ())


def _of_record_first(path: str) -> int:
    """Order the columns of a row: whose it is, what only it can tell, what its body tells once."""
    return 0 if path == "deployer.name" else 2 if path.startswith("deployer.") else 1


def form_of(path: str) -> str:
    """Return the form that a list or a field belongs to: the provider's, or the system's."""
    return "provider" if path.startswith("provider.") else "system"


@cache
def known() -> dict[str, Ask]:
    """Return everything that any template asks for, by key."""
    found: dict[str, Ask] = {}
    for version in reversed(law.legal_versions()):
        for section in SectionCode:
            kinds = (DEPLOYER, ORGANISATIONS) if section is SectionCode.C else (SUPPLIER,)
            for kind in kinds:
                for ask in plan(kind, section.value, version).asks:
                    found.setdefault(ask.key, ask)
            for table in plan(SUPPLIER, section.value, version).tables:
                for ask in _singly(table):
                    found.setdefault(ask.key, ask)
    return found


def _singly(table: Table) -> Iterator[Ask]:
    """Yield what a table asks, as where each element has keys of its own: `system.references[]`."""
    for owner in table.owners:
        for ask in table.asks:
            key = f"{owner}[].{ask.path.partition('[].')[2]}"
            yield replace(ask, key=key, path=key, owner=owner_of(key))


def table_named(name: str) -> Table | None:
    """Return the sheet for what repeats of that name, with all lists that may stand on it."""
    rows = data("layout.toml")["tables"]
    if name not in rows:
        return None
    owners = tuple(
        path
        for path in data("layout.toml")["owners"]
        if field_at(path).many and field_at(path).model is not None
        if getattr(field_at(path).model, "__name__", "") == rows[name]["model"]
    )
    return Table(name, rows[name]["title"], owners, ())


def _list_in(path: str) -> str | None:
    """Return the list of parts that a path crosses or ends at."""
    names = re.sub(r"\[\]", "", path).split(".")
    for end in range(1, len(names) + 1):
        field = field_at(".".join(names[:end]))
        if field.many and field.kind is Kind.PART:
            return ".".join(names[:end])
    return None


def _leaves(path: str) -> Iterator[str]:
    field = field_at(path)
    if field.kind is not Kind.PART:
        yield path
        return
    assert field.model is not None
    brackets = "[]" if field.many and not path.endswith("[]") else ""
    for name in data("layout.toml")["parts"][field.model.__name__]:
        yield f"{path}{brackets}.{name}"


def _tables(lists: list[str], version: law.LegalVersion, section: SectionCode) -> Iterator[Table]:
    for name, row in data("layout.toml")["tables"].items():
        owners = tuple(path for path in lists if _model_name(path) == row["model"])
        if owners:
            leaves = data("layout.toml")["parts"][row["model"]]
            asks = (
                _ask(f"{name}[].{leaf}", f"{owners[0]}[].{leaf}", version, section, owners)
                for leaf in leaves
            )
            yield Table(name, row["title"], owners, tuple(asks))


def _model_name(path: str) -> str:
    return getattr(field_at(path).model, "__name__", "")


def _ask(
    key: str,
    path: str,
    version: law.LegalVersion,
    section: SectionCode,
    owners: tuple[str, ...] = (),
) -> Ask:
    field = field_at(path)
    stems = [re.sub(r"^.*?\[\]", owner, path) for owner in owners] if owners else [path]
    serving = [
        (item, part)
        for item in version.section(section)
        for part in item.parts
        if any(_serves(stem, each) for stem in stems for each in part.paths)
    ]
    items = tuple(dict.fromkeys(item.id for item, _ in serving))
    level, must = _must(path, serving)
    owner = None if owners else owner_of(path)
    return Ask(key, path, field.kind, field.many, question_of(path), owner, items, must, level)


def _serves(path: str, part: str) -> bool:
    path, part = path.replace("[]", ""), part.replace("[]", "")
    return path == part or path.startswith(f"{part}.")


def _is_optional(path: str) -> bool:
    owner, _, name = path.rpartition(".")
    model = field_at(owner).model if owner else None
    return model is not None and name in data("layout.toml")["optional"].get(model.__name__, ())


def _must(path: str, serving: list[tuple[law.Item, law.Part]]) -> tuple[str, Words]:
    words = data("words.toml")["words"]
    if path in ROUTING:
        return "yes", words["must-routes"]
    if path == "use.provider_entry" and not serving:
        return "if", words["must-entry"]
    optional = _is_optional(path)
    asked = [item for item, part in serving if part.mandatory and not optional]
    if any(item.obligation is law.Obligation.MANDATORY for item in asked):
        return "yes", words["must-yes"]
    for item in asked:
        if item.condition is not None:
            return "if", data("layout.toml")["conditions"][item.condition]
    return "no", words["must-no" if serving else "must-helps"]


def unsaid() -> Iterator[str]:
    """Yield the languages in which something that is asked has no words; none should come."""
    for ask in known().values():
        for words in (ask.question.ask, ask.question.help, ask.question.example, ask.must):
            yield from (language for language in LANGUAGES if not words.get(language))


DATE = Ask(
    "#by-date", "system.first_placed", Kind.DATE, False, question_of("system.first_placed"),
    None, (), {}, "no",
)  # fmt: skip
"""The date on the cover, which is read as other dates are."""
