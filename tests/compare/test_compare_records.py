"""What a record may lose on its way out and back."""

import pytest

from aiexchange.compare import ABSENT, Loss, RoundTripReport, compare_records


def test_equal_records_lose_nothing():
    assert list(compare_records({"a": "1", "b": [1]}, {"b": [1], "a": "1"})) == []


@pytest.mark.parametrize("after", ["x ", 1, True, None, ["x"]])
def test_every_difference_counts(after):
    assert list(compare_records({"a": "x"}, {"a": after})) == [("a", "x", after)]


@pytest.mark.parametrize(("left", "right"), [(1, True), (1, 1.0), ("1", 1), (None, "")])
def test_values_of_another_type_differ(left, right):
    assert list(compare_records({"a": left}, {"a": right}))


def test_a_field_that_is_gone_differs_from_an_empty_one():
    assert list(compare_records({"a": ""}, {})) == [("a", "", ABSENT)]


def test_a_field_that_is_gone_may_be_held_equal_to_an_empty_one():
    assert list(compare_records({"a": ""}, {}, empty_is_absent=True)) == []


def test_a_field_that_is_new_differs():
    assert list(compare_records({}, {"a": "x"})) == [("a", ABSENT, "x")]


def test_a_loss_leaves_out_the_side_that_is_absent():
    assert Loss("r:1", "url", "x", ABSENT).as_dict() == {
        "record_id": "r:1",
        "path": "url",
        "before": "x",
    }


@pytest.mark.parametrize(
    ("report", "exact"),
    [
        (RoundTripReport("jsonl", 2, 2), True),
        (RoundTripReport("jsonl", 2, 1), False),
        (RoundTripReport("jsonl", 2, 2, (Loss("r:1", "url", "x", "y"),)), False),
    ],
)
def test_a_round_trip_is_exact_when_all_came_back_without_loss(report, exact):
    assert report.is_exact is exact


def test_the_report_as_data_names_way_counts_and_losses():
    report = RoundTripReport("jsonl", 2, 1, (Loss("r:1", "url", "x", "y"),))
    assert report.as_dict() == {
        "via": "jsonl",
        "records": 2,
        "exact": 1,
        "losses": [{"record_id": "r:1", "path": "url", "before": "x", "after": "y"}],
    }
