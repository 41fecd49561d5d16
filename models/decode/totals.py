"""Net, tax, gross, prepaid and due, chosen together: what is likely and adds up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from models.decode.options import Option
from pipeline.domain.vocabulary import HeaderField

TOLERANCE = Decimal("0.02")
_TOP = 6
"""Options tried per total, beside none."""
_ADDS_UP, _CONTRADICTS = 1.6, 1.4
_LINES_AGREE = 1.0
_DUE_AGREES = 0.8
_RATE_FITS = 0.5
_NET, _TAX, _GROSS = HeaderField.NET_TOTAL, HeaderField.TAX_TOTAL, HeaderField.GROSS_TOTAL
_PREPAID, _DUE = HeaderField.PREPAID_AMOUNT, HeaderField.AMOUNT_DUE


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option and its log odds."""

    option: Option
    weight: float

    @property
    def amount(self) -> Decimal:
        """The value as a number."""
        return Decimal(self.option.value)


@dataclass(frozen=True, slots=True)
class Checks:
    """How many checks a value takes part in that hold, and how many do not."""

    held: int = 0
    broken: int = 0

    def __add__(self, other: "Checks") -> "Checks":
        return Checks(self.held + other.held, self.broken + other.broken)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the totals: the sum of the lines, the tax rates."""

    line_sum: Decimal | None = None
    rates: frozenset[Decimal] = frozenset()


def choose_totals(options: Mapping[HeaderField, Sequence[Weighed]], known: Known) -> dict[HeaderField, Weighed]:
    """Return the likeliest totals; those for which no option weighs enough are left out."""
    best_three = max(_threes(options, known), key=lambda found: found[1])[0]
    gross = best_three.get(_GROSS)
    best_two = max(_twos(options, gross), key=lambda found: found[1])[0]
    return {**best_three, **best_two}


def checks_of(chosen: Mapping[HeaderField, Weighed], known: Known) -> dict[HeaderField, Checks]:
    """Return for every total that was chosen how its checks came out."""
    found = {name: Checks() for name in chosen}

    def note(holds: bool, *names: HeaderField) -> None:
        for name in names:
            found[name] += Checks(held=1) if holds else Checks(broken=1)

    net, tax, gross = (chosen.get(name) for name in (_NET, _TAX, _GROSS))
    prepaid, due = chosen.get(_PREPAID), chosen.get(_DUE)
    if net and tax and gross:
        note(_adds_up(net.amount, tax.amount, gross.amount), _NET, _TAX, _GROSS)
    if known.line_sum is not None:
        sums = [name for name in (_NET, _GROSS) if name in chosen]
        fitting = [name for name in sums if abs(chosen[name].amount - known.line_sum) <= TOLERANCE]
        if fitting:
            note(True, *fitting)
        elif net:
            note(False, _NET)
    if gross and due:
        names = (_GROSS, _DUE) if prepaid is None else (_GROSS, _DUE, _PREPAID)
        note(_remains(gross, prepaid, due), *names)
    if net and tax and net.amount and known.rates:
        fits = any(abs(net.amount * r / 100 - tax.amount) <= TOLERANCE for r in known.rates)
        if fits or len(known.rates) == 1:  # a tax made of several rates follows from none of them
            note(fits, _TAX)
    return found


def _threes(
    options: Mapping[HeaderField, Sequence[Weighed]], known: Known
) -> Iterator[tuple[dict[HeaderField, Weighed], float]]:
    """Yield every choice of net, tax and gross with its weight."""
    for net, tax, gross in product(*(_tried(options, name) for name in (_NET, _TAX, _GROSS))):
        chosen = {name: w for name, w in ((_NET, net), (_TAX, tax), (_GROSS, gross)) if w is not None}
        weight = sum(w.weight for w in chosen.values())
        if net and tax and gross:
            weight += _ADDS_UP if _adds_up(net.amount, tax.amount, gross.amount) else -_CONTRADICTS
            if tax.amount and abs(tax.amount) >= abs(net.amount):
                weight -= 3.0
        elif net and gross and abs(net.amount) > abs(gross.amount) + TOLERANCE:
            weight -= 1.0
        if known.line_sum is not None and any(
            w and abs(w.amount - known.line_sum) <= TOLERANCE for w in ((net, gross) if tax is None else (net,))
        ):
            weight += _LINES_AGREE
        if net and tax and any(abs(net.amount * r / 100 - tax.amount) <= TOLERANCE for r in known.rates):
            weight += _RATE_FITS
        yield chosen, weight


def _twos(
    options: Mapping[HeaderField, Sequence[Weighed]], gross: Weighed | None
) -> Iterator[tuple[dict[HeaderField, Weighed], float]]:
    """Yield every choice of what was paid before and what is due with its weight."""
    for prepaid, due in product(_tried(options, _PREPAID), _tried(options, _DUE)):
        chosen = {name: w for name, w in ((_PREPAID, prepaid), (_DUE, due)) if w is not None}
        weight = sum(w.weight for w in chosen.values())
        if gross and due:
            weight += _DUE_AGREES if _remains(gross, prepaid, due) else -_DUE_AGREES
        yield chosen, weight


def _remains(gross: Weighed, prepaid: Weighed | None, due: Weighed) -> bool:
    """Say whether what is due is the gross total less what was paid; credit notes print any of them negative."""
    paid = abs(prepaid.amount) if prepaid else Decimal(0)
    return abs(abs(gross.amount) - paid - abs(due.amount)) <= TOLERANCE


def _tried(options: Mapping[HeaderField, Sequence[Weighed]], name: HeaderField) -> list[Weighed | None]:
    ranked = sorted(options.get(name, ()), key=lambda w: -w.weight)
    return [None, *ranked[:_TOP]]


def _adds_up(net: Decimal, tax: Decimal, gross: Decimal) -> bool:
    return abs(gross - net - tax) <= TOLERANCE
