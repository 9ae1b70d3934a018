"""Merge and match, as a register maintainer calls them."""

from __future__ import annotations

import csv
import io
import itertools
import json

import pytest
from click.testing import CliRunner

import aiexchange
from aiexchange.cli.app import app
from aiexchange.compare.completing import Outcome
from aiexchange.exchange import match, merge, new_template, read
from aiexchange.formats.canonical import to_json
from aiexchange.model import (
    Address,
    AISystem,
    Certificate,
    Classification,
    DatabaseEntry,
    Identifier,
    Operator,
    Party,
    Registration,
    RiskClass,
    Use,
)
from aiexchange.model.paths import digest, is_derived
from shared import EXPORT

ENTRY = "https://ai-register.europa.eu/entries/1"


def written(path, *registrations):
    path.write_bytes(b"".join(to_json(each) + b"\n" for each in registrations))
    return path


def product(record_id="supplier:1", name="Indicatie huishoudelijke hulp", **system):
    return Registration(
        record_id=record_id,
        system=AISystem(trade_name=name, **system),
        provider=Operator(
            name="Wilgenrode Software BV",
            address=Address(street="Wilgenlaan", number="3", city="Rode", country="NL"),
        ),
    )


BASE = "nl-algoritmeregister:73159243"


@pytest.fixture
def merged(tmp_path):
    def run(*overlays, base=EXPORT, **options):
        target = tmp_path / "merged.jsonl"
        report = merge(base, overlays, target, force=True, stated="2026-11-01", **options)
        found = {e.registration.record_id: e.registration for e in aiexchange.read(target)}
        return report, found

    return run


def by_path(report):
    return {(each.path, each.outcome): each for each in report.fields}


def test_what_is_missing_is_filled_with_who_stated_it_and_where(merged, tmp_path):
    overlay = written(tmp_path / "w.jsonl", product(member_states=("BE", "NL")))
    report, found = merged(overlay)
    assert found[BASE].system.member_states == ("BE", "NL")
    assert found[BASE].provider.address.city == "Rode"
    said = found[BASE].provenance["system.member_states"]
    assert (said.kind.value, said.by, said.source, said.place, said.date) == (
        "supplied",
        "Wilgenrode Software BV",
        "w.jsonl",
        "line 1, system.member_states",
        "2026-11-01",
    )
    assert report.completed == 1


def test_one_file_completes_the_records_of_many_agencies(merged, tmp_path):
    one = next(e.registration for e in aiexchange.read(EXPORT) if e.registration.record_id == BASE)
    bases = [
        one.model_copy(
            update={
                "record_id": f"nl-algoritmeregister:{n}",
                "deployer": Operator(name=f"Stad {n}"),
            }
        )
        for n in range(5)
    ]
    base = written(tmp_path / "base.jsonl", *bases)
    report, found = merged(written(tmp_path / "w.jsonl", product(member_states=("NL",))), base=base)
    assert report.completed == 5
    assert all(each.system.member_states == ("NL",) for each in found.values())


def test_a_value_that_differs_stays_and_both_places_are_named(merged, tmp_path):
    overlay = product(information_used={"nl": "Alleen het huisbezoek"})
    report, found = merged(written(tmp_path / "w.jsonl", overlay))
    conflict = by_path(report)["system.information_used.nl", Outcome.CONFLICTING]
    assert conflict.place == "export.csv, row 3, source_data"
    assert conflict.supplied_place == "w.jsonl, line 1, system.information_used"
    assert not conflict.taken
    assert found[BASE].system.information_used["nl"] == conflict.before


def test_a_preferred_overlay_wins_over_the_base_and_says_so(merged, tmp_path):
    overlay = product(information_used={"nl": "Alleen het huisbezoek"})
    report, found = merged(written(tmp_path / "w.jsonl", overlay), prefer="overlay")
    assert found[BASE].system.information_used == {"nl": "Alleen het huisbezoek"}
    assert by_path(report)["system.information_used.nl", Outcome.CONFLICTING].taken


