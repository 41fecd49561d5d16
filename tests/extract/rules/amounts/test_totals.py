"""Totals by words and by arithmetic."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.money import to_plain
from pipeline.extract.rules.amounts.captions import AmountRole, amount_role
from pipeline.extract.rules.amounts.summary import captioned_amounts
from pipeline.extract.rules.amounts.totals import Totals, totals_of
from pipeline.extract.rules.page.candidates import candidates_of
from pipeline.extract.rules.page.layout import layout_of
from pipeline.extract.rules.writing.conventions import conventions_of


def _totals(document: Document, line_sum: Decimal | None = None) -> Totals:
    layout = layout_of(document)
    return totals_of(captioned_amounts(layout, candidates_of(layout, conventions_of(document))), line_sum)


def _values(totals: Totals) -> tuple[str | None, ...]:
    return tuple(to_plain(r.value) if r else None for r in (totals.net, totals.tax, totals.gross, totals.due))


CAPTIONS = {
    AmountRole.NET: "Total ekskl. moms|Total w/o VAT|Subtotaal excl. BTW|Nettobetrag|Total HT|Base imponible|Imponibile"
    "|Sum eks. mva",
    AmountRole.TAX: "Moms 25%|21% BTW|zzgl. 19 % USt.|TVA 20 %|I.V.A. 21%|MVA|Sales tax|Total VAT",
    AmountRole.GROSS: "I alt inkl. moms|Totaal incl. btw|Bruttosumme|Total TTC|Sum inkl. mva|Total including VAT",
    AmountRole.DUE: "At betale|Te betalen|Zahlbetrag|Net à payer|Total a pagar|Da pagare|Å betale|Amount due",
    AmountRole.TOTAL: "Total|Rechnungsbetrag|Gutschriftbetrag|Totale documento|Summa|Totaal|Grand total|I alt",
    AmountRole.PREPAID: "Deposit paid|Anzahlung|Acompte versé|Forudbetalt|Reeds betaald|Acconto",
    AmountRole.ROUNDING: "Øreafrunding|Öresavrundning|Rundung|Arrondi",
}


@pytest.mark.parametrize(("role", "caption"), [(r, c) for r, text in CAPTIONS.items() for c in text.split("|")])
def test_captions_name_the_amount(role: AmountRole, caption: str) -> None:
    found = amount_role(caption)
    assert found is not None
    assert found[0] is role


@pytest.mark.parametrize("text", ["Kundenr.", "Vi takker for ordren", "Havnegade 7", "", "Tuning incl. new strings"])
def test_other_words_are_no_caption(text: str) -> None:
    assert amount_role(text) is None


@given(net=st.integers(1, 9_999_999), percent=st.sampled_from((5, 7, 19, 20, 21, 25)))
def test_any_total_that_adds_up_is_found(paper: Callable[..., Document], net: int, percent: int) -> None:
    value = Decimal(net) / 100
    tax = (value * percent / 100).quantize(Decimal("0.01"))
    page = f"\n  Net total   {value:,.2f}\n  VAT {percent}%   {tax:,.2f}\n  Total   {value + tax:,.2f}\n"
    totals = _totals(paper(page))
    assert totals.gross is not None
    assert totals.gross.value == value + tax


def test_of_two_readings_the_one_that_adds_up_is_taken(paper: Callable[..., Document]) -> None:
    page = """
        Net            1.200
        VAT 25 %         300
        Total          1.500
"""
    assert _values(_totals(paper(page))) == ("1200", "300", "1500", "1500")


def test_charges_and_discounts_between_net_and_gross_are_understood(paper: Callable[..., Document]) -> None:
    page = """
        Subtotal                 200.00
        Discount                 -20.00
        Shipping                  10.00
        Tax                       19.00
        Total                    209.00
"""
    totals = _totals(paper(page))
    assert totals.agrees
    assert _values(totals)[:3] == ("200", "19", "209")


def test_tax_of_two_rates_is_summed_and_broken_down(paper: Callable[..., Document]) -> None:
    page = """
        Total excl. VAT             1,100.00
        VAT 9 % of 750.00              67.50
        VAT 21 % of 350.00             73.50
        Total incl. VAT             1,241.00
"""
    totals = _totals(paper(page))
    assert _values(totals)[:3] == ("1100", "141", "1241")
    assert [(r.rate, r.base and r.base.value, r.tax.value) for r in totals.rows] == [
        (Decimal(9), Decimal("750.00"), Decimal("67.50")),
        (Decimal(21), Decimal("350.00"), Decimal("73.50")),
    ]


def test_what_was_paid_before_is_taken_off_the_amount_due(paper: Callable[..., Document]) -> None:
    page = """
        Total TTC              3 840,00 €
        Acompte versé         -1 000,00 €
        Reste à payer          2 840,00 €
"""
    totals = _totals(paper(page))
    assert totals.prepaid is not None
    assert totals.prepaid.value == 1000
    assert totals.due is not None
    assert totals.due.value == 2840


def test_days_and_codes_are_no_totals(paper: Callable[..., Document]) -> None:
    page = """
        Payment due in 30 days
        Moms: 25313763
        Total              500,00
