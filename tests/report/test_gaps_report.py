"""How a gap report is shown to people, and as a table of gaps."""

import copy
import csv
import io
import json
import re

import pytest

from aiexchange.report import RENDERERS
from aiexchange.report.gaps_tally import Tally


def gap(item, **members):
    section = item.split("-")[0]
    given = {
        "section": section if section in ("A", "B", "C", "IX") else "C",
        "item": item,
        "state": "missing",
        "parts": ["entry"],
        "supplied_by": "provider",
        "basis": f"Annex VIII, {item}",
        "blocking": False,
    }
    return given | members


def counts(item, due, **states):
    names = (
        "present",
        "derived",
        "incomplete",
        "link-only",
        "missing",
        "not-applicable",
        "forbidden",
    )
    return {"item": item, "due": due, **dict.fromkeys(names, 0), **states}


DUTY = {
    "section": "C",
    "actor": "deployer",
    "access": "public",
    "basis": "Art. 49(3)",
    "applies_from": {"formal": "2026-08-02", "practical": "2027-12-02", "legacy": None},
    "in_force": True,
}
REPORT = {
    "legal_version": "2026-07-27",
    "as_of": "2026-11-23",
    "summary": {
        "registrations": 1484,
        "due": {"A": 0, "B": 0, "C": 61, "IX": 0},
        "not_due": 1423,
        "ready": 0,
        "not_due_reasons": {"class-not-stated": 1400, "out-of-use": 23},
    },
    "items": [
        counts("C-5", 61, **{"link-only": 30, "missing": 31}),
        counts("C-3", 61, missing=61),
        counts("C-1", 61, present=61),
        counts("C-2", 61, **{"not-applicable": 61}),
    ],
    "organisations": [
        {
            "organisation": f"Gemeente {n}",
            "registrations": 9,
            "due": {"C": n},
            "not_due": 9 - n,
            "ready": 0,
        }
        for n in range(1, 9)
    ]
    + [{"organisation": None, "registrations": 1412, "due": {"C": 25}, "not_due": 1387, "ready": 0}]
    + [
        {
            "organisation": f"Waterschap {'x' * n * 9}",
            "registrations": 9,
            "due": {"C": 1},
            "not_due": 8,
            "ready": 0,
        }
        for n in range(9)
    ],
    "registrations": [
        {
            "record_id": "nl-algoritmeregister:1",
            "organisation": "Gemeente 1",
            "duties": [DUTY],
            "not_due": None,
            "gaps": [
                gap("annex-iii", blocking=True, supplied_by="deployer"),
                gap("C-3", blocking=True),
                gap("C-5", state="link-only", parts=["summary", "link"], supplied_by="deployer"),
            ],
        },
        {
            "record_id": "nl-algoritmeregister:2",
            "organisation": "=cmd()",
            "duties": [],
            "not_due": "The use has ended.",
            "gaps": [],
        },
        {
            "record_id": "nl-algoritmeregister:3",
            "organisation": "Gemeente 1",
            "duties": [DUTY],
            "not_due": None,
            "gaps": [],
        },
    ],
}


def rendered(kind, report=REPORT):
    stream = io.StringIO()
    RENDERERS["gaps", kind](report, stream)
    return stream.getvalue()


def rows(report=REPORT):
    return list(csv.DictReader(io.StringIO(rendered("csv", report))))


def with_summary(**members):
    return {**REPORT, "summary": {**REPORT["summary"], **members}}


def test_the_headline_says_it_in_plain_words():
    headline = rendered("text").splitlines()[0]
    assert headline == "1,484 registrations: 61 are due in the EU database, none is ready."


@pytest.mark.parametrize(
    ("summary", "headline"),
    [
        ({"ready": 2}, "1,484 registrations: 61 are due in the EU database, 2 are ready."),
        (
            {"not_due": 1483, "ready": 1},
            "1,484 registrations: 1 is due in the EU database, 1 is ready.",
        ),
        ({"not_due": 1484}, "1,484 registrations: none is due in the EU database."),
        ({"registrations": 1, "not_due": 1}, "1 registration: none is due in the EU database."),
    ],
)
def test_the_headline_counts_in_good_english(summary, headline):
    assert rendered("text", with_summary(**summary)).splitlines()[0] == headline


def test_no_line_is_wider_than_80_columns():
    assert max(map(len, rendered("text").splitlines())) <= 80


