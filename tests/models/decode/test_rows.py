"""Line items and tax rows, by the word that begins each row."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode.rows import Cells, rows_of
from models.scores import Scores
from tests.models.papers import POINT, Paper, say, scores_of_tags


def shown(rows: Sequence[Cells]) -> list[dict[str, str]]:
    """Return what the cells of rows print."""
    return [{name.split(".")[1]: cell.text for name, cell in cells.items()} for cells in rows]


def lines(paper: Paper, scores: Scores | None = None) -> list[dict[str, str]]:
    return shown(rows_of(paper.words, scores or paper.scores(), POINT).lines)


def item(paper: Paper, row: int, y: float, name: str, quantity: str, amount: str) -> None:
    paper.put(0.1, y, name, "line.description", row).put(0.5, y, quantity, "line.quantity", row)
    paper.put(0.8, y, amount, "line.net_amount", row)


def test_words_that_point_to_one_word_are_one_row() -> None:
    paper = Paper().put(0.1, 0.2, "Description").put(0.8, 0.2, "Amount")
    item(paper, 0, 0.3, "Oak table", "2", "200.00")
    item(paper, 1, 0.33, "Lamp", "1", "50.00")
    paper.put(0.8, 0.5, "250.00", "gross_total")
    (first, second) = rows_of(paper.words, paper.scores(), POINT).lines
    assert shown([first, second]) == [
        {"description": "Oak table", "quantity": "2", "net_amount": "200.00"},
        {"description": "Lamp", "quantity": "1", "net_amount": "50.00"},
    ]
    assert first["line.net_amount"].value == "200"
    assert first["line.description"].box == paper.words.box((2, 3))
    assert first["line.description"].model == pytest.approx(0.9, abs=0.01)


def test_columns_read_one_after_another_are_still_rows() -> None:
    """The reading order of some files is column by column; only the pointers say what belongs together."""
    paper = Paper()
    for row, name in enumerate(["Oak table", "Lamp", "Chair"]):
        paper.put(0.1, 0.3 + 0.03 * row, name, "line.description", row)
    for row, amount in enumerate(["200.00", "50.00", "80.00"]):
        paper.put(0.8, 0.3 + 0.03 * row, amount, "line.net_amount", row)
    assert lines(paper) == [
        {"description": "Oak table", "net_amount": "200.00"},
        {"description": "Lamp", "net_amount": "50.00"},
        {"description": "Chair", "net_amount": "80.00"},
    ]


def test_two_tables_side_by_side_are_read_apart() -> None:
    paper = Paper()
    for row in range(3):
        paper.put(0.05, 0.3 + 0.03 * row, f"Left{row}", "line.description", row)
        paper.put(0.3, 0.3 + 0.03 * row, f"{row}1.00", "line.net_amount", row)
        paper.put(0.55, 0.3 + 0.03 * row, f"Right{row}", "line.description", 10 + row)
        paper.put(0.8, 0.3 + 0.03 * row, f"{row}2.00", "line.net_amount", 10 + row)
    assert {(line["description"], line["net_amount"]) for line in lines(paper)} == {
        *((f"Left{row}", f"{row}1.00") for row in range(3)),
        *((f"Right{row}", f"{row}2.00") for row in range(3)),
    }


def test_a_description_of_several_lines_stays_with_its_row() -> None:
    paper = Paper()
    item(paper, 0, 0.30, "Cable drum", "1", "10.00")
    paper.put(0.1, 0.315, "black, with switch", "line.description", 0)
    item(paper, 1, 0.34, "Lamp", "1", "5.00")
    assert [line["description"] for line in lines(paper)] == ["Cable drum black, with switch", "Lamp"]


def test_a_row_goes_on_after_the_page_break() -> None:
    paper = Paper()
    item(paper, 0, 0.9, "Oak table", "2", "200.00")
    paper.put(0.1, 0.95, "Page 1 of 2").turn().put(0.1, 0.05, "Invoice R-4711")
    paper.put(0.1, 0.1, "with two drawers", "line.description", 0)
    item(paper, 1, 0.13, "Lamp", "1", "50.00")
    first, second = rows_of(paper.words, paper.scores(), POINT).lines
    description = first["line.description"]
    assert description.value == "Oak table with two drawers"
    assert (description.page, description.box) == (1, paper.words.box((0, 1)))  # a box is of one page
    assert len(description.words) == 5
    assert second["line.description"].page == 2
    assert second["line.net_amount"].page == 2


def test_of_two_cells_of_one_column_the_surer_one_that_can_be_read_counts() -> None:
    paper = Paper().put(0.1, 0.3, "Lamp", "line.description", 0)
    for x, amount in ((0.5, "50.00"), (0.7, "60.00"), (0.9, "n/a")):
        paper.put(x, 0.3, amount, "line.net_amount", 0)
    scores = paper.scores()
    say(scores, paper.at("50.00"), {"B-line.net_amount": 0.6})
    say(scores, paper.at("60.00"), {"B-line.net_amount": 0.7})
    assert lines(paper, scores) == [{"description": "Lamp", "net_amount": "60.00"}]


def test_tax_rows_are_rows_of_their_own() -> None:
    paper = Paper()
    item(paper, 0, 0.3, "Lamp", "1", "100.00")
    for row, (rate, base, tax) in enumerate((("19%", "100.00", "19.00"), ("7%", "50.00", "3.50"))):
        y = 0.6 + 0.02 * row
        paper.put(0.5, y, rate, "tax.rate", 5 + row).put(0.6, y, base, "tax.taxable_amount", 5 + row)
        paper.put(0.8, y, tax, "tax.tax_amount", 5 + row)
    rows = rows_of(paper.words, paper.scores(), POINT)
    assert len(rows.lines) == 1
    assert [{name: cell.value for name, cell in cells.items()} for cells in rows.taxes] == [
        {"tax.rate": "19", "tax.taxable_amount": "100", "tax.tax_amount": "19"},
        {"tax.rate": "7", "tax.taxable_amount": "50", "tax.tax_amount": "3.5"},
    ]


def pointing(*begins: int) -> list[set[int]]:
    """Return which words rows are made of, when each word of a column is a cell and points to the word given."""
    paper = Paper()
    for word in range(len(begins)):
        paper.put(0.1, 0.1 + 0.03 * word, f"{word}.00", "line.net_amount")
    scores = scores_of_tags(["B-line.description"] * len(begins))
    at = Scores(scores.tags, np.array(begins), scores.row_chances, scores.kinds)
    return [set(cells["line.description"].words) for cells in rows_of(paper.words, at, POINT).lines]


def test_a_word_that_points_to_another_that_points_on_is_of_the_same_row() -> None:
    assert pointing(0, 0, 1, 2, 4, 4) == [{0, 1, 2, 3}, {4, 5}]


def test_words_that_point_to_each_other_are_one_row() -> None:
    assert pointing(1, 0, 3, 4, 2) == [{0, 1}, {2, 3, 4}]


def test_a_row_whose_first_word_is_not_tagged_is_one_row_still() -> None:
    paper = Paper().put(0.05, 0.3, "1")
    item(paper, 0, 0.3, "Lamp", "1", "50.00")
    scores = paper.scores()
    scores.row_begins[:] = 0
    assert lines(paper, scores) == [{"description": "Lamp", "quantity": "1", "net_amount": "50.00"}]


@given(st.integers(0, 9).flatmap(lambda n: st.lists(st.integers(0, max(n - 1, 0)), min_size=n, max_size=n)))
def test_whatever_words_point_to_each_is_in_one_row(begins: list[int]) -> None:
    """Chains and cycles end, no word is lost, none is in two rows."""
    rows = pointing(*begins)
    assert sorted(word for row in rows for word in row) == list(range(len(begins)))
    assert all(rows)
    assert [min(row) for row in rows] == sorted(min(row) for row in rows)


@given(st.permutations(range(6)))
def test_rows_by_pointers_do_not_depend_on_the_reading_order(order: list[int]) -> None:
    """Six cells of two rows, in any order: the first read of each row begins it."""
    rows = [number % 2 for number in order]
    begins = [rows.index(row) for row in rows]
    assert sorted(map(sorted, pointing(*begins))) == sorted(
        sorted(place for place, row in enumerate(rows) if row == wanted) for wanted in (0, 1)
    )


def test_without_tags_there_are_no_rows() -> None:
    paper = Paper().put(0.1, 0.3, "Lamp")
    assert rows_of(paper.words, Scores.none(1), POINT).lines == ()
    assert rows_of(Paper().words, Scores.none(0), POINT).taxes == ()


def test_a_word_that_points_ahead_begins_the_row_it_points_to() -> None:
    """An item's number may be read before the word that the network takes for the first."""
    assert pointing(1, 1, 1) == [{0, 1, 2}]
