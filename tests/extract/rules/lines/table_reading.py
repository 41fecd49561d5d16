"""Line items as tests state them: the plain values of each item, by column."""

from pipeline.domain.document import Document
from pipeline.extract.rules.lines.table import find_line_items
from pipeline.extract.rules.writing.conventions import conventions_of


def items(document: Document) -> list[dict[str, str]]:
    """Return what each line item of a document says, without its evidence."""
    found = find_line_items(document, conventions_of(document))
    return [{column.value: field.value for column, field in item.items()} for item in found]


def rows(document: Document, *columns: str) -> list[tuple[str | None, ...]]:
    """Return some columns of each line item; None where an item does not state one."""
    return [tuple(item.get(c) for c in columns) for item in items(document)]


AMOUNTS = ("description", "quantity", "unit_price", "net_amount")
