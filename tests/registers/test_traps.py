"""Traps of real exports of the Dutch register, each by its name, from the file to the record."""

from __future__ import annotations

import json

import pytest

from aiexchange import convert, diff, read
from aiexchange.exchange import detect
from shared import rows

REGISTER = "nl-algoritmeregister"
BASE = {"name": "Slim parkeren", "organization": "Gemeente X", "standard_version": "1.0"}
BASE |= {"lang": "nld", "lars": "41283758"}


def entries(tmp_path, *records, wrap=None):
    path = tmp_path / "in.json"
    path.write_text(json.dumps(wrap(list(records)) if wrap else list(records)), encoding="utf-8")
    return list(read(path))


def of_table(tmp_path, heading, *lines):
    path = tmp_path / "in.csv"
    path.write_text("\n".join((heading, *lines)) + "\n", encoding="utf-8")
    return list(read(path))


def use(tmp_path, **fields):
    (entry,) = entries(tmp_path, BASE | fields)
    return entry.registration.use


def codes(entry):
    return {finding.code.partition(".")[2] for finding in entry.findings}


def test_impacttoetsen_is_a_list_of_names_in_0_4_and_an_explanation_in_1_0(tmp_path):
    old = use(tmp_path, standard_version="0.4", impacttoetsen=["DPIA", "IAMA"])
    new = use(tmp_path, impacttoetsen="Er is geen toets gedaan.")
    assert [each.kind for each in old.assessments] == ["dpia", "iama"]
    assert new.assessments == ()
    assert new.assessments_explanation == {"nl": "Er is geen toets gedaan."}


@pytest.mark.parametrize("version", ["1.0", "1.0.0"])
def test_a_version_with_and_without_its_trailing_zero_is_one(tmp_path, version):
    (entry,) = entries(tmp_path, BASE | {"standard_version": version})
    assert entry.registration.source.layout == "1.0"
    (back,) = _back(tmp_path)
    assert back["standard_version"] == version


def _back(tmp_path):
    convert(tmp_path / "in.json", tmp_path / "back.csv", to_format=REGISTER, force=True)
    return rows(tmp_path / "back.csv")


def test_a_link_that_is_an_empty_string_or_prose_makes_no_address(tmp_path):
    pairs = [
        {"title": "Wet", "link": ""},
        {"title": "Besluit", "link": "niet openbaar"},
        {"title": "", "link": ""},
    ]
    found = use(tmp_path, lawful_basis_grouping=pairs).legal_bases
    assert all(each.url is None for each in found)


def test_the_link_of_a_source_registration_is_never_the_entry_of_the_provider(tmp_path):
    found = use(tmp_path, url="https://voorbeeld.example/register/1")
    assert found.provider_entry is None


@pytest.mark.parametrize("own", ["000363", "gm0363", "189378", "0"])
def test_the_id_of_a_body_is_a_text_that_keeps_its_zeros(tmp_path, own):
    heading = "name,organization,standard_version,lang,algorithm_id,org_id"
    of_table(tmp_path, heading, f"Slim,Gemeente X,1.0,nld,41283758,{own}")
    convert(tmp_path / "in.csv", tmp_path / "out.csv", to_format=REGISTER)
    assert rows(tmp_path / "out.csv")[0]["org_id"] == own


def test_the_code_of_a_preview_is_no_id_with_a_right_check_digit(tmp_path):
    heading = "name,organization,standard_version,lang,algorithm_id"
    (entry,) = of_table(tmp_path, heading, "Slim,Gemeente X,1.0,nld,C41283758")
    assert "lars-check-digit" in codes(entry)


def test_bodies_that_differ_in_case_alone_keep_their_names_and_their_records(tmp_path):
    heading = "name,organization,standard_version,lang,goal"
    found = of_table(tmp_path, heading, "Slim,Gemeente X,1.0,nld,", "Slim,gemeente x,1.0,nld,")
    assert [each.registration.deployer.name for each in found] == ["Gemeente X", "gemeente x"]
    assert len({each.registration.record_id for each in found}) == 2
    assert "duplicate-id" in codes(found[1])


def test_a_body_named_by_an_abbreviation_keeps_it(tmp_path):
    (entry,) = entries(tmp_path, BASE | {"organization": "Ministerie SZW"})
    assert entry.registration.deployer.name == "Ministerie SZW"


