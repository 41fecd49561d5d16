"""The rows of one table: which lines carry an item's numbers, and which lines of text belong to which item."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.extract.once import once
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.columns import Column, Placed
from pipeline.extract.rules.columns.heading_terms import AMOUNT_ROLES, ColumnRole
from pipeline.extract.rules.lines.descriptions import is_code
from pipeline.extract.rules.lines.row_labels import RowLabel, is_allowance, label_of
from pipeline.extract.rules.writing.characters import has_letter

_CLEARER = 0.25  # a gap this much (line heights) above the smallest parts two items
_LAST_LINES = 8
_ROW_GAP_MARGIN = 0.3  # lines of one item are nearer to each other than two items, by this much
_PRICE_ROLES = frozenset({ColumnRole.UNIT_PRICE, ColumnRole.LIST_PRICE})
_NAMING_ROLES = frozenset({ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE})


@dataclass(frozen=True)
class BodyLine:
    """A line below the headings, its cells under their columns; `y0` and `y1` in line heights from the page's top."""

    page: int
    y0: float
    y1: float
    cells: tuple[Placed, ...]
    columns: tuple[Column, ...]
    heads_other: bool = False

    def under(self, *roles: ColumnRole) -> list[Cell]:
        """Return the cells under columns of these roles, left to right."""
        return [p.cell for p in self.cells if p.column is not None and self.columns[p.column].role in roles]

    def numbers_under(self, *roles: ColumnRole) -> list[Cell]:
        return [c for c in self.under(*roles) if c.is_number]

    @property
    def text(self) -> str:
        return " ".join(p.cell.text for p in self.cells)

    @once
    def label(self) -> RowLabel | None:
        """What kind of total the line names, by its first text or the text just before its last number."""
        texts = [p.cell.text for p in self.cells if not p.cell.is_number and has_letter(p.cell.text)]
        for text in dict.fromkeys((texts[0], texts[-1])) if texts else ():
            if found := label_of(text):
                return found
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One item: the line that carries its numbers, and the lines of text above and below that belong to it."""

    anchor: BodyLine
    above: tuple[BodyLine, ...] = ()
    below: tuple[BodyLine, ...] = ()

    @property
    def lines(self) -> tuple[BodyLine, ...]:
        return (*self.above, self.anchor, *self.below)


def is_item(line: BodyLine) -> bool:
    """Say whether a line carries the numbers of an item, judged by which columns the table has."""
    roles = {c.role for c in line.columns}
    amount = bool(line.numbers_under(*AMOUNT_ROLES))
    price = bool(line.numbers_under(*_PRICE_ROLES))
    quantity = bool(line.numbers_under(ColumnRole.QUANTITY))
    named = any(has_letter(c.text) for c in line.under(*_NAMING_ROLES)) or bool(line.under(ColumnRole.ITEM_CODE))
    if line.label is not None and not (quantity and price):
        return False
    if roles & AMOUNT_ROLES:
        has_values = bool(roles & {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE})
        return amount and (named or (has_values and (quantity or price)))
    if roles & _PRICE_ROLES:
        return (quantity and (price or named)) or (price and (named or ColumnRole.QUANTITY not in roles))
    return quantity


def _anchors(lines: Sequence[BodyLine]) -> list[int]:
    """Return the indexes of the lines that are items, less those that are plainly unlike the others: amounts without
    decimals where the others have two, amounts alone after a sub-total."""
    found = [i for i, line in enumerate(lines) if is_item(line)]
    in_table = {c.role for line in lines[:1] for c in line.columns}
    money = AMOUNT_ROLES if in_table & AMOUNT_ROLES else _PRICE_ROLES
    amounts = {i: cells[-1] for i in found if (cells := lines[i].numbers_under(*money))}
    with_cents = [i for i, cell in amounts.items() if cell.decimals == 2]
    if len(with_cents) * 2 >= len(amounts) and with_cents:
        found = [i for i in found if i not in amounts or amounts[i].decimals or _is_full(lines[i])]
    full = [i for i in found if _is_full(lines[i])]
    if not full:
        return found
    last = max(full)
    found = [i for i in found if i in full or i < last or not _is_allowance(lines[i])]
    found = [i for i in found if i in full or not any(_beside(lines[i], lines[f]) for f in full)]
    if len(full) * 2 < len(found):
        return found
    subtotals = [i for i, line in enumerate(lines) if line.label is RowLabel.SUBTOTAL]
    return [i for i in found if _is_full(lines[i]) or (_is_clean(lines[i]) and not any(s < i for s in subtotals))]


def _beside(line: BodyLine, other: BodyLine) -> bool:
    """Say whether two lines of one page overlap in height: cells of one row that are not set on one line."""
    return line.page == other.page and min(line.y1, other.y1) - max(line.y0, other.y0) > 0.15


def _is_allowance(line: BodyLine) -> bool:
    names = [c.text for c in line.under(*_NAMING_ROLES) if has_letter(c.text)]
    return any(is_allowance(n) for n in names)


def _is_full(line: BodyLine) -> bool:
    """Say whether a line states quantity and price, as far as the table has columns for them."""
    roles = {c.role for c in line.columns}
    wanted = [{r} for r in (ColumnRole.QUANTITY,) if r in roles] + ([_PRICE_ROLES] if roles & _PRICE_ROLES else [])
    return all(line.numbers_under(*w) for w in wanted)


def _is_clean(line: BodyLine) -> bool:
    """Say whether nothing but numbers and units stands under the columns of numbers."""
    return not any(
        p.column is not None and line.columns[p.column].is_numeric and not p.cell.is_number and len(p.cell.text) > 8
        for p in line.cells
    ) and all(p.column is not None for p in line.cells if p.cell.is_number)


def rows_of(lines: Sequence[BodyLine]) -> list[Row]:
    """Group the lines of one table on one page, already cut at its totals, into items."""
    anchors = _anchors(lines)
    if not anchors:
        return []
    above: dict[int, list[BodyLine]] = {i: [] for i in anchors}
    below: dict[int, list[BodyLine]] = {i: [] for i in anchors}
    first_texts = _texts(lines[: anchors[0]])
    text_first = _text_comes_first(lines, anchors)
    by_gap = 0
    for position, (a, b) in enumerate(pairwise(anchors)):
        labels = [i for i in range(a + 1, b) if _is_labelled(lines[i])]
        if labels:
            below[a] = list(lines[a + 1 : labels[0]])
            above[b] = [] if _has_name(lines[b]) else list(lines[labels[-1] + 1 : b])
            continue
        between = lines[a + 1 : b]
        start = _numbered(between, position + 2)
        if start is not None and not _has_name(lines[b]):
            below[a], above[b] = list(between[:start]), list(between[start:])
            continue
        split, clear = _split(lines[a], between, lines[b], text_first)
        below[a], above[b] = list(between[:split]), list(between[split:])
        by_gap += clear and split < len(between)
    first, last = anchors[0], anchors[-1]
    usual = text_first or (by_gap and by_gap * 2 >= len(anchors) - 1)
    apart = min((lines[b].y0 - lines[a].y1 for a, b in pairwise(anchors) if b == a + 1), default=0.0)
    limit = 1.2 if usual else apart - _ROW_GAP_MARGIN
    above[first] = _adjoining_above(first_texts, lines[first], limit)
    step = lines[last].y0 - above[last][-1].y1 if above[last] else None
    below[last] = _adjoining_below(lines[last + 1 :], lines[last], step if text_first or above[last] else 1.3)
    return [Row(lines[i], tuple(above[i]), tuple(below[i])) for i in anchors]


def _numbered(lines: Sequence[BodyLine], position: int) -> int | None:
    """Return the index of the last line that carries the number of the item at `position`, if one does."""
    for index, line in reversed(list(enumerate(lines))):
        if any(c.text.strip(".)") == str(position) for c in line.under(ColumnRole.POSITION)):
            return index
    return None


def _text_comes_first(lines: Sequence[BodyLine], anchors: Sequence[int]) -> bool:
    """Say whether items print their text above their numbers: the line of text nearer to the numbers tells."""
    nameless = [i for i in anchors if not _has_name(lines[i])]
    if not nameless or nameless[0] != anchors[0] or anchors[0] == 0:
        return False
    votes = 0
    for i in nameless:
        above = lines[i].y0 - lines[i - 1].y1 if i > 0 and not is_item(lines[i - 1]) else None
        below = lines[i + 1].y0 - lines[i].y1 if i + 1 < len(lines) and not is_item(lines[i + 1]) else None
        if above is not None and (below is None or above < below - 0.1):
            votes += 1
        elif below is not None and (above is None or below < above - 0.1):
            votes -= 1
    return votes > 0 or (votes == 0 and lines[anchors[0]].y0 - lines[anchors[0] - 1].y1 <= 1.2)


def _texts(lines: Sequence[BodyLine]) -> list[BodyLine]:
    """Return the lines that can be part of an item's text."""
    return [line for line in lines if not _is_labelled(line)]


