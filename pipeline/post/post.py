"""Books an approved document once, keeps the original with it, and reads the record back."""

from dataclasses import dataclass

from pipeline.domain.decision import ApprovedDocument
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import Entry
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.record import BookedRecord, RecordRef
from pipeline.errors import AnswerLost
from pipeline.ports import Erp
from pipeline.post.compare import differences
from pipeline.post.entry import entry_of


@dataclass(frozen=True, slots=True)
class Posting:
    """The record as the ERP now holds it, and what is to be looked at in it."""

    record: BookedRecord
    findings: tuple[Finding, ...]


def post(approved: ApprovedDocument, erp: Erp, original: SourceFile) -> Posting:
    """Book the document, or find the record that it already has: doing so twice is doing it once.

    Raises `NotBookable` where a reviewer approved too little, and what the port raises; after `AnswerLost` the record
    was looked for by its key and not found, so trying again is safe.
    """
    entry = entry_of(approved)
    ref = erp.find(entry.key) or _book(entry, erp)
    erp.attach(ref, original)
    record = erp.read(ref)
    return Posting(record, (*differences(entry, record), *_missing_original(record, original), *_warnings(record)))


def _book(entry: Entry, erp: Erp) -> RecordRef:
    """Post an entry; a lost reply is unknown, not failed, so the ERP is asked before anyone tries again."""
    try:
        return erp.post(entry)
    except AnswerLost:
        ref = erp.find(entry.key)
        if ref is None:
            raise
        return ref


def _missing_original(record: BookedRecord, original: SourceFile) -> tuple[Finding, ...]:
    if original.name in record.attachments:
        return ()
    message = f"The original {original.name} is not among the record's attachments. Attach it in the ERP."
    return (Finding(ReasonCode.READ_BACK_DIFFERS, Severity.WARN, message, ("attachments",)),)


def _warnings(record: BookedRecord) -> tuple[Finding, ...]:
    """Say what the adapter let pass: it stops at every warning that speaks against the record, duplicates above all."""
    return tuple(
        Finding(ReasonCode.ERP_WARNED, Severity.INFO, f"The ERP remarked while booking: {text}")
        for text in record.warnings
    )
