"""Postings: intended before they are sent, once per document, once per bill."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.domain.mail import MailMessage, MessageRef
from pipeline.domain.record import RecordRef, RecordType
from pipeline.store.records import PostingState
from pipeline.store.store import Store
from tests.store.conftest import sha

BILL = RecordRef(RecordType.BILL, "7", "2026/7", "https://erp.example/7")


@pytest.fixture
def documents(store: Store, a_message: Callable[..., tuple[MessageRef, MailMessage]]) -> list[str]:
    key = store.record_message(*a_message()).key
    return [store.record_document(key, path=str(n), file=f"{n}.pdf", sha256=sha(str(n))).id for n in range(6)]


def intend(store: Store, document_id: str, reference: str = "INV 1", party_id: str = "42") -> PostingState | str:
    intent = store.intend_posting(document_id, RecordType.BILL, party_id=party_id, reference=reference)
    return intent.held_by or intent.posting.state


def test_a_posting_goes_from_intent_to_record(store: Store, documents: list[str]) -> None:
    document_id = documents[0]
    assert store.posting(document_id) is None
    assert intend(store, document_id) == PostingState.INTENDED
    store.posting_done(document_id, BILL)
    store.posting_done(document_id, BILL)

    posting = store.posting(document_id)
    assert posting is not None
    assert (posting.state, posting.record, posting.attempts) == (PostingState.POSTED, BILL, 1)
    assert store.find_documents(document_id)[0].record == BILL
    recorded = [row.event for row in store.audit_rows(document_id)]
    assert recorded == ["document_recorded", "posting_intended", "posting_posted"]


def test_a_posted_document_is_not_intended_again(store: Store, documents: list[str]) -> None:
    intend(store, documents[0])
    store.posting_done(documents[0], BILL)

    intent = store.intend_posting(documents[0], RecordType.BILL, party_id="42", reference="INV 1")

    assert (intent.posting.state, intent.posting.record, intent.held_by) == (PostingState.POSTED, BILL, None)
    assert intent.posting.attempts == 1


def test_attempts_are_counted_through_lost_answers(store: Store, documents: list[str]) -> None:
    intend(store, documents[0])
    store.posting_unknown(documents[0], "The connection broke.")
    posting = store.posting(documents[0])
    assert posting is not None
    assert (posting.state, posting.message) == (PostingState.UNKNOWN, "The connection broke.")

    assert intend(store, documents[0]) == PostingState.INTENDED
    posting = store.posting(documents[0])
    assert posting is not None
    assert (posting.attempts, posting.message) == (2, "")


@pytest.mark.parametrize("state", ["intended", "unknown", "posted"])
def test_the_same_bill_from_another_file_is_held(store: Store, documents: list[str], state: str) -> None:
    intend(store, documents[0], "INV 1")
    if state == "unknown":
        store.posting_unknown(documents[0], "")
    if state == "posted":
        store.posting_done(documents[0], BILL)

    assert intend(store, documents[1], "inv1") == documents[0]
    assert store.posting(documents[1]) is None
    assert intend(store, documents[1], "INV 2") == PostingState.INTENDED
    assert intend(store, documents[2], "INV 1", party_id="43") == PostingState.INTENDED


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_a_bill_that_did_not_come_to_be_holds_nothing(store: Store, documents: list[str], end: str) -> None:
    intend(store, documents[0])
    if end == "failed":
        store.posting_failed(documents[0], "The period is closed.")
    else:
        store.posting_done(documents[0], BILL)
        store.posting_cancelled(documents[0], "Rolled back.", actor="operator")

    assert intend(store, documents[1]) == PostingState.INTENDED
    assert intend(store, documents[0]) == documents[1], "the first one must not come back beside it"


def test_of_parallel_files_of_one_bill_exactly_one_is_sent(store: Store, documents: list[str]) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda document_id: intend(store, document_id), documents))

    assert answers.count(PostingState.INTENDED) == 1
    winner = documents[answers.index(PostingState.INTENDED)]
    assert [answer for answer in answers if answer != PostingState.INTENDED] == [winner] * 5
    assert store.status().postings == {PostingState.INTENDED: 1}


def test_an_end_without_an_intent_is_a_mistake(store: Store, documents: list[str]) -> None:
    with pytest.raises(KeyError, match="no posting was intended"):
        store.posting_done(documents[0], BILL)
