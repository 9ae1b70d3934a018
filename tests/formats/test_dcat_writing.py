"""Catalogues that we write: what they say for others, their profiles, and the same bytes."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys

import pytest
import rdflib
from dcat_cases import IRI, SYNTAX_NAMES, by_id, entries_of, one, read_back, sample, written

import aiexchange
from aiexchange.errors import UsageError
from aiexchange.findings import Origin
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.dcat.catalogue import Catalogue, load
from aiexchange.model import Entry
from shared import EXPORT

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
AUTHORITY = "<http://publications.europa.eu/resource/authority/"
NEEDED = ("creator", "contactPoint", "theme")


@pytest.fixture(scope="module")
def given():
    return sample()


def said(data: bytes, subject: str = IRI) -> dict[str, list[str]]:
    """What lines say about a node, by the local name of the predicate."""
    found: dict[str, list[str]] = {}
    for line in data.decode().splitlines():
        node, predicate, value = line.removesuffix(" .").split(" ", 2)
        if node == subject:
            local = predicate.strip("<>").replace("#", "/").rpartition("/")[2]
            found.setdefault(local, []).append(value)
    return found


def test_a_registration_is_a_data_set_with_what_is_known_of_it():
    registration = one(
        title={"nl": "Toets"},
        modified="2024-05-02",
        languages=["nl"],
        source={"page": "https://voorbeeld.nl/1"},
        deployer={"name": "Gemeente Voorbeeld", "contacts": [{"email": "a@b.nl", "public": True}]},
        system={"member_states": ["NL"]},
        use={"themes": ["public-finance"]},
    )
    found = said(written([registration]))
    assert found["creator"] == [f"<{IRI[1:-1]}#deployer>"]
    assert found["contactPoint"] == [f"<{IRI[1:-1]}#deployer-contacts-1>"]
    assert found["language"] == [f"{AUTHORITY}language/NLD>"]
    assert found["spatial"] == [f"{AUTHORITY}country/NLD>"]
    assert found["theme"] == [f"{AUTHORITY}data-theme/GOVE>"]
    assert found["accessRights"] == [f"{AUTHORITY}access-right/PUBLIC>"]
    assert found["landingPage"] == ["<https://voorbeeld.nl/1>"]
    assert found["applicableLegislation"] == ["<http://data.europa.eu/eli/reg/2024/1689/oj>"]
    assert found["qualifiedAttribution"] == [f"<{IRI[1:-1]}#role-deployer>"]
    assert found["modified"][-1] == '"2024-05-02"^^<http://www.w3.org/2001/XMLSchema#date>'


def test_no_node_is_without_a_name_and_no_checksum_is_written(given):
    data = written(given, "nquads", catalogue=Catalogue(licence=CC0), with_ranges=True)
    assert not [line for line in data.splitlines() if line.startswith(b"_:") or b" _:" in line]
    assert b"spdx" not in data


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_named_graph_holds_what_is_said_about_one_registration(given):
    quads = rdflib.Dataset()
    quads.parse(data=written(given[:3], "nquads"), format="nquads")
    names = {str(quad[3]) for quad in quads.quads() if quad[3] is not None}
    ids = {each.record_id.replace(":", "%3A") for each in given[:3]}
    assert {name.rpartition("/record/")[2] for name in names if "/record/" in name} == ids


def test_without_a_date_there_is_no_catalogue_record():
    assert b"CatalogRecord" not in written([one()])
    assert b"CatalogRecord" in written([one(modified="2024")])


def test_without_a_licence_there_is_no_distribution():
    registration = one(source={"page": "https://voorbeeld.nl/1"})
    assert b"dcat#Distribution" not in written([registration])
    data = written([registration], catalogue=Catalogue(licence=CC0, xml="https://voorbeeld.nl/x"))
    assert len(said(data)["distribution"]) == 2
    assert said(data, f"<{IRI[1:-1]}#eudb-xml>")["accessURL"] == ["<https://voorbeeld.nl/x>"]
    entry, about_the_catalogue = entries_of(data)
    assert (entry.registration, entry.findings) == (registration, ())
    assert [each.code for each in about_the_catalogue.findings] == ["dcat.other-triple"]


def test_the_dutch_profile_fills_in_what_it_asks_for_and_is_the_default_for_a_dutch_register():
    assert all(name in said(written([one()])) for name in NEEDED)
    assert all(name in said(written([one()], profile="dcat-ap-nl")) for name in NEEDED)


def test_the_european_profile_says_what_is_known_alone():
    assert not any(name in said(written([one()], profile="dcat-ap")) for name in NEEDED)
    other = one(record_id="uk-atrs:1")
    iri = IRI.replace("nl-algoritmeregister", "uk-atrs")
    assert not any(name in said(written([other]), iri) for name in NEEDED)


@pytest.mark.parametrize(
    "options", [{"profile": "dcat"}, {"base_iri": "voorbeeld"}, {"base_iri": "https://a.nl/x"}]
)
def test_a_profile_and_a_base_that_are_none_are_refused(options):
    with pytest.raises(UsageError):
        written([one()], **options)


def test_the_base_of_all_our_iris_can_be_chosen(given):
    data = written(given[:3], base_iri="https://algoritmes.voorbeeld.nl/")
    assert b"w3id.org/aiexchange/id" not in data
    assert read_back(data) == by_id(given[:3])


def test_what_is_restricted_is_refused_and_what_is_private_is_left_out():
    secret = one(
        record_id="nl-algoritmeregister:2",
        classification={
            "declared": "high-risk",
            "annex_iii": ["6(a)"],
            "sensitive_area": True,
        },
        provider={"name": "Voorbeeld B.V."},
    )
    private = one(deployer={"name": "G", "contacts": [{"email": "p@example.org"}]})
    stream = io.BytesIO()
    entries = [Entry(each, Origin()) for each in (secret, private)]
    found = list(FORMATS["dcat"].write(entries, stream, Options(syntax="ntriples")))
    assert [each.code for each in found] == ["dcat.restricted-refused", "loss.contact-not-public"]
    assert b"%3A2" not in stream.getvalue()
    assert b"p@example.org" not in stream.getvalue()


def test_a_file_describes_the_catalogue(tmp_path):
    file = tmp_path / "catalogue.toml"
    file.write_text(
        'title = { nl = "Ons register", en = "Our register" }\npublisher = "Gemeente Voorbeeld"\n'
        f'licence = "{CC0}"\n[contact]\nname = "Team"\nemail = "team@voorbeeld.nl"\n',
        encoding="utf-8",
    )
    data = written([one()], catalogue=load(file).but(homepage="https://voorbeeld.nl/"))
    home = "https://w3id.org/aiexchange/id/catalogue"
    assert said(data, f"<{home}>")["title"] == ['"Our register"@en', '"Ons register"@nl']
    assert said(data, f"<{home}>")["license"] == [f"<{CC0}>"]
    assert said(data, f"<{home}>")["homepage"] == ["<https://voorbeeld.nl/>"]
    assert said(data, f"<{home}#publisher>")["name"] == ['"Gemeente Voorbeeld"']
    assert said(data, f"<{home}#contact>")["hasEmail"] == ["<mailto:team@voorbeeld.nl>"]


@pytest.mark.parametrize(
    "text",
    [
        "titel = 'x'",
        "title = 1",
        "licence = 'CC0'",
        "contact = 'x'",
        "title = ",
        "[contact]\na = 1",
    ],
)
def test_a_file_that_describes_no_catalogue_is_refused(tmp_path, text):
    (tmp_path / "c.toml").write_text(text)
    with pytest.raises(UsageError, match=r"c\.toml"):
        load(tmp_path / "c.toml")


@pytest.mark.parametrize("syntax", SYNTAX_NAMES)
def test_the_order_of_records_changes_the_order_of_what_is_written_alone(given, syntax):
    other = list(given)
    random.Random(2).shuffle(other)
    assert read_back(written(other, syntax)) == by_id(given)
    if syntax in ("ntriples", "nquads"):
        options = {"with_ranges": True}
        first, second = written(given, syntax, **options), written(other, syntax, **options)
        assert sorted(first.splitlines()) == sorted(second.splitlines())


def test_hash_seeds_change_no_byte(tmp_path):
    made = set()
    for seed in ("1", "4711"):
        done = subprocess.run(
            [sys.executable, "-m", "aiexchange", "convert", EXPORT, "-", "--to", "trig"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        made.add(done.stdout)
    assert len(made) == 1


@pytest.mark.parametrize(
    "options", [{}, {"with_ranges": True, "catalogue": Catalogue(licence=CC0)}]
)
def test_the_graph_in_memory_holds_the_triples_that_are_written(given, options):
    graph = aiexchange.to_graph(given, **options)
    other = rdflib.Graph()
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        other.parse(data=written(given, **options), format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    assert set(graph) == set(other)


def test_no_triple_is_written_twice(given):
    lines = written(given, with_ranges=True, catalogue=Catalogue(licence=CC0)).splitlines()
    assert len(lines) == len(set(lines))


def test_a_graph_can_be_made_from_a_file_as_well(given):
    assert set(aiexchange.to_graph(EXPORT)) == set(aiexchange.to_graph(given))
