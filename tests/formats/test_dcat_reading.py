"""Catalogues of others: the same graph in any order and any form, and what was added to it."""

from __future__ import annotations

import io
import random

import pyoxigraph
import pytest
import rdflib
from dcat_cases import IRI, SYNTAX_NAMES, by_id, entries_of, one, read_back, sample, written

from aiexchange.errors import InputError, LimitError

RDFLIB = {
    "turtle": "turtle",
    "longturtle": "turtle",
    "nt": "ntriples",
    "nquads": "nquads",
    "trig": "trig",
    "json-ld": "jsonld",
    "xml": "rdfxml",
    "pretty-xml": "rdfxml",
}
OXIGRAPH = {"TURTLE": "turtle", "RDF_XML": "rdfxml", "JSON_LD": "jsonld", "TRIG": "trig"}


@pytest.fixture(scope="module")
def given():
    return sample()


@pytest.fixture(scope="module")
def lines(given):
    return written(given)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", RDFLIB)
def test_what_rdflib_makes_of_a_catalogue_is_read_back(given, lines, name):
    graph = rdflib.Dataset() if name in ("nquads", "trig") else rdflib.Graph()
    graph.parse(
        data=written(given, "nquads") if name in ("nquads", "trig") else lines,
        format="nquads" if name in ("nquads", "trig") else "nt",
    )
    data = graph.serialize(format=name, encoding="utf-8")
    assert read_back(data, RDFLIB[name]) == by_id(given)


@pytest.mark.parametrize("name", OXIGRAPH)
def test_what_oxigraph_makes_of_a_catalogue_is_read_back(given, lines, name):
    triples = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.TURTLE)
    data = pyoxigraph.serialize(
        (quad.triple for quad in triples), format=getattr(pyoxigraph.RdfFormat, name)
    )
    assert read_back(data, OXIGRAPH[name]) == by_id(given)


def test_triples_in_any_order_give_the_same_registrations(given, lines):
    shuffled = lines.splitlines(keepends=True)
    random.Random(1).shuffle(shuffled)
    assert read_back(b"".join(shuffled)) == by_id(given)


@pytest.mark.parametrize("syntax", SYNTAX_NAMES)
def test_content_tells_the_serialisation_whatever_the_suffix_says(given, syntax):
    data = written(given[:2], syntax)
    assert read_back(data) == by_id(given[:2])
    assert read_back(data, "jsonld" if syntax != "jsonld" else "turtle") == by_id(given[:2])


def test_windows_line_ends_comments_and_other_spaces_are_read(given, lines):
    odd = b"# edited\r\n\r\n" + lines.replace(b" .\n", b"\t.  # end\r\n").replace(
        b"> <", b">\t<", 99
    )
    assert read_back(odd, "ntriples") == by_id(given)


def test_a_stream_that_cannot_go_back_is_read(given, lines):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    from aiexchange.formats import FORMATS, Options

    for data in (lines, written(given, "jsonld")):
        entries = FORMATS["dcat"].read(Pipe(data), Options(file="-"))
        assert by_id(entry.registration for entry in entries) == by_id(given)


def test_nodes_without_a_name_are_read(given):
    """What others write in brackets: no node but the registration keeps its IRI."""
    graph = rdflib.Graph()
    graph.parse(data=written(given[:3]), format="nt")
    blank = {}
    for node in set(graph.subjects()) | set(graph.objects()):
        if isinstance(node, rdflib.URIRef) and "/registration/" in node and "#" in node:
            blank[node] = rdflib.BNode()
    other = rdflib.Graph()
    for s, p, o in graph:
        other.add((blank.get(s, s), p, blank.get(o, o)))
    # Beyond a depth of 3 rdflib's own pretty RDF/XML loses nodes without a name.
    ways = (("turtle", "turtle", {}), ("json-ld", "jsonld", {}))
    for name, syntax, more in (*ways, ("pretty-xml", "rdfxml", {"max_depth": 12})):
        data = other.serialize(format=name, encoding="utf-8", **more)
        entries = entries_of(data, syntax)
        assert by_id(each.registration for each in entries if each.registration) == by_id(given[:3])
        paths = {finding.path for entry in entries for finding in entry.findings}
        assert paths <= {"prov:qualifiedAttribution", None}


