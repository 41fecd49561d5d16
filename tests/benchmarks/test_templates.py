"""Templates that invoice2data reads with."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.templates import template_of
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin

_TEXT = """Papirhuset Nord A/S                     Faktura nr.:   2024-00817
Industrivej 40                          Fakturadato:  12-03-2024

                                        At betale DKK   9.137,50
"""
_TAGGED = (
    ("Papirhuset", "B-seller_name"), ("Nord", "I-seller_name"), ("A/S", "I-seller_name"),
    ("Faktura", "O"), ("nr.:", "O"), ("2024-00817", "B-invoice_number"),
    ("12-03-2024", "B-issue_date"), ("9.137,50", "B-gross_total"),
)  # fmt: skip


def _invoice() -> LabelledDocument:
    words = tuple(Word(text, Box(0.1, 0.1, 0.2, 0.12)) for text, _ in _TAGGED)
    return LabelledDocument(
        id="generated-00000001",
        origin=Origin.GENERATED,
        licence="CC0-1.0",
        group="sender",
        kind=Kind.INVOICE,
        language="da",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(Page(1, 595.0, 842.0, words),),
        tags=tuple(tag for _, tag in _TAGGED),
        rows=(-1,) * len(words),
        fields={"invoice_number": "2024-00817", "issue_date": "2024-03-12", "gross_total": "9137.50"},
    )


def test_a_template_says_what_stands_before_each_value() -> None:
    template = template_of(_invoice(), _TEXT)
    assert template is not None
    assert template["keywords"] == ["Papirhuset", "Nord", "A/S"]
    assert template["fields"]["invoice_number"] == r"Faktura\s+nr\.:\s*(\S+)"
    assert template["options"] == {"decimal_separator": ",", "date_formats": ["%d-%m-%Y"]}


def test_no_template_where_a_label_stands_above_its_value() -> None:
    above = _TEXT.replace("Industrivej 40                          Fakturadato:  ", "Fakturadato\n")
    assert "\n12-03-2024" in above
    assert template_of(_invoice(), above) is None


def test_no_template_where_the_date_is_in_words() -> None:
    invoice = _invoice()
    assert template_of(replace(invoice, fields={**invoice.fields, "issue_date": "2024-12-03"}), _TEXT) is None


def test_invoice2data_reads_with_it(tmp_path: Path) -> None:
    invoice2data = pytest.importorskip("invoice2data", reason="is no dependency: pip install invoice2data")
    from benchmarks.templates import prepared

    template = template_of(_invoice(), _TEXT)
    assert template is not None
    path = tmp_path / "next.txt"
    path.write_text(_TEXT.replace("00817", "00911").replace("12-03", "30-04").replace("9.137", "19.200"), "utf-8")
    found = invoice2data.extract_data(str(path), [prepared(template)], "text")
    assert (found["invoice_number"], found["amount"]) == ("2024-00911", 19200.5)
    assert found["date"].date() == date(2024, 4, 30)
