"""Finds the rows of line items: each item's numbers and words in one place, the items in order down the pages."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.extract.rules.writing.units import is_unit
from training.collect.align.geometry import Columns
from training.collect.align.occurrences import Occurrence, Occurrences
from training.collect.align.paper import Paper, Span
from training.collect.align.reading import key, number, tokens
from training.collect.align.texts import Found, find_text

NUMBERS = ("quantity", "unit_price", "net_amount", "discount", "tax_rate")
_WEIGHT = {"net_amount": 1.0, "unit_price": 0.9, "quantity": 0.5, "discount": 0.3, "tax_rate": 0.2}
_TRIVIAL = 0.4  # factor of numbers that stand everywhere: 0 and 1
_DESCRIBED, _CODED = 1.4, 1.0
_PROVEN = 1.1  # an item's place needs evidence of this weight
_ABOVE, _BELOW = 3, 8  # rows around the numbers in which a description may stand
_AMBIGUOUS = 0.2  # two columns that a number fits nearly equally well are a doubt


@dataclass(slots=True)
class ItemPlace:
    """Where one line item stands: the row of its numbers, the words of each column, and what is doubtful."""

    index: int
    anchor: int
    columns: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    band: range = range(0)


class Items:
    """Finds the line items of one document."""

    def __init__(self, paper: Paper, occurrences: Occurrences, columns: Columns) -> None:
        self._paper = paper
        self._occurrences = occurrences
        self._columns = columns

    def find(self, lines: Sequence[Mapping[str, str]]) -> list[ItemPlace]:
        """Return the places of the items that are found, in the order of `lines`."""
        described = [self._described(line) for line in lines]
        gains = [self._gains(line, texts) for line, texts in zip(lines, described, strict=True)]
        anchors = _in_order(gains)
        found = [ItemPlace(index, anchor) for index, anchor in enumerate(anchors) if anchor is not None]
        self._set_bands(found)
        for place in found:
            self._learn(lines[place.index], place)
        for place in found:
            self._place_numbers(lines[place.index], place)
            self._place_words(lines[place.index], described[place.index], place)
        return found

    def _described(self, line: Mapping[str, str]) -> list[Found]:
        return find_text(self._paper, tokens(line.get("description", "")))

    def _numbers(self, line: Mapping[str, str], column: str) -> list[Occurrence]:
        value = line.get(column)
        return self._occurrences.amounts(value, percent=column in ("discount", "tax_rate")) if value else []

    def _gains(self, line: Mapping[str, str], texts: Sequence[Found]) -> dict[int, float]:
        """Return how much speaks for each row being the item's."""
        gains: dict[int, float] = defaultdict(float)
        for column in NUMBERS:
            value = number(line.get(column, ""))
            weight = _WEIGHT[column] * (_TRIVIAL if value in (0, 1) else 1.0)
            for row in {o.first.row for o in self._numbers(line, column)}:
                gains[row] += weight
        _count_shared_once(gains, self._shared(line))
        if code := line.get("item_code"):
            for row in {o.first.row for o in self._occurrences.identifiers(code)}:
                _around(gains, row, _CODED, self._paper)
        for text in texts:
            rows = {span.row for span in text.spans}
            for row in range(min(rows), max(rows) + 1):
                _keep_best(gains, row, text.quality * _DESCRIBED, self._paper)
            if not any(row in gains for row in rows):
                gains[min(rows)] += text.quality * _DESCRIBED
        return gains

    def _shared(self, line: Mapping[str, str]) -> dict[int, float]:
        """Return, for each row, the weight of numbers that are needed twice and stand there once."""
        values = Counter(v for c in NUMBERS if (v := number(line.get(c, ""))) is not None)
        excess: dict[int, float] = defaultdict(float)
        for value, wanted in values.items():
            if wanted < 2:
                continue
            columns = sorted((c for c in NUMBERS if number(line.get(c, "")) == value), key=lambda c: _WEIGHT[c])
            places = Counter(o.first.row for o in self._occurrences.amounts(str(value)))
            for row, count in places.items():
                excess[row] += sum(_WEIGHT[c] for c in columns[: max(0, wanted - count)]) * (
                    _TRIVIAL if value in (0, 1) else 1.0
                )
        return excess

    def _set_bands(self, found: Sequence[ItemPlace]) -> None:
        """Give each item the rows from its numbers to the next item's, on its page."""
        rows = self._paper.rows
        for at, place in enumerate(found):
            page = rows[place.anchor].page
            stop = found[at + 1].anchor if at + 1 < len(found) else place.anchor + 3
            last = place.anchor
            while last + 1 < min(stop, len(rows), place.anchor + _BELOW) and rows[last + 1].page == page:
                last += 1
            place.band = range(place.anchor, last + 1)

    def _cells(self, line: Mapping[str, str], column: str, place: ItemPlace) -> list[Span]:
        here = [o.first for o in self._numbers(line, column) if o.first.row == place.anchor]
        if not here:
            here = [o.first for o in self._numbers(line, column) if o.first.row in place.band]
        return [
            s
            for s in here
            if not any(s is not t and t.row == s.row and t.start <= s.start and s.end <= t.end for t in here)
        ]

    def _learn(self, line: Mapping[str, str], place: ItemPlace) -> None:
        """Keep the cells of numbers that stand once in the row and are wanted once: they show where columns are."""
        values = Counter(number(line[c]) for c in NUMBERS if c in line)
        for column in NUMBERS:
            cells = self._cells(line, column, place) if column in line else []
            if len(cells) == 1 and values[number(line[column])] == 1 and number(line[column]) not in (0, 1):
                self._columns.learn(column, self._paper.box(cells))

    def _place_numbers(self, line: Mapping[str, str], place: ItemPlace) -> None:
        """Give each number its cell: the best fitting pairs of column and cell first."""
        page = self._paper.rows[place.anchor].page
        options: list[tuple[float, str, Span]] = []
        wanted = [c for c in NUMBERS if c in line]
        for column in wanted:
            for cell in self._cells(line, column, place):
                fit = self._columns.fit(column, page, self._paper.box([cell]))
                options.append((fit + self._usual(column, cell, line), column, cell))
        taken: list[Span] = []
        for fit, column, cell in sorted(options, key=lambda o: -o[0]):
            if column in place.columns or column in place.doubtful or any(_overlap(cell, t) for t in taken):
                continue
            rivals = [
                f
                for f, c, s in options
                if _overlap(s, cell)
                and c != column
                and c not in place.columns
                and number(line[c]) == number(line[column])
            ]
            others = [f for f, c, s in options if c == column and s != cell and not any(_overlap(s, t) for t in taken)]
            unsettled = any(fit - f < _AMBIGUOUS for f in rivals) and not _enough_cells(line, column, options)
            if fit < -0.3 or unsettled or any(fit - f < _AMBIGUOUS / 4 for f in others):
                place.doubtful.add(column)
                continue
            place.columns[column] = (cell,)
            taken.append(cell)

    def _usual(self, column: str, cell: Span, line: Mapping[str, str]) -> float:
        """Prefer, where nothing else tells, quantity before price before amount from left to right."""
        order = {"quantity": 0.0, "unit_price": 0.5, "net_amount": 1.0}
        if column not in order:
            return 0.0
        same = [c for c in order if number(line.get(c, "")) == number(line[column])]
        if len(same) < 2:
            return 0.0
        x = self._paper.box([cell]).centre[0]
        return 0.3 * (1 - 2 * abs(order[column] - x))

    def _place_words(self, line: Mapping[str, str], texts: Sequence[Found], place: ItemPlace) -> None:
        low, high = place.anchor - _ABOVE, place.band.stop
        near = [t for t in texts if all(low <= s.row < high + 1 for s in t.spans)]
        if near:
            best = min(near, key=lambda t: (-round(t.quality, 2), abs(t.spans[0].row - place.anchor)))
            free = tuple(
                s for s in best.spans if not any(_overlap(s, c) for spans in place.columns.values() for c in spans)
            )
            if free and len(free) == len(best.spans):
                place.columns["description"] = best.spans
        elif line.get("description"):
            place.doubtful.add("description")
        for column in ("item_code", "order_line_reference"):
            self._place_code(column, line, place)
        self._place_unit(line, place)

    def _place_code(self, column: str, line: Mapping[str, str], place: ItemPlace) -> None:
        value = line.get(column)
        if not value:
            return
        band = [self._paper.rows[i] for i in place.band]
        here = [o.first for o in self._occurrences.identifiers(value, rows=band)]
        taken = [s for spans in place.columns.values() for s in spans]
        free = [s for s in here if not any(_overlap(s, t) for t in taken)]
        heads = [self._columns.heading_over(self._paper.rows[s.row].page, self._paper.box([s])) for s in free]
        fitting = [s for s, head in zip(free, heads, strict=True) if head == column]
        sure = fitting or (
            [s for s, h in zip(free, heads, strict=True) if h in (None, "description")] if len(key(value)) >= 4 else []
        )
        if len(sure) == 1:
            place.columns[column] = (sure[0],)
        else:
            place.doubtful.add(column)

    def _place_unit(self, line: Mapping[str, str], place: ItemPlace) -> None:
        """The unit stands behind the quantity or under its own heading; codes of XML are printed as words."""
        row = self._paper.rows[place.anchor]
        stated = key(line.get("unit", ""))
        quantity = place.columns.get("quantity", ())
        behind = quantity[0].end if quantity and quantity[0].row == row.index else -1
        found: list[int] = []
        for i, word in enumerate(row.words):
            if any(s.row == row.index and s.start <= i < s.end for spans in place.columns.values() for s in spans):
                continue
            headed = self._columns.heading_over(row.page, word.box) == "unit"
            beside = i == behind
            if (headed or beside) and (key(word.text) == stated or (stated and is_unit(word.text))):
                found.append(i)
        if len(found) == 1:
            place.columns["unit"] = (Span(row.index, found[0], found[0] + 1),)
        else:
            place.doubtful.add("unit")