"""
    assert _values(_totals(paper(page))) == (None, None, "500", "500")


def test_the_sum_of_the_lines_is_evidence_for_the_net_total(paper: Callable[..., Document]) -> None:
    page = """
        Subtotal               90.00
        Subtotal              100.00
        VAT                    20.00
        Total                 120.00
"""
    totals = _totals(paper(page), Decimal("100.00"))
    assert totals.net_equals_lines
    assert totals.net is not None
    assert totals.net.value == 100


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("Loppusumma", AmountRole.TOTAL),
        ("Yhteensä sis. alv", AmountRole.GROSS),
        ("Veroton yhteensä", AmountRole.NET),
        ("Razem do zapłaty", AmountRole.DUE),
        ("Kwota VAT 23%", AmountRole.TAX),
        ("Total sem IVA", AmountRole.NET),
        ("Arredondamento", AmountRole.ROUNDING),
        ("Total inc. VAT", AmountRole.GROSS),
        ("Verwijderingsbijdrage", AmountRole.CHARGE),
        ("VAT due", AmountRole.TAX),
        ("Moms at betale", AmountRole.TAX),
        ("Skatt", AmountRole.TAX),
        ("Steuern", AmountRole.TAX),
        ("Insgesamt", AmountRole.TOTAL),
    ],
)
def test_captions_of_further_languages(caption: str, role: AmountRole) -> None:
    found = amount_role(caption)
    assert found is not None
    assert found[0] is role


def test_without_tax_the_total_behind_freight_is_net(paper: Callable[..., Document]) -> None:
    page = """
       Köporder 1799

       Delsumma                      1.799,79
       Frakt                             4,90
       TOTALT                        1.804,69
"""
    totals = _totals(paper(page), Decimal("1799.79"))
    assert totals.net is not None
    assert totals.net.value == Decimal("1804.69")


def test_a_discount_named_without_its_sum_leaves_the_subtotal(paper: Callable[..., Document]) -> None:
    page = """
       Subtotal                      1,799.79
       TOTAL                         1,804.69
"""
    totals = _totals(paper(page))
    assert totals.net is not None
    assert totals.net.value == Decimal("1799.79")


@pytest.mark.parametrize(
    ("above", "below", "role"),
    [
        ("Att", "betala", AmountRole.DUE),
        ("Solde à", "régler", AmountRole.DUE),
        ("Totale", "ordine", AmountRole.TOTAL),
        ("Total amount", "excl. of VAT", AmountRole.NET),
    ],
)
def test_an_amount_at_half_height_of_a_caption_in_two_lines(above: str, below: str, role: AmountRole) -> None:
    def words(text: str, x: float, y: float) -> tuple[Word, ...]:
        return tuple(Word(w, Box(x + 0.05 * i, y, x + 0.05 * i + 0.045, y + 0.015)) for i, w in enumerate(text.split()))

    placed = (*words(above, 0.6, 0.5), *words("34.158,30", 0.85, 0.509), *words(below, 0.6, 0.518))
    page = Page(1, 595.0, 842.0, placed)
    document = Document(
        "p.pdf", "0" * 64, (page,), WordsFrom.TEXT_LAYER, TextQuality(QualityBand.CLEAN, 1.0, 0.0), 1, 1
    )
    layout = layout_of(document)
    (found,) = captioned_amounts(layout, candidates_of(layout, conventions_of(document)))
    assert (found.role, found.value) == (role, Decimal("34158.30"))


def test_a_subtotal_row_under_columns_gives_net_tax_and_gross(paper: Callable[..., Document]) -> None:
    page = """
       Sub-total            £0.00     £310.00     £62.00     £372.00
       Balance, GBP                                          £372.00
"""
    assert _values(_totals(paper(page))) == ("310", "62", "372", "372")


def test_a_subtotal_row_that_does_not_add_up_gives_its_first_amount(paper: Callable[..., Document]) -> None:
    page = """
       Subtotal             310.00     24.00
       VAT 20 %              62.00
       Total                372.00
"""
    assert _values(_totals(paper(page)))[:3] == ("310", "62", "372")


def test_amounts_that_stand_alone_under_their_captions(paper: Callable[..., Document]) -> None:
    page = """
       Subtotal
       $320.00

       Shipping
       $12

       Total
       $332.00
"""
    totals = _totals(paper(page))
    assert totals.gross is not None
    assert totals.gross.value == 332


def test_both_halves_of_indian_tax_are_added(paper: Callable[..., Document]) -> None:
    page = """
       Sub Total without Tax     ₹800.00
       SGST                       ₹72.00
       CGST                       ₹72.00
       Total                     ₹944.00
"""
    totals = _totals(paper(page))
    assert totals.tax is not None
    assert totals.tax.value == 144


def test_a_minus_before_the_currency_is_the_amounts(paper: Callable[..., Document]) -> None:
    page = """
       Totale (escluse tasse):    -€ 80,00
       IVA 10%:                    -€ 8,00
       Totale:                    -€ 88,00
"""
    assert _values(_totals(paper(page)))[:3] == ("-80", "-8", "-88")
