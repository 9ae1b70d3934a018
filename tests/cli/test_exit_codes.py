"""Exit codes: what a script can rely on, whatever happens."""

from __future__ import annotations

import json
import os
import stat

import pytest

from aiexchange.exchange import codecs
from shared import EXPORT, SAMPLES

GOOD = SAMPLES / "minimal.csv"
WIDTH = SAMPLES / "invalid-short-row.csv"
UNREADABLE = ["invalid-empty", "invalid-header-only", "invalid-encoding", "invalid-truncated"]
EXPECTED = sorted(SAMPLES.parent.glob("**/*.expect.json"))


def test_a_source_without_violations_is_0(run, tmp_path):
    outcome = run("convert", GOOD, tmp_path / "out.jsonl")
    assert outcome.code == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_a_bad_record_among_good_ones_is_1_and_the_rest_is_written(run, tmp_path):
    outcome = run("convert", WIDTH, tmp_path / "out.jsonl")
    assert outcome.code == 1
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == 2
    assert "csv.row-width" in outcome.err


def test_never_is_0_whatever_was_found(run, tmp_path):
    assert run("convert", WIDTH, tmp_path / "out.jsonl", "--fail-on", "never").code == 0


@pytest.mark.parametrize(
    ("limit", "code"), [("violation", 0), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_fail_on_says_how_bad_is_bad(run, tmp_path, limit, code):
    source = tmp_path / "source.csv"
    text = GOOD.read_text(encoding="utf-8").replace("2024-05", "05-2024")
    source.write_text(text, encoding="utf-8")
    assert run("convert", source, tmp_path / "out.jsonl", "--fail-on", limit).code == code


@pytest.mark.parametrize(("limit", "code"), [("violation", 1), ("warning", 1), ("never", 0)])
def test_check_fails_from_fail_on(run, limit, code):
    assert run("check", EXPORT, "--fail-on", limit).code == code


def test_gaps_is_0_unless_fail_on_says_otherwise(run):
    assert run("gaps", EXPORT).code == 0
    assert run("gaps", EXPORT, "--fail-on", "warning").code == 1


def test_diff_is_0_without_exit_code_and_1_with_it(run):
    assert run("diff", GOOD, SAMPLES / "drifted.csv").code == 0
    assert run("diff", GOOD, SAMPLES / "drifted.csv", "--exit-code").code == 1
    assert run("diff", GOOD, GOOD, "--exit-code").code == 0


def test_diff_does_not_see_the_format(run, tmp_path):
    target = tmp_path / "registrations.jsonl"
    run("convert", EXPORT, target, "--fail-on", "never")
    assert run("diff", EXPORT, target, "--exit-code").code == 0


def test_roundtrip_is_0_when_all_comes_back(run):
    assert run("roundtrip", GOOD).code == 0


def test_roundtrip_is_1_when_something_is_lost(run, monkeypatch):
    jsonl = codecs.CODECS["jsonl"]
    write = type(jsonl).write

    def forgetful(self, entries, stream, options):
        yield from write(self, list(entries)[1:], stream, options)

    monkeypatch.setattr(type(jsonl), "write", forgetful)
    assert run("roundtrip", GOOD, "--via", "jsonl").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["convert"],
        ["convert", GOOD],
        ["convert", GOOD, "-"],
        ["convert", GOOD, "out.jsonl", "--no-such-option"],
        ["convert", GOOD, "out.jsonl", "--to", "no-such-format"],
        ["convert", GOOD, "out.jsonl", "--from", "no-such-format"],
        ["convert", GOOD, "out.unknown"],
        ["convert", GOOD, "out"],
        ["convert", GOOD, "out.xml", "--legal-version", "1999-01-01"],
        ["convert", GOOD, "out.jsonl", "--fail-on", "sometimes"],
        ["convert", GOOD, "out.jsonl", "--losses", "losses.docx"],
        ["convert", GOOD, GOOD],
        ["check", GOOD, "--legal-version", "1999-01-01"],
        ["check", GOOD, "--as-of", "gisteren"],
        ["convert", GOOD, "submission.jsonl", "--profile", "submission"],
        ["explain", "annex-viii.B-7.missing"],
        ["check", GOOD, "--report", "no-such-form"],
        ["gaps", GOOD, "--legal-version", "../2026-07-27"],
        ["gaps", GOOD, "--from", "no-such-format"],
        ["diff", GOOD],
        ["diff", GOOD, GOOD, "--old-format", "no-such-format"],
        ["roundtrip", GOOD, "--via", "no-such-format"],
        ["roundtrip", GOOD, "--via", "nl-algoritmeregister"],
        ["list"],
        ["list", "no-such-list"],
        ["list", "items", "no-such-section"],
        ["list", "codelists", "no-such-list"],
        ["list", "items", "--legal-version", "1999-01-01"],
        ["explain"],
        ["explain", "no-such-code"],
        ["explain", "A-99"],
        ["explain", "A-11", "--legal-version", "1999-01-01"],
    ],
    ids=lambda arguments: " ".join(getattr(each, "name", each) for each in arguments),
)
def test_wrong_use_is_2_and_writes_nothing(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    outcome = run(*arguments)
    assert outcome.code == 2, outcome.err
    assert outcome.err and not outcome.out
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_exists_is_2_and_stays_as_it_was(run, tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("mine", encoding="utf-8")
    assert run("convert", GOOD, target).code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["out.jsonl"]


def test_force_replaces_a_target_and_keeps_its_mode(run, tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("mine", encoding="utf-8")
    target.chmod(0o640)
    assert run("convert", GOOD, target, "--force").code == 0
    assert target.read_text(encoding="utf-8") != "mine"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_source_may_be_its_own_target_with_force(run, tmp_path):
    source = tmp_path / "export.csv"
    source.write_bytes(EXPORT.read_bytes())
    arguments = ("--to", "nl-algoritmeregister", "--force", "--fail-on", "never")
    assert run("convert", source, source, *arguments).code == 0
    assert run("diff", EXPORT, source, "--exit-code").code == 0


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("command", ["convert", "check", "gaps", "roundtrip", "diff"])
def test_a_source_that_cannot_be_read_is_3_and_writes_nothing(run, tmp_path, name, command):
    source, target = SAMPLES / f"{name}.csv", tmp_path / "out.jsonl"
    more = {"convert": [target], "diff": [GOOD, "-o", target]}.get(command, ["-o", target])
    assert run(command, source, *more).code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"gewoon een tekst\n", "no export of a register"),
        ("name,goal".encode("utf-16"), "UTF-16"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"PK\x03\x04rest", "archive"),
        (b"<html><body>Inloggen</body></html>", "XML or HTML"),
        (b'{"a": 1}', "JSON"),
        (b"\x00\x01\x02\x03", "binary"),
    ],
)
def test_what_is_not_recognised_is_3_and_says_what_it_looks_like(run, tmp_path, content, reason):
    source = tmp_path / "source"
    source.write_bytes(content)
    outcome = run("check", source)
    assert (outcome.code, outcome.out) == (3, "")
    assert reason in outcome.err


