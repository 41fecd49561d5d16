"""Documents that came before, and amounts that need an approval."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.domain.policy import Policy
from pipeline.domain.record import RecordRef, RecordType
from pipeline.validate.facts import EarlierDocument, KnownBill
from tests.validate.documents import (
    bill,
    facts,
)
from tests.validate.situations.row import Row, block, warn

BOOKED = RecordRef(RecordType.BILL, "17", "2026/17")
EARLIER = EarlierDocument("old.pdf", "cd" * 32, "posted as bill 17", party_id="S2", number="RE 2026 0417")

ROWS = [
    Row("booked in the ERP", bill(), (block("DUPLICATE"),), facts(bills=(KnownBill("S2", "RE-2026-0417", BOOKED),))),
    Row(
        "booked from this very document",
        bill(),
        (),
        facts(bills=(KnownBill("S2", "RE-2026-0417", BOOKED),), own_record=BOOKED),
    ),
    Row("another supplier's number", bill(), (), facts(bills=(KnownBill("S1", "RE-2026-0417", BOOKED),))),
    Row(
        "its number is booked as a credit note",
        bill(),
        (warn("DUPLICATE"),),
        facts(bills=(KnownBill("S2", "RE-2026-0417", RecordRef(RecordType.CREDIT_NOTE, "3")),)),
    ),
    Row(
        "same content", bill(), (block("DUPLICATE"),), facts(earlier=(replace(EARLIER, sha256="ab" * 32, number=None),))
    ),
    Row(
        "other pages of the same file",
        bill(),
        (),
        facts(earlier=(replace(EARLIER, sha256="ab" * 32, number=None, first_page=2, last_page=3),)),
    ),
    Row(
        "same number in another format",
        bill(),
        (block("DUPLICATE"),),
        facts(earlier=(replace(EARLIER, gross=Decimal("1153.11")),)),
    ),
    Row(
        "same number, another amount",
        bill(),
        (warn("DUPLICATE"),),
        facts(earlier=(replace(EARLIER, gross=Decimal("999.00")),)),
    ),
    Row("same number, another sender", bill(), (), facts(earlier=(replace(EARLIER, party_id="S1"),))),
    Row(
        "same number, known by name only",
        bill(),
        (block("DUPLICATE"),),
        facts(earlier=(replace(EARLIER, party_id=None, seller="Lindemann Bürotechnik"),)),
    ),
    Row(
        "a digit misread, same day and amount",
        bill(),
        (warn("DUPLICATE"),),
        facts(
            earlier=(replace(EARLIER, number="RE-2026-0477", gross=Decimal("1153.11"), issue_date=date(2026, 10, 30)),)
        ),
    ),
    Row(
        "same digits, another day",
        bill(),
        (),
        facts(
            earlier=(replace(EARLIER, number="RE-2026-0477", gross=Decimal("1153.11"), issue_date=date(2026, 9, 30)),)
        ),
    ),
    Row(
        "above the limit",
        bill(),
        (block("ABOVE_APPROVAL_LIMIT"),),
        None,
        Policy(approval_limits={"EUR": Decimal(1153)}),
    ),
    Row("at the limit", bill(), (), None, Policy(approval_limits={"EUR": Decimal("1153.11")})),
    Row(
        "a currency without limit",
        bill(),
        (block("ABOVE_APPROVAL_LIMIT"),),
        None,
        Policy(approval_limits={"DKK": Decimal(9999)}),
    ),
]
