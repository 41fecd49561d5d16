"""Dead letters: what could not be worked on, why, how often it was tried, and trying it again."""

import sqlalchemy as sa

from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.store.database import reading
from pipeline.store.ledger import Books, Ledger
from pipeline.store.parts.rows import Row, dead_letter, dead_letter_lines
from pipeline.store.records import TAKEN_BACK, DeadLetter, Retry, State
from pipeline.store.tables import dead_letters, documents, messages

_OPEN, _DUE, _RETRIED, _CLOSED = "open", "due", "retried", "closed"


class DeadLetters:
    """The part of the store that knows dead letters; `set_…_outcome` opens and closes them."""

    _books: Books

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the dead letters that nobody has asked to retry, oldest first."""
        with reading(self._books.engine) as connection:
            rows = connection.execute(dead_letter_lines.where(dead_letters.c.state == _OPEN))
            return tuple(dead_letter(row) for row in rows)

    def retry_dead_letter(self, dead_letter_id: int, *, actor: str) -> None:
        """Ask for another try: the document, or the message, is as if just received. Asking twice is asking once.

        Raises KeyError for an unknown dead letter.
        """
        with self._books.write(actor) as ledger:
            row = _find(ledger.connection, dead_letter_id)
            if row.state != _OPEN:
                return
            ledger.connection.execute(
                sa.update(dead_letters)
                .where(dead_letters.c.id == dead_letter_id)
                .values(state=_DUE, retried_by=actor, retried_at=ledger.now)
            )
            anew = {"status": State.RECEIVED.value, "reason": None, "message": None, "finished_at": None}
            if row.document_id is None:
                ledger.connection.execute(sa.update(messages).where(messages.c.key == row.message_key).values(**anew))
            else:
                ledger.connection.execute(sa.update(documents).where(documents.c.id == row.document_id).values(**anew))
            details = {"dead_letter": dead_letter_id, "reason": row.reason, "attempts": row.attempts}
            ledger.note("retry_requested", row.document_id or row.message_key, details)

    def retry_document(self, document_id: str, *, actor: str) -> None:
        """Ask for another try of a document that waits for a person, or was set aside; its attempt is counted.

        Raises KeyError for an unknown document, ValueError for one in another state.
        """
        with self._books.write(actor) as ledger:
            row = ledger.connection.execute(sa.select(documents).where(documents.c.id == document_id)).one_or_none()
            if row is None:
                raise KeyError(f"no document {document_id}")
            if not may_be_retried(State(row.status), row.reason):
                raise ValueError(f"document {document_id} is {row.status} and cannot be retried")
            close_open(ledger, row.message_key, document_id)
            outcome = Outcome(OutcomeStatus(row.status), row.reason, row.message)
            open_dead_letter(ledger, row.message_key, document_id, outcome, due=True)
            anew = {"status": State.RECEIVED.value, "reason": None, "message": None, "finished_at": None}
            ledger.connection.execute(sa.update(documents).where(documents.c.id == document_id).values(**anew))
            ledger.note("retry_requested", document_id, {"reason": row.reason, "was": row.status})

    def retry_message(self, key: str, *, actor: str) -> None:
        """Ask for another try of a message as a whole; its documents that have an outcome keep it.

        Raises KeyError for an unknown message, ValueError for one that has no outcome yet.
        """
        with self._books.write(actor) as ledger:
            row = ledger.connection.execute(sa.select(messages).where(messages.c.key == key)).one_or_none()
            if row is None:
                raise KeyError(f"no message {key}")
            if row.status == State.RECEIVED.value:
                raise ValueError(f"message {key} is being worked on")
            close_open(ledger, key, None)
            open_dead_letter(ledger, key, None, Outcome(OutcomeStatus(row.status), row.reason, row.message), due=True)
            anew = {"status": State.RECEIVED.value, "reason": None, "message": None, "finished_at": None}
            ledger.connection.execute(
                sa.update(messages).where(messages.c.key == key).values(unopened_dismissed=False, **anew)
            )
            ledger.note("retry_requested", key, {"reason": row.reason, "was": row.status})

    def due_retries(self) -> tuple[Retry, ...]:
        """Return the retries that were asked for and not yet taken up, oldest first."""
        query = sa.select(dead_letters).where(dead_letters.c.state == _DUE).order_by(dead_letters.c.id)
        with reading(self._books.engine) as connection:
            rows = connection.execute(query).all()
        return tuple(Retry(row.id, row.message_key, row.document_id, row.attempts + 1) for row in rows)

    def retry_started(self, dead_letter_id: int) -> None:
        """Say that a due retry is now in the queue. Raises KeyError for an unknown dead letter."""
        with self._books.write() as ledger:
            row = _find(ledger.connection, dead_letter_id)
            if row.state != _DUE:
                return
            ledger.connection.execute(
                sa.update(dead_letters).where(dead_letters.c.id == dead_letter_id).values(state=_RETRIED)
            )
            details = {"dead_letter": dead_letter_id, "attempt": row.attempts + 1}
            ledger.note("retry_started", row.document_id or row.message_key, details)


def may_be_retried(state: State, reason: str | None) -> bool:
    """Say whether a document may be tried again: it waits for a person, or a person set it aside."""
    return state in (State.REVIEW, State.DEAD_LETTER) or (state is State.SKIPPED and reason in TAKEN_BACK)


def open_dead_letter(
    ledger: Ledger, message_key: str, document_id: str | None, outcome: Outcome, *, due: bool = False
) -> None:
    """Add a dead letter for a document, or for a message as a whole; its attempts are counted from the retries."""
    tried = (
        sa.select(sa.func.count()).select_from(dead_letters).where(dead_letters.c.state.in_((_DUE, _RETRIED)))
    ).where(*_same(message_key, document_id))
    ledger.connection.execute(
        sa.insert(dead_letters).values(
            message_key=message_key,
            document_id=document_id,
            reason=outcome.reason,
            message=outcome.message,
            attempts=ledger.connection.execute(tried).scalar_one() + 1,
            died_at=ledger.now,
            state=_DUE if due else _OPEN,
        )
    )


def close_open(ledger: Ledger, message_key: str, document_id: str | None) -> None:
    """Close what is open for a document or message: it now has another outcome."""
    ledger.connection.execute(
        sa.update(dead_letters)
        .where(dead_letters.c.state.in_((_OPEN, _DUE)), *_same(message_key, document_id))
        .values(state=_CLOSED)
    )


def _same(message_key: str, document_id: str | None) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    of_document = dead_letters.c.document_id
    return dead_letters.c.message_key == message_key, (
        of_document.is_(None) if document_id is None else of_document == document_id
    )


def _find(connection: sa.Connection, dead_letter_id: int) -> Row:
    query = sa.select(dead_letters).where(dead_letters.c.id == dead_letter_id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise KeyError(f"no dead letter {dead_letter_id}")
    return row
