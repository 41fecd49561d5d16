"""Spans of line items, or of the tax breakdown, put into rows by where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.decode.values import value_of
from pipeline.domain.extraction import Field, LineItem, Source, TaxSubtotal
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.writing.conventions import Conventions
from training.probe.fields.spans import Span

_ANCHORS = ("line.net_amount", "line.unit_price", "line.quantity", "line.description")
_TAX_ANCHORS = ("tax.tax_amount", "tax.taxable_amount", "tax.rate")


@dataclass(slots=True)
class _Row:
    page: int
    top: float
    bottom: float
    spans: list[Span] = field(default_factory=list)


def line_items(spans: Sequence[Span], ways: Conventions) -> tuple[LineItem, ...]:
    """Return the line items in reading order."""
    items: list[LineItem] = []
    for row in _rows([s for s in spans if s.name.startswith("line.")], _ANCHORS):
        item = {column: cell for column in LineColumn if (cell := _cell(row, f"line.{column}", ways))}
        if item:
            items.append(item)
    return tuple(items)


def tax_subtotals(spans: Sequence[Span], ways: Conventions) -> tuple[TaxSubtotal, ...]:
    """Return the tax breakdown in reading order."""
    rows = _rows([s for s in spans if s.name.startswith("tax.")], _TAX_ANCHORS)
    made = (
        TaxSubtotal(*(_cell(row, f"tax.{column}", ways) for column in ("rate", "taxable_amount", "tax_amount")))
        for row in rows
    )
    return tuple(entry for entry in made if entry != TaxSubtotal())


def _rows(spans: Sequence[Span], anchors: Sequence[str]) -> list[_Row]:
    """Make a row for every cell of the column that has most of them, and give each the cells nearest to it.

    On each page the column with most cells decides; of columns with as many, the first of `anchors`.
    """
    rows: list[_Row] = []
    for page in sorted({span.page for span in spans}):
        here = [span for span in spans if span.page == page]
        anchor = max(anchors, key=lambda name: sum(s.name == name for s in here))
        own = _stacked([s for s in here if s.name == anchor])
        own = own or _stacked(here)
        for span in here:
            if all(span not in row.spans for row in own):
                _nearest(own, span).spans.append(span)
        rows += own
    return rows


def _stacked(spans: Sequence[Span]) -> list[_Row]:
    """Return rows from spans that stand above one another; two in one line share a row."""
    rows: list[_Row] = []
    for span in sorted(spans, key=lambda s: s.box.y0):
        box = span.words[0].box
        if rows and box.y0 < rows[-1].bottom - 0.4 * box.height:
            rows[-1].spans.append(span)
        else:
            rows.append(_Row(span.page, box.y0, box.y1, [span]))
    return rows


def _nearest(rows: Sequence[_Row], span: Span) -> _Row:
    """Return the row whose line is nearest to any line of the span; above counts before below."""

    def apart(row: _Row) -> tuple[float, float]:
        lines = [max(word.box.y0 - row.bottom, row.top - word.box.y1, 0.0) for word in span.words]
        return min(lines), abs(span.words[0].box.y0 - row.top)

    return min(rows, key=apart)


def _cell(row: _Row, name: str, ways: Conventions) -> Field | None:
    """Return a row's cell: descriptions of several spans are joined, of other columns the surest span counts."""
    spans = [span for span in row.spans if span.name == name]
    if name == "line.description" and spans:
        spans = sorted(spans, key=lambda s: (s.box.y0, s.box.x0))
        text = " ".join(span.text for span in spans)
        box = spans[0].box
        for span in spans[1:]:
            box = box.union(span.box)
        chance = sum(span.chance for span in spans) / len(spans)
        return Field(text, text, chance, Source.MODEL, row.page, box)
    for span in sorted(spans, key=lambda s: -s.chance):
        value = value_of(name, span.text, ways)
        if value is not None:
            return Field(value, span.text, span.chance, Source.MODEL, row.page, span.box)
    return None
