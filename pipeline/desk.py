"""What a person does with a document that the flow left to them: try it again, dismiss it, or take back its record."""

from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.errors import Rejected
from pipeline.ports import Erp, Mailbox
from pipeline.steps.summary import message_outcome
from pipeline.store.records import DocumentRecord, PostingState, State
from pipeline.store.store import Store

_WAITING = (State.REVIEW, State.DEAD_LETTER)


class Desk:
    """Acts on one document in a person's name; the message's outcome follows, in the store and where it lies."""

    def __init__(self, store: Store, mailbox: Mailbox, erp: Erp, *, actor: str) -> None:
        self._store = store
        self._mailbox = mailbox
        self._erp = erp
        self._actor = actor

    def retry(self, document: str) -> None:
        """Have a document read, checked and decided again by the next run. Raises Rejected unless it waits."""
        self._waiting(document, "tried again")
        self._store.retry_document(document, actor=self._actor)

    def dismiss(self, document: str, why: str) -> None:
        """Close a document that needs no record. Raises Rejected unless it waits for a person."""
        self._waiting(document, "dismissed")
        self._finish(document, "DISMISSED", why)

    def cancel(self, document: str, why: str) -> None:
        """Roll the document's record back in the ERP, so that a corrected document is no duplicate of it.

        Raises Rejected where it has no record, and what the ERP raises.
        """
        posting = self._store.show(document).posting
        if posting is None or posting.record is None or posting.state is not PostingState.POSTED:
            raise Rejected(
                "This document has no record in the ERP.", operator_hint="`bilag show` tells what became of it."
            )
        self._erp.cancel(posting.record)
        self._store.posting_cancelled(document, why, actor=self._actor)
        self._finish(document, "CANCELLED", why)

    def _waiting(self, document: str, done: str) -> DocumentRecord:
        record = self._store.show(document)
        if record.line.state not in _WAITING:
            raise Rejected(
                f"The document is {record.line.state.value}: only what is in review or a dead letter can be {done}.",
                operator_hint="A posted document is taken back with `bilag cancel`.",
            )
        return record

    def _finish(self, document: str, reason: str, why: str) -> None:
        self._store.set_document_outcome(document, Outcome(OutcomeStatus.SKIPPED, reason, why), actor=self._actor)
        message = self._store.show(document).message
        outcome = message_outcome(self._store.documents_of(message.key))
        self._store.set_message_outcome(message.key, outcome)
        self._mailbox.acknowledge(message.ref, outcome)
