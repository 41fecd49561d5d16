"""From tags to values: spans, rows and fields, with chances given by hand."""

from typing import Any

import numpy as np
import pytest

from models.label_scheme import TAGS
from pipeline.domain.document import Document, QualityBand, TextQuality, WordsFrom
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.extract.rules.writing.conventions import Conventions, conventions_of
from training.dataset.record import LabelledDocument
from training.probe.fields.header import header_of
from training.probe.fields.rows import line_items, tax_subtotals
from training.probe.fields.spans import Span, spans_of
from models.decode.values import value_of
from training.probe.model.tagging import Tagging


def read(document: LabelledDocument, sure: float = 0.9) -> tuple[list[Span], Conventions]:
    """Return the spans that a network would give which is `sure` of every true tag."""
    chances = np.full((len(document.tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype=np.float32)
    for word, tag in enumerate(document.tags):
        chances[word, TAGS.index(tag or "O")] = sure
    ways = conventions_of(
        Document("a.pdf", "", document.pages, WordsFrom.TEXT_LAYER, TextQuality(QualityBand.CLEAN, 1.0, 0.0))
    )
    return spans_of(document.pages, Tagging(chances, Kind.INVOICE, 1.0)), ways


def test_true_tags_give_the_true_values(invoices: list[LabelledDocument]) -> None:
    spans, ways = read(invoices[5])
    fields = header_of(spans, ways)
    assert {name.value: field.value for name, field in fields.items()} == {
        "invoice_number": "R-4005",
        "issue_date": "2024-03-06",
        "gross_total": "121",
    }
    items = line_items(spans, ways)
    assert [item[LineColumn.DESCRIPTION].value for item in items] == ["Steel chair", "Oak table"]
    assert [item[LineColumn.NET_AMOUNT].value for item in items] == ["60", "61"]
    assert all(item[LineColumn.QUANTITY].value == "2" for item in items)


def test_a_description_of_several_lines_stays_with_its_row(page_maker: Any) -> None:
    page_maker.put(0.1, 0.30, "Cable drum", "line.description", 0).put(0.8, 0.30, "10.00", "line.net_amount", 0)
    page_maker.put(0.1, 0.315, "black")
    page_maker.tags[-1] = "I-line.description"
    page_maker.put(0.1, 0.34, "Lamp", "line.description", 1).put(0.8, 0.34, "5.00", "line.net_amount", 1)
    spans, ways = read(page_maker.document("d"))
    items = line_items(spans, ways)
    assert [item[LineColumn.DESCRIPTION].value for item in items] == ["Cable drum black", "Lamp"]


def test_of_two_places_the_surer_one_counts(page_maker: Any) -> None:
    page_maker.put(0.1, 0.1, "A-1", "invoice_number").put(0.5, 0.8, "B-2", "invoice_number")
    spans, ways = read(page_maker.document("d"))
    spans[1].chances[:] = [0.99]
    assert header_of(spans, ways)[HeaderField.INVOICE_NUMBER].value == "B-2"


def test_a_currency_beside_an_amount_is_read(page_maker: Any) -> None:
    page_maker.put(0.8, 0.6, "1.234,50 €", "gross_total")
    spans, ways = read(page_maker.document("d"))
    fields = header_of(spans, ways)
    assert fields[HeaderField.CURRENCY].value == "EUR"
    assert fields[HeaderField.GROSS_TOTAL].value == "1234.5"


def test_tax_rows_are_rows(page_maker: Any) -> None:
    for row, (rate, base, tax) in enumerate((("19%", "100.00", "19.00"), ("7%", "50.00", "3.50"))):
        y = 0.6 + 0.02 * row
        page_maker.put(0.5, y, rate, "tax.rate", row)
        page_maker.put(0.6, y, base, "tax.taxable_amount", row).put(0.8, y, tax, "tax.tax_amount", row)
    spans, ways = read(page_maker.document("d"))
    found = [(e.rate, e.taxable_amount, e.tax_amount) for e in tax_subtotals(spans, ways)]
    assert [[f.value if f else None for f in entry] for entry in found] == [["19", "100", "19"], ["7", "50", "3.5"]]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("iban", "IBAN: DE44 5001 0517 5407 3249 31", "DE44500105175407324931"),
        ("seller_vat_id", "DK 88 74 25 24,", "DK88742524"),
        ("invoice_number", "Nr.: 2024/17.", "2024/17"),
        ("invoice_number", "# INV-7", "INV-7"),
        ("issue_date", "31st May 2024", "2024-05-31"),
        ("issue_date", "soon", None),
        ("net_total", "EUR 1,234.50", "1234.5"),
        ("line.quantity", "20 Stk", "20"),
        ("line.tax_rate", "21 %", "21"),
        ("gross_total", "on request", None),
        ("currency", "EUR.", "EUR"),
        ("seller_name", "Acme Ltd.,", "Acme Ltd."),
    ],
)
def test_values_are_normalised(name: str, text: str, value: str | None) -> None:
    assert value_of(name, text, Conventions(None, None, None, None)) == value
