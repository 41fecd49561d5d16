"""What columns hold, told from the numbers in them: headings may be missing, unusual or wrong, arithmetic is not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from pipeline.domain.money import DecimalMark
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.columns import Column, Placed
from pipeline.extract.rules.columns.heading_roles import heading_role
from pipeline.extract.rules.columns.heading_terms import AMOUNT_ROLES, EXCLUDING, NUMERIC_ROLES, ColumnRole
from pipeline.extract.rules.lines.descriptions import is_code
from pipeline.extract.rules.lines.line_arithmetic import readings_of, rounding_slack
from pipeline.extract.rules.writing.folding import fold_words

_ALIGNED = 0.5  # numbers of one column end within this many line heights of each other
_MOSTLY, _HARDLY = 0.5, 0.3  # shares of a column's cells
_ENOUGH = 0.75  # share of the rows that must agree before arithmetic overrules the headings
_PRICE_ROLES = frozenset({ColumnRole.UNIT_PRICE, ColumnRole.LIST_PRICE})
_VALUE_ROLES = AMOUNT_ROLES | _PRICE_ROLES | {ColumnRole.QUANTITY}


@dataclass(frozen=True, slots=True)
class _Triple:
    """Columns whose numbers multiply: `factors` times each other are `amount`, in `share` of the rows."""

    factors: tuple[int, int]
    amount: int
    share: float
    telling: int


def settled(
    columns: Sequence[Column], lines: Sequence[Sequence[Placed]], mark: DecimalMark | None
) -> tuple[Column, ...]:
    """Return the columns with what they hold corrected: by what stands in them, and where most rows multiply out
    another way than headings say."""
    return tuple(_units_told_apart(_multiplied(columns, lines, mark), lines))


def _multiplied(
    columns: Sequence[Column], lines: Sequence[Sequence[Placed]], mark: DecimalMark | None
) -> tuple[Column, ...]:
    named = _counts_told_apart(_names_told_apart(columns, lines), lines)
    ordered = tuple(_prices_told_apart(_amount_named_price(_codes_told_apart(named, lines))))
    rows = _number_rows(ordered, lines)
    if len(rows) == 0:
        return ordered
    ordered = _net_amount_told_apart(ordered, rows, mark)
    present = _present(ordered)
    if any(_agreeing(rows, q, p, a, mark)[0] >= 0.5 for q, p, a in present):
        return ordered
    found = [t for t in _triples(len(ordered), rows, mark, ordered) if t.share >= _ENOUGH and t.telling]
    if not found:
        return ordered
    best = max(found, key=lambda t: (t.share, t.telling, _suits(ordered, t)))
    return _assigned(ordered, best, rows)


def parted(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> tuple[Column, ...]:
    """Return the columns with those cut in two under which most rows have two numbers: headings a blank apart."""
    result: list[Column] = []
    for index, column in enumerate(columns):
        counts = [sum(1 for p in line if p.column == index and p.cell.is_number) for line in lines]
        filled, crowded = sum(n > 0 for n in counts), sum(n == 2 for n in counts)
        halves = _halves(column) if column.is_numeric and crowded and crowded * 2 >= filled else None
        result.extend(halves or (column,))
    return tuple(result)


def _halves(column: Column) -> tuple[Column, Column] | None:
    """Cut a column between two words of its heading so that both parts name something else."""
    words = column.heading
    for cut in range(1, len(words)):
        left, right = (heading_role(" ".join(w for w, _, _ in part)) for part in (words[:cut], words[cut:]))
        in_line = words[cut][1] >= words[cut - 1][2]
        if left and right and left.role is not right.role and in_line:
            return (
                Column(left.role, words[0][1], words[cut - 1][2], left.also, words[:cut]),
                Column(right.role, words[cut][1], words[-1][2], right.also, words[cut:]),
            )
    return None


def with_unheaded(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> tuple[Column, ...]:
    """Return the columns with those added that have no heading: numbers ending at one place in most rows."""
    rows = [line for line in lines if any(_numeric(columns, p) for p in line)]
    loose = [
        p.cell
        for line in rows
        for p in line
        if p.cell.is_number and not p.cell.is_identifier and not _numeric(columns, p)
    ]
    added: list[Column] = []
    for group in _aligned(loose):
        enough = len(group) >= max(2, 0.6 * len(rows))
        if enough and all(c.x1 < g.x0 or c.x0 > g.x1 for c in columns for g in group):
            added.append(Column(ColumnRole.OTHER, min(c.x0 for c in group), max(c.x1 for c in group)))
    if not added:
        return tuple(columns)
    return tuple(sorted((*columns, *added), key=lambda c: c.x0))


def _numeric(columns: Sequence[Column], placed: Placed) -> bool:
    return placed.cell.is_number and placed.column is not None and columns[placed.column].is_numeric


def _aligned(cells: Iterable[Cell]) -> list[list[Cell]]:
    groups: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: c.x1):
        if groups and cell.x1 - groups[-1][-1].x1 <= _ALIGNED:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return groups


def _names_told_apart(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> Sequence[Column]:
    """Of two columns headed as descriptions ("Product | Description") the one is the name that has one in every row:
    what the other says of some is a note."""
    headed = next((i for i, c in enumerate(columns) if c.role is ColumnRole.DESCRIPTION), None)
    other = next((i for i, c in enumerate(columns) if c.role is ColumnRole.ITEM_CODE and _is_headed_name(c)), None)
    rows = [line for line in lines if any(_numeric(columns, p) for p in line)]
    if headed is None or other is None or not rows or _share(other, rows, is_code) > _HARDLY:
        return columns
    named = [sum(any(p.column == i and _is_name(p.cell.text) for p in line) for line in rows) for i in (headed, other)]
    if named[1] < _ENOUGH * len(rows) or named[1] <= named[0]:
        return columns
    roles = {headed: ColumnRole.OTHER, other: ColumnRole.DESCRIPTION}
    return [replace(c, role=roles.get(i, c.role)) for i, c in enumerate(columns)]


def _is_headed_name(column: Column) -> bool:
    role = heading_role(" ".join(w for w, _, _ in column.heading))
    return role is not None and role.role is ColumnRole.DESCRIPTION


def _counts_told_apart(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> Sequence[Column]:
    """Where no column is headed as quantity, whole numbers are it under "Amount" left of the description, and under
    "#" right of it."""
    roles = [c.role for c in columns]
    if ColumnRole.QUANTITY in roles or ColumnRole.DESCRIPTION not in roles or not set(roles) & _PRICE_ROLES:
        return columns
    text = roles.index(ColumnRole.DESCRIPTION)
    meant = [
        i
        for i, role in enumerate(roles)
        if (role is ColumnRole.AMOUNT and i < text and _has_amounts(columns[text:]))
        or (role is ColumnRole.POSITION and i > text)
    ]
    numbers = [p.cell for line in lines for p in line if meant and p.column == meant[0] and p.cell.is_number]
    if sum(bool(c.decimals) or c.is_identifier for c in numbers) >= _HARDLY * len(numbers):
        return columns
    return [replace(c, role=ColumnRole.QUANTITY) if i == meant[0] else c for i, c in enumerate(columns)]


def _has_amounts(columns: Sequence[Column]) -> bool:
    """Say whether columns hold what a line comes to beside the price of one."""
    return sum(c.role in _PRICE_ROLES for c in columns) >= 2 or any(c.role in AMOUNT_ROLES for c in columns)


def _units_told_apart(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> Sequence[Column]:
    """Where no column is headed as unit, the one is it that holds units, whatever its heading says."""
    if any(c.role is ColumnRole.UNIT or c.also is ColumnRole.UNIT for c in columns):
        return columns
    quantities = [i for i, c in enumerate(columns) if c.role is ColumnRole.QUANTITY]
    for index, column in enumerate(columns):
        beside = any(abs(index - q) == 1 for q in quantities) or not quantities
        if column.role not in (ColumnRole.OTHER, ColumnRole.QUANTITY) or not beside or quantities == [index]:
            continue
        cells = [p.cell for line in lines for p in line if p.column == index]
        if any(c.is_unit for c in cells) and sum(c.is_unit for c in cells) >= _MOSTLY * len(cells):
            return [replace(c, role=ColumnRole.UNIT) if i == index else c for i, c in enumerate(columns)]
    return columns


def _net_amount_told_apart(
    columns: tuple[Column, ...], rows: Sequence[dict[int, Cell]], mark: DecimalMark | None
) -> tuple[Column, ...]:
    """Where quantity times "Unit price" is "Net price", the latter is no price but what the line comes to."""
    lists = [i for i, c in enumerate(columns) if c.role is ColumnRole.LIST_PRICE]
    nets = [i for i, c in enumerate(columns) if c.role is ColumnRole.UNIT_PRICE]
    quantities = [i for i, c in enumerate(columns) if c.role is ColumnRole.QUANTITY]
    for quantity, price, net in ((q, p, n) for q in quantities for p in lists for n in nets if p < n):
        share, telling = _agreeing(rows, quantity, price, net, mark)
        if share >= _ENOUGH and telling:
            roles = {price: ColumnRole.UNIT_PRICE, net: ColumnRole.NET_AMOUNT}
            return tuple(replace(c, role=roles.get(i, c.role)) for i, c in enumerate(columns))
    return columns


def _codes_told_apart(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> Sequence[Column]:
    """Give the description to the column that holds names where the one headed so holds codes or counts: "Article |
    Description", "Item | Product | Details"."""
    headed = next((i for i, c in enumerate(columns) if c.role is ColumnRole.DESCRIPTION), None)
    if headed is None or _share(headed, lines, _is_name) > _HARDLY:
        return columns
    others = [i for i, c in enumerate(columns) if c.role in (ColumnRole.OTHER, ColumnRole.ITEM_CODE)]
    named = next((i for i in others if _share(i, lines, _is_name) >= _MOSTLY), None)
    if named is None:
        return columns
    coded = any(i != named and columns[i].role is ColumnRole.ITEM_CODE for i in others)
    old = ColumnRole.POSITION if coded or not _share(headed, lines, is_code) else ColumnRole.ITEM_CODE
    roles = {headed: old, named: ColumnRole.DESCRIPTION}
    return [replace(c, role=roles.get(i, c.role)) for i, c in enumerate(columns)]


