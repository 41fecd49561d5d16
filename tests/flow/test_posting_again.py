"""What was approved is checked again right before it is booked, one document at a time, and booked once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.entry import Entry
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.record import RecordRef
from pipeline.errors import BilagError, Unavailable
from pipeline.steps.approval import Approval
from pipeline.store.durable import Durable
from pipeline.store.engine import Backoff
from pipeline.store.records import PostingState
from tests.flow.office import Office, einvoice, invoice, mail, states


def half(number: str) -> tuple[str, bytes, str]:
    """Return a bill for the 12 of the order's 30 that were received."""
    lines = tuple(replace(line, quantity=Decimal(12)) for line in invoice("PO-2050").lines)
    return einvoice("PO-2050", number, lines=lines)


def billed(office: Office) -> list[Decimal]:
    return [line.invoiced for order in office.erp.purchase_orders("PO-2050") for line in order.lines]


def judged(office: Office) -> dict[str, Approval]:
    """Take every message as far as judging; return what was approved."""
    approved: dict[str, Approval] = {}
    for arrival in list(office.steps.arrivals()):
        office.steps.read(arrival.message_key, 0)
        for document in office.steps.pair(arrival.message_key):
            approval = office.steps.judge(document)
            assert approval is not None
            approved[document] = approval
    return approved


class SlowErp(MemoryErp):
    """Books in memory that take their time to book, which is when another document could slip in."""

    def post(self, entry: Entry) -> RecordRef:
        time.sleep(0.3)
        return super().post(entry)


def test_two_bills_of_one_order_judged_before_either_is_booked(tmp_path: Path) -> None:
    office = Office(tmp_path, erp=SlowErp.of(COMPANY))
    office.deliver("a.eml", mail("One", half("Q-1")))
    office.deliver("b.eml", mail("Two", half("Q-2")))
    approved = judged(office)
    assert len(approved) == 2

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda item: office.steps.post(*item), approved.items()))

    outcomes = sorted(states((*office.documents("a.eml"), *office.documents("b.eml"))))
    assert outcomes == [("posted", "POSTED"), ("review", "PO_NOT_RECEIVED")]
    assert billed(office) == [12]
    (held,) = [line for line in office.store.overview() if line.state.value == "review"]
    decision = office.store.decision(str(held.id))
    assert decision is not None
    assert (decision.route.value, decision.reason) == ("review", "PO_NOT_RECEIVED")


@pytest.mark.slow
def test_two_slots_bill_one_receipt_once(tmp_path: Path) -> None:
    class Together(MemoryErp):
        """Books in memory; lets the first two judgements go on only once both have seen the orders."""

        meeting = threading.Barrier(2)
        left = 2

        def bills(self, supplier_id: str, number: str) -> list[RecordRef]:
            if self.left:
                self.left -= 1
                self.meeting.wait(20)
            return list(super().bills(supplier_id, number))

    url = f"sqlite:///{tmp_path}/engine.db"
    engine = Durable(url, version="1", slots=2, backoff=Backoff(attempts=1, first=0.01))
    try:
        office = Office(tmp_path, erp=Together.of(COMPANY), engine=engine)
        office.deliver("a.eml", mail("One", half("Q-1")))
        office.deliver("b.eml", mail("Two", half("Q-2")))
        office.work()
        assert billed(office) == [12]
        assert sorted(office.outcome(name).status for name in ("a.eml", "b.eml")) == ["posted", "review"]
    finally:
        engine.close()


class AwayErp(MemoryErp):
    """Books in memory that take nothing while `away`."""

    away = False

    def post(self, entry: Entry) -> RecordRef:
        if self.away:
            raise Unavailable("The ERP does not answer.")
        return super().post(entry)


def test_an_approval_that_went_stale_while_the_erp_was_away(tmp_path: Path) -> None:
    """Meanwhile somebody billed the same receipt by another invoice: the number is free for whoever comes next."""
    erp = AwayErp.of(COMPANY)
    office = Office(tmp_path, erp=erp)
    office.deliver("a.eml", mail("One", half("Q-1")))
    ((document, approval),) = judged(office).items()
    erp.away = True
    with pytest.raises(Unavailable):
        office.steps.post(document, approval)

    erp.away = False
    other = Office(tmp_path / "other", erp=erp)
    other.deliver("x.eml", mail("Other", half("Q-9")))
    other.work()
    office.steps.post(document, approval)

    assert states(office.documents("a.eml")) == [("review", "PO_NOT_RECEIVED")]
    assert billed(office) == [12]
    posting = office.store.posting(document)
    assert posting is not None
    assert posting.state is PostingState.FAILED


def test_a_step_that_runs_again_after_its_outcome_does_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    ((document, approval),) = judged(office).items()
    office.steps.post(document, approval)
    head = office.store.audit_head()

    office.steps.post(document, approval)
    assert office.steps.judge(document) is None
    office.steps.give_up_document(document, BilagError("It broke."))

    assert office.store.audit_head() == head
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert len(office.records()) == 1


def test_a_booking_of_which_the_store_heard_nothing_is_found(tmp_path: Path) -> None:
    """As where the process died between the ERP's answer and its note: it is not billed twice, and not held."""
    office = Office(tmp_path)
    office.deliver("a.eml", mail("One", half("Q-1")))
    ((document, approval),) = judged(office).items()
    twin = Office(tmp_path / "twin", erp=office.erp)
    twin.deliver("a.eml", mail("One", half("Q-1")))
    twin.work()

    office.steps.post(document, approval)

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert office.documents("a.eml")[0].record == twin.documents("a.eml")[0].record
    assert billed(office) == [12]


def test_a_retry_asked_for_after_the_work_began_is_work_of_its_own(tmp_path: Path) -> None:
    """The process dies after queueing and before noting it; another document of the message is then retried, too."""
    erp = AwayErp.of(COMPANY)
    erp.away = True
    office = Office(tmp_path, erp=erp)
    office.deliver("a.eml", mail("Two", einvoice(), einvoice("PO-2046", "BW-10382")))
    office.work()
    first, second = office.store.dead_letters()
    erp.away = False
    office.store.retry_dead_letter(first.id, actor="operator")
    (arrival,) = office.steps.retries()
    office.engine.enqueue("message", arrival.work_key, arrival.message_key)
    office.engine.drain()

    office.store.retry_dead_letter(second.id, actor="operator")
    (again,) = office.steps.retries()
    assert again.work_key != arrival.work_key
    assert office.work() == 1

    assert states(office.documents("a.eml")) == [("posted", "POSTED")] * 2
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.store.due_retries() == ()
