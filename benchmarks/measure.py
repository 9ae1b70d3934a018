"""Measure: the sides of a case in fresh processes, in turns, with the median of their rates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import corpus, reference
from benchmarks.cases import Case, Side

MORPH = os.environ.get("BENCH_MORPH_PYTHON", ".venv-morph/bin/python")
"""Interpreter of the environment that holds morph-kgc."""


@dataclass(slots=True)
class Figures:
    """What a side took: its rates, in records per second of CPU time, and its peak in MB."""

    records: int
    rates: list[float] = field(default_factory=list)
    peak: float = 0.0
    failure: str = ""

    @property
    def rate(self) -> float:
        """The median of the rates."""
        return median(self.rates) if self.rates else 0.0


@dataclass(frozen=True, slots=True)
class Sources:
    """The corpora, each made once."""

    folder: Path

    def file(self, case: Case, records: int, suffix: str) -> Path:
        """Return the corpus of a case with so many records, in the format of a suffix."""
        path = self.folder / f"{case.corpus}-{records}.{suffix}"
        if path.exists():
            return path
        if case.corpus == "reference":
            reference.write(path, records)
        else:
            corpus.write(path, records)
            corpus.write(path.with_name(f"changed-{path.name}"), records, changed=3)
        return path

    def target(self, case: Case, side: str) -> Path:
        """Return where a side writes."""
        return self.folder / f"out-{case.name}-{side.replace(' ', '-')}.{case.target}"


def measured(case: Case, sources: Sources, records: int, rounds: int) -> dict[str, Figures]:
    """Return the figures of all sides by name, ours first, measured in turns."""
    sides = (Side("aiexchange", f"ours:{case.function}", "aiexchange", records), *case.others)
    found = {side.name: Figures(min(side.records, records)) for side in sides}
    for _ in range(rounds):
        for side in sides:
            figures = found[side.name]
            if figures.failure:
                continue
            try:
                seconds, peak = _once(case, side, figures.records, sources)
            except (subprocess.SubprocessError, OSError) as error:
                figures.failure = _reason(error)
                continue
            figures.rates.append(figures.records / seconds)
            figures.peak = max(figures.peak, peak)
    return found


def _once(case: Case, side: Side, records: int, sources: Sources) -> tuple[float, float]:
    ours = side.package == "aiexchange"
    suffix = case.source if ours else case.other_source or case.source
    source = sources.file(case, records, suffix)
    python = MORPH if side.package == "morph-kgc" else sys.executable
    return run(side.function, source, sources.target(case, side.name), python)


def run(
    function: str, source: Path, target: Path, python: str = sys.executable
) -> tuple[float, float]:
    """Run a function of a side in a fresh process; return its CPU seconds and its peak in MB."""
    done = subprocess.run(
        [python, "-m", "benchmarks.worker", function, str(source), str(target)],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    return said["seconds"], said["peak"]


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return error.stderr.strip().splitlines()[-1][:100] if error.stderr else "failed"
    return type(error).__name__
