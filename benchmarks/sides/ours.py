"""Ours: the paths of aiexchange, as a program would call them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from aiexchange import Registration, exchange, law
from aiexchange.checks import xsd
from aiexchange.findings import Finding

Work = Callable[[], object]


def convert(source: Path, target: Path) -> Work:
    """Convert with residue, findings and origins; the findings go to a sink."""
    return lambda: exchange.convert(source, target, force=True, on_finding=_seen)


def _seen(finding: Finding) -> None:
    """Take a finding as a caller does who counts them elsewhere."""


def write(source: Path, target: Path) -> Work:
    """Write registrations that are in memory."""
    held = _held(source)
    return lambda: exchange.write(held, target, force=True)


def read(source: Path, target: Path) -> Work:
    """Read a source into validated registrations, one at a time."""
    return lambda: sum(1 for _ in exchange.read(source))


def validate(source: Path, target: Path) -> Work:
    """Hold a message against the XSD: with line, named path and record id."""
    xsd.schema()

    def work() -> int:
        with source.open("rb") as stream:
            return sum(1 for _ in xsd.validate(stream, str(source)))

    return work


def rules(source: Path, target: Path) -> Work:
    """Hold registrations in memory against every rule of the catalogue."""
    held, version = _held(source), law.legal_version()
    next(iter(law.findings(held[0], version)), None)
    return lambda: sum(1 for each in held for _ in law.findings(each, version))


def gaps(source: Path, target: Path) -> Work:
    """Count what is due and missing."""
    return lambda: exchange.gaps(source, keep=False).as_dict()


def diff(source: Path, target: Path) -> Work:
    """Compare an export with the changed one beside it."""
    changed = source.with_name(f"changed-{source.name}")
    return lambda: exchange.diff(source, changed)


def _held(source: Path) -> list[Registration]:
    """Return the registrations of a source; the collector is told that they stay."""
    held = [entry.registration for entry in exchange.read(source) if entry.registration]
    gc.collect()
    gc.freeze()
    return held
