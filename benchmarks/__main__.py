"""`python -m benchmarks`: write a corpus, or measure a conversion."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus, rdf

STEPS = (1_000, 10_000)
"""Numbers of records between which the time per record should not grow."""


def main() -> None:
    """Run the command that is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True)
    write = commands.add_parser("corpus", help="write a generated export of the Dutch register")
    write.add_argument("records", type=int)
    write.add_argument("file", type=Path)
    write.set_defaults(run=_write)
    convert = commands.add_parser("convert", help="measure CSV to XML, in fresh processes")
    convert.add_argument("--to", default="xml", help="suffix of the target: xml, ttl, nt or jsonl")
    convert.set_defaults(run=_convert)
    with_rdf = commands.add_parser("rdf", help="measure catalogues beside plain rdflib")
    with_rdf.add_argument("--records", type=int, default=rdf.RECORDS)
    with_rdf.add_argument("--with-rdflib", type=int, default=rdf.WITH_RDFLIB)
    with_rdf.set_defaults(run=lambda given: rdf.run(given.records, given.with_rdflib))
    given = parser.parse_args()
    run: Callable[[argparse.Namespace], None] = given.run
    run(given)


def _write(given: argparse.Namespace) -> None:
    corpus.write(given.file, given.records)


def _convert(given: argparse.Namespace) -> None:
    print(f"CSV -> {given.to}, one fresh process each")
    print(f"{'records':>10}{'CPU s':>9}{'records/s':>11}{'µs/record':>11}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for records in STEPS:
            source, target = Path(folder, "export.csv"), Path(folder, f"out.{given.to}")
            corpus.write(source, records)
            seconds, peak = _measured("convert", str(source), str(target), "--force")
            rate, each = records / seconds, seconds / records * 1e6
            print(f"{records:>10,}{seconds:>9.2f}{rate:>11,.0f}{each:>11,.0f}{peak:>9,.0f}")


def _measured(*arguments: str) -> tuple[float, float]:
    """Run aiexchange in a process of its own; return its CPU seconds and its peak in MB."""
    program = (
        "import resource, sys\n"
        "from aiexchange.cli.main import _run\n"
        f"sys.argv = ['aiexchange', *{list(arguments)!r}]\n"
        "code = _run()\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak) / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    main()
