"""The columns of a line table as headings and other rows show them: which of two equal numbers is the price."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from pipeline.domain.document import Box
from pipeline.extract.rules.columns.column_headings import heading_rows
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.textlines import text_lines
from training.collect.align.paper import Paper

_COLUMN_OF = {
    ColumnRole.ITEM_CODE: "item_code",
    ColumnRole.DESCRIPTION: "description",
    ColumnRole.QUANTITY: "quantity",
    ColumnRole.UNIT: "unit",
    ColumnRole.UNIT_PRICE: "unit_price",
    ColumnRole.DISCOUNT: "discount",
    ColumnRole.TAX_RATE: "tax_rate",
    ColumnRole.TAX: "tax_rate",
    ColumnRole.AMOUNT: "net_amount",
    ColumnRole.NET_AMOUNT: "net_amount",
    ColumnRole.GROSS_AMOUNT: "gross_amount",
    ColumnRole.LIST_PRICE: "list_price",
    ColumnRole.TAX_AMOUNT: "tax_amount",
    ColumnRole.POSITION: "position",
    ColumnRole.ORDER_LINE_REFERENCE: "order_line_reference",
}
_ALIGNED = 0.012  # parts of the page's width that edges of one column differ by
_TOUCHES = 0.25  # how much of a cell or heading the other must cover to stand under it


class Columns:
    """Where columns stand: told by headings, and by cells that are surely theirs."""

    def __init__(self, paper: Paper) -> None:
        self._headings: dict[int, list[tuple[float, str, Box]]] = defaultdict(list)
        self._cells: dict[str, list[Box]] = defaultdict(list)
        for page in paper.document.pages:
            if not page.words:
                continue
            for row in heading_rows(page, text_lines(page)):
                for heading in row.headings:
                    if column := _COLUMN_OF.get(heading.role.role):
                        self._headings[page.number].append((heading.box.y1, column, heading.box))

    @property
    def headings(self) -> Iterable[tuple[int, Box]]:
        """Every heading's page and box."""
        return [(page, box) for page, found in self._headings.items() for _, _, box in found]

    def learn(self, column: str, box: Box) -> None:
        """Keep a cell that surely belongs to a column."""
        self._cells[column].append(box)

    def heading_over(self, page: int, box: Box) -> str | None:
        """Return the column whose heading stands over a cell, the nearest above on its page."""
        above = [
            (y1, column) for y1, column, head in self._headings[page] if y1 <= box.y0 + 0.002 and _under(box, head)
        ]
        return max(above, default=(0.0, None))[1]

    def fit(self, column: str, page: int, box: Box) -> float:
        """Return how well a cell stands in a column: 1 aligned with its cells, 0 unknown, below nought in another."""
        head = self.heading_over(page, box)
        named = 0.0 if head is None else 0.6 if head == column else -0.6
        cells = self._cells[column]
        if not cells:
            return named
        off = min(
            abs(edge - median(others))
            for edge, others in zip(_edges(box), zip(*map(_edges, cells), strict=True), strict=True)
        )
        aligned = 1.0 if off <= _ALIGNED else max(-1.0, 1 - off / (4 * _ALIGNED))
        return aligned + named * 0.5

    def knows(self, column: str) -> int:
        """Return how many cells are known of a column."""
        return len(self._cells[column])


def _edges(box: Box) -> tuple[float, float, float]:
    return box.x0, box.x1, box.centre[0]


def _under(cell: Box, head: Box) -> bool:
    shared = min(cell.x1, head.x1) - max(cell.x0, head.x0)
    return shared > _TOUCHES * min(cell.width, head.width)
