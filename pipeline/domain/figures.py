"""A document's figures as numbers, with the signs of credit notes settled; pure arithmetic, no judgement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pipeline.domain.extraction import Extraction, Field, LineItem
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One line item; `index` counts from 0, `tax_rate` is in percent, a negative `discount` is a charge.

    `unit_price` is that of one unit, where the document prices several at once (BT-149).
    """

    index: int
    description: str = ""
    item_code: str | None = None
    unit: str | None = None
    order_line_reference: str | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    discount: Decimal | None = None
    tax_rate: Decimal | None = None
    net_amount: Decimal | None = None

    @property
    def is_text(self) -> bool:
        """Whether the line only says something: no quantity, no price, no amount."""
        return self.quantity is None and self.unit_price is None and self.net_amount is None

    @property
    def amount(self) -> Decimal | None:
        """The stated amount or, where the line states none, quantity times price less discount to the cent."""
        if self.net_amount is not None:
            return self.net_amount
        if self.quantity is None or self.unit_price is None:
            return None
        return to_cents(self.quantity * self.unit_price - (self.discount or 0))


@dataclass(frozen=True, slots=True)
class TaxFigures:
    """One entry of the tax breakdown; `rate` in percent."""

    rate: Decimal | None = None
    taxable: Decimal | None = None
    tax: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Every amount of a document, None where it states none.

    Where the document is a negative one (`negative`), all signs are turned, so that a credit note of -100.00 and one
    of 100.00 read the same. `unreadable` names the fields whose value is no number.
    """

    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    due: Decimal | None = None
    rounding: Decimal | None = None
    line_total: Decimal | None = None
    allowance: Decimal | None = None
    charge: Decimal | None = None
    breakdown: tuple[TaxFigures, ...] = ()
    lines: tuple[LineFigures, ...] = ()
    negative: bool = False
    unreadable: tuple[str, ...] = ()

    @property
    def adjustment(self) -> Decimal:
        """Charges less allowances on the whole document (BT-108 less BT-107)."""
        return (self.charge or Decimal(0)) - (self.allowance or Decimal(0))

    @property
    def amount_lines(self) -> tuple[LineFigures, ...]:
        """The lines that are more than text."""
        return tuple(line for line in self.lines if not line.is_text)

    @property
    def rates(self) -> frozenset[Decimal]:
        """Every tax rate that the document names, in its breakdown or its lines."""
        named = [entry.rate for entry in self.breakdown] + [line.tax_rate for line in self.lines]
        return frozenset(rate for rate in named if rate is not None)


def figures_of(extraction: Extraction) -> Figures:
    """Return the document's figures; a value that is no finite number counts as absent and is named `unreadable`."""
    unreadable: list[str] = []

    def number(name: str, found: Field | None) -> Decimal | None:
        if found is None:
            return None
        value = decimal_of(found.value)
        if value is None:
            unreadable.append(name)
        return value

    def total(name: HeaderField) -> Decimal | None:
        return number(name.value, extraction.fields.get(name))

    figures = Figures(
        net=total(HeaderField.NET_TOTAL),
        tax=total(HeaderField.TAX_TOTAL),
        gross=total(HeaderField.GROSS_TOTAL),
        prepaid=_magnitude(total(HeaderField.PREPAID_AMOUNT)),
        due=total(HeaderField.AMOUNT_DUE),
        rounding=number("rounding_amount", extraction.rounding_amount),
        line_total=number("line_total", extraction.line_total),
        allowance=number("allowance_total", extraction.allowance_total),
        charge=number("charge_total", extraction.charge_total),
        breakdown=tuple(
            TaxFigures(
                number(f"tax_breakdown[{i}].rate", entry.rate),
                number(f"tax_breakdown[{i}].taxable_amount", entry.taxable_amount),
                number(f"tax_breakdown[{i}].tax_amount", entry.tax_amount),
            )
            for i, entry in enumerate(extraction.tax_breakdown)
        ),
        lines=tuple(_line(i, line, number) for i, line in enumerate(extraction.lines)),
    )
    return replace(_settle_signs(figures, extraction.kind.value), unreadable=tuple(unreadable))


def decimal_of(text: str) -> Decimal | None:
    """Return a normalised value as a number; None where it is none, not finite, or beyond 10^15."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None


def to_cents(value: Decimal) -> Decimal:
    """Round half up to two decimals."""
    return value.quantize(CENT, ROUND_HALF_UP)


def _line(index: int, line: LineItem, number: Callable[[str, Field | None], Decimal | None]) -> LineFigures:
    def column(name: LineColumn) -> Decimal | None:
        return number(f"lines[{index}].{name.value}", line.get(name))

    return LineFigures(
        index=index,
        description=_value(line, LineColumn.DESCRIPTION) or "",
        item_code=_value(line, LineColumn.ITEM_CODE),
        unit=_value(line, LineColumn.UNIT),
        order_line_reference=_value(line, LineColumn.ORDER_LINE_REFERENCE),
        quantity=column(LineColumn.QUANTITY),
        unit_price=_each(column(LineColumn.UNIT_PRICE), line.get(LineColumn.UNIT_PRICE)),
        discount=column(LineColumn.DISCOUNT),
        tax_rate=column(LineColumn.TAX_RATE),
        net_amount=column(LineColumn.NET_AMOUNT),
    )


def _value(line: Mapping[LineColumn, Field], name: LineColumn) -> str | None:
    found = line.get(name)
    return found.value.strip() or None if found else None


def _each(price: Decimal | None, found: Field | None) -> Decimal | None:
    """Return the price of one unit; a base quantity that is none leaves the price as printed."""
    base = decimal_of(found.per) if found is not None and found.per else None
    return price if price is None or not base or base < 0 else price / base


def _magnitude(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


def _turned(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _settle_signs(figures: Figures, kind: Kind) -> Figures:
    """Make a negative document positive, header and lines apart: some credit notes print only the lines negative."""
    leading = next((x for x in (figures.gross, figures.due, figures.net) if x), Decimal(0))
    if leading < 0:
        figures = replace(
            figures,
            negative=True,
            net=_turned(figures.net),
            tax=_turned(figures.tax),
            gross=_turned(figures.gross),
            due=_turned(figures.due),
            rounding=_turned(figures.rounding),
            line_total=_turned(figures.line_total),
            allowance=_turned(figures.allowance),
            charge=_turned(figures.charge),
            breakdown=tuple(TaxFigures(e.rate, _turned(e.taxable), _turned(e.tax)) for e in figures.breakdown),
        )
    figures = replace(figures, allowance=_magnitude(figures.allowance))
    lines_total = sum((line.amount or Decimal(0) for line in figures.lines), Decimal(0))
    if lines_total < 0 and (figures.negative or kind is Kind.CREDIT_NOTE):
        figures = replace(figures, lines=tuple(_turned_line(line) for line in figures.lines))
    return figures


def _turned_line(line: LineFigures) -> LineFigures:
    """Turn the amount, and of quantity and price the one that carries the sign."""
    turned = replace(line, net_amount=_turned(line.net_amount))
    if line.quantity is None or line.unit_price is None:
        return replace(
            turned,
            quantity=_magnitude(line.quantity)
            if line.net_amount is not None and line.net_amount < 0
            else line.quantity,
            unit_price=_magnitude(line.unit_price)
            if line.net_amount is not None and line.net_amount < 0
            else line.unit_price,
        )
    if line.net_amount is not None and (line.quantity * line.unit_price > 0) != (line.net_amount > 0):
        return turned
    if line.unit_price < 0:
        return replace(turned, unit_price=-line.unit_price)
    return replace(turned, quantity=-line.quantity)
