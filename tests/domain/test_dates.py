"""Printed dates against babel's date formats, and the ambiguous and the odd ones by hand."""

import time
from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.dates import DayOrder, day_order_of, parse_date, readings

DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
LOCALES = ("da_DK", "de_DE", "en_GB", "en_US", "fr_FR", "nl_NL", "sv_SE", "nb_NO", "es_ES", "it_IT", "fi_FI", "pt_PT")


@given(DATES, st.sampled_from(LOCALES), st.sampled_from(("long", "medium")))
def test_dates_with_month_names_are_read_back_from_every_locale(day: date, locale: str, style: str) -> None:
    printed = format_date(day, style, locale=locale)
    order = DayOrder.MONTH_FIRST if locale == "en_US" else DayOrder.DAY_FIRST
    assert parse_date(printed, order) == day, printed


@given(DATES, st.sampled_from(("d.M.y", "dd-MM-yyyy", "dd/MM/yy", "d. M. y", "dd.MM.yyyy")))
def test_numeric_dates_keep_the_day_first_reading(day: date, pattern: str) -> None:
    assert parse_date(format_date(day, pattern, locale="en"), DayOrder.DAY_FIRST) == day


@given(DATES, st.sampled_from(("M/d/y", "MM/dd/yyyy", "M/d/yy")))
def test_numeric_dates_keep_the_month_first_reading(day: date, pattern: str) -> None:
    assert parse_date(format_date(day, pattern, locale="en"), DayOrder.MONTH_FIRST) == day


@given(DATES, st.sampled_from(("yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd")))
def test_year_first_dates_have_one_reading(day: date, pattern: str) -> None:
    if pattern == "yyyyMMdd" and day.year < 2000:
        return
    assert [r.value for r in readings(format_date(day, pattern, locale="en"))] == [day]


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(isinstance(r.value, date) for r in readings(text))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("den 3. maj 2026", date(2026, 5, 3)),
        ("3. März 2026", date(2026, 3, 3)),
        ("1er février 2026", date(2026, 2, 1)),
        ("20 de enero de 2026", date(2026, 1, 20)),
        ("Sep 24, 2019", date(2019, 9, 24)),
        ("October 5th, 2023", date(2023, 10, 5)),
        ("20-Oct-2015", date(2015, 10, 20)),
        ("2026-03-12T00:00:00Z", date(2026, 3, 12)),
        ("15. desember 2025", date(2025, 12, 15)),
    ],
)
def test_dates_that_can_be_read_one_way_only(printed: str, day: date) -> None:
    assert [r.value for r in readings(printed)] == [day]


def test_an_ambiguous_date_has_both_readings_and_is_settled_by_the_order() -> None:
    assert [r.value for r in readings("03/04/2026")] == [date(2026, 4, 3), date(2026, 3, 4)]
    assert parse_date("03/04/2026") is None
    assert parse_date("03/04/2026", DayOrder.MONTH_FIRST) == date(2026, 3, 4)


def test_a_part_above_twelve_proves_the_order_and_both_prove_none() -> None:
    assert day_order_of(["03/04/2026", "25/04/2026"]) is DayOrder.DAY_FIRST
    assert day_order_of(["03/04/2026", "04/25/2026"]) is DayOrder.MONTH_FIRST
    assert day_order_of(["25/04/2026", "04/25/2026"]) is None
    assert day_order_of(["03/04/2026"]) is None


@pytest.mark.parametrize("printed", ["31.02.2026", "2026-13-01", "45/45/2026", "Fakturadato", "12 1234"])
def test_impossible_dates_have_no_reading(printed: str) -> None:
    assert readings(printed) == ()


@pytest.mark.parametrize("text", ["1" + " " * 100_000, "1" + ". " * 50_000, "1 de" + " " * 100_000 + "1"])
def test_a_long_gap_costs_no_quadratic_time(text: str) -> None:
    began = time.process_time()
    assert readings(text) == ()
    assert day_order_of([text]) is None
    assert time.process_time() - began < 1
