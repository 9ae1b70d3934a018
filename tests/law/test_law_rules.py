"""The rule catalogue: each rule is kept by one example and broken alone by another."""

import pytest
from hypothesis import given, settings
from law_cases import NEW, OLD, TODAY, bought, in_house

from aiexchange import law
from aiexchange.errors import AiexchangeError
from aiexchange.findings import Severity
from aiexchange.law import (
    ENGINES,
    LegalDataError,
    failing,
    findings,
    gaps,
    load,
    passing,
    specimen,
)
from aiexchange.law.answers import ANSWERS, answer
from aiexchange.law.questions import OPERATORS, question
from aiexchange.law.routing import due_routes
from aiexchange.model import Contact, Operator, Party
from aiexchange.model.paths import field_at
from rule_corpus import amended
from strategies import registrations

RULES = {f"{rule.code} {v.id}": (rule, v) for v in (OLD, NEW) for rule in v.rules}
SEEN = {name: pair for name, pair in RULES.items() if "python" in pair[0].engines}


def found(registration, version=NEW):
    return [finding.code for finding in findings(registration, version, TODAY)]


@pytest.mark.parametrize(("rule", "version"), SEEN.values(), ids=SEEN)
def test_a_rule_is_broken_by_its_mutant_and_no_other_rule_is(rule, version):
    assert found(failing(rule, version), version) == [rule.code]


@pytest.mark.parametrize(("rule", "version"), SEEN.values(), ids=SEEN)
def test_a_rule_is_kept_by_its_passing_example(rule, version):
    assert found(passing(rule, version), version) == []


@pytest.mark.parametrize("section", ["A", "B", "C", "IX"])
@pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)
def test_a_specimen_is_due_under_its_section_alone(section, version):
    due, _ = due_routes(specimen(section, version), version.duty_table)
    assert [route.section.value for route in due] == [section]


@pytest.mark.parametrize(("rule", "version"), RULES.values(), ids=RULES)
def test_a_rule_speaks_both_languages_and_has_a_basis_and_a_place(rule, version):
    for text in (rule.message, rule.mend):
        assert set(text) == {"en", "nl"}
        assert all(said.endswith(".") for said in text.values())
        assert text["en"] != text["nl"]
    assert rule.basis
    assert field_at(rule.path)


@pytest.mark.parametrize(("rule", "version"), RULES.values(), ids=RULES)
def test_a_rule_leaves_out_an_engine_only_for_a_reason(rule, version):
    assert rule.engines
    assert set(rule.engines) | set(rule.absent) == set(ENGINES)
    assert all(reason.endswith(".") for reason in rule.absent.values())


def test_findings_are_told_in_dutch_too():
    (finding,) = findings(failing(NEW.rule("annex-viii.C-3.missing"), NEW), NEW, TODAY)
    dutch = finding.in_language("nl")
    assert dutch.message.startswith("De registratie van de gebruiksverantwoordelijke")
    assert dutch.mend.startswith("Vraag de aanbieder")
    assert (dutch.code, dutch.path) == (finding.code, finding.path)
    assert finding.in_language("fr") == finding


def test_the_missing_parts_are_named_in_dutch():
    by_code = {f.code: f for f in findings(bought(), NEW, TODAY)}
    dutch = by_code["annex-viii.C-1.incomplete"].in_language("nl")
    assert "adres, contactgegevens" in dutch.message


def asked_by_rules(registration, version):
    """What the questions of the rules find, without the states of the items."""
    due = {route.section.value for route in due_routes(registration, version.duty_table)[0]}
    where = due | {"record"} | ({"any"} if due else {"none"})
    return {
        rule.code
        for rule in version.rules
        if rule.section in where and answer(rule.asks)(registration)
    }


@settings(max_examples=60, deadline=None)
@given(registration=registrations())
def test_the_questions_of_the_rules_agree_with_the_states_of_the_items(registration):
    assert asked_by_rules(registration, NEW) == set(found(registration))


def test_a_party_whose_contacts_are_empty_says_nothing():
    case = law.failing(NEW.rule("annex-viii.B-3.missing"), NEW)
    nobody = Operator(name="A", authorised_representative=Party(contacts=(Contact(),)))
    told = found(case.model_copy(update={"provider": nobody}))
    assert "annex-viii.B-3.missing" not in told


@pytest.mark.parametrize("case", [bought(), in_house(), bought(classification__annex_iii=["6(a)"])])
def test_every_gap_is_a_finding(case):
    told = {f"annex-viii.{gap.item}.{gap.state.value}" for gap in gaps(case, NEW, TODAY)}
    assert told <= set(found(case))


def test_the_law_is_amended_by_data_alone(tmp_path):
    later = load(amended(tmp_path))
    case = bought(use__provider_entry="https://example.eu/1")
    assert "annex-viii.C-3.missing" not in found(case)
    assert {"annex-viii.C-3.missing", "annex-viii.C.by-name"} <= set(found(case, later))
    assert "C-3" in [gap.item for gap in gaps(case, later, TODAY)]
    assert later.catalogue == "2029-01-01/1"


BROKEN = {
    "no reason": ("years = 4\n", 'years = 4\nnot-in.schematron = ""\n'),
    "engine is unknown": ("years = 4\n", 'years = 4\nnot-in.sparql = "no."\n'),
    "notified-body.*numbers": ('kind = "digits"', 'kind = "numbers"'),
    "no section D": ('section = "none"', 'section = "D"'),
    "end-before.*finish": ('path = "use.end"', 'path = "use.finish"'),
    "efta": ('list = "eea-country"', 'list = "efta"'),
    "undetermined: nl": ('message.nl = "Er is geen aanbieder', 'message.fy = "'),
    "twice": ('"annex-viii.B.pre-market"', '"annex-viii.A.pre-market"'),
    "link-only": ("link-only.", "link."),
}


@pytest.mark.parametrize("case", BROKEN.items(), ids=BROKEN)
def test_a_broken_catalogue_is_refused(tmp_path, case):
    words, (old, new) = case
    folder = amended(tmp_path)
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "rules.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AiexchangeError, match=words):
        load(folder)


def test_a_question_with_no_operator_is_refused():
    with pytest.raises(LegalDataError, match="no question"):
        question({"path": "use.end", "resembles": "x"}, {})


def test_every_operator_has_an_answer():
    assert set(ANSWERS) == {*OPERATORS, "all", "any", "not"}


def test_the_severities_are_those_of_the_law():
    assert NEW.rule("annex-viii.A.pre-market").severity is Severity.VIOLATION
    assert NEW.rule("annex-viii.C.pre-market").severity is Severity.WARNING
    assert NEW.rule("annex-viii.C-3.missing").severity is Severity.VIOLATION
    assert NEW.rule("annex-viii.B-7.deleted").severity is Severity.INFO
