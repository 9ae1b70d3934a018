"""Shapes over registrations: what they find, where, and how a shape says it."""

from __future__ import annotations

import pytest

from aiexchange.checks import shacl
from aiexchange.errors import InputError, UsageError
from aiexchange.findings import Origin, Severity
from aiexchange.formats import Options
from aiexchange.formats.dcat.batches import batches
from aiexchange.model import Entry, Registration

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix aix: <https://w3id.org/aiexchange/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://example.org/shapes#> .
"""
TITLED = f"""{HEAD}
:titled a sh:NodeShape ; sh:targetClass aix:Registration ;
  sh:property [ sh:path aix:title ; sh:minCount 1 ] .
"""
NUMBERED = f"""{HEAD}
:numbered a sh:NodeShape ; sh:targetClass aix:Certificate ; sh:property :number .
:number sh:path aix:number ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "A certificate has a number."@en, "Een certificaat heeft een nummer."@nl ;
  aix:findingCode "annex-viii.A-8.incomplete" ; aix:basis "Annex VIII, Section A, point 8" ;
  aix:mend "Ask the notified body."@en .
"""


def found(shapes, *trees, size=100):
    entries = [Entry(Registration.model_validate(tree), Origin()) for tree in trees]
    parts = batches(entries, Options(), size)
    return list(shacl.validate(parts, shacl.parse(shapes), Origin("catalogue.ttl")))


def test_a_finding_names_the_record_and_the_canonical_path():
    (finding,) = found(
        TITLED,
        {"record_id": "nl-algoritmeregister:1", "title": {"nl": "t"}},
        {"record_id": "nl-algoritmeregister:a b/2"},
    )
    assert finding.record_id == "nl-algoritmeregister:a b/2"
    assert (finding.code, finding.path) == ("shacl.missing", "title")
    assert finding.severity is Severity.VIOLATION
    assert finding.origin == Origin("catalogue.ttl")


def test_a_shape_says_code_severity_basis_and_how_to_mend():
    tree = {
        "record_id": "nl-algoritmeregister:1",
        "system": {"certificates": [{"number": "1"}, {}]},
    }
    (finding,) = found(NUMBERED, tree)
    assert finding.code == "annex-viii.A-8.incomplete"
    assert finding.severity is Severity.WARNING
    assert finding.message == "A certificate has a number."
    assert finding.path == "system.certificates[1].number"
    assert finding.basis == "Annex VIII, Section A, point 8"
    assert finding.mend == "Ask the notified body."


def test_a_value_that_breaks_a_shape_is_shown():
    shapes = f"""{HEAD}
    :s a sh:NodeShape ; sh:targetClass aix:Registration ;
      sh:property [ sh:path dct:modified ; sh:datatype xsd:date ] .
    """
    (finding,) = found(shapes, {"record_id": "nl-algoritmeregister:1", "modified": "2023"})
    assert (finding.code, finding.path) == ("shacl.datatype", "dct:modified")
    assert "2023" in finding.message


def test_batches_find_what_one_graph_finds():
    trees = [{"record_id": f"nl-algoritmeregister:{number}"} for number in range(5)]
    assert found(TITLED, *trees, size=2) == found(TITLED, *trees)


def test_what_is_wrong_with_the_catalogue_is_told_once():
    shapes = f"""{HEAD}
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    :s a sh:NodeShape ; sh:targetClass dcat:Catalog ;
      sh:property [ sh:path dct:rights ; sh:minCount 1 ] .
    """
    trees = [{"record_id": f"nl-algoritmeregister:{number}"} for number in range(5)]
    (finding,) = found(shapes, *trees, size=2)
    assert (finding.record_id, finding.path) == (None, "dct:rights")


def test_shapes_can_target_the_registrations_for_which_a_section_is_due():
    shapes = TITLED.replace("aix:Registration", "aix:DeployerRegistration")
    due = {
        "record_id": "nl-algoritmeregister:1",
        "classification": {"declared": "high-risk", "annex_iii": ["5(a)"]},
        "deployer": {"name": "Gemeente Voorbeeld", "kind": "public-authority"},
    }
    findings = found(shapes, due, {"record_id": "nl-algoritmeregister:2"})
    assert [finding.record_id for finding in findings] == ["nl-algoritmeregister:1"]


def test_shapes_are_read_from_files_and_folders(tmp_path):
    (tmp_path / "a.ttl").write_text(TITLED)
    (tmp_path / "b.ttl").write_text(NUMBERED)
    whole = shacl.load(tmp_path)
    assert len(whole.graph) > len(shacl.load(tmp_path / "a.ttl").graph)


def test_what_are_no_shapes_is_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no file of shapes"):
        shacl.load(tmp_path / "none.ttl")
    with pytest.raises(UsageError, match="holds no file in Turtle"):
        shacl.load(tmp_path)
    (tmp_path / "a.ttl").write_text("no turtle")
    with pytest.raises(InputError, match="cannot be read as Turtle"):
        shacl.load(tmp_path)
    (tmp_path / "a.ttl").write_text("<a:b> <a:b> <a:b> .")
    with pytest.raises(InputError, match="holds no shape"):
        shacl.load(tmp_path)
