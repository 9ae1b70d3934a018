"""Submissions: what is ready goes out, 300 to a message; what is not is held back, with reasons."""

from __future__ import annotations

import io
import json
import re
from functools import partial

import pytest
from lxml import etree

from aiexchange import law
from aiexchange.checks.xsd import schema, validate
from aiexchange.formats.eudb.names import MESSAGE
from aiexchange.law.examples import specimen
from aiexchange.model.paths import plain
from shared import EXPORT

NEW = law.legal_version()
HEADER = (
    *("MessageID", "Time", "Sender", "Recipient", "LegalVersion", "TestIndicator"),
    *("ConversationID", "PartNumber", "PartCount", "Generator"),
)
SENT = ("--profile", "submission", "--sender", "Gemeente Voorbeeld", "--sent-at", "2026-11-25")


def lines(path, *registrations):
    text = (json.dumps({"schema": "aiexchange/registration/1", **each}) for each in registrations)
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def ready(section="C", **members):
    return plain(specimen(section, NEW)) | {"title": {"nl": "Titel"}} | members


def many(number):
    return [ready(record_id=f"example:{each}") for each in range(number)]


@pytest.fixture
def submit(run, tmp_path):
    def submit(*registrations, options=SENT, target="out.xml"):
        source = lines(tmp_path / "in.jsonl", *registrations)
        return run("convert", source, tmp_path / target, *options)

    return submit


def header(path):
    found = etree.parse(path).find(f"{{{MESSAGE}}}Header")
    return {each.tag.rpartition("}")[2]: each.text for each in found}


def records(path):
    return [each.text for each in etree.parse(path).iter("{*}RecordID")]


def test_what_is_ready_is_written_and_valid(submit, tmp_path):
    outcome = submit(*(ready(section) for section in "ABC"))
    assert (outcome.code, records(tmp_path / "out.xml")) == (
        0,
        ["example:A", "example:B", "example:C"],
    )
    schema().assertValid(etree.parse(tmp_path / "out.xml"))
    with (tmp_path / "out.xml").open("rb") as stream:
        assert list(validate(stream, "out.xml")) == []


def test_a_submission_holds_what_the_items_ask_for_and_nothing_else(submit, tmp_path):
    outcome = submit(ready("A", extras={"eigen": "x"}, residue={"veld": "y"}))
    root = etree.parse(tmp_path / "out.xml")
    assert root.getroot().get("profile") == "submission"
    assert root.find(".//{*}Extensions") is None
    assert b"Titel" not in (tmp_path / "out.xml").read_bytes()
    assert "No item asks for title, residue, extras;" in " ".join(outcome.err.split())


def test_the_envelope_is_complete(submit, tmp_path):
    submit(ready())
    told = header(tmp_path / "out.xml")
    assert tuple(told) == HEADER
    assert told["Sender"] == "Gemeente Voorbeeld"
    assert told["Time"] == "2026-11-25T00:00:00+00:00"
    assert (told["LegalVersion"], told["TestIndicator"]) == (NEW.id, "false")
    assert (told["PartNumber"], told["PartCount"]) == ("1", "1")


def test_a_trial_is_marked_and_a_recipient_named(submit, tmp_path):
    submit(ready(), options=(*SENT, "--test", "--recipient", "Toezichthouder"))
    told = header(tmp_path / "out.xml")
    assert (told["TestIndicator"], told["Recipient"]) == ("true", "Toezichthouder")


def test_without_a_sender_nobody_is_invented(submit, tmp_path):
    outcome = submit(ready(), options=("--profile", "submission"))
    assert "eudb-xml.no-sender" in outcome.err
    assert header(tmp_path / "out.xml")["Sender"] == "not stated"


def test_what_is_not_ready_is_held_back_with_its_reasons(submit, tmp_path):
    bad = ready(record_id="example:bad", use={}, deployer={"name": "Gemeente Voorbeeld"})
    outcome = submit(ready(), bad)
    assert outcome.code == 1
    assert records(tmp_path / "out.xml") == ["example:C"]
    told = " ".join(outcome.err.split())
    assert "eudb-xml.held-back" in told and "annex-viii.C-3.missing" in told
    assert told.count("1 registration, read as jsonl") == 1


def test_what_is_not_due_is_left_out_and_no_fault(submit, tmp_path):
    none = plain(specimen("none", NEW))
    outcome = submit(ready(), none)
    assert (outcome.code, records(tmp_path / "out.xml")) == (0, ["example:C"])
    assert "eudb-xml.other-access" in outcome.err


