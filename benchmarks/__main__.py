"""`python -m benchmarks`: measure our paths beside those of others, or write a corpus."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus, merging, page, table, whole
from benchmarks.cases import CASES, Case
from benchmarks.measure import Sources, measured, run
from benchmarks.same import same

WHOLE = ("memory", "jobs", "merge", "help")
"""What is measured of the program, beside the paths."""


def main() -> None:
    """Measure what is named, or everything."""
    given = _arguments()
    if given.corpus:
        corpus.write(given.corpus, given.records)
        return
    if given.list:
        print("\n".join([*(f"{case.name:<18}{case.title}" for case in CASES), *WHOLE]))
        return
    print(table.text(table.HEADING))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for line in _run(given, Sources(Path(folder))):
            print(table.text(line.cells), flush=True)
            found.append(line)
    if given.page:
        page.write(found, given.records, given.rounds)
    missed = sum(line.met is False for line in found)
    print(f"{missed} bars missed." if missed else "All bars met.")
    sys.exit(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="paths to measure; all of them by default")
    parser.add_argument("--records", type=int, default=10_000, help="records of each path")
    parser.add_argument("--large", type=int, default=100_000, help="records for memory and jobs")
    parser.add_argument("--rounds", type=int, default=3, help="times that each side runs")
    parser.add_argument("--page", action="store_true", help="write docs/performance.md")
    parser.add_argument("--list", action="store_true", help="name what can be measured")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="write an export, and stop")
    return parser.parse_args()


def _run(given: argparse.Namespace, sources: Sources) -> Iterator[table.Line]:
    wanted = given.names or [*(case.name for case in CASES), *WHOLE]
    for case in CASES:
        if case.name in wanted:
            found = measured(case, sources, given.records, given.rounds)
            yield from table.lines(case, found, _compared(case, sources, given))
    if "memory" in wanted:
        yield from whole.memory(sources, given.large)
    if "jobs" in wanted:
        yield from whole.jobs(sources, given.large)
    if "merge" in wanted:
        yield from merging.merging(sources.folder)
    if "help" in wanted:
        yield from whole.help_text()


def _compared(case: Case, sources: Sources, given: argparse.Namespace) -> dict[str, str]:
    """Return how the output of each side compares with ours, for as many records as it got."""
    found = {}
    for side in case.others:
        other = sources.target(case, side.name)
        if side.same is None or not other.exists():
            continue
        records = min(side.records, given.records)
        run(
            f"ours:{case.function}",
            sources.file(case, records, case.source),
            ours := sources.target(case, f"as-{side.name}"),
        )
        found[side.name] = "same" if same(side.same, ours, other) else "OTHER"
    return found


if __name__ == "__main__":
    main()
