"""The rules as SHACL over our catalogues: they find what memory finds in what is published."""

import io

import pytest
import rdflib

from aiexchange import law, read
from aiexchange.checks import shacl, shapes
from aiexchange.checks.engines import ENGINES
from aiexchange.checks.shacl_core import NotInShaclError, shape
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.dcat.public import published
from aiexchange.formats.dcat.writer import is_refused
from aiexchange.law.questions import Question
from aiexchange.model import Entry
from rule_corpus import codes, generated, mutants
from shared import SAMPLES

OLD, NEW = (law.legal_version(id) for id in law.legal_versions())
EACH_VERSION = pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
AIX = rdflib.Namespace("https://w3id.org/aiexchange/ns#")


def found(registrations, version) -> list[list[str]]:
    """The codes of each registration, in their order; none for one that no catalogue takes."""
    told: dict[str, list[str]] = {}
    for number, each in enumerate(registrations):
        told[f"case:{number}"] = []
        registrations[number] = each.model_copy(update={"record_id": f"case:{number}"})
    entries = [Entry(each, Origin()) for each in registrations]
    for finding in ENGINES["shacl"](entries, version):
        if finding.code != "dcat.restricted-refused":
            told[finding.record_id].append(finding.code)
    return [sorted(each) for each in told.values()]


def expected(registration, version) -> list[str]:
    """What memory finds in what is published of a registration."""
    if is_refused(registration, version, law.duties(registration, version)):
        return []
    return codes(published(registration)[0], version, "shacl")


@EACH_VERSION
def test_the_shapes_that_are_shipped_are_current(version):
    shipped = (shapes.folder() / f"{version.id}.ttl").read_text(encoding="utf-8")
    assert shipped == shapes.shapes(version)


@EACH_VERSION
def test_every_rule_that_names_shacl_has_a_shape_with_its_severity_and_words(version):
    graph = rdflib.Graph().parse(data=shapes.shapes(version), format="turtle")
    told = {str(code) for code in graph.objects(None, AIX.findingCode)}
    assert told == {rule.code for rule in version.rules if "shacl" in rule.engines}
    for node, code in graph.subject_objects(AIX.findingCode):
        rule = version.rule(str(code))
        assert graph.value(node, SH.severity) == SH[rule.severity.value.capitalize()]
        assert {each.language for each in graph.objects(node, SH.message)} == {"en", "nl"}


def test_a_mutant_breaks_its_rule_alone():
    broken = [pair for pair in mutants(NEW) if "shacl" in pair[0].engines]
    assert found([each for _, each in broken], NEW) == [[rule.code] for rule, _ in broken]


def test_what_the_amendment_changed_is_right_in_the_first_text_too():
    same = {rule.code for rule in NEW.rules}
    broken = [(r, each) for r, each in mutants(OLD) if r.code not in same and "shacl" in r.engines]
    assert broken
    assert found([each for _, each in broken], OLD) == [[rule.code] for rule, _ in broken]


@pytest.mark.parametrize("seed", [7, 8])
def test_random_registrations_get_the_codes_that_memory_gives_them(seed):
    corpus = list(generated(25, NEW, seed))
    assert found(list(corpus), NEW) == [expected(each, NEW) for each in corpus]


def test_the_samples_get_the_codes_that_memory_gives_them():
    corpus = [e.registration for e in read(SAMPLES / "export.csv") if e.registration]
    assert found(list(corpus), NEW) == [expected(each, NEW) for each in corpus]


@pytest.mark.parametrize("engine", ["schematron", "shacl"])
def test_an_engine_tells_what_memory_tells_word_for_word(engine):
    cases = ("annex-viii.C-3.missing", "annex-viii.C-1.incomplete", "annex-viii.B.undetermined")
    for code in cases:
        entry = Entry(law.failing(NEW.rule(code), NEW), Origin("x.csv", row=3))
        own, other = (list(ENGINES[name]([entry], NEW)) for name in ("python", engine))
        assert own == other
        assert [each.in_language("nl") for each in own] == [
            each.in_language("nl") for each in other
        ]


def test_a_text_that_stands_twice_in_one_language_is_found():
    stream = io.BytesIO()
    entry = Entry(law.specimen("C", NEW), Origin())
    list(FORMATS["dcat"].write([entry], stream, Options(syntax="ntriples")))
    (line,) = (each for each in stream.getvalue().splitlines() if b"friaSummary" in each)
    text = stream.getvalue() + line.replace(b"Geen", b"Weinig") + b"\n"
    told = shacl.validate([text], shacl.parse(shapes.shapes(NEW)), Origin("x.nt"))
    assert [each.code for each in told] == ["annex-viii.language.twice"]


@pytest.mark.parametrize("operator", ["same-name", "before", "years-after"])
def test_what_shacl_core_cannot_ask_is_refused(operator):
    with pytest.raises(NotInShaclError, match=operator):
        shape(Question(operator, "use.end", ("use.start",)))
