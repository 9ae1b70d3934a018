"""Templates: what is asked, what is filled in already, and what comes back."""

from __future__ import annotations

import io

import pytest

from aiexchange import law
from aiexchange.errors import InputError
from aiexchange.exchange import convert, detect, new_template, read
from aiexchange.model import SectionCode, StatementKind
from aiexchange.model.paths import field_at, value_at, walk
from aiexchange.templates import ORGANISATIONS, SUPPLIER, plan
from aiexchange.templates.plan import known, unsaid
from aiexchange.templates.wording import data, plain
from shared import EXPORT, ROOT

VERSIONS = law.legal_versions()
KINDS = [(SUPPLIER, "A"), (SUPPLIER, "B"), (SUPPLIER, "IX"), ("deployer", "C")]


def template(syntax="xlsx", **options):
    """Return a new template as a stream."""
    stream = io.BytesIO()
    new_template(stream, syntax=syntax, **options)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("kind", "section"), KINDS)
def test_every_part_of_every_item_of_the_section_is_asked_for(kind, section, version):
    drawn = plan(kind, section, version)
    asked = [ask.path for ask in drawn.asks]
    asked += [owner for table in drawn.tables for owner in table.owners]
    for item in law.legal_version(version).section(SectionCode(section)):
        for part in item.parts:
            plain = [path.replace("[]", "") for path in part.paths]
            assert any(
                each.replace("[]", "").startswith(tuple(plain))
                or any(path.startswith(f"{each}.") for path in plain)
                for each in asked
            ), (item.id, part.name)


def test_every_question_has_words_in_every_language_and_a_path_in_the_model():
    assert list(unsaid()) == []
    for ask in known().values():
        field_at(ask.path)
        assert ask.question.codes is None or law.codelist(ask.question.codes)


def test_every_case_in_which_an_item_is_due_is_put_into_words():
    for version in VERSIONS:
        for item in law.legal_version(version).items:
            assert item.condition is None or item.condition in data("layout.toml")["conditions"]


def test_every_question_can_be_told_by_its_words_alone():
    for version in VERSIONS:
        for kind, section in (*KINDS, (ORGANISATIONS, "C")):
            for form in plan(kind, section, version).forms.values():
                for language in ("nl", "en"):
                    asked = [ask.ask(language) for ask in form]
                    assert len(set(asked)) == len(asked)


@pytest.fixture(scope="module")
def source():
    return {entry.registration.record_id: entry.registration for entry in read(EXPORT)}


PREFILLED = [
    (SUPPLIER, "A", ("provider.name", "system.trade_name")),
    ("deployer", "C", ("deployer.name", "deployer.contacts", "use.fria_summary")),
]


def record_ids(registration):
    """Return the records that an answer is meant for."""
    named = [each.value for each in registration.identifiers if each.scheme == "record-id"]
    return named or [registration.record_id]


@pytest.mark.parametrize("syntax", ["xlsx", "csv", "json", "yaml"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "section", "paths"), PREFILLED)
def test_what_is_filled_in_beforehand_reads_back_in_every_syntax(
    source, syntax, kind, section, paths, language
):
    options = {"kind": kind, "section": section, "language": language, "source": EXPORT}
    entries = list(read(template(syntax, **options)))
    assert [finding for entry in entries for finding in entry.findings] == []
    for entry in entries:
        for record_id in record_ids(entry.registration):
            for path in paths:
                held = value_at(source[record_id], path)
                if path != "deployer.contacts" and held:
                    said = value_at(entry.registration, path)
                    assert plain(said) == plain(held), (record_id, path)
    named = {each for entry in entries for each in record_ids(entry.registration)}
    assert named == set(source)


def test_a_body_is_read_with_its_number_and_no_record(source):
    options = {"kind": ORGANISATIONS, "section": "C", "source": EXPORT}
    for syntax in ("xlsx", "csv", "json", "yaml"):
        bodies = [entry.registration for entry in read(template(syntax, **options))]
        assert len(bodies) == 15
        numbers = {each.value for body in bodies for each in body.deployer.identifiers}
        assert "gm9101" in numbers
        assert all(body.record_id.startswith("template:~") for body in bodies)


def test_every_value_says_who_supplied_it_and_in_which_cell(source):
    entry = next(iter(read(template(kind="deployer", section="C", source=EXPORT))))
    statement = entry.registration.provenance["deployer.name"]
    assert statement.kind is StatementKind.SUPPLIED
    assert statement.place == "Registrations!E6"


def test_a_template_that_nobody_has_filled_in_is_refused():
    with pytest.raises(InputError, match="nobody has filled in"):
        list(read(template()))


FILLED = ROOT / "samples" / "templates"


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "yaml"])
def test_the_filled_samples_say_the_same_in_every_syntax(suffix):
    (expected,) = read(FILLED / "expected.jsonl")
    (entry,) = read(FILLED / f"supplier.{suffix}")
    assert entry.findings == ()
    held = {path: value for path, _, value in walk(expected.registration)}
    said = {path: value for path, _, value in walk(entry.registration)}
    assert {**said, "provenance": None} == {**held, "provenance": None}


def test_a_template_is_known_by_its_content_whatever_its_name(tmp_path):
    for suffix in ("xlsx", "csv", "json", "yaml"):
        file = tmp_path / f"{suffix}.dat"
        file.write_bytes((FILLED / f"supplier.{suffix}").read_bytes())
        assert detect(file).format == "template"


def test_what_a_template_does_not_ask_for_is_a_loss(tmp_path):
    result = convert(EXPORT, tmp_path / "out.xlsx", to_format="template")
    lost = {each.path for each in result.findings if each.code == "loss.template"}
    assert "use.legal_basis" in lost
    assert "provider.name" not in lost


def test_yaml_with_references_is_refused(tmp_path):
    file = tmp_path / "bomb.yaml"
    file.write_text("schema: aiexchange/template/1\na: &a [1]\nregistrations: [*a, *a]\n")
    with pytest.raises(InputError, match="references"):
        list(read(file))


def test_yaml_keeps_what_other_readers_turn_into_truths_and_numbers(tmp_path):
    file = tmp_path / "norway.yaml"
    file.write_text(
        "schema: aiexchange/template/1\nregistrations:\n  - provider:\n      name: 007\n"
        "      address: {country: NO, post_code: 0150}\n    system:\n"
        "      references: [{scheme: version, value: 3.10}]\n"
    )
    (entry,) = read(file)
    provider = entry.registration.provider
    assert (provider.name, provider.address.country, provider.address.post_code) == (
        "007",
        "NO",
        "0150",
    )
    assert entry.registration.system.references[0].value == "3.10"
