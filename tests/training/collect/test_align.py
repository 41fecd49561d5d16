"""Values find their words; what is in doubt stays unlabelled, and is not called nothing either."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.label_scheme import TAGS
from pipeline.domain.document import Document
from pipeline.domain.vocabulary import Kind
from training.collect.align import Alignment, Fate, align
from training.collect.facts import Facts

Read = Callable[[str], Document]
LINES = (
    {
        "item_code": "AX-100",
        "description": "Bohrmaschine 18 V",
        "quantity": "2",
        "unit_price": "149.5",
        "net_amount": "299",
    },
    {
        "item_code": "AX-205",
        "description": "Koffer mit Einlage",
        "quantity": "1",
        "unit_price": "35",
        "net_amount": "35",
    },
    {
        "item_code": "BX-001",
        "description": "Schrauben verzinkt",
        "quantity": "10",
        "unit_price": "1.25",
        "net_amount": "12.5",
    },
)
FIELDS = {
    "invoice_number": "2026-4711",
    "issue_date": "2026-11-24",
    "due_date": "2026-12-24",
    "purchase_order_reference": "B-9920",
    "seller_name": "Nordholz Werkzeuge",
    "seller_address": "Hafenstraße 12, 20457 Hamburg, DE",
    "buyer_name": "Ines Brandt Metallbau",
    "seller_vat_id": "DE123456788",
    "iban": "DE89370400440532013000",
    "bic": "COBADEFFXXX",
    "currency": "EUR",
    "net_total": "346.5",
    "tax_total": "65.84",
    "gross_total": "412.34",
}


def said(document: Document, alignment: Alignment, span: str, row: int = -1) -> str:
    """Return the words that carry a span's tag in a row, joined."""
    words = [word.text for page in document.pages for word in page.words]
    return " ".join(
        word
        for word, tag, own in zip(words, alignment.tags, alignment.rows, strict=True)
        if tag is not None and tag[2:] == span and own == row
    )


def tag_of(document: Document, alignment: Alignment, text: str) -> str | None:
    words = [word.text for page in document.pages for word in page.words]
    return alignment.tags[words.index(text)]


def test_every_value_of_an_invoice_finds_its_words(read_text: Read, invoice_text: str) -> None:
    document = read_text(invoice_text)
    alignment = align(document, Facts(Kind.INVOICE, FIELDS, LINES, ({"rate": "19", "tax_amount": "65.84"},)))
    printed = {name: said(document, alignment, name) for name in FIELDS}
    assert printed == {
        "invoice_number": "2026-4711",
        "issue_date": "24.11.2026",
        "due_date": "24.12.2026",
        "purchase_order_reference": "B-9920",
        "seller_name": "Nordholz Werkzeuge GmbH",
        "seller_address": "Hafenstraße 12 20457 Hamburg",
        "buyer_name": "Ines Brandt Metallbau",
        "seller_vat_id": "DE 123 456 788",
        "iban": "DE89 3704 0044 0532 0130 00",
        "bic": "COBADEFFXXX",
        "currency": "EUR",
        "net_total": "346,50",
        "tax_total": "65,84",
        "gross_total": "412,34",
    }
    assert said(document, alignment, "tax.rate", 0) == "19 %"
    assert tag_of(document, alignment, "Rechnungsnummer:") == "O"


def test_line_items_keep_their_rows_and_columns(read_text: Read, invoice_text: str) -> None:
    document = read_text(invoice_text)
    alignment = align(document, Facts(Kind.INVOICE, FIELDS, LINES))
    columns = ("item_code", "description", "quantity", "unit_price", "net_amount")
    rows = [[said(document, alignment, f"line.{column}", row) for column in columns] for row in range(3)]
    assert rows == [
        ["AX-100", "Bohrmaschine 18 V", "2", "149,50", "299,00"],
        ["AX-205", "Koffer mit Einlage", "1", "35,00", "35,00"],
        ["BX-001", "Schrauben verzinkt", "10", "1,25", "12,50"],
    ]


def test_a_price_that_equals_its_amount_stands_in_the_column_that_other_rows_show(
    read_text: Read, invoice_text: str
) -> None:
    headless = "\n".join(line for line in invoice_text.splitlines() if not line.startswith("Pos "))
    document = read_text(headless)
    alignment = align(document, Facts(Kind.INVOICE, {}, LINES))
    words = [w for page in document.pages for w in page.words]
    twice = [i for i, word in enumerate(words) if word.text == "35,00"]
    assert [alignment.tags[i] for i in twice] == ["B-line.unit_price", "B-line.net_amount"]


