"""The schema check speaks plainly: where, what was found, what is allowed."""

from __future__ import annotations

import io

import pytest

from aiexchange.checks.xsd import MOST, validate
from aiexchange.errors import InputError, UnrecognisedInputError
from aiexchange.findings import Severity

ROOT = 'xmlns="urn:aiexchange:xsd:message:1" schemaVersion="1.0.0" profile="exchange"'


def record(body="<Context/>", number=1, attributes='action="NEW"'):
    return (
        f'<Registration xmlns="urn:aiexchange:xsd:registration:1" {attributes}>\n'
        f"<RecordID>nl-a:{number}</RecordID>\n<Version>1</Version>\n{body}\n</Registration>\n"
    )


def message(*records, root=ROOT):
    return f"<RegistrationMessage {root}>\n{''.join(records)}</RegistrationMessage>\n"


def found(text):
    data = text if isinstance(text, bytes) else text.encode()
    return list(validate(io.BytesIO(data), "file.xml"))


A = "<Context/><SectionA>\n{}</SectionA>"
CASES = [
    ("<Context><Declared>foo</Declared></Context>", "xsd.type", "/Context/Declared",
     "Declared: found “foo”; allowed is one of high-risk, not-high-risk, unknown."),
    ("<Context><AnnexI>ja</AnnexI></Context>", "xsd.type", "/Context/AnnexI",
     "AnnexI: found “ja”; allowed is true or false."),
    ("<Context><FirstPlaced>2023-02-30</FirstPlaced></Context>", "xsd.type",
     "/Context/FirstPlaced", "FirstPlaced: found “2023-02-30”; allowed is a year, a"),
    ("<Context><DeclaredAs/></Context>", "xsd.type", "/Context/DeclaredAs",
     "DeclaredAs: found nothing; allowed is a text of at least one character."),
    (A.format("<MoreInformation>it's {x}</MoreInformation>"), "xsd.type",
     "/SectionA/MoreInformation", "MoreInformation: found “it's {x}”; allowed is a web address"),
    (A.format("<MemberState>NL</MemberState><MemberState>nl</MemberState>"), "xsd.type",
     "/SectionA/MemberState[2]", "MemberState: found “nl”; allowed is a country"),
    (A.format(f"<MemberState>{'a' * 500}</MemberState>"), "xsd.type", "/SectionA/MemberState",
     f"MemberState: found “{'a' * 79}…”; allowed is a country"),
    (A.format("<Status>RECALLED</Status><TradeName>a</TradeName>"), "xsd.element",
     "/SectionA/TradeName", "TradeName: not expected here; allowed is Certificate, MemberState, "),
    (A.format("<Odd/>"), "xsd.element", "/SectionA/Odd", "Odd: not expected here; allowed is "),
    (A.format('<Odd xmlns="urn:x"/>'), "xsd.element", "/SectionA/Odd",
     "Odd (of urn:x): not expected here"),
    (A.format("<Reference/>"), "xsd.element", "/SectionA/Reference",
     "Reference: an element is missing; expected is Scheme or Value."),
    (A.format("<IntendedPurpose>a</IntendedPurpose>"), "xsd.attribute",
     "/SectionA/IntendedPurpose", "IntendedPurpose: the attribute xml:lang is missing."),
    (A.format('<IntendedPurpose xml:lang="n l">a</IntendedPurpose>'), "xsd.type",
     "/SectionA/IntendedPurpose",
     "IntendedPurpose, attribute xml:lang: found “n l”; allowed is a language, such as nl."),
    (A.format('<IntendedPurpose xml:lang="nl">a</IntendedPurpose>\n' * 2), "xsd.other",
     "/SectionA/IntendedPurpose[2]", "IntendedPurpose: “nl” stands more than once"),
    ("<Context>text</Context>", "xsd.element", "/Context", "Context: found text; allowed are"),
    ("<Context><DeclaredAs>a<b/></DeclaredAs></Context>", "xsd.element", "/Context/DeclaredAs",
     "DeclaredAs: found elements; allowed is text alone."),
    ("", "xsd.element", "", "Registration: an element is missing; expected is Context."),
    ("<Context/><Extensions/><Extensions/>", "xsd.element", "/Extensions[2]",
     "Extensions: not expected here; nothing may follow."),
    (A.format("<TradeName>" + "a" * 1_048_577 + "</TradeName>"), "xsd.type",
     "/SectionA/TradeName", "TradeName: found 1048577 characters; allowed are at most 1048576."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "path", "said"), CASES, ids=[each[3][:40] for each in CASES]
)
def test_a_violation_names_its_place_and_says_what_is_allowed(body, code, path, said):
    (finding,) = found(message(record(), record(body, 2), record(number=3)))
    assert finding.message.startswith(said)
    assert (finding.code, finding.severity) == (code, Severity.VIOLATION)
    assert finding.path == f"RegistrationMessage/Registration[2]{path}"
    assert finding.record_id == "nl-a:2"
    assert finding.mend
    assert finding.origin.file == "file.xml"
    assert 7 <= finding.origin.line <= 12


