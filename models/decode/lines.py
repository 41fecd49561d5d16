"""The line items: those of the network, those of the rules, or both together where they tell of the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from models.decode.chances import chance_of_words
from models.decode.options import Option
from models.decode.rows import Cells
from models.decode.totals import TOLERANCE
from models.decode.weighing import WEIGHTS, Weights, chance_of, weight_of
from models.decode.words import Words
from models.scores import Scores
from pipeline.domain.document import Box
from pipeline.domain.extraction import Field, LineItem
from pipeline.domain.vocabulary import LineColumn

_PRICE, _QUANTITY, _AMOUNT = (f"line.{c}" for c in (LineColumn.UNIT_PRICE, LineColumn.QUANTITY, LineColumn.NET_AMOUNT))
_NAME, _CODE = (f"line.{c}" for c in (LineColumn.DESCRIPTION, LineColumn.ITEM_CODE))
_PROVES_SUM = 1.5
_SAME_ROW = 0.35


@dataclass(frozen=True, slots=True)
class Row:
    """One line item: its cells by the name of their span, and whether quantity times price gives the amount.

    `multiplies` is None where one of the three is not there.
    """

    cells: Cells
    multiplies: bool | None


def ruled_rows(items: Sequence[LineItem], words: Words, scores: Scores) -> list[Cells]:
    """Return the rules' line items as cells, each with the chance that the network gives it."""
    rows: list[Cells] = []
    for item in items:
        cells: dict[str, Option] = {}
        for column, field in item.items():
            name = f"line.{column}"
            held = words.inside(field.page, field.box)
            cells[name] = _as_option(name, field, held, chance_of_words(name, held, scores), words)
        rows.append(cells)
    return rows


def choose_rows(
    tagged: Sequence[Cells], ruled: Sequence[Cells], totals: frozenset[Decimal], weights: Weights = WEIGHTS
) -> list[Row]:
    """Return the rows that most speaks for.

    `totals` are the amounts that the lines may sum to. Rows of both that stand at the same place are put together: a
    cell that only one has is taken from it, of two the one that more speaks for. Of rows that only one has, those count
    that belong to the set of rows which as a whole is the likelier one.
    """
    if not tagged or not ruled:
        return [_row(cells) for cells in (tagged or ruled)]
    rules_lead = _quality(ruled, totals) + weights.rows >= _quality(tagged, totals)
    leading, other = (ruled, tagged) if rules_lead else (tagged, ruled)
    rows, taken = [], set[int]()
    for cells in leading:
        match = _match(cells, other, taken)
        if match is None:
            rows.append(_row(cells))
            continue
        taken.add(match)
        rows.append(_row(_together(*_whole(cells, other[match], rules_lead), weights)))
    return rows


def says_enough(cells: Cells) -> bool:
    """Say whether tagged cells are a line item: a name and how many or how much, or both of these.

    Scraps beside a table are tagged like what stands in it, and are none.
    """
    named = bool(cells.keys() & {_NAME, _CODE})
    valued = cells.keys() & {_QUANTITY, _PRICE, _AMOUNT}
    return bool(valued) and (named or valued >= {_QUANTITY, _AMOUNT})


def _quality(rows: Sequence[Cells], totals: frozenset[Decimal]) -> float:
    """Return how far a set of rows can be believed: its sum, its products, the chances of its cells."""
    amounts = [value for cells in rows if (value := _number(cells.get(_AMOUNT))) is not None]
    proven = bool(amounts) and any(abs(sum(amounts, Decimal(0)) - total) <= TOLERANCE for total in totals)
    products = [held for cells in rows if (held := _multiplies(cells)) is not None]
    chances = [max(o.model, o.rules) for cells in rows for o in cells.values()]
    return (
        _PROVES_SUM * proven
        + (sum(products) / len(products) if products else 0.0)
        + (sum(chances) / len(chances) if chances else 0.0)
    )


def _match(cells: Cells, others: Sequence[Cells], taken: set[int]) -> int | None:
    """Return the row of the other set that shares most words with this one, None where none shares enough."""
    own = {word for option in cells.values() for word in option.words}
    best, most = None, _SAME_ROW
    for index, other in enumerate(others):
        theirs = {word for option in other.values() for word in option.words}
        if index in taken or not own or not theirs:
            continue
        share = len(own & theirs) / min(len(own), len(theirs))
        if share > most:
            best, most = index, share
    return best


