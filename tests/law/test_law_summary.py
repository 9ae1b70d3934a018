"""The gap report."""

import json

from law_cases import BODY, NEW, TODAY, bought, in_house, registration

from aiexchange.findings import Origin
from aiexchange.law import GapReport


def report(*entries, keep=True):
    made = GapReport(NEW, TODAY, keep)
    for row, entry in enumerate(entries, 2):
        made.add(entry, Origin("export.csv", row=row))
    return made.as_dict()


def test_it_counts_what_is_due_and_what_not():
    summary = report(in_house(), bought(), bought(classification__declared="unknown"))["summary"]
    assert summary["registrations"] == 3
    assert summary["due"] == {"A": 1, "B": 0, "C": 2, "IX": 0}
    assert (summary["not_due"], summary["ready"]) == (1, 0)


def test_it_counts_the_reasons():
    summary = report(bought(classification__declared="unknown"))["summary"]
    assert summary["not_due_reasons"] == {"class-unknown": 1}


def test_the_states_of_an_item_add_up_to_how_often_it_is_due():
    for item in report(in_house(), bought(), registration())["items"]:
        counts = [count for name, count in item.items() if name not in ("item", "due")]
        assert sum(counts) == item["due"] > 0


def test_items_come_in_the_order_of_the_annex():
    listed = [item["item"] for item in report(in_house())["items"]]
    assert listed == [item.id for item in NEW.items if item.id in listed]


def test_organisations_with_most_due_come_first():
    other = bought(deployer__name="Aa")
    organisations = report(other, in_house(), bought(classification__declared=None))[
        "organisations"
    ]
    assert [each["organisation"] for each in organisations] == [BODY, "Aa"]
    assert organisations[0]["not_due"] == 1


def test_a_registration_is_found_by_its_row():
    (part,) = report(bought())["registrations"]
    assert part["origin"] == {"file": "export.csv", "row": 2}


def test_a_duty_shows_its_dates_and_grounds():
    (part,) = report(bought())["registrations"]
    (duty,) = part["duties"]
    assert duty["applies_from"]["practical"] == "2027-12-02"
    assert set(duty["applies_from"]["grounds"]) == {"formal", "practical", "legacy"}


def test_gaps_and_remarks_stand_apart():
    (part,) = report(registration())["registrations"]
    assert [finding["code"] for finding in part["findings"]] == ["annex-viii.A.undetermined"]
    assert part["gaps"][0]["item"] == "C-1"


def test_the_reason_stands_only_where_nothing_is_due():
    due, not_due = report(bought(), bought(classification__declared=None))["registrations"]
    assert due["not_due"] is None
    assert not_due["not_due_code"] == "class-not-stated"


def test_without_keep_only_counts_remain():
    assert report(bought(), keep=False)["registrations"] == []


def test_it_is_plain_json():
    made = report(in_house(), registration())
    assert json.loads(json.dumps(made)) == made
