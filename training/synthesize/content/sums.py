"""The arithmetic of a document: lines to totals, exact to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.domain.figures import to_cents
from training.synthesize.chance import Dice
from training.synthesize.content.content import Charge, Item, TaxRow, Totals

_ZERO = Decimal(0)
_TO_WHOLE = {"DKK": "0.50", "SEK": "1", "NOK": "1", "CHF": "0.05", "EUR": "0.05"}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines add up to."""

    charges: tuple[Charge, ...]
    tax_rows: tuple[TaxRow, ...]
    totals: Totals


def add_up(items: Sequence[Item], rate: Decimal, currency: str, dice: Dice, *, gross_priced: bool, plain: bool) -> Sums:
    """Return charges, tax and totals.

    Charges are taxed at `rate`; `plain` leaves charges, prepayment and rounding out.
    """
    total = sum((item.net for item in items), _ZERO)
    charges = () if plain else _charges(total, dice, one_rate=len({item.rate for item in items}) == 1)
    bases: dict[Decimal, Decimal] = {}
    for item in items:
        bases[item.rate] = bases.get(item.rate, _ZERO) + item.net
    for charge in charges:
        bases[rate] = bases.get(rate, _ZERO) + charge.amount
    rows = tuple(
        _row(base_rate, amount, gross_priced=gross_priced) for base_rate, amount in sorted(bases.items(), reverse=True)
    )
    net = sum((row.taxable for row in rows), _ZERO)
    tax = sum((row.tax for row in rows), _ZERO)
    gross = net + tax
    prepaid = _prepaid(gross, dice) if not plain and dice.maybe(0.1) else _ZERO
    rounding = (
        _rounding(gross - prepaid, currency) if not plain and currency in _TO_WHOLE and dice.maybe(0.05) else _ZERO
    )
    return Sums(charges, rows, Totals(total, net, tax, gross, rounding, prepaid, gross - prepaid + rounding))


def _row(rate: Decimal, amount: Decimal, *, gross_priced: bool) -> TaxRow:
    """Return the tax on a net amount, or the tax within a gross one (EN 16931, BR-CO-17)."""
    if gross_priced:
        tax = to_cents(amount * rate / (100 + rate))
        return TaxRow(rate, amount - tax, tax)
    return TaxRow(rate, amount, to_cents(amount * rate / 100))


def _charges(total: Decimal, dice: Dice, *, one_rate: bool) -> tuple[Charge, ...]:
    charges = []
    if one_rate and dice.maybe(0.13):
        charges.append(Charge("discount_total", -to_cents(total * Decimal(dice.pick((2, 3, 5, 10, 15))) / 100)))
    if dice.maybe(0.22):
        charges.append(
            Charge("freight", Decimal(dice.pick(("4.90", "9.95", "12.00", "25.00", "49.00", "75.00", "120.00"))))
        )
    if dice.maybe(0.08):
        charges.append(Charge("fee", Decimal(dice.pick(("2.50", "5.00", "15.00", "35.00")))))
    return tuple(c for c in charges if c.amount)


def _prepaid(gross: Decimal, dice: Dice) -> Decimal:
    return to_cents(gross * Decimal(dice.pick(("0.1", "0.2", "0.25", "0.3", "0.5", "1"))))


def _rounding(due: Decimal, currency: str) -> Decimal:
    step = Decimal(_TO_WHOLE[currency])
    return (due / step).quantize(Decimal(1), ROUND_HALF_UP) * step - due