def _whole(cells: Cells, other: Cells, rules_lead: bool) -> tuple[Cells, Cells]:
    """Return both rows, the network's without its price and amount where it took a number apart and its own do not
    multiply out."""
    ruled, tagged = (cells, other) if rules_lead else (other, cells)
    if _multiplies(tagged) is not True and _is_taken_apart(tagged, ruled):
        tagged = {name: option for name, option in tagged.items() if name not in (_PRICE, _AMOUNT)}
    return (ruled, tagged) if rules_lead else (tagged, ruled)


def _together(cells: Cells, other: Cells, weights: Weights) -> Cells:
    """Return the cells of both; where they disagree the likelier one, unless the row multiplies out without it.

    A cell that only the other row has is taken where its words are no other cell's: a price is no amount as well.
    """
    joined: dict[str, Option] = {}
    for name, mine in cells.items():
        theirs = other.get(name)
        if theirs is None:
            joined[name] = mine
        elif name == _NAME and (longer := _longer(mine, theirs, weights)) is not None:
            joined[name] = longer
        elif mine.key == theirs.key:
            joined[name] = replace(mine, model=max(mine.model, theirs.model), rules=max(mine.rules, theirs.rules))
        else:
            said = max(mine.rules, theirs.rules)
            joined[name] = max(
                mine, theirs, key=lambda o: weight_of(o, said, weights) + (weights.cells if o.rules else 0.0)
            )
    taken = {word for option in joined.values() for word in option.words}
    joined |= {name: option for name, option in other.items() if name not in joined and not taken & set(option.words)}
    if _multiplies(joined) is False and _multiplies(cells):
        joined |= {name: cells[name] for name in (_PRICE, _QUANTITY, _AMOUNT)}
    return joined


def _is_taken_apart(tagged: Cells, ruled: Cells) -> bool:
    """Say whether the network took a number apart that the rules put together: "2 834," and "58"."""
    numbers = [o for o in ruled.values() if _number(o) is not None and len(o.words) > 1]
    return any(
        set(part.words) < set(whole.words) and _digits(part.text) != _digits(whole.text)
        for part in tagged.values()
        for whole in numbers
    )


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _longer(mine: Option, theirs: Option, weights: Weights) -> Option | None:
    """Return the text to take where one description is part of the other; None where neither is.

    Both voices are for the shorter one. The words that only the longer one has are weighed by themselves: a wrapped
    name goes on in lines that the network may not know, a note under a name does not belong to it.
    """
    short, long = sorted((mine, theirs), key=lambda o: len(o.words))
    if not set(short.words) < set(long.words):
        return None
    count, more = len(short.words), len(long.words) - len(short.words)
    seen = (long.model * len(long.words) - short.model * count) / more
    further = replace(long, model=min(max(seen, 0.0), 1.0))
    return long if weight_of(further, 0.0, weights) > 0 else short


def _row(cells: Cells) -> Row:
    return Row(cells, _multiplies(cells))


def _multiplies(cells: Cells) -> bool | None:
    """Say whether quantity times price is the amount, to a cent for every unit of the price's last place."""
    quantity, price, amount = (_number(cells.get(name)) for name in (_QUANTITY, _PRICE, _AMOUNT))
    if quantity is None or price is None or amount is None:
        return None
    per = cells[_PRICE].per
    each = price / Decimal(per) if per else price
    slack = max(TOLERANCE, abs(quantity) * Decimal("0.005"))
    return abs(abs(quantity * each) - abs(amount)) <= slack


def _number(option: Option | None) -> Decimal | None:
    if option is None:
        return None
    try:
        return Decimal(option.value)
    except InvalidOperation:
        return None


def _as_option(name: str, field: Field, held: tuple[int, ...], chance: float, words: Words) -> Option:
    box: Box | None = field.box
    return Option(
        name, field.value, field.text, field.page, box, held, chance, rules=field.confidence,
        reader=words.reader(held), per=field.per,
    )  # fmt: skip


def line_sum(rows: Sequence[Cells]) -> Decimal | None:
    """Return the sum of the rows' amounts, None where no row has one."""
    amounts = [value for cells in rows if (value := _number(cells.get(_AMOUNT))) is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def rates_of(rows: Sequence[Cells]) -> frozenset[Decimal]:
    """Return the tax rates that rows name."""
    found = (_number(cells.get(name)) for cells in rows for name in (f"line.{LineColumn.TAX_RATE}", "tax.rate"))
    return frozenset(rate for rate in found if rate is not None)


def chance_of_cell(option: Option, weights: Weights = WEIGHTS) -> float:
    """Return how likely a cell is by itself."""
    return chance_of(weight_of(option, option.rules, weights))


def as_item(cells: Mapping[str, Field]) -> LineItem:
    """Return the cells of one row as a line item."""
    return {c: cells[f"line.{c}"] for c in LineColumn if f"line.{c}" in cells}
