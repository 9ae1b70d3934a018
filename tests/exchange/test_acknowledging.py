"""Acknowledgements: what a receiver answers becomes entries, and what it found is told."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import aiexchange
from aiexchange import law
from aiexchange.errors import InputError, UnrecognisedInputError
from aiexchange.findings import Finding, Origin, Severity, Words
from aiexchange.formats.eudb.acknowledgement import Result, head_text, read, result_text
from aiexchange.law.examples import specimen
from aiexchange.model import DatabaseEntry, EntryState, SectionCode
from aiexchange.model.paths import plain
from aiexchange.resources import data_folder
from shared import EXPORT
from strategies import TEXTS, URLS

NEW = law.legal_version()
some = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def xsd():
    return etree.XMLSchema(
        etree.parse(data_folder("schemas") / "eudb" / "1.0" / "acknowledgement.xsd")
    )


def lines(path, *registrations):
    text = (json.dumps({"schema": "aiexchange/registration/1", **each}) for each in registrations)
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def ready(section, **members):
    return plain(specimen(section, NEW)) | members


BAD = ready("C", record_id="example:bad", use={})


@pytest.fixture
def source(tmp_path):
    return lines(tmp_path / "in.jsonl", ready("A"), ready("C"), ready("none"), BAD)


@pytest.fixture
def answer(run, source, tmp_path):
    run("check", source, "--report", f"eudb-ack={tmp_path / 'ack.xml'}")
    return tmp_path / "ack.xml"


def entries(path):
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each["record_id"]: each.get("entries") for each in told}


FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["annex-viii.C-3.missing", "xsd.type"]),
    severity=st.sampled_from(Severity),
    message=TEXTS,
    record_id=st.just("example:1"),
    path=st.none() | st.just("use.provider_entry"),
    basis=st.none() | TEXTS,
    mend=st.none() | TEXTS,
    translated=st.none() | st.builds(Words, TEXTS, TEXTS).map(lambda words: {"nl": words}),
)
ENTRIES = st.builds(
    DatabaseEntry,
    section=st.sampled_from(SectionCode),
    id=st.none() | st.just("EU-1"),
    url=st.none() | URLS,
    version=st.integers(1, 9),
    state=st.sampled_from(EntryState),
)


def written(results, header=None):
    return head_text(header or {}, ()) + "".join(map(result_text, results)) + TAIL


TAIL = "</RegistrationAcknowledgement>\n"


@some
@given(entry=ENTRIES, findings=st.lists(FINDINGS, max_size=3))
def test_an_answer_that_is_written_is_valid_and_read_back(xsd, entry, findings):
    result = Result("example:1", entry.version, entry, tuple(findings))
    text = written([result]).encode()
    xsd.assertValid(etree.fromstring(text))
    (back,) = read(io.BytesIO(text)).results
    assert (back.record_id, back.version, back.entry) == ("example:1", entry.version, entry)
    for old, new in zip(findings, back.findings, strict=True):
        members = ("code", "severity", "message", "record_id", "path", "basis", "mend")
        assert [getattr(old, m) for m in members] == [getattr(new, m) for m in members]
        assert old.translated == new.translated


def test_a_simulated_answer_is_valid(answer, xsd):
    xsd.assertValid(etree.parse(answer))
    assert etree.parse(answer).findtext(".//{*}TestIndicator") == "true"


def test_a_simulated_answer_accepts_what_has_no_violation_and_rejects_the_rest(answer):
    with answer.open("rb") as stream:
        results = read(stream).results
    states = {each.record_id: each.entry.state for each in results}
    assert states == {"example:A": "accepted", "example:C": "accepted", "example:bad": "rejected"}
    assert "annex-viii.C-3.missing" in {each.code for each in results[-1].findings}


def test_what_is_due_under_two_sections_has_a_state_for_each(run, tmp_path):
    both = ready("A")
    both["deployer"] = {"name": both["provider"]["name"]}
    source = lines(tmp_path / "two.jsonl", both)
    run("check", source, "--report", f"eudb-ack={tmp_path / 'two.xml'}")
    with (tmp_path / "two.xml").open("rb") as stream:
        states = {each.entry.section: each.entry.state for each in read(stream).results}
    assert states == {"A": "accepted", "C": "rejected"}


def test_what_is_answered_becomes_entries(run, source, answer, tmp_path):
    outcome = run("acknowledge", source, answer, tmp_path / "out.jsonl")
    assert outcome.code == 1
    assert "3 of 4 registrations were answered: 2 entries accepted, 1 rejected." in outcome.err
    assert "annex-viii.C-3.missing" in outcome.err and "ack.xml, line" in "".join(
        outcome.err.split("\n    ")
    )
    found = entries(tmp_path / "out.jsonl")
    assert found["example:A"] == [{"section": "A", "version": 1, "state": "accepted"}]
    assert found["example:bad"] == [{"section": "C", "version": 1, "state": "rejected"}]
    assert found["example:none"] is None


def test_the_findings_of_the_answer_are_those_of_the_check(run, source, answer, tmp_path):
    checked = {(each.code, each.record_id, each.message) for each in aiexchange.check(source)}
    found = aiexchange.acknowledge(source, answer, tmp_path / "out.jsonl").findings
    assert {(each.code, each.record_id, each.message) for each in found} == checked


def test_the_answer_is_shown_in_dutch(run, source, answer, tmp_path):
    outcome = run("acknowledge", source, answer, tmp_path / "out.jsonl", "--lang", "nl")
    assert "verwijst niet naar" in outcome.err
    dutch = tmp_path / "nl.xml"
    run("check", source, "--report", f"eudb-ack={dutch}", "--lang", "nl")
    assert dutch.read_bytes() == answer.read_bytes()


def test_a_newer_answer_takes_the_place_of_an_older_one_and_keeps_what_it_leaves_out(run, tmp_path):
    old = {"section": "A", "id": "EU-1", "url": "https://example.eu/1", "state": "submitted"}
    source = lines(tmp_path / "in.jsonl", ready("A", entries=[old, {"section": "B"}]))
    new = DatabaseEntry(section="A", state="accepted", version=1)
    ack = tmp_path / "ack.xml"
    ack.write_text(written([Result("example:A", 1, new)]), encoding="utf-8")
    assert run("acknowledge", source, ack, tmp_path / "out.jsonl").code == 0
    assert entries(tmp_path / "out.jsonl")["example:A"] == [
        {**old, "state": "accepted", "version": 1},
        {"section": "B"},
    ]


def test_an_answer_about_another_version_is_about_no_registration(run, tmp_path):
    source = lines(tmp_path / "in.jsonl", ready("A"))
    entry = DatabaseEntry(section="A", state="accepted", version=7)
    ack = tmp_path / "ack.xml"
    results = [Result("example:A", 7, entry), Result("example:x", None, entry)]
    ack.write_text(written(results), encoding="utf-8")
    outcome = run("acknowledge", source, ack, tmp_path / "out.jsonl")
    assert outcome.err.count("ack.unknown-record") == 1
    assert "version 7 of example:A" in " ".join(outcome.err.split())
    assert entries(tmp_path / "out.jsonl")["example:A"] is None


def test_several_answers_are_taken_at_once(run, tmp_path):
    source = lines(tmp_path / "in.jsonl", ready("A"), ready("C"))
    files = []
    for section in "AC":
        files.append(tmp_path / f"{section}.xml")
        entry = DatabaseEntry(section=section, state="accepted", url=f"https://e.eu/{section}")
        files[-1].write_text(written([Result(f"example:{section}", None, entry)]), "utf-8")
    assert run("acknowledge", source, *files, tmp_path / "out.xml").code == 0
    found = [each.registration.entries[0].url for each in aiexchange.read(tmp_path / "out.xml")]
    assert found == ["https://e.eu/A", "https://e.eu/C"]


def test_what_was_submitted_can_be_answered_from_the_source(run, source, answer, tmp_path):
    message = tmp_path / "out.xml"
    run("convert", source, message, "--profile", "submission", "--sender", "x")
    run("check", message, "--report", f"eudb-ack={tmp_path / 'two.xml'}")
    result = aiexchange.acknowledge(source, tmp_path / "two.xml", tmp_path / "out.jsonl")
    assert (result.accepted, result.rejected) == (2, 0)


def test_an_export_is_answered_record_by_record(run, tmp_path):
    ack = tmp_path / "ack.xml"
    run("check", EXPORT, "--report", f"eudb-ack={ack}")
    result = aiexchange.acknowledge(EXPORT, ack, tmp_path / "out.jsonl")
    found = [each for told in entries(tmp_path / "out.jsonl").values() for each in told or ()]
    assert (result.written, result.accepted, len(found)) == (58, 0, 18)
    assert {each["state"] for each in found} == {"rejected"}
    assert not [each for each in result.findings if each.code == "ack.unknown-record"]


HEAD = '<RegistrationAcknowledgement xmlns="urn:aiexchange:xsd:acknowledgement:1">{}' + TAIL


@pytest.mark.parametrize(
    "result",
    [
        "<Result><Section>A</Section><State>accepted</State></Result>",
        "<Result><RecordID>x:1</RecordID><Section>Q</Section><State>accepted</State></Result>",
        "<Result><RecordID>x:1</RecordID><Section>A</Section><State>fine</State></Result>",
    ],
)
def test_a_result_that_cannot_be_read_is_a_finding(result):
    found = read(io.BytesIO(HEAD.format(result).encode()), "a.xml")
    assert [each.code for each in found.findings] == ["ack.invalid-result"]
    assert found.results == ()


def test_what_is_said_of_the_whole_message_is_told(run, tmp_path):
    text = "<Code>x.y</Code><Severity>violation</Severity><Message>Te groot</Message>"
    ack = tmp_path / "ack.xml"
    ack.write_text(HEAD.format(f"<Finding>{text}</Finding>"), encoding="utf-8")
    outcome = run(
        "acknowledge", lines(tmp_path / "in.jsonl", ready("A")), ack, tmp_path / "o.jsonl"
    )
    assert outcome.code == 1 and "Te groot" in outcome.err


@pytest.mark.parametrize("text", ["", "<a/>", "<!DOCTYPE a><a/>", HEAD[:-9]])
def test_what_is_no_answer_is_refused_and_nothing_is_written(run, source, tmp_path, text):
    ack = tmp_path / "ack.xml"
    ack.write_text(text, encoding="utf-8")
    assert run("acknowledge", source, ack, tmp_path / "out.jsonl").code == 3
    assert not (tmp_path / "out.jsonl").exists()
    with pytest.raises((InputError, UnrecognisedInputError)):
        read(io.BytesIO(text.encode()))


def test_a_record_that_could_not_be_read_is_rejected_under_no_section(run, tmp_path, xsd):
    bad = tmp_path / "bad.xml"
    run("convert", lines(tmp_path / "in.jsonl", ready("A")), bad)
    text = bad.read_text(encoding="utf-8").replace("<Status>ON_MARKET", "<Status>weg")
    bad.write_text(text, encoding="utf-8")
    ack = tmp_path / "ack.xml"
    run("check", bad, "--report", f"eudb-ack={ack}")
    xsd.assertValid(etree.parse(ack))
    with ack.open("rb") as stream:
        (result,) = read(stream).results
    assert (result.record_id, result.entry, result.rejected) == ("example:A", None, True)
    assert "xsd.type" in {each.code for each in result.findings}
    assert Origin("a") != result.origin
