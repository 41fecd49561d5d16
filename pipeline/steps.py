"""What each step of the flow does. A step may run twice; it takes keys, and leaves its results in the store."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.approval import Approval, approval_of, approve
from pipeline.domain.decision import ApprovedDocument
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.entry import BillEntry, Entry
from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import ReasonCode, Severity
from pipeline.domain.mail import Attachment, MailMessage, Outcome, OutcomeStatus
from pipeline.domain.policy import Policy
from pipeline.domain.record import RecordType
from pipeline.errors import AnswerLost, BilagError, CorruptState, Rejected, ResourceExhausted, Unavailable
from pipeline.extract.companions import companions
from pipeline.extract.extract import extract
from pipeline.extract.split import split
from pipeline.ingest.filters import Filters, apply, filter_attachments, is_trusted
from pipeline.ingest.parse import parse_message
from pipeline.ingest.triage import outcome_without_documents, unopened
from pipeline.ports import Archive, Clock, Erp, FieldExtractor, Mailbox, WordReader
from pipeline.post.entry import entry_of
from pipeline.post.post import Posting, post
from pipeline.store.records import DocumentLine, RecordedMessage
from pipeline.store.store import Store
from pipeline.summary import message_outcome
from pipeline.validate.decide import decide, decide_unreadable
from pipeline.validate.earlier import earlier_document
from pipeline.validate.facts import ErpFacts, SenderFacts
from pipeline.validate.lookup import gather
from pipeline.validate.validate import validate

_log = logging.getLogger(__name__)

# Every real message names its sender, so what does not may have lost more than that.
_NO_SENDER = (
    "The message has no readable sender and no document: it is damaged or cut short. Look at the original in the "
    "mailbox, or fetch it again from where it came."
)


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that the steps work with."""

    mailbox: Mailbox
    archive: Archive
    reader: WordReader
    extractor: FieldExtractor
    erp: Erp
    clock: Clock


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message to be worked on; `work_key` names this attempt, so that queueing it twice is queueing it once."""

    message_key: str
    work_key: str
    dead_letter: int | None = None


class Steps:
    """The steps, bound to the ports they use and the limits they keep to."""

    def __init__(
        self, ports: Ports, store: Store, policy: Policy, filters: Filters, *, authserv_id: str | None = None
    ) -> None:
        self._ports = ports
        self._store = store
        self._policy = policy
        self._filters = filters
        self._authserv_id = authserv_id

    # --- a message ---------------------------------------------------------------------------------------------------

    def arrivals(self) -> Iterator[Arrival]:
        """Archive and record every message; yield those to be worked on, and acknowledge those that are finished."""
        for raw in self._ports.mailbox.fetch():
            sha256 = self._ports.archive.put(raw.content)
            message = parse_message(
                raw.content, labels=raw.labels, thread_id=raw.thread_id, authserv_id=self._authserv_id
            )
            recorded = self._store.record_message(raw.ref, message)
            self._ports.archive.append_manifest(sha256, "received", _described(message))
            outcome = recorded.outcome or self._refusal(recorded, message)
            if outcome is None:
                yield Arrival(recorded.key, recorded.key)
                continue
            self._store.set_message_outcome(recorded.key, outcome)
            self._try_to_acknowledge(recorded.key)

    def _refusal(self, recorded: RecordedMessage, message: MailMessage) -> Outcome | None:
        """Return the outcome of a message that is not worth reading: received before, or refused by the filters."""
        if recorded.duplicate_of is not None and recorded.duplicate_of.same_content:
            sentence = "The very same message was received before; see the first one."
            return Outcome(OutcomeStatus.DUPLICATE, "SAME_MESSAGE", sentence)
        return apply(message, self._filters)

    def unfinished(self) -> Iterator[Arrival]:
        """Yield the messages that were recorded and never queued, because the process died in between."""
        for line in self._store.unfinished_messages():
            # Whatever else the log knows of a message, such as a retry, was queued under a key of its own.
            if all(row.event == "message_recorded" for row in self._store.audit_rows(line.key)):
                yield Arrival(line.key, line.key)

    def retries(self) -> Iterator[Arrival]:
        """Yield the dead letters that somebody asked to try again."""
        for retry in self._store.due_retries():
            yield Arrival(retry.message_key, retry.work_key, retry.dead_letter_id)

    def queued(self, arrival: Arrival) -> None:
        """Note that the engine has taken an arrival over."""
        if arrival.dead_letter is not None:
            self._store.retry_started(arrival.dead_letter)

    def count_files(self, key: str) -> int:
        """Return how many files of a message there are to read."""
        return len(self._message(key).documents)

    def read(self, key: str, index: int) -> None:
        """Read one file of a message: archive it, find the documents in it, extract each one's fields."""
        attachment = self._message(key).documents[index]
        self._ports.archive.put(attachment.file.content)
        read = self._ports.reader.read(attachment.file)
        if isinstance(read, Unreadable):
            self._cannot_read(key, attachment, read)
            return
        for part in split(read):
            self._extract(key, attachment, part)
        self._forget_failure(key, attachment)

    def pair(self, key: str) -> list[str]:
        """Set aside the pictures of e-invoices; return the message's documents that are to be judged."""
        waiting = [d.id for d in self._store.documents_of(key) if d.outcome is None and d.id is not None]
        extractions = [self._extraction(document) for document in waiting]
        pictures = companions(extractions)
        for picture, native in pictures.items():
            sentence = f"It shows the same invoice as {extractions[native].file}, which was read instead."
            self._finish(waiting[picture], OutcomeStatus.DUPLICATE, "PICTURE_OF_EINVOICE", sentence)
        return [document for index, document in enumerate(waiting) if index not in pictures]

    def conclude(self, key: str) -> None:
        """Give the message the one outcome that its documents add up to."""
        message = self._message(key)
        outcome = outcome_without_documents(message)
        if outcome is None:
            outcome = message_outcome(self._store.documents_of(key), unopened(message))
        elif outcome.status is OutcomeStatus.SKIPPED and not message.sender:
            outcome = Outcome(OutcomeStatus.DEAD_LETTER, "MESSAGE_DAMAGED", _NO_SENDER)
        self._store.set_message_outcome(key, outcome)

    def give_up_file(self, key: str, index: int, error: BilagError) -> None:
        """Make a file that failed for good a dead letter, with whatever was begun of it."""
        self._give_up_attachment(key, self._message(key).documents[index], error)

    def give_up_message(self, key: str, error: BilagError) -> None:
        """Make a message that failed for good a dead letter, with all that has no outcome; what has one keeps it."""
        for document in self._store.documents_of(key):
            if document.outcome is None and document.id is not None:
                self.give_up_document(document.id, error)
        if documents := self._store.documents_of(key):
            self._store.set_message_outcome(key, message_outcome(documents))
        elif self._store.message(key).outcome is None:
            self._store.set_message_outcome(key, _given_up(error))

    def broke_down(self, key: str, why: str) -> None:
        """Make dead letters of all that was left open when work broke down, and show it where the message lies."""
        hint = "Report this as a fault of Bilag, with the log; then retry the dead letter."
        error = BilagError(f"The work on it broke down: {why}.", operator_hint=hint)
        begun = {document.path for document in self._store.documents_of(key)}
        for attachment in self._message(key).documents if begun else ():
            if attachment.path not in begun:
                self._give_up_attachment(key, attachment, error)
        self.give_up_message(key, error)
        self._try_to_acknowledge(key)

    def acknowledge(self, key: str) -> None:
        """Show the outcome where the message lies."""
        line = self._store.message(key)
        if line.outcome is not None:
            self._ports.mailbox.acknowledge(line.ref, line.outcome)

    def acknowledge_later(self, key: str, error: BilagError) -> None:
        """Note that the mailbox did not take an outcome: it is told again when the message is fetched again."""
        _log.warning("The outcome of message %s is not shown in the mailbox yet: %s", key, error)

    def _try_to_acknowledge(self, key: str) -> None:
        """Acknowledge a message that lies among others, which a refusal must not hold up."""
        try:
            self.acknowledge(key)
        except BilagError as error:
            self.acknowledge_later(key, error)

    # --- a document --------------------------------------------------------------------------------------------------

    def judge(self, document: str) -> Approval | None:
        """Check and decide a document; return what posting needs to know where it may be posted, else None."""
        extraction = self._extraction(document)
        earlier = [earlier_document(line.file, said, _fate(line)) for line, said in self._store.similar(document)]
        facts = gather(extraction, self._ports.erp, self._policy, sender=self._sender(document), earlier=earlier)
        facts = self._before_booking(facts)
        verdict = decide(validate(extraction, facts, self._policy, self._ports.clock.now().date()), self._policy)
        self._store.save_decision(document, verdict.decision)
        if isinstance(verdict, ApprovedDocument):
            return approval_of(verdict)
        decision = verdict.decision
        self._finish(document, OutcomeStatus(decision.route.value), decision.reason, decision.message)
        return None

    def post(self, document: str, approval: Approval) -> None:
        """Book an approved document once; an answer that was lost is asked for before anything is sent again."""
        decision = self._store.decision(document)
        if decision is None:
            raise CorruptState(f"The document {document} is to be posted and has no decision.")
        approved = approve(self._extraction(document), decision, approval)
        if self._stands_for_another(document, entry_of(approved)):
            return
        try:
            posting = post(approved, self._ports.erp, self._original(document))
        except AnswerLost as error:
            self._store.posting_unknown(document, error.message)
            raise
        except Rejected as error:
            self._refused(document, error)
            return
        self._posted(document, posting)

    def give_up_document(self, document: str, error: BilagError) -> None:
        """Make a document that failed for good a dead letter."""
        outcome = _given_up(error)
        self._finish(document, outcome.status, outcome.reason, outcome.message)

    # --- what they share ---------------------------------------------------------------------------------------------

    def _message(self, key: str) -> MailMessage:
        content = self._ports.archive.get(self._store.message(key).sha256)
        return filter_attachments(parse_message(content, authserv_id=self._authserv_id), self._filters)

    def _extraction(self, document: str) -> Extraction:
        extraction = self._store.extraction(document)
        if extraction is None:
            raise CorruptState(f"The document {document} is to be judged and was never read.")
        return extraction

    def _before_booking(self, facts: ErpFacts) -> ErpFacts:
        """Return the facts as they were before this very document was booked, which happens after a lost answer: what
        it took of an order itself is not billed before."""
        if facts.own_record is None or facts.own_record.type is not RecordType.BILL:
            return facts
        own: defaultdict[str | None, Decimal] = defaultdict(Decimal)
        for line in self._ports.erp.read(facts.own_record).lines:
            own[line.order_line_id] += line.quantity
        orders = (
            replace(order, lines=tuple(replace(x, invoiced=x.invoiced - own[x.id]) for x in order.lines))
            for order in facts.orders
        )
        return replace(facts, orders=tuple(orders))

    def _sender(self, document: str) -> SenderFacts:
        message = self._message(self._store.show(document).message.key)
        sent_on = message.sent_at.date() if message.sent_at else None
        return SenderFacts(message.sender, message.authentication, is_trusted(message, self._filters), sent_on)

    def _original(self, document: str) -> SourceFile:
        record = self._store.show(document)
        attachments = self._message(record.message.key).documents
        return next(a.file for a in attachments if a.path == record.line.path)

    def _cannot_read(self, key: str, attachment: Attachment, unreadable: Unreadable) -> None:
        document = self._record_whole(key, attachment)
        decision = decide_unreadable(unreadable, self._policy)
        self._store.save_decision(document, decision)
        self._finish(document, OutcomeStatus.DEAD_LETTER, decision.reason, decision.message)

    def _give_up_attachment(self, key: str, attachment: Attachment, error: BilagError) -> None:
        begun = [d.id for d in self._store.documents_of(key) if d.path == attachment.path and d.outcome is None]
        for document in begun or [self._record_whole(key, attachment)]:
            self.give_up_document(str(document), error)

    def _record_whole(self, key: str, attachment: Attachment) -> str:
        """Record a file of which no document is known: page numbers are 0."""
        file = attachment.file
        return self._store.record_document(key, path=attachment.path, file=file.name, sha256=file.sha256).id

    def _forget_failure(self, key: str, attachment: Attachment) -> None:
        """Close what stands for a file that could not be read at an earlier try, now that it could."""
        for line in self._store.documents_of(key):
            unread = line.path == attachment.path and line.kind is None and line.outcome is None
            if unread and line.id is not None:
                self._finish(line.id, OutcomeStatus.SKIPPED, "READ_LATER", "A later try could read the file.")

    def _extract(self, key: str, attachment: Attachment, part: Document) -> None:
        recorded = self._store.record_document(
            key,
            path=attachment.path,
            file=attachment.file.name,
            sha256=part.sha256,
            first_page=part.first_page,
            last_page=part.last_page,
        )
        if recorded.outcome is not None:
            return
        if (first := recorded.duplicate_of) is not None:
            sentence = f"The same file came before as {first.file} in “{first.subject}”."
            self._finish(recorded.id, OutcomeStatus.DUPLICATE, ReasonCode.DUPLICATE.value, sentence)
            return
        extraction = extract(part, self._ports.extractor)
        if isinstance(extraction, Unreadable):
            self._cannot_read(key, attachment, extraction)
        else:
            self._store.save_extraction(recorded.id, extraction)

    def _stands_for_another(self, document: str, entry: Entry) -> bool:
        """Write the intent down; say whether another document already stands for the same record."""
        if isinstance(entry, BillEntry):
            record_type, party, reference = entry.type, entry.supplier_id, entry.number
        else:
            record_type, party, reference = RecordType.SALES_ORDER, entry.customer_id, entry.reference
        intent = self._store.intend_posting(document, record_type, party_id=party, reference=reference)
        if intent.held_by is None:
            return False
        sentence = f"Another document with the number {reference} is already posted or on its way: {intent.held_by}."
        self._finish(document, OutcomeStatus.REVIEW, ReasonCode.DUPLICATE.value, sentence)
        return True

    def _refused(self, document: str, error: Rejected) -> None:
        """Hand what the ERP refused to a person; where it refused what follows on booking, the record is there."""
        record = self._ports.erp.find(self._extraction(document).key)
        sentence = f"{error.message} {error.operator_hint}"
        if record is None:
            self._store.posting_failed(document, error.message)
        else:
            self._store.posting_done(document, record)
            sentence = f"It is booked as {record.number or record.id}, but not all of it was taken: {sentence}"
        self._finish(document, OutcomeStatus.REVIEW, ReasonCode.ERP_REJECTED.value, sentence)

    def _posted(self, document: str, posting: Posting) -> None:
        record = posting.record
        self._store.posting_done(document, record.ref)
        shown = self._store.show(document)
        link = {"document": document, "type": record.ref.type.value, "id": record.ref.id, "number": record.ref.number}
        self._ports.archive.append_manifest(shown.message.sha256, "posted", link)
        name = f"{record.ref.type.value.replace('_', ' ')} {record.ref.number or record.ref.id}"
        grave = [finding for finding in posting.findings if finding.severity is not Severity.INFO]
        if grave:
            first = grave[0]
            self._finish(document, OutcomeStatus.REVIEW, first.code.value, f"Posted as {name}. {first.message}")
        else:
            self._finish(document, OutcomeStatus.POSTED, "POSTED", f"Posted as {name}.")

    def _finish(self, document: str, status: OutcomeStatus, reason: str, message: str) -> None:
        self._store.set_document_outcome(document, Outcome(status, reason, message))


def _given_up(error: BilagError) -> Outcome:
    reason, hint = ReasonCode.GAVE_UP, error.operator_hint
    if isinstance(error, Unavailable | AnswerLost):
        reason, hint = ReasonCode.ERP_UNAVAILABLE, "Retry the dead letter when it is back."
    elif isinstance(error, ResourceExhausted):
        hint = "Free disk space or memory, then retry the dead letter."
    return Outcome(OutcomeStatus.DEAD_LETTER, reason.value, f"{error.message} {hint}")


def _fate(line: DocumentLine) -> str:
    """Finish the sentence "it was …" for an earlier document."""
    if line.record is not None:
        return f"posted as {line.record.type.value.replace('_', ' ')} {line.record.number or line.record.id}"
    return "sent to review"


def _described(message: MailMessage) -> dict[str, object]:
    """Return what the manifest keeps of a message: enough to find its files in the archive."""
    return {
        "message_id": message.message_id,
        "sender": message.sender,
        "subject": message.subject,
        "files": [{"path": a.path, "name": a.file.name, "sha256": a.file.sha256} for a in message.documents],
    }
