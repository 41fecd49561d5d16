"""Documents: each occurrence recorded once, with what was read of it, what was decided and what became of it."""

import hashlib
import json
from collections.abc import Mapping

import sqlalchemy as sa

from pipeline.domain.contract import finding_to_json, from_json, to_json
from pipeline.domain.decision import Decision
from pipeline.domain.extraction import Extraction
from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.store.audit import canonical_json
from pipeline.store.database import reading
from pipeline.store.ledger import Books, Ledger
from pipeline.store.parts.deadletters import close_open, open_dead_letter
from pipeline.store.parts.rows import Row, decisions_of, document_line, document_lines, outcome_of
from pipeline.store.records import TAKEN_BACK, DocumentLine, RecordedDocument, State
from pipeline.store.tables import UtcTime, decisions, documents, extractions, findings
from pipeline.store.text import comparable


class Documents:
    """The part of the store that knows documents."""

    _books: Books

    def record_document(
        self, message_key: str, *, path: str, file: str, sha256: str, first_page: int = 0, last_page: int = 0
    ) -> RecordedDocument:
        """Record one document of a message (its key is digest and page range), or say that it is there already.

        Where the same file came before, in another message or at another place in this one, `duplicate_of` is the
        first occurrence, leaving out those that a person cancelled or dismissed. The id of a later occurrence is
        `key@…`, so that it has an outcome of its own. A document that cannot be read has no pages: both page numbers
        are 0.
        """
        key = f"{sha256}:{first_page}-{last_page}"
        with self._books.write() as ledger:
            here = (documents.c.message_key == message_key) & (documents.c.path == path)
            row = ledger.connection.execute(sa.select(documents).where(here, documents.c.key == key)).one_or_none()
            if row is not None:
                earlier = _line(ledger.connection, row.duplicate_of) if row.duplicate_of else None
                outcome = outcome_of(row.status, row.reason, row.message)
                return RecordedDocument(row.id, False, State(row.status), outcome, earlier)
            earlier = _first_occurrence(ledger.connection, sha256, key, ~here)
            document_id = key
            if earlier is not None or _is_taken(ledger.connection, key):
                document_id += "@" + _mark_of(message_key, path)
            ledger.connection.execute(
                sa.insert(documents).values(
                    id=document_id,
                    key=key,
                    message_key=message_key,
                    path=path,
                    file=file,
                    sha256=sha256,
                    first_page=first_page,
                    last_page=last_page,
                    recorded_at=ledger.now,
                    duplicate_of=earlier.id if earlier else None,
                    status=State.RECEIVED.value,
                )
            )
            details = {"message": message_key, "file": file, "path": path}
            ledger.note("document_recorded", document_id, details | ({"duplicate_of": earlier.id} if earlier else {}))
            return RecordedDocument(document_id, True, State.RECEIVED, None, earlier)

    def save_extraction(self, document_id: str, extraction: Extraction) -> None:
        """Keep what was read of a document. Raises KeyError for an unknown document."""
        contract = canonical_json(to_json(extraction))
        digest = hashlib.sha256(contract.encode()).hexdigest()
        with self._books.write() as ledger:
            row = _find(ledger.connection, document_id)
            if row.status != State.RECEIVED.value and digest == _last_digest(ledger, extractions, document_id):
                return
            ledger.connection.execute(
                sa.insert(extractions).values(
                    document_id=document_id,
                    digest=digest,
                    contract=contract,
                    model_name=extraction.model.name,
                    model_version=extraction.model.version,
                    extracted_at=ledger.now,
                )
            )
            kind = extraction.kind.value.value
            forward = {"status": State.EXTRACTED.value} if row.status == State.RECEIVED.value else {}
            ledger.connection.execute(
                sa.update(documents)
                .where(documents.c.id == document_id)
                .values(kind=kind, reference=_number(extraction), **forward)
            )
            details = {
                "digest": digest,
                "kind": kind,
                "words_from": extraction.words_from.value,
                "model": f"{extraction.model.name} {extraction.model.version}",
            }
            ledger.note("document_extracted", document_id, details)

    def save_decision(self, document_id: str, decision: Decision, *, actor: str | None = None) -> None:
        """Keep a decision with everything that it rested on. Raises KeyError for an unknown document."""
        written = _decision_to_json(decision)
        digest = hashlib.sha256(canonical_json(written).encode()).hexdigest()
        with self._books.write(actor) as ledger:
            row = _find(ledger.connection, document_id)
            undecided = row.status in (State.RECEIVED.value, State.EXTRACTED.value)
            if not undecided and digest == _last_digest(ledger, decisions, document_id):
                return
            _insert_decision(ledger, document_id, decision, digest)
            if undecided:
                ledger.connection.execute(
                    sa.update(documents).where(documents.c.id == document_id).values(status=State.DECIDED.value)
                )
            ledger.note("document_decided", document_id, written)

    def set_document_outcome(
        self, document_id: str, outcome: Outcome, *, actor: str | None = None, unless_finished: bool = False
    ) -> None:
        """Say what became of a document; a dead letter is opened, or closed, with it.

        With `unless_finished` an outcome that it already has stays.

        Raises KeyError for an unknown document.
        """
        with self._books.write(actor) as ledger:
            row = _find(ledger.connection, document_id)
            was = outcome_of(row.status, row.reason, row.message)
            if was == outcome or (was is not None and unless_finished):
                return
            ledger.connection.execute(
                sa.update(documents)
                .where(documents.c.id == document_id)
                .values(
                    status=outcome.status.value,
                    reason=outcome.reason,
                    message=outcome.message,
                    finished_at=ledger.now,
                )
            )
            details = {"status": outcome.status.value, "reason": outcome.reason, "message": outcome.message}
            ledger.note("document_finished", document_id, details | ({"was": was.status.value} if was else {}))
            close_open(ledger, row.message_key, document_id)
            if outcome.status is OutcomeStatus.DEAD_LETTER:
                open_dead_letter(ledger, row.message_key, document_id, outcome)

    def extraction(self, document_id: str) -> Extraction | None:
        """Return what was read of a document last, or None."""
        with reading(self._books.engine) as connection:
            return last_extraction(connection, document_id)

    def similar(self, document_id: str) -> tuple[tuple[DocumentLine, Extraction], ...]:
        """Return the documents recorded before this one that bear the same number, with what was read of each.

        Only those that are booked, with a person or on their way count: not duplicates, skipped ones, dead letters.
        Whether it is the same invoice is for the checks to say: numbers repeat from supplier to supplier. Raises
        KeyError for an unknown document.
        """
        with reading(self._books.engine) as connection:
            row = _find(connection, document_id)
            if row.reference is None:
                return ()
            before = sa.tuple_(documents.c.recorded_at, documents.c.id) < sa.tuple_(
                sa.bindparam("recorded_at", row.recorded_at, UtcTime), sa.bindparam("id", row.id)
            )
            counted = documents.c.status.not_in([State.DUPLICATE, State.SKIPPED, State.DEAD_LETTER])
            query = document_lines.where(documents.c.reference == row.reference, counted, before)
            lines = [document_line(found) for found in connection.execute(query)]
            read = [(line, last_extraction(connection, str(line.id))) for line in lines]
        return tuple((line, extraction) for line, extraction in read if extraction is not None)

    def decision(self, document_id: str) -> Decision | None:
        """Return what was decided of a document last, or None."""
        with reading(self._books.engine) as connection:
            made = decisions_of(connection, document_id)
        return made[-1] if made else None


