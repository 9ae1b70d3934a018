"""How the records of two files are paired."""

from hypothesis import given
from hypothesis import strategies as st

from aiexchange.compare import Change, DiffReport, RecordChanges, RecordName, diff_entries
from aiexchange.model import Registration
from strategies import registrations


def record(number, title="a", **members):
    return Registration.model_validate(
        {"record_id": f"nl-algoritmeregister:{number}", "title": {"nl": title}, **members}
    )


@given(st.lists(registrations(), max_size=3))
def test_a_file_does_not_differ_from_itself(records):
    assert diff_entries(records, iter(records)) == DiffReport()


def test_a_record_that_is_only_in_the_new_file_is_added_with_its_title():
    report = diff_entries([record(1)], [record(1), record(2, "twee")])
    assert report == DiffReport(added=(RecordName("nl-algoritmeregister:2", "twee"),))


def test_removed_records_come_in_the_order_of_the_old_file():
    report = diff_entries([record(3), record(1), record(2)], [record(1)])
    assert [name.record_id[-1] for name in report.removed] == ["3", "2"]


def test_changed_records_come_in_the_order_of_the_new_file():
    report = diff_entries([record(1), record(2)], [record(2, "b"), record(1, "b")])
    assert [changed.record_id[-1] for changed in report.changed] == ["2", "1"]


def test_a_changed_record_lists_its_changes():
    report = diff_entries([record(1)], [record(1, "b")])
    assert report.changed == (
        RecordChanges("nl-algoritmeregister:1", (Change("title.nl", "a", "b"),)),
    )


def test_a_record_that_differs_in_spacing_alone_has_not_changed():
    assert not diff_entries([record(1, "a b")], [record(1, "a  b")]).differs


def test_the_newest_version_counts_wherever_it_stands():
    old = [record(1, "nieuw", version=2), record(1, "oud", version=1)]
    assert not diff_entries(old, [record(1, "nieuw", version=3)]).differs


def test_provenance_is_read_back_for_the_comparison():
    hidden = {"provider.name": {"kind": "derived", "source": "deployer.name"}}
    old = record(1, provider={"name": "a"}, provenance=hidden)
    assert not diff_entries([old], [record(1)]).differs


def test_extras_may_hold_what_utf_8_cannot():
    old, new = (record(1, extras={"x": text}) for text in ("\ud800", "\ud801"))
    assert diff_entries([old], [new]).changed[0].changes == (
        Change("extras.x", "\ud800", "\ud801"),
    )


def test_the_report_as_data_has_ids_titles_and_changes():
    report = diff_entries([record(1), record(2)], [record(2, "b"), record(3)])
    assert report.as_dict() == {
        "added": [{"record_id": "nl-algoritmeregister:3", "title": "a"}],
        "removed": [{"record_id": "nl-algoritmeregister:1", "title": "a"}],
        "changed": [
            {
                "record_id": "nl-algoritmeregister:2",
                "changes": [{"path": "title.nl", "before": "a", "after": "b"}],
            }
        ],
    }
