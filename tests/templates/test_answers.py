"""Answers: what a template shows is what it reads, and what is unsure is not guessed at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange import law
from aiexchange.model.types import Kind
from aiexchange.templates.plan import known
from aiexchange.templates.shown import shown
from aiexchange.templates.values import Unsure, taken

ASKS = list(known().values())
CODED = [ask for ask in ASKS if ask.question.codes]
DATED = next(ask for ask in ASKS if ask.kind is Kind.DATE)
NAMED = known()["system.trade_name"]
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("ask", CODED, ids=lambda ask: ask.key)
def test_every_code_that_is_shown_is_read(ask, language):
    for code in law.codelist(ask.question.codes):
        value = (code,) if ask.many else code
        for read_in in ("nl", "en"):
            assert taken(ask, shown(ask, value, language, read_in)).value == value
        assert taken(ask, code).value == value


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_codes_of_a_list_at_once_are_read(language):
    for ask in CODED:
        if ask.many:
            value = tuple(sorted(law.codelist(ask.question.codes)))
            assert taken(ask, shown(ask, value, language, language)).value == value


@given(day=DAYS)
def test_a_day_is_read_however_a_spreadsheet_hands_it_over(day):
    serial = (day - date(1899, 12, 30)).days
    for raw in (day, day.isoformat(), f"{day.day}-{day.month}-{day.year}", serial):
        assert taken(DATED, raw).value == day.isoformat()
    assert taken(DATED, shown(DATED, day.isoformat(), "nl", "nl")).value == day.isoformat()


@given(day=DAYS)
def test_a_day_with_slashes_is_read_only_if_it_can_mean_one_day(day):
    first = f"{day.day:02}/{day.month:02}/{day.year}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(Unsure):
            taken(DATED, first)
        return
    assert taken(DATED, first).value == day.isoformat()
    assert taken(DATED, f"{day.month:02}/{day.day:02}/{day.year}").value == day.isoformat()


@given(year=st.integers(1950, 2099), month=st.integers(1, 12))
def test_years_and_months_stay_as_precise_as_they_are(year, month):
    for value in (str(year), f"{year}-{month:02}"):
        assert taken(DATED, value).value == value
        assert taken(DATED, shown(DATED, value, "en", "en")).value == value


@given(
    raw=st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.booleans())
)
def test_a_number_is_never_taken_for_a_text(raw):
    with pytest.raises(Unsure):
        taken(NAMED, raw)


@given(raw=st.one_of(st.text(max_size=12), st.integers(-5, 10**6), st.floats(0, 10)))
def test_whatever_stands_in_a_date_cell_is_a_day_or_unsure(raw):
    try:
        found = taken(DATED, raw)
    except Unsure as unsure:
        assert unsure.mend
        return
    assert found is None or found.value[:4].isdigit()


@given(text=st.text(max_size=30))
def test_a_text_is_read_as_it_stands_but_for_blanks_around_it(text):
    try:
        found = taken(NAMED, text)
    except Unsure:
        return
    assert found is None or found.value.split() == found.value.strip().split()


def test_dates_before_spreadsheets_are_years_that_went_wrong():
    for days in range(366):
        with pytest.raises(Unsure):
            taken(DATED, date(1905, 1, 1) + timedelta(days))
