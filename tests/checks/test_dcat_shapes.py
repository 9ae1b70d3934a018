"""Our shapes and terms, and a catalogue under the official shapes of DCAT-AP and DCAT-AP-NL."""

from __future__ import annotations

import io
import json
from functools import cache

import pytest
import rdflib
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from aiexchange.checks import shacl, shape_files
from aiexchange.exchange import check
from aiexchange.exchange import read as read_any
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.dcat.batches import batches, batches_of
from aiexchange.formats.dcat.catalogue import Catalogue
from aiexchange.formats.dcat.labels import terms
from aiexchange.formats.dcat.publishing import FILES
from aiexchange.formats.dcat.shapes import models
from aiexchange.formats.dcat.terms import carrier
from aiexchange.formats.dcat.writer import is_refused
from aiexchange.law import codelist, duties, legal_version
from aiexchange.model import Entry, Registration
from aiexchange.model.table import fields_of
from aiexchange.resources import data_folder
from shared import DATA, EXPORT, needs_data
from strategies import registrations

LAW = legal_version(None)
SHACL = DATA / "shacl"
FOLDER = data_folder("schemas") / "dcat"
BASE = ("dcat-ap-3.0.1/shapes.ttl", "dcat-ap-nl-3.0/dcat-ap-nl-SHACL.ttl")
RANGES = (
    "dcat-ap-3.0.1/range.ttl",
    "dcat-ap-3.0.1/dcat-ap-SHACL.ttl",
    "dcat-ap-nl-3.0/dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-3.0/dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
)
FULL = {
    "with_ranges": True,
    "catalogue": Catalogue(
        licence="http://creativecommons.org/publicdomain/zero/1.0/",
        homepage="https://voorbeeld.nl/",
        xml="https://voorbeeld.nl/x.xml",
    ),
}


@cache
def shapes(*names: str) -> shacl.Shapes:
    return shacl.load(*(SHACL / name for name in names))


@cache
def ours() -> shacl.Shapes:
    return shape_files.ours()


def violations(entries, some, **options):
    found = shacl.validate(batches(entries, Options(**options)), some, Origin())
    return [each for each in found if each.severity.value == "violation"]


