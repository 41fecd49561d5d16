"""Quantity times price comes to the document's net amount, within what the price's decimals allow."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.erp.pricing import in_cents, priced
from pipeline.domain.entry import BillLine

STEP = Decimal("0.0001")
QUANTITIES = st.decimals(Decimal("0.01"), Decimal(5000), places=2)
AMOUNTS = st.decimals(Decimal(-9999), Decimal(9999), places=2)
PRICES = st.decimals(Decimal(0), Decimal(9999), places=4)


@given(quantity=QUANTITIES, price=PRICES, net=AMOUNTS)
def test_the_net_amount_is_met_within_the_slack(quantity: Decimal, price: Decimal, net: Decimal) -> None:
    form = priced(BillLine("", quantity, price, net), STEP)

    assert form.quantity == quantity
    assert form.price == form.price.quantize(STEP)
    assert abs(form.net_amount - net) <= form.slack + Decimal("0.005")


@given(quantity=QUANTITIES, price=PRICES)
def test_a_price_that_holds_is_kept(quantity: Decimal, price: Decimal) -> None:
    form = priced(BillLine("", quantity, price, in_cents(quantity * price)), STEP)

    assert (form.price, form.slack) == (price, Decimal(0))


@pytest.mark.parametrize(
    ("quantity", "price", "net", "expected"),
    [
        ("10", "20", "180.00", "18.0000"),
        ("0", "99", "45.00", "45.0000"),
        ("3", "3.33", "10.00", "3.3333"),
        ("1", "-5", "-5.00", "-5.0000"),
    ],
)
def test_a_discount_goes_into_the_price(quantity: str, price: str, net: str, expected: str) -> None:
    form = priced(BillLine("", Decimal(quantity), Decimal(price), Decimal(net)), STEP)

    assert (str(form.price), form.net_amount) == (expected, Decimal(net))
