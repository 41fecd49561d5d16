"""Booking once, whatever happens on the way, and telling what the ERP made of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.decision import ApprovedDocument
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import Entry
from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.domain.record import BookedRecord, RecordRef, RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.errors import AnswerLost, Rejected
from pipeline.post.post import post
from pipeline.validate.decide import decide
from pipeline.validate.lookup import gather
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, TONER, bill, customer_order

ORIGINAL = SourceFile("RE-2026-0417.pdf", "application/pdf", b"%PDF-1.7")
POLICY = Policy()


def approved(extraction: Extraction, erp: MemoryErp) -> ApprovedDocument:
    decided = decide(validate(extraction, gather(extraction, erp, POLICY), POLICY, TODAY), POLICY)
    assert isinstance(decided, ApprovedDocument), decided.decision.message
    return decided


class LosesTheAnswer(MemoryErp):
    """Books, or does not, and never says so."""

    books = True

    def post(self, entry: Entry) -> RecordRef:
        if self.books:
            super().post(entry)
        raise AnswerLost("The connection was closed before the reply.")


class Meddles(MemoryErp):
    """Holds something else than it was sent, and warns."""

    def read(self, record: RecordRef) -> BookedRecord:
        held = super().read(record)
        return replace(held, tax_total=Decimal("184.12"), attachments=(), warnings=("A similar invoice exists",))


def test_a_bill_is_booked_with_its_original_and_read_back() -> None:
    erp = MemoryErp.of(COMPANY)
    posting = post(approved(bill(), erp), erp, ORIGINAL)
    assert posting.findings == ()
    assert posting.record.ref.type is RecordType.BILL
    assert posting.record.gross_total == Decimal("1153.11")
    assert posting.record.attachments == (ORIGINAL.name,)
    assert erp.purchase_orders("PO-2043")[0].lines[0].invoiced == 12


def test_a_customer_order_is_booked() -> None:
    erp = MemoryErp.of(COMPANY)
    posting = post(approved(customer_order(), erp), erp, ORIGINAL)
    assert posting.findings == ()
    assert posting.record.ref.type is RecordType.SALES_ORDER


def test_a_credit_note_after_its_bill_is_booked() -> None:
    erp = MemoryErp.of(COMPANY)
    post(approved(bill(), erp), erp, ORIGINAL)
    credit = bill(
        lines=[{**TONER, "quantity": "1", "net_amount": "62.00"}],
        kind=Kind.CREDIT_NOTE,
        invoice_number="GS-9",
        preceding_invoice_reference="RE-2026-0417",
        net_total="62.00",
        tax_total="11.78",
        gross_total="73.78",
        amount_due="73.78",
    )
    posting = post(approved(replace(credit, sha256="cd" * 32), erp), erp, ORIGINAL)
    assert posting.findings == ()
    assert posting.record.ref.type is RecordType.CREDIT_NOTE
    assert posting.record.lines[0].order_line_id == "PO-2043/1"


def test_doing_it_twice_is_doing_it_once() -> None:
    erp = MemoryErp.of(COMPANY)
    document = approved(bill(), erp)
    first, second = post(document, erp, ORIGINAL), post(document, erp, ORIGINAL)
    assert first == second
    assert len(erp.bills("S2", "RE-2026-0417")) == 1


def test_a_lost_answer_is_looked_up() -> None:
    erp = LosesTheAnswer.of(COMPANY)
    posting = post(approved(bill(), erp), erp, ORIGINAL)
    assert posting.findings == ()
    assert len(erp.bills("S2", "RE-2026-0417")) == 1


def test_a_lost_answer_to_what_was_not_booked_can_be_tried_again() -> None:
    erp = LosesTheAnswer.of(COMPANY)
    erp.books = False
    document = approved(bill(), erp)
    with pytest.raises(AnswerLost):
        post(document, erp, ORIGINAL)
    assert erp.bills("S2", "RE-2026-0417") == ()
    erp.books = True
    assert post(document, erp, ORIGINAL).findings == ()


def test_a_cancelled_record_is_booked_anew() -> None:
    erp = MemoryErp.of(COMPANY)
    document = approved(bill(), erp)
    first = post(document, erp, ORIGINAL)
    erp.cancel(first.record.ref)
    second = post(document, erp, ORIGINAL)
    assert second.record.ref != first.record.ref
    assert second.findings == ()


def test_what_the_erp_holds_otherwise_is_told() -> None:
    erp = Meddles.of(COMPANY)
    found = post(approved(bill(), erp), erp, ORIGINAL).findings
    assert [(f.code.value, f.fields) for f in found] == [
        ("READ_BACK_DIFFERS", ("tax_total",)),
        ("READ_BACK_DIFFERS", ("attachments",)),
        ("ERP_WARNED", ()),
    ]
    assert "184.11" in found[0].message
    assert "184.12" in found[0].message


def test_a_refusal_passes_through() -> None:
    erp = MemoryErp.of(COMPANY)
    document = approved(bill(), erp)
    stranger = replace(document, overrides={"party_id": "S99"})
    with pytest.raises(Rejected):
        post(stranger, erp, ORIGINAL)
