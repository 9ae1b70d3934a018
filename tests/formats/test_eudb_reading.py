"""Reading XML that other people have laid out, edited, broken or made to do harm."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from aiexchange.errors import InputError, LimitError, UnrecognisedInputError
from aiexchange.findings import Origin, Severity
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb.message import TAGS, elements
from aiexchange.model import Entry, Registration
from strategies import registrations

XML = FORMATS["eudb-xml"]
MESSAGE = 'xmlns="urn:aiexchange:xsd:message:1" schemaVersion="1.0.0" profile="exchange"'
RECORDS = 'xmlns="urn:aiexchange:xsd:registration:1"'
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def message(*records):
    return f"<RegistrationMessage {MESSAGE}>\n{''.join(records)}</RegistrationMessage>\n"


def record(body="", number=1, attributes='action="NEW"'):
    key = f"<RecordID>nl-a:{number}</RecordID>\n<Version>1</Version>\n"
    return f"<Registration {RECORDS} {attributes}>\n{key}{body or '<Context/>'}\n</Registration>\n"


def read(text):
    data = text if isinstance(text, bytes) else text.encode()
    return list(XML.read(io.BytesIO(data), Options(file="file.xml")))


def written(*given):
    stream = io.BytesIO()
    entries = [Entry(each, Origin()) for each in given]
    assert list(XML.write(entries, stream, Options())) == []
    return stream.getvalue()


def one(**fields):
    return Registration.model_validate({"record_id": "nl-a:1", **fields})


def only(text):
    (entry,) = read(text)
    return entry


@some
@given(registration=registrations())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "us-ascii"])
def test_indenting_and_another_encoding_change_nothing(encoding, registration):
    stream = io.BytesIO()
    if list(XML.write([Entry(registration, Origin())], stream, Options())):
        return
    root = etree.fromstring(stream.getvalue())
    etree.indent(root, space="\t")
    again = etree.tostring(root, encoding=encoding, xml_declaration=True)
    assert XML.recognises(again)
    assert only(again).registration == registration


def test_comments_instructions_and_cdata_do_not_disturb_a_text():
    title = '<Title xml:lang="nl">te<!-- c -->x<?pi?>t<![CDATA[<&]]></Title>'
    body = f"<!-- a --><Context/><?x y?><Extensions>{title}<!-- b --></Extensions>"
    assert only(message(record(body))).registration.title == {"nl": "text<&"}


def test_typed_values_may_have_space_around_them_and_texts_keep_theirs():
    body = (
        "<Context><Declared>\n high-risk\n</Declared><AnnexI> 1 </AnnexI>"
        "<FirstPlaced> 2023-04\t</FirstPlaced></Context>"
        '<Extensions><Title xml:lang="NL"> a \n</Title></Extensions>'
    )
    text = message(record(body)).replace(">nl-a:1<", ">\n  nl-a:1 <")
    assert only(text).registration == one(
        classification={"declared": "high-risk", "annex_i": True},
        system={"first_placed": "2023-04"},
        title={"nl": " a \n"},
    )


def test_single_quotes_are_quotes():
    data = message(record()).replace('"', "'")
    assert XML.recognises(data.encode())
    assert only(data).registration == one()


@pytest.mark.parametrize(
    "fields",
    [
        {"test": {}},
        {"test": {"publication_consent": False}},
        {"system": {"certificates": [{}, {"notified_body": {}}]}},
        {"provider": {"submitter": {}, "address": {}, "contacts": [{}]}},
        {"system": {"source_code": {}}, "deployer": {"authorised_representative": {}}},
        {"residue": {"": None, 'a"\\\n\t<&>\x00\ud7ff': ["\x07\uffff", 1.5, {"": []}]}},
        {"extras": {"a": "\r\n", "b": "\u2028\u0085"}},
        {"provenance": {"use.purpose": {"kind": "derived"}, ' odd"\n': {"kind": "stated"}}},
        {"title": {"nl": "\r", "en": " ", "und": "\t\n"}},
    ],
)
def test_the_empty_and_the_odd_come_back_as_they_were(fields):
    registration = one(**fields)
    assert only(written(registration)).registration == registration


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("prolog", ["", "<!-- <html> -->\n<?pi?>\n", "<!DOCTYPE a [<!-- > -->]>"])
def test_a_message_is_recognised_by_its_root(encoding, prolog):
    assert XML.recognises((prolog + message(record())).encode(encoding))
    assert XML.recognises(f'{prolog}<m:RegistrationMessage xmlns:m="urn:aiexchange:xsd:message:1">'
                          .encode(encoding))  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "<html/>",
        f"<html>{message()}</html>",
        f"<!-- {message()} --><html/>",
        '<RegistrationMessage xmlns="urn:other"/>',
        '<RegistrationMessage xmlns:m="urn:aiexchange:xsd:message:1"/>',
        f"<RegistrationMessages {MESSAGE}/>",
        "<!---->" * 9000,
    ],
)
def test_nothing_else_is_recognised(text):
    assert not XML.recognises(text.encode())


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    + message(record("<Context><DeclaredAs>&d;&d;&d;</DeclaredAs></Context>"))
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "<!DOCTYPE r>" + message(),
        '<!DOCTYPE r SYSTEM "http://localhost/a.dtd">' + message(),
        '<!-- a --><!DOCTYPE r [<!ENTITY % a SYSTEM "file:///etc/hosts"> %a;]>' + message(),
        "<!DOCTYPE r [<!NONSENSE>]>" + message(),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused_before_anything_is_read(text, encoding):
    with pytest.raises(InputError, match="DOCTYPE is not allowed"):
        read(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "line 2: malformed"),
        (message(record("<Context>&x;</Context>")).encode(), "line 5: entities are not allowed"),
        (message(record("<Context></Contxt>")).encode(), "line 5: malformed"),
        (message(record("<Context>\xe9</Context>")).encode("latin-1"), "malformed"),
        (message(record("<Context>\x01</Context>")).encode(), "malformed"),
        (b'<?xml version="1.0" encoding="no-such"?>' + message().encode(), "malformed"),
    ],
)
def test_malformed_input_is_refused_with_its_line(data, reason):
    with pytest.raises(InputError, match=reason):
        read(data)


def test_another_document_is_not_ours():
    with pytest.raises(UnrecognisedInputError):
        read("<html/>")


@pytest.mark.parametrize("body", ["<a>" * 300 + "</a>" * 300, f"<a>{'a' * 10_000_001}</a>"])
def test_a_limit_is_named(body):
    with pytest.raises(LimitError, match="the limit"):
        read(message(record(f"<Context>{body}</Context>")))


def test_a_truncated_file_yields_what_came_before_the_break():
    text = message(*(record(number=number) for number in range(2000)))
    entries = XML.read(io.BytesIO(text.encode()[:-30]), Options())
    assert sum(1 for _ in zip(range(1999), entries, strict=False)) == 1999
    with pytest.raises(InputError):
        list(entries)


def test_registrations_are_forgotten_once_they_are_read():
    text = message(*(record(number=number) for number in range(50)))
    most = 0
    for element in elements(io.BytesIO(text.encode()), None):
        if element.tag in TAGS:
            standing = [each for each in element.itersiblings(preceding=True) if len(each)]
            most = max(most, len(standing))
    assert most == 0


def test_lines_beyond_65535_are_right():
    text = message("\n" * 70_000, record("<Context><Declared>x</Declared></Context>"))
    entry = only(text)
    assert entry.origin.line == 70_002
    assert [finding.origin.line for finding in entry.findings] == [70_005]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<Context><Odd>a</Odd></Context>", "Registration/Context/Odd"),
        ('<Context odd="1"/>', "Registration/Context"),
        ("<Context>stray</Context>", "Registration/Context"),
        ("<Context/>stray", "Registration"),
        ("<Context/><SectionD/>", "Registration/SectionD"),
        ("<Context/><SectionA><Provider><Odd/></Provider></SectionA>",
         "Registration/SectionA/Provider/Odd"),
        ("<Context/><SectionA><Certificate><Odd/></Certificate></SectionA>",
         "Registration/SectionA/Certificate/Odd"),
        ("<Context/><Extensions><Residue><Odd/></Residue></Extensions>",
         "Registration/Extensions/Residue/Odd"),
        ('<Context/><SectionA><TradeName odd="1">a</TradeName></SectionA>',
         "Registration/SectionA/TradeName"),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_know_is_a_warning(body, path):
    entry = only(message(record(body)))
    assert entry.registration is not None
    (finding,) = entry.findings
    assert (finding.code, finding.severity) == ("eudb-xml.unknown-element", Severity.WARNING)
    assert (finding.path, finding.record_id) == (path, "nl-a:1")
    assert finding.origin.line >= 2


def test_markup_in_a_text_is_a_warning_and_the_text_around_it_stays():
    entry = only(message(record("<Context><DeclaredAs>a <b>c</b> d</DeclaredAs></Context>")))
    assert entry.registration.classification.declared_as == "a  d"
    assert [finding.code for finding in entry.findings] == ["eudb-xml.unknown-element"]


def test_schema_instance_attributes_are_known():
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
    assert only(message(record(attributes=f'action="NEW" {xsi}'))).findings == ()


def test_a_text_without_a_language_is_kept_as_undetermined_with_a_finding():
    entry = only(message(record("<Context/><Extensions><Title>a</Title></Extensions>")))
    assert entry.registration.title == {"und": "a"}
    (finding,) = entry.findings
    assert (finding.code, finding.severity) == ("eudb-xml.no-language", Severity.WARNING)


TWICE = '<Title xml:lang="nl">a</Title><Title xml:lang="NL">b</Title>'


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<Context><Declared>foo</Declared></Context>", "classification.declared"),
        ("<Context><AnnexIIIPoint>9</AnnexIIIPoint></Context>", "classification.annex_iii.0"),
        ("<Context/><SectionA><TradeName/></SectionA>", "system.trade_name"),
        ("<Context><DeclaredAs>a</DeclaredAs><DeclaredAs>b</DeclaredAs></Context>",
         "classification.declared_as"),
        ("<Context/><SectionA><TradeName>a</TradeName></SectionA>"
         "<Extensions><System><TradeName>a</TradeName></System></Extensions>",
         "system.trade_name"),
        (f"<Context/><Extensions>{TWICE}</Extensions>", "title"),
        ('<Context/><Extensions><Residue><Value name="a">{</Value></Residue></Extensions>',
         "residue"),
        ("<Context/><Extensions><Residue><Value>1</Value></Residue></Extensions>", "residue"),
        ('<Context/><Extensions><Extras><Value name="\\q">1</Value></Extras></Extensions>',
         "extras"),
        ('<Context/><Extensions><Extras><Value name="a">1</Value><Value name="a">1</Value>'
         "</Extras></Extensions>", "extras"),
        (f'<Context/><Extensions><Extras><Value name="a">{"[" * 99999}</Value></Extras>'
         "</Extensions>", "extras"),
        ('<Context/><Extensions><Provenance><Statement path="\\q"><Kind>stated</Kind></Statement>'
         "</Provenance></Extensions>", "provenance"),
    ],
)  # fmt: skip
def test_what_no_registration_can_hold_is_a_violation_and_the_others_go_on(body, path):
    bad, good = read(message(record(body), record(number=2)))
    assert good.registration == one(record_id="nl-a:2")
    assert bad.registration is None
    (finding,) = bad.findings
    assert finding.code == "eudb-xml.invalid-registration"
    assert finding.severity is Severity.VIOLATION
    assert (finding.path, finding.record_id) == (path, "nl-a:1")
    assert finding.origin == Origin("file.xml", line=5)


def test_each_refused_value_has_its_own_finding_and_line():
    body = (
        "<Context/><SectionA>\n"
        "<Certificate>\n<Expires>2024</Expires>\n</Certificate>\n"
        "<Certificate>\n<Expires>2023-02-30</Expires>\n</Certificate>\n"
        "<MemberState>NL</MemberState>\n"
        "<MemberState>Nederland</MemberState>\n"
        "</SectionA>"
    )
    found = only(message(record(body))).findings
    assert [(finding.path, finding.origin.line) for finding in found] == [
        ("system.certificates.1.expires", 10),
        ("system.member_states.1", 13),
    ]
    assert "Nederland" in found[1].message


def test_a_registration_of_another_namespace_is_not_lost_in_silence():
    entry, good = read(message("<Registration/>", record()))
    assert entry.registration is None
    assert [finding.code for finding in entry.findings] == ["eudb-xml.invalid-registration"]
    assert good.registration is not None


def test_a_stranger_beside_the_registrations_is_a_warning():
    entry, good = read(message("<Odd><Registration/></Odd>", record()))
    assert [finding.code for finding in entry.findings] == ["eudb-xml.unknown-element"]
    assert good.registration is not None


def test_a_header_is_read_over():
    header = "<Header><MessageID>1</MessageID></Header>"
    assert only(message(header, record())).findings == ()


def test_residue_is_json_that_people_can_read():
    text = written(one(residue={"naam": {"é": "a\x00b"}})).decode()
    start = text.index('<Value name="naam">') + len('<Value name="naam">')
    shown = text[start : text.index("</Value>")]
    assert "é" in shown
    assert "\\u0000" in shown
    assert json.loads(shown) == {"é": "a\x00b"}
