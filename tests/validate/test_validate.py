"""Every situation of the table is found for what it is, and nothing else is found in it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.domain.finding import ReasonCode
from pipeline.domain.policy import Policy
from pipeline.validate.validate import validate
from tests.validate.documents import SERVICE, TODAY, TONER, bill, facts, field, findings, holding, order
from tests.validate.situations import customers, orders, parties, reading, repeats, sums
from tests.validate.situations.row import Row, changed

ROWS = [*reading.ROWS, *sums.ROWS, *parties.ROWS, *orders.ROWS, *repeats.ROWS, *customers.ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.extraction.kind.value.value}: {row.name}")
def test_situation(row: Row) -> None:
    assert sorted(holding(row.extraction, row.known, row.policy)) == sorted(row.expected)
    informing = {f.code.value for f in findings(row.extraction, row.known, row.policy) if f.severity.value == "info"}
    assert set(row.told) <= informing


def test_every_code_of_a_check_has_a_row() -> None:
    """The codes of reading and posting are other modules'; every other one is held or told by some row."""
    seen = {code for row in ROWS for code, _ in row.expected} | {code for row in ROWS for code in row.told}
    others = {
        c.value for c in ReasonCode if c.value.startswith(("FILE_", "READ_", "NO_WORDS", "TEXT_", "EINVOICE_", "ERP_"))
    }
    others |= {"SEVERAL_DOCUMENTS", "GAVE_UP"}
    assert {c.value for c in ReasonCode} - others - seen == set()


def test_sentences_carry_the_numbers_that_people_see() -> None:
    wrong = changed(SERVICE, net_amount="230.00")
    messages = [f.message for f in findings(bill(lines=[TONER, wrong]))]
    assert any(m.startswith("Line 2: 3 × 75.00 is 225.00, the document says 230.00.") for m in messages)
    messages = [f.message for f in findings(bill(), facts(order(line=0, received=Decimal(4))))]
    assert any("12 are billed, 4 of 12 have been received" in m for m in messages)


def test_findings_of_the_reading_come_first_and_are_not_repeated() -> None:
    ambiguous = bill(issue_date=field("2026-10-09", 0.85, field("2026-09-10", 0.82)))
    (own,) = [f for f in findings(ambiguous) if f.code is ReasonCode.VALUE_AMBIGUOUS]
    found = findings(replace(ambiguous, findings=(own,)))
    assert found[0] == own
    assert [f.code for f in found].count(ReasonCode.VALUE_AMBIGUOUS) == 1


def test_a_line_billed_in_parts_counts_as_a_whole() -> None:
    parts = [changed(quantity="6", net_amount="372.00"), changed(quantity="6", net_amount="372.00"), SERVICE]
    assert holding(bill(lines=parts)) == []
    assert holding(bill(lines=parts), facts(order(line=0, quantity=Decimal(11)))) == [("PO_QUANTITY_EXCEEDED", "block")]


def test_lines_in_another_language_and_order_are_matched_without_codes() -> None:
    bare = [changed(SERVICE, "item_code"), changed(TONER, "item_code")]
    result = validate(bill(lines=bare), facts(), Policy(), TODAY)
    assert [(m.line, m.order_line_id) for m in result.line_matches] == [(0, "PO-2043/2"), (1, "PO-2043/1")]


def test_order_lines_of_the_same_goods_are_filled_where_there_is_room() -> None:
    first = order().lines[0]
    twice = order(lines=(replace(first, invoiced=Decimal(12)), replace(first, id="later"), order().lines[1]))
    result = validate(bill(), facts(twice), Policy(), TODAY)
    assert result.line_matches[0].order_line_id == "later"
    assert not [f for f in result.findings if f.severity.value != "info"]
