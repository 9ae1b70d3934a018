"""Merging: registrations completed with what suppliers and bodies sent, and the matching alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiexchange.compare.completing import Completed, Completing, Outcome
from aiexchange.compare.decisions import YES, Decisions, PairRow, row_of
from aiexchange.compare.pairing import Pair, Pairing
from aiexchange.compare.supplied import Placing, Supplied
from aiexchange.errors import UsageError
from aiexchange.exchange.codecs import Codec
from aiexchange.exchange.counting import Counted, Sink
from aiexchange.exchange.reading import codec_of, write_with
from aiexchange.exchange.source import Source, opened
from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats import Options
from aiexchange.model import Entry, Registration
from aiexchange.registers import Register

PREFER = ("base", "overlay")
"""Whose value stays where two cannot both be right."""


@dataclass(slots=True)
class MatchReport:
    """Which registrations of two sources speak of the same thing."""

    records: int = 0
    supplied: int = 0
    certain: list[PairRow] = field(default_factory=list)
    uncertain: list[PairRow] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    """Names of those on the other side that nothing was found for, with their files."""

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON holds it."""
        return {
            "records": self.records,
            "supplied": self.supplied,
            "certain": [row.as_dict() for row in self.certain],
            "uncertain": [row.as_dict() for row in self.uncertain],
            "unmatched": self.unmatched,
        }


