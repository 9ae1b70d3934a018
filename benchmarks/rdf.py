"""RDF: writing and reading catalogues beside plain rdflib, each step in a fresh process."""

from __future__ import annotations

import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus

if TYPE_CHECKING:
    from aiexchange.model import Registration

RECORDS = 20_000
WITH_RDFLIB = 500
"""rdflib needs some 5 ms and 150 KB for a record, so few are enough to know its time for each."""

PAIRS = (
    ("write-ntriples", "rdflib-write-ntriples"),
    ("write-turtle", "rdflib-write-turtle"),
    ("read-ntriples", "rdflib-parse-ntriples"),
)
"""A step of ours, and what plain rdflib does instead."""


def run(records: int = RECORDS, with_rdflib: int = WITH_RDFLIB) -> None:
    """Print what writing and reading cost, and how many times as fast as rdflib they are."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder, records, with_rdflib)
        print(f"{'':<24}{'records':>9}{'CPU s':>9}{'records/s':>11}{'peak MB':>9}")
        for ours, theirs in PAIRS:
            rate, other = _row(ours, folder, records), _row(theirs, folder, with_rdflib)
            print(f"  {rate / other:.1f} times as fast")


def _prepare(folder: Path, records: int, with_rdflib: int) -> None:
    from aiexchange import convert

    for amount in {records, with_rdflib}:
        corpus.write(folder / "export.csv", amount)
        convert(folder / "export.csv", folder / f"{amount}.jsonl")
        convert(folder / f"{amount}.jsonl", folder / f"{amount}.nt")


def _row(step: str, folder: Path, records: int) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.rdf", step, str(folder), str(records)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, peak = map(float, done.stdout.split())
    print(f"{step:<24}{records:>9,}{seconds:>9.2f}{records / seconds:>11,.0f}{peak:>9,.0f}")
    return records / seconds


def _registrations(file: Path, clock: list[float]) -> Iterator[Registration]:
    """Yield registrations; the time that reading them takes is added to the clock."""
    from aiexchange import read

    entries = read(file)
    while True:
        began = time.process_time()
        some = list(itertools.islice(entries, 100))
        clock[0] += time.process_time() - began
        if not some:
            return
        yield from (entry.registration for entry in some if entry.registration)


def _write(suffix: str) -> Callable[[Path, int], float]:
    def write(folder: Path, records: int) -> float:
        import aiexchange

        clock, began = [0.0], time.process_time()
        given = _registrations(folder / f"{records}.jsonl", clock)
        aiexchange.write(given, folder / f"out.{suffix}", force=True)
        return time.process_time() - began - clock[0]

    return write


def _rdflib_write(format: str) -> Callable[[Path, int], float]:
    def write(folder: Path, records: int) -> float:
        import aiexchange

        clock, began = [0.0], time.process_time()
        graph = aiexchange.to_graph(_registrations(folder / f"{records}.jsonl", clock))
        graph.serialize(folder / "out.rdflib", format=format)
        return time.process_time() - began - clock[0]

    return write


def _read(folder: Path, records: int) -> float:
    from aiexchange import read

    began = time.process_time()
    count = sum(entry.registration is not None for entry in read(folder / f"{records}.nt"))
    assert count == records
    return time.process_time() - began


def _rdflib_read(folder: Path, records: int) -> float:
    import rdflib

    began = time.process_time()
    rdflib.Graph().parse(folder / f"{records}.nt", format="nt")
    return time.process_time() - began


STEPS: dict[str, Callable[[Path, int], float]] = {
    "write-ntriples": _write("nt"),
    "write-turtle": _write("ttl"),
    "read-ntriples": _read,
    "rdflib-write-ntriples": _rdflib_write("nt"),
    "rdflib-write-turtle": _rdflib_write("turtle"),
    "rdflib-parse-ntriples": _rdflib_read,
}
"""What is measured, by name: CPU seconds for the records in a folder."""


def _step(name: str, folder: str, records: str) -> None:
    seconds = STEPS[name](Path(folder), int(records))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, peak / (1024 if sys.platform != "darwin" else 1024 * 1024))


if __name__ == "__main__":
    _step(*sys.argv[1:])
