"""Closing: every gap says who can close it, and with which fields of which template."""

from __future__ import annotations

import pytest

from aiexchange import law
from aiexchange.exchange import gaps
from aiexchange.law.types import Gap, ItemState
from aiexchange.model import SectionCode
from aiexchange.model.paths import field_at
from aiexchange.templates import DEPLOYER, ORGANISATIONS, SUPPLIER, plan
from shared import EXPORT

VERSION = law.legal_version()


@pytest.fixture(scope="module")
def report():
    return gaps(EXPORT).as_dict()


def gap(item, *parts, state=ItemState.MISSING):
    found = VERSION.item(item)
    return Gap(found.section, item, state, parts, found.supplied_by.value, found.basis)


def test_the_fields_of_a_gap_are_those_of_its_missing_parts():
    closing = law.closing(gap("A-1", "address", "contact"), VERSION)
    assert closing.fields == ("provider.address", "provider.contacts")
    assert (closing.template, closing.section) == (SUPPLIER, SectionCode.A)


def test_who_the_deployer_is_and_who_submits_is_said_once_for_each_body():
    assert law.closing(gap("C-2", "name"), VERSION).template == ORGANISATIONS
    assert law.closing(gap("C-4", "summary"), VERSION).template == DEPLOYER


def test_a_notified_body_speaks_by_way_of_the_provider():
    assert law.closing(gap("A-8", "number"), VERSION).who == ("notified-body", "provider")


def test_the_address_of_an_entry_comes_from_the_eu_database_through_the_provider():
    closing = law.closing(gap("C-3", "address"), VERSION)
    assert closing.who == ("provider", "eu-database")
    assert (closing.template, closing.section) == (SUPPLIER, SectionCode.A)


def test_nothing_is_asked_for_against_a_value_that_is_forbidden():
    closing = law.closing(gap("A-12", "instructions", state=ItemState.FORBIDDEN), VERSION)
    assert closing.template is None
    assert closing.as_dict()["template"] is None


def test_every_item_names_fields_that_its_template_asks_for():
    for item in VERSION.items:
        if item.deleted:
            continue
        names = tuple(part.name for part in item.parts)
        closing = law.closing(gap(item.id, *names), VERSION)
        asked = [ask.path for ask in plan(closing.template, closing.section.value).asks]
        drawn = plan(closing.template, closing.section.value)
        asked += [owner for table in drawn.tables for owner in table.owners]
        for path in closing.fields:
            assert field_at(path)
            bare = path.replace("[]", "")
            assert any(
                each.replace("[]", "").startswith(bare) or bare.startswith(f"{each}.")
                for each in asked
            ), path


def test_answers_are_ranked_by_the_gaps_that_they_help_to_close(report):
    counts = [answer["gaps"] for answer in report["answers"]]
    assert counts == sorted(counts, reverse=True)
    by_path = {(one["path"], one["template"]): one for one in report["answers"]}
    submitter = by_path["deployer.submitter.name", ORGANISATIONS]
    assert (submitter["gaps"], submitter["registrations"]) == (13, 13)
    assert submitter["respondents"] == 11
    assert by_path["use.provider_entry", SUPPLIER]["alone"] == 13


def test_every_gap_is_counted_once_for_each_field_that_it_needs(report):
    needed = sum(
        len(each["closing"]["template"]["fields"])
        for registration in report["registrations"]
        for each in registration["gaps"]
        if each["closing"]["template"]
    )
    assert needed == sum(answer["gaps"] for answer in report["answers"])
