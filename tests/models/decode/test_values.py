"""What is printed becomes a value of the contract, or none."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode.values import NUMBERS, currency_in, value_of
from models.label_scheme import SPANS
from pipeline.domain.dates import DayOrder
from pipeline.domain.money import to_plain
from pipeline.extract.rules.writing.conventions import Conventions
from tests.models.papers import COMMA, POINT

UNKNOWN = Conventions(None, None, None, None)
PRINTED = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12), max_size=4)
AMOUNTS = st.integers(-99_999_999, 99_999_999).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("iban", "IBAN: DE44 5001 0517 5407 3249 31", "DE44500105175407324931"),
        ("iban", "see overleaf", None),
        ("seller_vat_id", "DK 88 74 25 24,", "DK88742524"),
        ("buyer_vat_id", "ATU12345678", "ATU12345678"),
        ("invoice_number", "Nr.: 2024/17.", "2024/17"),
        ("invoice_number", "# INV-7", "INV-7"),
        ("invoice_number", "Invoice number: INV-7", "INV-7"),
        ("invoice_number", "NºRT7", "RT7"),
        ("invoice_number", "---", "---"),
        ("order_number", "(4711)", "4711"),
        ("issue_date", "31st May 2024", "2024-05-31"),
        ("issue_date", "soon", None),
        ("net_total", "EUR 1,234.50", "1234.5"),
        ("line.quantity", "20 Stk", "20"),
        ("line.tax_rate", "21 %", "21"),
        ("tax.rate", "19%", "19"),
        ("tax.tax_amount", "VAT", None),
        ("gross_total", "on request", None),
        ("currency", "EUR.", "EUR"),
        ("currency", "(dkk)", "DKK"),
        ("currency", "€", "EUR"),
        ("currency", "apples", None),
        ("seller_name", "Acme Ltd.,", "Acme Ltd."),
        ("seller_name", " , ", None),
    ],
)
def test_values_are_normalised(name: str, text: str, value: str | None) -> None:
    assert value_of(name, text, UNKNOWN) == value


def test_a_sign_of_several_countries_is_the_documents_currency() -> None:
    assert value_of("currency", "kr.", COMMA) == "DKK"
    assert value_of("currency", "$", Conventions(None, None, "en", "AUD")) == "AUD"
    assert value_of("currency", "kr.", UNKNOWN) is None


@given(AMOUNTS, st.sampled_from(["", "EUR ", "€"]), st.sampled_from(sorted(NUMBERS)))
def test_an_amount_is_read_in_the_documents_own_ways(amount: Decimal, sign: str, name: str) -> None:
    printed = f"{amount:,.2f}"
    swapped = printed.translate(str.maketrans(",.", ".,"))
    assert value_of(name, sign + printed, POINT) == to_plain(amount)
    assert value_of(name, sign + swapped, COMMA) == to_plain(amount)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_date_is_read_in_the_documents_own_order(day: date) -> None:
    american = Conventions(None, DayOrder.MONTH_FIRST, "en", "USD")
    assert value_of("due_date", f"{day:%m/%d/%Y}", american) == day.isoformat()
    assert (
        value_of("due_date", f"{day:%d/%m/%Y}", Conventions(None, DayOrder.DAY_FIRST, "en", "GBP")) == day.isoformat()
    )
    assert value_of("due_date", day.isoformat(), american) == day.isoformat()


@given(st.sampled_from(SPANS), PRINTED, st.sampled_from([POINT, COMMA, UNKNOWN]))
def test_any_words_give_a_value_or_none(name: str, words: list[str], ways: Conventions) -> None:
    value = value_of(name, " ".join(words), ways)
    assert value is None or value.strip()
    if value is not None and name in NUMBERS:
        assert Decimal(value).is_finite()
    if value is not None and name.endswith("_date"):
        assert date.fromisoformat(value).isoformat() == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("1.234,50 €", "EUR"), ("EUR 12.00", "EUR"), ("12,00 kr.", "DKK"), ("12,00", None), ("12 pcs", None)],
)
def test_the_currency_beside_an_amount_is_found(text: str, code: str | None) -> None:
    assert currency_in(text, COMMA) == code


def test_decimals_a_blank_behind_their_mark_belong_to_the_number() -> None:
    assert value_of("gross_total", "2 834, 58 €", COMMA) == "2834.58"
