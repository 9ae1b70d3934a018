"""Several processes write what one writes, byte for byte, and find the same in the same order."""

import csv

import pytest
from benchmarks import corpus

from aiexchange import check, convert, gaps
from aiexchange.cli.app import app
from aiexchange.exchange import parallel


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    """Blocks of five, in turns: a process that is spawned would have the usual ones."""
    monkeypatch.setattr(parallel, "answers", in_this_process)
    monkeypatch.setattr("aiexchange.exchange.dividing.answers", in_this_process)
    monkeypatch.setattr(parallel, "BLOCK", 5)


def in_this_process(task, jobs):
    runs = [task.run(parallel.Share(number, jobs)) for number in range(jobs)]
    number = 0
    while (answer := next(runs[number % jobs], None)) is not None:
        yield answer
        number += 1


def rows(count):
    records = list(corpus.rows(count))
    records[3]["begin_date"] = "12-2024"
    records[8]["status"] = "Onbekend woord"
    return records


def export(path, records, names=None):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names or list(records[0]))
        writer.writeheader()
        writer.writerows(records)
        stream.write('"a row","too short"\r\n')
    return path


@pytest.fixture
def table(tmp_path):
    return export(tmp_path / "export.csv", rows(23))


def run(source, target, **options):
    said = []
    result = convert(source, target, force=True, on_single=said.append, **options)
    return result, target.read_bytes() if target.exists() else b"", said


@pytest.mark.parametrize("jobs", [2, 3])
@pytest.mark.parametrize("source", ["csv", "jsonl", "xml"])
@pytest.mark.parametrize("target", ["jsonl", "xml"])
def test_the_target_and_the_findings_are_those_of_one_process(table, source, target, jobs):
    given = table
    if source != "csv":
        given = table.with_suffix(f".{source}")
        convert(table, given)
    out = table.with_name(f"out.{target}")
    alone, together = run(given, out), run(given, out, jobs=jobs)
    assert together == alone


@pytest.mark.parametrize("source", ["csv", "jsonl", "xml"])
@pytest.mark.parametrize("jobs", [2, 3])
def test_findings_and_gaps_are_those_of_one_process(table, source, jobs):
    given = table
    if source != "csv":
        given = table.with_suffix(f".{source}")
        convert(table, given)
    said = []
    assert list(check(given, jobs=jobs, on_single=said.append)) == list(check(given))
    alone, together = ([], [])
    report = gaps(given, jobs=jobs, on_finding=together.append, on_single=said.append)
    assert report.as_dict() == gaps(given, on_finding=alone.append).as_dict()
    assert together == alone
    assert not said


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda rows: rows[7].update(algorithm_id=rows[1]["algorithm_id"]), "share an id"),
        (lambda rows: rows[7].update(algorithm_id=""), "without an id"),
        (lambda rows: [row.update(mine=number) for number, row in enumerate(rows)], "columns"),
    ],
)
def test_records_that_bear_on_each_other_are_read_by_one_process(tmp_path, edit, reason):
    records = rows(23)
    edit(records)
    source = export(tmp_path / "export.csv", records)
    alone, written, _ = run(source, tmp_path / "out.xml")
    together, same, said = run(source, tmp_path / "out.xml", jobs=2)
    assert (together, same) == (alone, written)
    assert reason in said[0]


def test_a_catalogue_is_written_by_one_process_and_that_is_said(table):
    assert "whole" in run(table, table.with_suffix(".ttl"), jobs=2)[2][0]


def test_two_processes_of_their_own_agree_too(table, monkeypatch, capsys):
    monkeypatch.undo()
    for jobs in ("1", "2"):
        target = str(table.with_name(f"out-{jobs}.xml"))
        app.main(["convert", str(table), target, "--jobs", jobs], standalone_mode=False)
    assert table.with_name("out-1.xml").read_bytes() == table.with_name("out-2.xml").read_bytes()
