"""What a person does with a document that waits for them, and what comes of its message."""

from pathlib import Path

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.desk import Desk
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.record import RecordRef
from pipeline.errors import Rejected
from pipeline.store.records import PostingState
from tests.flow.office import Office, einvoice, invoice, mail, states


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office in which one invoice is booked and its repetition, in another file, waits for a person."""
    office = Office(tmp_path)
    name, content, kind = einvoice()
    office.deliver("a.eml", mail("Invoice", (name, content, kind)))
    office.deliver("b.eml", mail("Again", ("again.xml", content + b"\n", kind)))
    office.work()
    assert office.outcome("b.eml").status is OutcomeStatus.REVIEW
    return office


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.store, office.mailbox, office.erp, actor="kirsten")


def document(office: Office, name: str) -> str:
    (line,) = office.documents(name)
    return str(line.id)


def test_a_document_that_needs_no_record_is_dismissed(office: Office, desk: Desk) -> None:
    desk.dismiss(document(office, "b.eml"), "It is a reminder.")

    assert states(office.documents("b.eml")) == [("skipped", "DISMISSED")]
    outcome = office.outcome("b.eml")
    assert (outcome.status, outcome.message) == (OutcomeStatus.SKIPPED, "It is a reminder.")
    assert office.mailbox.acknowledged[-1][1] == outcome
    done = [row.actor for row in office.store.audit_rows(document(office, "b.eml")) if row.event == "document_finished"]
    assert done[-1] == "kirsten"
    assert office.work() == 0


def test_a_record_is_taken_back_and_the_corrected_invoice_booked(office: Office, desk: Desk) -> None:
    (booked,) = office.records()
    desk.cancel(document(office, "a.eml"), "Booked by mistake.")

    assert office.erp.read(booked).cancelled
    assert states(office.documents("a.eml")) == [("skipped", "CANCELLED")]
    posting = office.store.posting(document(office, "a.eml"))
    assert posting is not None
    assert posting.state is PostingState.CANCELLED

    desk.retry(document(office, "b.eml"))
    assert office.work() == 1
    assert states(office.documents("b.eml")) == [("posted", "POSTED")]
    assert len(office.erp.bills("S3", "BW-10377")) == 1
    assert office.store.verify_audit() is None


def test_a_review_that_is_tried_again_without_a_change_waits_again(office: Office, desk: Desk) -> None:
    for tries in (1, 2):
        desk.retry(document(office, "b.eml"))
        assert office.work() == 1, f"try {tries}"
        assert states(office.documents("b.eml")) == [("review", "DUPLICATE")]
    assert len(office.records()) == 1


def test_what_does_not_wait_is_left_alone(office: Office, desk: Desk) -> None:
    posted = document(office, "a.eml")
    for act in (desk.retry, lambda it: desk.dismiss(it, "x"), lambda it: desk.cancel(document(office, "b.eml"), "x")):
        with pytest.raises(Rejected, match="bilag"):
            act(posted)
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]


def test_one_of_two_documents_is_dismissed(tmp_path: Path) -> None:
    office = Office(tmp_path)
    dear = einvoice("PO-2046", "BW-2", lines=tuple(invoice("PO-2049").lines))
    office.deliver("a.eml", mail("Two", einvoice(), dear))
    office.work()
    assert office.outcome("a.eml").status is OutcomeStatus.REVIEW
    waiting = next(line for line in office.documents("a.eml") if line.state.value == "review")

    Desk(office.store, office.mailbox, office.erp, actor="kirsten").dismiss(str(waiting.id), "Not ours.")

    assert office.outcome("a.eml").status is OutcomeStatus.POSTED


class LockedErp(MemoryErp):
    """Books that take nothing back."""

    def cancel(self, record: RecordRef) -> None:
        raise Rejected("The period is closed.", operator_hint="Open it.")


def test_what_the_erp_does_not_take_back_stays_booked(tmp_path: Path) -> None:
    office = Office(tmp_path, erp=LockedErp.of(COMPANY))
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()

    with pytest.raises(Rejected, match="period is closed"):
        Desk(office.store, office.mailbox, office.erp, actor="kirsten").cancel(document(office, "a.eml"), "x")

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