@pytest.mark.parametrize("prefer", ["base", "overlay"])
def test_overlays_that_differ_fill_nothing_whatever_their_order(merged, tmp_path, prefer):
    files = [
        written(tmp_path / f"{n}.jsonl", product(f"supplier:{n}", intended_purpose={"nl": text}))
        for n, text in enumerate(("Hulp toewijzen", "Uren berekenen", "Hulp toewijzen"))
    ]
    results = set()
    for order in itertools.permutations(files):
        report, found = merged(*order, prefer=prefer)
        assert found[BASE].system.intended_purpose is None
        assert by_path(report)["system.intended_purpose.nl", Outcome.CONFLICTING]
        results.add(to_json(found[BASE]))
    assert len(results) == 1


def test_half_an_address_is_never_put_to_half_of_another(merged, tmp_path):
    one = next(e.registration for e in aiexchange.read(EXPORT) if e.registration.record_id == BASE)
    own = one.provider.model_copy(update={"address": Address(street="Beukenweg", city="Rode")})
    base = written(tmp_path / "base.jsonl", one.model_copy(update={"provider": own}))
    report, found = merged(written(tmp_path / "w.jsonl", product()), base=base)
    assert found[BASE].provider.address == own.address
    assert by_path(report)["provider.address", Outcome.CONFLICTING]


def test_certificates_find_each_other_by_number(merged, tmp_path):
    one = next(e.registration for e in aiexchange.read(EXPORT) if e.registration.record_id == BASE)
    system = AISystem(certificates=(Certificate(number="CE-1", type="QMS"),))
    base = written(tmp_path / "base.jsonl", one.model_copy(update={"system": system}))
    more = (Certificate(number="CE-1", expires="2028-01-01"), Certificate(number="CE-2"))
    _, found = merged(written(tmp_path / "w.jsonl", product(certificates=more)), base=base)
    assert found[BASE].system.certificates == (
        Certificate(number="CE-1", type="QMS", expires="2028-01-01"),
        Certificate(number="CE-2"),
    )


def test_a_supplier_never_speaks_for_the_use(merged, tmp_path):
    overlay = product().model_copy(update={"use": Use(purpose={"nl": "Voor uw inwoners"})})
    report, found = merged(written(tmp_path / "w.jsonl", overlay))
    assert by_path(report)["use.purpose.nl", Outcome.REFUSED].reason
    assert "Voor uw inwoners" not in str(found[BASE].use)


def test_the_entry_of_the_provider_is_the_answer_to_c_3(merged, tmp_path):
    entry = DatabaseEntry(section="A", url=ENTRY)
    _, found = merged(
        written(tmp_path / "w.jsonl", product().model_copy(update={"entries": (entry,)}))
    )
    assert found[BASE].use.provider_entry == ENTRY
    assert found[BASE].entries == ()


def test_a_body_fills_all_of_its_records(merged, tmp_path):
    body = Registration(
        record_id="organisation:1",
        deployer=Operator(
            name="Gemeente Lindenwaard",
            address=Address(full="Plein 1, Lindenwaard"),
            submitter=Party(name="J. Jansen"),
        ),
    )
    report, found = merged(written(tmp_path / "bodies.jsonl", body))
    own = [
        r for r in found.values() if (r.deployer.name or "").casefold() == "gemeente lindenwaard"
    ]
    assert len(own) == report.completed > 1
    assert all(r.deployer.submitter.name == "J. Jansen" for r in own)
    assert all(r.deployer.address.full == "Plein 1, Lindenwaard" for r in own)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".toml"])
def test_a_person_decides_about_uncertain_pairs(tmp_path, suffix):
    overlay = written(tmp_path / "w.jsonl", product(name="Indicatie hulp", member_states=("NL",)))
    target, matches = tmp_path / "merged.jsonl", tmp_path / f"matches{suffix}"
    arguments = ["merge", str(EXPORT), str(overlay), str(target), "--matches", str(matches)]

    def run(*more):
        result = CliRunner().invoke(app, [*arguments, *more], standalone_mode=False)
        assert result.exception is None
        found = {e.registration.record_id: e.registration for e in aiexchange.read(target)}
        return found[BASE].system.member_states

    assert run() == ()
    text = matches.read_text(encoding="utf-8")
    assert BASE in text
    empty = {".csv": '\n"",', ".jsonl": '"decision": ""', ".toml": 'decision = ""'}[suffix]
    matches.write_text(text.replace(empty, empty.replace('""', '"ja"'), 1), encoding="utf-8")
    assert run("--force") == ("NL",)
    assert "ja" in matches.read_text(encoding="utf-8") or "yes" in matches.read_text("utf-8")