def test_columns_are_known_by_their_names_wherever_they_stand(tmp_path):
    (entry,) = of_table(
        tmp_path,
        "org_id,status,algorithm_id,lang,organization,standard_version,name",
        "gm0001,In gebruik,41283758,nld,Gemeente X,1.0,Slim",
    )
    assert entry.registration.record_id == f"{REGISTER}:41283758"
    assert entry.registration.use.status == "in-use"


def test_an_export_without_ids_is_read_as_one_that_has_them(tmp_path):
    (entry,) = of_table(
        tmp_path, "name,organization,standard_version,lang,goal", "Slim,Gemeente X,1.0,nld,"
    )
    assert entry.registration.record_id.startswith(f"{REGISTER}:~")


def test_a_union_of_columns_is_read_record_by_record_in_its_own_version(tmp_path):
    found = of_table(
        tmp_path,
        "name,organization,standard_version,lang,algorithm_id,type,publication_category",
        "Oud,Gemeente X,0.4.0,nld,41283758,Ja,",
        "Nieuw,Gemeente X,1.0,nld,12345674,,Overige algoritmes",
    )
    assert [each.registration.source.layout for each in found] == ["0.4", "1.0"]


@pytest.mark.parametrize("lang", ["NLD", "Nederlands", "Dutch", "nld"])
def test_a_template_in_a_language_that_the_interface_does_not_know_is_dutch(tmp_path, lang):
    template = {"id": "voorbeeld-zaak", "name": "Zaak", "organization": None, "lang": lang}
    (entry,) = entries(tmp_path, template | {"standard_version": "1.0", "uuid": "", "type": ""})
    assert entry.registration.title == {"nl": "Zaak"}
    assert entry.registration.deployer is None or entry.registration.deployer.name is None


def test_a_record_of_2022_without_a_version_is_read_by_its_fields(tmp_path):
    heading = "name,organization,schema,iama,dpia,mprd,revision_date,status,type"
    (entry,) = of_table(
        tmp_path, heading, "Oud,Ministerie SZW,Algoritmeregister 0.2,1,Ja,Nee,44495,,Rule based"
    )
    assert entry.registration.source.layout == "Algoritmeregister 0.2"
    assert "revision_date" in entry.registration.extras
    assert entry.registration.use is None or entry.registration.use.status is None


@pytest.mark.parametrize(
    "dirty",
    [
        "Hierin staan\u200b\u200b regels",
        "<p>Hierin staan regels</p>",
        "Hierin&nbsp;staan\r\nregels",
        "<ul><li>Hierin staan regels</li></ul>",
        "\ufeffHierin  staan regels ",
    ],
)
def test_a_text_in_other_dress_is_no_difference_but_comes_back_as_it_was(tmp_path, dirty):
    entries(tmp_path, BASE | {"goal": "Hierin staan regels"})
    other = tmp_path / "other.json"
    other.write_text(json.dumps([BASE | {"goal": dirty}]), encoding="utf-8")
    assert not diff(tmp_path / "in.json", other).differs
    convert(other, tmp_path / "back.jsonl")
    convert(tmp_path / "back.jsonl", tmp_path / "back.json", to_format=REGISTER)
    (back,) = json.loads((tmp_path / "back.json").read_text(encoding="utf-8"))["algoritme_versions"]
    assert back["goal"] == dirty


def test_the_same_record_published_twice_is_two_versions_oldest_first(tmp_path):
    heading = "name,organization,standard_version,lang,algorithm_id,publication_dt"
    found = of_table(
        tmp_path,
        heading,
        "Nieuw,Gemeente X,1.0,nld,41283758,2025-02-01 10:00:00+00:00",
        "Oud,Gemeente X,1.0,nld,41283758,2024-02-01 10:00:00+00:00",
    )
    assert [each.registration.title["nl"] for each in found] == ["Oud", "Nieuw"]
    assert [each.registration.version for each in found] == [1, 2]


def test_the_name_of_a_file_says_nothing(tmp_path):
    path = tmp_path / "b'Slim' 20260624.txt"
    path.write_text("name,organization,standard_version,lang,goal\nSlim,Gemeente X,1.0,nld,\n")
    assert [each.registration.title for each in read(path)] == [{"nl": "Slim"}]
    assert detect(path).format == REGISTER
