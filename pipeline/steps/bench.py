"""What every step stands on: the ports, the store, the limits, and a way back from a key to what it names."""

import threading
from dataclasses import dataclass

from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import ReasonCode
from pipeline.domain.mail import MailMessage, Outcome, OutcomeStatus
from pipeline.domain.policy import Policy
from pipeline.errors import AnswerLost, BilagError, CorruptState, ResourceExhausted, Unavailable
from pipeline.ingest.filters import Filters, filter_attachments
from pipeline.ports import Archive, Clock, Erp, FieldExtractor, Mailbox, WordReader
from pipeline.steps.parsing import ParsedMessages, parse
from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that the steps work with."""

    mailbox: Mailbox
    archive: Archive
    reader: WordReader
    extractor: FieldExtractor
    erp: Erp
    clock: Clock


class Bench:
    """Ports, store and limits, bound together."""

    def __init__(
        self, ports: Ports, store: Store, policy: Policy, filters: Filters, *, authserv_id: str | None = None
    ) -> None:
        self._ports = ports
        self._store = store
        self._policy = policy
        self._filters = filters
        self._authserv_id = authserv_id
        self._parsed = ParsedMessages()
        # There is one worker process, so a lock in it is enough to check and book one document at a time.
        self._posting = threading.Lock()

    def _message(self, key: str) -> MailMessage:
        sha256 = self._store.message(key).sha256

        def parsed() -> MailMessage:
            return parse(self._ports.archive.get(sha256), authserv_id=self._authserv_id)

        return filter_attachments(self._parsed.get(sha256, parsed), self._filters)

    def _extraction(self, document: str) -> Extraction:
        extraction = self._store.extraction(document)
        if extraction is None:
            raise CorruptState(f"The document {document} is to be judged and was never read.")
        return extraction

    def _finish(self, document: str, status: OutcomeStatus, reason: str, message: str) -> None:
        """Give a document its outcome; one that it has already, such as a person's, stays."""
        self._store.set_document_outcome(document, Outcome(status, reason, message), unless_finished=True)

    def _give_up(self, document: str, error: BilagError) -> None:
        outcome = given_up(error)
        self._finish(document, outcome.status, outcome.reason, outcome.message)


def given_up(error: BilagError) -> Outcome:
    """Return the dead letter of what failed for good, with what to do next."""
    reason, hint = ReasonCode.GAVE_UP, error.operator_hint
    if isinstance(error, Unavailable | AnswerLost):
        reason, hint = ReasonCode.ERP_UNAVAILABLE, "Retry the dead letter when it is back."
    elif isinstance(error, ResourceExhausted):
        hint = "Free disk space or memory, then retry the dead letter."
    return Outcome(OutcomeStatus.DEAD_LETTER, reason.value, f"{error.message} {hint}")