def test_a_hundred_thousand_registrations_still_fit():
    large = copy.deepcopy(REPORT)
    large["summary"] |= {"registrations": 12_345_678, "due": dict.fromkeys("ABC", 9_999_999)}
    large["items"] = [counts("A-10", 9_999_999, missing=9_999_999)]
    assert max(map(len, rendered("text", large).splitlines())) <= 80


def test_it_says_what_a_due_section_is():
    assert "the public deployer registers its use" in rendered("text")


def test_it_gives_the_first_day_of_each_reading():
    assert re.search(r"C +61 +2 +2026-08-02 +2027-12-02 +-\n", rendered("text"))


def test_it_says_in_words_why_the_rest_is_not_due():
    assert "1,400  The record does not say whether the system is high-risk." in rendered("text")


def test_a_reason_without_words_is_shown_by_its_code():
    assert "9  new-reason" in rendered("text", with_summary(not_due_reasons={"new-reason": 9}))


def test_a_legal_version_that_is_not_shipped_does_no_harm():
    assert "class-not-stated" in rendered("text", {**REPORT, "legal_version": "1999-01-01"})


def test_items_come_in_the_order_of_annex_viii():
    found = re.findall(r"^  (C-\d) ", rendered("text"), re.MULTILINE)
    assert found == ["C-1", "C-2", "C-3", "C-5"]


@pytest.mark.parametrize(
    ("item", "bar"), [("C-1", "########"), ("C-2", "n/a"), ("C-3", "........")]
)
def test_a_bar_shows_how_many_are_usable(item, bar):
    assert re.search(rf"^  {item} .* {re.escape(bar)}$", rendered("text"), re.MULTILINE)


def test_what_blocks_stands_before_the_items():
    text = rendered("text")
    assert (
        text.index("What blocks")
        < text.index("the point of Annex III")
        < text.index("item by item")
    )


def test_it_says_who_can_close_the_gaps():
    assert "2  the deployer, in 1 registration: the point of Annex III, C-5" in rendered("text")


def test_it_names_ten_organisations_and_counts_the_rest():
    assert "… and 8 more" in rendered("text")


def test_the_organisation_with_most_due_comes_first():
    text = rendered("text")
    assert text.index("(not named)") < text.index("Gemeente 8") < text.index("Gemeente 7")


def test_it_ends_with_what_to_do_next():
    assert "Ask the providers for what they hold" in rendered("text").split("What to do next")[1]


def test_a_report_without_registrations_is_one_too():
    empty = {
        **with_summary(registrations=0, due={}, not_due=0, not_due_reasons={}),
        "items": [],
        "organisations": [],
        "registrations": [],
    }
    assert rendered("text", empty).startswith("0 registrations: none is due in the EU database.")


def test_json_is_the_report_itself():
    assert json.loads(rendered("json")) == REPORT


def test_csv_has_one_row_per_gap():
    assert [row["item"] for row in rows() if row["item"]] == ["annex-iii", "C-3", "C-5"]


def test_a_row_of_csv_tells_all_about_its_gap():
    assert rows()[2] == {
        "record_id": "nl-algoritmeregister:1",
        "organisation": "Gemeente 1",
        "section": "C",
        "actor": "deployer",
        "access": "public",
        "item": "C-5",
        "state": "link-only",
        "parts": "summary; link",
        "supplied_by": "deployer",
        "basis": "Annex VIII, C-5",
        "blocking": "false",
        "applies_from_practical": "2027-12-02",
        "applies_from_legacy": "",
        "not_due": "",
        "who": "",
        "template": "",
        "fields": "",
    }


def test_a_registration_that_is_not_due_has_a_row_with_the_reason():
    (row,) = [row for row in rows() if row["not_due"]]
    assert (row["record_id"], row["not_due"]) == ("nl-algoritmeregister:2", "The use has ended.")


def test_a_registration_without_gaps_has_a_row_without_an_item():
    (row,) = [row for row in rows() if row["record_id"].endswith(":3")]
    assert (row["section"], row["item"]) == ("C", "")


def test_a_cell_that_would_be_a_formula_is_guarded():
    assert rows()[3]["organisation"] == "'=cmd()"


def test_what_may_not_be_there_is_nobodys_to_supply():
    gap = {"item": "A-6", "state": "forbidden", "supplied_by": "provider", "blocking": False}
    counts = Tally()
    counts.add_gap("x", gap)
    assert counts.forbidden == {"A-6"}
    assert not counts.gaps
