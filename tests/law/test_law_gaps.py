"""How items stand, and which are gaps."""

import pytest
from law_cases import (
    BODY,
    NEW,
    OLD,
    PARTY,
    TODAY,
    bought,
    gap_items,
    in_house,
    registration,
    standing,
    state,
)

from aiexchange.law import gaps, ready
from aiexchange.model import Registration
from aiexchange.model.paths import digest

EN = {"en": "words"}
DEROGATED = {"classification__declared": None, "classification__article_6_3": ["6(3)(a)"]}
RESTRICTED = {"classification__annex_iii": ["6(a)"]}


def complete_use(**members) -> Registration:
    """A use by a public body whose Section C lacks nothing."""
    filled = {
        "deployer": {**PARTY, "submitter": PARTY},
        "deployer__name": BODY,
        "use": {"provider_entry": "https://example.org/entry/1", "fria_summary": EN},
    }
    return bought(**filled, **members)


def test_a_complete_use_is_ready():
    assert gap_items(complete_use()) == []
    assert ready(complete_use(), NEW)


def test_what_is_due_nowhere_is_not_ready():
    assert not ready(complete_use(classification__declared="unknown"), NEW)


def test_what_has_no_determined_access_is_not_ready():
    assert not ready(complete_use(classification__annex_iii=None), NEW)


def test_gaps_come_in_the_order_of_the_annex():
    order = [item.id for item in NEW.items]
    found = gap_items(in_house())
    assert found == sorted(found, key=order.index)


STATES = {
    "a value is present": ("C-3", {"use__provider_entry": "https://example.org/1"}, "present"),
    "no value is missing": ("C-3", {}, "missing"),
    "blank prose is no value": ("C-4", {"use__fria_summary": {"nl": " \n"}}, "missing"),
    "some parts are incomplete": ("C-1", {}, "incomplete"),
    "an address of a country alone is none": (
        "C-1",
        {"deployer": {**PARTY, "address": {"country": "NL"}}, "deployer__name": BODY},
        "incomplete",
    ),
    "a contact that cannot be reached is none": (
        "C-1",
        {"deployer": {**PARTY, "contacts": [{"name": "desk"}]}, "deployer__name": BODY},
        "incomplete",
    ),
    "all parts are present": ("C-1", {"deployer": dict(PARTY), "deployer__name": BODY}, "present"),
    "a submitter that is not named is missing": ("C-2", {}, "missing"),
    "a listed assessment is a link only": (
        "C-4",
        {"use__assessments": [{"kind": "iama"}]},
        "link-only",
    ),
    "with an address it is a link too": (
        "C-4",
        {"use__assessments": [{"kind": "fria", "url": "https://example.org"}]},
        "link-only",
    ),
    "an assessment of another kind leads nowhere": (
        "C-4",
        {"use__assessments": [{"kind": "aiia"}]},
        "missing",
    ),
    "a summary outweighs the link": (
        "C-4",
        {"use__assessments": [{"kind": "iama"}], "use__fria_summary": EN},
        "present",
    ),
    "no DPIA is not applicable": ("C-5", {}, "not-applicable"),
    "a listed DPIA is a link only": ("C-5", {"use__assessments": [{"kind": "dpia"}]}, "link-only"),
    "a DPIA summary is present": ("C-5", {"use__dpia_summary": EN}, "present"),
}


@pytest.mark.parametrize("case", STATES.values(), ids=STATES)
def test_states_of_section_c(case):
    item, members, expected = case
    assert state(bought(**members), item) == expected


CERTIFICATE = {
    "type": "EU technical documentation",
    "number": "1",
    "expires": "2030-01",
    "notified_body": {"number": "0123"},
}
PROVIDER_STATES = {
    "a trade name is enough": ("A-4", {"system__trade_name": "X"}, "present"),
    "a reference alone is not": ("A-4", {"system__references": [{"value": "v2"}]}, "incomplete"),
    "a purpose without functions is incomplete": (
        "A-5",
        {"system__intended_purpose": EN},
        "incomplete",
    ),
    "nobody else submits": ("A-2", {}, "not-applicable"),
    "somebody else submits": ("A-2", {"provider__submitter": {"name": "X"}}, "incomplete"),
    "a submitter without name or address is missing": (
        "A-2",
        {"provider__submitter": {"identifiers": [{"value": "1"}]}},
        "missing",
    ),
    "no country, no representative": ("A-3", {}, "not-applicable"),
    "a provider in the Union needs none": (
        "A-3",
        {"provider__address": {"country": "NL"}},
        "not-applicable",
    ),
    "a provider elsewhere needs one": ("A-3", {"provider__address": {"country": "US"}}, "missing"),
    "no certificate is not applicable": ("A-8", {}, "not-applicable"),
    "nor is its copy": ("A-9", {}, "not-applicable"),
    "a full certificate is present": ("A-8", {"system__certificates": [CERTIFICATE]}, "present"),
    "one certificate without number is incomplete": (
        "A-8",
        {"system__certificates": [CERTIFICATE, {**CERTIFICATE, "number": None}]},
        "incomplete",
    ),
    "a certificate without copy is missing its copy": (
        "A-9",
        {"system__certificates": [CERTIFICATE]},
        "missing",
    ),
    "every certificate has its own copy": (
        "A-9",
        {"system__certificates": [{**CERTIFICATE, "copy": {"path": "a.pdf"}}, CERTIFICATE]},
        "incomplete",
    ),
    "a title is no copy": (
        "A-11",
        {"system__declarations_of_conformity": [{"title": "X"}]},
        "missing",
    ),
    "instructions are asked for": ("A-12", {}, "missing"),
    "an address for more is optional": ("A-13", {}, "not-applicable"),
    "and present when given": (
        "A-13",
        {"system__more_information": "https://example.org"},
        "present",
    ),
}