def test_one_date_for_two_fields_goes_by_the_labels(read_text: Read) -> None:
    document = read_text("Invoice date: 24/12/2026\n\nDue date: 24/12/2026\n\nPrinted 24/12/2026\n")
    facts = Facts(Kind.INVOICE, {"issue_date": "2026-12-24", "due_date": "2026-12-24"})
    alignment = align(document, facts)
    dates = [tag for tag in alignment.tags if tag != "O"]
    assert dates == ["B-issue_date", "B-due_date", None]


def test_two_equal_places_without_labels_are_a_doubt_and_stay_open(read_text: Read) -> None:
    document = read_text("Hamburg 24.12.2026\n\nsome words\n\nKiel 24.12.2026\n")
    alignment = align(document, Facts(Kind.INVOICE, {"issue_date": "2026-12-24"}))
    assert alignment.fates == {"issue_date": Fate.DOUBTFUL}
    words = [word.text for page in document.pages for word in page.words]
    assert [tag for word, tag in zip(words, alignment.tags, strict=True) if word == "24.12.2026"] == [None, None]


def test_two_fields_of_one_value_and_one_place_without_a_label_are_a_doubt(read_text: Read) -> None:
    document = read_text("Hamburg, 24.12.2026\n\nwith kind regards\n")
    facts = Facts(Kind.INVOICE, {"issue_date": "2026-12-24", "delivery_date": "2026-12-24"})
    alignment = align(document, facts)
    assert set(alignment.fates.values()) == {Fate.DOUBTFUL}
    assert tag_of(document, alignment, "24.12.2026") is None


def test_a_label_of_another_field_keeps_a_value_from_being_taken(read_text: Read) -> None:
    document = read_text("Customer number: 471100\n\nPhone: 88 22\n")
    alignment = align(document, Facts(Kind.INVOICE, {"invoice_number": "471100"}))
    assert alignment.fates == {"invoice_number": Fate.DOUBTFUL}
    assert tag_of(document, alignment, "471100") is None


def test_a_value_that_is_not_printed_is_no_label_and_its_label_keeps_what_follows_open(read_text: Read) -> None:
    document = read_text("Invoice number: 4711\n\nDue date: 12/24/2026\n\none\n\ntwo\n\nThank you indeed\n")
    alignment = align(document, Facts(Kind.INVOICE, {"invoice_number": "4711", "due_date": "2027-01-31"}))
    assert alignment.fates["due_date"] is Fate.NOT_FOUND
    assert tag_of(document, alignment, "12/24/2026") is None
    assert tag_of(document, alignment, "indeed") == "O"


def test_what_somebody_says_is_absent_may_be_called_nothing(read_text: Read) -> None:
    document = read_text("Invoice number: 4711\n\nOrder placed 12/24/2026\n")
    dates = frozenset({"issue_date", "due_date", "delivery_date"})
    alignment = align(document, Facts(Kind.INVOICE, {"invoice_number": "4711"}, absent=dates))
    assert tag_of(document, alignment, "12/24/2026") == "O"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1 234,50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("-1.234,50", "1234.5"),
    ],
)
def test_a_total_is_found_in_every_way_to_write_it(read_text: Read, printed: str, value: str) -> None:
    document = read_text(f"Faktura 12\n\nTotal   {printed}\n")
    alignment = align(document, Facts(Kind.INVOICE, {"gross_total": value}))
    assert said(document, alignment, "gross_total") == printed


def test_an_identifier_broken_over_two_lines_is_one_value(read_text: Read) -> None:
    document = read_text("IBAN: DE89 3704 0044\n      0532 0130 00\n\nBank of Somewhere\n")
    alignment = align(document, Facts(Kind.INVOICE, {"iban": "DE89370400440532013000"}))
    assert said(document, alignment, "iban") == "DE89 3704 0044 0532 0130 00"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.sampled_from([*FIELDS.values(), "35", "2", "no such thing"]))
)
def test_wrong_facts_never_break_the_scheme(read_text: Read, invoice_text: str, fields: dict[str, str]) -> None:
    document = read_text(invoice_text)
    alignment = align(document, Facts(Kind.INVOICE, fields, LINES))
    words = sum(len(page.words) for page in document.pages)
    assert len(alignment.tags) == len(alignment.rows) == words
    assert {tag for tag in alignment.tags if tag is not None} <= set(TAGS)
    labelled = {tag[2:] for tag in alignment.tags if tag not in (None, "O")}
    assert {name for name in fields if alignment.fates[name] is Fate.LABELLED} <= labelled
