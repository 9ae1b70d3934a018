"""Help, lists and explanations: nothing that a user can meet goes without a word."""

from __future__ import annotations

import re

import click
import pytest

from aiexchange import law
from aiexchange.cli.app import COMMANDS, app
from aiexchange.cli.list_command import LISTS
from aiexchange.mapping import layout, registers
from aiexchange.report.explain import finding_entries
from shared import ROOT

SOURCE = ROOT / "src" / "aiexchange"
VERSIONS = law.legal_versions()
LITERAL = re.compile(
    r'"((?:csv|json|jsonl|xlsx|yaml|xsd|shacl|eudb-xml|dcat|loss|template|merge|ack|report)\.[a-z][a-z-]*)"'
)
FILES = {"csv.heading", "message.xsd"}
OF_REGISTER = re.compile(r'f"\{[a-z_.]*register[a-z_]*\}\.([a-z][a-z-]*)"')
WARNED = re.compile(r'\b(?:warn|_unclear)\(\s*(?:context, )?"([a-z][a-z-]*)"')
RULE = re.compile(r'\b_finding\(\s*f?"([a-z{][^"]*)"')


def codes_in_source():
    """Return every code that the source can give to a finding, but for those of the law."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(LITERAL.findall(text)) - FILES
        found |= {f"register.{name}" for name in OF_REGISTER.findall(text)}
        if path.parent.name == "mapping":
            found |= {f"register.{name}" for name in WARNED.findall(text)}
        if path.name == "register_rules.py":
            found |= {f"register.{name}" for name in RULE.findall(text) if "{" not in name}
    checks = {layout(name, each).check_digit for name, of in registers().items() for each in of}
    found |= {f"register.{check}-check-digit" for check in checks if check}
    doubts = ("unnumbered", "swapped", "ambiguous")
    return found | {f"register.grouping-{doubt}" for doubt in doubts}


CODES = sorted(codes_in_source())


def commands():
    context = click.Context(app)
    return [(name, app.get_command(context, name)) for name in COMMANDS]


@pytest.mark.parametrize(("name", "command"), commands(), ids=COMMANDS)
def test_every_command_and_every_option_has_help(name, command):
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown_in_eighty_columns(run, name):
    outcome = run(name, "--help")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(run, option):
    outcome = run(option)
    assert outcome.code == 0
    assert [name for name in COMMANDS if name not in outcome.out] == []


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_shown(run, option):
    outcome = run(option)
    assert outcome.code == 0
    assert re.fullmatch(r"aiexchange [0-9]+\.[0-9]+\.[0-9]+\S*\n", outcome.out)


@pytest.mark.parametrize("what", LISTS)
def test_every_list_has_lines(run, what):
    outcome = run("list", what)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) >= 2


@pytest.mark.parametrize("name", law.codelists())
def test_every_code_list_is_shown(run, name):
    outcome = run("list", "codelists", name)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == len(law.codelist(name))


@pytest.mark.parametrize("section", ["A", "B", "C", "IX"])
def test_the_items_of_a_section_are_shown(run, section):
    lines = run("list", "items", section).out.splitlines()
    assert lines
    assert all(line.startswith(f"{section}-") for line in lines)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_item_is_explained(run, version):
    for item in law.legal_version(version).items:
        outcome = run("explain", item.id, "--legal-version", version)
        assert outcome.code == 0
        assert item.term["nl"].split()[0] in outcome.out


@pytest.mark.parametrize("version", VERSIONS)
def test_every_finding_of_the_law_is_explained(run, version):
    for finding in law.catalogue(law.legal_version(version)):
        outcome = run("explain", finding.code, "--legal-version", version)
        assert (outcome.code, outcome.out.split()[0]) == (0, finding.code)


def test_codes_are_found_in_the_source():
    assert {"csv.quoting", "xsd.type", "loss.no-term", "register.date-form"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_other_finding_is_explained(run, code):
    first, _, rest = code.partition(".")
    name = f"nl-algoritmeregister.{rest}" if first == "register" else code
    outcome = run("explain", name)
    assert outcome.code == 0, outcome.err
    assert outcome.out.split()[0] == name


def test_no_explanation_is_left_over():
    assert set(finding_entries()) - set(CODES) == set()


def test_an_explanation_says_what_it_means_and_what_to_do():
    for entry in finding_entries().values():
        assert entry["meaning"].endswith(".")
        assert entry["mend"]
        assert entry["severity"] in ("violation", "warning", "info")


@pytest.mark.parametrize("name", ["a-11", "C-3", "ix-1"])
def test_an_item_is_explained_in_any_case(run, name):
    assert run("explain", name).code == 0
