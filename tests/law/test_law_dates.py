"""From when duties bind: Art. 49 by the letter, Art. 113, Art. 111(2)."""

from datetime import date

import pytest
from law_cases import NEW, OLD, TODAY, bought, in_house, only_duty, registration

from aiexchange.law import route

BY_2030 = date(2030, 8, 2)
PUBLIC = {"system__intended_for_public_authorities": True}


def legacy(entry, version=NEW):
    return only_duty(entry, version).applies_from


def test_the_formal_date_is_2_august_2026():
    assert legacy(bought()).formal == date(2026, 8, 2)


def test_the_practical_date_is_2_december_2027():
    assert legacy(bought()).practical == date(2027, 12, 2)


def test_the_original_act_had_one_date_for_both():
    dates = legacy(bought(), OLD)
    assert dates.formal == dates.practical == date(2026, 8, 2)


def test_tests_in_real_world_conditions_are_not_deferred():
    duty = only_duty(registration(classification__declared=None, test__plan_summary={"en": "x"}))
    assert duty.applies_from.practical == date(2026, 8, 2)
    assert duty.in_force


@pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)
def test_every_reading_says_what_it_rests_on(version):
    for entry in (in_house(), bought(classification__article_6_3=["6(3)(a)"])):
        for duty in route(entry, version, TODAY).duties:
            dates = duty.applies_from
            assert all([dates.formal_ground, dates.practical_ground, dates.legacy_ground])


LEGACY = {
    "placed before, for public authorities": (
        {"system__first_placed": "2025-03-01", **PUBLIC},
        BY_2030,
    ),
    "placed before, purpose not stated": ({"system__first_placed": "2025-03-01"}, BY_2030),
    "placed before, not for public authorities": (
        {"system__first_placed": "2025-03-01", "system__intended_for_public_authorities": False},
        None,
    ),
    "placed between the two dates": ({"system__first_placed": "2027-01-15", **PUBLIC}, BY_2030),
    "placed on the day itself": ({"system__first_placed": "2027-12-02", **PUBLIC}, None),
    "placed the day before": ({"system__first_placed": "2027-12-01", **PUBLIC}, BY_2030),
    "placed in the month of the date: unknown": (
        {"system__first_placed": "2027-12", **PUBLIC},
        None,
    ),
    "placed in the year of the date: unknown": ({"system__first_placed": "2027", **PUBLIC}, None),
    "the month before is early enough": ({"system__first_placed": "2027-11", **PUBLIC}, BY_2030),
    "used before, so placed before": ({"use__start": "2023", **PUBLIC}, BY_2030),
    "used before, placed some time in that year": (
        {"use__start": "2027-03", "system__first_placed": "2027", **PUBLIC},
        BY_2030,
    ),
    "use begun after says nothing": ({"use__start": "2028", **PUBLIC}, None),
    "nothing known": (PUBLIC, None),
    "changed significantly since": (
        {"system__first_placed": "2025", "system__significant_change": "2028-05-10", **PUBLIC},
        date(2028, 5, 10),
    ),
    "changed before the date": (
        {"system__first_placed": "2025", "system__significant_change": "2026-05-10", **PUBLIC},
        BY_2030,
    ),
    "changed after 2030": (
        {"system__first_placed": "2025", "system__significant_change": "2031", **PUBLIC},
        BY_2030,
    ),
    "changed after 2030, not for public authorities": (
        {
            "system__first_placed": "2025",
            "system__significant_change": "2031-01-02",
            "system__intended_for_public_authorities": False,
        },
        date(2031, 1, 2),
    ),
}


@pytest.mark.parametrize("case", LEGACY.values(), ids=LEGACY)
def test_legacy_date(case):
    members, expected = case
    assert legacy(bought(**members)).legacy == expected


GROUNDS = {
    "intended to be used by public authorities: due": {"system__first_placed": "2025", **PUBLIC},
    "which the record does not say": {"system__first_placed": "2025"},
    "It is not known": {"system__first_placed": "2027-12"},
    "gives no grace": {"system__first_placed": "2028"},
    "rests on reading": {"system__first_placed": "2027-01-15"},
    "the use began before": {"use__start": "2023"},
    "cannot be told from its date": {
        "system__first_placed": "2025",
        "system__significant_change": "2027",
    },
}


@pytest.mark.parametrize("words", GROUNDS)
def test_the_legacy_ground_says_why(words):
    assert words in legacy(bought(**GROUNDS[words])).legacy_ground


def test_a_system_placed_before_august_2026_is_beyond_dispute():
    assert "rests on reading" not in legacy(bought(system__first_placed="2026-07")).legacy_ground


def test_a_body_that_provides_for_itself_intends_public_use():
    for duty in route(in_house(use__start="2023"), NEW, TODAY).duties:
        assert "intended to be used by public authorities: due" in duty.applies_from.legacy_ground


def test_a_planned_start_is_not_a_placing():
    entry = bought(use__start="2026-12", use__status="in-development", system__status="ON_MARKET")
    assert legacy(entry).legacy is None


def test_section_b_has_no_legacy_date():
    entry = bought(classification__article_6_3=["6(3)(a)"], system__first_placed="2020", **PUBLIC)
    assert legacy(entry).legacy is None


def test_the_original_act_draws_the_line_at_its_own_date():
    assert legacy(bought(system__first_placed="2026-09-01", **PUBLIC), OLD).legacy is None
    assert legacy(bought(system__first_placed="2026-08-01", **PUBLIC), OLD).legacy == BY_2030


IN_FORCE = {
    "a new system is not bound before the practical date": ({}, date(2027, 12, 1), False),
    "it is bound from the practical date": ({}, date(2027, 12, 2), True),
    "a legacy system is not bound then": (
        {"use__start": "2023", **PUBLIC},
        date(2027, 12, 2),
        False,
    ),
    "it is bound from August 2030": ({"use__start": "2023", **PUBLIC}, BY_2030, True),
    "a private legacy system is never bound by a date": (
        {"use__start": "2023", "system__intended_for_public_authorities": False},
        date(2040, 1, 1),
        False,
    ),
}


@pytest.mark.parametrize("case", IN_FORCE.values(), ids=IN_FORCE)
def test_in_force(case):
    members, day, expected = case
    assert only_duty(bought(**members), NEW, day).in_force is expected


def test_duties_are_listed_whatever_the_day():
    assert only_duty(bought(), NEW, date(2020, 1, 1)).section == "C"
