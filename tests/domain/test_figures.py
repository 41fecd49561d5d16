"""A document's numbers, their signs, and what can be booked of them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.billing import Basis, billable, unit_price_for
from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source, TaxSubtotal
from pipeline.domain.figures import Figures, LineFigures, TaxFigures, figures_of, to_cents
from pipeline.domain.totals import Totals, expected_tax, totals_of
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

SLACK = Decimal("0.02")


def field(value: str, per: str | None = None) -> Field:
    return Field(value, value, 0.9, Source.MODEL, per=per)


def extraction(kind: Kind = Kind.INVOICE, lines: tuple[dict[str, Field], ...] = (), **fields: str) -> Extraction:
    return Extraction(
        "a.pdf",
        "ab" * 32,
        1,
        WordsFrom.TEXT_LAYER,
        KindGuess(kind, 0.9),
        ModelVersion("test", "1"),
        {HeaderField(name): field(value) for name, value in fields.items()},
        (TaxSubtotal(field("25"), None, field("x")),),
        tuple({LineColumn[name.upper()]: value for name, value in line.items()} for line in lines),
    )


def test_what_is_no_number_is_absent_and_named() -> None:
    figures = figures_of(extraction(net_total="1O0", gross_total="Infinity", lines=({"quantity": field("two")},)))
    assert (figures.net, figures.gross) == (None, None)
    assert figures.unreadable == ("net_total", "gross_total", "tax_breakdown[0].tax_amount", "lines[0].quantity")
    assert figures.breakdown == (TaxFigures(Decimal(25)),)


def test_a_price_per_hundred_is_one_of_a_unit() -> None:
    line = {"quantity": field("250"), "unit_price": field("30.00", per="100"), "description": field("Screws")}
    (found,) = figures_of(extraction(lines=(line,))).lines
    assert found.unit_price == Decimal("0.3")
    assert found.amount == Decimal("75.00")


@pytest.mark.parametrize(
    ("quantity", "price", "net"),
    [("-2", "50.00", "-100.00"), ("2", "-50.00", "-100.00"), ("2", "50.00", "-100.00"), ("2", "50.00", "100.00")],
)
def test_a_credit_note_reads_the_same_however_its_signs_are_printed(quantity: str, price: str, net: str) -> None:
    line = {"quantity": field(quantity), "unit_price": field(price), "net_amount": field(net)}
    figures = figures_of(extraction(Kind.CREDIT_NOTE, (line,), gross_total="-125.00", net_total="-100.00"))
    (found,) = figures.lines
    assert (found.quantity, found.unit_price, found.net_amount) == (Decimal(2), Decimal(50), Decimal(100))
    assert (figures.gross, figures.net, figures.negative) == (Decimal(125), Decimal(100), True)


def test_a_deduction_within_a_credit_note_stays_one() -> None:
    back = {"quantity": field("-2"), "unit_price": field("50.00"), "net_amount": field("-100.00")}
    fee = {"quantity": field("1"), "unit_price": field("10.00"), "net_amount": field("10.00")}
    found = figures_of(extraction(Kind.CREDIT_NOTE, (back, fee), gross_total="-90.00")).lines
    assert [line.amount for line in found] == [Decimal(100), Decimal(-10)]


def test_an_invoice_keeps_the_signs_of_its_lines() -> None:
    back = {"quantity": field("-1"), "unit_price": field("50.00"), "net_amount": field("-50.00")}
    (found,) = figures_of(extraction(Kind.INVOICE, (back,), gross_total="10.00")).lines
    assert found.amount == Decimal(-50)


@pytest.mark.parametrize(
    ("figures", "totals"),
    [
        (Figures(net=Decimal(100), tax=Decimal(25), gross=Decimal(125)), (100, 25, 125, set())),
        (Figures(net=Decimal(100), gross=Decimal(125)), (100, 25, 125, {"tax_total"})),
        (Figures(tax=Decimal(25), gross=Decimal(125)), (100, 25, 125, {"net_total"})),
        (Figures(net=Decimal(100), tax=Decimal(25)), (100, 25, 125, {"gross_total"})),
        (Figures(net=Decimal(100), due=Decimal(125)), (100, 25, 125, {"gross_total", "tax_total"})),
        (Figures(gross=Decimal(125)), (125, 0, 125, {"net_total", "tax_total"})),
        (
            Figures(gross=Decimal(125), breakdown=(TaxFigures(tax=Decimal(25)),)),
            (100, 25, 125, {"net_total", "tax_total"}),
        ),
    ],
)
def test_totals(figures: Figures, totals: tuple[int, int, int, set[str]]) -> None:
    found = totals_of(figures)
    assert found is not None
    assert [int(found.net), int(found.tax), int(found.gross)] == list(totals[:3])
    assert {name.value for name in found.derived} == totals[3]


@pytest.mark.parametrize(
    "figures", [Figures(), Figures(net=Decimal(100)), Figures(net=Decimal(1), due=Decimal(1), prepaid=Decimal(1))]
)
def test_too_little_for_totals(figures: Figures) -> None:
    assert totals_of(figures) is None


def test_the_rate_is_found_only_where_one_in_force_fits() -> None:
    assert Totals(Decimal(100), Decimal(25), Decimal(125)).rate(SLACK) == 25
    assert Totals(Decimal("12.34"), Decimal("1.00"), Decimal("13.34")).rate(SLACK) == Decimal("8.1")
    assert Totals(Decimal(100), Decimal("11.5"), Decimal("111.5")).rate(SLACK) is None
    assert Totals(Decimal(0), Decimal(0), Decimal(0)).rate(SLACK) == 0


def test_expected_tax_needs_all_rates() -> None:
    full = (TaxFigures(Decimal(25), Decimal(100)), TaxFigures(Decimal(12), Decimal(50)))
    assert expected_tax(Figures(breakdown=full), Decimal(150)) == Decimal(31)
    lines = (LineFigures(0, tax_rate=Decimal(25), net_amount=Decimal(100)), LineFigures(1, net_amount=Decimal(50)))
    assert expected_tax(Figures(lines=lines), Decimal(150)) == Decimal("37.5")
    two = (*lines, LineFigures(2, tax_rate=Decimal(12), net_amount=Decimal(1)))
    assert expected_tax(Figures(lines=two), Decimal(151)) is None
    assert expected_tax(Figures(), Decimal(150)) is None


def test_charges_of_several_rates_are_booked_as_the_breakdown_says() -> None:
    figures = Figures(
        charge=Decimal(30),
        breakdown=(TaxFigures(Decimal(25), Decimal(120)), TaxFigures(Decimal(12), Decimal(60))),
        lines=(
            LineFigures(0, "a", tax_rate=Decimal(25), net_amount=Decimal(100)),
            LineFigures(1, "b", tax_rate=Decimal(12), net_amount=Decimal(50)),
        ),
    )
    totals = Totals(Decimal(180), Decimal("37.2"), Decimal("217.2"))
    found = billable(figures, totals, SLACK)
    assert found.basis is Basis.NET
    assert [x.index for x in found.lines] == [0, 1, None, None]
    assert [(x.net_amount, x.tax_rate) for x in found.lines] == [
        (Decimal(100), Decimal(25)),
        (Decimal(50), Decimal(12)),
        (Decimal(20), Decimal(25)),
        (Decimal(10), Decimal(12)),
    ]


def test_charges_of_unknown_rates_are_not_guessed() -> None:
    lines = (
        LineFigures(0, "a", tax_rate=Decimal(25), net_amount=Decimal(100)),
        LineFigures(1, "b", tax_rate=Decimal(12), net_amount=Decimal(50)),
    )
    totals = Totals(Decimal(180), Decimal("37.2"), Decimal("217.2"))
    assert billable(Figures(charge=Decimal(30), lines=lines), totals, SLACK).basis is Basis.UNPROVEN


def test_tax_is_taken_out_of_lines_only_where_their_rates_prove_the_net_total() -> None:
    lines = (LineFigures(0, "a", net_amount=Decimal(125)),)
    assert billable(Figures(lines=lines), Totals(Decimal(100), Decimal(25), Decimal(125)), SLACK).basis is Basis.GROSS
    odd = Totals(Decimal(110), Decimal(15), Decimal(125))
    assert billable(Figures(lines=lines), odd, SLACK).basis is Basis.UNPROVEN


@settings(deadline=None, derandomize=True)
@given(st.decimals(Decimal("0.001"), 100_000, places=3), st.decimals(-1_000_000, 1_000_000, places=2), st.none())
def test_a_price_gives_its_amount_to_the_cent(quantity: Decimal, net: Decimal, stated: None) -> None:
    price = unit_price_for(quantity, net, stated)
    assert price is not None
    assert to_cents(quantity * price) == net


def test_a_stated_price_is_kept_where_it_holds() -> None:
    assert unit_price_for(Decimal(3), Decimal("10.00"), Decimal("3.333")) == Decimal("3.333")
    assert unit_price_for(Decimal(3), Decimal("10.00"), Decimal("4.00")) == Decimal("3.3333")
    assert unit_price_for(Decimal(0), Decimal("10.00"), None) is None
