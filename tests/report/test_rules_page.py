"""The page of the rules, and a rule explained."""

import pytest

from aiexchange import law
from aiexchange.report.explain import explain
from aiexchange.report.rules_page import page
from shared import ROOT

NEW = law.legal_version()


def test_the_page_is_current():
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page()


def test_the_page_has_every_rule_of_every_legal_version():
    for id in law.legal_versions():
        for rule in law.legal_version(id).rules:
            assert f"`{rule.code}`" in page()


@pytest.mark.parametrize("rule", NEW.rules, ids=lambda rule: rule.code)
def test_a_rule_is_explained_in_both_languages_with_law_engines_and_examples(rule):
    text = explain(rule.code)
    assert all(len(line) <= 80 for line in text.splitlines())
    for words in ("kept by", "broken by", "engines", "basis", "asked while", rule.path):
        assert words in text
    plain = " ".join(text.split())
    assert " ".join(rule.message["nl"].split())[:300] in plain
    assert " ".join(rule.mend["en"].split())[:300] in plain


def test_an_engine_that_cannot_see_a_rule_is_explained():
    assert "not in SHACL" in explain("annex-viii.A-8.term")
    assert "not in Python" in explain("annex-viii.language.twice")
