"""What some documents say of their total again: in words, or in another currency. Neither is a field."""

from decimal import Decimal

from pipeline.domain.figures import to_cents
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, lit

_OTHERS = ("EUR", "USD", "GBP", "DKK", "SEK", "CHF")


def total_again(sheet: Sheet) -> Markup:
    """Return the total in words and in a second currency, in the few documents that state them."""
    if sheet.content.variant not in ("invoice", "credit_note", "purchase_order", "order_response", "quote"):
        return NOTHING
    return below(
        _in_words(sheet) if sheet.design.flag("total.in_words", 0.03) else NOTHING,
        _elsewhere(sheet) if sheet.design.flag("total.in_other_currency", 0.025) else NOTHING,
    )


def _in_words(sheet: Sheet) -> Markup:
    """Return the total digit by digit, as cheques state it: "one two three EUR 45/100"."""
    loose, phrases = sheet.design.loose("in_words"), sheet.words.phrases
    whole, cents = divmod(int(abs(sheet.content.totals.gross) * 100), 100)
    between = loose.pick((" ", " ", "-", "*"))
    spoken = between.join(phrases["digits"][int(digit)] for digit in str(whole))
    spoken = loose.pick((spoken, spoken.upper(), spoken.capitalize()))
    return lit(f"{loose.pick(phrases['in_words'])} {spoken} {sheet.content.convention.currency} {cents:02d}/100")


def _elsewhere(sheet: Sheet) -> Markup:
    """Return the total in a currency that is not the document's, with the rate in some."""
    loose, ways = sheet.design.loose("in_other_currency"), sheet.content.convention
    other = loose.pick([code for code in _OTHERS if code != ways.currency])
    rate = Decimal(loose.between(1005, 11800)) / Decimal(1000)
    text = loose.pick(sheet.words.phrases["equivalent"])
    text = text.replace("{currency}", other).replace("{rate}", ways.number(rate, 4))
    return lit(f"{text} {ways.amount(to_cents(sheet.content.totals.gross / rate))}")
