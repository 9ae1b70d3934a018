"""A path that takes twice the steps, or that begins to keep its records, fails here.

Steps are calls, of Python and of C, so they are the same on every machine and however busy it is.
The figures of time are in `docs/performance.md`, and `make bench` measures them.
"""

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks import corpus

from aiexchange import law
from aiexchange.checks import xsd
from aiexchange.exchange import convert, diff, gaps, read

FEW, MANY = 200, 2_000

KEPT = 1_000
"""The bytes of a record that may stay, as an id in an index; all of it would take 20,000."""


@dataclass(frozen=True)
class Way:
    """A path, and the steps that a record may take: half as many again as it takes."""

    run: Callable[[Path], object]
    source: str
    steps: int


def into(suffix):
    return lambda source: convert(
        source, source.with_name(f"out.{suffix}"), force=True, on_finding=lambda finding: None
    )


def validate(source):
    with source.open("rb") as stream:
        return list(xsd.validate(stream, str(source)))


def rules(source):
    version = law.legal_version()
    for entry in read(source):
        for _ in law.findings(entry.registration, version):
            pass


def changed(source):
    return diff(source, source.with_name(f"changed-{source.name}"))


WAYS = {
    "csv-xml": Way(into("xml"), "csv", 2120),
    "csv-nt": Way(into("nt"), "csv", 2360),
    "csv-ttl": Way(into("ttl"), "csv", 2620),
    "xml-jsonl": Way(into("jsonl"), "xml", 1870),
    "jsonl-xml": Way(into("xml"), "jsonl", 720),
    "xsd": Way(validate, "xml", 10),
    "rules": Way(rules, "jsonl", 310),
    "gaps": Way(lambda source: gaps(source, keep=False), "csv", 1850),
    "diff": Way(changed, "csv", 680),
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for count in (FEW, MANY):
        table = folder / str(count) / "corpus.csv"
        table.parent.mkdir()
        corpus.write(table, count)
        corpus.write(table.with_name("changed-corpus.csv"), count, changed=3)
        for suffix in ("xml", "jsonl"):
            convert(table, table.with_suffix(f".{suffix}"))
    return folder


def steps_of(work):
    count = 0

    def step(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", WAYS)
def test_a_record_takes_no_more_steps_than_it_used_to(name, sources):
    way = WAYS[name]
    source = sources / str(FEW) / f"corpus.{way.source}"
    way.run(source)  # what is compiled at first use is no step of a record
    assert steps_of(lambda: way.run(source)) / FEW < way.steps


@pytest.mark.parametrize("name", WAYS)
def test_memory_does_not_grow_with_the_records(name, sources):
    way = WAYS[name]
    few, many = (sources / str(count) / f"corpus.{way.source}" for count in (FEW, MANY))
    way.run(few)
    growth = peak_of(lambda: way.run(many)) - peak_of(lambda: way.run(few))
    assert growth / (MANY - FEW) < KEPT
