"""Who may see what: public and restricted registrations in messages of their own."""

from __future__ import annotations

import io

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from lxml import etree

from aiexchange import law
from aiexchange.checks.xsd import validate
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb.layout import carried, restricted_plan
from aiexchange.law.examples import specimen
from aiexchange.model import Entry, Registration
from aiexchange.model.codes import SectionCode
from aiexchange.model.paths import plain, walk
from aiexchange.resources import data_folder
from strategies import registrations

XML = FORMATS["eudb-xml"]
NEW = law.legal_version()
SCHEMA = data_folder("schemas") / "eudb" / "1.0" / "message.xsd"
SECTIONS = [code.value for code in SectionCode]
some = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def validators():
    return etree.XMLSchema(etree.parse(SCHEMA)), xmlschema.XMLSchema(str(SCHEMA))


def written(*given_, **options):
    stream = io.BytesIO()
    entries = [Entry(each, Origin("in.jsonl", line=n)) for n, each in enumerate(given_, 1)]
    findings = list(XML.write(entries, stream, Options(**options)))
    return stream.getvalue(), findings


def read(data):
    return [entry.registration for entry in XML.read(io.BytesIO(data), Options())]


def changed(section, **classification):
    data = plain(specimen(section, NEW))
    data["classification"] |= classification
    data |= {"title": {"nl": "Titel"}, "extras": {"kolom": "x"}, "residue": {"veld": "y"}}
    return Registration.model_validate(data)


def secret(section):
    return changed(section, annex_iii=["6(a)"])


def said(registration):
    return {path: plain(value) for path, _, value in walk(registration)}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_restricted_registration_holds_the_items_of_article_49_4_alone(section, validators):
    data, _ = written(secret(section), access="restricted")
    for validator in validators[:1]:
        validator.assertValid(etree.fromstring(data))
    (back,) = read(data)
    listed = [item for item in NEW.section(SectionCode(section)) if item.restricted_set]
    paths = [path.replace("[]", "").split(".") for item in listed for path in item.paths]
    allowed = {".".join(path[:2]) for path in paths}
    routing = {f"classification.{name}" for name in ("declared", "annex_iii", "sensitive_area")}
    for path in said(back):
        item = ".".join(path.split(".")[:2])
        assert item in allowed or path in {*routing, "record_id", "version"}, path


@pytest.mark.parametrize("section", SECTIONS)
def test_what_a_restricted_registration_leaves_out_is_told_value_by_value(section):
    registration = secret(section)
    data, findings = written(registration, access="restricted")
    (back,) = read(data)
    lost = {each.path for each in findings if each.code == "loss.restricted-set"}
    flat = {"title", "extras.kolom", "residue.veld"}
    gone = {path for path in said(registration) if path not in said(back)}
    assert lost - flat == gone - {"title", "extras", "residue"}
    assert flat <= lost
    kept = set(said(registration)) & set(said(back))
    assert all(said(registration)[path] == said(back)[path] for path in kept)


@some
@given(registration=registrations())
def test_every_message_is_valid_whatever_its_access(validators, registration):
    for access in ("public", "restricted"):
        data, _ = written(registration, access=access)
        validators[0].assertValid(etree.fromstring(data))


@some
@given(registration=registrations())
def test_a_value_is_carried_by_one_of_the_two_messages_or_told(registration):
    messages = [written(registration, access=access) for access in ("public", "restricted")]
    lost = {each.path for _, findings in messages for each in findings}
    backs = [said(back) for data, _ in messages for back in read(data)]
    for path, value in said(registration).items() if backs else ():
        carried_ = any(back.get(path) == value for back in backs)
        assert carried_ or any(each and each.startswith(path) for each in lost), path


MESSAGE = (
    '<RegistrationMessage xmlns="urn:aiexchange:xsd:message:1" schemaVersion="1.0.0"'
    ' profile="exchange">{}</RegistrationMessage>'
)
RECORD = (
    '<{0} xmlns="urn:aiexchange:xsd:registration:1" action="NEW"><RecordID>x:1</RecordID>'
    "<Version>1</Version><Context/>{1}</{0}>"
)


def restricted(body):
    return MESSAGE.format(RECORD.format("RestrictedRegistration", body))


