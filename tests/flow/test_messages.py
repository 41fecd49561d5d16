"""One message, one outcome: what the parts of a message add up to, and what is never done twice."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.company import COMPANY
from pipeline.demo.mailbox.pages import draw
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import AuthenticationFailed, Unavailable
from pipeline.ingest.filters import Filters
from tests.flow.office import Office, einvoice, invoice, mail, states


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_an_invoice_is_booked_as_it_was_read(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))

    assert office.work() == 1

    (line,) = office.documents("a.eml")
    assert (line.state.value, line.reason) == ("posted", "POSTED")
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert line.record is not None
    record, extraction = office.erp.read(line.record), office.store.extraction(str(line.id))
    assert extraction is not None
    assert record.gross_total == extraction.amount(HeaderField.GROSS_TOTAL)
    assert record.attachments == ("BW-10377.xml",)
    posting = office.store.posting(str(line.id))
    assert posting is not None
    assert posting.attempts == 1


def test_what_is_finished_is_only_acknowledged(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    head = office.store.audit_head()
    (office.inbox / ".bilag-outcomes.jsonl").unlink()

    assert office.work() == 0

    assert office.store.audit_head() == head
    (_, first), (_, again) = office.mailbox.acknowledged
    assert first == again == office.outcome("a.eml")


def test_the_same_message_twice(office: Office) -> None:
    content = office.deliver("a.eml", mail("Invoice", einvoice()))
    office.deliver("b.eml", content)

    office.work()

    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert (office.outcome("b.eml").status, office.outcome("b.eml").reason) == (OutcomeStatus.DUPLICATE, "SAME_MESSAGE")
    assert len(office.records()) == 1


def test_other_content_under_the_same_message_id_is_worked_on(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.deliver("b.eml", mail("Invoice", einvoice("PO-2046", "BW-10382")))

    office.work()

    assert [line.state.value for line in office.store.overview()] == ["posted", "posted"]


def test_the_same_file_in_another_message(office: Office) -> None:
    name, content, kind = einvoice()
    office.deliver("a.eml", mail("Invoice", (name, content, kind)))
    office.deliver("b.eml", mail("Reminder", ("copy.xml", content, kind)))

    office.work()

    assert states(office.documents("b.eml")) == [("duplicate", "DUPLICATE")]
    assert "BW-10377.xml" in office.outcome("b.eml").message
    assert len(office.records()) == 1


def test_the_same_invoice_in_another_file_is_seen_by_a_person(office: Office) -> None:
    name, content, kind = einvoice()
    office.deliver("a.eml", mail("Invoice", (name, content, kind)))
    office.deliver("b.eml", mail("Again", (name, content + b"\n<!-- sent again -->", kind)))

    office.work()

    assert states(office.documents("b.eml")) == [("review", "DUPLICATE")]
    assert len(office.records()) == 1


def test_a_picture_of_an_einvoice_is_set_aside(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", ("BW-10377.pdf", draw(invoice()), "application/pdf"), einvoice()))

    office.work()

    assert states(office.documents("a.eml")) == [("duplicate", "PICTURE_OF_EINVOICE"), ("posted", "POSTED")]
    picture, native = office.documents("a.eml")
    assert picture.outcome is not None
    assert "BW-10377.xml" in picture.outcome.message
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert native.record is not None
    assert office.erp.read(native.record).attachments == ("BW-10377.xml",)


def test_a_page_that_states_another_total_is_no_picture(office: Office) -> None:
    other = invoice(lines=invoice().lines[:1])
    office.deliver("a.eml", mail("Invoice", ("BW-10377.pdf", draw(other), "application/pdf"), einvoice()))

    office.work()

    page, _ = office.documents("a.eml")
    assert page.reason != "PICTURE_OF_EINVOICE"
    assert len(office.records()) == 1, "the second of the two has the same number and is not booked"


def test_an_archive_of_several_invoices(office: Office) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for order, number in (("PO-2045", "BW-1"), ("PO-2046", "BW-2"), ("PO-2054", "BW-3")):
            name, content, _ = einvoice(order, number)
            archive.writestr(name, content)
        archive.writestr("empty.xml", b"")
    office.deliver("a.eml", mail("Invoices", ("invoices.zip", packed.getvalue(), "application/zip")))

    office.work()

    assert sorted(states(office.documents("a.eml"))) == [("dead_letter", "FILE_EMPTY"), *[("posted", "POSTED")] * 3]
    outcome = office.outcome("a.eml")
    assert outcome.status is OutcomeStatus.DEAD_LETTER
    assert outcome.message.startswith("4 documents: 1 dead letter, 3 posted.")
    for line in office.documents("a.eml"):
        if line.record is not None:
            assert office.erp.read(line.record).attachments == (line.file,)


def test_a_message_without_documents_says_why(office: Office) -> None:
    office.deliver("a.eml", mail("Lunch?"))

    office.work()

    assert office.documents("a.eml") == ()
    assert office.outcome("a.eml").status is OutcomeStatus.SKIPPED
    assert office.outcome("a.eml").message


def test_a_refused_sender_is_not_read(tmp_path: Path) -> None:
    office = Office(tmp_path, filters=Filters(deny_senders=("*@brightwater.example",)))
    content = office.deliver("a.eml", mail("Invoice", einvoice()))

    assert office.work() == 0

    assert office.documents("a.eml") == ()
    assert office.outcome("a.eml").status is OutcomeStatus.SKIPPED
    assert office.archive.get(office.message("a.eml").sha256) == content, "what is refused is kept all the same"


def test_what_earlier_messages_billed_counts(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.deliver("b.eml", mail("Once more", einvoice("PO-2045", "BW-20000")))

    office.work()

    assert states(office.documents("b.eml")) == [("review", "PO_QUANTITY_EXCEEDED")]


def test_a_mailbox_that_takes_no_outcome_is_told_again(office: Office) -> None:
    """The invoice stays booked, whatever the mailbox says."""
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.mailbox.faults = [AuthenticationFailed("The mailbox is read only.")]

    office.work()

    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.mailbox.acknowledged == []
    assert office.store.dead_letters() == ()
    assert office.engine.failed() == ()

    office.work()
    assert [outcome for _, outcome in office.mailbox.acknowledged] == [office.outcome("a.eml")]


def test_a_mailbox_that_is_away_for_a_moment_is_tried_again(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.mailbox.faults = [Unavailable("The connection was reset.")]

    office.work()

    assert len(office.mailbox.acknowledged) == 1


def test_a_finished_message_that_cannot_be_acknowledged_holds_up_no_other(office: Office) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    (office.inbox / ".bilag-outcomes.jsonl").unlink()
    office.deliver("b.eml", mail("Next", einvoice("PO-2046", "BW-10382")))
    office.mailbox.faults = [AuthenticationFailed("The mailbox is read only.")]

    assert office.work() == 1

    assert office.outcome("b.eml").status is OutcomeStatus.POSTED


class Tripping:
    """A reader with a fault of its own: it raises what no reader should, on one file."""

    def __init__(self, name: str) -> None:
        self._reader = FileReader(None, sandbox=False)
        self.name = name

    def read(self, file: SourceFile) -> Document | Unreadable:
        if file.name == self.name:
            raise IndexError("list index out of range")
        return self._reader.read(file)


def test_a_fault_of_our_own_is_a_dead_letter_and_the_batch_goes_on(tmp_path: Path) -> None:
    reader = Tripping("BW-10377.xml")
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Bad", einvoice()))
    office.deliver("b.eml", mail("Good", einvoice("PO-2046", "BW-10382")))

    office.work()

    outcome = office.outcome("a.eml")
    assert (outcome.status, outcome.reason) == (OutcomeStatus.DEAD_LETTER, "GAVE_UP")
    assert "IndexError: list index out of range" in outcome.message
    assert "retry the dead letter" in outcome.message
    assert office.outcome("b.eml").status is OutcomeStatus.POSTED
    assert {uid.partition("@")[0] for uid, _ in office.mailbox.acknowledged} == {"a.eml", "b.eml"}
    assert office.engine.failed() == ()

    reader.name = ""
    office.retry_all()
    assert office.work() == 1
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.store.dead_letters() == ()


def test_a_fault_on_one_file_loses_no_other(tmp_path: Path) -> None:
    """The first file is finished before the second trips us up: the second must be found among the dead letters."""
    reader = Tripping("BW-10382.xml")
    office = Office(tmp_path, reader=reader)
    first, second = einvoice(), einvoice("PO-2046", "BW-10382")
    office.deliver("a.eml", mail("One", first))
    office.deliver("b.eml", mail("Two", first, second))

    office.work()

    assert states(office.documents("b.eml")) == [("duplicate", "DUPLICATE"), ("dead_letter", "GAVE_UP")]
    (letter,) = office.store.dead_letters()
    assert letter.file == "BW-10382.xml"
    assert office.outcome("b.eml").status is OutcomeStatus.DEAD_LETTER

    reader.name = ""
    office.retry_all()
    office.work()
    assert ("posted", "POSTED") in states(office.documents("b.eml"))
    assert office.store.dead_letters() == ()
    assert len(office.records()) == 2


def test_books_are_shared_by_all_messages(tmp_path: Path) -> None:
    """A second office on the same books, as after a lost store, books nothing again."""
    books = MemoryErp.of(COMPANY)
    for folder in ("first", "second"):
        office = Office(tmp_path / folder, erp=books)
        office.deliver("a.eml", mail("Invoice", einvoice()))
        office.work()
    (bill,) = books.bills("S3", "BW-10377")
    assert office.records() == [bill]
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED


def test_what_was_recorded_and_not_queued_is_taken_up_at_the_next_start(office: Office) -> None:
    """As where the process died in between and the mailbox is gone by then."""
    office.deliver("a.eml", mail("Invoice", einvoice()))
    list(office.steps.arrivals())
    (office.inbox / "a.eml").unlink()

    office.flow.resume()
    office.work()

    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    office.flow.resume()
    assert office.engine.progress().waiting == 0
