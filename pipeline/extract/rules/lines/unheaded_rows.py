"""Line items where no headings say what the columns hold: amounts at the line's end, quantity times price, receipts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from pipeline.domain.extraction import Field, LineItem
from pipeline.domain.money import DecimalMark
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.once import once
from pipeline.extract.rules.columns.cells import Cell, is_currency
from pipeline.extract.rules.lines.descriptions import is_note, printed_code
from pipeline.extract.rules.lines.line_arithmetic import LineNumbers, Number, readings_of, rounding_slack
from pipeline.extract.rules.lines.line_fields import number_field, number_fields, tax_rate_field, text_field
from pipeline.extract.rules.lines.row_labels import RowLabel, is_allowance, label_of
from pipeline.extract.rules.writing.characters import has_letter
from pipeline.extract.rules.writing.units import is_unit

_ALIGNED = 0.8  # amounts of one list end within this many line heights of each other
_CODE = re.compile(r"^(?=.*\d)(?=.*[A-Z\-])[A-Z0-9][A-Z0-9.\-/]{3,19}$")
_POSITION = re.compile(r"^\d{1,3}(?:[.)]|[x×])?$", re.IGNORECASE)
_CENTS = Decimal("0.02")


@dataclass(frozen=True)
class PlainLine:
    """A line of a page as cells; heights count from the page's top in line heights."""

    page: int
    y0: float
    y1: float
    cells: tuple[Cell, ...]

    @once
    def text(self) -> str:
        return " ".join(c.text for c in self.cells)

    @once
    def label(self) -> RowLabel | None:
        texts = [c.text for c in self.cells if not c.is_number and has_letter(c.text)]
        for text in dict.fromkeys((texts[0], texts[-1])) if texts else ():
            if found := label_of(text):
                return found
        return None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be an item: its amount, and quantity and price where two other numbers multiply to it."""

    line: PlainLine
    amount: Cell
    numbers: LineNumbers
    name: tuple[Cell, ...]
    lead: Cell | None = None

    @property
    def agrees(self) -> bool:
        return self.numbers.agrees is True


def unheaded_items(lines: Sequence[PlainLine], mark: DecimalMark | None) -> list[LineItem]:
    """Return the items of a document without column headings; empty unless the arithmetic bears them out.

    Either quantity times price is the amount in the lines themselves, or the amounts add up to a total printed below.
    """
    end = _end_of_items(lines)
    return _items_before(lines, end, mark) or _items_before(lines, len(lines), mark)


def _items_before(lines: Sequence[PlainLine], end: int, mark: DecimalMark | None) -> list[LineItem]:
    candidates = [c for i in range(end) if (c := _candidate(lines, i, mark)) is not None]
    if not candidates:
        return []
    proven = [c for c in candidates if c.agrees]
    totals = _amounts(lines[end:], mark) | _labelled_amounts(lines, mark)
    chosen = _chosen(candidates, proven, totals)
    counted = _leads_are_quantities(chosen)
    return [_item(c, mark, counted) for c in chosen]


def _end_of_items(lines: Sequence[PlainLine]) -> int:
    """Return the index of the first total with an amount that stands below a line that might be an item."""
    seen = False
    for index, line in enumerate(lines):
        ends_in_number = bool(line.cells) and any(c.is_number and c.decimals == 2 for c in line.cells[-2:])
        if line.label is RowLabel.TOTAL and ends_in_number and seen:
            return index
        if ends_in_number and line.label is None:
            seen = True
    return len(lines)


def _candidate(lines: Sequence[PlainLine], index: int, mark: DecimalMark | None) -> _Candidate | None:
    line = lines[index]
    if line.label is not None or is_allowance(line.text):
        return None
    numbers = [c for c in line.cells if c.is_number and not c.is_identifier]
    amounts = [
        c
        for c in numbers
        if not c.percent and (c.decimals == 2 or any(is_currency(w.text) or w.text[:1] in "€$£" for w in c.words))
    ]
    if not amounts:
        return None
    amount = amounts[-1]
    if any(not c.is_number and len(c.text) > 3 and not is_currency(c.text) for c in line.cells if c.x0 > amount.x1):
        return None
    found = _multiplied([c for c in numbers if c.x1 <= amount.x0 + 0.01 and not c.percent], amount, mark)
    used = {id(n.cell) for n in (found.quantity, found.unit_price, found.net_amount) if n}
    name = _name([c for c in line.cells if id(c) not in used and c.x0 < amount.x0], found)
    if not any(has_letter(c.text) for c in name):
        above = _name_above(lines, index)
        if above is None:
            return None
        name = above.cells
    first = line.cells[0]
    lead = first if first.is_number and id(first) not in used and _POSITION.match(first.text) else None
    return _Candidate(line, amount, found, tuple(name), lead)


def _multiplied(numbers: Sequence[Cell], amount: Cell, mark: DecimalMark | None) -> LineNumbers:
    """Find two numbers of a line whose product is its amount; the first is the quantity."""
    whole = readings_of(amount, mark)
    for first, second in combinations(numbers, 2):
        for q, p, a in ((q, p, a) for q in readings_of(first, mark) for p in readings_of(second, mark) for a in whole):
            if a.value and abs(abs(q.value * p.value) - abs(a.value)) <= min(
                rounding_slack(q.reading, p.reading), _CENTS
            ):
                if p.reading.decimals < 2 <= q.reading.decimals:
                    q, p = p, q
                return LineNumbers(q, p, None, a, True)
    return LineNumbers(net_amount=whole[0])


def _name(cells: Sequence[Cell], numbers: LineNumbers) -> tuple[Cell, ...]:
    """Return the cells that name the item: neither its position, nor operators, its unit and bare signs."""
    kept = [c for c in cells if not (c.is_operator or is_currency(c.text) or c.percent)]
    if kept and _POSITION.match(kept[0].text) and len(kept) > 1:
        kept = kept[1:]
    if numbers.quantity:
        after = numbers.quantity.cell.x1
        kept = [c for c in kept if not (is_unit(c.text) and 0 <= c.x0 - after < 2.0)]
    while len(kept) > 1 and (kept[-1].is_number or is_unit(kept[-1].text)) and kept[-1].x0 - kept[-2].x1 > 1.0:
        kept = kept[:-1]
    return tuple(kept)


def _name_above(lines: Sequence[PlainLine], index: int) -> PlainLine | None:
    """Return the line above where a receipt prints the article there and only the numbers here."""
    if index == 0:
        return None
    above, line = lines[index - 1], lines[index]
    if above.page != line.page or line.y0 - above.y1 > 1.0 or above.label is not None:
        return None
    if any(c.is_number and c.decimals == 2 for c in above.cells) or not has_letter(above.text):
        return None
    return above


def _amounts(lines: Sequence[PlainLine], mark: DecimalMark | None) -> set[Decimal]:
    return {readings_of(c, mark)[0].value for line in lines for c in line.cells if c.is_number and not c.is_identifier}


def _labelled_amounts(lines: Sequence[PlainLine], mark: DecimalMark | None) -> set[Decimal]:
    return _amounts([line for line in lines if line.label in (RowLabel.TOTAL, RowLabel.SUBTOTAL)], mark)


def _chosen(candidates: Sequence[_Candidate], proven: Sequence[_Candidate], totals: set[Decimal]) -> list[_Candidate]:
    """Return the proven lines with their neighbours in the same column, or a run of lines that adds up to a total."""
    telling = [c for c in proven if not _is_trivial(c)]
    if telling:
        column = [c for c in candidates if any(abs(c.amount.x1 - p.amount.x1) <= _ALIGNED for p in proven)]
        if _sum(column) in totals:
            return column
        near = [c for c in candidates if c.agrees or _in_list(c, proven)]
        return near if _sum(near) in totals or _sum(list(proven)) not in totals else list(proven)
    for _, group in groupby(sorted(candidates, key=lambda c: round(c.amount.x1)), key=lambda c: round(c.amount.x1)):
        run = _adding_up(sorted(group, key=lambda c: (c.line.page, c.line.y0)), totals)
        if run:
            return run
    return list(proven) if len(proven) >= 2 and _sum(list(proven)) in totals else []


def _is_trivial(candidate: _Candidate) -> bool:
    numbers = candidate.numbers
    return any(n is not None and abs(n.value) == 1 for n in (numbers.quantity, numbers.unit_price))


def _in_list(candidate: _Candidate, proven: Sequence[_Candidate]) -> bool:
    """Say whether a line stands among proven ones, its amount under theirs."""
    first, last = proven[0].line, proven[-1].line
    inside = (first.page, first.y0) <= (candidate.line.page, candidate.line.y0) <= (last.page, last.y0 + 6)
    return inside and any(abs(candidate.amount.x1 - p.amount.x1) <= _ALIGNED for p in proven)


def _adding_up(candidates: Sequence[_Candidate], totals: set[Decimal]) -> list[_Candidate]:
    """Return the longest run of lines of one indent whose amounts add up to a printed total; two lines at least."""
    indents: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        indents.setdefault(round(candidate.name[0].x0 / _ALIGNED), []).append(candidate)
    best: list[_Candidate] = []
    for group in indents.values():
        for start in range(len(group)):
            for end in range(len(group), start + 1, -1):
                run = group[start:end]
                if len(run) > len(best) and _sum(run) in totals:
                    best = run
    return best


def _sum(candidates: Sequence[_Candidate]) -> Decimal:
    return sum((c.numbers.net_amount.value for c in candidates if c.numbers.net_amount), Decimal(0))


def _leads_are_quantities(candidates: Sequence[_Candidate]) -> bool:
    """Say whether the whole numbers that lines begin with are quantities; counting 1, 2, 3 they are positions."""
    leads = [c.lead.found[0].value for c in candidates if c.lead]
    return bool(leads) and (len(leads) == 1 or any(b != a + 1 for a, b in pairwise(leads)))


def _item(candidate: _Candidate, mark: DecimalMark | None, counted: bool) -> LineItem:
    page = candidate.line.page
    found: dict[LineColumn, Field] = {}
    cells = list(candidate.name)
    if cells and _CODE.match(cells[0].text) and len(cells) > 1:
        found[LineColumn.ITEM_CODE] = text_field(cells[:1], page, 0.6)
        cells = cells[1:]
    elif cells and (first := cells[0].words[0].text) and _CODE.match(first) and len(cells[0].words) > 1:
        head = cells[0]
        found[LineColumn.ITEM_CODE] = text_field([Cell(head.words[:1], head.x0, head.x0)], page, 0.6)
        cells[0] = Cell(head.words[1:], head.x0, head.x1)
    if cells:
        found[LineColumn.DESCRIPTION] = text_field(cells, page, 0.75)
    if (code := printed_code([candidate.line.text])) and LineColumn.ITEM_CODE not in found and not is_note(code[1]):
        found[LineColumn.ITEM_CODE] = text_field(cells, page, 0.5, code[1])
    found |= number_fields(candidate.numbers, page)
    quantity = candidate.numbers.quantity
    lead = candidate.lead
    if quantity is None and lead and (counted or _is_multiplied(candidate.line, lead)):
        quantity = readings_of(lead, mark)[0]
        found[LineColumn.QUANTITY] = number_field(quantity, page, 0.6, settled=quantity.certain)
    if quantity and (unit := _unit(candidate.line, quantity)):
        found[LineColumn.UNIT] = unit
    percent = [c for c in candidate.line.cells if c.percent and 0 < c.found[0].value < 30]
    if len(percent) == 1:
        found[LineColumn.TAX_RATE] = tax_rate_field(percent[0], readings_of(percent[0], mark)[0].value, page)
    return found


def _is_multiplied(line: PlainLine, lead: Cell) -> bool:
    """Say whether a line begins "2 x" or "2x"."""
    following = line.cells[1] if len(line.cells) > 1 else None
    return "x" in lead.text.lower() or (following is not None and following.is_operator)


def _unit(line: PlainLine, quantity: Number) -> Field | None:
    cell = quantity.cell
    if cell.unit:
        return text_field([cell], line.page, 0.75, cell.unit)
    after = next((c for c in line.cells if c.x0 >= cell.x1), None)
    if after is not None and not after.is_number and is_unit(after.words[0].text):
        return text_field([Cell(after.words[:1], after.x0, after.x1)], line.page, 0.75)
    return None
