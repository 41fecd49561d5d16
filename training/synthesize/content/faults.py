"""Contradictions planted on purpose, each named in the document's `faults`."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from training.synthesize.chance import Dice
from training.synthesize.content.content import Content

_SHARE = 0.03  # of documents with line items that carry a fault


def plant(content: Content, dice: Dice) -> Content:
    """Return the content, seldom with one fault; the printed values stay the truth of what the page says."""
    if not content.items or not dice.maybe(_SHARE):
        return content
    name = dice.pick(sorted(_FAULTS))
    return replace(_FAULTS[name](content, dice), faults=(name,))


def _wrong_gross(content: Content, dice: Dice) -> Content:
    off = Decimal(dice.pick(("0.10", "1.00", "9.00", "-0.90", "100.00")))
    return replace(content, totals=replace(content.totals, gross=content.totals.gross + off))


def _wrong_tax(content: Content, dice: Dice) -> Content:
    off = Decimal(dice.pick(("0.50", "1.00", "-0.30")))
    return replace(content, totals=replace(content.totals, tax=content.totals.tax + off))


def _wrong_line(content: Content, dice: Dice) -> Content:
    at = dice.between(0, len(content.items) - 1)
    wrong = replace(content.items[at], net=content.items[at].net + Decimal(dice.pick(("1.00", "10.00", "-0.20"))))
    return replace(content, items=(*content.items[:at], wrong, *content.items[at + 1 :]))


_FAULTS: dict[str, Callable[[Content, Dice], Content]] = {
    "GROSS_TOTAL_WRONG": _wrong_gross,
    "TAX_TOTAL_WRONG": _wrong_tax,
    "LINE_AMOUNT_WRONG": _wrong_line,
}