@dataclass(slots=True)
class MergeReport:
    """What a merge has done, counted; the fields one by one went to `on_field`, or are kept."""

    source_format: str = ""
    target_format: str = ""
    records: int = 0
    written: int = 0
    completed: int = 0
    """Registrations in which at least one field was filled or replaced."""

    supplied: int = 0
    pairs: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By outcome and canonical path, how many fields."""

    conflicts: list[Completed] = field(default_factory=list)
    """Some conflicts, at most a few of each path."""

    uncertain: list[PairRow] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    fields: list[Completed] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Return how many fields have an outcome."""
        return sum(count for (each, _), count in self.outcomes.items() if each == outcome.value)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and the pairs as JSON holds them."""
        return {
            "source_format": self.source_format,
            "target_format": self.target_format,
            "records": self.records,
            "written": self.written,
            "completed": self.completed,
            "supplied": self.supplied,
            "pairs": self.pairs,
            "outcomes": {each.value: self.count(each) for each in Outcome},
            "by_path": [
                {"outcome": outcome, "path": path, "count": count}
                for (outcome, path), count in sorted(self.outcomes.items())
            ],
            "uncertain": [row.as_dict() for row in self.uncertain],
            "unmatched": self.unmatched,
        }


def match(
    left: Source,
    right: Source,
    *,
    left_format: str | None = None,
    right_format: str | None = None,
    on_finding: Sink | None = None,
) -> MatchReport:
    """Return which registrations of two sources speak of the same record, product or body.

    Shared identifiers decide; else the names of supplier and product, or of body and record. The
    right source is held in memory.

    Raises:
        InputError: a source cannot be read at all.
        UnknownFormatError: there is no format of that name.
    """
    tell = on_finding or _ignore
    pairing = Pairing(_supplied(right, right_format, _name(right), None, tell))
    report, met = MatchReport(supplied=len(pairing.supplied)), set[int]()
    with opened(left, left_format) as found:
        for entry in Counted(found.codec.read(found.stream, found.options), tell):
            if entry.registration is None:
                continue
            report.records += 1
            for pair in pairing.pairs(entry.registration):
                met.add(id(pair.supplied))
                (report.certain if pair.is_certain else report.uncertain).append(row_of(pair))
    report.unmatched = _unmatched(pairing, met)
    return report


def merge(
    base: Source,
    overlays: Sequence[Source],
    target: Target,
    *,
    from_format: str | None = None,
    overlay_format: str | None = None,
    to_format: str | None = None,
    decisions: Decisions | None = None,
    prefer: str = "base",
    stated: str | None = None,
    profile: str | None = None,
    legal_version: str | None = None,
    force: bool = False,
    on_finding: Sink | None = None,
    on_field: Callable[[Completed], Any] | None = None,
) -> MergeReport:
    """Complete the registrations of `base` with what the overlays say, and write them to `target`.

    One overlay completes all records of its product. Only certain pairs are merged, and those that
    `decisions` says yes to. Nothing is overwritten in silence: what two sources say differently
    stays as `base` has it, or as the overlay has it if that is preferred. What two overlays say
    differently is not taken at all. The order of the overlays says nothing.

    `stated` is the day on which an overlay was stated that does not say so itself; the day on which
    its file was last changed, by default.

    Raises:
        InputError: a source cannot be read at all.
        TargetExistsError: the target exists, and `force` is not set.
        UsageError: `prefer` is neither base nor overlay, `overlays` is one source, `stated` is no
            day, or there is no format of a name.
    """
    if prefer not in PREFER:
        raise UsageError(f"prefer {' or '.join(PREFER)}, not {prefer}")
    if isinstance(overlays, str | Path) or hasattr(overlays, "read"):
        raise UsageError("overlays are a list of sources, not one source")
    if stated is not None and not _is_day(stated):
        raise UsageError(f"stated is a day such as 2026-08-02, not {stated}")
    if isinstance(target, str | Path):
        refuse_existing(target, force=force)
    tell = on_finding or _ignore
    named = _names(overlays)
    pairing = Pairing(
        supplied
        for overlay, name in zip(overlays, named, strict=True)
        for supplied in _supplied(overlay, overlay_format, name, stated or _changed(overlay), tell)
    )
    merging = _Merging(pairing, decisions or {}, prefer == "overlay", on_field, tell)
    report = merging.report
    with opened(base, from_format) as found:
        codec, syntax = codec_of(target, to_format, found.codec)
        counted = Counted(found.codec.read(found.stream, found.options), tell)
        merged = Counted(merging.merged(counted, _placing(found.codec)))
        options = Options(syntax=syntax, legal_version=legal_version, profile=profile)
        with replacing(target, force=force) as stream:
            for finding in write_with(codec, merged, stream, options):
                tell(finding)
    report.source_format, report.target_format = found.codec.name, codec.name
    report.records, report.written = counted.entries, merged.registrations
    report.unmatched = _unmatched(pairing, merging.met)
    for name in report.unmatched:
        tell(_nothing_found(name))
    return report


_EXAMPLES = 3
"""Conflicts of one path that a report shows."""


class _Merging:
    """One run: what was met, decided and done."""

    def __init__(
        self,
        pairing: Pairing,
        decisions: Decisions,
        prefer_supplied: bool,
        on_field: Callable[[Completed], Any] | None,
        tell: Sink,
    ) -> None:
        self._pairing, self._decisions, self._tell = pairing, decisions, tell
        self._prefer = prefer_supplied
        self.report = MergeReport(supplied=len(pairing.supplied))
        self._on_field = on_field or self.report.fields.append
        self._shown: Counter[str] = Counter()
        self.met: set[int] = set()

    def merged(self, entries: Iterable[Entry], placing: Placing) -> Iterator[Entry]:
        """Yield the entries, their registrations completed."""
        for entry in entries:
            base = entry.registration
            if base is None:
                yield entry
                continue
            pairs = [pair for pair in self._pairing.pairs(base) if self._is_settled(pair)]
            yield Entry(self._complete(base, pairs, entry.origin, placing), entry.origin)

    def _is_settled(self, pair: Pair) -> bool:
        decided = self._decisions.get(pair.key)
        if decided is None and not pair.is_certain:
            self.report.uncertain.append(row_of(pair))
            self.met.add(id(pair.supplied))
        if decided if decided is not None else pair.is_certain:
            self.met.add(id(pair.supplied))
            return True
        return False

    def _complete(
        self, base: Registration, pairs: list[Pair], origin: Origin, placing: Placing
    ) -> Registration:
        if not pairs:
            return base
        self.report.pairs += len(pairs)

        def place(path: str) -> str:
            file = Path(origin.file or "-").name
            return f"{file}, {placing(base, origin, path)}"

        completing = Completing(base, place, prefer_supplied=self._prefer)
        result = completing.take(pairs)
        self.report.completed += result is not base
        for each in completing.fields:
            self._note(each, origin)
        return result

    def _note(self, completed: Completed, origin: Origin) -> None:
        path = completed.path.partition("[")[0]
        self.report.outcomes[completed.outcome.value, path] += 1
        self._on_field(completed)
        if completed.outcome is Outcome.CONFLICTING:
            self._shown[path] += 1
            if self._shown[path] <= _EXAMPLES:
                self.report.conflicts.append(completed)
            self._tell(_conflict(completed, origin))


def decisions_of(rows: Iterable[PairRow]) -> dict[tuple[str, str], bool]:
    """Return what a person has decided; a row without a decision decides nothing."""
    return {(row.record_id, row.supplied_id): row.decision in YES for row in rows if row.decision}


def _supplied(
    source: Source, format: str | None, name: str, stated: str | None, tell: Sink
) -> Iterator[Supplied]:
    with opened(source, format) as found:
        placing = _placing(found.codec)
        for entry in Counted(found.codec.read(found.stream, found.options), tell):
            said = entry.registration
            if said is not None:
                day = (said.modified or "").partition("T")[0] or stated
                yield Supplied(said, entry.origin, name, placing, day)


def _placing(codec: Codec) -> Placing:
    """Return what tells the places of a codec's values: the field of a register has a name."""

    def place(registration: Registration, origin: Origin, path: str) -> str:
        where = str(origin).partition(", ")[2]
        field = _field(codec, registration, path)
        return ", ".join(part for part in (where, field) if part)

    return place


