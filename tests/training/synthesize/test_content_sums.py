"""What a document says adds up, unless it says that it does not."""

from decimal import Decimal

from pipeline.domain.figures import to_cents
from pipeline.domain.vocabulary import Kind
from training.synthesize.chance import Dice
from training.synthesize.content.compose import KINDS, compose
from training.synthesize.content.content import Content

SAMPLE = [compose(Dice(f"sums/{seed}")) for seed in range(300)]


def test_faults_are_seldom_and_named() -> None:
    faulty = [content for content in SAMPLE if content.faults]
    assert 0 < len(faulty) < 0.08 * len(SAMPLE)
    assert all(not adds_up(content) for content in faulty)


def test_all_others_add_up() -> None:
    for content in SAMPLE:
        if content.items and not content.faults:
            assert adds_up(content), content


def test_all_kinds_occur() -> None:
    assert {(content.kind, content.variant) for content in SAMPLE} == set(KINDS)
    assert {content.kind for content in SAMPLE} == set(Kind)


def adds_up(content: Content) -> bool:
    totals = content.totals
    lines = all(
        item.net == to_cents(item.quantity * item.price * (1 - (item.discount or Decimal(0)) / 100))
        for item in content.items
    )
    charged = sum((charge.amount for charge in content.charges), Decimal(0))
    base = totals.gross if content.gross_priced else totals.net
    return (
        lines
        and sum(item.net for item in content.items) == totals.items
        and totals.items + charged == base
        and totals.net + totals.tax == totals.gross
        and sum(row.tax for row in content.tax_rows) == totals.tax
        and totals.gross - totals.prepaid + totals.rounding == totals.due
        and all(content.gross_priced or row.tax == to_cents(row.taxable * row.rate / 100) for row in content.tax_rows)
    )
