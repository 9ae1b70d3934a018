"""The code lists."""

import pytest

from aiexchange.errors import UsageError
from aiexchange.law import codelist, codelists
from aiexchange.model import codes

ENUMS = {
    "annex-iii": codes.AnnexIIIPoint,
    "annex-xiv": codes.AnnexXIVCode,
    "article-6-3": codes.Article63Condition,
    "assessment-kind": codes.AssessmentKind,
    "entry-state": codes.EntryState,
    "operator-kind": codes.OperatorKind,
    "risk-class": codes.RiskClass,
    "section": codes.SectionCode,
    "statement-kind": codes.StatementKind,
    "suspension": codes.SuspensionState,
    "system-status": codes.SystemStatus,
    "use-status": codes.UseStatus,
}


@pytest.mark.parametrize("name", ENUMS)
def test_a_list_equals_its_enum(name):
    assert list(codelist(name)) == [member.value for member in ENUMS[name]]


def test_lists_without_an_enum_are_open_in_the_model():
    assert set(codelists()) - set(ENUMS) == {
        "country",
        "eea-country",
        "language",
        "member-state",
        "theme",
    }


@pytest.mark.parametrize("name", codelists())
def test_every_code_has_labels_and_an_address(name):
    for code in codelist(name).values():
        assert code.label_en and code.label_nl
        assert code.iri.startswith(("https://w3id.org/", "http://publications.europa.eu/"))


def test_own_addresses_name_one_thing_each():
    own = [
        code.iri
        for name in codelists()
        for code in codelist(name).values()
        if code.iri.startswith("https://w3id.org/")
    ]
    assert len(own) == len(set(own))


def test_there_are_27_member_states():
    assert len(codelist("member-state")) == 27


def test_the_economic_area_adds_three():
    assert set(codelist("eea-country")) - set(codelist("member-state")) == {"IS", "LI", "NO"}


def test_greece_has_its_iso_code_and_the_address_of_the_authority_table():
    assert codelist("member-state")["GR"].iri.endswith("/country/GRC")


def test_a_point_of_annex_iii_has_its_public_address():
    iri = "https://w3id.org/dpv/legal/eu/aiact#HighRiskAISystem-AnnexIII-5-a"
    assert codelist("annex-iii")["5(a)"].iri == iri


def test_point_2_has_no_letter():
    assert codelist("annex-iii")["2"].iri.endswith("AnnexIII-2")


def test_languages_are_the_official_ones_with_frisian_and_unknown():
    assert len(codelist("language")) == 26
    assert {"nl", "en", "fy", "und"} <= set(codelist("language"))


def test_dutch_theme_labels_are_unique():
    labels = [code.label_nl for code in codelist("theme").values()]
    assert len(labels) == len(set(labels)) == 22


def test_an_unknown_list_is_refused():
    with pytest.raises(UsageError, match="no code list"):
        codelist("colours")
