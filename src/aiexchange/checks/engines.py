"""Engines: the rule catalogue over the entries of a source, by the engine of one's choice."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from aiexchange import law
from aiexchange.findings import Finding, Origin
from aiexchange.formats import Options
from aiexchange.law import ItemState, LegalVersion, Rule
from aiexchange.law.engine import gap_finding, rule_finding
from aiexchange.model import Entry

if TYPE_CHECKING:
    from aiexchange.checks.shacl import Shapes

Engine = Callable[[Iterable[Entry], LegalVersion], Iterator[Finding]]
"""Yields what the rules that an engine can tell find in entries, with record and place."""


def _by_python(entries: Iterable[Entry], version: LegalVersion) -> Iterator[Finding]:
    for entry in entries:
        if entry.registration is not None:
            for finding in law.findings(entry.registration, version):
                yield finding.about(None, entry.origin)


def _by_schematron(entries: Iterable[Entry], version: LegalVersion) -> Iterator[Finding]:
    """Write each registration as XML first; what cannot be written is not seen."""
    from aiexchange.checks import svrl

    yield from svrl.of_entries(entries, version)


def _by_shacl(entries: Iterable[Entry], version: LegalVersion) -> Iterator[Finding]:
    """Write a catalogue first; a restricted registration is refused there, and told so."""
    from aiexchange.checks import shacl
    from aiexchange.formats.dcat import Dcat

    held = [entry for entry in entries if entry.registration is not None]
    origins = {each.registration.record_id: each.origin for each in held if each.registration}
    stream = io.BytesIO()
    yield from Dcat().write(held, stream, Options(legal_version=version.id, syntax="ntriples"))
    found: dict[tuple[str | None, str], list[str | None]] = {}
    for finding in shacl.validate([stream.getvalue()], _shapes(version), Origin()):
        found.setdefault((finding.record_id, finding.code), []).append(finding.path)
    for (record_id, code), paths in found.items():
        rule = version.rule(code)
        yield _told(rule, paths, version).about(record_id, origins.get(record_id or ""))


def _told(rule: Rule, paths: list[str | None], version: LegalVersion) -> Finding:
    """Return the finding of a rule; of an incomplete item, what SHACL finds part by part."""
    if rule.state is not ItemState.INCOMPLETE or rule.item is None:
        return rule_finding(rule)
    item = version.item(rule.item)
    names = tuple(part.name for part in item.mandatory if part.paths[0] in paths)
    return gap_finding(item, rule.state, names, version.wording)


@cache
def _shapes(version: LegalVersion) -> Shapes:
    from aiexchange.checks import shacl
    from aiexchange.checks.shapes import shapes

    return shacl.parse(shapes(version))


ENGINES: dict[str, Engine] = {
    "python": _by_python,
    "schematron": _by_schematron,
    "shacl": _by_shacl,
}
"""The engines, by the names that rules use."""

BATCH = 100
"""So many entries are given to an engine at a time."""
