"""Quantity times price, lines to net, net and tax to gross, gross to the amount due.

One wrong number breaks several sums. Where the other sums point at it, one finding names it, and the sums that only
follow from it stay silent.
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.domain.billing import Basis
from pipeline.domain.figures import LineFigures, to_cents
from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.totals import Totals, expected_tax
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import Case, block, info, line_field, money, plain, warn

_PRICE_BASES = (Decimal(1), Decimal(100), Decimal(1000))  # prices are also quoted per hundred and per thousand (BT-149)
_NAMES = {
    HeaderField.NET_TOTAL: "net total",
    HeaderField.TAX_TOTAL: "tax total",
    HeaderField.GROSS_TOTAL: "gross total",
}


def check_lines(case: Case) -> Iterator[Finding]:
    """Yield a finding for each line whose quantity, price and discount do not give its amount."""
    for line in case.figures.amount_lines:
        if (expected := expected_amount(case, line)) is not None and line.net_amount is not None:
            less = f" less {money(line.discount)}" if line.discount else ""
            assert line.quantity is not None  # an expected amount has both factors
            assert line.unit_price is not None
            yield block(
                ReasonCode.LINE_AMOUNT_DISAGREES,
                f"Line {line.index + 1}: {plain(line.quantity)} × {money(line.unit_price)}{less} is {money(expected)}, "
                f"the document says {money(line.net_amount)}. Correct the line, or ask the sender.",
                line_field(line.index, "net_amount"),
                line_field(line.index, "quantity"),
                line_field(line.index, "unit_price"),
            )


def check_totals(case: Case) -> Iterator[Finding]:
    """Yield findings on the totals of a bill: missing, not adding up, implausible."""
    totals = case.totals
    if totals is None:
        stated = ((HeaderField.NET_TOTAL, case.figures.net), (HeaderField.GROSS_TOTAL, case.figures.gross))
        missing = [name for name, value in stated if value is None]
        yield block(
            ReasonCode.FIELD_MISSING,
            f"No {' and no '.join(_NAMES[name] for name in missing)} was found, and they cannot be derived. Add them.",
            *(name.value for name in missing),
        )
        return
    yield from _derived(case, totals)
    if not _adds_up(case, totals):
        yield _disagreement(case, totals)
    elif totals.booked_tax != totals.tax:
        yield info(
            ReasonCode.TOTALS_DISAGREE,
            f"{money(totals.net)} net + {money(totals.tax)} tax is {money(totals.net + totals.tax)}, the document says "
            f"{money(totals.gross)}: a matter of rounding. The tax is booked as {money(totals.booked_tax)}.",
            HeaderField.TAX_TOTAL.value,
        )
    yield from _implausible(case, totals)


def check_lines_against_net(case: Case) -> Iterator[Finding]:
    """Yield a finding where the lines give neither the net nor the gross total, and no other finding explains it."""
    totals, lines = case.totals, case.lines
    if totals is None or lines is None or _is_net_suspect(case, totals):
        return
    if lines.basis is Basis.GROSS:
        yield info(
            ReasonCode.LINES_INCLUDE_TAX,
            f"The line amounts include tax: they add up to the gross total of {money(totals.gross)}. "
            "They are booked without it.",
            "lines",
        )
        return
    yield from _missing_amounts(case)
    if lines.basis is not Basis.UNPROVEN or any(line.amount is None for line in case.figures.amount_lines):
        return
    if _adds_up_when_lines_are_repaired(case, totals):
        return
    total = sum((line.amount or Decimal(0) for line in case.figures.amount_lines), Decimal(0))
    if case.policy.rounding.allows(totals.net, total + case.figures.adjustment):
        yield warn(
            ReasonCode.TAX_DISAGREES,
            f"Charges and allowances come to {money(case.figures.adjustment)}, and the breakdown does not say at which "
            "rate they are taxed. Give them their rates.",
            "tax_breakdown",
        )
        return
    if case.figures.adjustment:
        adjusted = f" and with charges and allowances of {money(case.figures.adjustment)} to"
        adjusted += f" {money(total + case.figures.adjustment)}"
    else:
        adjusted = ""
    yield block(
        ReasonCode.LINES_DISAGREE,
        f"The {len(case.figures.amount_lines)} lines add up to {money(total)}{adjusted}, the net total is "
        f"{money(totals.net)} and the gross total {money(totals.gross)}. A line is missing or misread.",
        "lines",
        HeaderField.NET_TOTAL.value,
    )


def check_amount_due(case: Case) -> Iterator[Finding]:
    """Yield a finding where gross total less prepaid amount is not the amount due, or something was prepaid."""
    totals, due, prepaid = case.totals, case.figures.due, case.figures.prepaid or Decimal(0)
    if totals is None:
        return
    if prepaid:
        yield warn(
            ReasonCode.PREPAYMENT_STATED,
            f"{money(prepaid)} of {money(totals.gross)} has been paid in advance. "
            "Settle the earlier payment when this is booked.",
            HeaderField.PREPAID_AMOUNT.value,
        )
    expected = totals.gross - prepaid + (case.figures.rounding or Decimal(0))
    if due is None or case.policy.rounding.allows(expected, due) or _is_gross_suspect(case, totals):
        return
    parts = [f"the gross total is {money(totals.gross)}"]
    parts += [f"{money(prepaid)} is prepaid"] if prepaid else []
    parts += [f"{money(case.figures.rounding)} is rounding"] if case.figures.rounding else []
    sentence = f"The amount due is {money(due)}, but {', '.join(parts)}"
    if abs(due - expected) <= case.policy.cash_rounding and due % Decimal("0.05") == 0:
        told = f"{sentence}: it was rounded by {money(due - expected)} for payment."
        yield info(ReasonCode.AMOUNT_DUE_DISAGREES, told, HeaderField.AMOUNT_DUE.value)
    else:
        yield block(
            ReasonCode.AMOUNT_DUE_DISAGREES,
            f"{sentence}. Look for a payment, a fee or a balance carried forward.",
            HeaderField.AMOUNT_DUE.value,
            HeaderField.GROSS_TOTAL.value,
        )


def expected_amount(case: Case, line: LineFigures) -> Decimal | None:
    """Return what the line's amount should be, None where it is that, or cannot be told.

    A printed discount may be an amount or a percentage, of either sign, or be taken off the price already; prices may
    be per 100. Where amounts include tax, prices may do so or not. Where the lines add up to the net total, the price
    may be a rounded one: half a unit of its last decimal, times the quantity, is then no fault.
    """
    if line.quantity is None or line.unit_price is None or line.net_amount is None:
        return None
    product = line.quantity * line.unit_price
    discount = line.discount or Decimal(0)
    readings = [product - discount, product - abs(discount), product]
    if abs(discount) <= 100:
        readings.append(product * (1 - abs(discount) / 100))
    basis = case.lines.basis if case.lines else None
    if basis is Basis.GROSS and line.tax_rate is not None:
        readings += [reading * (1 + line.tax_rate / 100) for reading in readings]
    if basis is Basis.NET and abs(readings[0] - line.net_amount) <= _price_rounding(line.quantity, line.unit_price):
        return None
    if any(
        case.policy.rounding.allows(reading / base, line.net_amount) for reading in readings for base in _PRICE_BASES
    ):
        return None
    return to_cents(product - discount)


def _price_rounding(quantity: Decimal, price: Decimal) -> Decimal:
    """Return how far an amount may lie off because its price is printed with few decimals."""
    exponent = price.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2  # superfluous zeros are not kept: at least two
    return abs(quantity) * Decimal(1).scaleb(-decimals) / 2


def has_disputed_amount(case: Case, index: int) -> bool:
    """Say whether the numbers of a line item (from 0) contradict each other."""
    return any(line.index == index and expected_amount(case, line) is not None for line in case.figures.amount_lines)


def _missing_amounts(case: Case) -> Iterator[Finding]:
    for line in case.figures.amount_lines:
        if line.amount is None:
            yield warn(
                ReasonCode.FIELD_MISSING,
                f"Line {line.index + 1} ({line.description or 'no description'}) has no amount. Add it.",
                line_field(line.index, "net_amount"),
            )


def _adds_up(case: Case, totals: Totals) -> bool:
    return case.policy.rounding.allows(totals.net + totals.tax, totals.gross)


def _adds_up_when_lines_are_repaired(case: Case, totals: Totals) -> bool:
    """Say whether the lines would add up were the amounts that `check_lines` names what they should be."""
    repaired = [expected_amount(case, line) or line.amount or Decimal(0) for line in case.figures.amount_lines]
    wrong = any(expected_amount(case, line) is not None for line in case.figures.amount_lines)
    return wrong and case.policy.rounding.allows(totals.net, sum(repaired, case.figures.adjustment))


def _lines_net(case: Case) -> Decimal | None:
    """Return what the lines, charges and allowances say the net total is."""
    lines = case.figures.amount_lines
    if not lines or any(line.amount is None for line in lines):
        return None
    return sum((line.amount for line in lines if line.amount is not None), case.figures.adjustment)


def _is_net_suspect(case: Case, totals: Totals) -> bool:
    """Say whether net is the wrong one of the three totals: the lines agree with gross less tax."""
    lines_net = _lines_net(case)
    return (
        not _adds_up(case, totals)
        and lines_net is not None
        and case.policy.rounding.allows(totals.gross - totals.tax, lines_net)
    )


def is_tax_suspect(case: Case, totals: Totals) -> bool:
    """Say whether tax is the wrong one of the three totals: the rates agree with gross less net."""
    expected = expected_tax(case.figures, totals.net)
    return (
        not _adds_up(case, totals)
        and expected is not None
        and case.policy.tax.allows(totals.gross - totals.net, expected)
    )


def _is_gross_suspect(case: Case, totals: Totals) -> bool:
    """Say whether gross is the wrong one: the amount due agrees with net and tax instead."""
    due = case.figures.due
    between = (case.figures.rounding or Decimal(0)) - (case.figures.prepaid or Decimal(0))
    return (
        not _adds_up(case, totals)
        and due is not None
        and case.policy.rounding.allows(totals.net + totals.tax + between, due)
    )


def _disagreement(case: Case, totals: Totals) -> Finding:
    """Word the one finding for totals that do not add up, naming the wrong one where the rest points at it."""
    total = totals.net + totals.tax
    sums = (
        f"{money(totals.net)} net + {money(totals.tax)} tax is {money(total)}, the document says {money(totals.gross)}"
    )
    if _is_net_suspect(case, totals):
        return block(
            ReasonCode.TOTALS_DISAGREE,
            f"{sums}. The lines give a net total of {money(totals.gross - totals.tax)}: check the net total.",
            HeaderField.NET_TOTAL.value,
        )
    if is_tax_suspect(case, totals):
        return block(
            ReasonCode.TAX_DISAGREES,
            f"{sums}. The rates give a tax of {money(totals.gross - totals.net)}: check the tax total.",
            HeaderField.TAX_TOTAL.value,
        )
    return block(
        ReasonCode.TOTALS_DISAGREE,
        f"{sums}. Correct the wrong one, or ask the sender for a new document.",
        *(name.value for name in (HeaderField.GROSS_TOTAL, HeaderField.NET_TOTAL, HeaderField.TAX_TOTAL)),
    )


def _derived(case: Case, totals: Totals) -> Iterator[Finding]:
    """Tell which totals the document does not state; they pass where an independent sum confirms them."""
    if not totals.derived:
        return
    names = [name for name in _NAMES if name in totals.derived]
    values = {
        HeaderField.NET_TOTAL: totals.net,
        HeaderField.TAX_TOTAL: totals.tax,
        HeaderField.GROSS_TOTAL: totals.gross,
    }
    told = " and ".join(f"{_NAMES[name]} (it would be {money(values[name])})" for name in names)
    fields = [name.value for name in names]
    if _is_confirmed(case, totals):
        yield info(ReasonCode.FIELD_MISSING, f"The document states no {told}; its other amounts confirm it.", *fields)
    else:
        yield warn(ReasonCode.FIELD_MISSING, f"The document states no {told}. Check it.", *fields)


def _is_confirmed(case: Case, totals: Totals) -> bool:
    """Say whether other amounts than those it was derived from confirm each derived total."""
    lines_net, expected = _lines_net(case), expected_tax(case.figures, totals.net)
    by_lines = lines_net is not None and case.policy.rounding.allows(totals.net, lines_net)
    by_rates = expected is not None and case.policy.tax.allows(totals.tax, expected)
    untaxed = not totals.tax and not any(case.figures.rates)
    confirmed = {
        HeaderField.NET_TOTAL: by_lines,
        HeaderField.TAX_TOTAL: by_rates or (untaxed and case.figures.net is not None),
        HeaderField.GROSS_TOTAL: case.figures.due is not None and (case.figures.tax is not None or by_rates),
    }
    return all(confirmed[name] for name in totals.derived)


def _implausible(case: Case, totals: Totals) -> Iterator[Finding]:
    if not totals.gross:
        yield warn(
            ReasonCode.AMOUNT_IMPLAUSIBLE,
            "The gross total is 0.00: nothing is asked for. Dismiss it, or correct the total.",
            HeaderField.GROSS_TOTAL.value,
        )
    if totals.net < 0 or totals.tax < 0:
        yield block(
            ReasonCode.AMOUNT_IMPLAUSIBLE,
            f"Net {money(totals.net)} and tax {money(totals.tax)} have not the sign of the gross total "
            f"{money(totals.gross)}. Correct them.",
            HeaderField.NET_TOTAL.value,
            HeaderField.TAX_TOTAL.value,
        )
    if case.figures.negative and case.kind is not Kind.CREDIT_NOTE:
        yield warn(
            ReasonCode.AMOUNT_IMPLAUSIBLE,
            f"This invoice is below nought (-{money(totals.gross)}): it is a credit note, and would be booked as one.",
            HeaderField.GROSS_TOTAL.value,
        )
