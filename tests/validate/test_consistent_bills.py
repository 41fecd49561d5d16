"""Bills whose numbers agree pass without a word; one wrong number gives exactly the finding that names it."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.decision import ApprovedDocument
from pipeline.domain.entry import BillEntry
from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.domain.record import RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.post.entry import entry_of
from pipeline.validate.decide import decide
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, amount, bill, facts, holding

CENT = Decimal("0.01")
STEADY = settings(max_examples=100, deadline=None, derandomize=True)
RATES = (Decimal(25), Decimal(19), Decimal("8.1"), Decimal(7), Decimal(0))
POLICY = Policy(require_purchase_order=False, approval_limits={"EUR": Decimal(10) ** 12})
NO_ORDERS = facts(orders=())


@dataclass(frozen=True)
class Item:
    """A line of a consistent bill."""

    quantity: Decimal
    price: Decimal
    rate: Decimal
    discount: Decimal

    @property
    def net(self) -> Decimal:
        return (self.quantity * self.price - self.discount).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Paper:
    """A consistent bill: items, a charge and an allowance on the whole at the first rate, signs as printed."""

    items: tuple[Item, ...]
    charge: Decimal
    allowance: Decimal
    negative: bool
    breakdown: bool

    @property
    def net(self) -> Decimal:
        return sum((item.net for item in self.items), Decimal(0)) + self.charge - self.allowance

    def tax_of(self, rate: Decimal) -> Decimal:
        return (self.base(rate) * rate / 100).quantize(CENT, ROUND_HALF_UP)

    def base(self, rate: Decimal) -> Decimal:
        own = sum((item.net for item in self.items if item.rate == rate), Decimal(0))
        return own + self.charge - self.allowance if self.items[0].rate == rate else own

    @property
    def rates(self) -> list[Decimal]:
        return sorted({item.rate for item in self.items})

    @property
    def tax(self) -> Decimal:
        return sum((self.tax_of(rate) for rate in self.rates), Decimal(0))

    def extraction(self, **changed: str) -> Extraction:
        sign = -1 if self.negative else 1
        totals = {"net_total": self.net, "tax_total": self.tax, "gross_total": self.net + self.tax}
        stated: dict[str, Any] = {name: amount(sign * value) for name, value in totals.items()}
        stated |= {"amount_due": stated["gross_total"], **changed}
        return bill(
            lines=[
                {
                    "description": f"Item {i}",
                    "quantity": amount(sign * item.quantity),
                    "unit_price": amount(item.price),
                    "discount": amount(item.discount),
                    "tax_rate": amount(item.rate),
                    "net_amount": amount(sign * item.net),
                }
                for i, item in enumerate(self.items)
            ],
            kind=Kind.CREDIT_NOTE if self.negative else Kind.INVOICE,
            without=["purchase_order_reference"],
            tax_breakdown=[
                (amount(rate), amount(sign * self.base(rate)), amount(sign * self.tax_of(rate))) for rate in self.rates
            ]
            if self.breakdown
            else (),
            totals={"charge_total": amount(sign * self.charge), "allowance_total": amount(sign * self.allowance)},
            **stated,
        )


def cents(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda n: Decimal(n) / 100)


@st.composite
def items(draw: st.DrawFn, rates: st.SearchStrategy[Decimal]) -> Item:
    quantity = draw(st.one_of(st.integers(1, 500).map(Decimal), cents(1, 5000)))
    price = draw(cents(100, 100_000))
    discount = draw(st.one_of(st.just(Decimal(0)), cents(0, int(quantity * price * 50))))
    return Item(quantity, price, draw(rates), discount)


@st.composite
def papers(draw: st.DrawFn, negative: st.SearchStrategy[bool] = st.booleans()) -> Paper:  # noqa: B008 — immutable
    one_rate = draw(st.booleans())
    rates = st.just(draw(st.sampled_from(RATES))) if one_rate else st.sampled_from(RATES)
    lines = draw(st.lists(items(rates), min_size=1, max_size=8))
    whole = sum((x.net for x in lines if x.rate == lines[0].rate), Decimal(0))
    charge = draw(st.one_of(st.just(Decimal(0)), cents(1, 20_000)))
    allowance = draw(st.one_of(st.just(Decimal(0)), cents(0, int(whole * 50))))
    several = len({x.rate for x in lines}) > 1
    breakdown = draw(st.booleans()) or (several and bool(charge or allowance))
    return Paper(tuple(lines), charge, allowance, draw(negative), breakdown)


def findings_of(extraction: Extraction) -> set[tuple[str, str]]:
    return set(holding(extraction, NO_ORDERS, POLICY))


@STEADY
@given(papers())
def test_a_consistent_bill_is_approved_and_its_entry_adds_up(paper: Paper) -> None:
    decided = decide(validate(paper.extraction(), NO_ORDERS, POLICY, TODAY), POLICY)
    assert isinstance(decided, ApprovedDocument), decided.decision.message
    entry = entry_of(decided)
    assert isinstance(entry, BillEntry)
    assert entry.type is (RecordType.CREDIT_NOTE if paper.negative else RecordType.BILL)
    assert (entry.net_total, entry.tax_total) == (paper.net, paper.tax)
    assert entry.gross_total == entry.net_total + entry.tax_total
    assert sum(line.net_amount for line in entry.lines) == entry.net_total
    for line in entry.lines:
        assert (line.quantity * line.unit_price).quantize(CENT, ROUND_HALF_UP) == line.net_amount
        assert line.tax_rate is not None
    by_rate = {rate: sum((x.net_amount for x in entry.lines if x.tax_rate == rate), Decimal(0)) for rate in paper.rates}
    assert by_rate == {rate: paper.base(rate) for rate in paper.rates}


faults = st.sampled_from([Decimal("0.10"), Decimal("1.00"), Decimal("-0.50"), Decimal("9.00"), Decimal("270.00")])


@STEADY
@given(papers(st.just(False)), faults)
def test_a_wrong_gross_total_is_the_one_finding(paper: Paper, fault: Decimal) -> None:
    wrong = paper.extraction(gross_total=amount(paper.net + paper.tax + fault))
    assert findings_of(wrong) == {("TOTALS_DISAGREE", "block")}


@STEADY
@given(papers(st.just(False)), faults)
def test_a_wrong_amount_due_is_the_one_finding(paper: Paper, fault: Decimal) -> None:
    due = paper.net + paper.tax + fault
    found = findings_of(paper.extraction(amount_due=amount(due)))
    rounded_for_payment = abs(fault) <= POLICY.cash_rounding and due % Decimal("0.05") == 0
    assert found == (set() if rounded_for_payment else {("AMOUNT_DUE_DISAGREES", "block")})


@STEADY
@given(papers(st.just(False)), faults)
def test_a_wrong_net_total_is_the_one_finding_and_is_named(paper: Paper, fault: Decimal) -> None:
    wrong = paper.extraction(net_total=amount(paper.net + fault))
    assert findings_of(wrong) == {("TOTALS_DISAGREE", "block")}
    (finding,) = [f for f in validate(wrong, NO_ORDERS, POLICY, TODAY).findings if f.code == "TOTALS_DISAGREE"]
    assert finding.fields == ("net_total",)


@STEADY
@given(papers(st.just(False)), faults)
def test_a_wrong_tax_total_is_the_one_finding_and_is_named(paper: Paper, fault: Decimal) -> None:
    wrong = paper.extraction(tax_total=amount(paper.tax + fault))
    assert findings_of(wrong) - {("AMOUNT_IMPLAUSIBLE", "block")} == {("TAX_DISAGREES", "block")}


@STEADY
@given(papers(st.just(False)), st.data())
def test_a_missing_line_is_the_one_finding(paper: Paper, data: st.DataObject) -> None:
    whole = paper.extraction()
    gone = data.draw(st.integers(0, len(paper.items) - 1))
    lines = tuple(line for i, line in enumerate(whole.lines) if i != gone)
    found = findings_of(replace(whole, lines=lines))
    if not lines:
        assert found == set()  # booked by its totals
    elif paper.items[gone].net > Decimal("0.05"):
        assert found == {("LINES_DISAGREE", "block")}


@STEADY
@given(papers(st.just(False)), st.data(), faults.filter(lambda fault: abs(fault) >= Decimal("0.50")))
def test_a_wrong_line_amount_is_the_one_finding(paper: Paper, data: st.DataObject, fault: Decimal) -> None:
    whole = paper.extraction()
    index = data.draw(st.integers(0, len(paper.items) - 1))
    item = paper.items[index]
    wrong = item.net + fault
    other_readings = {item.net + item.discount, item.quantity * item.price * (1 - item.discount / 100)}
    if any(abs(wrong - reading / base) <= Decimal("0.03") for reading in other_readings for base in (1, 100, 1000)):
        return
    if abs(paper.net + fault - paper.net - paper.tax) <= Decimal("0.05"):
        return  # the fault is the tax: the lines then add up to the gross total
    lines = list(whole.lines)
    columns = dict(lines[index])
    name = next(column for column in columns if column.value == "net_amount")
    columns[name] = replace(columns[name], value=amount(wrong), text=amount(wrong))
    lines[index] = columns
    assert findings_of(replace(whole, lines=tuple(lines))) == {("LINE_AMOUNT_DISAGREES", "block")}


@STEADY
@given(st.lists(items(st.just(Decimal(25))), min_size=1, max_size=5))
def test_lines_with_tax_are_booked_without_it(lines: list[Item]) -> None:
    paper = Paper(tuple(lines), Decimal(0), Decimal(0), negative=False, breakdown=True)
    whole = paper.extraction()
    grossed = []
    rest = paper.net + paper.tax
    for i, item in enumerate(lines):
        last = i == len(lines) - 1
        value = rest if last else (item.net * Decimal("1.25")).quantize(CENT, ROUND_HALF_UP)
        rest -= value
        columns = {c: f for c, f in whole.lines[i].items() if c.value not in ("unit_price", "discount")}
        name = next(column for column in columns if column.value == "net_amount")
        columns[name] = replace(columns[name], value=amount(value), text=amount(value))
        grossed.append(columns)
    decided = decide(validate(replace(whole, lines=tuple(grossed)), NO_ORDERS, POLICY, TODAY), POLICY)
    assert isinstance(decided, ApprovedDocument), decided.decision.message
    entry = entry_of(decided)
    assert isinstance(entry, BillEntry)
    assert sum(line.net_amount for line in entry.lines) == entry.net_total == paper.net
