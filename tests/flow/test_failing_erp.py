"""An ERP that is away, loses its reply or refuses: nothing is lost, and nothing is booked twice."""

from pathlib import Path

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import Entry
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.record import Party, RecordRef
from pipeline.errors import AnswerLost, AuthenticationFailed, PortError, Rejected, Unavailable
from pipeline.store.records import PostingState
from tests.adapters.erp.faulty import FaultyErp
from tests.flow.office import TRIES, Office, einvoice, mail, states


class MoodyErp(MemoryErp):
    """Books in memory; while `trouble` is set every question is answered with it."""

    trouble: PortError | None = None
    asked = 0

    def company(self) -> Party:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return super().company()


class PickyErp(MemoryErp):
    """Books in memory; takes no attachments."""

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        raise Rejected("The file is larger than 1 MB.", operator_hint="Raise the limit in the ERP.")


def with_one_invoice(folder: Path, erp: MemoryErp | FaultyErp) -> Office:
    office = Office(folder, erp=erp)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    return office


def test_an_erp_that_is_away_is_tried_again_then_a_dead_letter_then_booked_once(tmp_path: Path) -> None:
    erp = MoodyErp.of(COMPANY)
    erp.trouble = Unavailable("The ERP does not answer.")
    office = with_one_invoice(tmp_path, erp)

    office.work()

    assert erp.asked == TRIES
    assert states(office.documents("a.eml")) == [("dead_letter", "ERP_UNAVAILABLE")]
    (letter,) = office.store.dead_letters()
    assert letter.message.startswith("The ERP does not answer.")
    assert letter.attempts == 1
    assert office.outcome("a.eml").status is OutcomeStatus.DEAD_LETTER

    office.retry_all()
    office.work()
    (letter,) = office.store.dead_letters()
    assert letter.attempts == 2, "it is still away"

    erp.trouble = None
    office.retry_all()
    assert office.work() == 1
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.store.dead_letters() == ()
    assert len(erp.bills("S3", "BW-10377")) == 1
    assert [outcome.status for _, outcome in office.mailbox.acknowledged] == [
        OutcomeStatus.DEAD_LETTER,
        OutcomeStatus.DEAD_LETTER,
        OutcomeStatus.POSTED,
    ]
    assert office.work() == 0


def test_a_short_absence_is_not_noticed(tmp_path: Path) -> None:
    erp = FaultyErp(MemoryErp.of(COMPANY), Unavailable("A server error."), Unavailable("A server error."))
    office = with_one_invoice(tmp_path, erp)

    office.work()

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert erp.posted == 1


def test_wrong_credentials_are_not_tried_again(tmp_path: Path) -> None:
    erp = MoodyErp.of(COMPANY)
    erp.trouble = AuthenticationFailed("The ERP refuses the password.")
    office = with_one_invoice(tmp_path, erp)

    office.work()

    assert erp.asked == 1
    (letter,) = office.store.dead_letters()
    assert letter.reason == "GAVE_UP"
    assert "Check the user name, password or token" in letter.message


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_reply_is_asked_for(tmp_path: Path, lost: int) -> None:
    """The first is lost after booking, the second after attaching: both are done, neither is done again."""
    books = MemoryErp.of(COMPANY)
    erp = FaultyErp(books, *[AnswerLost("The connection was cut.")] * lost)
    office = with_one_invoice(tmp_path, erp)

    office.work()

    (line,) = office.documents("a.eml")
    assert states([line]) == [("posted", "POSTED")]
    assert erp.posted == 1
    assert line.record is not None
    assert books.read(line.record).attachments == ("BW-10377.xml",)
    assert len(books.bills("S3", "BW-10377")) == 1


class LosingErp(MemoryErp):
    """Books in memory; the connection breaks when a posting was received, and stays away until `back` is set."""

    back = False
    sent = 0

    def post(self, entry: Entry) -> RecordRef:
        super().post(entry)
        self.sent += 1
        raise AnswerLost("The connection was cut.")

    def find(self, key: str) -> RecordRef | None:
        if self.sent and not self.back:
            raise AnswerLost("The connection was cut.")
        return super().find(key)


def test_an_answer_that_stays_lost_is_unknown_and_not_failed(tmp_path: Path) -> None:
    erp = LosingErp.of(COMPANY)
    office = with_one_invoice(tmp_path, erp)

    office.work()

    (line,) = office.documents("a.eml")
    assert states([line]) == [("dead_letter", "ERP_UNAVAILABLE")]
    posting = office.store.posting(str(line.id))
    assert posting is not None
    assert (posting.state, posting.attempts) == (PostingState.UNKNOWN, 1), "later tries only ask"

    erp.back = True
    office.retry_all()
    office.work()
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert erp.sent == 1
    assert len(erp.bills("S3", "BW-10377")) == 1


def test_what_the_erp_refuses_goes_to_a_person(tmp_path: Path) -> None:
    refusal = Rejected("The period is closed.", operator_hint="Open the period.", vendor_code="E17")
    office = with_one_invoice(tmp_path, FaultyErp(MemoryErp.of(COMPANY), refusal))
    office.deliver("b.eml", mail("Next", einvoice("PO-2046", "BW-10382")))

    office.work()

    (line,) = office.documents("a.eml")
    assert states([line]) == [("review", "ERP_REJECTED")]
    assert office.outcome("a.eml").message == "The period is closed. Open the period."
    posting = office.store.posting(str(line.id))
    assert posting is not None
    assert posting.state is PostingState.FAILED
    assert states(office.documents("b.eml")) == [("posted", "POSTED")]


def test_what_is_refused_after_booking_is_known_to_be_booked(tmp_path: Path) -> None:
    erp = PickyErp.of(COMPANY)
    office = with_one_invoice(tmp_path, erp)

    office.work()

    (line,) = office.documents("a.eml")
    assert states([line]) == [("review", "ERP_REJECTED")]
    assert [line.record] == list(erp.bills("S3", "BW-10377"))
    assert "booked as B-0001" in office.outcome("a.eml").message
    posting = office.store.posting(str(line.id))
    assert posting is not None
    assert posting.state is PostingState.POSTED
