"""What must not change what is read, and what must: the released model on a page that is moved, enlarged, rewritten.

After the behavioural tests of Ribeiro et al. 2020 (arXiv:2005.04118): invariance and direction.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.mailbox.pages import draw
from pipeline.demo.mailbox.papers import bill_for
from pipeline.domain.document import Box, Document, SourceFile, Word
from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import HeaderField

SURE = (
    HeaderField.INVOICE_NUMBER,
    HeaderField.ISSUE_DATE,
    HeaderField.GROSS_TOTAL,
    HeaderField.NET_TOTAL,
    HeaderField.TAX_TOTAL,
    HeaderField.CURRENCY,
    HeaderField.PURCHASE_ORDER_REFERENCE,
)


@pytest.fixture(scope="module")
def extractor() -> ModelExtractor:
    return ModelExtractor()


@pytest.fixture(scope="module")
def page() -> Document:
    with FileReader(None, sandbox=False) as reader:
        paper = bill_for("PO-2041", "F-88120", date(2026, 11, 9))
        read = reader.read(SourceFile("F-88120.pdf", "application/pdf", draw(paper)))
    assert isinstance(read, Document)
    return read


def with_words(document: Document, change: Callable[[Word], Word]) -> Document:
    pages = tuple(replace(p, words=tuple(change(word) for word in p.words)) for p in document.pages)
    return replace(document, pages=pages)


def values(read: Extraction) -> dict[str, str | None]:
    return {name.value: read.value(name) for name in SURE} | {
        f"lines[{n}].{column}": field.value for n, line in enumerate(read.lines) for column, field in line.items()
    }


def moved(right: float, down: float, scale: float) -> Callable[[Word], Word]:
    def change(word: Word) -> Word:
        x0, y0, x1, y1 = (0.5 + (edge - 0.5) * scale for edge in word.box)
        return replace(word, box=Box(x0 + right, y0 + down, x1 + right, y1 + down))

    return change


def in_type(factor: float) -> Callable[[Word], Word]:
    def change(word: Word) -> Word:
        x0, y0, x1, y1 = word.box
        return replace(word, box=Box(x0, y1 - (y1 - y0) * factor, x0 + (x1 - x0) * factor, y1))

    return change


@pytest.mark.parametrize(
    "change",
    [moved(0.02, 0.0, 1.0), moved(0.0, 0.02, 1.0), moved(0.0, 0.0, 0.93), in_type(0.92), in_type(1.06)],
    ids=["right", "down", "smaller page", "smaller type", "larger type"],
)
def test_where_the_page_lies_and_how_large_its_type_is_change_nothing(
    extractor: ModelExtractor, page: Document, change: Callable[[Word], Word]
) -> None:
    assert values(extractor.extract(with_words(page, change))) == values(extractor.extract(page))


def test_the_words_of_a_logo_change_nothing(extractor: ModelExtractor, page: Document) -> None:
    first, *rest = page.pages
    logo = tuple(
        Word(text, Box(0.62 + 0.09 * n, 0.015, 0.70 + 0.09 * n, 0.04)) for n, text in enumerate(("Siden", "1924"))
    )
    decorated = replace(page, pages=(replace(first, words=(*logo, *first.words)), *rest))
    assert values(extractor.extract(decorated)) == values(extractor.extract(page))


def test_another_number_is_read_as_it_is_printed(extractor: ModelExtractor, page: Document) -> None:
    other = with_words(page, lambda word: replace(word, text=word.text.replace("F-88120", "F-90377")))
    assert extractor.extract(other).value(HeaderField.INVOICE_NUMBER) == "F-90377"


def test_a_changed_total_is_read_as_printed_and_trusted_less(extractor: ModelExtractor, page: Document) -> None:
    before = extractor.extract(page)
    printed = before.fields[HeaderField.GROSS_TOTAL].text.split()[-1].strip("€")
    digits = str.maketrans("123456789", "234567891")
    wrong = with_words(
        page, lambda word: replace(word, text=word.text.translate(digits)) if printed in word.text else word
    )
    after = extractor.extract(wrong)
    net = before.amount(HeaderField.NET_TOTAL)
    assert net is not None
    gross = after.fields.get(HeaderField.GROSS_TOTAL)
    assert gross is None or gross.confidence < before.fields[HeaderField.GROSS_TOTAL].confidence
    assert gross is None or gross.value != before.value(HeaderField.GROSS_TOTAL)
