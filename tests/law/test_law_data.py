"""The law's data files."""

import json
import shutil
from pathlib import Path

import pytest
from law_cases import NEW, OLD

from aiexchange.errors import UnknownLegalVersionError
from aiexchange.law import LegalDataError, codelist, legal_version, legal_versions, load
from aiexchange.model import AssessmentKind, SectionCode
from aiexchange.model.paths import field_at
from aiexchange.resources import data_folder

ANNEX = data_folder("schemas") / "annex-viii"
OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "law" / "ai-act-registration.json"
VERSIONS = pytest.mark.parametrize("version", [OLD, NEW], ids=lambda version: version.id)


def test_both_texts_of_the_act_are_shipped():
    assert legal_versions() == ("2024-07-12", "2026-07-27")


def test_the_newest_is_the_default():
    assert legal_version() is legal_version("2026-07-27")


def test_an_unknown_date_is_refused():
    with pytest.raises(UnknownLegalVersionError, match="2025-01-01"):
        legal_version("2025-01-01")


@VERSIONS
def test_every_path_is_in_the_model(version):
    for item in version.items:
        for path in item.paths:
            assert field_at(path)


@VERSIONS
def test_every_item_is_named_in_both_languages(version):
    for item in version.items:
        assert set(item.term) == {"en", "nl"}


@VERSIONS
def test_every_section_counts_its_items(version):
    counts = {code.value: sum(i.section is code for i in version.items) for code in SectionCode}
    assert counts == {"A": 13, "B": 9, "C": 5, "IX": 5}


@VERSIONS
def test_an_item_is_found_by_its_id(version):
    assert version.item("B-7").section is SectionCode.B


def test_an_id_without_item_is_refused():
    with pytest.raises(KeyError):
        NEW.item("D-1")


def test_the_amendment_deleted_two_points():
    assert [item.id for item in NEW.items if item.deleted] == ["B-7", "B-9"]
    assert not any(item.deleted for item in OLD.items)


def test_all_leads_are_assessments():
    assert {kind for item in NEW.items for kind in item.leads} <= set(AssessmentKind)


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="the text of the law is not at hand")
def test_the_items_are_those_of_the_law():
    law = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    listed = [*(i for s in law["annex_VIII"].values() for i in s["items"]), *law["annex_IX"]]
    assert [item.id for item in NEW.items] == [item["id"] for item in listed]
    deleted = [item["id"] for item in listed if item.get("status") == "deleted"]
    assert [item.id for item in NEW.items if item.deleted] == deleted
    restricted = [id for code in SectionCode for id in law["rules"]["restricted_items"][code.value]]
    assert [item.id for item in NEW.items if item.restricted_set] == restricted


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="the text of the law is not at hand")
def test_the_code_lists_are_those_of_the_law():
    law = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    headings = {point["id"][0] for point in law["annex_III"] if "(" in point["id"]}
    points = [p["id"] for p in law["annex_III"] if p["id"] not in headings]
    assert list(codelist("annex-iii")) == points
    assert list(codelist("annex-xiv")) == [code["code"] for code in law["annex_XIV_codes"]]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ANNEX / "2026-07-27", tmp_path / "2026-07-27"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_folder_with_data_is_a_legal_version(folder):
    assert load(folder) == NEW


def test_a_later_amendment_needs_no_code(folder):
    for file in folder.iterdir():
        edit(file, 'legal-version = "2026-07-27"', 'legal-version = "2028-01-01"')
    later = folder.rename(folder.with_name("2028-01-01"))
    assert load(later).id == "2028-01-01"


BROKEN = {
    "a path outside the model": ("items.toml", '"system.status"', '"system.state"', "system.state"),
    "an unknown condition": ("items.toml", '"fria-due"', '"fria-dew"', "fria-dew"),
    "an unknown obligation": ("items.toml", '"optional"', '"maybe"', "maybe"),
    "an item without basis": ("items.toml", "basis = ", "base = ", "A-1.*basis"),
    "an item listed twice": ("items.toml", 'id = "A-2"', 'id = "A-1"', "twice"),
    "a list that is none": ("items.toml", "system.certificates[].copy", "system.status", "A-9"),
    "another date": ("duties.toml", 'version = "2026', 'version = "2025', "another legal version"),
    "an unknown section": ("duties.toml", 'section = "IX"', 'section = "X"', "duties.toml"),
    "an unknown question": ("duties.toml", '"not derogated"', '"not derogate"', "derogate"),
    "no dates of a section": ("duties.toml", "[section.C]", "[section.D]", "C"),
    "no TOML": ("duties.toml", "[[", "[", "duties.toml"),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_broken_data_are_refused(folder, case):
    file, old, new, words = case
    edit(folder / file, old, new)
    with pytest.raises(LegalDataError, match=words):
        load(folder)


def test_a_folder_without_data_is_refused(tmp_path):
    with pytest.raises(LegalDataError, match=r"items\.toml"):
        load(tmp_path)