LEAKS = {
    "a summary": '<SectionC><FRIASummary xml:lang="nl">x</FRIASummary></SectionC>',
    "instructions": "<SectionA><InstructionsForUse><URL>http://a.b</URL></InstructionsForUse></SectionA>",
    "how it works": '<SectionA><OperatingLogic xml:lang="nl">x</OperatingLogic></SectionA>',
    "the conditions": "<SectionB><Article63Condition>6(3)(a)</Article63Condition></SectionB>",
    "the plan of a test": '<AnnexIX><PlanSummary xml:lang="nl">x</PlanSummary></AnnexIX>',
    "extensions": "<Extensions/>",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_leak_is_an_error_of_the_schema(validators, leak):
    assert validators[0].validate(etree.fromstring(restricted("")))
    assert not validators[0].validate(etree.fromstring(restricted(leak)))
    assert not validators[1].is_valid(restricted(leak))
    assert list(validate(io.BytesIO(restricted(leak).encode()), "a.xml"))


def test_a_message_that_mixes_is_an_error_of_the_schema(validators):
    both = MESSAGE.format(
        RECORD.format("Registration", "") + RECORD.format("RestrictedRegistration", "")
    )
    assert not validators[0].validate(etree.fromstring(both))
    assert not validators[1].is_valid(both)
    (finding,) = validate(io.BytesIO(both.encode()), "a.xml")
    assert (finding.code, finding.path) == (
        "xsd.element",
        "RegistrationMessage/RestrictedRegistration[2]",
    )


def test_a_message_of_both_kinds_of_closed_records_is_valid(validators):
    both = MESSAGE.format(
        RECORD.format("UnpublishedTest", "") + RECORD.format("RestrictedRegistration", "")
    )
    validators[0].assertValid(etree.fromstring(both))
    assert list(validate(io.BytesIO(both.encode()), "a.xml")) == []


def test_a_file_for_exchange_refuses_what_is_restricted_and_says_how_to_write_it():
    data, (finding,) = written(specimen("A", NEW), secret("C"))
    assert finding.code == "eudb-xml.restricted-refused"
    assert "--access restricted" in finding.mend
    assert [each.record_id for each in read(data)] == ["example:A"]


def test_access_splits_a_source():
    source = [specimen("A", NEW), secret("C"), changed("A", annex_iii=[]), specimen("none", NEW)]
    source.append(changed("C", annex_iii=["2"]))
    public, told = written(*source, access="public")
    closed, others = written(*source, access="restricted")
    assert [each.record_id for each in read(public)] == ["example:A"]
    assert [each.record_id for each in read(closed)] == ["example:C"]
    assert [each.code for each in told] == ["eudb-xml.other-access"] * 4
    assert {each.severity.value for each in told} == {"info", "warning"}
    assert len([each for each in others if each.code == "eudb-xml.other-access"]) == 4


def trial(consent):
    data = plain(specimen("IX", NEW))
    data["test"]["publication_consent"] = consent
    return Registration.model_validate(data)


def test_a_test_without_consent_is_closed_and_complete(validators):
    registration = trial(consent=False)
    data, _ = written(registration, access="restricted")
    validators[0].assertValid(etree.fromstring(data))
    assert b"<UnpublishedTest " in data
    (back,) = read(data)
    assert back.test == registration.test
    assert read(written(registration, access="public")[0]) == []


def test_a_test_with_consent_is_public():
    registration = trial(consent=True)
    assert read(written(registration, access="public")[0]) == [registration]


def test_the_system_of_a_test_without_consent_is_public_without_the_test():
    data = plain(specimen("A", NEW)) | {"test": {"identification_number": "T-1"}}
    registration = Registration.model_validate(data)
    public, findings = written(registration, access="public")
    assert read(public)[0].test is None and read(public)[0].system == registration.system
    assert [each.path for each in findings] == ["test.identification_number"]
    assert read(written(registration, access="restricted")[0])[0].test == registration.test


def test_the_restricted_plan_has_no_extensions():
    paths = carried(restricted_plan(frozenset(SectionCode)))
    assert not {"residue", "extras", "title", "use.fria_summary", "test.plan_summary"} & paths


@pytest.mark.parametrize("section", SECTIONS)
def test_what_came_back_from_a_restricted_message_is_never_published(section):
    data, _ = written(secret(section), access="restricted")
    (back,) = read(data)
    stream = io.BytesIO()
    findings = list(FORMATS["dcat"].write([Entry(back, Origin())], stream, Options()))
    assert "dcat.restricted-refused" in {each.code for each in findings}
    assert b"example:" not in stream.getvalue()
    assert read(written(back, access="public")[0]) == []


def test_a_test_without_consent_is_never_published():
    stream = io.BytesIO()
    entry = Entry(trial(consent=None), Origin())
    (finding,) = FORMATS["dcat"].write([entry], stream, Options())
    assert finding.code == "dcat.restricted-refused"
    assert b"EU-TEST-0001" not in stream.getvalue()
