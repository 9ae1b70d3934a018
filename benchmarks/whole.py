"""Whole runs: what is measured of the program itself: memory, two processes, the start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.measure import Sources, run
from benchmarks.table import Line

GROWTH, MOST = 20, 150
"""The most MB by which ten times the records may raise the peak, and the most it may be."""

HEAVY = ("pydantic", "lxml", "rdflib", "xmlschema")
STREAMING = ("csv-xml", "xml-canonical", "xsd", "csv-nt", "nt-canonical", "turtle-canonical")
STREAMING_TOO = ("gaps", "diff")


def memory(sources: Sources, records: int) -> Iterator[Line]:
    """Yield the peak of each streaming path with a tenth of the records and with all of them."""
    for case in CASES:
        if case.name not in (*STREAMING, *STREAMING_TOO):
            continue
        peaks = [_peak(case.name, sources, each) for each in (records // 10, records)]
        met = peaks[1] - peaks[0] < GROWTH and peaks[1] < MOST
        bar = f"{'met' if met else 'MISSED'} (+{GROWTH}, {MOST} MB)"
        shown = f"{peaks[0]:,.0f} -> {peaks[1]:,.0f}"
        yield Line((f"{case.name}", "memory", f"{records:,}", "", "", shown, "", bar), met)


def _peak(name: str, sources: Sources, records: int) -> float:
    case = next(each for each in CASES if each.name == name)
    source = sources.file(case, records, case.source)
    return run(f"ours:{case.function}", source, sources.target(case, "memory"))[1]


def jobs(sources: Sources, records: int) -> Iterator[Line]:
    """Yield how much faster two processes are than one, by the clock, and whether they agree."""
    case = next(each for each in CASES if each.name == "csv-xml")
    source = sources.file(case, records, "csv")
    targets = [sources.folder / f"jobs-{count}.xml" for count in (1, 2)]
    seconds = [_clock(source, target, count) for count, target in enumerate(targets, 1)]
    same = targets[0].read_bytes() == targets[1].read_bytes()
    ratio = seconds[0] / seconds[1]
    met = ratio >= 1.6 and same
    output = "same" if same else "OTHER"
    bar = f"{'met' if met else 'MISSED'} (1.6 x)"
    rate = f"{records / seconds[1]:,.0f}"
    yield Line(
        ("csv-xml", "--jobs 2", f"{records:,}", rate, f"{ratio:.2f} x", "", output, bar), met
    )


def _clock(source: Path, target: Path, count: int) -> float:
    program = Path(sys.executable).with_name("aiexchange")
    start = time.perf_counter()
    subprocess.run(
        [program, "convert", source, target, "--force", "--jobs", str(count)],
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start


def help_text() -> Iterator[Line]:
    """Yield what `aiexchange --help` takes of CPU, and whether it imports what is heavy."""
    program = (
        "import sys, time\nstart = time.process_time()\n"
        "from aiexchange.cli.main import _run\nsys.argv = ['aiexchange', '--help']\n_run()\n"
        f"print(time.process_time(), *[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    seconds, *heavy = done.stdout.splitlines()[-1].split()
    met = float(seconds) < 0.15 and not heavy
    shown = f"{float(seconds) * 1000:.0f} ms"
    bar = f"{'met' if met else 'MISSED'} (150 ms)"
    yield Line(("--help", "aiexchange", "", shown, "", "", " ".join(heavy), bar), met)
