"""The schemas: they follow the law and the model, and any validator can use them alone."""

from __future__ import annotations

import io
import re

import pytest
import xmlschema
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from aiexchange import law
from aiexchange.errors import UsageError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb.layout import SECTIONS
from aiexchange.formats.eudb.names import NOT_OFFICIAL, element_name
from aiexchange.model import Entry, Registration, SectionCode
from aiexchange.model.registration import RecordId
from aiexchange.model.table import fields_of
from aiexchange.model.types import Country, Kind, Language, Moment, PartialDate, String, Url
from aiexchange.resources import data_folder

XML = FORMATS["eudb-xml"]
SCHEMAS = data_folder("schemas") / "eudb" / "1.0"
RECORDS = "{urn:aiexchange:xsd:registration:1}"
XS = "{http://www.w3.org/2001/XMLSchema}"
FILES = sorted(path.name for path in SCHEMAS.glob("*.xsd"))
some = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def parsed(file):
    return etree.parse(SCHEMAS / file).getroot()


@pytest.fixture(scope="module")
def valid():
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "message.xsd"))
    return lambda text: schema.validate(etree.fromstring(text))


def record(body):
    return (
        '<Registration xmlns="urn:aiexchange:xsd:registration:1" action="NEW">'
        f"<RecordID>nl-a:1</RecordID><Version>1</Version>{body}</Registration>"
    )


def written(*given, version=None):
    stream = io.BytesIO()
    entries = [Entry(Registration.model_validate(each), Origin()) for each in given]
    findings = list(XML.write(entries, stream, Options(legal_version=version)))
    return stream.getvalue(), findings


@pytest.mark.parametrize("file", FILES)
def test_every_schema_says_that_it_is_not_official(file):
    text = (SCHEMAS / file).read_text(encoding="utf-8")
    assert file == "xml.xsd" or NOT_OFFICIAL in text.partition("<xs:schema")[0]


@pytest.mark.parametrize("file", FILES)
def test_no_schema_points_outside_its_folder(file):
    places = [each.get("schemaLocation") for each in parsed(file).iter(f"{XS}import")]
    assert set(places) <= set(FILES)


@pytest.mark.parametrize("file", ["message.xsd", "acknowledgement.xsd"])
def test_the_schemas_load_without_a_network(file):
    etree.XMLSchema(etree.parse(SCHEMAS / file, etree.XMLParser(no_network=True)))
    xmlschema.XMLSchema(str(SCHEMAS / file), allow="local")


@pytest.mark.parametrize("code", SectionCode)
def test_a_section_has_an_element_for_each_of_its_items_and_nothing_else(code):
    asked = {
        (item.id, part)
        for item in law.legal_version().section(code)
        for path in item.paths
        for part in [".".join(path.replace("[]", "").split(".")[:2])]
    }
    given = {(item, slot.path) for slot in SECTIONS[code].slots() for item in slot.item.split()}
    assert given == asked


@pytest.mark.parametrize("code", SectionCode)
def test_a_restricted_section_holds_the_items_of_article_49_4_alone(code):
    kind = parsed("registration.xsd").find(
        f"{XS}complexType[@name='Restricted{SECTIONS[code].name}']"
    )
    marked = {each.text for each in kind.iter(f"{XS}appinfo")}
    assert marked == {item.id for item in law.legal_version().section(code) if item.restricted_set}


def test_every_element_of_a_section_names_its_item_and_says_what_it_is():
    for block in SECTIONS.values():
        kind = parsed("registration.xsd").find(f"{XS}complexType[@name='{block.name}']")
        for element in kind.iter(f"{XS}element"):
            if element.get("type"):
                assert element.find(f".//{XS}appinfo").text
                assert element.find(f".//{XS}documentation").text


def test_all_codes_are_enumerated_with_their_meaning():
    for kind in parsed("codelist.xsd").iter(f"{XS}simpleType"):
        for value in kind.iter(f"{XS}enumeration"):
            assert value.findtext(f".//{XS}documentation")


def test_names_of_elements_are_unique_within_a_part():
    for block in SECTIONS.values():
        names = [each.name for each in block.content]
        assert len(names) == len(set(names))
    for field in fields_of(Registration).values():
        if field.kind is Kind.PART:
            names = [element_name(name) for name in fields_of(field.model)]
            assert len(names) == len(set(names))


CHARACTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters="\ufffe\uffff" + "".join(map(chr, range(32))),
)
NEAR = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.tuples(
        st.sampled_from(["https://a", "ftp://", "www.", "http://b/", "mailto:a"]),
        st.text(CHARACTERS, max_size=4),
    ).map("".join),
    st.from_regex(r"[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?)?", fullmatch=True),
    st.tuples(
        st.dates().map(str), st.sampled_from(["", "Z", "T10:00:00", "T23:59:60", "T24:00:00+15:00"])
    ).map("".join),
    st.from_regex(r"[a-zA-Z]{1,4}(-[a-z0-9]{1,9})?", fullmatch=True),
    st.from_regex(r"[a-z-]{1,3}:[ -~\x7f]{1,4}", fullmatch=True),
)  # fmt: skip
PLACES = {
    Url: "<Context/><SectionA><MoreInformation>%s</MoreInformation></SectionA>",
    PartialDate: "<Context><FirstPlaced>%s</FirstPlaced></Context>",
    Moment: "<Context/><Extensions><Modified>%s</Modified></Extensions>",
    Country: "<Context/><SectionA><MemberState>%s</MemberState></SectionA>",
    Language: "<Context/><Extensions><Language>%s</Language></Extensions>",
    String: "<Context><DeclaredAs>%s</DeclaredAs></Context>",
}
ADAPTERS = {kind: TypeAdapter(kind) for kind in (*PLACES, RecordId)}


def allowed(kind, value):
    try:
        ADAPTERS[kind].validate_python(value)
    except ValidationError:
        return False
    return True


def escaped(value):
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("kind", [pytest.param(kind, id=str(n)) for n, kind in enumerate(PLACES)])
@some
@given(value=NEAR)
@example(value="2023-02-29")
@example(value="2024-02-29")
@example(value="2023-04-01+02:00")
@example(value="0999")
@example(value="https://a\u00a0b")
@example(value="https://a\u200bb")
@example(value="https://a\u180eb")
@example(value="https://a\x85b")
@example(value="https://a\x7fb")
@example(value="https://a^b")
@example(value="https://a\\b")
@example(value="HTTPS://a")
def test_the_schema_and_the_model_agree_on_values(valid, kind, value):
    value = value if kind is String else value.strip(" ")
    assert valid(record(PLACES[kind] % escaped(value))) == allowed(kind, value)


@some
@given(value=NEAR)
@example(value="nl-a:a  b")
@example(value="nl-a:" + "x" * 508)
def test_the_schema_and_the_model_agree_on_record_ids(valid, value):
    value = value.strip(" ")
    assert valid(record("<Context/>").replace("nl-a:1", escaped(value))) == allowed(RecordId, value)


def test_the_longest_value_is_that_of_the_model(valid):
    place = record(PLACES[String])
    assert valid(place % ("a" * 1_048_576))
    assert not valid(place % ("a" * 1_048_577))


@pytest.mark.parametrize(
    "body",
    [
        '<Extensions><Title xml:lang="nl">a</Title><Title xml:lang="nl">b</Title></Extensions>',
        '<Extensions><Use><Purpose xml:lang="nl">a</Purpose><Purpose xml:lang="nl">b</Purpose>'
        "</Use></Extensions>",
        "<Extensions><Title>a</Title></Extensions>",
        '<Extensions><Extras><Value name="a">1</Value><Value name="a">1</Value></Extras>'
        "</Extensions>",
        "<SectionA><TradeName>a</TradeName><TradeName>b</TradeName></SectionA>",
        "<SectionB><NotHighRiskGrounds/></SectionB>",
        "<SectionB><MemberState>NL</MemberState></SectionB>",
    ],
)
def test_what_a_message_may_not_say_is_invalid(valid, body):
    assert not valid(record(f"<Context/>{body}"))


def test_presence_is_not_for_the_schema(valid):
    assert valid(record("<Context/><SectionA/><SectionB/><SectionC/><AnnexIX/><Extensions/>"))


def test_a_message_may_have_a_header(valid):
    assert valid(
        '<RegistrationMessage xmlns="urn:aiexchange:xsd:message:1" schemaVersion="1.2.3" '
        'profile="submission"><Header><MessageID>1</MessageID><Time>2026-07-27T12:00:00Z</Time>'
        "<Sender>a</Sender><Recipient>b</Recipient><LegalVersion>2026-07-27</LegalVersion>"
        "<TestIndicator>true</TestIndicator><ConversationID>c</ConversationID>"
        "<PartNumber>1</PartNumber></Header></RegistrationMessage>"
    )


def test_an_acknowledgement_carries_findings_per_record():
    text = (
        '<RegistrationAcknowledgement xmlns="urn:aiexchange:xsd:acknowledgement:1" '
        'schemaVersion="1.0.0"><Result><RecordID>nl-a:1</RecordID><Section>C</Section>'
        "<State>rejected</State><Finding><Code>annex-viii.C-3.missing</Code>"
        '<Severity>violation</Severity><Message xml:lang="en">Missing.</Message></Finding>'
        "</Result></RegistrationAcknowledgement>"
    )
    path = SCHEMAS / "acknowledgement.xsd"
    etree.XMLSchema(etree.parse(path)).assertValid(etree.fromstring(text))
    xmlschema.XMLSchema(str(path), allow="local").validate(text)


