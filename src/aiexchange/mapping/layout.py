"""Layouts: what a register's mapping folder says, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aiexchange.errors import MappingError
from aiexchange.mapping.codes import CodeTable
from aiexchange.mapping.sssom import Row, rows
from aiexchange.resources import data_folder


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of the layout of a register: its fields, and how each of them is mapped."""

    register: str
    version: str
    dialect: str
    """Whose names the fields have: the register's own, or those of its published schema."""

    title: str
    publisher: str
    homepage: str
    standard: str
    record_page: str
    """Address of a record; `{id}` stands for the register's own id."""

    id_field: str
    name_field: str
    organisation_field: str
    language_field: str
    version_field: str
    languages: tuple[str, ...]
    """Languages that are mapped as records; others are translations of them."""

    check_digit: str | None
    """How the last digit of an id follows from the others."""

    set_by_register: tuple[str, ...]
    """Fields that the register fills itself."""

    fields: tuple[str, ...]
    """All fields, in the order in which the register writes them."""

    aliases: dict[str, str]
    """Other headings under which a field is met."""

    rows: tuple[Row, ...]
    code_rows: tuple[Row, ...]
    rules: dict[str, Any]
    """The register's own rules, as `rules.toml` holds them."""

    transport: str = ""
    """The shape of its files, where they are documents and not the exports of a register."""

    def labels(self) -> dict[str, str]:
        """Return the register's label of each field."""
        return {row.subject: row.label for row in self.rows}

    @property
    def lists(self) -> frozenset[str]:
        """The fields that hold several codes."""
        return frozenset(row.subject for row in self.rows if row.convert == "codes")

    def codes(self, field: str, target: str) -> CodeTable:
        """Return how a field spells the codes of a canonical path."""
        prefix = target.rpartition(".")[2] + ":"
        return CodeTable.of(
            (row.label, row.target.removeprefix(prefix))
            for row in self.code_rows
            if row.subject == field and row.target and row.target.startswith(prefix)
        )


@cache
def registers() -> dict[str, tuple[str, ...]]:
    """Return the registers that have a mapping, each with its layouts, the newest first.

    A layout is a version, or a version and a dialect: `1.0`, `1.0-schema`. The register's own
    names come before those of a dialect.
    """
    return {
        folder.name: tuple(
            sorted((each.name for each in folder.iterdir() if each.is_dir()), key=_newest_first)
        )
        for folder in sorted(data_folder("mappings").iterdir())
        if folder.is_dir()
    }


def _newest_first(name: str) -> tuple[bool, list[int], str]:
    version, _, dialect = name.partition("-")
    return bool(dialect), [-int(part) for part in version.split(".")], dialect


@cache
def layout(register: str, version: str) -> Layout:
    """Return the layout of a register in one of its versions.

    `version` is the name of a layout, `1.0` or `1.0-schema`.

    Raises:
        MappingError: there is no such mapping, or a file of it is incomplete.
    """
    folder = data_folder("mappings") / register / version
    if not folder.is_dir():
        raise MappingError(f"there is no mapping of {register} {version}")
    return _read(folder)


def _read(folder: Path) -> Layout:
    settings = tomllib.loads((folder / "register.toml").read_text(encoding="utf-8"))
    settings["languages"] = tuple(settings["languages"])
    settings["fields"] = tuple(settings["fields"])
    settings["set_by_register"] = tuple(settings["set_by_register"])
    try:
        return Layout(
            **settings,
            rows=tuple(rows(folder / "fields.sssom.tsv")),
            code_rows=tuple(rows(folder / "codes.sssom.tsv")),
            rules=tomllib.loads((folder / "rules.toml").read_text(encoding="utf-8")),
        )
    except TypeError as error:
        raise MappingError(f"{folder.name}/register.toml: {error}") from None
