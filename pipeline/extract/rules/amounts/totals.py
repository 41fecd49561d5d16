"""Net, tax, gross and what is due: by the words beside them and by what adds up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from pipeline.extract.rules.amounts.captions import AmountRole
from pipeline.extract.rules.amounts.summary import CaptionedAmount
from pipeline.extract.rules.page.candidates import Candidate

_CENT = Decimal("0.01")
_TOLERANCE = Decimal("0.02")
_HALF = re.compile(r"(?i)\b(?:cgst|[su]t?gst)\b")  # the state's half is the centre's
_MOST = 10  # readings tried per role
_WEIGHTS: dict[str, dict[AmountRole, float]] = {
    "net": {AmountRole.NET: 1.0, AmountRole.SUBTOTAL: 0.8, AmountRole.TOTAL: 0.35},
    "tax": {AmountRole.TAX: 1.0},
    "gross": {AmountRole.GROSS: 1.0, AmountRole.TOTAL: 0.85, AmountRole.DUE: 0.65},
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One amount in one role: the candidate that shows it (None for a computed one), its value and weight."""

    value: Decimal
    weight: float
    amount: CaptionedAmount | None = None

    @property
    def candidate(self) -> Candidate | None:
        return self.amount.candidate if self.amount else None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One rate of the tax breakdown."""

    rate: Decimal | None
    base: Reading | None
    tax: Reading


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a document, those that were found; `agrees` says that net, tax and gross add up."""

    net: Reading | None = None
    tax: Reading | None = None
    gross: Reading | None = None
    prepaid: Reading | None = None
    due: Reading | None = None
    agrees: bool = False
    rows: tuple[TaxRow, ...] = field(default_factory=tuple)
    net_equals_lines: bool = False


def totals_of(amounts: Sequence[CaptionedAmount], line_sum: Decimal | None = None) -> Totals:
    """Choose the totals that the captions name and that add up; `line_sum` is the sum of the line items, where known.

    Of ambiguous numbers ("1.234") the reading that adds up is taken.
    """
    amounts = list(_distinct(amounts))
    net, tax, gross = (_readings(amounts, _WEIGHTS[name], line_sum) for name in ("net", "tax", "gross"))
    tax += _summed(amounts)
    extras = _extras(amounts)
    best = max(_sums(net, tax, gross, extras), key=lambda t: t[0], default=None)
    if best:
        _, n, t, g = best
        totals = Totals(net=n, tax=t, gross=g, agrees=True)
    else:
        totals = _untaxed(_unproven(net, tax, gross), extras)
    prepaid, due = _due(amounts, totals)
    totals = replace(totals, prepaid=prepaid, due=due, rows=_rows(amounts, totals))
    equal = line_sum is not None and totals.net is not None and abs(totals.net.value - line_sum) <= _TOLERANCE
    return replace(totals, net_equals_lines=equal)


def _distinct(amounts: Iterable[CaptionedAmount]) -> Iterator[CaptionedAmount]:
    """Drop repetitions of the same words and value, as on a summary page."""
    seen: set[tuple[AmountRole, str, str]] = set()
    for a in amounts:
        key = (a.role, a.candidate.value, a.caption)
        if key not in seen:
            seen.add(key)
            yield a


def _readings(
    amounts: Sequence[CaptionedAmount], weights: dict[AmountRole, float], line_sum: Decimal | None
) -> list[Reading]:
    """Return the likeliest readings for one total. Later ones are likelier, as totals stand at the end."""
    found: list[Reading] = []
    largest = max((abs(a.value) for a in amounts), default=Decimal(0))
    for position, a in enumerate(amounts):
        share = weights.get(a.role)
        if share is None:
            continue
        weight = a.weight * share + 0.05 * position / len(amounts)
        weight += 0.08 if a.candidate.marked or a.candidate.decimals == 2 else -0.15
        if AmountRole.GROSS in weights and abs(a.value) == largest:
            weight += 0.15
        for n, text in enumerate((a.candidate.value, *a.candidate.others)):
            value = Decimal(text)
            fits = line_sum is not None and abs(value - line_sum) <= _TOLERANCE and AmountRole.NET in weights
            found.append(Reading(value, weight * (1.0 if n == 0 else 0.8) + (0.3 if fits else 0.0), a))
    return sorted(found, key=lambda r: r.weight, reverse=True)[:_MOST]


def _summed(amounts: Sequence[CaptionedAmount]) -> list[Reading]:
    """Return the sum of the tax amounts of several rates, or of the two halves that India parts its tax into, as one
    more reading of the tax total."""
    taxes = {(a.rate, a.candidate.value): a for a in amounts if a.role is AmountRole.TAX and a.value}
    rated = [a for (rate, _), a in taxes.items() if rate is not None]
    groups = [list(taxes.values()), rated] if len({rate for rate, _ in taxes}) >= 2 else []
    halves: dict[Decimal, dict[str, CaptionedAmount]] = {}
    for a in amounts:
        if a.role is AmountRole.TAX and a.value and (half := _HALF.search(a.caption)):
            halves.setdefault(a.value, {})[half.group().lower()] = a
    groups += [list(pair.values()) for pair in halves.values()]
    return [Reading(sum((a.value for a in group), Decimal(0)), 0.6, None) for group in groups if len(group) >= 2]


def _extras(amounts: Sequence[CaptionedAmount]) -> list[Decimal]:
    """Return what may stand between net and gross beside tax: rounding, charges, discounts and sums of them."""
    single = [a.value for a in amounts if a.role in (AmountRole.ROUNDING, AmountRole.CHARGE) and a.value]
    single += [-abs(a.value) for a in amounts if a.role is AmountRole.DISCOUNT and a.value]
    single = single[:6]
    sums = [sum(c, Decimal(0)) for n in (1, 2, 3) for c in combinations(single, n)]
    return list(dict.fromkeys(sums))[:30]