def _field(codec: Codec, registration: Registration, path: str) -> str:
    if not isinstance(codec, Register):
        return path
    rules = codec.lens_for(registration).rules.values()
    return next((rule.field for rule in rules if rule.path == path), path)


def _name(source: Source) -> str:
    return str(getattr(source, "name", "-")) if not isinstance(source, str | Path) else str(source)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _names(overlays: Sequence[Source]) -> list[str]:
    """Return how the overlays are called: by the names of their files, if these are distinct."""
    given = [_name(overlay) for overlay in overlays]
    short = [Path(name).name or name for name in given]
    counts = Counter(short)
    return [own if counts[own] == 1 else name for own, name in zip(short, given, strict=True)]


def _changed(source: Source) -> str | None:
    if not isinstance(source, str | Path) or not Path(source).is_file():
        return None
    return datetime.fromtimestamp(Path(source).stat().st_mtime, UTC).date().isoformat()


def _unmatched(pairing: Pairing, met: set[int]) -> list[str]:
    return [f"{each.file}: {each.name}" for each in pairing.supplied if id(each) not in met]


def _ignore(_: Finding) -> None:
    pass


def _conflict(completed: Completed, origin: Origin) -> Finding:
    kept = "the supplied value is taken" if completed.taken else "the registration stays as it is"
    where = f" ({completed.place})" if completed.place else ""
    return Finding(
        "merge.conflict",
        Severity.WARNING,
        f"{completed.path}{where} and what was supplied ({completed.supplied_place}) differ; "
        f"{kept}. {completed.reason or ''}".rstrip(),
        completed.record_id,
        completed.path,
        origin,
        mend="Ask who is right, and correct one of them; --prefer overlay takes what was supplied.",
    )


def _nothing_found(name: str) -> Finding:
    return Finding(
        "merge.unmatched",
        Severity.WARNING,
        f"{name} belongs to no registration; nothing of it was merged.",
        mend="Compare the names of supplier and product, or give both a shared identifier.",
    )