def _share(index: int, lines: Sequence[Sequence[Placed]], is_such: Callable[[str], bool]) -> float:
    texts = [p.cell.text for line in lines for p in line if p.column == index]
    return sum(map(is_such, texts)) / len(texts) if texts else 0.0


def _is_name(text: str) -> bool:
    return sum(ch.isalpha() for ch in text) >= 4 and not is_code(text)


def _amount_named_price(columns: Sequence[Column]) -> Sequence[Column]:
    """Where nothing is headed as an amount and two columns are prices, the last column of numbers is the amount."""
    prices = [i for i, c in enumerate(columns) if c.role in _PRICE_ROLES]
    if (
        len(prices) < 2
        or any(c.role in AMOUNT_ROLES for c in columns)
        or any(c.is_numeric for c in columns[prices[-1] + 1 :])
    ):
        return columns
    return [replace(c, role=ColumnRole.AMOUNT) if i == prices[-1] else c for i, c in enumerate(columns)]


def _prices_told_apart(columns: Sequence[Column]) -> Iterable[Column]:
    """Where two columns are prices and one says "net", the other is the price before discount."""
    prices = [c for c in columns if c.role is ColumnRole.UNIT_PRICE]
    net = [c for c in prices if set(fold_words(" ".join(w for w, _, _ in c.heading)).split()) & EXCLUDING]
    for column in columns:
        other = column.role is ColumnRole.UNIT_PRICE and len(prices) > 1 and len(net) == 1 and column is not net[0]
        yield replace(column, role=ColumnRole.LIST_PRICE) if other else column