def _in_order(gains: Sequence[Mapping[int, float]]) -> list[int | None]:
    """Choose a row for each item, going down the pages only, so that the sum of what speaks for them is largest."""
    best: list[tuple[float, int, tuple[int | None, ...]]] = [(0.0, -1, ())]
    for gain in gains:
        rows = sorted((row, value) for row, value in gain.items() if value >= _PROVEN)
        grown = [(score, last, (*chosen, None)) for score, last, chosen in best]
        for score, last, chosen in best:
            grown += [(score + value - row * 1e-6, row, (*chosen, row)) for row, value in rows if row > last]
        best = _undominated(grown)
    return list(max(best, key=lambda state: state[0])[2]) if best else []


def _undominated(
    states: Sequence[tuple[float, int, tuple[int | None, ...]]],
) -> list[tuple[float, int, tuple[int | None, ...]]]:
    """Keep, of the states that reach as far down or further, only those that score more."""
    kept: list[tuple[float, int, tuple[int | None, ...]]] = []
    top = float("-inf")
    for state in sorted(states, key=lambda s: (s[1], -s[0])):
        if state[0] > top:
            kept.append(state)
            top = state[0]
    return kept


def _count_shared_once(gains: dict[int, float], excess: Mapping[int, float]) -> None:
    for row, weight in excess.items():
        if row in gains:
            gains[row] -= weight


