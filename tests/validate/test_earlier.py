"""Earlier documents become facts, however badly they were read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.domain.policy import Policy
from pipeline.domain.vocabulary import Kind
from pipeline.validate.earlier import earlier_document
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, bill, customer_order, facts


def test_a_bill_and_an_order() -> None:
    known = earlier_document("a.pdf", bill(gross_total="-1153.11", net_total="-969.00"), "posted as bill 17")
    assert (known.kind, known.number, known.seller) == (Kind.INVOICE, "RE-2026-0417", "Lindemann Bürotechnik GmbH")
    assert (known.gross, known.issue_date) == (Decimal("1153.11"), date(2026, 10, 30))
    ordered = earlier_document("o.pdf", customer_order(), "posted")
    assert (ordered.number, ordered.seller, ordered.gross) == ("7731", "Skovgaard Arkitekter ApS", None)


def test_what_was_misread_is_absent() -> None:
    known = earlier_document("a.pdf", bill(gross_total="l153", amount_due="?", issue_date="2026-02-30"), "reviewed")
    assert known.gross == Decimal("1153.11")  # net and tax still give it
    assert known.issue_date is None


def test_the_same_bill_drawn_anew_is_a_duplicate() -> None:
    first = earlier_document("first.pdf", bill(), "posted as bill 17")
    again = replace(bill(invoice_number="RE 2026-0417"), sha256="cd" * 32)
    found = validate(again, facts(earlier=(first,)), Policy(), TODAY).findings
    (duplicate,) = [f for f in found if f.code.value == "DUPLICATE"]
    assert "first.pdf has the same sender and number" in duplicate.message
    assert "it was posted as bill 17" in duplicate.message
