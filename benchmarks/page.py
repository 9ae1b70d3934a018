"""Page: docs/performance.md, written from the figures of a run."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.table import HEADING, Line, markdown

PATH = Path(__file__).parents[1] / "docs" / "performance.md"

_HEAD = """# Performance

Written by `make bench` from one run; do not edit. Every side ran in processes of its own, in turns
with the others, and the figure is the median. Records per second are of CPU time of one core,
without the start of the program. *ours is* tells how many times our rate is that of the other.

The register's records are generated, filled as those of the Dutch Algoritmeregister are; the
reference record has 101 values, of an operator, a system with its documents, and a use.
"""


def write(found: Iterable[Line], records: int, rounds: int) -> None:
    """Write the page."""
    shown = [markdown(HEADING), markdown(("---",) * len(HEADING))]
    shown += [markdown(line.cells) for line in found]
    paths = [f"- `{case.name}`: {case.title}." for case in CASES]
    parts = (_HEAD, "\n".join(shown), "## The paths", "\n".join(paths), _about(records, rounds))
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _about(records: int, rounds: int) -> str:
    packages = sorted(
        {side.package for case in CASES for side in case.others} | {"pydantic", "lxml"}
    )
    named = ", ".join(f"{package} {_version(package)}" for package in packages)
    return (
        f"## The run\n\n{date.today().isoformat()}; {records:,} records at most, {rounds} rounds; "
        f"{platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}; {named}.\n\n"
        "`make bench` does it again; `python -m benchmarks --list` names the paths, and "
        "`python -m benchmarks NAME` measures one."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(elsewhere or not installed)"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "unknown processor")
