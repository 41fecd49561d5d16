"""Line items of network and rules: put together where they tell of the same rows; else the set that can be believed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode.lines import as_item, choose_rows, line_sum, rates_of, ruled_rows, says_enough
from models.decode.options import Option
from models.decode.rows import Cells
from models.label_scheme import SPANS
from pipeline.domain.extraction import Field, Source
from pipeline.domain.vocabulary import LineColumn
from tests.models.decode.making import option
from tests.models.papers import Paper, say

NONE: frozenset[Decimal] = frozenset()
NAME, QUANTITY, PRICE, AMOUNT = (f"line.{n}" for n in ("description", "quantity", "unit_price", "net_amount"))


def row(at: int, model: float = 0.9, rules: float = 0.0, per: str | None = None, **cells: str) -> Cells:
    """Return a row whose cells stand on words from `at` on; word numbers are the same for the same column."""
    columns = ("description", "quantity", "unit_price", "net_amount", "tax_rate", "unit")
    return {
        f"line.{name}": option(
            f"line.{name}",
            value,
            at + columns.index(name),
            model=model,
            rules=rules,
            per=per if name == "unit_price" else None,
        )
        for name, value in cells.items()
    }


def values(rows: list[Cells]) -> list[dict[str, str]]:
    return [{name.split(".")[1]: cell.value for name, cell in cells.items()} for cells in rows]


def chosen(tagged: list[Cells], ruled: list[Cells], *totals: str) -> list[dict[str, str]]:
    return values([r.cells for r in choose_rows(tagged, ruled, frozenset(map(Decimal, totals)))])


TWO = [row(0, net_amount="100"), row(10, net_amount="50")]
THREE = [row(0, 0.0, 0.9, net_amount="100"), row(10, 0.0, 0.9, net_amount="50"), row(20, 0.0, 0.9, net_amount="150")]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_set_that_sums_to_a_total_is_taken(swapped: bool) -> None:
    """The third row is the subtotal, which one of both took for an item; the other way about it is a lost row."""
    for total, expected in (("150", ["100", "50"]), ("300", ["100", "50", "150"])):
        found = chosen(THREE, TWO, total, "999") if swapped else chosen(TWO, THREE, total, "999")
        assert [cells["net_amount"] for cells in found] == expected


def test_where_nothing_is_known_of_totals_products_decide() -> None:
    right = [row(0, quantity="2", unit_price="50", net_amount="100")]
    wrong = [row(20, 0.0, 0.9, quantity="2", unit_price="100", net_amount="50")]
    assert chosen(right, wrong) == values(right)
    assert chosen(wrong, right) == values(right)


@pytest.mark.parametrize("one", [[], TWO])
def test_where_only_one_sees_rows_they_are_taken(one: list[Cells]) -> None:
    assert chosen(one, []) == chosen([], one) == values(one)


def test_rows_of_the_same_words_are_put_together() -> None:
    """What only one of both read of a row is kept."""
    tagged = [row(0, description="Oak table", net_amount="100"), row(10, description="Lamp", net_amount="50")]
    ruled = [row(0, 0, 0.8, quantity="2", net_amount="100"), row(10, 0, 0.8, quantity="1", net_amount="50")]
    assert chosen(tagged, ruled, "150") == [
        {"description": "Oak table", "quantity": "2", "net_amount": "100"},
        {"description": "Lamp", "quantity": "1", "net_amount": "50"},
    ]


def test_a_cell_that_both_read_has_both_behind_it() -> None:
    (joined,) = choose_rows([row(0, 0.9, net_amount="100")], [row(0, 0.2, 0.8, net_amount="100")], NONE)
    assert (joined.cells[AMOUNT].model, joined.cells[AMOUNT].rules) == (0.9, 0.8)


def test_of_two_values_of_one_cell_the_likelier_is_taken() -> None:
    tagged = row(0, 0.95, description="Oak table", net_amount="100")
    ruled = {**row(0, 0.02, 0.4, description="Oak"), **row(0, 0.95, 0.9, net_amount="100")}
    assert chosen([tagged], [ruled], "100") == [{"description": "Oak table", "net_amount": "100"}]


def test_a_row_that_multiplies_out_is_not_spoilt_by_a_likelier_cell() -> None:
    true = row(0, 0.6, quantity="2", unit_price="50", net_amount="100")
    doubtful = row(0, 0.0, 0.95, quantity="20", net_amount="100")
    for tagged, ruled in (([true], [doubtful]), ([doubtful], [true])):
        (found,) = choose_rows(tagged, ruled, frozenset({Decimal(100)}))
        if AMOUNT in found.cells and PRICE in found.cells:
            assert found.multiplies
            assert found.cells[QUANTITY].value == "2"


def test_rows_of_other_words_are_not_put_together() -> None:
    tagged, ruled = [row(0, description="Oak table")], [row(50, 0.0, 0.1, quantity="2")]
    assert chosen(tagged, ruled) == [{"description": "Oak table"}]


def test_a_row_is_put_together_with_one_other_only() -> None:
    """The rules made one row of two; its words are in both."""
    wide = {**row(0, 0.0, 0.5, net_amount="100"), **row(10, 0.0, 0.5, description="Lamp")}
    found = chosen([row(0, net_amount="100"), row(10, net_amount="50", description="Lamp")], [wide], "150")
    assert [cells.get("net_amount") for cells in found] == ["100", "50"]


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "per", "held"),
    [
        ("2", "50", "100", None, True),
        ("-2", "50", "-100", None, True),
        ("2", "50", "-100", None, True),  # a credit note shows the sign at the amount only
        ("3", "33.33", "100.00", None, True),  # a price rounded to its last place
        ("250", "30", "75", "100", True),  # 30 for each hundred
        ("2", "50", "99", None, False),
        ("2", "50", "10000", None, False),
        ("2", "n/a", "100", None, None),
    ],
)
def test_quantity_times_price_is_the_amount(
    quantity: str, price: str, amount: str, per: str | None, held: bool | None
) -> None:
    (found,) = choose_rows([row(0, per=per, quantity=quantity, unit_price=price, net_amount=amount)], [], NONE)
    assert found.multiplies is held


@given(st.integers(-500, 500), st.integers(1, 100_000))
def test_products_hold_for_whatever_quantity(quantity: int, cents: int) -> None:
    price = Decimal(cents) / 100
    cells = row(0, quantity=str(quantity), unit_price=str(price), net_amount=str(quantity * price))
    assert choose_rows([cells], [], NONE)[0].multiplies is True
    cells = row(0, quantity=str(quantity), unit_price=str(price), net_amount=str(quantity * price + 100))
    assert choose_rows([cells], [], NONE)[0].multiplies is not True or abs(quantity * price) < 100


def test_a_row_without_all_three_numbers_proves_nothing() -> None:
    assert choose_rows([row(0, quantity="2", net_amount="100")], [], NONE)[0].multiplies is None


def test_lines_sum_up_what_they_have() -> None:
    assert line_sum([*TWO, row(20, description="Note")]) == 150
    assert line_sum([row(0, net_amount="-100.50"), row(10, net_amount="0.25")]) == Decimal("-100.25")
    assert line_sum([row(0, description="Note")]) is None
    assert line_sum([]) is None


def test_rates_are_those_of_lines_and_of_the_breakdown() -> None:
    tax = {"tax.rate": option("tax.rate", "7", 90)}
    assert rates_of([row(0, tax_rate="19"), row(10, tax_rate="19"), tax, row(20, tax_rate="zero")]) == {19, 7}


def test_the_rules_rows_get_the_networks_chances_and_keep_their_price_unit() -> None:
    paper = Paper().put(0.1, 0.3, "Screws", "line.description", 0).put(0.5, 0.3, "30.00", confidence=0.5)
    scores = paper.scores()
    say(scores, 1, {"B-line.unit_price": 0.25})
    item = {
        LineColumn.DESCRIPTION: Field("Screws", "Screws", 0.7, Source.RULE, 1, paper.words.words[0].box),
        LineColumn.UNIT_PRICE: Field("30", "30.00", 0.6, Source.RULE, 1, paper.words.words[1].box, per="100"),
        LineColumn.UNIT: Field("pcs", "pcs", 0.4, Source.RULE),
    }
    (cells,) = ruled_rows([item], paper.words, scores)
    assert cells.keys() == {NAME, PRICE, "line.unit"}
    assert cells[NAME].model == pytest.approx(float(scores.spans[0, SPANS.index(NAME)]))
    price: Option = cells[PRICE]
    assert (price.model, price.rules, price.per, price.words, price.reader) == (0.25, 0.6, "100", (1,), 0.5)
    assert (cells["line.unit"].words, cells["line.unit"].model) == ((), 0.0)


def test_cells_become_a_line_item_in_the_order_of_columns() -> None:
    field = Field("1", "1", 1.0, Source.MODEL)
    item = as_item({AMOUNT: field, NAME: field, "tax.rate": field})
    assert list(item) == [LineColumn.DESCRIPTION, LineColumn.NET_AMOUNT]


def test_a_word_of_one_cell_is_not_another_cell_as_well() -> None:
    """The rules take 39 for the price, the network for the amount: the row does not have it twice."""
    counted = option(QUANTITY, "5", 1, rules=0.9)
    ruled = {QUANTITY: counted, PRICE: option(PRICE, "39", 2, rules=0.9)}
    tagged = {QUANTITY: counted, AMOUNT: option(AMOUNT, "39", 2, model=0.8)}
    assert chosen([tagged], [ruled]) == [{"quantity": "5", "unit_price": "39"}]


@pytest.mark.parametrize(
    ("cells", "enough"),
    [
        ({"description": "Lamp", "quantity": "2"}, True),
        ({"quantity": "2", "net_amount": "9"}, True),
        ({"description": "Special rebate"}, False),
        ({"net_amount": "9"}, False),
        ({"unit_price": "9", "net_amount": "9"}, False),
    ],
)
def test_scraps_beside_a_table_are_no_line_items(cells: dict[str, str], enough: bool) -> None:
    assert says_enough(row(0, **cells)) is enough  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [(0.4, "Hand transmitter with brackets"), (0.02, "Hand transmitter with brackets")],
)
def test_a_wrapped_name_goes_on_where_the_network_stops(seen: float, expected: str) -> None:
    """The network knows the first line; its silence on the second one says little where the rules read on."""
    short = option(NAME, "Hand transmitter", 0, 1, model=0.98)
    long = option(NAME, expected, 0, 1, 2, 3, model=(2 * 0.98 + 2 * seen) / 4, rules=0.85)
    (found,) = choose_rows([{NAME: short}], [{NAME: long}], NONE)
    assert found.cells[NAME].value == expected


def test_words_that_only_the_network_adds_need_its_word() -> None:
    short = option(NAME, "cable", 1, model=0.9, rules=0.85)
    for seen, expected in ((0.95, "Bespoke cable"), (0.05, "cable")):
        long = option(NAME, "Bespoke cable", 0, 1, model=(0.9 + seen) / 2)
        (found,) = choose_rows([{NAME: long}], [{NAME: short}], NONE)
        assert found.cells[NAME].value == expected


def test_where_the_network_takes_a_number_apart_the_rules_read_the_numbers() -> None:
    ruled = {
        NAME: option(NAME, "Kugellager", 0, model=0.9, rules=0.85),
        QUANTITY: option(QUANTITY, "50", 1, model=0.9, rules=0.45),
        PRICE: option(PRICE, "7", 2, 3, model=0.1, rules=0.45),
        AMOUNT: option(AMOUNT, "416.5", 4, 5, model=0.1, rules=0.6),
    }
    tagged = {
        NAME: option(NAME, "Kugellager", 0, model=0.9),
        QUANTITY: option(QUANTITY, "50", 1, model=0.9),
        AMOUNT: option(AMOUNT, "7", 2, 3, model=0.9),
        PRICE: option(PRICE, "416", 4, model=0.9),
    }
    assert chosen([tagged], [ruled]) == values([ruled])