def last_extraction(connection: sa.Connection, document_id: str) -> Extraction | None:
    """Return what was read of a document last, or None."""
    query = sa.select(extractions.c.contract).where(extractions.c.document_id == document_id)
    contract = connection.execute(query.order_by(extractions.c.id.desc()).limit(1)).scalar_one_or_none()
    return from_json(json.loads(contract)) if contract is not None else None


def _number(extraction: Extraction) -> str | None:
    """Return the number that its issuer gave a document, as it is compared, or None where none was found."""
    own = (HeaderField.ORDER_NUMBER, HeaderField.INVOICE_NUMBER)
    names = own if extraction.kind.value is Kind.PURCHASE_ORDER else reversed(own)
    found = next((value for name in names if (value := extraction.value(name))), None)
    return comparable(found) or None if found else None


def _find(connection: sa.Connection, document_id: str) -> Row:
    row = connection.execute(sa.select(documents).where(documents.c.id == document_id)).one_or_none()
    if row is None:
        raise KeyError(f"no document {document_id}")
    return row


def _line(connection: sa.Connection, document_id: str) -> DocumentLine:
    return document_line(connection.execute(document_lines.where(documents.c.id == document_id)).one())


def _is_taken(connection: sa.Connection, document_id: str) -> bool:
    return connection.execute(sa.select(sa.exists().where(documents.c.id == document_id))).scalar_one()


def _mark_of(message_key: str, path: str) -> str:
    return hashlib.sha256(f"{message_key}\0{path}".encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _first_occurrence(
    connection: sa.Connection, sha256: str, key: str, elsewhere: sa.ColumnElement[bool]
) -> DocumentLine | None:
    """Return the first document made from the same file elsewhere, preferably of the same pages."""
    set_aside = (documents.c.status == State.SKIPPED.value) & documents.c.reason.in_(TAKEN_BACK)
    same = documents.c.duplicate_of.is_(None) & (documents.c.sha256 == sha256) & elsewhere & sa.not_(set_aside)
    rows = connection.execute(document_lines.where(same)).all()
    exact = [row for row in rows if row.key == key]
    return next((document_line(row) for row in exact or rows), None)


def _last_digest(ledger: Ledger, table: sa.Table, document_id: str) -> str | None:
    query = sa.select(table.c.digest).where(table.c.document_id == document_id).order_by(table.c.id.desc()).limit(1)
    digest: str | None = ledger.connection.execute(query).scalar_one_or_none()
    return digest


def _insert_decision(ledger: Ledger, document_id: str, decision: Decision, digest: str) -> None:
    inserted = ledger.connection.execute(
        sa.insert(decisions)
        .values(
            document_id=document_id,
            digest=digest,
            route=decision.route.value,
            reason=decision.reason,
            message=decision.message,
            limits=canonical_json(dict(decision.limits)),
            policy=decision.policy,
            model_name=decision.model.name if decision.model else None,
            model_version=decision.model.version if decision.model else None,
            decided_by=decision.decided_by,
            confidence=decision.confidence,
            decided_at=ledger.now,
        )
        .returning(decisions.c.id)
    ).scalar_one()
    rows = [
        {
            "decision_id": inserted,
            "position": position,
            "code": finding.code.value,
            "severity": finding.severity.value,
            "message": finding.message,
            "fields": canonical_json(list(finding.fields)),
        }
        for position, finding in enumerate(decision.findings)
    ]
    if rows:
        ledger.connection.execute(sa.insert(findings), rows)


def _decision_to_json(decision: Decision) -> Mapping[str, object]:
    return {
        "route": decision.route.value,
        "reason": decision.reason,
        "message": decision.message,
        "findings": [finding_to_json(finding) for finding in decision.findings],
        "limits": dict(decision.limits),
        "policy": decision.policy,
        "model": f"{decision.model.name} {decision.model.version}" if decision.model else None,
        "decided_by": decision.decided_by,
        "confidence": decision.confidence,
    }