PREFIXES = """
@prefix x: <https://w3id.org/aiexchange/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def test_other_forms_of_a_value_are_read():
    data = f"""{PREFIXES}
    {IRI} a x:Registration ; x:recordId "nl-algoritmeregister:1" ; x:version "001"^^xsd:integer ;
      x:modified "2024-05-02T00:00:00+00:00"^^xsd:dateTime ; x:title "toets"@NL ;
      x:classification [ x:profiling "1"^^xsd:boolean ; x:annexI false ;
        x:article6-3Condition x:Art6-3-a ] ;
      x:use [ x:start "2023-01-01+01:00"^^xsd:date ; x:end "2024"^^xsd:gYear ] ;
      x:system [ x:memberStates <http://publications.europa.eu/resource/authority/country/NLD> ;
        x:status x:IN_SERVICE ; x:moreInformation <https://voorbeeld.nl/a> ] .
    """
    (entry,) = entries_of(data.encode())
    assert entry.findings == ()
    assert entry.registration == one(
        modified="2024-05-02T00:00:00+00:00",
        title={"nl": "toets"},
        classification={"profiling": True, "annex_i": False, "article_6_3": ["6(3)(a)"]},
        use={"start": "2023-01-01", "end": "2024"},
        system={
            "member_states": ["NL"],
            "status": "IN_SERVICE",
            "more_information": "https://voorbeeld.nl/a",
        },
    )


def test_a_triple_that_is_neither_carried_nor_derived_is_a_finding():
    data = written([one(title={"nl": "toets"})], "turtle").decode()
    data += f'{PREFIXES}{IRI} rdfs:comment "van ons" ; x:unknown [ rdfs:label "iets" ] .\n'
    first, rest = entries_of(data.encode())
    assert first.registration == one(title={"nl": "toets"})
    assert sorted(finding.path for finding in first.findings) == ["aix:unknown", "rdfs:comment"]
    assert {finding.code for finding in first.findings} == {"dcat.unread-triple"}
    assert [finding.code for finding in rest.findings] == ["dcat.other-triple"]


def test_a_derived_triple_that_was_edited_is_a_finding():
    data = written([one(title={"nl": "toets"})]).decode()
    edited = data.replace('terms/title> "toets"@nl', 'terms/title> "iets anders"@nl')
    (entry,) = entries_of(edited.encode())
    assert [finding.path for finding in entry.findings] == ["dct:title"]


def test_a_value_that_is_said_twice_is_a_finding_and_one_is_taken():
    data = written([one(system={"trade_name": "A"})]).decode()
    data += f'<{IRI[1:-1]}#system> <https://w3id.org/aiexchange/ns#tradeName> "B" .\n'
    (entry,) = entries_of(data.encode())
    assert entry.registration == one(system={"trade_name": "A"})
    assert [finding.path for finding in entry.findings] == ["trade_name"]


def test_the_same_triple_in_two_graphs_is_one():
    data = written([one(title={"nl": "toets"})], "nquads")
    again = data.replace(b"/id/record/nl-algoritmeregister%3A1> .", b"/id/other> .")
    assert read_back(data + again) == by_id([one(title={"nl": "toets"})])


def test_a_node_that_serves_as_two_parts_is_read_as_both():
    data = f"""{PREFIXES} @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    {IRI} a x:Registration ; x:recordId "nl-algoritmeregister:1" ; x:provider _:a ; x:deployer _:a .
    _:a foaf:name "Gemeente Voorbeeld" .
    """
    (entry,) = entries_of(data.encode())
    name = {"name": "Gemeente Voorbeeld"}
    assert entry.registration == one(provider=name, deployer=name)


def test_a_node_that_is_part_of_itself_ends():
    data = f"""{PREFIXES}
    {IRI} a x:Registration ; x:recordId "nl-algoritmeregister:1" ; x:provider {IRI} ;
      x:submitter {IRI} .
    """
    (entry,) = entries_of(data.encode())
    assert entry.registration is not None or entry.findings


def test_a_link_to_nothing_is_a_finding():
    data = written([one(title={"nl": "toets"})]).decode()
    data += f"{IRI} <https://w3id.org/aiexchange/ns#identifiers> <https://example.org/gone> .\n"
    (entry,) = entries_of(data.encode())
    assert entry.registration == one(title={"nl": "toets"})
    assert [finding.path for finding in entry.findings] == ["identifiers"]


def test_a_registration_that_cannot_be_one_does_not_lose_the_others():
    given = [one(), one(record_id="nl-algoritmeregister:2", modified="2024")]
    data = written(given).replace(b'ns#modified> "2024"', b'ns#modified> "20 nov 2026"')
    good, bad = entries_of(data)
    assert good.registration == one()
    assert bad.registration is None
    assert [finding.code for finding in bad.findings] == ["dcat.invalid-registration"]
    assert bad.findings[0].record_id == "nl-algoritmeregister:2"


RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
HOSTILE = {
    "a document type": (
        f'<!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF {RDF}><rdf:Description rdf:about="a:b">&a;'
        "</rdf:Description></rdf:RDF>"
    ),
    "nothing is fetched": '{"@context": "https://example.org/context.jsonld", "@id": "a:b"}',
    "stack size": '{"@id": "a:b", "a:c": ' + "[" * 100_000,
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_hostile_input_is_refused(reason):
    with pytest.raises(InputError, match=reason):
        entries_of(HOSTILE[reason].encode())


def test_a_document_type_that_hides_behind_a_comment_is_refused():
    with pytest.raises(InputError, match="refused"):
        entries_of(
            f'<?xml version="1.0"?><!-- {RDF} > --><!DOCTYPE r><rdf:RDF {RDF}/>'.encode(), "rdfxml"
        )


def test_our_json_ld_is_read_as_a_stream_and_other_json_ld_up_to_a_limit(given, monkeypatch):
    from aiexchange.formats.dcat import guard

    monkeypatch.setattr(guard, "LARGEST_UNORDERED", 1000)
    data = written(given, "jsonld")
    assert read_back(data) == by_id(given)
    with pytest.raises(LimitError, match="1,000 bytes"):
        entries_of(data.replace(b'"@type"', b'"rdf:x": "y", "@type"'))


@pytest.mark.parametrize("syntax", ["ntriples", "nquads"])
def test_a_broken_line_is_named(syntax):
    data = written([one()], syntax).splitlines(keepends=True)
    data[20] = b"<a:b> nonsense .\n"
    with pytest.raises(InputError, match="line 21"):
        entries_of(b"".join(data), syntax)


def test_bytes_that_are_not_utf8_are_refused():
    data = written([one(title={"nl": "toets"})]).replace(b"toets", b"t\xe9ts")
    with pytest.raises(InputError, match="not UTF-8"):
        entries_of(data)
