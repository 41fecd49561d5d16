"""Line items of a document, found by the geometry of its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pipeline.domain.document import Document, Page, Word, WordsFrom
from pipeline.domain.extraction import LineItem
from pipeline.domain.money import DecimalMark
from pipeline.extract.rules.columns.cells import cells_of, word_gap
from pipeline.extract.rules.columns.column_headings import HeadingRow, heading_rows, heads_other_table
from pipeline.extract.rules.columns.column_roles import parted, settled, with_unheaded
from pipeline.extract.rules.columns.columns import Column, Lines, columns_of, widened
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.rules.lines.bare_columns import date_columns, without_margins
from pipeline.extract.rules.lines.items import items_of, multiplies
from pipeline.extract.rules.lines.line_fields import is_worth_keeping
from pipeline.extract.rules.lines.order_lines import order_lines
from pipeline.extract.rules.lines.row_labels import RowLabel
from pipeline.extract.rules.lines.rows import BodyLine, is_item
from pipeline.extract.rules.lines.unheaded_rows import PlainLine, unheaded_items
from pipeline.extract.rules.writing.conventions import Conventions
from pipeline.extract.textlines import TextLine, text_lines

_DEFAULT_HEIGHT = 10.0


def find_line_items(document: Document, conventions: Conventions) -> tuple[LineItem, ...]:
    """Return the line items of a document in reading order; empty where no table, list or order text shows any."""
    pages = [_PageLines(page) for page in document.pages if page.words]
    items = [i for i in _tables(pages, conventions) if is_worth_keeping(i)]
    if not items:
        items = unheaded_items([line for p in pages for line in p.plain()], conventions.mark)
    if not items:
        ordered = order_lines([line for p in pages for line in p.lines], conventions.mark)
        items = ordered if len(ordered) >= 2 or document.words_from is WordsFrom.MAIL_BODY else []
    return tuple(items)


class _PageLines:
    """A page's lines, its rows of headings, and the height of its type by which distances are measured."""

    def __init__(self, page: Page) -> None:
        usual = median(w.box.height for w in page.words)
        height = usual * page.height or _DEFAULT_HEIGHT
        page = replace(page, words=tuple(w for w in page.words if not _is_upended(w, page, usual)))
        self.page = page
        self.lines = text_lines(page) if page.words else []
        self.scale_x = page.width / height
        self.scale_y = page.height / height
        self.gap = word_gap([line.words for line in self.lines], self.scale_x)
        self.headings = list(_in_one_language(heading_rows(page, self.lines)))

    def body(self, lines: Sequence[TextLine], columns: tuple[Column, ...], mark: DecimalMark | None) -> list[BodyLine]:
        """Place the cells of lines under columns.

        Columns of numbers first grow to the cells that surely fit; then the numbers themselves correct the headings.
        """
        starts = [c.x0 for c in columns if c.role in (ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE)]
        dates = date_columns([line.words for line in lines], self.scale_x)
        starts += dates
        cells = Lines([cells_of(line.words, self.scale_x, starts, self.gap) for line in lines])
        headed, placed = columns, cells.under(columns)
        columns = parted(headed, placed)
        if columns != headed:
            placed = cells.under(columns)
        grown = widened(columns, placed)
        if grown != columns:
            placed = cells.under(grown)
        final = settled(grown, placed, mark)
        more = with_unheaded(final, placed)
        if len(more) > len(final):
            tried = settled(more, cells.under(more), mark)
            given = tuple(c for c in tried if c.heading or c.role is not ColumnRole.OTHER)
            final = given if tried != more else final
        if final != grown:
            placed = cells.under(final)
        placed = [without_margins(p, final, dates) for p in placed]
        aspect = self.page.height / self.page.width
        return [
            BodyLine(
                self.page.number,
                line.box.y0 * self.scale_y,
                line.box.y1 * self.scale_y,
                tuple(p),
                final,
                heads_other_table(line, aspect),
            )
            for line, p in zip(lines, placed, strict=True)
        ]

    def plain(self) -> list[PlainLine]:
        """Return the page's lines as cells, for lists that have no headings."""
        return [
            PlainLine(
                self.page.number,
                line.box.y0 * self.scale_y,
                line.box.y1 * self.scale_y,
                tuple(cells_of(line.words, self.scale_x, gap=self.gap)),
            )
            for line in self.lines
        ]


def _in_one_language(rows: Sequence[HeadingRow]) -> Iterator[HeadingRow]:
    """Take two rows of headings of which one follows upon the other, as in two languages, for the fuller one."""
    held: HeadingRow | None = None
    for row in rows:
        if held is not None and row.page == held.page and row.first == held.last + 1:
            held = replace(max(held, row, key=lambda h: h.score), first=held.first, last=row.last)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _is_upended(word: Word, page: Page, usual: float) -> bool:
    """Say whether a word is printed sideways, along a margin: much taller than wide, and than words usually are."""
    tall = word.box.height * page.height > 1.5 * word.box.width * page.width
    return tall and word.box.height > 1.3 * usual and len(word.text) >= 3


def _tables(pages: Sequence[_PageLines], conventions: Conventions) -> list[LineItem]:
    found: list[LineItem] = []
    ruling = _ruling(pages)
    if ruling is None:
        return found
    columns: tuple[Column, ...] | None = None
    mark = conventions.mark
    for page in pages:
        rows = [h for h in page.headings if _alike(h, ruling)]
        if not rows and columns is not None:
            lines, ended = _cut(page.body(page.lines, columns, mark), mark)
            items = items_of(lines, conventions, continued=True)
            found.extend(items)
            columns = None if ended or not items else columns
        for index, row in enumerate(rows):
            columns = columns_of(row, page.scale_x)
            stop = rows[index + 1].first if index + 1 < len(rows) else len(page.lines)
            lines, ended = _cut(page.body(page.lines[row.last + 1 : stop], columns, mark), mark)
            found.extend(items_of(lines, conventions))
            columns = None if ended else columns
    return found


def _ruling(pages: Sequence[_PageLines]) -> HeadingRow | None:
    """Return the row of headings that says most: the others count only if they head the same kind of table."""
    rows = [h for p in pages for h in p.headings]
    return max(rows, key=lambda h: (h.has_values, h.score), default=None)


def _alike(row: HeadingRow, ruling: HeadingRow) -> bool:
    shared = row.roles & ruling.roles - {ColumnRole.OTHER}
    return len(shared) * 2 > len((row.roles | ruling.roles) - {ColumnRole.OTHER})


def _cut(lines: Sequence[BodyLine], mark: DecimalMark | None) -> tuple[list[BodyLine], bool]:
    """Cut a table's lines at its totals or at the next table; say whether it ended there.

    A total after which items follow whose numbers agree is a sub-total.
    """
    kept: list[BodyLine] = []
    for index, line in enumerate(lines):
        if line.heads_other and any(is_item(k) for k in kept):
            return kept, True
        if line.label is RowLabel.TOTAL and _ends(line) and not _goes_on(lines[index + 1 :], mark):
            return kept, True
        kept.append(line)
    return kept, False


def _goes_on(lines: Sequence[BodyLine], mark: DecimalMark | None) -> bool:
    """Say whether an item follows whose quantity, price and amount agree: the total before it was none."""
    for line in lines:
        if line.heads_other:
            return False
        if is_item(line) and line.label is None and multiplies(line, mark):
            return True
    return False


def _ends(line: BodyLine) -> bool:
    numbers = [p for p in line.cells if p.cell.is_number]
    filled = {line.columns[p.column].role for p in numbers if p.column is not None}
    return bool(numbers) and not {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE} <= filled
