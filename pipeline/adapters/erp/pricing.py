"""How a document's line becomes quantity times price in an ERP whose prices have a fixed number of decimals."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.domain.entry import BillLine

_CENT = Decimal("0.01")
# How far an ERP's sums may lie from the document's, for rounding by line instead of by rate; the document's are booked.
NET_TOLERANCE = Decimal("0.02")
TAX_TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class PricedLine:
    """`price` includes the line's discount; `slack` is how far quantity times price may miss the net amount."""

    quantity: Decimal
    price: Decimal
    slack: Decimal

    @property
    def net_amount(self) -> Decimal:
        """What the ERP makes of it, in cents."""
        return in_cents(self.quantity * self.price)


def priced(line: BillLine, step: Decimal) -> PricedLine:
    """Return the quantity and the price, a multiple of `step`, that come to the line's net amount.

    The printed price holds where it does; otherwise a discount is in the net amount, and the price is worked out from
    it. A line without a quantity counts as one piece.
    """
    quantity = line.quantity or Decimal(1)
    price = line.unit_price.quantize(step, ROUND_HALF_UP)
    slack = Decimal(0)
    if in_cents(quantity * price) != in_cents(line.net_amount):
        price = (line.net_amount / quantity).quantize(step, ROUND_HALF_UP)
        slack = abs(quantity) * step / 2
    return PricedLine(quantity, price, slack)


def in_cents(amount: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero."""
    return amount.quantize(_CENT, ROUND_HALF_UP)
