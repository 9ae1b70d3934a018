"""How a diff is shown: summary first, then what is worth seeing of each change."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from aiexchange.compare import Change, DiffReport, RecordChanges, RecordName
from aiexchange.report import RENDERERS

VALUES = (
    st.none() | st.booleans() | st.text(max_size=200) | st.lists(st.text(max_size=100), max_size=3)
)
CHANGES = st.builds(Change, st.text(min_size=1, max_size=90), VALUES, VALUES)
REPORTS = st.lists(CHANGES, max_size=4).map(
    lambda changes: DiffReport(changed=(RecordChanges("nl:1", tuple(changes)),))
)


def rendered(report, kind="text"):
    stream = io.StringIO()
    RENDERERS["diff", kind](report, stream)
    return stream.getvalue()


def shown(path, before, after):
    report = DiffReport(changed=(RecordChanges("nl:1", (Change(path, before, after),)),))
    return [line.strip() for line in rendered(report).splitlines()[4:]]


@given(REPORTS)
def test_no_line_is_wider_than_80_columns(report):
    assert max(map(len, rendered(report).split("\n"))) <= 80


@given(REPORTS)
def test_json_loads_and_is_the_report(report):
    assert json.loads(rendered(report, "json")) == report.as_dict()


def test_the_summary_comes_first():
    report = DiffReport(
        (RecordName("nl:1", "Een"),), (), (RecordChanges("nl:2", (Change("title.nl", "a", "b"),)),)
    )
    assert rendered(report).splitlines()[0] == "Records: 1 added, 0 removed, 1 changed (1 change)."


def test_no_difference_is_said_in_two_words():
    assert rendered(DiffReport()) == "No differences.\n"


def test_a_record_that_is_new_is_shown_with_its_title():
    assert "  nl:1   Slim parkeren" in rendered(
        DiffReport(added=(RecordName("nl:1", "Slim parkeren"),))
    )


def test_a_change_shows_old_and_new_with_a_caret_at_the_difference():
    assert shown("title.nl", "auto rijdt", "auto staat") == ["- auto rijdt", "+ auto staat", "^"]


def test_a_long_text_is_shown_around_its_first_difference():
    old, new, _ = shown("title.nl", "woord " * 500 + "einde", "woord " * 500 + "slot")
    assert (old[:3], old[-5:], new[-4:]) == ("- …", "einde", "slot")


def test_a_value_that_is_new_has_no_old_line():
    assert shown("use.status", None, "in-use") == ["+ in-use"]


def test_a_list_shows_only_what_came_and_went():
    assert shown("keywords.nl", ["a", "b", "c"], ["c", "d", "a"]) == ["- b", "+ d"]


def test_parts_are_shown_by_their_members():
    contact = {"name": "Balie", "email": "a@voorbeeld.nl"}
    assert shown("deployer.contacts", [], [contact]) == ["+ name: Balie, email: a@voorbeeld.nl"]


def test_many_records_are_counted():
    names = tuple(RecordName(f"nl:{number}") for number in range(1334))
    assert "… and 1,234 more" in rendered(DiffReport(added=names))
