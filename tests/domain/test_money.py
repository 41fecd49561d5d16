"""Printed numbers against babel's number formats, and the ambiguous and the odd ones by hand."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.money import DecimalMark, decimal_mark_of, parse_amount, readings, to_plain

POINT_LOCALES = ("en_US", "en_GB", "de_CH", "en_IN", "ja_JP")
COMMA_LOCALES = ("da_DK", "de_DE", "fr_FR", "nl_NL", "sv_SE", "nb_NO", "es_ES", "it_IT", "fi_FI", "pl_PL")
MONEY = st.decimals(min_value=Decimal("-99999999.99"), max_value=Decimal("99999999.99"), places=2)


@given(MONEY, st.sampled_from(POINT_LOCALES + COMMA_LOCALES))
def test_two_decimals_are_read_back_from_every_locale(value: Decimal, locale: str) -> None:
    printed = format_decimal(value, format="#,##0.00" if locale != "en_IN" else "#,##,##0.00", locale=locale)
    mark = DecimalMark.POINT if locale in POINT_LOCALES else DecimalMark.COMMA
    assert parse_amount(printed, mark) == value
    assert value in {r.value for r in readings(printed)}


@given(MONEY, st.sampled_from(COMMA_LOCALES), st.sampled_from(("EUR", "DKK", "SEK", "NOK", "USD", "GBP", "PLN")))
def test_currency_signs_and_codes_do_not_disturb(value: Decimal, locale: str, currency: str) -> None:
    assert parse_amount(format_currency(value, currency, locale=locale), DecimalMark.COMMA) == value


@given(MONEY, st.sampled_from(POINT_LOCALES + COMMA_LOCALES))
def test_two_decimals_prove_the_mark(value: Decimal, locale: str) -> None:
    printed = format_decimal(value, format="#,##0.00", locale=locale)
    assert decimal_mark_of([printed]) is (DecimalMark.POINT if locale in POINT_LOCALES else DecimalMark.COMMA)


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error_and_readings_are_numbers(text: str) -> None:
    assert all(isinstance(r.value, Decimal) and r.value.is_finite() for r in readings(text))


@given(MONEY)
def test_the_plain_form_is_the_same_number(value: Decimal) -> None:
    plain = to_plain(value)
    assert Decimal(plain) == value
    assert "E" not in plain
    assert plain != "-0"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u202f234,50 €", "1234.50"),
        ("1'234.50", "1234.50"),
        ("27,80", "27.80"),
        ("1 234 ,50", "1234.50"),
        ("kr. 1.234,-", "1234"),
        ("100,00-", "-100.00"),
        ("(1,234.50)", "-1234.50"),
        ("−5,00", "-5.00"),
        ("A$59,937.07", "59937.07"),
        ("-C$5.00", "-5.00"),
        ("USD 5.00 CR", "-5.00"),
        ("1,50,000.00", "150000.00"),
        ("1.000.000", "1000000"),
        ("-.50", "-0.50"),
        ("0.500", "0.500"),
        ("١٢٣", "123"),
    ],
)
def test_numbers_that_can_be_read_one_way_only(printed: str, value: str) -> None:
    assert [r.value for r in readings(printed)] == [Decimal(value)]


@pytest.mark.parametrize(
    "printed",
    ["19 %", "19%", "12 kg", "2 Stk", "A12", "R12", "3x", "12:30", "1/2", "12.03.2026", "INV 123", "", "kr", "ba$5"],
)
def test_what_is_no_amount_has_no_reading(printed: str) -> None:
    assert readings(printed) == ()


def test_an_ambiguous_number_has_both_readings_and_is_settled_by_the_mark() -> None:
    assert [r.value for r in readings("1.234")] == [Decimal(1234), Decimal("1.234")]
    assert parse_amount("1.234") is None
    assert parse_amount("1.234", DecimalMark.COMMA) == 1234
    assert parse_amount("1.234", DecimalMark.POINT) == Decimal("1.234")


def test_contradicting_numbers_prove_no_mark() -> None:
    assert decimal_mark_of(["1,50", "2.50"]) is None
    assert decimal_mark_of(["1,50", "2,50", "3,50", "2.50"]) is DecimalMark.COMMA
    assert decimal_mark_of(["1.234", "500"]) is None
