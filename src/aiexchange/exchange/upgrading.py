"""Upgrading: older records of a register in a newer version of its standard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from aiexchange.checks import register_rules
from aiexchange.compare import losses
from aiexchange.errors import UsageError
from aiexchange.exchange.codecs import syntax_of
from aiexchange.exchange.counting import Counted, Sink
from aiexchange.exchange.reading import ConvertResult
from aiexchange.exchange.source import Source, opened
from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.findings import Finding, Severity
from aiexchange.formats import Options
from aiexchange.mapping import Lens
from aiexchange.model import Entry, Registration
from aiexchange.registers import REGISTERS, Register


def upgrade(
    source: Source,
    target: Target,
    *,
    to: str,
    from_format: str | None = None,
    force: bool = False,
    on_finding: Sink | None = None,
) -> ConvertResult:
    """Write the records of a source in another version of their register's standard.

    What the version cannot hold is a loss; what it demands and the record does not say is a
    finding too. `on_finding` takes findings as they come.

    Raises:
        InputError: the source cannot be read at all.
        UsageError: the register has no such version, or the records are of no register, or the
            suffix of the target is that of something else.
        TargetExistsError: the target exists, and `force` is not set.
    """
    kept: list[Finding] = []
    tell = on_finding or kept.append
    if isinstance(target, str | Path):
        refuse_existing(target, force=force)
    with opened(source, from_format) as found:
        entries = found.codec.read(found.stream, found.options)
        register = found.codec if isinstance(found.codec, Register) else None
        read = Counted(entries, tell)
        lifting = _Lifting(to, register, tell)
        lifted = lifting.lifted(read)
        first = next(lifted, None)
        if lifting.register is None:
            raise UsageError("there is no record of a register to upgrade")
        syntax = (
            syntax_of(lifting.register, str(target)) if isinstance(target, str | Path) else None
        )
        if isinstance(target, str | Path) and str(target) != "-":
            _refuse_other(str(target), lifting.register)
        with replacing(target, force=force) as stream:
            options = Options(syntax=syntax)
            written = Counted(_from(first, lifted))
            for finding in lifting.register.write(written, stream, options):
                tell(finding)
    return ConvertResult(
        found.codec.name,
        f"{lifting.register.name} {to}",
        read.entries,
        written.registrations,
        tuple(kept),
    )


def _refuse_other(target: str, register: Register) -> None:
    """Refuse a target whose suffix is that of something else than the register's files."""
    suffix = PurePath(target).suffix.lower()
    if suffix and suffix not in register.syntaxes:
        known = ", ".join(register.syntaxes)
        raise UsageError(f"{register.name} is written to {known}, not to {suffix}: {target}")


def _from(first: Entry | None, others: Iterator[Entry]) -> Iterator[Entry]:
    if first is not None:
        yield first
    yield from others


class _Lifting:
    """Registrations as records of one version, with what is lost and what is demanded."""

    def __init__(self, to: str, register: Register | None, tell: Sink) -> None:
        self._to, self._tell = to, tell
        self.register = register

    def lifted(self, entries: Counted) -> Iterator[Entry]:
        for entry in entries:
            registration = entry.registration
            if registration is None:
                continue
            if self.register is None:
                self.register = REGISTERS.get(registration.source.register_ or "")
            if self.register is None:
                continue
            yield Entry(self._lift(registration, entry, self.register), entry.origin)

    def _lift(self, registration: Registration, entry: Entry, register: Register) -> Registration:
        if self._to not in register.layouts.names:
            known = ", ".join(register.layouts.names)
            raise UsageError(f"{register.name} has no version {self._to}; there are {known}")
        old, new = register.lens_for(registration), register.layouts.lens(self._to)
        lifted = _as_version(registration, old, new, register)
        translations = new.translations(lifted)
        again = new.forward(new.backward(lifted), translations=translations).registration
        if again is not None:
            for loss in losses(registration, again):
                if loss.path != "source.layout":
                    self._tell(loss.about(registration.record_id, entry.origin))
        for demand in register_rules.findings(lifted):
            if demand.code.endswith((".mandatory", ".enum", ".length")):
                self._tell(_demanded(demand, self._to, registration, entry))
        return lifted


def _demanded(demand: Finding, to: str, registration: Registration, entry: Entry) -> Finding:
    return Finding(
        demand.code,
        Severity.WARNING,
        f"Standard {to} demands more: {demand.message}",
        registration.record_id,
        demand.path,
        entry.origin,
        demand.basis,
        demand.mend,
    )


def _as_version(
    registration: Registration, old: Lens, new: Lens, register: Register
) -> Registration:
    """Return a registration that is written in another version.

    Source twins of fields that mean the same in both versions stay; other fields of the register
    that the version does not have go.
    """
    same = {
        field
        for field, rule in new.rules.items()
        if field in old.rules
        and old.rules[field].path == rule.path
        and old.rules[field].converter.name == rule.converter.name
        and field != new.layout.version_field
    }
    residue: dict[str, Any] = {
        field: raw for field, raw in registration.residue.items() if field in same
    }
    if new.name != new.layout.version:
        residue["#layout"] = new.name
    if language := registration.residue.get("#language"):
        residue["#language"] = language
    extras = {
        name: raw
        for name, raw in registration.extras.items()
        if name not in register.layouts.fields or name in new.known
    }
    source = registration.source.model_copy(update={"layout": new.layout.version})
    return registration.model_copy(update={"source": source, "residue": residue, "extras": extras})
