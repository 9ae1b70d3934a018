"""A diff that passes over what two files hold alike finds the same as one that reads everything."""

import csv
from pathlib import Path

import pytest
from benchmarks import corpus

from aiexchange import convert, diff
from aiexchange.exchange import read


def rows(count):
    return list(corpus.rows(count))


def edited(records):
    """Give a later state: an edit, a repeated id, a record without an id, a record less."""
    later = [dict(record) for record in records[1:]]
    later[2]["goal"] = "Iets anders."
    later[4]["algorithm_id"] = later[5]["algorithm_id"]
    later[7]["algorithm_id"] = ""
    later[9]["lang"] = "eng"
    return [*later[10:], *later[:10]]


def export(path: Path, records):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return path


@pytest.fixture
def files(tmp_path):
    old = rows(40)
    return export(tmp_path / "old.csv", old), export(tmp_path / "new.csv", edited(old))


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_is_alike_is_passed_over_and_nothing_else(files, suffix, tmp_path):
    whole = [convert(each, tmp_path / f"{each.stem}.json") and each.stem for each in files]
    expected = diff(*(tmp_path / f"{stem}.json" for stem in whole))
    for each in files if suffix == "jsonl" else ():
        convert(each, each.with_suffix(".jsonl"))
    found = diff(*(each.with_suffix(f".{suffix}") for each in files))
    assert found.as_dict() == expected.as_dict()
    assert found.differs


def test_only_what_differs_is_read(files, monkeypatch):
    from aiexchange.mapping import Lens

    mapped = []
    forward = Lens.forward
    monkeypatch.setattr(Lens, "forward", lambda *a, **k: mapped.append(1) or forward(*a, **k))
    old, _ = files
    assert not diff(old, old).differs
    assert not mapped
    assert sum(1 for _ in read(old)) == len(mapped) == 40


def test_a_second_version_of_a_record_is_never_passed_over(tmp_path):
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    head = '{"schema":"aiexchange/registration/1","record_id":"x:1",'
    line = head + '"version":%d,"title":{"nl":"%s"}}\n'
    old.write_text(line % (1, "Een"), encoding="utf-8")
    new.write_text(line % (1, "Een") + line % (2, "Twee"), encoding="utf-8")
    assert [change.record_id for change in diff(old, new).changed] == ["x:1"]
    spaced = (line % (2, "Twee")).replace(":", ": ", 1)
    new.write_text(line % (1, "Een") + spaced, encoding="utf-8")
    assert [change.record_id for change in diff(old, new).changed] == ["x:1"]
