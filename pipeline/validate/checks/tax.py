"""Tax per rate: each breakdown entry, their sums, and the lines' rates against them."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.domain.billing import Basis
from pipeline.domain.figures import TaxFigures, to_cents
from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.totals import Totals, expected_tax
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, line_field, money, plain, warn
from pipeline.validate.checks.arithmetic import is_tax_suspect


def check_tax(case: Case) -> Iterator[Finding]:
    """Yield findings where rates, bases and tax amounts of a bill do not give one another."""
    totals = case.totals
    if totals is None or is_tax_suspect(case, totals):
        return
    entries = [_entry(case, index, entry) for index, entry in enumerate(case.figures.breakdown)]
    wrong = [finding for finding in entries if finding is not None]
    yield from wrong
    if not wrong:
        sums = list(_sums(case, totals))
        yield from sums
        if not sums:
            yield from _rates(case, totals)
    yield from _unknown_rate(case)


def _entry(case: Case, index: int, entry: TaxFigures) -> Finding | None:
    if entry.rate is None or entry.taxable is None or entry.tax is None:
        return None
    expected = to_cents(entry.taxable * entry.rate / 100)
    if case.policy.tax.allows(expected, entry.tax):
        return None
    return block(
        ReasonCode.TAX_DISAGREES,
        f"{plain(entry.rate)} % of {money(entry.taxable)} is {money(expected)}, the document says {money(entry.tax)}. "
        "Correct the breakdown.",
        f"tax_breakdown[{index}].tax_amount",
    )


def _sums(case: Case, totals: Totals) -> Iterator[Finding]:
    """Compare the breakdown's sums with the totals, where every entry has the amount."""
    entries = case.figures.breakdown
    taxes = [e.tax for e in entries if e.tax is not None]
    bases = [e.taxable for e in entries if e.taxable is not None]
    if entries and len(taxes) == len(entries) and not case.policy.tax.allows(totals.tax, total := _sum(taxes)):
        yield block(
            ReasonCode.TAX_DISAGREES,
            f"The breakdown's tax adds up to {money(total)}, the tax total is {money(totals.tax)}. "
            "A rate is missing or misread.",
            HeaderField.TAX_TOTAL.value,
            "tax_breakdown",
        )
        return  # the taxable amounts of the same entry would only say it again
    net_stated = HeaderField.NET_TOTAL not in totals.derived
    if (
        entries
        and net_stated
        and len(bases) == len(entries)
        and not case.policy.tax.allows(totals.net, total := _sum(bases))
        and case.policy.rounding.allows(totals.net + totals.tax, totals.gross)
    ):
        yield block(
            ReasonCode.TAX_DISAGREES,
            f"The breakdown's taxable amounts add up to {money(total)}, the net total is {money(totals.net)}. "
            "An entry is missing or misread.",
            HeaderField.NET_TOTAL.value,
            "tax_breakdown",
        )


def _rates(case: Case, totals: Totals) -> Iterator[Finding]:
    """Compare the tax total with what the rates give, and the lines' rates with the breakdown's."""
    rates = {entry.rate for entry in case.figures.breakdown if entry.rate is not None}
    if rates and len(rates) == len(case.figures.breakdown):
        for line in case.figures.amount_lines:
            if line.tax_rate is not None and line.tax_rate not in rates and line.amount:
                yield block(
                    ReasonCode.TAX_DISAGREES,
                    f"Line {line.index + 1} is taxed at {plain(line.tax_rate)} %, which the breakdown does not name.",
                    line_field(line.index, "tax_rate"),
                )
    lines_incomplete = case.lines is not None and case.lines.basis is Basis.UNPROVEN
    if any(entry.tax is not None for entry in case.figures.breakdown) or lines_incomplete:
        return
    expected = expected_tax(case.figures, totals.net)
    adds_up = case.policy.rounding.allows(totals.net + totals.tax, totals.gross)
    if adds_up and expected is not None and not case.policy.tax.allows(expected, totals.tax):
        named = " and ".join(f"{plain(rate)} %" for rate in sorted(case.figures.rates))
        yield block(
            ReasonCode.TAX_DISAGREES,
            f"Tax at {named} would be {money(expected)}, the tax total is {money(totals.tax)}. Check rate and total.",
            HeaderField.TAX_TOTAL.value,
        )


def _unknown_rate(case: Case) -> Iterator[Finding]:
    """Ask for the rates where nothing says at which rate a line is to be booked."""
    lines = case.lines
    if lines is None or lines.basis is Basis.UNPROVEN or all(line.tax_rate is not None for line in lines.lines):
        return
    yield warn(
        ReasonCode.TAX_DISAGREES,
        "No tax rate is stated, and none in force gives the tax total from the net total. Give each line its rate.",
        "tax_breakdown",
    )


def _sum(amounts: list[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
