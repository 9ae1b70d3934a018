"""Gaps as findings."""

import pytest
from law_cases import NEW, OLD, TODAY, bought, in_house, registration

from aiexchange.findings import Severity
from aiexchange.law import Gap, ItemState, catalogue, finding_of, findings
from aiexchange.model import SectionCode


def by_code(entry):
    return {finding.code: finding for finding in findings(entry, NEW, TODAY)}


def test_a_missing_provider_entry_is_a_violation_with_its_article():
    finding = by_code(bought())["annex-viii.C-3.missing"]
    assert finding.severity is Severity.VIOLATION
    assert finding.basis == "Annex VIII, Section C, point 3; Art. 26(8)"
    assert finding.path == "use.provider_entry"
    assert finding.record_id == "test:1"


def test_other_gaps_are_warnings():
    assert by_code(bought())["annex-viii.C-1.incomplete"].severity is Severity.WARNING


def test_an_incomplete_item_names_its_missing_parts():
    assert "address, contact" in by_code(bought())["annex-viii.C-1.incomplete"].message


def test_what_a_restricted_registration_may_not_hold_is_a_violation():
    entry = bought(classification__annex_iii=["6(a)"], use__fria_summary={"en": "x"})
    assert by_code(entry)["annex-viii.C-4.forbidden"].severity is Severity.VIOLATION


@pytest.mark.parametrize("points", [None, ["1(a)"]], ids=["no point", "point 1"])
def test_undetermined_access_is_told_once(points):
    found = [f.code for f in findings(in_house(classification__annex_iii=points), NEW, TODAY)]
    assert len([code for code in found if code.endswith(".undetermined")]) == 1


def test_the_routing_speaks_first():
    assert next(findings(registration(), NEW, TODAY)).code == "annex-viii.A.undetermined"


@pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)
def test_every_finding_has_a_message_a_basis_and_a_way_to_mend_it(version):
    for finding in catalogue(version):
        assert finding.message.endswith(".")
        assert finding.mend.endswith(".")
        assert finding.basis and finding.path


def test_the_catalogue_lists_every_code_once():
    codes = [finding.code for finding in catalogue(NEW)]
    assert len(codes) == len(set(codes))
    assert {finding.code for finding in findings(in_house(), NEW, TODAY)} <= set(codes)


def test_what_was_deleted_is_found_as_legacy_alone():
    assert [f.code for f in catalogue(NEW) if "B-7" in f.code] == ["annex-viii.B-7.deleted"]


def test_a_context_gap_is_the_finding_of_the_routing():
    gap = Gap(SectionCode.C, "annex-iii", ItemState.MISSING, (), "deployer", "Art. 49", True)
    assert finding_of(gap, NEW).code == "annex-viii.annex-iii.undetermined"
