"""What a person cancelled or dismissed can be booked after all: by another try, or by sending it again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.desk import Desk
from pipeline.domain.entry import Entry
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.record import BookedRecord, RecordRef
from pipeline.errors import AnswerLost, Rejected, Unavailable
from pipeline.ingest.filters import Filters
from pipeline.store.records import PostingState
from tests.flow.office import Office, einvoice, mail, states


def at(office: Office) -> Desk:
    return Desk(office.store, office.mailbox, office.erp, actor="kirsten")


def document(office: Office, name: str) -> str:
    (line,) = office.documents(name)
    return str(line.id)


def booked(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    at(office).cancel(document(office, "a.eml"), "Wrong period.")
    return office


def held(tmp_path: Path) -> Office:
    """An office that held an invoice because its order was unknown, and dismissed it; now the order is there."""
    erp = MemoryErp.of(COMPANY)
    orders, erp._orders = erp._orders, {}
    office = Office(tmp_path, erp=erp)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    assert office.outcome("a.eml").status is OutcomeStatus.REVIEW
    at(office).dismiss(document(office, "a.eml"), "We ordered nothing.")
    erp._orders = orders
    return office


@pytest.mark.parametrize("given", [booked, held])
def test_it_is_tried_again(tmp_path: Path, given: Callable[[Path], Office]) -> None:
    office = given(tmp_path)
    at(office).retry(document(office, "a.eml"))

    assert office.work() == 1

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert len(office.erp.bills("S3", "BW-10377")) == 1


@pytest.mark.parametrize("given", [booked, held])
def test_the_same_file_sent_again_is_worked_on(tmp_path: Path, given: Callable[[Path], Office]) -> None:
    office = given(tmp_path)
    office.deliver("b.eml", mail("Invoice, once more", einvoice()))
    office.deliver("c.eml", mail("And again", einvoice()))

    office.work()

    assert states(office.documents("b.eml")) == [("posted", "POSTED")]
    assert states(office.documents("c.eml")) == [("duplicate", "DUPLICATE")]
    assert len(office.erp.bills("S3", "BW-10377")) == 1
    assert office.erp.read(office.documents("b.eml")[0].record).attachments == ("BW-10377.xml",)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [booked, held])
def test_the_very_same_message_sent_again_is_worked_on(tmp_path: Path, given: Callable[[Path], Office]) -> None:
    office = given(tmp_path)
    office.deliver("b.eml", (office.inbox / "a.eml").read_bytes())

    office.work()

    assert states(office.documents("b.eml")) == [("posted", "POSTED")]


def test_the_record_of_the_file_sent_again_is_not_the_first_ones(tmp_path: Path) -> None:
    office = booked(tmp_path)
    office.deliver("b.eml", mail("Invoice, once more", einvoice()))
    office.work()
    at(office).retry(document(office, "a.eml"))
    office.work()
    assert states(office.documents("a.eml")) == [("review", "DUPLICATE")]

    with pytest.raises(Rejected, match="no record"):
        at(office).cancel(document(office, "a.eml"), "x")
    at(office).dismiss(document(office, "a.eml"), "It was sent again.")

    assert states(office.documents("b.eml")) == [("posted", "POSTED")]
    assert len(office.erp.bills("S3", "BW-10377")) == 1


def test_a_message_that_a_filter_refused_is_read_when_it_comes_again(tmp_path: Path) -> None:
    refusing = Office(tmp_path, filters=Filters(deny_senders=("*@brightwater.example",)))
    content = refusing.deliver("a.eml", mail("Invoice", einvoice()))
    refusing.work()
    assert refusing.outcome("a.eml").reason == "SENDER_DENIED"

    office = Office(tmp_path)
    office.deliver("b.eml", content)
    office.work()

    assert office.outcome("b.eml").status is OutcomeStatus.POSTED


class LosingErp(MemoryErp):
    """Books in memory whose answers to postings get lost, before or after booking, and which are then away."""

    books = True
    lost = False
    back = False

    def post(self, entry: Entry) -> RecordRef:
        if self.back:
            return super().post(entry)
        if self.books:
            super().post(entry)
        self.lost = True
        raise AnswerLost("The connection was cut.")

    def find(self, key: str) -> RecordRef | None:
        if self.lost:
            raise Unavailable("The ERP does not answer.")
        return super().find(key)


@pytest.mark.parametrize("books", [True, False])
def test_a_posting_of_which_nobody_knows_is_asked_for_before_it_is_dismissed(tmp_path: Path, books: bool) -> None:
    erp = LosingErp.of(COMPANY)
    erp.books = books
    office = Office(tmp_path, erp=erp)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    lost = document(office, "a.eml")
    with pytest.raises(Unavailable):
        at(office).dismiss(lost, "The supplier sends another file.")
    erp.lost = False

    if books:
        with pytest.raises(Rejected, match="bilag cancel"):
            at(office).dismiss(lost, "The supplier sends another file.")
        at(office).cancel(lost, "The supplier sends another file.")
        expected = ("CANCELLED", PostingState.CANCELLED)
    else:
        at(office).dismiss(lost, "The supplier sends another file.")
        expected = ("DISMISSED", PostingState.FAILED)
    posting = office.store.posting(lost)
    assert posting is not None
    assert (office.documents("a.eml")[0].reason, posting.state) == expected
    assert erp.bills("S3", "BW-10377") == ()

    name, content, kind = einvoice()
    erp.back = True
    office.deliver("b.eml", mail("Another file", (name, content + b"\n", kind)))
    office.work()
    assert states(office.documents("b.eml")) == [("posted", "POSTED")], "the number is free again"


class OddErp(MemoryErp):
    """Books in memory that keep another due date than they were given."""

    def read(self, record: RecordRef) -> BookedRecord:
        kept = super().read(record)
        return replace(kept, due_date=kept.issue_date)


def test_a_record_that_differs_is_cancelled_not_dismissed(tmp_path: Path) -> None:
    office = Office(tmp_path, erp=OddErp.of(COMPANY))
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    assert states(office.documents("a.eml")) == [("review", "READ_BACK_DIFFERS")]

    with pytest.raises(Rejected, match="bilag cancel"):
        at(office).dismiss(document(office, "a.eml"), "x")
    at(office).cancel(document(office, "a.eml"), "Entered by hand.")

    assert states(office.documents("a.eml")) == [("skipped", "CANCELLED")]
    assert office.erp.bills("S3", "BW-10377") == ()


def test_a_cancellation_that_was_cut_short_is_finished_by_asking_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    posted = document(office, "a.eml")
    posting = office.store.posting(posted)
    assert posting is not None
    assert posting.record is not None
    office.erp.cancel(posting.record)
    office.store.posting_cancelled(posted, "Wrong period.", actor="kirsten")

    for _ in range(2):
        at(office).cancel(posted, "Wrong period.")
        assert states(office.documents("a.eml")) == [("skipped", "CANCELLED")]
