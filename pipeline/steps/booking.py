"""Judging a document and booking it: the checks, the decision, the record, once."""

from pipeline.domain.decision import ApprovedDocument, HeldDocument
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import BillEntry, Entry
from pipeline.domain.finding import ReasonCode, Severity
from pipeline.domain.mail import OutcomeStatus
from pipeline.domain.record import RecordType
from pipeline.errors import AnswerLost, BilagError, CorruptState, Rejected
from pipeline.ingest.filters import is_trusted
from pipeline.post.entry import entry_of
from pipeline.post.post import Posting, post
from pipeline.steps.approval import Approval, approval_of, approve
from pipeline.steps.bench import Bench
from pipeline.store.records import DocumentLine, PostingState
from pipeline.validate.decide import decide
from pipeline.validate.earlier import earlier_document
from pipeline.validate.facts import SenderFacts
from pipeline.validate.lookup import gather
from pipeline.validate.validate import validate


class Booking(Bench):
    """From an extraction to a record in the ERP, or to whoever must look."""

    def judge(self, document: str) -> Approval | None:
        """Check and decide a document; return what posting needs to know where it may be posted, else None.

        A document that has an outcome is left alone.
        """
        if self._store.show(document).line.outcome is not None:
            return None
        verdict = self._decide(document)
        return approval_of(verdict) if isinstance(verdict, ApprovedDocument) else None

    def post(self, document: str, approval: Approval) -> None:
        """Book an approved document once; an answer that was lost is asked for before anything is sent again.

        One document at a time, and checked again: since it was judged, another one may have billed the same order,
        or the ERP was away for hours. A document that has an outcome is left alone.
        """
        with self._posting:
            if self._store.show(document).line.outcome is None:
                approved = self._still_approved(document, approval)
                if approved is not None and not self._stands_for_another(document, entry_of(approved)):
                    self._book(document, approved)

    def _decide(self, document: str) -> ApprovedDocument | HeldDocument:
        """Check and decide a document; one that is held has its outcome with it."""
        extraction = self._extraction(document)
        earlier = [earlier_document(line.file, said, _fate(line)) for line, said in self._store.similar(document)]
        facts = gather(extraction, self._ports.erp, self._policy, sender=self._sender(document), earlier=earlier)
        verdict = decide(validate(extraction, facts, self._policy, self._ports.clock.now().date()), self._policy)
        decision = verdict.decision
        self._store.save_decision(document, decision)
        if isinstance(verdict, HeldDocument):
            self._finish(document, OutcomeStatus(decision.route.value), decision.reason, decision.message)
        return verdict

    def _still_approved(self, document: str, approval: Approval) -> ApprovedDocument | None:
        """Return the document as it may be booked now, or None where it is held by now; what is booked stays so."""
        extraction = self._extraction(document)
        if self._ports.erp.find(extraction.key) is not None:
            decision = self._store.decision(document)
            if decision is None:
                raise CorruptState(f"The document {document} is to be posted and has no decision.")
            return approve(extraction, decision, approval)
        verdict = self._decide(document)
        if isinstance(verdict, ApprovedDocument):
            return verdict
        self._release_number(document, verdict.decision.message)
        return None

    def _release_number(self, document: str, why: str) -> None:
        """Let go of the number that an earlier try had taken, for it was not booked."""
        posting = self._store.posting(document)
        if posting is not None and posting.state in (PostingState.INTENDED, PostingState.UNKNOWN):
            self._store.posting_failed(document, why)

    def _book(self, document: str, approved: ApprovedDocument) -> None:
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
        self._give_up(document, error)

    def _sender(self, document: str) -> SenderFacts:
        message = self._message(self._store.show(document).message.key)
        sent_on = message.sent_at.date() if message.sent_at else None
        return SenderFacts(message.sender, message.authentication, is_trusted(message, self._filters), sent_on)

    def _original(self, document: str) -> SourceFile:
        record = self._store.show(document)
        attachments = self._message(record.message.key).documents
        return next(a.file for a in attachments if a.path == record.line.path)

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


def _fate(line: DocumentLine) -> str:
    """Finish the sentence "it was …" for an earlier document."""
    if line.record is not None:
        return f"posted as {line.record.type.value.replace('_', ' ')} {line.record.number or line.record.id}"
    return "sent to review"