@pytest.mark.parametrize(
    ("attributes", "code", "said"),
    [
        ("", "xsd.attribute", "Registration: the attribute action is missing."),
        ('action="NEW" odd="1"', "xsd.attribute",
         "Registration, attribute odd: it is not allowed."),
        ('action="X"', "xsd.type",
         "Registration, attribute action: found “X”; allowed is one of NEW, UPDATE, WITHDRAW."),
    ],
)  # fmt: skip
def test_attributes_are_checked(attributes, code, said):
    (finding,) = found(message(record(attributes=attributes)))
    assert (finding.code, finding.message) == (code, said)
    assert finding.origin.line == 2


def test_all_violations_of_a_registration_are_told_up_to_a_limit():
    body = A.format("<MemberState>x</MemberState>\n" * (MOST + 5))
    findings = found(message(record(body)))
    assert len(findings) == MOST + 1
    assert [finding.origin.line for finding in findings[:3]] == [6, 7, 8]
    assert findings[-1].message == "There are 5 more violations in it."
    assert findings[-1].record_id == "nl-a:1"


def test_prefixes_do_not_matter_for_the_path():
    text = (
        '<m:RegistrationMessage xmlns:m="urn:aiexchange:xsd:message:1" '
        'xmlns:r="urn:aiexchange:xsd:registration:1" schemaVersion="1.0.0" profile="exchange">'
        '<r:Registration action="NEW"><r:RecordID> nl-a:1 </r:RecordID><r:Version>1</r:Version>'
        "<r:Context/><r:SectionA><r:MemberState>NL</r:MemberState><!-- c -->"
        "<r:MemberState>nl</r:MemberState></r:SectionA></r:Registration></m:RegistrationMessage>"
    )
    (finding,) = found(text)
    assert finding.path == "RegistrationMessage/Registration[1]/SectionA/MemberState[2]"
    assert finding.record_id == "nl-a:1"


@pytest.mark.parametrize("version", ["1.0.0", "1.12.3"])
def test_a_later_minor_version_is_taken(version):
    assert found(message(record(), root=ROOT.replace("1.0.0", version))) == []


@pytest.mark.parametrize(
    ("root", "path"),
    [
        (ROOT.replace("1.0.0", "2.0.0"), "RegistrationMessage/@schemaVersion"),
        (ROOT.replace('"exchange"', '"all"'), "RegistrationMessage/@profile"),
        (ROOT.replace('profile="exchange"', ""), "RegistrationMessage/@profile"),
        (f'{ROOT} odd="1"', "RegistrationMessage/@odd"),
    ],
)
def test_the_attributes_of_the_root_are_checked(root, path):
    (finding,) = found(message(record(), root=root))
    assert (finding.code, finding.path) == ("xsd.attribute", path)
    assert finding.origin.line == 1


def test_the_header_is_checked():
    header = "<Header>\n<Time>gisteren</Time></Header>\n"
    (finding,) = found(message(header, record()))
    assert finding.path == "RegistrationMessage/Header/Time"
    assert finding.origin.line == 3
    assert found(message(header.replace("gisteren", "2026-07-27T12:00:00Z"), record())) == []


@pytest.mark.parametrize("records", [(record(), "<Header/>\n"), ("<Header/>\n", "<Header/>\n")])
def test_one_header_stands_first(records):
    (finding,) = found(message(*records))
    assert (finding.code, finding.path) == ("xsd.element", "RegistrationMessage/Header")


@pytest.mark.parametrize("stranger", ["<Odd/>", '<Odd xmlns="urn:x"><a/></Odd>', "<Registration/>"])
def test_nothing_else_stands_beside_registrations(stranger):
    (finding,) = found(message(record(), stranger))
    assert finding.code == "xsd.element"
    assert "not expected here" in finding.message


def test_a_registration_may_be_a_file_of_its_own():
    assert found(record()) == []
    (finding,) = found(record("<Context><AnnexI>ja</AnnexI></Context>"))
    assert finding.path == "Registration/Context/AnnexI"


def test_lines_beyond_65535_are_right():
    body = "<Context>\n<AnnexI>ja</AnnexI></Context>"
    findings = found(message("\n" * 70_000, record(body, attributes="")))
    assert [finding.origin.line for finding in findings] == [70_002, 70_006]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (message(record()).encode()[:-20], "malformed or truncated"),
        (("<!DOCTYPE a>" + message()).encode("utf-16"), "DOCTYPE is not allowed"),
    ],
)
def test_what_cannot_be_read_is_refused(data, reason):
    with pytest.raises(InputError, match=reason):
        found(data)


def test_another_document_is_refused():
    with pytest.raises(UnrecognisedInputError):
        found("<html/>")
