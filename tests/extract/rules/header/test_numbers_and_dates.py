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


@pytest.mark.parametrize("title", ["Pedido de compra Nº: 46066", "Purchase order no. 46066", "Bestelbon nr. 46066"])
def test_a_title_with_a_number_word_labels_an_order(title: str, paper: Paper) -> None:
    assert values(paper(f"\n^      {title}\n\n       Total EUR       12,00\n"))["order_number"] == "46066"


def test_a_number_sign_before_a_number_is_no_part_of_it(paper: Paper) -> None:
    assert values(paper("\n^      Factura NºRT46066\n\n       Total EUR       12,00\n"))["invoice_number"] == "RT46066"


def test_a_number_with_a_hash_may_begin_a_line(paper: Paper) -> None:
    read = values(paper("\n^      Invoice\n       #RT-46066 · Issued 3 May 2026 · Due 2 Jun 2026\n"))
    assert read["invoice_number"] == "RT-46066"


@pytest.mark.parametrize("label", ["Our reference", "Unser Zeichen", "Ons kenmerk", "Vår ref", "Notre référence"])
def test_a_sellers_reference_is_the_number_of_a_bill_where_payment_quotes_it(label: str, paper: Paper) -> None:
    page = f"""
       {label}           Date
       RT-46066                     3 May 2026

       invoice

       iban:         DE44 5001 0517 5407 3249 31
       reference:    {{quoted}}
"""
    assert values(paper(page.format(quoted="RT-46066")))["invoice_number"] == "RT-46066"
    assert "invoice_number" not in values(paper(page.format(quoted="RT-9")))


def test_a_reference_among_bank_data_is_what_payment_quotes(paper: Paper) -> None:
    page = """
^      Invoice RT-46066

       IBAN: DE44 5001 0517 5407 3249 31
       Reference: RT-46066
"""
    assert values(paper(page))["payment_reference"] == "RT-46066"


def test_a_date_behind_a_place_is_the_issue_date(paper: Paper) -> None:
    page = "\n^      Rechnung Nr. 46066\n                                             Neuheim 29.8.2025\n"
    document = paper(page)
    assert values(document)["issue_date"] == "2025-08-29"
    assert header_of(document).fields[HeaderField.ISSUE_DATE].confidence > 0.75


@pytest.mark.parametrize(
    ("terms", "heads"),
    [
        ("Zahlungsbedingungen", "Datum        Betrag"),
        ("Payment terms", "Date         Amount"),
        ("Condiciones de pago", "Fecha        Importe"),
        ("Termine di pagamento", "Data         Importo"),
    ],
)
def test_a_date_beside_its_amount_under_the_terms_is_the_due_date(terms: str, heads: str, paper: Paper) -> None:
    page = f"""
^      Faktura 46066
       Datum: 22.01.2026

       {terms}
       30 / 0

       {heads}
       21.02.2026   1.212,31
"""
    read = values(paper(page))
    assert (read["issue_date"], read["due_date"]) == ("2026-01-22", "2026-02-21")
    assert "due_date" not in values(paper(f"{page}       21.03.2026   1.212,31\n"))


@pytest.mark.parametrize(("upper", "lower"), [("3 mai", "2026"), ("3", "mai 2026"), ("3 sep-", "tembre 2026")])
def test_a_date_may_be_broken_in_a_narrow_cell(upper: str, lower: str, paper: Paper) -> None:
    page = f"""
^      Facture 46066
       Somewhere SARL               Date : 3 avril 2026
       12 rue du Port               À payer avant : {upper}
       37000 Tours                  {lower}
"""
    due = values(paper(page))["due_date"]
    assert due == ("2026-09-03" if "sep" in upper else "2026-05-03")


def test_a_value_may_begin_left_of_its_label(paper: Paper) -> None:
    page = """
^      Invoice RT-46066

                        Invoice date               Due date
                     7 February, 2023         9 March, 2023
"""
    read = values(paper(page))
    assert (read["issue_date"], read["due_date"]) == ("2023-02-07", "2023-03-09")


def test_terms_in_the_middle_under_their_label_are_whole(paper: Paper) -> None:
    page = "\n^      Rechnung 46066\n\n                    Zahlungsbedingungen\n               30 Tage netto Kasse\n"
    assert values(paper(page))["payment_terms"] == "30 Tage netto Kasse"


@pytest.mark.parametrize(
    "terms", ["Pagamento a 60 giorni", "Betaling binnen 14 dagen", "Zahlbar innerhalb von 60 Tagen"]
)
def test_a_clause_that_begins_with_payment_is_whole(terms: str, paper: Paper) -> None:
    assert values(paper(f"\n^      Fattura 46066\n\n       {terms}\n"))["payment_terms"] == terms


def test_terms_end_where_the_due_date_is_named(paper: Paper) -> None:
    page = "\n^      Rechnung 46066\n\n       Zahlbar innerhalb von 30 Tagen, fällig am 04.04.2026\n"
    read = values(paper(page))
    assert read["payment_terms"] == "Zahlbar innerhalb von 30 Tagen"
    assert read["due_date"] == "2026-04-04"


def test_a_sellers_own_number_is_not_the_order_that_he_confirms(paper: Paper) -> None:
    page = "\n^      Order confirmation\n       Sale Order N°: RT-46066\n       Your order: PO-12\n"
    assert values(paper(page))["purchase_order_reference"] == "PO-12"