@pytest.mark.parametrize("case", PROVIDER_STATES.values(), ids=PROVIDER_STATES)
def test_states_of_section_a(case):
    item, members, expected = case
    assert state(in_house(**members), item) == expected


def test_a_derogated_system_needs_no_representative():
    assert (
        state(bought(provider__address={"country": "US"}, **DEROGATED), "B-3") == "not-applicable"
    )


@pytest.mark.parametrize(("kind", "expected"), [(None, "missing"), ("eu-body", "missing")])
def test_public_bodies_owe_a_fundamental_rights_assessment(kind, expected):
    assert state(bought(deployer__kind=kind), "C-4") == expected


def test_the_parts_that_are_missing_are_named():
    assert standing(bought())["C-1"] == ("incomplete", ("address", "contact"))


def derived(path: str, value: object, **members) -> Registration:
    return in_house(provenance={path: {"kind": "derived", "digest": digest(value)}}, **members)


def test_a_derived_value_is_told_from_a_stated_one():
    assert state(derived("system.trade_name", "X", system__trade_name="X"), "A-4") == "derived"


def test_a_derived_value_that_was_edited_is_stated():
    assert state(derived("system.trade_name", "X", system__trade_name="Y"), "A-4") == "present"


def test_a_derived_country_makes_the_address_derived():
    party = {"name": BODY, "contacts": PARTY["contacts"], "address": {"city": "V", "country": "NL"}}
    entry = derived("provider.address.country", "NL", provider=party, provider__name=BODY)
    assert state(entry, "A-1") == "derived"


def test_an_incomplete_item_is_not_called_derived():
    assert state(derived("provider.name", BODY), "A-1") == "incomplete"


@pytest.mark.parametrize(("version", "asked"), [(OLD, True), (NEW, False)], ids=["2024", "2026"])
@pytest.mark.parametrize("item", ["B-7", "B-9"])
def test_what_the_amendment_deleted_is_asked_for_before_and_not_after(version, asked, item):
    assert (item in gap_items(bought(**DEROGATED), version)) is asked


def test_the_points_after_a_deleted_one_keep_their_number():
    assert [i for i in standing(bought(**DEROGATED)) if i > "B-6"] == ["B-8"]


@pytest.mark.parametrize(
    ("entry", "items"),
    [
        (in_house(**RESTRICTED), "A-1 A-2 A-3 A-4 A-5 A-7 A-10 C-1 C-2 C-3"),
        (bought(**DEROGATED, **RESTRICTED), "B-1 B-2 B-3 B-4 B-5 B-8"),
        (
            registration(**RESTRICTED, classification__declared=None, test__suspension="ongoing"),
            "IX-1 IX-2 IX-3 IX-5",
        ),
    ],
    ids=["A and C", "B", "IX"],
)
def test_restricted_registrations_are_measured_against_article_49_4_alone(entry, items):
    assert " ".join(i for i, (found, _) in standing(entry).items() if found != "forbidden") == items


def test_in_2024_the_restricted_set_of_section_b_held_its_point_9():
    assert "B-9" in standing(bought(**DEROGATED, **RESTRICTED), OLD)


def test_the_conditions_of_article_6_3_route_a_restricted_registration_and_are_no_gap_in_it():
    assert "B-6" not in standing(bought(**DEROGATED, **RESTRICTED))


def test_instructions_for_use_may_not_be_in_a_restricted_registration():
    manual = {"system__instructions_for_use": [{"url": "https://example.org/manual"}]}
    assert state(in_house(**RESTRICTED, **manual), "A-12") == "forbidden"


def test_a_summary_may_not_be_in_a_restricted_registration():
    assert "C-4" in gap_items(bought(use__fria_summary=EN, **RESTRICTED))


def test_a_test_that_is_merely_unpublished_has_its_plan_asked_for():
    entry = registration(classification__declared=None, test__identification_number="T-1")
    assert state(entry, "IX-4") == "missing"


TEST_STATES = {
    "no word about suspension": ({"identification_number": "T-1"}, "not-applicable"),
    "suspended": ({"suspension": "suspended"}, "present"),
    "an explanation without the state": ({"suspension_note": EN}, "incomplete"),
}


@pytest.mark.parametrize("case", TEST_STATES.values(), ids=TEST_STATES)
def test_states_of_a_test(case):
    members, expected = case
    entry = registration(classification__declared=None, test=members)
    assert state(entry, "IX-5") == expected


def test_a_missing_provider_entry_blocks():
    (gap,) = [gap for gap in gaps(bought(), NEW, TODAY) if gap.item == "C-3"]
    assert gap.blocking


def test_no_other_item_blocks():
    blocking = {gap.item for gap in gaps(in_house(), NEW, TODAY) if gap.blocking}
    assert blocking == {"C-3"}


@pytest.mark.parametrize(
    ("points", "item"), [(None, "annex-iii"), (["1(a)"], "sensitive-area")], ids=["none", "1(a)"]
)
def test_undetermined_access_is_a_blocking_gap_that_comes_first(points, item):
    gap = next(gaps(bought(classification__annex_iii=points), NEW, TODAY))
    assert (gap.item, gap.blocking) == (item, True)


def test_a_gap_names_who_can_supply_it_and_where_the_law_asks():
    (gap,) = [gap for gap in gaps(bought(), NEW, TODAY) if gap.item == "C-3"]
    assert (gap.supplied_by, gap.basis) == (
        "provider",
        "Annex VIII, Section C, point 3; Art. 26(8)",
    )
