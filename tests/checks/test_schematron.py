"""Schematron over our XML: it finds what memory finds, in lxml and in Saxon."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, isoschematron

from aiexchange import law, read
from aiexchange.checks import schematron, svrl
from aiexchange.checks.xpath import NotInXPathError, Variables
from aiexchange.checks.xpath import test as as_xpath
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb.writer import HEAD, TAIL, registration_text
from aiexchange.law.questions import Question
from aiexchange.model import Entry
from rule_corpus import amended, codes, due_of, generated, mutants
from shared import SAMPLES
from strategies import registrations

VERSIONS = [law.legal_version(id) for id in law.legal_versions()]
EACH_VERSION = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.id)
NEW = VERSIONS[-1]
SVRL = {"s": "http://purl.oclc.org/dsdl/svrl"}


def message(registrations, version) -> bytes:
    texts = (registration_text(each, due_of(each, version)) for each in registrations)
    return f"{HEAD}{''.join(texts)}{TAIL}".encode()


def found(registrations, version) -> list[list[str]]:
    """The codes of each registration, in their order."""
    by_line: dict[int, list[str]] = {}
    text = message(registrations, version)
    for finding in svrl.validate(io.BytesIO(text), version):
        by_line.setdefault(finding.origin.line, []).append(finding.code)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith(b" <Registration")]
    return [sorted(by_line.get(line, ())) for line in lines]


@EACH_VERSION
def test_the_schema_that_is_shipped_is_current(version):
    shipped = (schematron.folder() / f"{version.id}.sch").read_text(encoding="utf-8")
    assert shipped == schematron.schema(version)


@EACH_VERSION
def test_every_rule_that_names_schematron_is_in_it_once(version):
    schema = etree.fromstring(schematron.schema(version).encode())
    ids = [each.get("id") for each in schema.iter(f"{{{schematron.NAMESPACE}}}assert")]
    assert ids == sorted(set(ids), key=ids.index)
    assert set(ids) == {rule.code for rule in version.rules if "schematron" in rule.engines}


@EACH_VERSION
def test_a_mutant_breaks_its_rule_alone(version):
    broken = mutants(version)
    assert found([each for _, each in broken], version) == [[rule.code] for rule, _ in broken]


@EACH_VERSION
def test_what_keeps_the_rules_is_left_in_peace(version):
    kept = [law.passing(rule, version) for rule, _ in mutants(version)]
    assert found(kept, version) == [[] for _ in kept]


def test_five_thousand_registrations_get_the_codes_that_memory_gives_them():
    corpus = list(generated(5_000, NEW))
    for registration, told in zip(corpus, found(corpus, NEW), strict=True):
        assert told == codes(registration, NEW, "schematron"), registration


@settings(max_examples=12, deadline=None)
@given(odd=st.lists(registrations(), min_size=8, max_size=8), seed=st.integers(0, 9_999))
def test_odd_registrations_get_the_codes_that_memory_gives_them(odd, seed):
    for each, due in zip(odd, generated(8, NEW, seed), strict=True):
        parts = {"classification": due.classification, "deployer": due.deployer}
        for registration in (each, each.model_copy(update=parts)):
            text = message([registration], NEW)
            told = sorted(f.code for f in svrl.validate(io.BytesIO(text), NEW))
            assert told == codes(registration, NEW, "schematron")


@EACH_VERSION
def test_the_samples_get_the_codes_that_memory_gives_them(version):
    corpus = [e.registration for e in read(SAMPLES / "export.csv") if e.registration]
    expected = [codes(registration, version, "schematron") for registration in corpus]
    assert found(corpus, version) == expected


def restricted(version) -> tuple[bytes, list]:
    """A message of restricted registrations, as our writer makes it, and what is read from it."""
    forbidden = [rule for rule in version.rules if rule.state is law.ItemState.FORBIDDEN]
    cases = [law.failing(rule, version) for rule in forbidden if rule.section in ("A", "C")]
    whole = [law.specimen(section, version) for section in "AC"]
    for each in whole:
        points = each.classification.model_copy(update={"annex_iii": ("6(a)",)})
        cases.append(each.model_copy(update={"classification": points}))
    stream = io.BytesIO()
    entries = [Entry(each, Origin()) for each in cases]
    options = Options(legal_version=version.id, access="restricted")
    list(FORMATS["eudb-xml"].write(entries, stream, options))
    back = FORMATS["eudb-xml"].read(io.BytesIO(stream.getvalue()), Options())
    return stream.getvalue(), [entry.registration for entry in back]


@EACH_VERSION
def test_a_restricted_message_gets_the_codes_that_memory_gives_what_is_read_from_it(version):
    text, back = restricted(version)
    assert len(back) > 3
    told: dict[int, list[str]] = {}
    for finding in svrl.validate(io.BytesIO(text), version):
        told.setdefault(finding.origin.line, []).append(finding.code)
    assert sorted(map(sorted, told.values())) == sorted(
        found for each in back if (found := codes(each, version, "schematron"))
    )


@EACH_VERSION
def test_saxon_sees_restricted_registrations_too(saxon, version):
    text, back = restricted(version)
    told = sorted(code for _, code in by_saxon(saxon, text, version))
    assert told == sorted(c for each in back for c in codes(each, version, "schematron"))


@pytest.fixture(scope="module")
def saxon():
    """The stylesheet of the schema, made and run by Saxon alone."""
    saxonche = pytest.importorskip("saxonche")
    with saxonche.PySaxonProcessor(license=False) as processor:
        yield processor


SHEETS = Path(isoschematron.__file__).parent / "resources" / "xsl" / "iso-schematron-xslt1"
STAGES = ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt1.xsl")


def by_saxon(processor, text: bytes, version, xpath: str = "1.0") -> list[tuple[str, str]]:
    """The place and the code of each assertion that failed."""
    compiler = processor.new_xslt30_processor()
    made = schematron.schema(version)
    for stage in STAGES:
        sheet = compiler.compile_stylesheet(stylesheet_file=str(SHEETS / stage))
        made = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=made))
    made = made.replace(' version="1.0">', f' version="{xpath}">', 1)
    report = compiler.compile_stylesheet(stylesheet_text=made).transform_to_string(
        xdm_node=processor.parse_xml(xml_text=text.decode())
    )
    failed = etree.fromstring(report.encode()).iter(f"{{{SVRL['s']}}}failed-assert")
    return [(each.get("location"), each.get("id")) for each in failed]


@EACH_VERSION
def test_saxon_finds_the_same(saxon, version):
    corpus = [*(each for _, each in mutants(version)), *generated(300, version, seed=2)]
    told: list[list[str]] = [[] for _ in corpus]
    for location, code in by_saxon(saxon, message(corpus, version), version):
        place = re.search(r"\[(\d+)\]$", location)
        told[int(place[1]) - 1].append(code)
    assert [sorted(each) for each in told] == [codes(r, version, "schematron") for r in corpus]


def test_the_questions_mean_the_same_to_engines_of_newer_xpath(saxon):
    corpus = [*(each for _, each in mutants(NEW)), *generated(100, NEW, seed=5)]
    text = message(corpus, NEW)
    assert by_saxon(saxon, text, NEW, "3.0") == by_saxon(saxon, text, NEW)


def broken_alone(code: str) -> bytes:
    return message([law.failing(NEW.rule(code), NEW)], NEW)


def test_a_finding_names_record_line_article_and_mend_in_both_languages():
    text = broken_alone("annex-viii.C-1.incomplete")
    (finding,) = svrl.validate(io.BytesIO(text), NEW, "message.xml")
    assert finding.record_id == "example:C"
    assert (finding.origin.file, finding.origin.line) == ("message.xml", 4)
    assert finding.message == "C-1 (deployer) is incomplete: contact missing."
    assert finding.in_language("nl").message.endswith("onvolledig: contactgegevens ontbreekt.")
    assert finding.mend == "The deployer can supply it."
    assert finding.basis == "Annex VIII, Section C, point 1"


def test_a_finding_is_the_one_that_memory_makes():
    case = law.failing(NEW.rule("annex-viii.A-1.incomplete"), NEW)
    (finding,) = svrl.validate(io.BytesIO(message([case], NEW)), NEW)
    (own,) = law.findings(case, NEW)
    assert (finding.about(None, None).message, finding.severity) == (own.message, own.severity)
    assert finding.in_language("nl").message == own.in_language("nl").message
    assert (finding.mend, finding.basis) == (own.mend, own.basis)


def test_a_text_that_stands_twice_in_one_language_is_found():
    text = message([law.specimen("C", NEW)], NEW)
    line = re.search(rb" *<FRIASummary.*\n", text)[0]
    told = [f.code for f in svrl.validate(io.BytesIO(text.replace(line, line * 2)), NEW)]
    assert told == ["annex-viii.language.twice"]


def test_places_are_right_beyond_the_first_batch():
    case = law.failing(NEW.rule("annex-viii.C-3.missing"), NEW)
    corpus = [law.specimen("C", NEW)] * (svrl.BATCH + 3) + [case]
    assert found(corpus, NEW) == [[]] * (svrl.BATCH + 3) + [["annex-viii.C-3.missing"]]


def test_names_cannot_be_compared_in_xpath_whatever_their_case():
    with pytest.raises(NotInXPathError, match="case"):
        as_xpath(Question("same-name", "provider.name", ("deployer.name",)), Variables())


def test_the_schema_follows_an_amendment_without_a_change_of_code(tmp_path):
    folder = amended(tmp_path)
    later = law.load(folder)
    case = law.specimen("C", later)
    assert found([case], NEW) == [[]]
    assert found([case], later) == [["annex-viii.C-3.missing", "annex-viii.C.by-name"]]
    for rule, broken in mutants(later):
        assert found([broken], later) == [codes(broken, later, "schematron")], rule.code
