"""Postings: what is on its way into the ERP, what arrived, and what nobody knows yet.

The intent is written before anything is sent. After a crash, or a lost answer, the posting is `intended` or `unknown`
and the ERP is asked by the document's key before anything is sent again.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from pipeline.domain.record import RecordRef, RecordType
from pipeline.store.database import reading
from pipeline.store.ledger import Books, Ledger
from pipeline.store.parts.rows import Row, posting_of
from pipeline.store.records import Posting, PostingIntent, PostingState
from pipeline.store.tables import postings
from pipeline.store.text import comparable

_LIVE = (PostingState.INTENDED.value, PostingState.UNKNOWN.value, PostingState.POSTED.value)


class Postings:
    """The part of the store that knows postings; there is at most one per document."""

    _books: Books

    def intend_posting(
        self, document_id: str, record_type: RecordType, *, party_id: str, reference: str
    ) -> PostingIntent:
        """Write down that a document is about to be sent, and count the attempt.

        `reference` is the document's number as its issuer gave it; blanks and case do not tell two apart. Where
        another document already stands for the same record type, party and reference, nothing is written and
        `held_by` names it. A document that is posted already keeps its posting, untouched.
        """
        with self._books.write() as ledger:
            row = _find(ledger, document_id)
            if row is not None and row.state == PostingState.POSTED.value:
                return PostingIntent(posting_of(row))
            reference = comparable(reference)
            other = _holder(ledger, document_id, record_type, party_id, reference)
            if other is not None:
                return PostingIntent(posting_of(other), held_by=other.document_id)
            values = {
                "record_type": record_type.value,
                "party_id": party_id,
                "reference": reference,
                "state": PostingState.INTENDED.value,
                "attempts": (row.attempts if row is not None else 0) + 1,
                "message": "",
                "changed_at": ledger.now,
            }
            if row is None:
                statement: sa.Insert | sa.Update = sa.insert(postings).values(
                    document_id=document_id, intended_at=ledger.now, **values
                )
            else:
                statement = sa.update(postings).where(postings.c.document_id == document_id).values(**values)
            ledger.connection.execute(statement)
            details = {name: values[name] for name in ("record_type", "party_id", "reference", "attempts")}
            ledger.note("posting_intended", document_id, details)
            return PostingIntent(posting_of(_known(ledger, document_id)))

    def posting_done(self, document_id: str, record: RecordRef) -> None:
        """Write down the record that a document became. Raises KeyError where no posting was intended."""
        values = {
            "record_type": record.type.value,
            "record_id": record.id,
            "record_number": record.number,
            "record_url": record.url,
        }
        self._change(document_id, PostingState.POSTED, values, "")

    def posting_unknown(self, document_id: str, why: str) -> None:
        """Write down that no answer came: it may be booked or not. Raises KeyError as `posting_done`."""
        self._change(document_id, PostingState.UNKNOWN, {}, why)

    def posting_failed(self, document_id: str, why: str) -> None:
        """Write down that the ERP refused. Raises KeyError as `posting_done`."""
        self._change(document_id, PostingState.FAILED, {}, why)

    def posting_cancelled(self, document_id: str, why: str, *, actor: str | None = None) -> None:
        """Write down that the record was rolled back. Raises KeyError as `posting_done`."""
        self._change(document_id, PostingState.CANCELLED, {}, why, actor)

    def posted_document(self, record: RecordRef) -> str | None:
        """Return the document that a record in the ERP was booked from, or None where no posting names it."""
        same = (postings.c.record_type == record.type.value) & (postings.c.record_id == record.id)
        query = sa.select(postings.c.document_id).where(same, postings.c.state == PostingState.POSTED.value)
        with reading(self._books.engine) as connection:
            found: str | None = connection.execute(query.limit(1)).scalar_one_or_none()
        return found

    def posting(self, document_id: str) -> Posting | None:
        """Return a document's posting, or None where none was intended."""
        with reading(self._books.engine) as connection:
            row = connection.execute(sa.select(postings).where(postings.c.document_id == document_id)).one_or_none()
        return posting_of(row) if row is not None else None

    def _change(
        self,
        document_id: str,
        state: PostingState,
        values: Mapping[str, str | None],
        why: str,
        actor: str | None = None,
    ) -> None:
        with self._books.write(actor) as ledger:
            row = _known(ledger, document_id)
            known = {name: getattr(row, name) for name in values}
            if row.state == state.value and row.message == why and known == values:
                return
            ledger.connection.execute(
                sa.update(postings)
                .where(postings.c.document_id == document_id)
                .values(state=state.value, message=why, changed_at=ledger.now, **values)
            )
            ledger.note(f"posting_{state.value}", document_id, {**values, "message": why, "attempts": row.attempts})


def _find(ledger: Ledger, document_id: str) -> Row | None:
    return ledger.connection.execute(sa.select(postings).where(postings.c.document_id == document_id)).one_or_none()


def _known(ledger: Ledger, document_id: str) -> Row:
    row = _find(ledger, document_id)
    if row is None:
        raise KeyError(f"no posting was intended for {document_id}")
    return row


def _holder(ledger: Ledger, document_id: str, record_type: RecordType, party_id: str, reference: str) -> Row | None:
    query = sa.select(postings).where(
        postings.c.record_type == record_type.value,
        postings.c.party_id == party_id,
        postings.c.reference == reference,
        postings.c.state.in_(_LIVE),
        postings.c.document_id != document_id,
    )
    return ledger.connection.execute(query).one_or_none()
