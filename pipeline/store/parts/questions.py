"""What people ask the store: how much of everything, what became of a document, is the audit log whole."""

from collections.abc import Mapping
from typing import TypeVar

import sqlalchemy as sa

from pipeline.store import audit
from pipeline.store.audit import AuditRow, BrokenLink, Checkpoint
from pipeline.store.database import reading
from pipeline.store.ledger import Books
from pipeline.store.parts.documents import last_extraction
from pipeline.store.parts.rows import (
    audit_row,
    dead_letter,
    dead_letter_lines,
    decisions_of,
    document_line,
    document_lines,
    message_line,
    posting_of,
)
from pipeline.store.records import DocumentLine, DocumentRecord, PostingState, State, StatusReport
from pipeline.store.tables import audit_log, dead_letters, documents, messages, postings

_S = TypeVar("_S", State, PostingState)


class Questions:
    """The part of the store that answers; nothing here writes, but for `audit`."""

    _books: Books

    def status(self, last: int = 10) -> StatusReport:
        """Count messages, documents and postings by state, and list the `last` messages, newest first."""
        newest = sa.select(messages).order_by(messages.c.recorded_at.desc(), messages.c.key).limit(last)
        open_letters = sa.select(sa.func.count()).select_from(dead_letters).where(dead_letters.c.state == "open")
        with reading(self._books.engine) as connection:
            return StatusReport(
                messages=_counts(connection, messages.c.status, State),
                documents=_counts(connection, documents.c.status, State),
                postings=_counts(connection, postings.c.state, PostingState),
                dead_letters=connection.execute(open_letters).scalar_one(),
                last_messages=tuple(message_line(row) for row in connection.execute(newest)),
            )

    def overview(self, limit: int | None = None) -> tuple[DocumentLine, ...]:
        """Return every document, and every message without any, in the order they came; the first `limit` of them."""
        with reading(self._books.engine) as connection:
            return tuple(document_line(row) for row in connection.execute(document_lines.limit(limit)))

    def find_documents(self, query: str) -> tuple[DocumentLine, ...]:
        """Return the documents whose id begins with `query`, or else those whose file name contains it."""
        by_id = document_lines.where(documents.c.id.startswith(query.lower(), autoescape=True))
        by_name = document_lines.where(documents.c.file.icontains(query, autoescape=True))
        with reading(self._books.engine) as connection:
            rows = connection.execute(by_id).all() or connection.execute(by_name).all()
        return tuple(document_line(row) for row in rows)

    def show(self, document_id: str) -> DocumentRecord:
        """Return everything known about a document. Raises KeyError for an unknown id."""
        of_document = dead_letter_lines.where(dead_letters.c.document_id == document_id)
        with reading(self._books.engine) as connection:
            row = connection.execute(document_lines.where(documents.c.id == document_id)).one_or_none()
            if row is None:
                raise KeyError(f"no document {document_id}")
            message = connection.execute(sa.select(messages).where(messages.c.key == row.message_key)).one()
            posted = connection.execute(sa.select(postings).where(postings.c.document_id == document_id)).one_or_none()
            return DocumentRecord(
                line=document_line(row),
                message=message_line(message),
                extraction=last_extraction(connection, document_id),
                decisions=decisions_of(connection, document_id),
                posting=posting_of(posted) if posted is not None else None,
                dead_letters=tuple(dead_letter(letter) for letter in connection.execute(of_document)),
                audit=_audit_rows(connection, document_id, None),
            )

    def audit(
        self,
        event: str,
        document: str | None = None,
        details: Mapping[str, object] | None = None,
        *,
        actor: str | None = None,
    ) -> None:
        """Add a row of one's own to the audit log; `details` must be JSON (TypeError or ValueError otherwise)."""
        with self._books.write(actor) as ledger:
            ledger.note(event, document, details or {})

    def audit_rows(self, document: str | None = None, limit: int | None = None) -> tuple[AuditRow, ...]:
        """Return audit rows, oldest first: of one document or message, or all; the last `limit` of them."""
        with reading(self._books.engine) as connection:
            return _audit_rows(connection, document, limit)

    def audit_head(self) -> Checkpoint:
        """Return the end of the audit log, to be kept elsewhere and handed to `verify_audit` later."""
        with reading(self._books.engine) as connection:
            return audit.head(connection)

    def verify_audit(self, checkpoint: Checkpoint | None = None) -> BrokenLink | None:
        """Return the first row of the audit log that is not as it was written, or None."""
        with reading(self._books.engine) as connection:
            return audit.verify_chain(connection, checkpoint)


def _counts(connection: sa.Connection, column: sa.Column[str], states: type[_S]) -> Mapping[_S, int]:
    query = sa.select(column, sa.func.count()).group_by(column)
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    return {state: found[state.value] for state in states if state.value in found}


def _audit_rows(connection: sa.Connection, document: str | None, limit: int | None) -> tuple[AuditRow, ...]:
    query = sa.select(audit_log).order_by(audit_log.c.sequence.desc()).limit(limit)
    if document is not None:
        query = query.where(audit_log.c.document == document)
    return tuple(audit_row(row) for row in reversed(connection.execute(query).all()))
