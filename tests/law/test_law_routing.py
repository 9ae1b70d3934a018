"""Which sections are due under Art. 49 and 60, and with what access."""

from datetime import date

import pytest
from law_cases import (
    NEW,
    OLD,
    SUPPLIER,
    TODAY,
    bought,
    codes,
    in_house,
    only_duty,
    registration,
    sections,
)

from aiexchange.law import Access, Actor, route

ROUTES = {
    "a body that is its own provider is due under A and C": (in_house(), "A C"),
    "a name in other case and spacing is the same body": (
        in_house(provider__name="gemeente  VOORBEELD "),
        "A C",
    ),
    "a named supplier means C": (bought(), "C"),
    "no provider named means C": (registration(), "C"),
    "a supplier's own record is due under A": (
        registration(provider__name=SUPPLIER, deployer__name=None),
        "A",
    ),
    "conditions of Art. 6(3) mean B and no C": (
        bought(classification__article_6_3=["6(3)(a)"]),
        "B",
    ),
    "a derogated system needs no declaration": (
        registration(classification__declared=None, classification__article_6_3=["6(3)(d)"]),
        "B",
    ),
    "an own system under Art. 6(3) is due under B alone": (
        in_house(classification__article_6_3=["6(3)(a)"]),
        "B",
    ),
    "a derogated system of point 2 goes to the EU database": (
        bought(classification__annex_iii=["2"], classification__article_6_3=["6(3)(a)"]),
        "B",
    ),
    "point 2 beside another point does not exempt": (
        bought(classification__annex_iii=["2", "5(a)"]),
        "C",
    ),
    "a private body that acts for a public one is due under C": (
        bought(deployer__kind="on-behalf-of-public-authority"),
        "C",
    ),
    "a private body that is its own provider is due under A alone": (
        in_house(deployer__kind="private"),
        "A",
    ),
    "a test is due under Annex IX, whatever the class": (
        registration(classification__declared=None, test__identification_number="T-1"),
        "IX",
    ),
    "a test of a system in use is due beside the rest": (
        in_house(test__identification_number="T-1"),
        "A C IX",
    ),
    "a system with a status is due although its use is in development": (
        bought(use__status="in-development", system__status="ON_MARKET"),
        "C",
    ),
    "an ended use that was entered stays due": (
        in_house(use__status="out-of-use", entries=[{"section": "C"}]),
        "C",
    ),
}


@pytest.mark.parametrize("case", ROUTES.values(), ids=ROUTES)
@pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)
def test_routes(case, version):
    entry, expected = case
    assert sections(entry, version) == expected


EXEMPTIONS = {
    "declared-not-high-risk": bought(classification__declared="not-high-risk"),
    "class-unknown": bought(classification__declared="unknown"),
    "class-not-stated": bought(classification__declared=None),
    "annex-i-only": bought(classification__annex_iii=None, classification__annex_i=True),
    "national": in_house(classification__annex_iii=["2"]),
    "pre-market": in_house(use__status="in-development"),
    "out-of-use": in_house(use__status="out-of-use"),
    "private-deployer": bought(deployer__kind="private"),
}


@pytest.mark.parametrize("code", EXEMPTIONS)
def test_nothing_is_due_and_the_reason_is_told(code):
    routing = route(EXEMPTIONS[code], NEW, TODAY)
    assert (routing.duties, routing.not_due_code) == ((), code)
    assert routing.not_due


def test_every_exemption_has_its_own_reason():
    reasons = {exemption.reason for exemption in NEW.duty_table.exemptions}
    assert len(reasons) == len(NEW.duty_table.exemptions) == len(EXEMPTIONS)


def test_a_duty_leaves_no_reason_for_its_absence():
    assert route(bought(), NEW, TODAY).not_due is None


def test_a_derogated_system_in_development_is_not_due_yet():
    entry = bought(use__status="in-development", classification__article_6_3=["6(3)(a)"])
    assert route(entry, NEW, TODAY).not_due_code == "pre-market"


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_an_entry_that_does_not_stand_keeps_no_duty_alive(state):
    entry = bought(use__status="out-of-use", entries=[{"section": "C", "state": state}])
    assert sections(entry) == ""


def test_a_test_under_point_2_is_not_for_the_eu_database():
    entry = registration(classification__annex_iii=["2"], test__identification_number="T-1")
    assert sections(entry) == ""


