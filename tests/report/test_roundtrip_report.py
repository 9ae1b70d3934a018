"""How round trips are shown."""

import io
import json

from aiexchange.compare import ABSENT, Loss, RoundTripReport
from aiexchange.report import RENDERERS

EXACT = RoundTripReport("jsonl", 60, 60)
LOSSES = tuple(Loss(f"nl:{number}", "doel", "a\r\nb" + "x" * 200, "a b") for number in range(7))
LOSSY = RoundTripReport("eudb-xml", 60, 53, (*LOSSES, Loss("nl:9", "url", "x", ABSENT)))


def rendered(reports, kind="text"):
    stream = io.StringIO()
    RENDERERS["roundtrip", kind](reports, stream)
    return stream.getvalue()


def test_an_exact_trip_is_one_line():
    assert rendered([EXACT]) == "By way of jsonl: 60 of 60 records came back exactly.\n"


def test_losses_are_counted():
    assert "53 of 60 records came back exactly; 8 values did not." in rendered([LOSSY])


def test_losses_are_shown_by_field_with_the_rest_counted():
    assert "doel: 7 values" in rendered([LOSSY])
    assert "… and 4 more like this" in rendered([LOSSY])


def test_spacing_can_be_seen():
    assert r'"a\r\nb' in rendered([LOSSY])


def test_a_field_that_is_gone_is_said_to_be_absent():
    assert "+ (absent)" in rendered([LOSSY])


def test_no_line_is_wider_than_80_columns():
    assert max(map(len, rendered([EXACT, LOSSY]).splitlines())) <= 80


def test_json_has_one_object_per_way():
    loaded = json.loads(rendered([EXACT, LOSSY], "json"))
    assert [(trip["via"], trip["exact"]) for trip in loaded] == [("jsonl", 60), ("eudb-xml", 53)]
