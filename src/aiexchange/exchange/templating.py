"""Templating: templates to be filled in by suppliers and by bodies that use their systems."""

from __future__ import annotations

from pathlib import Path, PurePath

from aiexchange import law, templates
from aiexchange.errors import UnknownFormatError, UsageError
from aiexchange.exchange.counting import Sink
from aiexchange.exchange.reading import read
from aiexchange.exchange.source import Source
from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.model import Registration

MOST_SYSTEMS = 200
"""Systems, each with a sheet, that a workbook holds."""


def new_template(
    target: Target,
    *,
    kind: str = templates.SUPPLIER,
    section: str = "A",
    language: str = "en",
    source: Source | None = None,
    syntax: str | None = None,
    copies: int = 1,
    legal_version: str | None = None,
    force: bool = False,
    on_finding: Sink | None = None,
) -> int:
    """Write an empty or pre-filled template; return how many registrations it was filled from.

    `kind` is supplier (a sheet for each system), deployer (a row for each record, Section C) or
    organisations (a row for each body). `source` is any source that can be read; `copies` is how
    many systems an empty template has sheets for.

    Raises:
        InputError: the source cannot be read at all.
        TargetExistsError: the target exists, and `force` is not set.
        UnknownFormatError: no syntax of templates has the target's suffix.
        UsageError: the section does not fit the kind.
    """
    if kind != templates.SUPPLIER and section != "C":
        raise UsageError(f"a template for {kind} asks for Section C, not for {section}")
    if kind == templates.SUPPLIER and section == "C":
        raise UsageError("Section C is asked from deployers: --for deployer")
    drawn = templates.plan(kind, section, law.legal_version(legal_version).id)
    syntax = syntax or _syntax(target)
    if isinstance(target, str | Path):
        refuse_existing(target, force=force)
    registrations = [] if source is None else newest(source, on_finding)
    systems = len(templates.products(registrations)) if kind == templates.SUPPLIER else 0
    if syntax == "xlsx" and systems > MOST_SYSTEMS:
        raise UsageError(
            f"{systems} systems do not go into one workbook; the limit is {MOST_SYSTEMS}. "
            "gaps --report suppliers makes one for each supplier"
        )
    with replacing(target, force=force) as stream:
        templates.write(drawn, registrations, stream, language, copies=copies, syntax=syntax)
    return len(registrations)


def _syntax(target: Target) -> str:
    suffix = PurePath(str(target)).suffix.lower() if isinstance(target, str | Path) else ""
    if suffix not in templates.SYNTAX_BY_SUFFIX:
        known = ", ".join(templates.SYNTAX_BY_SUFFIX)
        raise UnknownFormatError(f"a template is one of {known}; {target} is none")
    return templates.SYNTAX_BY_SUFFIX[suffix]


def newest(
    source: Source, on_finding: Sink | None = None, format: str | None = None
) -> list[Registration]:
    """Return the newest version of each registration of a source."""
    found: dict[str, Registration] = {}
    for entry in read(source, format=format):
        for finding in entry.findings if on_finding else ():
            on_finding(finding)  # type: ignore[misc]
        registration = entry.registration
        if registration is not None:
            held = found.get(registration.record_id)
            if held is None or held.version <= registration.version:
                found[registration.record_id] = registration
    return list(found.values())
