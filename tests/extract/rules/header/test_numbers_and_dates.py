"""Numbers and dates: whose they are, and how sure a plain label makes."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document, WordsFrom
from pipeline.domain.vocabulary import HeaderField, Kind
from tests.extract.rules.header.header_reading import header_of, values

Paper = Callable[..., Document]


def test_numbers_of_an_associated_invoice_are_its_own(paper: Paper) -> None:
    page = """
       FACTURE N° :                              F20220023
       Date :                                    31/01/2022

       Références sur la facture
       N° DE FACTURE ASSOCIÉE : F20220003
       DATE DE FACTURE ASSOCIÉE : 01/01/2022

       Total TTC EUR                             120,00
"""
    read = values(paper(page))
    assert read["invoice_number"] == "F20220023"
    assert read["issue_date"] == "2022-01-31"
    assert read["preceding_invoice_reference"] == "F20220003"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Momsfaktura 46066", "invoice_number"),
        ("HONORARRECHNUNG 46066", "invoice_number"),
        ("Kreditfaktura/Credit note 46066", "invoice_number"),
        ("Köporder 46066", "order_number"),
        ("Requisição 46066", "order_number"),
        ("Kjøpsordre 46066", "order_number"),
        ("Hyvityslasku 46066", "invoice_number"),
    ],
)
def test_a_title_labels_the_number_behind_it(title: str, name: str, paper: Paper) -> None:
    assert values(paper(f"\n       {title}\n\n       Total EUR       12,00\n"))[name] == "46066"


@pytest.mark.parametrize("label", ["Fat. n.º :", "Belegs-Nr.", "Laskunumero:", "FACTUURNR.", "Nr faktury"])
def test_the_many_ways_to_write_number(label: str, paper: Paper) -> None:
    assert values(paper(f"\n       INVOICE\n\n       {label}  46066\n"))["invoice_number"] == "46066"


def test_an_order_number_in_the_customers_reference(paper: Paper) -> None:
    page = "\n       Facture FA-2017-0010\n\n       Votre référence        PO445\n"
    assert values(paper(page))["purchase_order_reference"] == "PO445"


def test_an_amount_in_a_sentence_is_no_order(paper: Paper) -> None:
    page = "\n       Facture FA-2017-0010\n\n       Franco de port (commande > 300 € HT)\n"
    assert "purchase_order_reference" not in values(paper(page))


def test_the_number_of_a_document_is_an_orders_own(paper: Paper) -> None:
    page = "\n       PURCHASE ORDER\n\n       Document No.    DKN24236\n"
    assert values(paper(page))["order_number"] == "DKN24236"


def test_on_scans_a_code_is_not_taken_for_a_label(paper: Paper) -> None:
    page = """
       Factuur

       Factuurnummer:         20261093
       Uw ordernummer:        PO-2047
       Totaal EUR             885,00
"""
    read = values(paper(page, words_from=WordsFrom.OCR))
    assert read["purchase_order_reference"] == "PO-2047"
    assert read["invoice_number"] == "20261093"


def test_plain_labels_clear_the_threshold_and_doubtful_ones_do_not(paper: Paper) -> None:
    below = """
       Purchase order

       Order no.                                Order date
       HC-1180                                  27 November 2026

       Total EUR                                1,920.00
"""
    loose = "\n       Invoice 88\n\n       Order no.  4471\n\n       Total EUR     12.00\n"
    fields = header_of(paper(below)).fields
    assert fields[HeaderField.ORDER_NUMBER].confidence >= 0.8
    assert fields[HeaderField.ISSUE_DATE].confidence >= 0.8
    assert header_of(paper(loose)).fields[HeaderField.PURCHASE_ORDER_REFERENCE].confidence < 0.8


def test_narrow_paper_comes_from_a_till(paper: Paper) -> None:
    wide = paper("\n  Bageriet ApS\n\n  Rugbrød      32,00\n  I alt        32,00\n")
    page = wide.pages[0]
    narrow = Document(
        wide.file,
        wide.sha256,
        (type(page)(1, 227.0, page.height, page.words),),
        wide.words_from,
        wide.quality,
        1,
        1,
    )
    assert header_of(narrow).kind.value is Kind.RECEIPT
    assert header_of(wide).kind.value is not Kind.RECEIPT


def test_capitals_are_a_bic_only_behind_its_label(paper: Paper) -> None:
    page = """
       FACTURE F1

       MOYEN DE PAIEMENT : VIREMENT
       IBAN : FR76 3000 6000 0112 3456 7890 189 - BIC : AGRIFRPP
       CONDITIONS DE PAIEMENT : 30 JOURS
"""
    assert values(paper(page))["bic"] == "AGRIFRPP"
    assert "bic" not in values(paper(page.replace("- BIC : AGRIFRPP", "")))


def test_a_branch_before_its_account_on_the_next_line(paper: Paper) -> None:
    page = """
       FAKTURA 88

       Overføres til reg.nr. 3420 konto
       6267609504
"""
    assert values(paper(page))["account_number"] == "6267609504"
    beside = page.replace("konto\n       ", "konto ")
    assert values(paper(beside))["account_number"] == "3420 6267609504"
