"""What the store keeps of a person's doings: set aside, tried again, dismissed, and whether the mailbox was told."""

from collections.abc import Callable

import pytest

from pipeline.domain.mail import MailMessage, MessageRef, Outcome, OutcomeStatus, SkippedPart
from pipeline.domain.record import RecordRef, RecordType
from pipeline.store.records import State
from pipeline.store.store import Store
from tests.store.conftest import sha

Maker = Callable[..., tuple[MessageRef, MailMessage]]
POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked as bill 7.")
DEAD = Outcome(OutcomeStatus.DEAD_LETTER, "FILE_ENCRYPTED", "The file needs a password.")
RAR = SkippedPart("2", "rest.rar", "RAR archives are not opened.", "ARCHIVE_UNSUPPORTED")


@pytest.fixture
def message_key(store: Store, a_message: Maker) -> str:
    return store.record_message(*a_message()).key


def document(store: Store, message_key: str) -> str:
    return store.record_document(message_key, path="2", file="a.pdf", sha256=sha("file"), first_page=1, last_page=1).id


def events(store: Store, subject: str) -> list[str]:
    return [row.event for row in store.audit_rows(subject)]


@pytest.mark.parametrize("reason", ["CANCELLED", "DISMISSED"])
def test_what_was_set_aside_is_no_first_occurrence(
    store: Store, message_key: str, a_message: Maker, reason: str
) -> None:
    first = document(store, message_key)
    store.set_document_outcome(first, Outcome(OutcomeStatus.SKIPPED, reason, "Wrong period."))
    second = store.record_message(*a_message("2")).key
    recorded = store.record_document(second, path="1", file="b.pdf", sha256=sha("file"), first_page=1, last_page=1)
    third = store.record_message(*a_message("3")).key
    copy = store.record_document(third, path="1", file="c.pdf", sha256=sha("file"), first_page=1, last_page=1)

    assert recorded.duplicate_of is None
    assert recorded.id.startswith(f"{first}@")
    assert store.show(recorded.id).line.key == first
    assert copy.duplicate_of is not None
    assert copy.duplicate_of.id == recorded.id


@pytest.mark.parametrize("reason", ["CANCELLED", "DISMISSED"])
def test_what_was_set_aside_is_tried_again(store: Store, message_key: str, reason: str) -> None:
    first = document(store, message_key)
    store.set_document_outcome(first, Outcome(OutcomeStatus.SKIPPED, reason, "Wrong period."))
    store.retry_document(first, actor="kirsten")

    assert store.show(first).line.state is State.RECEIVED
    (retry,) = store.due_retries()
    assert retry.document_id == first


def test_other_skipped_documents_are_not_tried_again(store: Store, message_key: str) -> None:
    first = document(store, message_key)
    store.set_document_outcome(first, Outcome(OutcomeStatus.SKIPPED, "READ_LATER", "It could be read."))
    with pytest.raises(ValueError, match="cannot be retried"):
        store.retry_document(first, actor="kirsten")


def test_an_outcome_that_is_there_stays_where_that_is_asked_for(store: Store, message_key: str) -> None:
    first = document(store, message_key)
    store.set_document_outcome(first, POSTED, unless_finished=True)
    store.set_document_outcome(first, DEAD, unless_finished=True)
    assert store.show(first).line.outcome == POSTED
    assert store.dead_letters() == ()

    store.set_document_outcome(first, DEAD)
    assert store.show(first).line.outcome == DEAD


def test_the_mailbox_is_told_each_outcome(store: Store, message_key: str) -> None:
    assert store.untold_messages() == ()
    store.set_message_outcome(message_key, DEAD)
    assert [line.key for line in store.untold_messages()] == [message_key]

    store.set_message_outcome(message_key, POSTED)
    store.outcome_told(message_key, DEAD)
    assert [line.told for line in store.untold_messages()] == [False], "the one it was told is not the last one"

    for _ in range(2):
        store.outcome_told(message_key, POSTED)
        store.set_message_outcome(message_key, POSTED)
        assert store.untold_messages() == ()
    assert events(store, message_key).count("outcome_told") == 1
    with pytest.raises(KeyError):
        store.outcome_told("m-none", POSTED)


def test_what_nobody_could_open_waits_until_it_is_dismissed(store: Store, message_key: str) -> None:
    store.keep_unopened(message_key, ())
    for _ in range(2):
        store.keep_unopened(message_key, [RAR])
        assert store.message(message_key).unopened == (RAR,)
    for _ in range(2):
        store.dismiss_unopened(message_key, "Photos.", actor="kirsten")
        store.keep_unopened(message_key, [RAR])
        assert store.message(message_key).unopened == ()
    rows = [(row.event, row.actor) for row in store.audit_rows(message_key)][1:]
    assert rows == [("parts_not_opened", "bilag"), ("parts_dismissed", "kirsten")]

    store.keep_unopened(message_key, [RAR, SkippedPart("3", "more.7z", "Not opened.", "ARCHIVE_UNSUPPORTED")])
    assert len(store.message(message_key).unopened) == 2, "there is something new to look at"
    store.keep_unopened(message_key, ())
    assert store.message(message_key).unopened == ()


def test_a_message_is_tried_again_as_a_whole(store: Store, message_key: str) -> None:
    with pytest.raises(ValueError, match="being worked on"):
        store.retry_message(message_key, actor="kirsten")
    with pytest.raises(KeyError):
        store.retry_message("m-none", actor="kirsten")
    store.keep_unopened(message_key, [RAR])
    keys: set[str] = set()
    for attempt in (1, 2):
        store.set_message_outcome(message_key, DEAD)
        store.dismiss_unopened(message_key, "Photos.", actor="kirsten")
        store.retry_message(message_key, actor="kirsten")

        assert store.message(message_key).state is State.RECEIVED
        assert store.message(message_key).unopened == (RAR,)
        assert store.dead_letters() == ()
        (retry,) = store.due_retries()
        assert (retry.document_id, retry.attempt) == (None, attempt + 1)
        keys.add(retry.work_key)
        store.retry_started(retry.dead_letter_id)
    assert len(keys) == 2


def test_a_record_names_the_document_that_it_was_booked_from(store: Store, message_key: str) -> None:
    first, bill = document(store, message_key), RecordRef(RecordType.BILL, "7", "B-7")
    assert store.posted_document(bill) is None
    store.intend_posting(first, RecordType.BILL, party_id="S3", reference="1")
    store.posting_done(first, bill)
    assert store.posted_document(bill) == first
    assert store.posted_document(RecordRef(RecordType.CREDIT_NOTE, "7", "C-7")) is None
    store.posting_cancelled(first, "Wrong period.")
    assert store.posted_document(bill) is None
