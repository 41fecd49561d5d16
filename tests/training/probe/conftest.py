"""Small labelled documents, made by hand, that a probe can learn by heart within seconds."""

from decimal import Decimal

import pytest

from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin


class PageMaker:
    """Sets words of equal size beside and below one another, with their tags and rows."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.tags: list[str | None] = []
        self.rows: list[int] = []

    def put(self, x: float, y: float, text: str, span: str | None = None, row: int = -1) -> "PageMaker":
        """Put the words of `text` at a place; they are one value of `span`, or none."""
        for number, word in enumerate(text.split()):
            width = 0.008 * len(word)
            self.words.append(Word(word, Box(x, y, x + width, y + 0.01)))
            self.tags.append("O" if span is None else f"{'I' if number else 'B'}-{span}")
            self.rows.append(row)
            x += width + 0.006
        return self

    def document(self, name: str, kind: Kind = Kind.INVOICE) -> LabelledDocument:
        """Return the words as a document of one page."""
        return LabelledDocument(
            id=name,
            origin=Origin.GENERATED,
            licence="CC0-1.0",
            group=name,
            kind=kind,
            language="en",
            words_from=WordsFrom.TEXT_LAYER,
            quality=QualityBand.CLEAN,
            pages=(Page(1, 595, 842, tuple(self.words)),),
            tags=tuple(self.tags),
            rows=tuple(self.rows),
        )


def invoice(number: int) -> LabelledDocument:
    """Return an invoice whose values differ with `number` and whose layout has two forms."""
    made = PageMaker()
    left, right = (0.1, 0.6) if number % 2 else (0.6, 0.1)
    price = Decimal(number % 7 + 1) * 10
    made.put(0.4, 0.05, "INVOICE")
    made.put(left, 0.1, "Invoice number:").put(left, 0.12, f"R-{4000 + number}", "invoice_number")
    made.put(right, 0.1, "Date:").put(right, 0.12, f"2024-03-{number % 28 + 1:02d}", "issue_date")
    made.put(0.1, 0.3, "Description").put(0.5, 0.3, "Quantity").put(0.8, 0.3, "Amount")
    for row in range(2):
        y = 0.33 + 0.05 * row
        made.put(0.1, y, "Oak table" if row else "Steel chair", "line.description", row)
        made.put(0.5, y, "2", "line.quantity", row)
        made.put(0.8, y, f"{price + row}.00", "line.net_amount", row)
    made.put(0.6, 0.6, "Total").put(0.8, 0.6, f"{2 * price + 1}.00", "gross_total")
    return made.document(f"invoice-{number:03d}")


@pytest.fixture
def page_maker() -> PageMaker:
    return PageMaker()


@pytest.fixture
def invoices() -> list[LabelledDocument]:
    return [invoice(number) for number in range(40)]