def _sums(
    nets: list[Reading], taxes: list[Reading], grosses: list[Reading], extras: list[Decimal]
) -> Iterator[tuple[float, Reading, Reading, Reading]]:
    """Yield every net, tax and gross that add up, with their score; sums over extras count a little less."""
    for n in nets:
        for t in taxes:
            for g in grosses:
                if g.amount is n.amount and n.amount is not None:
                    continue
                rest = g.value - n.value - t.value
                if t.value and (t.value < 0) != (g.value < 0) and g.value:
                    continue
                if t.value and abs(t.value) >= abs(n.value):
                    continue
                if abs(rest) <= _TOLERANCE:
                    yield 1.5 + n.weight + t.weight + g.weight + (0.2 if t.value else 0), n, t, g
                elif t.value and any(abs(rest - e) <= _CENT for e in extras):
                    yield 1.1 + n.weight + t.weight + g.weight, n, t, g


def _unproven(nets: list[Reading], taxes: list[Reading], grosses: list[Reading]) -> Totals:
    """Nothing adds up, or a part is not printed: take the plainest words, and let two parts tell the third."""
    gross = grosses[0] if grosses else None
    tax = next((t for t in taxes if t.amount is not None), None)
    named = [n for n in nets if n.amount and n.amount.role is not AmountRole.TOTAL]
    net = next((n for n in named if gross is None or n.amount is not gross.amount), None)
    if gross and net and tax is None and net.value == gross.value:
        return Totals(net=net, tax=Reading(Decimal(0), 0.5), gross=gross, agrees=True)
    if net and tax and not (gross and gross.amount and gross.amount.role is not AmountRole.DUE):
        whole = next((g for g in grosses if abs(g.value - net.value - tax.value) <= _TOLERANCE), None)
        gross = whole or gross
    return Totals(net=net, tax=tax, gross=gross)


def _untaxed(totals: Totals, extras: list[Decimal]) -> Totals:
    """Where no tax is named and freight or a discount leads from the subtotal to the total, that total is net."""
    net, gross = totals.net, totals.gross
    if totals.tax or not (net and gross and net.amount and net.amount.role is AmountRole.SUBTOTAL):
        return totals
    if not any(abs(gross.value - net.value - extra) <= _CENT for extra in extras):
        return totals
    return replace(totals, net=replace(gross, weight=min(gross.weight, 0.9)), agrees=True)


def _due(amounts: Sequence[CaptionedAmount], totals: Totals) -> tuple[Reading | None, Reading | None]:
    """Return what was paid before and what remains; without words for it, the gross total remains."""
    paid = [Reading(abs(a.value), a.weight, a) for a in amounts if a.role is AmountRole.PREPAID]
    due = [Reading(a.value, a.weight, a) for a in amounts if a.role is AmountRole.DUE]
    gross = totals.gross.value if totals.gross else None
    for p in paid:
        for d in due:
            if gross is not None and p.value and abs(gross - p.value - d.value) <= _TOLERANCE:
                return p, replace(d, weight=0.98)
    for d in due:
        if gross is not None and d.value == gross:
            return next((p for p in paid if p.value and p.value < abs(gross)), None), replace(
                d, weight=min(1.0, d.weight + 0.1)
            )
    due = [d for d in due if d.amount and (d.amount.candidate.marked or d.amount.candidate.decimals == 2)]
    prepaid = next((p for p in paid if p.value), None)
    named = next((d for d in reversed(due) if gross is None or abs(d.value) <= abs(gross) + 1), None)
    if named is None and totals.gross and prepaid is None:
        named = replace(totals.gross, weight=totals.gross.weight * 0.9)
    return prepaid, named


def _rows(amounts: Sequence[CaptionedAmount], totals: Totals) -> tuple[TaxRow, ...]:
    """Return the tax breakdown: the tax amounts with a rate that make up the tax total."""
    taxes: dict[tuple[Decimal | None, str], CaptionedAmount] = {}
    for a in amounts:
        if a.role is AmountRole.TAX and (a.rate is not None or a.base is not None):
            key = (a.rate, a.candidate.value)
            if key not in taxes or (a.base and not taxes[key].base):
                taxes[key] = a
    rows = [_row(a, totals, len(taxes)) for a in taxes.values()]
    if not rows and totals.tax and totals.tax.amount and totals.net and totals.agrees and totals.net.value:
        rate = (totals.tax.value / totals.net.value * 100).quantize(Decimal(1), ROUND_HALF_UP)
        if abs(totals.net.value * rate / 100 - totals.tax.value) <= _TOLERANCE:
            rows = [TaxRow(rate, totals.net, totals.tax)]
    total = sum((r.tax.value for r in rows), Decimal(0))
    if totals.tax and abs(total - totals.tax.value) > _TOLERANCE:
        rows = [r for r in rows if abs(r.tax.value - totals.tax.value) <= _TOLERANCE][:1]
    return tuple(rows)


def _row(a: CaptionedAmount, totals: Totals, count: int) -> TaxRow:
    tax = Reading(a.value, a.weight, a)
    if a.base is not None:
        return TaxRow(a.rate, Reading(Decimal(a.base.value), a.weight, replace(a, candidate=a.base)), tax)
    if (
        count == 1
        and totals.net
        and a.rate is not None
        and abs(totals.net.value * a.rate / 100 - a.value) <= _TOLERANCE
    ):
        return TaxRow(a.rate, totals.net, tax)
    return TaxRow(a.rate, None, tax)