@pytest.mark.parametrize("name", FILES)
def test_what_is_made_from_the_model_is_current(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == FILES[name](), "run make schemas"


def test_every_carrier_and_every_class_has_a_label_in_both_languages():
    carriers = {carrier(model, name) for model in models() for name in fields_of(model)}
    assert carriers <= set(terms())
    assert all(each.label_en and each.label_nl for each in terms().values())


def test_every_term_of_ours_that_is_written_is_in_the_vocabulary():
    vocabulary, graph = rdflib.Graph(), rdflib.Graph()
    vocabulary.parse(FOLDER / "aix-vocabulary.ttl")
    stream = io.BytesIO()
    list(FORMATS["dcat"].write(read_any(EXPORT), stream, Options(syntax="turtle")))
    graph.parse(data=stream.getvalue(), format="turtle")
    used = set(graph.predicates()) | set(graph.objects(None, rdflib.RDF.type))
    assert {each for each in used if "/aiexchange/ns#" in each} <= set(vocabulary.subjects())


def test_a_term_names_its_items_and_maps_to_others():
    graph = rdflib.Graph()
    graph.parse(FOLDER / "aix-vocabulary.ttl")
    aix = rdflib.Namespace("https://w3id.org/aiexchange/ns#")
    assert {str(each) for each in graph.objects(aix.tradeName, aix.annexItem)} >= {"A-4", "B-4"}
    assert str(graph.value(aix.humanOversight, rdflib.SKOS.closeMatch)).endswith(
        "HumanIntervention"
    )


def test_plain_json_with_our_context_is_read_and_nothing_is_fetched():
    data = {
        "@context": "https://w3id.org/aiexchange/ns/context.jsonld",
        "id": "https://voorbeeld.nl/registration/1",
        "type": "Registration",
        "recordId": "nl-algoritmeregister:1",
        "title": {"aix": "x", "nl": "Toets", "en": "Test"},
        "keyword": {"nl": ["bijstand", "inkomen"]},
        "system": {"tradeName": "Toetser", "intendedPurpose": {"nl": "Toetsen."}},
    }
    del data["title"]["aix"]
    data["title"] = [{"@value": text, "@language": tag} for tag, text in data["title"].items()]
    entry = next(iter(read_any(io.BytesIO(json.dumps(data).encode()))))
    assert entry.registration == Registration.model_validate(
        {
            "record_id": "nl-algoritmeregister:1",
            "title": {"nl": "Toets", "en": "Test"},
            "keywords": {"nl": ["bijstand", "inkomen"]},
            "system": {"trade_name": "Toetser", "intended_purpose": {"nl": "Toetsen."}},
        }
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(some=st.lists(registrations(), min_size=1, max_size=3, unique_by=lambda r: r.record_id))
def test_what_is_written_breaks_none_of_our_shapes(some):
    assert violations([Entry(each, Origin()) for each in some], ours(), **FULL) == []


def test_the_languages_of_the_model_are_those_of_the_shapes():
    assert all(each.iri in FILES["shapes.ttl"]() for each in codelist("language").values())


BROKEN = {
    "modified": ('ns#modified> "2024"', 'ns#modified> "20 nov 2026"'),
    "dct:modified": ('"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"20 nov 2026"'),
    "system.status": ('"IN_SERVICE"', '"in gebruik"'),
    "system.certificates[0].expires": ('"2030"', '"over vijf jaar"'),
    "classification.profiling": ('"true"^^', '"ja"^^'),
    "title": ('ns#title> "Toets"@nl', 'ns#title> "Toets"'),
    "dct:language": ("language/NLD", "language/XYZ"),
    "version": (
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        '"0"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    ),
}


@pytest.mark.parametrize("path", BROKEN)
def test_a_broken_carrier_or_date_is_found_at_its_path(path):
    registration = Registration.model_validate(
        {
            "record_id": "nl-algoritmeregister:1",
            "title": {"nl": "Toets"},
            "modified": "2024",
            "languages": ["nl"],
            "classification": {"profiling": True},
            "system": {"status": "IN_SERVICE", "certificates": [{"expires": "2030"}]},
        }
    )
    stream = io.BytesIO()
    list(FORMATS["dcat"].write([Entry(registration, Origin())], stream, Options(syntax="ntriples")))
    before, after = BROKEN[path]
    data = stream.getvalue().decode()
    assert before in data
    broken = io.BytesIO(data.replace(before, after).encode())
    found = list(shacl.validate(batches_of(broken, Options()), ours(), Origin("c.nt")))
    assert path in {finding.path for finding in found}
    assert {finding.record_id for finding in found} == {"nl-algoritmeregister:1"}


MUTATIONS = {
    "record modified": ("dcat:CatalogRecord", "dct:modified"),
    "data set modified": ("dcat:Dataset", "dct:modified"),
    "data set issued": ("dcat:Dataset", "dct:issued"),
    "period start": ("dct:PeriodOfTime", "dcat:startDate"),
    "period end": ("dct:PeriodOfTime", "dcat:endDate"),
    "record issued": ("dcat:CatalogRecord", "dct:issued"),
    "catalogue modified": ("dcat:Catalog", "dct:modified"),
}


@needs_data
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_date_that_the_official_shapes_let_through_is_found_by_ours(name):
    graph = rdflib.Graph()
    graph.parse(SHACL / "example" / "registration-example.ttl")
    for prefix, namespace in (("dcat", rdflib.DCAT), ("dct", rdflib.DCTERMS)):
        graph.bind(prefix, namespace)
    kind, predicate = (graph.namespace_manager.expand_curie(each) for each in MUTATIONS[name])
    node = next(graph.subjects(rdflib.RDF.type, kind))
    before = _found(graph)
    graph.remove((node, predicate, None))
    graph.add((node, predicate, rdflib.Literal("20 nov 2026")))
    assert len(_found(graph)) == len(before) + 1


def _found(graph: rdflib.Graph):
    stream = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    return list(shacl.validate(batches_of(stream, Options()), ours(), Origin()))


@cache
def sample() -> list[Entry]:
    return list(read_any(EXPORT))


@needs_data
@pytest.mark.parametrize("name", BASE)
def test_the_sample_conforms_to_the_official_shapes(name):
    assert violations(sample(), shapes(name)) == []
    assert violations(sample(), shapes(name), **FULL) == []


@needs_data
@pytest.mark.parametrize("name", RANGES)
def test_the_sample_with_ranges_conforms_to_the_official_range_shapes(name):
    assert violations(sample(), shapes(name), **FULL) == []


@needs_data
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(some=st.lists(registrations(), min_size=1, max_size=3, unique_by=lambda r: r.record_id))
def test_any_registration_conforms_to_the_official_shapes(some):
    # A catalogue of nothing is none under DCAT-AP-NL: what may not be published is all there is.
    assume(not all(is_refused(each, LAW, duties(each, LAW)) for each in some))
    entries = [Entry(each, Origin()) for each in some]
    assert violations(entries, shapes(*BASE), profile="dcat-ap-nl") == []
    assert violations(entries, shapes(*BASE, *RANGES), profile="dcat-ap-nl", **FULL) == []
    assert violations(entries, shapes(BASE[0]), profile="dcat-ap") == []


@needs_data
def test_check_runs_the_official_shapes_where_the_user_says_they_lie(monkeypatch):
    for name, folder in (("dcat-ap", SHACL / "dcat-ap-3.0.1"), ("dcat-ap-nl", SHACL)):
        found = check(EXPORT, shapes=[name], shapes_folder=folder)
        assert [each for each in found if each.code.startswith("shacl.")] == []


def test_check_shows_the_row_from_which_a_finding_of_a_shape_comes(tmp_path):
    (tmp_path / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix aix: <https://w3id.org/aiexchange/ns#> .\n"
        "aix:S a sh:NodeShape ; sh:targetClass aix:Registration ;\n"
        "  sh:property [ sh:path dct:rights ; sh:minCount 1 ] .\n"
    )
    found = [each for each in check(EXPORT, shapes=[tmp_path / "s.ttl"]) if "shacl" in each.code]
    assert len(found) == len(sample())
    assert len({(each.origin.row, each.record_id) for each in found}) == len(sample())
    assert {each.path for each in found} == {"dct:rights"}


def test_without_the_official_files_check_says_where_to_get_them(run, monkeypatch, tmp_path):
    monkeypatch.delenv("AIEXCHANGE_SHAPES", raising=False)
    outcome = run("check", EXPORT, "--shapes", "dcat-ap")
    assert outcome.code == 2
    assert "https://github.com/SEMICeu/DCAT-AP" in outcome.err
    outcome = run("check", EXPORT, "--shapes", "dcat-ap", "--shapes-folder", tmp_path)
    assert outcome.code == 2
    assert "there is no shapes.ttl" in outcome.err
