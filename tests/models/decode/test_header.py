"""Header fields chosen together: no words serve two, nobody bills himself, nothing is due before it is issued."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode import parties as choosing
from models.decode.header import choose_dates, choose_header, date_checks
from models.decode.totals import Checks, Weighed
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, HeaderField
from tests.models.decode.making import weighed

ISSUE, DUE, DELIVERY = HeaderField.ISSUE_DATE, HeaderField.DUE_DATE, HeaderField.DELIVERY_DATE
NUMBER, ORDER = HeaderField.INVOICE_NUMBER, HeaderField.PURCHASE_ORDER_REFERENCE
SELLER, BUYER = HeaderField.SELLER_NAME, HeaderField.BUYER_NAME
TOGETHER = frozenset({HeaderField.SELLER_REGISTRATION_ID, HeaderField.SELLER_VAT_ID})
PARTIES = frozenset({*choosing.SELLER, *choosing.BUYER})
PLAIN = sorted(set(HeaderField) - AMOUNT_FIELDS - DATE_FIELDS)


def values(chosen: dict[HeaderField, Weighed]) -> dict[HeaderField, str]:
    return {name: w.option.value for name, w in chosen.items()}


def chosen(*options: Weighed) -> dict[HeaderField, str]:
    by_name: dict[HeaderField, list[Weighed]] = {}
    for w in options:
        by_name.setdefault(HeaderField(w.option.name), []).append(w)
    return values(choose_header(by_name))


@given(
    st.lists(
        st.tuples(st.sampled_from(PLAIN), st.integers(0, 9), st.floats(-3, 5), st.sets(st.integers(0, 8), max_size=3)),
        max_size=25,
    )
)
def test_no_words_serve_two_fields(drawn: list[tuple[HeaderField, int, float, set[int]]]) -> None:
    options: dict[HeaderField, list[Weighed]] = {}
    for name, value, weight, words in drawn:
        options.setdefault(name, []).append(weighed(name, str(value), weight, *sorted(words)))
    found = choose_header(options)
    for name, w in found.items():
        assert w in options[name]
        assert w.weight > 0
        for other, rival in found.items():
            if name < other and {name, other} != TOGETHER:
                assert not set(w.option.words) & set(rival.option.words)
    for one, other in ((SELLER, BUYER), (HeaderField.SELLER_VAT_ID, HeaderField.BUYER_VAT_ID)):
        if one in found and other in found:
            assert found[one].option.key != found[other].option.key
    single = [max(w.weight for w in ranked) for name, ranked in options.items() if name not in PARTIES]
    if single and max(single) > 0:
        assert max(single) <= max(w.weight for w in found.values())


def test_the_field_with_more_behind_it_gets_the_words_the_other_its_next_best() -> None:
    assert chosen(weighed(NUMBER, "4711", 2, 5), weighed(ORDER, "4711", 3, 5), weighed(NUMBER, "R-9", 1, 8)) == {
        ORDER: "4711",
        NUMBER: "R-9",
    }


def test_the_seller_is_not_the_buyer() -> None:
    """The same name stands in letterhead and footer; wherever it stands, nobody bills himself."""
    assert chosen(
        weighed(SELLER, "Acme Ltd", 3, 1), weighed(BUYER, "ACME LTD", 2, 9), weighed(BUYER, "Lund & Søn", 1, 4)
    ) == {SELLER: "Acme Ltd", BUYER: "Lund & Søn"}


def test_a_danish_registration_number_is_also_the_vat_id() -> None:
    registration, vat = HeaderField.SELLER_REGISTRATION_ID, HeaderField.SELLER_VAT_ID
    assert chosen(weighed(registration, "88742524", 2, 3), weighed(vat, "DK88742524", 1, 3)) == {
        registration: "88742524",
        vat: "DK88742524",
    }


def test_values_without_words_do_not_stand_in_each_others_way() -> None:
    assert chosen(weighed(NUMBER, "1", 1), weighed(HeaderField.CURRENCY, "EUR", 1)) == {
        NUMBER: "1",
        HeaderField.CURRENCY: "EUR",
    }


def test_fields_that_nothing_speaks_for_are_absent() -> None:
    assert chosen(weighed(NUMBER, "1", -0.5, 1), weighed(ISSUE, "2026-01-01", -0.5, 2)) == {}
    assert chosen() == {}


def test_totals_are_left_to_those_who_add_them_up() -> None:
    assert chosen(weighed(HeaderField.NET_TOTAL, "10", 5, 1)) == {}


DAYS = st.dates().map(lambda day: day.isoformat())


@given(st.lists(st.tuples(DAYS, st.floats(0.1, 2.5)), min_size=1, max_size=3), DAYS, st.floats(0.1, 2.5), st.data())
def test_nothing_is_due_before_it_is_issued_where_another_choice_is_nearly_as_good(
    issues: list[tuple[str, float]], due: str, support: float, data: st.DataObject
) -> None:
    options = {
        ISSUE: [weighed(ISSUE, day, weight, number) for number, (day, weight) in enumerate(issues)],
        DUE: [weighed(DUE, due, support, 10), weighed(DUE, max(day for day, _ in issues), support - 0.1, 11)],
    }
    found = values(choose_dates(options))
    assert ISSUE in found or DUE in found
    if ISSUE in found and DUE in found:
        assert found[ISSUE] <= found[DUE]


def test_one_date_is_not_taken_for_both() -> None:
    options = {ISSUE: [weighed(ISSUE, "2026-11-24", 2, 4)], DUE: [weighed(DUE, "2026-11-24", 1, 4)]}
    assert values(choose_dates(options)) == {ISSUE: "2026-11-24"}
    options[DUE].append(weighed(DUE, "2026-12-24", 0.5, 6))
    assert values(choose_dates(options)) == {ISSUE: "2026-11-24", DUE: "2026-12-24"}


def test_the_issue_date_may_be_the_delivery_date_too() -> None:
    options = {ISSUE: [weighed(ISSUE, "2026-11-24", 2, 4)], DELIVERY: [weighed(DELIVERY, "2026-11-24", 1, 4)]}
    assert values(choose_dates(options)) == {ISSUE: "2026-11-24", DELIVERY: "2026-11-24"}


def test_a_number_does_not_take_the_words_of_a_date() -> None:
    assert chosen(weighed(ISSUE, "2026-11-24", 1, 4), weighed(NUMBER, "20261124", 5, 4)) == {ISSUE: "2026-11-24"}


@pytest.mark.parametrize(
    ("issue", "due", "check"),
    [
        ("2026-11-24", "2026-12-24", Checks(held=1)),
        ("2026-11-24", "2026-11-24", Checks(held=1)),
        ("2026-12-24", "2026-11-24", Checks(broken=1)),
    ],
)
def test_the_order_of_dates_is_checked(issue: str, due: str, check: Checks) -> None:
    both = {ISSUE: weighed(ISSUE, issue, 1), DUE: weighed(DUE, due, 1)}
    assert date_checks(both) == {ISSUE: check, DUE: check}
    assert date_checks({ISSUE: both[ISSUE]}) == {}


def test_the_due_date_is_not_the_delivery_date_too() -> None:
    options = {
        ISSUE: [weighed(ISSUE, "2026-11-01", 3, 1)],
        DUE: [weighed(DUE, "2026-11-24", 2, 4)],
        DELIVERY: [weighed(DELIVERY, "2026-11-24", 1, 4)],
    }
    assert values(choose_dates(options)) == {ISSUE: "2026-11-01", DUE: "2026-11-24"}