def _around(gains: dict[int, float], row: int, weight: float, paper: Paper) -> None:
    """Let a code speak for its own row and for the rows with numbers next to it."""
    for other in range(row - 1, row + 2):
        if (
            0 <= other < len(paper.rows)
            and (other in gains or other == row)
            and paper.rows[other].page == paper.rows[row].page
        ):
            gains[other] += weight if other == row else weight * 0.8


def _keep_best(gains: dict[int, float], row: int, weight: float, paper: Paper) -> None:
    """Let a description speak for the rows with numbers in it, and less for those around it."""
    for other in range(row - 1, row + 2):
        if other in gains and paper.rows[other].page == paper.rows[row].page:
            gains[other] += weight / (1 if other == row else 2)


def _enough_cells(line: Mapping[str, str], column: str, options: Sequence[tuple[float, str, Span]]) -> bool:
    """Say whether there are as many cells with a number as columns that want it."""
    value = number(line[column])
    columns = {c for _, c, _ in options if number(line[c]) == value}
    cells = {s for _, c, s in options if c in columns}
    return len(cells) >= len(columns)


def _overlap(one: Span, other: Span) -> bool:
    return one.row == other.row and one.start < other.end and other.start < one.end


def total_of(lines: Sequence[Mapping[str, str]]) -> Decimal | None:
    """Return the sum of the lines' amounts, None where one is missing."""
    amounts = [number(line.get("net_amount", "")) for line in lines]
    return sum((a for a in amounts if a is not None), Decimal(0)) if amounts and None not in amounts else None
