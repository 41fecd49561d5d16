"""Net, tax, gross, prepaid and due: what is likely and adds up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode.totals import TOLERANCE, Checks, Known, Weighed, checks_of, choose_totals
from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import AMOUNT_FIELDS, HeaderField
from tests.models.decode.making import weighed

NET, TAX, GROSS = HeaderField.NET_TOTAL, HeaderField.TAX_TOTAL, HeaderField.GROSS_TOTAL
PREPAID, DUE = HeaderField.PREPAID_AMOUNT, HeaderField.AMOUNT_DUE
NOTHING = Known()
Options = Mapping[HeaderField, Sequence[Weighed]]

CENTS = st.integers(100, 10_000_000).map(lambda cents: Decimal(cents) / 100)
RATES = st.sampled_from([Decimal(rate) for rate in ("5", "7", "19", "21", "25")])
SUPPORT = st.floats(1.5, 3.0)
SIGNS = st.sampled_from([1, -1])


def bill(net: Decimal, rate: Decimal) -> dict[HeaderField, Decimal]:
    """Return totals that add up."""
    tax = (net * rate / 100).quantize(Decimal("0.01"))
    return {NET: net, TAX: tax, GROSS: net + tax}


def said(values: Mapping[HeaderField, Decimal], weight: float) -> dict[HeaderField, list[Weighed]]:
    return {name: [weighed(name, to_plain(value), weight)] for name, value in values.items()}


def amounts(chosen: Mapping[HeaderField, Weighed]) -> dict[HeaderField, Decimal]:
    return {name: w.amount for name, w in chosen.items()}


@given(CENTS, RATES, SIGNS, SUPPORT, st.data())
def test_a_bill_that_adds_up_needs_no_more_than_nearly_as_much_support(
    net: Decimal, rate: Decimal, sign: int, support: float, data: st.DataObject
) -> None:
    """One, two or all three totals have another reading with somewhat more behind it; credit notes are alike."""
    true = {name: sign * value for name, value in bill(net, rate).items()}
    options = said(true, support)
    for name in data.draw(st.sets(st.sampled_from([NET, TAX, GROSS]), min_size=1)):
        other = sign * data.draw(CENTS)
        options[name].insert(0, weighed(name, to_plain(other), support + data.draw(st.floats(0, 0.2))))
    chosen = amounts(choose_totals(options, NOTHING))
    assert set(chosen) == {NET, TAX, GROSS}
    assert abs(chosen[NET] + chosen[TAX] - chosen[GROSS]) <= TOLERANCE


@given(CENTS, RATES, SUPPORT, st.data())
def test_the_order_of_options_does_not_matter(net: Decimal, rate: Decimal, support: float, data: st.DataObject) -> None:
    options = said(bill(net, rate), support)
    for name in (NET, TAX, GROSS):
        options[name] += [weighed(name, to_plain(data.draw(CENTS)), support - 0.1 * i - 0.05) for i in range(3)]
    mixed = {name: data.draw(st.permutations(ranked)) for name, ranked in options.items()}
    assert amounts(choose_totals(mixed, NOTHING)) == amounts(choose_totals(options, NOTHING))


@given(CENTS, RATES, SUPPORT, st.data())
def test_a_credit_note_is_chosen_like_its_bill(
    net: Decimal, rate: Decimal, support: float, data: st.DataObject
) -> None:
    values = {**bill(net, rate), DUE: bill(net, rate)[GROSS]}
    options, against = said(values, support), said({name: -value for name, value in values.items()}, support)
    for name in values:
        other, weight = data.draw(CENTS), data.draw(st.floats(0, 4))
        options[name].append(weighed(name, to_plain(other), weight))
        against[name].append(weighed(name, to_plain(-other), weight))
    known, credited = Known(line_sum=net), Known(line_sum=-net)
    chosen, back = choose_totals(options, known), choose_totals(against, credited)
    assert amounts(back) == {name: -value for name, value in amounts(chosen).items()}
    assert checks_of(back, credited) == checks_of(chosen, known)


def test_of_two_consistent_bills_the_one_that_the_lines_sum_to_is_chosen() -> None:
    """Both add up with as much behind them: another bill is carried forward on the same page."""
    first, second = bill(Decimal("100.00"), Decimal(25)), bill(Decimal("260.00"), Decimal(25))
    options = {name: [*said(first, 2)[name], *said(second, 2)[name]] for name in first}
    for true in (first, second):
        assert amounts(choose_totals(options, Known(line_sum=true[NET]))) == true


def test_of_two_taxes_the_one_at_a_rate_of_the_document_is_chosen() -> None:
    options = {
        NET: [weighed(NET, "100", 2)],
        TAX: [weighed(TAX, "20", 2.1), weighed(TAX, "25", 2)],
        GROSS: [weighed(GROSS, "120", 2), weighed(GROSS, "125", 2)],
    }
    assert amounts(choose_totals(options, Known(rates=frozenset({Decimal(25)}))))[TAX] == 25
    assert amounts(choose_totals(options, NOTHING))[TAX] == 20


def test_a_sum_does_not_outweigh_a_certain_value() -> None:
    options = said(bill(Decimal(100), Decimal(25)), 0.2)
    options[GROSS].append(weighed(GROSS, "140", 6))
    assert amounts(choose_totals(options, NOTHING))[GROSS] == 140


def test_totals_that_nothing_speaks_for_are_left_out() -> None:
    options = {name: [weighed(name, "10", -3)] for name in AMOUNT_FIELDS}
    assert choose_totals(options, NOTHING) == {}
    assert choose_totals({}, NOTHING) == {}


def test_one_total_alone_is_enough() -> None:
    assert amounts(choose_totals({GROSS: [weighed(GROSS, "10", 1)]}, NOTHING)) == {GROSS: 10}


@pytest.mark.parametrize(("prepaid", "due"), [("40", "85"), ("-40", "85")])
def test_what_is_due_is_what_was_not_paid_before(prepaid: str, due: str) -> None:
    """A prepayment is printed with or without a minus."""
    options = said(bill(Decimal(100), Decimal(25)), 2)
    options[PREPAID] = [weighed(PREPAID, prepaid, 1)]
    options[DUE] = [weighed(DUE, "125", 1.2), weighed(DUE, due, 1)]
    chosen = choose_totals(options, NOTHING)
    assert amounts(chosen)[DUE] == Decimal(due)
    checks = checks_of(chosen, NOTHING)
    assert checks[PREPAID] == checks[DUE] == Checks(held=1)
    assert checks[GROSS] == Checks(held=2)


def given_all(**values: str) -> dict[HeaderField, Weighed]:
    return {HeaderField(name): weighed(name, value, 1) for name, value in values.items()}


WHOLE = given_all(net_total="100", tax_total="25", gross_total="125", prepaid_amount="25", amount_due="100")


def test_every_check_counts_for_all_that_take_part() -> None:
    known = Known(line_sum=Decimal("100.01"), rates=frozenset({Decimal(25)}))
    assert checks_of(WHOLE, known) == {
        NET: Checks(held=2),  # net + tax = gross, and the lines
        TAX: Checks(held=2),  # the rate
        GROSS: Checks(held=2),  # what is due
        PREPAID: Checks(held=1),
        DUE: Checks(held=1),
    }


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"net_total": "90"}, {NET: 2, TAX: 2, GROSS: 1}),  # the sum; the lines; the rate
        ({"tax_total": "24"}, {NET: 1, TAX: 2, GROSS: 1}),
        ({"gross_total": "126"}, {NET: 1, TAX: 1, GROSS: 2, PREPAID: 1, DUE: 1}),
        ({"amount_due": "99"}, {GROSS: 1, PREPAID: 1, DUE: 1}),
        ({"prepaid_amount": "26"}, {GROSS: 1, PREPAID: 1, DUE: 1}),
    ],
)
def test_a_wrong_total_breaks_its_checks_and_no_others(changed: dict[str, str], broken: dict[HeaderField, int]) -> None:
    known = Known(line_sum=Decimal(100), rates=frozenset({Decimal(25)}))
    found = checks_of(WHOLE | given_all(**changed), known)
    assert {name: check.broken for name, check in found.items() if check.broken} == broken
    before = checks_of(WHOLE, known)
    assert all(found[name].held + found[name].broken == before[name].held for name in before)


def test_what_is_not_there_is_not_checked() -> None:
    known = Known(line_sum=Decimal(100), rates=frozenset({Decimal(25)}))
    for size in range(1, 3):
        for names in permutations((NET, TAX, DUE), size):
            chosen = {name: WHOLE[name] for name in names}
            held = checks_of(chosen, known)
            assert held.keys() == chosen.keys()
            assert held.get(DUE, Checks()) == Checks()
    assert checks_of(WHOLE, NOTHING)[TAX] == Checks(held=1)
    assert checks_of({}, known) == {}


def test_lines_may_sum_to_the_gross() -> None:
    """Shops print prices with tax; then nothing is said against the net."""
    checks = checks_of(WHOLE, Known(line_sum=Decimal(125)))
    assert checks[GROSS] == Checks(held=3)
    assert checks[NET] == Checks(held=1)


def test_checks_are_added() -> None:
    assert Checks(1, 2) + Checks(3, 4) == Checks(4, 6)


def test_a_tax_made_of_two_rates_is_not_held_against_it() -> None:
    """100 at 19 % and 100 at 7 %: the document proves its tax, row by row, but not by one rate."""
    chosen = given_all(net_total="200", tax_total="26", gross_total="226")
    checks = checks_of(chosen, Known(rates=frozenset({Decimal(19), Decimal(7)})))
    assert checks[TAX].broken == 0


@pytest.mark.parametrize("prepaid", ["-25", "25"])
def test_a_credit_note_that_was_paid_in_part_adds_up(prepaid: str) -> None:
    chosen = given_all(net_total="-100", tax_total="-25", gross_total="-125", prepaid_amount=prepaid, amount_due="-100")
    assert checks_of(chosen, NOTHING)[DUE] == Checks(held=1)
