"""Line items that do not stand in a table of one line each."""

from collections.abc import Callable

import pytest

from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.layout.columns import Column
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
