"""Net, tax and gross as they will be booked: stated, or derived from the other two and said so."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.domain.figures import Figures, to_cents
from pipeline.domain.vocabulary import HeaderField

# Value-added tax rates in force in Europe (EU, EEA, GB, CH), in percent: what a rate derived from amounts may be.
_RATES = (
    "0 2.1 2.5 2.6 3 3.8 4 4.8 5 5.5 6 7 7.7 8 8.1 9 9.5 10 11 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25 25.5 27"
)
KNOWN_RATES = tuple(map(Decimal, _RATES.split()))


@dataclass(frozen=True, slots=True)
class Totals:
    """The three totals; `derived` names those that the document does not state."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    derived: frozenset[HeaderField] = frozenset()

    @property
    def booked_tax(self) -> Decimal:
        """The tax as it is booked: gross less net, for an ERP holds no total that is not their sum."""
        return self.gross - self.net

    def rate(self, tolerance: Decimal) -> Decimal | None:
        """Return the one rate of percent by which `tax` follows from `net`, or None where no rate in force does.

        The nearest of `KNOWN_RATES` counts when it gives the tax amount to within `tolerance` currency units.
        """
        if self.net <= 0:
            return Decimal(0) if not self.tax else None
        exact = self.tax / self.net * 100
        nearest = min(KNOWN_RATES, key=lambda rate: abs(rate - exact))
        return nearest if abs(self.net * nearest / 100 - self.tax) <= tolerance else None


def totals_of(figures: Figures) -> Totals | None:
    """Return the totals, deriving what is missing; None where too little is stated.

    The amount due stands in for a missing gross total where nothing was prepaid or rounded. A document that names a
    gross total and no tax at all is taken to carry none.
    """
    net, tax, gross = figures.net, figures.tax, figures.gross
    derived: set[HeaderField] = set()
    if gross is None and figures.due is not None and not figures.prepaid and not figures.rounding:
        gross = figures.due
        derived.add(HeaderField.GROSS_TOTAL)
    if tax is None and figures.breakdown and all(entry.tax is not None for entry in figures.breakdown):
        tax = sum((entry.tax or Decimal(0) for entry in figures.breakdown), Decimal(0))
        derived.add(HeaderField.TAX_TOTAL)
    if net is not None and tax is None and gross is not None:
        tax = gross - net
        derived.add(HeaderField.TAX_TOTAL)
    elif net is None and gross is not None:
        if tax is None:
            tax = Decimal(0)
            derived.add(HeaderField.TAX_TOTAL)
        net = gross - tax
        derived.add(HeaderField.NET_TOTAL)
    elif net is not None and tax is not None and gross is None:
        gross = net + tax
        derived.add(HeaderField.GROSS_TOTAL)
    if net is None or tax is None or gross is None:
        return None
    return Totals(net, tax, gross, frozenset(derived))


def expected_tax(figures: Figures, net: Decimal) -> Decimal | None:
    """Return the tax that the rates give: per breakdown entry, or per rate over the lines, or one rate on `net`.

    None where the document names no rates, or not enough of them. The tax of one rate is rounded to the cent
    (EN 16931, BR-CO-17).
    """
    entries = figures.breakdown
    if entries and all(e.rate is not None and e.taxable is not None for e in entries):
        return sum(
            (to_cents(e.taxable * e.rate / 100) for e in entries if e.rate is not None and e.taxable is not None),
            Decimal(0),
        )
    rates = figures.rates
    if len(rates) == 1:
        return to_cents(net * next(iter(rates)) / 100)
    lines = figures.amount_lines
    if figures.adjustment or not lines:
        return None
    bases: dict[Decimal, Decimal] = {}
    for line in lines:
        if line.tax_rate is None or line.amount is None:
            return None
        bases[line.tax_rate] = bases.get(line.tax_rate, Decimal(0)) + line.amount
    if sum(bases.values()) != net:
        return None
    return sum((to_cents(base * rate / 100) for rate, base in bases.items()), Decimal(0))
