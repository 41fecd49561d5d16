"""What the store records of messages, documents, readings, decisions and outcomes, and that repeating is harmless."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.domain.decision import Decision, Route
from pipeline.domain.extraction import Extraction
from pipeline.domain.mail import MailMessage, MessageRef, Outcome, OutcomeStatus
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.errors import BilagError, CorruptState, ResourceExhausted, Unavailable
from pipeline.store.database import open_database
from pipeline.store.migrate import upgrade
from pipeline.store.records import State
from pipeline.store.store import Store
from tests.store.conftest import TickingClock, sha

Maker = Callable[..., tuple[MessageRef, MailMessage]]
POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked as bill 7.")
DEAD = Outcome(OutcomeStatus.DEAD_LETTER, "FILE_ENCRYPTED", "The file needs a password.")


@pytest.fixture
def message_key(store: Store, a_message: Maker) -> str:
    return store.record_message(*a_message()).key


@pytest.fixture
def document_id(store: Store, message_key: str) -> str:
    recorded = store.record_document(message_key, path="2", file="a.pdf", sha256=sha("file"), first_page=1, last_page=1)
    return recorded.id


def events(store: Store, subject: str | None = None) -> list[str]:
    return [row.event for row in store.audit_rows(subject)]


def test_a_message_is_recorded_once(store: Store, a_message: Maker) -> None:
    first = store.record_message(*a_message(message_id="<1@x>"))
    again = store.record_message(*a_message(message_id="<1@x>"))

    assert (first.is_new, again.is_new) == (True, False)
    assert first.key == again.key
    assert first.duplicate_of is None
    assert again.duplicate_of is None
    assert events(store) == ["message_recorded"]


def test_a_message_that_is_finished_says_so(store: Store, a_message: Maker) -> None:
    key = store.record_message(*a_message()).key
    store.set_message_outcome(key, POSTED)
    store.set_message_outcome(key, POSTED)

    assert store.record_message(*a_message()).outcome == POSTED
    assert store.unfinished_messages() == ()
    assert events(store, key) == ["message_recorded", "message_finished"]


def test_the_same_bytes_elsewhere_are_a_duplicate_with_an_outcome_of_its_own(store: Store, a_message: Maker) -> None:
    first = store.record_message(*a_message("1", "bytes", "<1@x>"))
    store.set_message_outcome(first.key, POSTED)
    second = store.record_message(*a_message("2", "bytes", "<1@x>"))

    assert second.is_new
    assert second.key != first.key
    assert second.outcome is None
    assert second.duplicate_of is not None
    assert (second.duplicate_of.key, second.duplicate_of.same_content) == (first.key, True)
    assert second.duplicate_of.outcome == POSTED
    assert store.record_message(*a_message("2", "bytes", "<1@x>")).duplicate_of == second.duplicate_of


def test_a_reused_message_id_alone_is_told_apart(store: Store, a_message: Maker) -> None:
    first = store.record_message(*a_message("1", "bytes", "<1@x>"))
    second = store.record_message(*a_message("2", "other bytes", "<1@x>"))

    assert second.duplicate_of is not None
    assert (second.duplicate_of.key, second.duplicate_of.same_content) == (first.key, False)


def test_messages_without_a_message_id_are_no_duplicates(store: Store, a_message: Maker) -> None:
    store.record_message(*a_message("1"))
    assert store.record_message(*a_message("2")).duplicate_of is None


def test_text_that_no_database_keeps_is_replaced(store: Store, a_message: Maker) -> None:
    ref, message = a_message("\udce6\0", "bytes", subject="Rechnung \udcfc\0")
    key = store.record_message(ref, message).key

    assert store.record_message(ref, message).is_new is False
    (line,) = store.unfinished_messages()
    assert (line.key, line.subject) == (key, "Rechnung \ufffd\ufffd")
    store.record_document(key, path="\udce6", file="f\udce6.pdf", sha256=sha("x"))
    assert store.documents_of(key)[0].file == "f\ufffd.pdf"
    assert store.verify_audit() is None


def test_a_document_is_recorded_once(store: Store, message_key: str, document_id: str) -> None:
    again = store.record_document(message_key, path="2", file="a.pdf", sha256=sha("file"), first_page=1, last_page=1)

    assert again.id == document_id == f"{sha('file')}:1-1"
    assert again.is_new is False
    assert again.duplicate_of is None


def test_two_documents_in_one_file_are_no_duplicates(store: Store, message_key: str, document_id: str) -> None:
    second = store.record_document(message_key, path="2", file="a.pdf", sha256=sha("file"), first_page=2, last_page=3)

    assert second.duplicate_of is None
    assert second.id == f"{sha('file')}:2-3"


def test_the_same_file_in_another_message_is_a_duplicate(store: Store, a_message: Maker, document_id: str) -> None:
    store.set_document_outcome(document_id, POSTED)
    other = store.record_message(*a_message("2")).key
    copy = store.record_document(other, path="1", file="b.pdf", sha256=sha("file"), first_page=1, last_page=1)

    assert copy.is_new
    assert copy.id.startswith(f"{document_id}@")
    assert copy.duplicate_of is not None
    assert (copy.duplicate_of.id, copy.duplicate_of.outcome) == (document_id, POSTED)
    again = store.record_document(other, path="1", file="b.pdf", sha256=sha("file"), first_page=1, last_page=1)
    assert (again.id, again.is_new, again.duplicate_of) == (copy.id, False, copy.duplicate_of)


def test_a_file_attached_twice_is_a_duplicate_even_if_split_otherwise(
    store: Store, message_key: str, document_id: str
) -> None:
    copy = store.record_document(message_key, path="3", file="b.pdf", sha256=sha("file"), first_page=1, last_page=2)
    assert copy.duplicate_of is not None
    assert copy.duplicate_of.id == document_id


def test_of_parallel_copies_exactly_one_is_the_first(store: Store, a_message: Maker) -> None:
    keys = [store.record_message(*a_message(str(n))).key for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        copies = list(pool.map(lambda key: store.record_document(key, path="1", file="a", sha256=sha("f")), keys))

    assert sum(copy.duplicate_of is None for copy in copies) == 1
    assert len({copy.id for copy in copies}) == 8


def test_what_was_read_comes_back(store: Store, document_id: str, an_extraction: Callable[..., Extraction]) -> None:
    assert store.extraction(document_id) is None
    store.save_extraction(document_id, an_extraction())
    store.save_extraction(document_id, an_extraction())
    assert store.extraction(document_id) == an_extraction()
    assert events(store, document_id) == ["document_recorded", "document_extracted"]

    store.save_extraction(document_id, an_extraction(number="471103"))
    assert store.extraction(document_id) == an_extraction(number="471103")
    (line,) = store.find_documents(document_id[:10])
    assert (line.kind, line.state) == (Kind.INVOICE, State.EXTRACTED)


def test_what_was_decided_comes_back_with_all_it_rested_on(
    store: Store, document_id: str, a_decision: Callable[..., Decision]
) -> None:
    assert store.decision(document_id) is None
    store.save_decision(document_id, a_decision())
    store.save_decision(document_id, a_decision())
    assert store.decision(document_id) == a_decision()

    store.save_decision(document_id, a_decision(Route.POST, "APPROVED"), actor="reviewer")
    record = store.show(document_id)
    assert record.decisions == (a_decision(), a_decision(Route.POST, "APPROVED"))
    assert [row.actor for row in record.audit if row.event == "document_decided"] == ["bilag", "reviewer"]
    assert record.audit[-1].details["limits"] == {"minimum_confidence": "0.80"}
    assert record.audit[-1].details["model"] == "bilag-rules 1"


def test_a_dead_letter_is_opened_retried_and_counted(
    store: Store,
    document_id: str,
    an_extraction: Callable[..., Extraction],
    a_decision: Callable[..., Decision],
) -> None:
    keys: set[str] = set()
    for attempt in (1, 2, 3):
        store.save_extraction(document_id, an_extraction())
        store.save_decision(document_id, a_decision())
        store.set_document_outcome(document_id, DEAD)
        store.set_document_outcome(document_id, DEAD)
        (letter,) = store.dead_letters()
        assert (letter.document_id, letter.attempts, letter.reason, letter.file) == (
            document_id,
            attempt,
            "FILE_ENCRYPTED",
            "a.pdf",
        )

        store.retry_dead_letter(letter.id, actor="operator")
        store.retry_dead_letter(letter.id, actor="operator")
        assert store.dead_letters() == ()
        (retry,) = store.due_retries()
        keys.add(retry.work_key)
        assert store.show(document_id).line.state is State.RECEIVED
        store.retry_started(retry.dead_letter_id)
        store.retry_started(retry.dead_letter_id)
        assert store.due_retries() == ()

    store.save_decision(document_id, a_decision())
    store.set_document_outcome(document_id, POSTED)
    assert store.dead_letters() == ()
    assert len(keys) == 3, "every try is work of its own"
    assert events(store, document_id).count("retry_requested") == 3
    assert events(store, document_id).count("document_decided") == 4
    assert len(store.show(document_id).dead_letters) == 3


def test_another_outcome_closes_a_dead_letter(store: Store, document_id: str) -> None:
    store.set_document_outcome(document_id, DEAD)
    store.set_document_outcome(document_id, POSTED)
    assert store.dead_letters() == ()


def test_a_dead_message_is_listed_only_without_documents(store: Store, a_message: Maker, document_id: str) -> None:
    empty = store.record_message(*a_message("2")).key
    with_document = store.show(document_id).message.key
    store.set_message_outcome(empty, DEAD)
    store.set_message_outcome(with_document, DEAD)

    (letter,) = store.dead_letters()
    assert (letter.message_key, letter.document_id) == (empty, None)
    store.retry_dead_letter(letter.id, actor="operator")
    assert store.due_retries()[0].work_key == f"{empty}#{letter.id}"
    assert [line.key for line in store.unfinished_messages()] == [empty]


def test_the_unknown_is_said_to_be_unknown(store: Store, a_decision: Callable[..., Decision]) -> None:
    with pytest.raises(KeyError):
        store.set_message_outcome("m-none", POSTED)
    with pytest.raises(KeyError):
        store.set_document_outcome("none", POSTED)
    with pytest.raises(KeyError):
        store.save_decision("none", a_decision())
    with pytest.raises(KeyError):
        store.retry_dead_letter(99, actor="operator")
    with pytest.raises(KeyError):
        store.show("none")
    assert store.audit_rows() == ()


def test_status_and_overview_tell_everything_there_is(
    store: Store, a_message: Maker, message_key: str, document_id: str
) -> None:
    store.set_document_outcome(document_id, DEAD)
    other = store.record_message(*a_message("2", subject="Newsletter")).key
    store.set_message_outcome(other, Outcome(OutcomeStatus.SKIPPED, "NO_DOCUMENT", "Nothing to read."))

    report = store.status()
    assert report.messages == {State.RECEIVED: 1, State.SKIPPED: 1}
    assert report.documents == {State.DEAD_LETTER: 1}
    assert report.postings == {}
    assert report.dead_letters == 1
    assert [line.key for line in report.last_messages] == [other, message_key]

    lines = store.overview()
    assert [(line.id, line.state, line.reason) for line in lines] == [
        (document_id, State.DEAD_LETTER, "FILE_ENCRYPTED"),
        (None, State.SKIPPED, "NO_DOCUMENT"),
    ]
    assert store.overview(1) == lines[:1]


def test_documents_are_found_by_id_or_name(store: Store, message_key: str, document_id: str) -> None:
    store.record_document(message_key, path="3", file="100%_Ä.PDF", sha256=sha("g"))

    assert [line.file for line in store.find_documents(sha("file")[:6].upper())] == ["a.pdf"]
    assert [line.file for line in store.find_documents("A.pdf")] == ["a.pdf"]
    assert [line.file for line in store.find_documents("%_")] == ["100%_Ä.PDF"]
    assert store.find_documents("nothing like it") == ()


def test_a_full_disk_is_said_to_be_full_and_loses_nothing(tmp_path: Path, a_message: Maker) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/bilag.db")
    upgrade(engine)
    store = Store(engine, TickingClock())
    store.record_message(*a_message("1"))

    @sa.event.listens_for(engine, "begin")
    def no_more_pages(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for number in range(2, 500):
            store.record_message(*a_message(str(number), subject="long " * 1000))

    with pytest.raises(ResourceExhausted):
        fill()
    assert store.verify_audit() is None
    assert len(store.unfinished_messages()) == store.audit_head().count
    engine.dispose()


@pytest.mark.parametrize(("damage", "expected"), [("not a database at all" * 300, CorruptState), (None, Unavailable)])
def test_a_damaged_or_busy_database(tmp_path: Path, damage: str | None, expected: type[BilagError]) -> None:
    path = tmp_path / "bilag.db"
    engine = open_database(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    if damage is not None:
        path.write_text(damage)
    else:
        upgrade(engine)
        other.execute("BEGIN IMMEDIATE")
        sa.event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=10"))
    with pytest.raises(expected):
        Store(engine, TickingClock()).audit("tested")
    other.close()
    engine.dispose()


def test_earlier_documents_with_the_same_number_are_found(
    store: Store, message_key: str, an_extraction: Callable[..., Extraction]
) -> None:
    def read(name: str, number: str) -> str:
        recorded = store.record_document(message_key, path=name, file=f"{name}.pdf", sha256=sha(name))
        store.save_extraction(recorded.id, an_extraction(sha(name), number))
        return recorded.id

    first, other, dead, last = read("a", "INV 17"), read("b", "INV 18"), read("c", "inv17"), read("d", "Inv17")
    store.set_document_outcome(first, POSTED)
    store.set_document_outcome(dead, DEAD)

    ((line, extraction),) = store.similar(last)
    assert (line.id, extraction.value(HeaderField.INVOICE_NUMBER)) == (first, "INV 17")
    assert store.similar(first) == (), "of two, only the later one repeats the other"
    assert store.similar(other) == ()
    assert [found.id for found, _ in store.similar(dead)] == [first]


def test_a_message_and_a_finished_document_say_what_they_are(store: Store, a_message: Maker, document_id: str) -> None:
    key = store.show(document_id).message.key
    copy = store.record_message(*a_message("2", "message 1")).key
    store.set_document_outcome(document_id, POSTED)

    assert (store.message(key).duplicate_of, store.message(copy).duplicate_of) == (None, key)
    again = store.record_document(key, path="2", file="a.pdf", sha256=sha("file"), first_page=1, last_page=1)
    assert (again.outcome, again.state) == (POSTED, State.POSTED)
    with pytest.raises(KeyError):
        store.message("m-none")
