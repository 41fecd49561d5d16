"""What a person does with what the flow left to them: try it again, dismiss it, or take back its record."""

import logging

from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.domain.record import RecordRef
from pipeline.errors import BilagError, Rejected
from pipeline.ports import Erp, Mailbox
from pipeline.steps.summary import summed_up
from pipeline.store.parts.deadletters import may_be_retried
from pipeline.store.records import DocumentRecord, MessageLine, PostingState, State
from pipeline.store.store import Store

_log = logging.getLogger(__name__)

_MESSAGE = "m-"
_WAITING = (State.REVIEW, State.DEAD_LETTER)
_ON_ITS_WAY = (PostingState.INTENDED, PostingState.UNKNOWN, PostingState.POSTED)


class Desk:
    """Acts on one document or message in a person's name; the message's outcome follows, in the store and where it
    lies.

    What is named is a document's id or a message's key (`m-…`); a message stands for itself and for its parts that
    nobody could open, not for its documents. Whatever was begun and interrupted can be asked for again. Raises Rejected
    where there is nothing to do. A mailbox that is away is told later, by the next run.
    """

    def __init__(self, store: Store, mailbox: Mailbox, erp: Erp, *, actor: str) -> None:
        self._store = store
        self._mailbox = mailbox
        self._erp = erp
        self._actor = actor

    def retry(self, name: str) -> None:
        """Have a document or message read, checked and decided again by the next run.

        Raises Rejected unless it waits for a person, or a person dismissed it or cancelled its record.
        """
        if name.startswith(_MESSAGE):
            self._retry_message(name)
            return
        line = self._document(name).line
        if not may_be_retried(line.state, line.reason):
            raise _not_waiting("document", line.state, "tried again")
        self._store.retry_document(name, actor=self._actor)

    def dismiss(self, name: str, why: str) -> None:
        """Close a document or message that needs no record.

        Raises Rejected unless it waits for a person, or where the ERP has a record of it, and what the ERP raises.
        """
        if name.startswith(_MESSAGE):
            self._dismiss_message(name, why)
            return
        record = self._document(name)
        if (record.line.state, record.line.reason) != (State.SKIPPED, "DISMISSED"):
            if record.line.state not in _WAITING:
                raise _not_waiting("document", record.line.state, "dismissed")
            self._release_number(record, why)
            self._store.set_document_outcome(name, _set_aside("DISMISSED", why), actor=self._actor)
        self._sum_up(record.message.key)

    def cancel(self, document: str, why: str) -> None:
        """Roll the document's record back in the ERP, so that a corrected document is no duplicate of it.

        Raises Rejected where it has no record or is being worked on, and what the ERP raises.
        """
        record = self._document(document)
        if (record.line.state, record.line.reason) != (State.SKIPPED, "CANCELLED"):
            if record.line.outcome is None:
                raise Rejected("This document is being worked on.", operator_hint="Wait for `bilag run` to finish it.")
            self._roll_back(record, why)
            self._store.set_document_outcome(document, _set_aside("CANCELLED", why), actor=self._actor)
        self._sum_up(record.message.key)

    def _roll_back(self, record: DocumentRecord, why: str) -> None:
        document, posting = str(record.line.id), record.posting
        if posting is not None and posting.state is PostingState.CANCELLED and record.line.state is State.POSTED:
            return
        if posting is not None and posting.state is PostingState.POSTED and posting.record is not None:
            booked: RecordRef | None = posting.record
        else:
            booked = self._booked(record)
        if booked is None:
            raise Rejected(
                "This document has no record in the ERP.", operator_hint="`bilag show` tells what became of it."
            )
        self._erp.cancel(booked)
        if posting is not None:
            self._store.posting_done(document, booked)
            self._store.posting_cancelled(document, why, actor=self._actor)

    def _release_number(self, record: DocumentRecord, why: str) -> None:
        """Let go of the number that a try at booking had taken; refuse where it was booked all the same."""
        posting = record.posting
        if posting is None or posting.state is PostingState.CANCELLED:
            return
        booked = self._booked(record)
        if booked is not None:
            raise Rejected(
                f"The ERP has a record of this document: {booked.number or booked.id}.",
                operator_hint="`bilag cancel` takes it back and closes the document.",
            )
        if posting.state in _ON_ITS_WAY:
            self._store.posting_failed(str(record.line.id), why)

    def _booked(self, record: DocumentRecord) -> RecordRef | None:
        """Return the record that the ERP has of this document, not of the same file in another message."""
        found = self._erp.find(str(record.line.key))
        if found is None or self._store.posted_document(found) not in (None, record.line.id):
            return None
        return found

    def _retry_message(self, key: str) -> None:
        message = self._message(key)
        if not (self._waits(message) or _is_dismissed(message)):
            raise _not_waiting("message", message.state, "tried again")
        self._store.retry_message(key, actor=self._actor)

    def _dismiss_message(self, key: str, why: str) -> None:
        message = self._message(key)
        documents = self._store.documents_of(key)
        if self._waits(message):
            self._store.dismiss_unopened(key, why, actor=self._actor)
            if not documents:
                self._store.set_message_outcome(key, _set_aside("DISMISSED", why), actor=self._actor)
        elif not _is_dismissed(message):
            raise _not_waiting("message", message.state, "dismissed")
        self._sum_up(key)

    def _waits(self, message: MessageLine) -> bool:
        """Say whether a message waits for a person by itself, and not only for its documents' sake."""
        if message.outcome is None:
            return False
        return bool(message.unopened) or (message.state in _WAITING and not self._store.documents_of(message.key))

    def _sum_up(self, key: str) -> None:
        """Let the message follow, and show it where it lies; the next run does so where the mailbox is away."""
        if self._store.documents_of(key) and (outcome := summed_up(self._store, key)) is not None:
            self._store.set_message_outcome(key, outcome, actor=self._actor)
        message = self._message(key)
        if message.outcome is None or message.told:
            return
        try:
            self._mailbox.acknowledge(message.ref, message.outcome)
        except BilagError as error:
            _log.warning("The outcome of message %s is not shown in the mailbox yet: %s", key, error)
            return
        self._store.outcome_told(key, message.outcome)

    def _document(self, document: str) -> DocumentRecord:
        try:
            return self._store.show(document)
        except KeyError as error:
            raise Rejected(f"There is no document {document}.", operator_hint="`bilag status` lists them.") from error

    def _message(self, key: str) -> MessageLine:
        try:
            return self._store.message(key)
        except KeyError as error:
            raise Rejected(f"There is no message {key}.", operator_hint="`bilag status` lists them.") from error


def _is_dismissed(message: MessageLine) -> bool:
    return message.state is State.SKIPPED and message.outcome is not None and message.outcome.reason == "DISMISSED"


def _set_aside(reason: str, why: str) -> Outcome:
    return Outcome(OutcomeStatus.SKIPPED, reason, why)


def _not_waiting(what: str, state: State, done: str) -> Rejected:
    return Rejected(
        f"The {what} is {state.value}: only what is in review or a dead letter can be {done}.",
        operator_hint="A posted document is taken back with `bilag cancel`; documents have ids of their own.",
    )