def test_a_missing_source_is_3(run, tmp_path):
    outcome = run("check", tmp_path / "no-such.csv")
    assert outcome.code == 3
    assert "No such file" in outcome.err


def test_a_folder_as_source_is_3(run, tmp_path):
    assert run("check", tmp_path).code == 3


def test_a_folder_as_target_is_3(run, tmp_path):
    target = tmp_path / "out.jsonl"
    target.mkdir()
    assert run("convert", GOOD, target, "--force").code == 3
    assert target.is_dir()


def test_a_target_in_a_missing_folder_is_3(run, tmp_path):
    assert run("convert", GOOD, tmp_path / "none" / "out.jsonl").code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_target_in_a_folder_that_may_not_be_written_is_3(run, tmp_path):
    tmp_path.chmod(0o500)
    assert run("convert", GOOD, tmp_path / "out.jsonl").code == 3


def test_a_bug_is_4_and_says_how_to_report_it(run, tmp_path, monkeypatch):
    monkeypatch.delenv("AIEXCHANGE_DEBUG", raising=False)

    def broken(*_):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(type(codecs.CODECS["jsonl"]), "write", broken)
    outcome = run("convert", GOOD, tmp_path / "out.jsonl")
    assert outcome.code == 4
    assert "ZeroDivisionError: oops" in outcome.err and "report" in outcome.err
    assert "Traceback" not in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_is_130_and_leaves_nothing_behind(run, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(codecs.CODECS["jsonl"]), "write", interrupted)
    assert run("convert", GOOD, tmp_path / "out.jsonl").code == 130
    assert list(tmp_path.iterdir()) == []


def test_data_goes_to_standard_output_and_all_else_to_standard_error(run):
    outcome = run("convert", GOOD, "-", "--to", "jsonl")
    assert outcome.code == 0
    assert [json.loads(line)["schema"] for line in outcome.out.splitlines()] == [
        "aiexchange/registration/1"
    ] * 2
    assert "standard output" in outcome.err


@pytest.mark.parametrize("command", ["check", "gaps", "roundtrip"])
def test_standard_input_is_read_like_a_file(run, command):
    piped, named = run(command, "-", stdin=GOOD.read_bytes()), run(command, GOOD)
    assert piped.code == named.code
    assert piped.out.splitlines()[-1] == named.out.splitlines()[-1]


def test_standard_input_is_converted_like_a_file(run, tmp_path):
    run("convert", "-", tmp_path / "a.jsonl", stdin=GOOD.read_bytes())
    run("convert", GOOD, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.partition(".")[0])
def test_an_invalid_sample_is_reported_with_the_codes_that_it_was_made_for(run, path):
    expected = json.loads(path.read_text(encoding="utf-8"))
    (source,) = (
        each
        for each in path.parent.glob(f"{path.name.removesuffix('.expect.json')}.*")
        if each != path
    )
    report = ["--report", "json"] if expected["command"] == "check" else []
    outcome = run(expected["command"], source, *report)
    assert outcome.code == expected["exit"], outcome.err
    if expected["codes"]:
        found = {finding["code"] for finding in json.loads(outcome.out)["findings"]}
        assert set(expected["codes"]) <= found


def test_every_invalid_sample_says_what_is_expected():
    invalid = {path.stem for path in SAMPLES.parent.glob("**/invalid-*") if path.suffix != ".json"}
    assert invalid <= {path.name.removesuffix(".expect.json") for path in EXPECTED}
