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
