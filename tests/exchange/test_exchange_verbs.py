"""The public verbs as a library calls them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import aiexchange
from aiexchange.compare import Change
from aiexchange.errors import InputError, TargetExistsError, UnknownFormatError, UsageError
from aiexchange.exchange import check, convert, diff, gaps, read, roundtrip, write
from aiexchange.findings import Severity
from aiexchange.formats import FORMATS, SYNTAXES
from aiexchange.model import Registration
from shared import EXPORT, REAL_CSV, SAMPLES

GOOD = SAMPLES / "minimal.csv"
BAD = SAMPLES / "invalid-short-row.csv"
TARGETS = sorted({suffix for each in FORMATS.values() for suffix in each.suffixes})


def registrations(source, **options):
    return [entry.registration for entry in read(source, **options) if entry.registration]


@pytest.mark.parametrize("suffix", TARGETS)
def test_what_is_converted_is_read_back_the_same(tmp_path, suffix):
    target = tmp_path / f"out{suffix}"
    result = convert(EXPORT, target)
    there = registrations(EXPORT)
    assert (result.source_format, result.written) == ("nl-algoritmeregister", len(there))
    back = registrations(target)
    assert {(each.record_id, each.version): each for each in back} == {
        (each.record_id, each.version): each for each in there
    }


@pytest.mark.parametrize("suffix", TARGETS)
def test_an_export_comes_back_byte_for_byte_by_any_format(tmp_path, suffix):
    middle, back = tmp_path / f"middle{suffix}", tmp_path / "back.csv"
    convert(EXPORT, middle)
    convert(middle, back, to_format="nl-algoritmeregister")
    before = EXPORT.read_bytes().decode("utf-8-sig")
    after = back.read_bytes().decode("utf-8-sig")
    assert sorted(after) == sorted(before)
    assert after.splitlines()[0] == before.splitlines()[0]


@pytest.mark.parametrize("suffix", TARGETS)
def test_the_same_source_gives_the_same_bytes(tmp_path, suffix):
    for name in ("a", "b"):
        convert(GOOD, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("name", [*FORMATS, *SYNTAXES.values(), "nl-algoritmeregister"])
def test_a_format_can_be_named_instead_of_a_suffix(tmp_path, name):
    target = tmp_path / "out.data"
    assert convert(GOOD, target, to_format=name).written == 2
    assert len(registrations(target)) == 2


def test_the_content_of_a_source_counts_more_than_its_suffix(tmp_path):
    for suffix in TARGETS:
        convert(GOOD, tmp_path / f"out{suffix}")
        wrong = tmp_path / f"out{suffix}.csv"
        wrong.write_bytes((tmp_path / f"out{suffix}").read_bytes())
        assert len(registrations(wrong)) == 2, suffix


@pytest.mark.parametrize("source", [GOOD, str(GOOD)])
def test_a_source_is_a_path_or_its_name(source):
    assert len(registrations(source)) == 2


def test_a_source_may_be_a_stream_that_cannot_go_back(tmp_path):
    class Pipe(io.RawIOBase):
        def __init__(self, data):
            self.data = io.BytesIO(data)

        def readable(self):
            return True

        def readinto(self, buffer):
            data = self.data.read(min(len(buffer), 7))
            buffer[: len(data)] = data
            return len(data)

    assert registrations(Pipe(GOOD.read_bytes())) == registrations(GOOD)


def test_a_stream_is_left_open_for_its_owner():
    stream = io.BytesIO(GOOD.read_bytes())
    registrations(stream)
    assert not stream.closed


def test_a_target_may_be_a_stream():
    stream = io.BytesIO()
    assert convert(GOOD, stream, to_format="jsonl").written == 2
    assert stream.getvalue().count(b"\n") == 2


def test_a_stream_as_target_needs_a_format():
    with pytest.raises(UnknownFormatError):
        convert(GOOD, io.BytesIO())


def test_one_bad_record_does_not_lose_the_others(tmp_path):
    result = convert(BAD, tmp_path / "out.jsonl")
    assert (result.read, result.written) == (3, 2)
    assert "csv.row-width" in {finding.code for finding in result.findings}


def test_findings_go_to_a_sink_as_they_come(tmp_path):
    seen = []
    result = convert(BAD, tmp_path / "out.jsonl", on_finding=seen.append)
    assert [each.code for each in seen] == ["csv.row-width"]
    assert result.findings == ()


def test_registrations_that_were_made_by_hand_are_written(tmp_path):
    made = Registration.model_validate({"record_id": "x:1", "title": {"en": "By hand"}})
    result = write([made], tmp_path / "out.jsonl")
    assert (result.format, result.written, result.findings) == ("jsonl", 1, ())
    assert registrations(tmp_path / "out.jsonl") == [made]


def test_entries_that_were_read_are_written_while_they_are_read(tmp_path):
    assert write(read(GOOD), tmp_path / "out.xml").written == 2


def test_check_reports_what_the_register_and_the_law_find():
    found = list(check(EXPORT))
    codes = {finding.code.partition(".")[0] for finding in found}
    assert {"nl-algoritmeregister", "annex-viii"} <= codes
    assert any(finding.severity is Severity.VIOLATION for finding in found)
    assert all(finding.origin is not None for finding in found)


def test_check_finds_the_same_in_every_format(tmp_path):
    def said(source):
        return sorted((each.code, each.record_id, each.path) for each in check(source))

    convert(EXPORT, tmp_path / "a.jsonl")
    from_json = said(tmp_path / "a.jsonl")
    for suffix in (".xml", ".nt", ".json"):
        convert(EXPORT, tmp_path / f"a{suffix}")
        assert said(tmp_path / f"a{suffix}") == from_json, suffix


def test_gaps_counts_every_registration():
    report = gaps(EXPORT).as_dict()
    assert report["summary"]["registrations"] == len(registrations(EXPORT))
    assert len(report["registrations"]) == len(registrations(EXPORT))


def test_gaps_can_keep_the_counts_alone():
    with_all, counts = gaps(EXPORT).as_dict(), gaps(EXPORT, keep=False).as_dict()
    assert counts["registrations"] == []
    assert counts["summary"] == with_all["summary"]


def test_diff_sees_an_edit_whatever_the_formats(tmp_path):
    target = tmp_path / "a.jsonl"
    convert(GOOD, target)
    edited = tmp_path / "b.jsonl"
    edited.write_text(
        target.read_text(encoding="utf-8").replace("Telt fietsers", "Telt wandelaars"),
        encoding="utf-8",
    )
    (changed,) = diff(GOOD, edited).changed
    (change,) = changed.changes
    assert change.path == "description.nl"
    assert isinstance(change, Change)
    assert (change.before[:13], change.after[:15]) == ("Telt fietsers", "Telt wandelaars")


def test_diff_of_an_export_with_its_conversion_is_empty(tmp_path):
    for suffix in TARGETS:
        convert(EXPORT, tmp_path / f"a{suffix}")
        assert not diff(EXPORT, tmp_path / f"a{suffix}").differs, suffix


def test_a_record_that_is_gone_and_one_that_is_new_are_told(tmp_path):
    heading, *rows = GOOD.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "old.csv").write_text(heading + rows[0], encoding="utf-8")
    (tmp_path / "new.csv").write_text(heading + rows[1], encoding="utf-8")
    report = diff(tmp_path / "old.csv", tmp_path / "new.csv")
    assert [each.title for each in report.removed] == ["Fietstellingen op kruispunten"]
    assert [each.title for each in report.added] == ["Toewijzing wachtlijst dagbesteding"]


@pytest.mark.parametrize("path", [EXPORT, *REAL_CSV], ids=lambda path: path.name)
def test_every_format_carries_everything(path):
    if not path.exists():
        pytest.skip("the shared data is not here")
    for report in roundtrip(path, via=[*FORMATS, "ntriples"]):
        assert (report.exact, report.losses) == (report.records, ()), report.via
        assert report.records > 0


def test_canonical_files_go_round_too(tmp_path):
    convert(EXPORT, tmp_path / "a.jsonl")
    for report in roundtrip(tmp_path / "a.jsonl"):
        assert report.is_exact, report.via


def test_a_round_trip_of_a_stream_goes_every_way():
    reports = roundtrip(io.BytesIO(GOOD.read_bytes()))
    assert [each.via for each in reports] == list(FORMATS)
    assert all(each.is_exact for each in reports)


@pytest.mark.parametrize("verb", [check, read, roundtrip, gaps])
def test_an_unknown_format_is_refused_by_name(verb):
    with pytest.raises(UnknownFormatError, match="no-such-format"):
        list(verb(GOOD, format="no-such-format"))


@pytest.mark.parametrize("verb", [check, read])
def test_a_missing_source_is_an_input_error(verb, tmp_path):
    with pytest.raises(InputError):
        list(verb(tmp_path / "none.csv"))


def test_everything_public_can_be_imported_by_its_name():
    for name in aiexchange.__all__:
        assert getattr(aiexchange, name) is not None


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = aiexchange.no_such_name


def folder(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_a_target_that_exists_is_left_alone(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(TargetExistsError):
        convert(GOOD, target)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_run_that_fails_half_way_leaves_nothing_behind(tmp_path):
    def failing():
        yield from read(GOOD)
        raise RuntimeError("half-way")

    for suffix in TARGETS:
        with pytest.raises(RuntimeError, match="half-way"):
            write(failing(), tmp_path / f"out{suffix}")
    assert folder(tmp_path) == []


def test_a_run_that_fails_half_way_leaves_an_older_target_as_it_was(tmp_path):
    source, target = tmp_path / "cut.csv", tmp_path / "out.jsonl"
    source.write_bytes(EXPORT.read_bytes()[:20_000] + b'"')
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError):
        convert(source, target, force=True)
    assert target.read_text(encoding="utf-8") == "mine"
    assert folder(tmp_path) == ["cut.csv", "out.jsonl"]


def test_a_run_that_fails_half_way_writes_nothing_to_a_stream(tmp_path):
    source = tmp_path / "cut.csv"
    source.write_bytes(EXPORT.read_bytes()[:20_000] + b'"')
    stream = io.BytesIO()
    with pytest.raises(InputError):
        convert(source, stream, to_format="jsonl")
    assert stream.getvalue() == b""


def test_a_long_file_name_is_no_obstacle(tmp_path):
    target = tmp_path / ("a" * 240 + ".jsonl")
    assert convert(GOOD, target).written == 2


def test_the_json_of_a_registration_says_what_it_is(tmp_path):
    convert(GOOD, tmp_path / "out.json")
    (first, _) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert next(iter(first)) == "schema"


@pytest.mark.parametrize("engine", ["schematron", "shacl"])
def test_the_act_is_checked_by_any_engine_with_the_same_findings(engine):
    whole = list(check(EXPORT))
    other = list(check(EXPORT, engine=engine))
    assert sorted(map(str, other)) == sorted(map(str, whole))


def test_a_message_is_held_against_schematron_as_it_stands(tmp_path):
    target = tmp_path / "out.xml"
    convert(EXPORT, target)
    by_schematron = [f for f in check(target, engine="schematron") if f.code[:6] == "annex-"]
    by_memory = [f for f in check(target) if f.code[:6] == "annex-"]
    assert sorted(map(str, by_schematron)) == sorted(map(str, by_memory))


def test_an_engine_that_is_none_is_refused():
    with pytest.raises(UsageError, match="no engine xslt; there are python, schematron, shacl"):
        list(check(EXPORT, engine="xslt"))