HIGH_RISK = {
    "record_id": "nl-a:1",
    "classification": {"declared": "high-risk", "annex_iii": ["5(a)"]},
    "provider": {"name": "Gemeente Voorbeeld", "identifiers": [{"value": "00012345"}]},
    "deployer": {"name": "Gemeente Voorbeeld", "kind": "public-authority"},
    "system": {"trade_name": "Toets", "intended_purpose": {"nl": "a", "en": "b"}},
    "use": {"fria_summary": {"nl": "c"}, "purpose": {"nl": "d"}},
}
DEROGATED = {
    "record_id": "nl-a:2",
    "classification": {
        "declared": "not-high-risk",
        "annex_iii": ["5(a)"],
        "article_6_3": ["6(3)(a)"],
        "not_high_risk_grounds": {"nl": "g"},
    },
    "provider": {"name": "Gemeente Voorbeeld"},
    "system": {"trade_name": "Toets", "member_states": ["NL"], "status": "IN_SERVICE"},
}
TEST = {
    "record_id": "nl-a:3",
    "classification": {"annex_iii": ["5(a)"]},
    "provider": {"name": "Gemeente Voorbeeld", "contacts": [{"name": "Balie"}]},
    "system": {"trade_name": "Toets", "intended_purpose": {"nl": "a"}},
    "test": {"identification_number": "1", "description": {"nl": "b"}},
}


def children(root, block):
    found = root.find(f"{RECORDS}Registration/{RECORDS}{block}")
    return None if found is None else [etree.QName(each).localname for each in found]


def test_the_comment_at_the_head_says_that_the_format_is_ours():
    assert written()[0].decode().splitlines()[1] == f"<!-- {NOT_OFFICIAL} -->"


def test_fields_of_items_stand_in_their_section():
    root = etree.fromstring(written(HIGH_RISK)[0])
    assert children(root, "SectionA") == [
        "Provider",
        "TradeName",
        "IntendedPurpose",
        "IntendedPurpose",
    ]
    assert children(root, "SectionC") == ["Deployer", "FRIASummary"]
    assert children(root, "Extensions") == ["Provider", "Use"]
    assert children(root, "AnnexIX") is None


@pytest.mark.parametrize("version", law.legal_versions())
def test_the_deleted_items_of_section_b_ride_outside_it(version):
    root = etree.fromstring(written(DEROGATED, version=version)[0])
    assert children(root, "SectionB") == ["Provider", "TradeName", "Article63Condition", "Status"]
    assert "NotHighRiskGrounds" in children(root, "Context")
    assert root.findtext(f".//{RECORDS}Extensions/{RECORDS}System/{RECORDS}MemberState") == "NL"


def test_a_test_alone_carries_its_provider_and_purpose():
    data, findings = written(TEST)
    assert findings == []
    assert children(etree.fromstring(data), "AnnexIX") == [
        "IdentificationNumber",
        "Provider",
        "Description",
        "TradeName",
        "IntendedPurpose",
    ]


def test_what_is_due_under_nothing_has_context_and_extensions_alone():
    root = etree.fromstring(written({"record_id": "nl-a:1", "title": {"nl": "a"}})[0])
    names = [etree.QName(each).localname for each in root[0]]
    assert names == ["RecordID", "Version", "Context", "Extensions"]


def test_every_value_is_carried_once():
    data = written(HIGH_RISK, DEROGATED, TEST)[0].decode()
    assert len(re.findall("<Registration ", data)) == 3
    assert len(re.findall("00012345", data)) == 1
    assert len(re.findall("<TradeName>", data)) == 3


def test_a_supplier_apart_leaves_its_items_in_the_extensions():
    supplied = {**HIGH_RISK, "provider": {"name": "Bedrijf B.V."}}
    root = etree.fromstring(written(supplied)[0])
    assert children(root, "SectionA") is None
    assert children(root, "Extensions") == ["System", "Provider", "Use"]


def test_a_refused_registration_says_why_and_leaves_the_others():
    sensitive = {
        **HIGH_RISK,
        "classification": {"declared": "high-risk", "annex_iii": ["6(a)"], "sensitive_area": True},
    }
    data, findings = written(HIGH_RISK, sensitive, TEST)
    assert data.count(b"<Registration ") == 2
    assert [(each.code, each.basis) for each in findings] == [
        ("eudb-xml.restricted-refused", "Art. 49(4)")
    ]


def test_an_entry_without_a_registration_is_passed_over():
    stream = io.BytesIO()
    assert list(XML.write([Entry(None, Origin())], stream, Options())) == []
    assert b"<Registration " not in stream.getvalue()


def test_a_profile_that_cannot_be_written_is_refused():
    for options in (Options(profile="draft"), Options(access="secret")):
        with pytest.raises(UsageError, match="eudb-xml has no"):
            list(XML.write([], io.BytesIO(), options))
    assert list(XML.write([], io.BytesIO(), Options(profile="exchange"))) == []
