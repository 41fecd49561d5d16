"""The lines of a bill as they can be booked: net amounts that add up to the net total, each with its tax rate.

Validation asks whether they can be had, posting books them: one algorithm for both, so that what passes can be booked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from pipeline.domain.figures import CENT, Figures, LineFigures, to_cents
from pipeline.domain.totals import Totals

_RATE_TOLERANCE = Decimal("0.05")


class Basis(StrEnum):
    """What the document's line amounts are: without tax, with tax, none there, or not to be made to add up."""

    NET = "net"
    GROSS = "gross"
    ABSENT = "absent"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class BillableLine:
    """A line to be booked: quantity times unit price is `net_amount` to the cent.

    `index` is the document's line item (from 0), None for a charge, an allowance or a line made of the totals.
    """

    index: int | None
    description: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal
    tax_rate: Decimal | None
    item_code: str | None = None


@dataclass(frozen=True, slots=True)
class Billable:
    """The lines to be booked, and what they were made from."""

    basis: Basis
    lines: tuple[BillableLine, ...]


def billable(figures: Figures, totals: Totals, rounding: Decimal) -> Billable:
    """Return lines whose net amounts add up to the net total exactly.

    Lines count as adding up within `rounding`, or half a cent a line where that is more; what then remains becomes a
    rounding line. Amounts that include tax are turned into net ones only where their rates prove the net total. Where
    the document's own lines cannot be used (`ABSENT`, `UNPROVEN`), the totals give one line per tax rate.
    """
    lines = figures.amount_lines
    amounts = [line.amount for line in lines]
    if not lines:
        return Billable(Basis.ABSENT, _from_totals(figures, totals))
    if any(amount is None for amount in amounts):
        return Billable(Basis.UNPROVEN, _from_totals(figures, totals))
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    slack = max(rounding, len(lines) * CENT / 2)
    if abs(total + figures.adjustment - totals.net) <= slack:
        own = [_net_line(line, _rate_of(line, figures, totals)) for line in lines]
        adjusted = _adjustments(figures, totals, own, slack)
        if adjusted is not None:
            return Billable(Basis.NET, _with_rounding([*own, *adjusted], totals, slack))
    elif totals.tax and not figures.adjustment and abs(total - totals.gross) <= slack:
        converted = _without_tax(lines, figures, totals, slack)
        if converted is not None:
            return Billable(Basis.GROSS, _with_rounding(converted, totals, slack))
    return Billable(Basis.UNPROVEN, _from_totals(figures, totals))


def unit_price_for(quantity: Decimal, net_amount: Decimal, stated: Decimal | None) -> Decimal | None:
    """Return the price that gives `net_amount` to the cent: the stated one, or one of 4 to 10 decimals.

    None where no price does, as for a quantity of nought.
    """
    if stated is not None and _gives(quantity, stated, net_amount):
        return stated
    if not quantity:
        return None
    for decimals in (4, 6, 8, 10):
        price = (net_amount / quantity).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if _gives(quantity, price, net_amount):
            return price
    return None


def _gives(quantity: Decimal, price: Decimal, net_amount: Decimal) -> bool:
    return to_cents(quantity * price) == net_amount


def _net_line(line: LineFigures, rate: Decimal | None, net_amount: Decimal | None = None) -> BillableLine:
    """Make a line of what the document says; a price that does not give the amount is replaced by one that does."""
    amount = line.amount if net_amount is None else net_amount
    assert amount is not None, "only lines with an amount are booked"  # `billable` sorted the others out
    quantity = line.quantity if line.quantity else Decimal(1)
    price = unit_price_for(quantity, amount, line.unit_price if net_amount is None else None)
    if price is None:
        quantity, price = Decimal(1), amount
    description = line.description or line.item_code or f"Line {line.index + 1}"
    return BillableLine(line.index, description, quantity, price, amount, rate, line.item_code)


def _rate_of(line: LineFigures, figures: Figures, totals: Totals) -> Decimal | None:
    return line.tax_rate if line.tax_rate is not None else _single_rate(figures, totals)


def _single_rate(figures: Figures, totals: Totals) -> Decimal | None:
    """Return the one rate that holds for the whole document, or None."""
    if not totals.tax:
        return Decimal(0)
    if len(figures.rates) == 1:
        return next(iter(figures.rates))
    return totals.rate(_RATE_TOLERANCE) if not figures.rates else None


def _adjustments(
    figures: Figures, totals: Totals, own: Sequence[BillableLine], slack: Decimal
) -> list[BillableLine] | None:
    """Return the document's charges and allowances as lines; None where it does not say at which rate."""
    if not figures.charge and not figures.allowance:
        return []
    rate = _single_rate(figures, totals)
    if rate is not None:
        found = []
        if figures.charge:
            found.append(_single("Charges", figures.charge, rate))
        if figures.allowance:
            found.append(_single("Allowance", -figures.allowance, rate))
        return found
    bases: dict[Decimal, Decimal] = {}
    for entry in figures.breakdown:
        if entry.rate is None or entry.taxable is None:
            return None
        bases[entry.rate] = bases.get(entry.rate, Decimal(0)) + entry.taxable
    rests: list[BillableLine] = []
    for rate, base in bases.items():
        rest = base - sum((x.net_amount for x in own if x.tax_rate == rate), Decimal(0))
        if rest:
            rests.append(_single("Charges" if rest > 0 else "Allowance", rest, rate))
    proven = abs(sum((x.net_amount for x in rests), Decimal(0)) - figures.adjustment) <= slack
    return rests if proven and all(x.tax_rate is not None for x in own) else None


def _without_tax(
    lines: Sequence[LineFigures], figures: Figures, totals: Totals, slack: Decimal
) -> list[BillableLine] | None:
    """Take the tax out of line amounts, and only where the rates of all lines give the net total."""
    converted = []
    for line in lines:
        rate = _rate_of(line, figures, totals)
        if rate is None or line.amount is None:
            return None
        converted.append(_net_line(line, rate, to_cents(line.amount / (1 + rate / 100))))
    return converted if abs(_total(converted) - totals.net) <= slack else None


def _with_rounding(lines: Iterable[BillableLine], totals: Totals, slack: Decimal) -> tuple[BillableLine, ...]:
    """Make the lines add up exactly: the cents that remain become a line, at the rate of the largest line."""
    own = list(lines)
    rest = totals.net - _total(own)
    if rest and abs(rest) <= slack:
        own.append(_single("Rounding", rest, max(own, key=lambda x: abs(x.net_amount)).tax_rate))
    return tuple(own)


def _from_totals(figures: Figures, totals: Totals) -> tuple[BillableLine, ...]:
    """Return one line per rate of the breakdown where that adds up, else one line of the net total."""
    entries = figures.breakdown
    if len(entries) > 1 and all(e.rate is not None and e.taxable is not None for e in entries):
        lines = tuple(
            _single(f"Total at {e.rate.normalize():f} % tax", e.taxable, e.rate)
            for e in entries
            if e.taxable is not None and e.rate is not None
        )
        if _total(lines) == totals.net:
            return lines
    description = next((line.description for line in figures.lines if line.description), "Total of the document")
    return (_single(description, totals.net, _single_rate(figures, totals)),)


def _single(description: str, amount: Decimal, rate: Decimal | None) -> BillableLine:
    """Return a line of one; below nought the quantity is minus one, for prices are never negative (EN 16931, BR-27)."""
    return BillableLine(None, description, Decimal(1 if amount >= 0 else -1), abs(amount), amount, rate)


def _total(lines: Iterable[BillableLine]) -> Decimal:
    return sum((line.net_amount for line in lines), Decimal(0))