def _number_rows(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> list[dict[int, Cell]]:
    rows = []
    for line in lines:
        row: dict[int, Cell] = {}
        for placed in line:
            cell = placed.cell
            if placed.column is not None and cell.is_number and not cell.percent and not cell.is_identifier:
                row.setdefault(placed.column, cell)
        if sum(1 for i in row if columns[i].role in NUMERIC_ROLES) >= 2 or len(row) >= 3:
            rows.append(row)
    return rows


def _present(columns: Sequence[Column]) -> list[tuple[int, int, int]]:
    quantities = [i for i, c in enumerate(columns) if c.role is ColumnRole.QUANTITY]
    prices = [i for i, c in enumerate(columns) if c.role in _PRICE_ROLES]
    amounts = [i for i, c in enumerate(columns) if c.role in AMOUNT_ROLES]
    return [(q, p, a) for q in quantities for p in prices for a in amounts]


def _triples(
    count: int, rows: Sequence[dict[int, Cell]], mark: DecimalMark | None, columns: Sequence[Column]
) -> Iterable[_Triple]:
    usable = [
        i
        for i in range(count)
        if columns[i].role
        not in (ColumnRole.DESCRIPTION, ColumnRole.TAX_RATE, ColumnRole.TAX_AMOUNT, ColumnRole.DISCOUNT)
        and sum(1 for r in rows if i in r) * 2 >= len(rows)
    ]
    for i, j, k in combinations(usable, 3):
        share, telling = _agreeing(rows, i, j, k, mark)
        yield _Triple((i, j), k, share, telling)


def _agreeing(rows: Sequence[dict[int, Cell]], i: int, j: int, k: int, mark: DecimalMark | None) -> tuple[float, int]:
    """Return in which share of the rows i times j is k, and in how many that is no matter of course (no factor 1)."""
    complete = [r for r in rows if i in r and j in r and k in r]
    agreeing = telling = 0
    for row in complete:
        a, b, c = (readings_of(row[n], mark)[0] for n in (i, j, k))
        if (
            abs(abs(a.value * b.value) - abs(c.value)) <= max(rounding_slack(a.reading, b.reading), Decimal("0.02"))
            and c.value
        ):
            agreeing += 1
            telling += abs(a.value) != 1 and abs(b.value) != 1
    return (agreeing / len(complete), telling) if complete else (0.0, 0)


def _suits(columns: Sequence[Column], triple: _Triple) -> int:
    """Count the columns of a triple that their headings already call what the triple makes of them."""
    named = columns[triple.amount].role in AMOUNT_ROLES
    factors = {columns[i].role for i in triple.factors}
    return int(named) + len(factors & (_PRICE_ROLES | {ColumnRole.QUANTITY}))


def _assigned(columns: Sequence[Column], triple: _Triple, rows: Sequence[dict[int, Cell]]) -> tuple[Column, ...]:
    quantity, price = triple.factors
    if _is_price(columns[quantity], rows, quantity) > _is_price(columns[price], rows, price):
        quantity, price = price, quantity
    result = []
    for index, column in enumerate(columns):
        role = column.role
        if index == triple.amount:
            role = role if role in AMOUNT_ROLES else ColumnRole.AMOUNT
        elif index == quantity:
            role = ColumnRole.QUANTITY
        elif index == price:
            role = ColumnRole.UNIT_PRICE
        elif role in _VALUE_ROLES and role not in (
            ColumnRole.GROSS_AMOUNT,
            ColumnRole.NET_AMOUNT,
            ColumnRole.LIST_PRICE,
        ):
            role = ColumnRole.OTHER
        result.append(replace(column, role=role))
    return tuple(result)


def _is_price(column: Column, rows: Sequence[dict[int, Cell]], index: int) -> float:
    """Score how much a factor looks like a price: its heading, decimals, a currency."""
    cells = [r[index] for r in rows if index in r]
    score = 3.0 if column.role in _PRICE_ROLES else -3.0 if column.role is ColumnRole.QUANTITY else 0.0
    score += sum(c.decimals >= 2 for c in cells) / len(cells) + sum(
        any(s in c.text for s in "€$£") for c in cells
    ) / len(cells)
    return score