def _is_labelled(line: BodyLine) -> bool:
    """Say whether a line states a total of some kind, or an allowance on the whole document."""
    if line.label is not None:
        return any(p.cell.is_number for p in line.cells)
    return is_item(line) and not _is_full(line) and _is_allowance(line)


def _has_name(line: BodyLine) -> bool:
    return any(has_letter(c.text) and not is_code(c.text) for c in line.under(ColumnRole.DESCRIPTION))


def _split(a: BodyLine, between: Sequence[BodyLine], b: BodyLine, text_first: bool) -> tuple[int, bool]:
    """Return how many of the lines between two items belong to the upper one, and whether a gap shows it."""
    if not between:
        return 0, False
    sequence = [a, *between, b]
    gaps = [lower.y0 - upper.y1 for upper, lower in pairwise(sequence)]
    widest = max(range(len(gaps)), key=lambda i: gaps[i])
    others = [g for i, g in enumerate(gaps) if i != widest]
    if gaps[widest] > max(others) + 0.08 and gaps[widest] > min(gaps) + _CLEARER:
        return widest, True
    if _has_name(a) and not _has_name(b):
        return len(between) - 1, False
    if not _has_name(a) and not _has_name(b):
        return (0 if text_first else len(between)), False
    return len(between), False


def row_gap(rows: Sequence[Row]) -> float | None:
    """Return the smallest gap between items that follow each other on a page, in line heights; None for one item."""
    gaps = [b.lines[0].y0 - a.lines[-1].y1 for a, b in pairwise(rows) if a.anchor.page == b.anchor.page]
    return min(gaps, default=None)


def _adjoining_above(texts: Sequence[BodyLine], anchor: BodyLine, limit: float) -> list[BodyLine]:
    taken: list[BodyLine] = []
    lower = anchor
    for line in reversed(texts):
        if lower.y0 - line.y1 > limit:
            break
        taken.insert(0, line)
        lower = line
    return taken


def _adjoining_below(lines: Sequence[BodyLine], anchor: BodyLine, limit: float | None) -> list[BodyLine]:
    """Return the lines of text below the last item; where items have text above, only lines as near as that is."""
    taken: list[BodyLine] = []
    upper = anchor
    gaps: list[float] = []
    if limit is None:
        return []
    for line in lines[:_LAST_LINES]:
        gap = line.y0 - upper.y1
        if line.label is not None or _is_labelled(line) or gap > (median(gaps) + 0.6 if gaps else limit + 0.1):
            break
        if not line.under(*_NAMING_ROLES):
            break
        gaps.append(gap)
        taken.append(line)
        upper = line
    return taken