def test_no_is_an_answer_too(merged, tmp_path):
    overlay = written(tmp_path / "w.jsonl", product(member_states=("NL",)))
    report, found = merged(overlay, decisions={(BASE, "supplier:1"): False})
    assert found[BASE].system.member_states == ()
    assert report.unmatched == ["w.jsonl: Indicatie huishoudelijke hulp"]


def test_provenance_goes_through_xml_and_back(merged, tmp_path):
    overlay = written(tmp_path / "w.jsonl", product(member_states=("BE", "NL")))
    _, found = merged(overlay)
    xml = tmp_path / "merged.xml"
    aiexchange.convert(tmp_path / "merged.jsonl", xml)
    again = {e.registration.record_id: e.registration for e in aiexchange.read(xml)}
    assert again[BASE].provenance == found[BASE].provenance


def test_gaps_and_check_say_who_supplied_what(merged, tmp_path):
    merged(written(tmp_path / "w.jsonl", product(member_states=("BE", "NL"))))
    target = tmp_path / "merged.jsonl"
    shown = CliRunner().invoke(app, ["gaps", str(target)], standalone_mode=False).stdout
    assert "by Wilgenrode Software BV (w.jsonl), in 1 registration" in shown
    finding = next(f for f in aiexchange.check(target) if f.code == "merge.supplied")
    assert "system.member_states (line 1, system.member_states)" in finding.message
    part = next(
        each
        for each in aiexchange.gaps(target).as_dict()["registrations"]
        if each["record_id"] == BASE
    )
    assert part["supplied"]["system.member_states"]["source"] == "w.jsonl"


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_every_form_of_the_report_has_every_field(tmp_path, form):
    overlay = written(tmp_path / "w.jsonl", product(information_used={"nl": "Iets"}))
    target = tmp_path / "merged.jsonl"
    arguments = ["merge", str(EXPORT), str(overlay), str(target), "--report", form]
    shown = CliRunner().invoke(app, arguments, standalone_mode=False).stdout
    if form == "json":
        fields = json.loads(shown)["fields"]
    elif form == "jsonl":
        fields = [json.loads(line) for line in shown.splitlines()]
    else:
        fields = list(csv.DictReader(io.StringIO(shown)))
    assert {each["outcome"] for each in fields} == {"filled", "equal", "conflicting"}
    assert all(each["supplied_place"].startswith("w.jsonl, line 1") for each in fields)


def test_match_pairs_older_records_without_ids_by_body_and_name(tmp_path):
    rows = list(csv.DictReader(io.StringIO(EXPORT.read_text(encoding="utf-8-sig"))))[:20]
    for row in rows:
        row["algorithm_id"] = ""
    older = tmp_path / "older.csv"
    with older.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.DictWriter(stream, rows[0].keys(), quoting=csv.QUOTE_ALL)
        table.writeheader()
        table.writerows(rows)
    report = match(EXPORT, older)
    paired = {row.supplied_id for row in report.certain if row.scope == "record"}
    assert len(paired) == 20


def test_identifiers_of_the_system_count_more_than_names(merged, tmp_path):
    one = next(e.registration for e in aiexchange.read(EXPORT) if e.registration.record_id == BASE)
    serial = Identifier(scheme="serial", value="WZ-0001")
    base = written(
        tmp_path / "base.jsonl",
        one.model_copy(update={"system": AISystem(references=(serial,))}),
    )
    overlay = product(name="Heel anders", references=(serial,), member_states=("NL",))
    _, found = merged(written(tmp_path / "w.jsonl", overlay), base=base)
    assert found[BASE].system.member_states == ("NL",)


def test_what_a_body_says_of_one_record_does_not_flow_to_its_others(tmp_path):
    ours, target = tmp_path / "ours.csv", tmp_path / "merged.jsonl"
    new_template(ours, kind="deployer", section="C", source=EXPORT)
    heading, labels, row, *_ = csv.reader(io.StringIO(ours.read_text(encoding="utf-8-sig")))
    row[heading.index("deployer.address.city")] = "Elders"
    with ours.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([heading, labels, row])
    merge(EXPORT, [ours], target)
    cities = [
        entry.registration.record_id
        for entry in read(target)
        if entry.registration.deployer.address is not None
    ]
    assert cities == [row[0]]


