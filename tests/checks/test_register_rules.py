"""What the register rejects: lengths as it counts them."""

import pytest

from aiexchange.checks.register_rules import findings
from aiexchange.mapping import lens_of

LENS = lens_of("nl-algoritmeregister", "1.0")
ACCEPTED = {
    "name": "Slim parkeren",
    "organization": "Gemeente Voorbeeld",
    "description_short": "Kort",
    "status": "In gebruik",
    "contact_email": "info@voorbeeld.example",
    "publication_category": "Overige algoritmes",
    "lang": "nld",
    "standard_version": "1.0",
}


def rejected(profile="api", **cells):
    registration = LENS.forward({**ACCEPTED, **cells}).registration
    return [(each.code.partition(".")[2], each.path) for each in findings(registration, profile)]


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("goal", "<ul>" + "<li>abcd</li>" * 500 + "</ul>"),
        ("goal", "<p>" + "a" * 2500 + "</p>"),
        ("goal", "&amp;" * 2500),
        ("goal", "a < b " + "c" * 2494),
        ("name", "<b>" + "n" * 100 + "</b>"),
        ("impacttoetsen_grouping", "1: " + "t" * 900 + ", https://voorbeeld.example"),
        ("lawful_basis_grouping", "1: " + "t" * 100 + ", https://voorbeeld.example"),
    ],
)
def test_a_length_counts_the_texts_between_the_tags_with_a_space_between_them(field, cell):
    assert rejected(**{field: cell}) == []


@pytest.mark.parametrize(
    ("field", "cell", "path"),
    [
        ("goal", "<ul>" + "<li>abcd</li>" * 501 + "</ul>", "goal"),
        ("goal", "<p>" + "a" * 2501 + "</p>", "goal"),
        ("goal", "&amp;" * 2501, "goal"),
        ("name", "<b>" + "n" * 101 + "</b>", "name"),
        ("begin_date", "2023-04-01", "begin_date"),
        (
            "lawful_basis_grouping",
            "1: " + "t" * 101 + ", https://a.example",
            "lawful_basis_grouping.title",
        ),
        (
            "source_data_grouping",
            "1: x, https://a.example/" + "y" * 500,
            "source_data_grouping.link",
        ),
    ],
)
def test_one_character_more_is_rejected(field, cell, path):
    assert rejected(**{field: cell}) == [("length", path)]


@pytest.mark.parametrize(
    ("field", "cell", "path"),
    [
        ("lawful_basis_grouping", "1: Wet", "lawful_basis_grouping.link"),
        ("lawful_basis_grouping", "1: https://wet.example", "lawful_basis_grouping.title"),
        ("source_data_grouping", "1: BRP, https://a.example. 2: RDW", "source_data_grouping.link"),
        ("impacttoetsen_grouping", "1: https://wet.example", "impacttoetsen_grouping.title"),
    ],
)
def test_an_entry_of_a_list_has_what_the_configuration_asks_of_it(field, cell, path):
    assert rejected(**{field: cell}) == [("mandatory", path)]


def test_an_assessment_needs_no_link():
    assert rejected(impacttoetsen_grouping="1: DPIA. 2: IAMA") == []


@pytest.mark.parametrize("value", [5, {"a": 1}, ["een"], True])
def test_what_is_no_text_is_rejected_where_a_text_belongs(value):
    record = {**ACCEPTED, "risks": value}
    registration = LENS.forward(record, flat=False).registration
    assert [each.path for each in findings(registration)] == ["risks"]


PUBLISHED = {
    "name": "Slim parkeren",
    "organization": "Gemeente Voorbeeld",
    "description_short": "Kort",
    "status": "In gebruik",
    "contact": "info@voorbeeld.example",
    "publication_category": "Overige algoritmes (Categorie C)",
    "language": "nld",
    "schema": "1.0.0",
}


def test_a_record_in_the_names_of_the_schema_is_held_against_the_interface_too():
    lens = lens_of("nl-algoritmeregister", "1.0-schema")
    short = {**PUBLISHED, "contact": "", "purpose_and_impact": "a" * 2501}
    registration = lens.forward(short, flat=False).registration
    found = {(each.code.partition(".")[2], each.path) for each in findings(registration, "api")}
    assert found == {("mandatory", "contact_email"), ("length", "goal")}
    assert len(list(findings(registration, "standard"))) > len(found)


def test_an_older_version_has_no_published_standard():
    registration = (
        lens_of("nl-algoritmeregister", "0.4")
        .forward({"name": "Slim parkeren", "standard_version": "0.4"})
        .registration
    )
    assert list(findings(registration, "standard")) == []