def test_if_nothing_is_ready_nothing_is_written(run, tmp_path):
    outcome = run("convert", EXPORT, tmp_path / "out.xml", *SENT)
    assert outcome.code == 1
    assert list(tmp_path.iterdir()) == []
    assert "Written as eudb-xml: nothing" in outcome.err


def test_three_hundred_and_one_take_two_files_of_one_conversation(submit, tmp_path):
    outcome = submit(*many(301))
    assert outcome.code == 0
    first, second = tmp_path / "out-001.xml", tmp_path / "out-002.xml"
    assert not (tmp_path / "out.xml").exists()
    assert (len(records(first)), len(records(second))) == (300, 1)
    one, two = header(first), header(second)
    assert one["ConversationID"] == two["ConversationID"]
    assert one["MessageID"] != two["MessageID"]
    assert [(each["PartNumber"], each["PartCount"]) for each in (one, two)] == [
        ("1", "2"),
        ("2", "2"),
    ]
    assert "out-001.xml" in outcome.err and "out-002.xml" in outcome.err


def test_three_hundred_take_one(submit, tmp_path):
    submit(*many(300))
    assert len(records(tmp_path / "out.xml")) == 300


def test_a_file_that_exists_keeps_all_of_them_from_being_written(submit, tmp_path):
    (tmp_path / "out-002.xml").write_text("mine", encoding="utf-8")
    assert submit(*many(301)).code == 2
    assert not (tmp_path / "out-001.xml").exists()
    assert submit(*many(301), options=(*SENT, "--force")).code == 0


def test_several_messages_do_not_fit_on_standard_output(run, tmp_path):
    send = partial(run, "convert", options := lines(tmp_path / "in.jsonl", *many(301)), "-")
    outcome = send("--to", "eudb-xml", *SENT)
    assert (outcome.code, outcome.out) == (2, "")
    assert options.exists() and "name a file" in outcome.err


def test_the_same_registrations_have_the_same_ids(submit, tmp_path):
    submit(ready())
    submit(ready(), target="again.xml", options=("--profile", "submission", *SENT[2:4]))
    submit(ready(record_id="example:other"), target="other.xml")
    ids = [header(tmp_path / f"{each}.xml")["MessageID"] for each in ("out", "again", "other")]
    assert ids[0] == ids[1] != ids[2]


def test_a_restricted_registration_is_submitted_apart(submit, tmp_path):
    closed = ready("C")
    closed["classification"]["annex_iii"] = ["6(a)"]
    outcome = submit(closed, ready("A"))
    assert outcome.code == 1 and "--access restricted" in outcome.err
    assert records(tmp_path / "out.xml") == ["example:A"]
    outcome = submit(closed, ready("A"), options=(*SENT, "--access", "restricted"), target="r.xml")
    assert (outcome.code, records(tmp_path / "r.xml")) == (0, ["example:C"])
    assert etree.parse(tmp_path / "r.xml").find(".//{*}RestrictedRegistration") is not None
    schema().assertValid(etree.parse(tmp_path / "r.xml"))


def test_access_is_for_messages(run, tmp_path):
    source = lines(tmp_path / "in.jsonl", ready())
    assert run("convert", source, tmp_path / "out.ttl", "--access", "public").code == 2
    assert run("convert", source, tmp_path / "out.xml", *SENT[:2], "--sent-at", "x").code == 2


def test_a_submission_without_its_envelope_is_found(submit, tmp_path):
    submit(ready())
    text = (tmp_path / "out.xml").read_text(encoding="utf-8")
    for before, after, path in (
        (r"<Sender>.*</Sender>\n", "", "RegistrationMessage/Header/Sender"),
        (r"(?s)<Header>.*</Header>\n", "", "RegistrationMessage/Header"),
    ):
        found = list(validate(io.BytesIO(re.sub(before, after, text).encode()), "out.xml"))
        assert [(each.code, each.path) for each in found] == [("xsd.element", path)]


def test_a_submission_of_more_than_three_hundred_is_found(submit, tmp_path):
    submit(*many(300))
    text = (tmp_path / "out.xml").read_text(encoding="utf-8")
    record = re.search(r"(?s) <Registration .*?</Registration>\n", text)[0]
    more = text.replace(record, record * 3, 1)
    found = list(validate(io.BytesIO(more.encode()), "out.xml"))
    assert [each.path for each in found] == ["RegistrationMessage/Registration[301]"]
