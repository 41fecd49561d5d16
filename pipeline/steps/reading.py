"""Reading a message's files: the documents in each, the fields of each, and pictures of e-invoices set aside."""

from dataclasses import replace

from pipeline.domain.document import Document, Unreadable
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.mail import Attachment, OutcomeStatus
from pipeline.errors import BilagError
from pipeline.extract.companions import companions
from pipeline.extract.extract import extract
from pipeline.extract.split import split
from pipeline.ingest.triage import unopened
from pipeline.steps.bench import Bench
from pipeline.validate.decide import decide_unreadable


class Reading(Bench):
    """From an attachment to extractions in the store."""

    def count_files(self, key: str) -> int:
        """Return how many files of a message there are to read."""
        message = self._message(key)
        self._store.keep_unopened(key, unopened(message))
        return len(message.documents)

    def read(self, key: str, index: int) -> None:
        """Read one file of a message: archive it, find the documents in it, extract each one's fields."""
        attachment = self._message(key).documents[index]
        self._ports.archive.put(attachment.file.content)
        read = self._ports.reader.read(attachment.file)
        if isinstance(read, Unreadable):
            self._cannot_read(key, attachment, read)
            return
        parts = split(read)
        for part in parts:
            self._extract(key, attachment, _one_of(part, len(parts)))
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

    def give_up_file(self, key: str, index: int, error: BilagError) -> None:
        """Make a file that failed for good a dead letter, with whatever was begun of it."""
        self._give_up_attachment(key, self._message(key).documents[index], error)

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

    def _cannot_read(self, key: str, attachment: Attachment, unreadable: Unreadable) -> None:
        document = self._record_whole(key, attachment)
        decision = decide_unreadable(unreadable, self._policy)
        self._store.save_decision(document, decision)
        self._finish(document, OutcomeStatus.DEAD_LETTER, decision.reason, decision.message)

    def _give_up_attachment(self, key: str, attachment: Attachment, error: BilagError) -> None:
        begun = [d.id for d in self._store.documents_of(key) if d.path == attachment.path and d.outcome is None]
        for document in begun or [self._record_whole(key, attachment)]:
            self._give_up(str(document), error)

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


def _one_of(part: Document, count: int) -> Document:
    """Say of a document that it is one of several in its file."""
    if count == 1:
        return part
    sentence = f"The file holds {count} documents; this is pages {part.first_page} to {part.last_page} of it."
    finding = Finding(ReasonCode.SEVERAL_DOCUMENTS, Severity.INFO, sentence)
    return replace(part, findings=(*part.findings, finding))