ACCESS = {
    "other points are public": ({"annex_iii": ["5(a)"]}, "public"),
    "point 8 is public even in a sensitive area": (
        {"annex_iii": ["8(a)"], "sensitive_area": True},
        "public",
    ),
    "point 6 is restricted": ({"annex_iii": ["6(a)"]}, "restricted"),
    "point 7 is restricted": ({"annex_iii": ["7(c)"]}, "restricted"),
    "point 6 is public where the area is denied": (
        {"annex_iii": ["6(a)"], "sensitive_area": False},
        "public",
    ),
    "point 6 beside another point restricts": ({"annex_iii": ["5(a)", "6(a)"]}, "restricted"),
    "point 1 is restricted in a sensitive area": (
        {"annex_iii": ["1(a)"], "sensitive_area": True},
        "restricted",
    ),
    "point 1 is public outside one": ({"annex_iii": ["1(a)"], "sensitive_area": False}, "public"),
    "point 1 without an area is undetermined": ({"annex_iii": ["1(a)"]}, "undetermined"),
    "no point is undetermined": ({"annex_iii": None}, "undetermined"),
    "a derogated system of point 6 is restricted too": (
        {"annex_iii": ["6(a)"], "article_6_3": ["6(3)(a)"]},
        "restricted",
    ),
    "a derogated system of point 2 is public": (
        {"annex_iii": ["2"], "article_6_3": ["6(3)(a)"]},
        "public",
    ),
}


@pytest.mark.parametrize("case", ACCESS.values(), ids=ACCESS)
def test_access(case):
    members, expected = case
    entry = bought(**{f"classification__{name}": value for name, value in members.items()})
    assert only_duty(entry).access == expected


def test_restricted_duties_cite_article_49_4():
    assert only_duty(bought(classification__annex_iii=["6(a)"])).basis.endswith("Art. 49(4)")


def test_a_test_without_consent_is_restricted_but_complete():
    duty = only_duty(registration(classification__declared=None, test__plan_summary={"en": "x"}))
    assert (duty.access, duty.reduced) == (Access.RESTRICTED, False)


def test_a_test_with_consent_is_public():
    entry = registration(classification__declared=None, test__publication_consent=True)
    assert only_duty(entry).access is Access.PUBLIC


def test_consent_does_not_publish_a_test_in_law_enforcement():
    entry = registration(
        classification__declared=None,
        classification__annex_iii=["6(a)"],
        test__publication_consent=True,
    )
    assert only_duty(entry).access is Access.RESTRICTED
    assert only_duty(entry).reduced


@pytest.mark.parametrize(
    ("entry", "actor", "basis"),
    [
        (bought(), Actor.DEPLOYER, "Art. 49(3)"),
        (bought(classification__article_6_3=["6(3)(a)"]), Actor.PROVIDER, "Art. 49(2)"),
        (in_house(deployer__kind="private"), Actor.PROVIDER, "Art. 49(1); Art. 16(i)"),
    ],
    ids=["C", "B", "A"],
)
def test_a_duty_names_who_owes_it_and_why(entry, actor, basis):
    duty = only_duty(entry)
    assert duty.actor is actor
    assert duty.basis.startswith(basis)


REMARKS = {
    "annex-viii.A.undetermined": registration(),
    "annex-viii.annex-iii.undetermined": bought(classification__annex_iii=None),
    "annex-viii.sensitive-area.undetermined": bought(classification__annex_iii=["1(a)"]),
    "annex-viii.sensitive-area.contradicted": bought(
        classification__annex_iii=["6(a)"], classification__sensitive_area=False
    ),
    "annex-viii.B.profiling": bought(
        classification__declared=None,
        classification__article_6_3=["6(3)(a)"],
        classification__profiling=True,
    ),
    "annex-viii.B.contradicted": bought(classification__article_6_3=["6(3)(a)"]),
    "annex-viii.B.undetermined": bought(classification__declared="not-high-risk"),
    "annex-viii.status.outdated": bought(use__status="out-of-use", entries=[{"section": "C"}]),
}


@pytest.mark.parametrize("code", REMARKS)
def test_what_routing_remarks(code):
    assert codes(REMARKS[code]) == [code]


def test_every_remark_is_tried():
    assert {rule.code for rule in NEW.rules if rule.routing} == set(REMARKS)


def test_a_clear_case_has_no_remark():
    assert codes(bought()) == codes(in_house()) == []


def test_a_remark_names_the_record():
    (finding,) = route(registration(), NEW, TODAY).findings
    assert finding.record_id == "test:1"


def test_no_provider_is_made_out_of_the_deployer():
    assert registration().provider.name is None
    assert "A" not in sections(registration()).split()


def test_today_decides_where_no_day_is_given():
    assert route(bought(), NEW) == route(bought(), NEW, date.today())
