"""What waits at a message itself, such as an archive that nobody could open, and a mailbox that is not there."""

from pathlib import Path

import pytest

from pipeline.desk import Desk
from pipeline.domain.mail import OutcomeStatus
from pipeline.errors import Rejected, Unavailable
from tests.flow.office import Office, einvoice, mail, states

RAR = ("rest.rar", b"Rar!\x1a\x07\x00xxxx", "application/vnd.rar")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.store, office.mailbox, office.erp, actor="kirsten")


def key(office: Office, name: str = "a.eml") -> str:
    return office.message(name).key


def reasons(office: Office) -> tuple[str, str]:
    return office.outcome("a.eml").status.value, office.outcome("a.eml").reason


def test_a_message_that_nobody_could_open_is_dismissed(office: Office, desk: Desk) -> None:
    office.deliver("a.eml", mail("Photos", RAR))
    office.work()
    assert reasons(office) == ("dead_letter", "ARCHIVE_UNSUPPORTED")

    for _ in range(2):
        desk.dismiss(key(office), "Holiday photos.")
        assert reasons(office) == ("skipped", "DISMISSED")
    assert office.store.dead_letters() == ()
    assert office.mailbox.acknowledged[-1][1] == office.outcome("a.eml")
    finished = [row for row in office.store.audit_rows(key(office)) if row.event == "message_finished"]
    assert finished[-1].actor == "kirsten"

    desk.retry(key(office))
    assert office.work() == 1
    assert reasons(office) == ("dead_letter", "ARCHIVE_UNSUPPORTED")


def test_a_part_that_nobody_could_open_is_dismissed_and_the_invoice_stays_booked(office: Office, desk: Desk) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice(), RAR))
    office.work()
    assert reasons(office) == ("review", "ARCHIVE_UNSUPPORTED")

    desk.retry(key(office))
    assert office.work() == 1
    assert reasons(office) == ("review", "ARCHIVE_UNSUPPORTED"), "it cannot be opened today either"
    assert len(office.records()) == 1

    desk.dismiss(key(office), "Terms and conditions.")
    assert reasons(office) == ("posted", "POSTED")
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert office.mailbox.acknowledged[-1][1] == office.outcome("a.eml")
    assert office.work() == 0


def test_dismissing_a_document_does_not_hide_what_nobody_could_open(office: Office, desk: Desk) -> None:
    name, content, kind = einvoice()
    office.deliver("first.eml", mail("Invoice", (name, content, kind)))
    office.deliver("a.eml", mail("Again", ("again.xml", content + b"\n", kind), RAR))
    office.work()
    (waiting,) = office.documents("a.eml")

    desk.dismiss(str(waiting.id), "A reminder.")
    assert reasons(office) == ("review", "ARCHIVE_UNSUPPORTED")

    desk.dismiss(key(office), "Photos.")
    assert reasons(office) == ("skipped", "DISMISSED")
    desk.retry(str(waiting.id))
    office.work()
    assert reasons(office) == ("review", "DUPLICATE"), "the photos stay dismissed"
    assert office.message("a.eml").unopened == ()


def test_dismissing_a_message_leaves_its_documents(office: Office, desk: Desk) -> None:
    name, content, kind = einvoice()
    office.deliver("first.eml", mail("Invoice", (name, content, kind)))
    office.deliver("a.eml", mail("Again", ("again.xml", content + b"\n", kind)))
    office.work()

    for act in (desk.retry, lambda it: desk.dismiss(it, "x")):
        for name in (key(office), key(office, "first.eml")):
            with pytest.raises(Rejected, match="ids of their own"):
                act(name)
    assert reasons(office) == ("review", "DUPLICATE")


@pytest.mark.parametrize("name", ["m-0000", "0000:1-1"])
def test_what_is_unknown_is_refused(desk: Desk, name: str) -> None:
    for act in (desk.retry, lambda it: desk.dismiss(it, "x")):
        with pytest.raises(Rejected, match="There is no"):
            act(name)


def test_a_mailbox_that_is_away_is_told_by_the_next_run(office: Office, desk: Desk) -> None:
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    (line,) = office.documents("a.eml")
    office.mailbox.faults = [Unavailable("The mailbox is away.")]

    desk.cancel(str(line.id), "Wrong period.")

    assert reasons(office) == ("skipped", "CANCELLED")
    assert office.mailbox.acknowledged[-1][1].status is OutcomeStatus.POSTED
    assert [message.key for message in office.store.untold_messages()] == [key(office)]

    assert office.work() == 0
    assert office.mailbox.acknowledged[-1][1] == office.outcome("a.eml")
    assert office.store.untold_messages() == ()
    told = len(office.mailbox.acknowledged)
    office.work()
    assert len(office.mailbox.acknowledged) == told


def test_a_mailbox_that_is_away_is_told_by_the_same_command(office: Office, desk: Desk) -> None:
    office.deliver("a.eml", mail("Photos", RAR))
    office.work()
    office.mailbox.faults = [Unavailable("The mailbox is away.")]
    desk.dismiss(key(office), "Photos.")
    assert office.mailbox.acknowledged[-1][1].status is OutcomeStatus.DEAD_LETTER

    desk.dismiss(key(office), "Photos.")
    assert office.mailbox.acknowledged[-1][1] == office.outcome("a.eml")


def test_a_mailbox_that_stays_away_is_asked_once_a_round(office: Office) -> None:
    for number in range(3):
        office.deliver(f"{number}.eml", mail(f"Photos {number}", RAR))
    office.work()
    for number in range(3):
        message = office.message(f"{number}.eml")
        office.mailbox.faults = [Unavailable("Away.")]
        Desk(office.store, office.mailbox, office.erp, actor="k").dismiss(message.key, "x")
    office.mailbox.faults = [Unavailable("Away.")] * 2

    office.work()
    assert len(office.mailbox.faults) == 1
    assert len(office.store.untold_messages()) == 3
    office.mailbox.faults = [Rejected("This message was deleted.")]
    office.work()
    assert len(office.store.untold_messages()) == 1, "one that is refused holds up no other"


def test_a_retry_asked_for_while_the_message_is_concluded_breaks_nothing(office: Office, desk: Desk) -> None:
    name, content, kind = einvoice()
    office.deliver("first.eml", mail("Invoice", (name, content, kind)))
    office.deliver("a.eml", mail("Again", ("again.xml", content + b"\n", kind)))
    office.work()
    (waiting,) = office.documents("a.eml")
    before = office.outcome("a.eml")
    desk.retry(str(waiting.id))

    office.steps.conclude(key(office))

    assert office.outcome("a.eml") == before
    assert office.work() == 1
    assert states(office.documents("a.eml")) == [("review", "DUPLICATE")]