def test_a_value_that_only_repeats_a_derived_one_does_not_make_it_a_stated_one(merged, tmp_path):
    own = next(
        each.registration
        for each in aiexchange.read(EXPORT)
        if each.registration.provenance.get("system.intended_purpose")
    )
    answer = Registration(
        record_id=own.record_id,
        deployer=own.deployer,
        provider=own.provider,
        system=AISystem(intended_purpose=own.system.intended_purpose),
    )
    report, found = merged(written(tmp_path / "w.jsonl", answer))
    assert found[own.record_id].provenance == own.provenance
    assert all(each.outcome is Outcome.EQUAL for each in report.fields)


def _derived(path):
    """A record of the sample in which the value at a path follows from another field."""
    found = (each.registration for each in aiexchange.read(EXPORT))
    return next(each for each in found if path in each.provenance and is_derived(each, path))


@pytest.mark.parametrize("scope", ["record", "product"])
def test_a_class_that_the_record_declares_is_never_replaced(merged, tmp_path, scope):
    own = next(
        each.registration
        for each in aiexchange.read(EXPORT)
        if each.registration.classification.declared is RiskClass.HIGH_RISK
        and each.registration.system.trade_name
        and each.registration.provider.name
    )
    answer = Registration(
        record_id=own.record_id if scope == "record" else "supplier:1",
        deployer=own.deployer if scope == "record" else Operator(),
        provider=Operator(name=own.provider.name),
        system=AISystem(trade_name=own.system.trade_name),
        classification=Classification(declared=RiskClass.NOT_HIGH_RISK),
    )
    report, found = merged(written(tmp_path / "w.jsonl", answer))
    assert found[own.record_id].classification == own.classification
    conflict = by_path(report)["classification.declared", Outcome.CONFLICTING]
    assert (conflict.before, conflict.supplied) == ("high-risk", "not-high-risk")
    assert conflict.place.startswith("export.csv, row ")
    assert conflict.supplied_place == "w.jsonl, line 1, classification.declared"


def test_what_followed_from_another_field_is_replaced_and_the_old_value_told(merged, tmp_path):
    own = _derived("system.trade_name")
    answer = Registration(
        record_id=own.record_id,
        deployer=own.deployer,
        system=AISystem(trade_name="Wijzer 3"),
    )
    report, found = merged(written(tmp_path / "w.jsonl", answer))
    told = by_path(report)["system.trade_name", Outcome.REPLACED]
    assert (told.before, told.supplied) == (own.system.trade_name, "Wijzer 3")
    assert found[own.record_id].system.trade_name == "Wijzer 3"


def test_a_confirmed_language_stays_when_another_of_the_text_is_replaced(merged, tmp_path):
    own = _derived("system.intended_purpose")
    text = {**own.system.intended_purpose, "en": "Another purpose"}
    base = own.model_copy(
        update={"system": own.system.model_copy(update={"intended_purpose": {"nl": text["nl"]}})}
    )
    statement = own.provenance["system.intended_purpose"].model_copy(
        update={"digest": digest({"nl": text["nl"]})}
    )
    base = base.model_copy(update={"provenance": {"system.intended_purpose": statement}})
    answer = Registration(
        record_id=own.record_id,
        deployer=own.deployer,
        system=AISystem(intended_purpose=text),
    )
    overlay = written(tmp_path / "w.jsonl", answer)
    _, found = merged(overlay, base=written(tmp_path / "base.jsonl", base))
    assert found[own.record_id].system.intended_purpose == text


@pytest.mark.parametrize("syntax", ["xlsx", "csv", "json", "yaml"])
@pytest.mark.parametrize(("kind", "section"), [("supplier", "A"), ("deployer", "C")])
def test_a_template_that_nobody_has_touched_changes_nothing(tmp_path, kind, section, syntax):
    ours, target = tmp_path / f"ours.{syntax}", tmp_path / "merged.jsonl"
    new_template(ours, kind=kind, section=section, source=EXPORT)
    report = merge(EXPORT, [ours], target)
    assert report.count(Outcome.FILLED) == 0
    before = {entry.registration.record_id: entry.registration for entry in read(EXPORT)}
    for entry in read(target):
        assert entry.registration == before[entry.registration.record_id]
