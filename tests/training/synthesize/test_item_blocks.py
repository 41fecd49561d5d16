"""Line items that do not stand in a table of one line each."""

from collections.abc import Callable

import pytest

from pipeline.domain.figures import to_cents
from pipeline.domain.vocabulary import Kind
from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.layout.columns import Column, choose_columns, unheaded
from training.synthesize.layout.page import lay_out
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.table import sum_row
from training.synthesize.layout.typst import lit
from training.synthesize.render import Unsettable, render


def _first(fits: Callable[[Sheet], bool]) -> Draft:
    for seed in range(1, 4000):
        dice = dice_of(seed, 0, family_of(seed))
        content = compose(dice.child("content"))
        if 2 <= len(content.items) <= 6 and not content.gross_priced:
            _, sheet = lay_out(content, dice.child("layout"))
            if fits(sheet):
                made, drafts = generate_with_proof(seed)
                if not drafts:
                    return made
    raise AssertionError("no such document among the seeds")


@pytest.mark.parametrize(
    "traits",
    [
        {"table.blocks": "yes"},
        {"table.narrow_description": "yes"},
        {"table.height": "middle", "table.narrow_description": "yes"},
        {"code_in_description": "above"},
        {"code_in_description": "dash"},
        {"details.above": "yes"},
        {"table.stacked": "yes"},
        {"table.stacked": "yes", "stacked.text_below": "yes"},
        {"quantity.times": "yes"},
        {"price.at": "yes"},
        {"order.with_lines": "yes"},
    ],
)
def test_every_line_keeps_its_values(traits: dict[str, str]) -> None:
    made = _first(lambda sheet: traits.items() <= sheet.design.traits.items())
    items = made.sheet.content.items
    assert [line["description"] for line in made.document.lines] == [item.description for item in items]


def test_a_block_has_its_values_on_lines_of_their_own() -> None:
    made = _first(lambda sheet: {"table.blocks": "yes", "blocks.across": "1"}.items() <= sheet.design.traits.items())
    words = [word for page in made.document.pages for word in page.words]
    pairs = list(zip(made.tagged.tags, words, strict=True))
    tops = {tag: word.box.y0 for tag, word in reversed(pairs)}
    assert tops["B-line.description"] < tops["B-line.quantity"] < tops["B-line.net_amount"]


def test_a_table_may_lack_headings() -> None:
    made = _first(
        lambda sheet: {"table.headings_missing": "yes", "table.headless": "no"}.items() <= sheet.design.traits.items()
    )
    texts = {word.text for page in made.document.pages for word in page.words}
    shown = made.sheet.design.traits["table.columns"].split()
    columns = choose_columns(made.sheet)
    bare = unheaded(made.sheet, columns)
    assert 1 <= len(bare) <= 2
    assert bare <= set(shown)
    headed = [column.heading.split()[0] for column in columns if column.name not in bare]
    assert sum(word in texts for word in headed) >= len(headed) / 2


def test_a_description_of_its_own_row_stands_above_or_below_the_amount() -> None:
    made = _first(lambda sheet: {"table.stacked": "yes"}.items() <= sheet.design.traits.items() and _wide(sheet))
    below = made.sheet.design.traits["stacked.text_below"] == "yes"
    words = [word for page in made.document.pages for word in page.words]
    tops = {tag: word.box.y0 for tag, word in reversed(list(zip(made.tagged.tags, words, strict=True)))}
    assert (tops["B-line.description"] > tops["B-line.net_amount"]) == below


def _wide(sheet: Sheet) -> bool:
    columns = sheet.design.traits.get("table.columns", "").split()
    return len(columns) >= 4 and "amount" in columns and sheet.design.traits.get("table.blocks") != "yes"


def test_a_deduction_leaves_the_sum_above_zero() -> None:
    seen = 0
    for seed in range(1, 900):
        content = compose(dice_of(seed, 0, family_of(seed)).child("content"), kind=Kind.INVOICE)
        if any(item.net < 0 for item in content.items):
            seen += 1
            assert content.totals.items > 0
            assert (
                all(item.net == to_cents(item.quantity * item.price) for item in content.items if item.net < 0)
                or content.faults
            )
    assert seen > 10


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        ("amount", ['{"Sum"; " "; "9"}']),
        ("amount description", ['"9"', '"Sum"']),
        ("amount description unit", ['"9"', '"Sum"', "[]"]),
        ("description amount", ['table.cell(colspan: 1, align: right, "Sum")', '"9"']),
        ("description quantity amount unit", ['table.cell(colspan: 2, align: right, "Sum")', '"9"', "[]"]),
    ],
)
def test_a_row_of_a_sum_fills_the_table_wherever_the_amounts_stand(names: str, cells: list[str]) -> None:
    columns = [Column(name, name, 10.0) for name in names.split()]
    assert sum_row(columns, lit("Sum"), lit("9")) == cells


def test_what_typst_cannot_set_is_told() -> None:
    with pytest.raises(Unsettable, match="colspan"):
        render("#table(columns: 1, table.cell(colspan: 2)[x])")
