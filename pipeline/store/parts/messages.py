"""Messages: each recorded once per place where it lies, with one outcome."""

import hashlib

import sqlalchemy as sa

from pipeline.domain.mail import MailMessage, MessageRef, Outcome, OutcomeStatus
from pipeline.store.audit import canonical_json
from pipeline.store.database import reading
from pipeline.store.ledger import Books, Ledger
from pipeline.store.parts.deadletters import close_open, open_dead_letter
from pipeline.store.parts.rows import Row, document_line, document_lines, message_line, outcome_of
from pipeline.store.records import DocumentLine, EarlierMessage, MessageLine, RecordedMessage, State
from pipeline.store.tables import documents, messages


class Messages:
    """The part of the store that knows messages."""

    _books: Books

    def record_message(self, ref: MessageRef, message: MailMessage) -> RecordedMessage:
        """Record a message, or say that this one, at this place, was recorded before and what became of it.

        `duplicate_of` is the first message with the same bytes, or else the first with the same Message-ID: bytes
        alone prove a repetition, since anybody can reuse a Message-ID.
        """
        key = _key_of(ref, message.sha256)
        with self._books.write() as ledger:
            row = ledger.connection.execute(sa.select(messages).where(messages.c.key == key)).one_or_none()
            earlier = _earlier(ledger.connection, key, message)
            if row is None:
                _insert(ledger, key, ref, message, earlier)
                return RecordedMessage(key, True, None, earlier)
            return RecordedMessage(key, False, outcome_of(row.status, row.reason, row.message), earlier)

    def set_message_outcome(self, key: str, outcome: Outcome) -> None:
        """Say what became of a message; a dead letter without documents can then be retried as a whole.

        Raises KeyError for an unknown message.
        """
        with self._books.write() as ledger:
            row = ledger.connection.execute(sa.select(messages).where(messages.c.key == key)).one_or_none()
            if row is None:
                raise KeyError(f"no message {key}")
            was = outcome_of(row.status, row.reason, row.message)
            if was == outcome:
                return
            ledger.connection.execute(
                sa.update(messages)
                .where(messages.c.key == key)
                .values(
                    status=outcome.status.value,
                    reason=outcome.reason,
                    message=outcome.message,
                    finished_at=ledger.now,
                )
            )
            details = {"status": outcome.status.value, "reason": outcome.reason, "message": outcome.message}
            ledger.note("message_finished", key, details | ({"was": was.status.value} if was else {}))
            close_open(ledger, key, None)
            if outcome.status is OutcomeStatus.DEAD_LETTER and not _has_documents(ledger.connection, key):
                open_dead_letter(ledger, key, None, outcome)

    def message(self, key: str) -> MessageLine:
        """Return a message. Raises KeyError for an unknown one."""
        with reading(self._books.engine) as connection:
            row = connection.execute(sa.select(messages).where(messages.c.key == key)).one_or_none()
        if row is None:
            raise KeyError(f"no message {key}")
        return message_line(row)

    def unfinished_messages(self) -> tuple[MessageLine, ...]:
        """Return the messages that have no outcome yet, oldest first."""
        query = sa.select(messages).where(messages.c.status == State.RECEIVED.value).order_by(messages.c.recorded_at)
        with reading(self._books.engine) as connection:
            return tuple(message_line(row) for row in connection.execute(query))

    def documents_of(self, message_key: str) -> tuple[DocumentLine, ...]:
        """Return a message's documents, in the order of their paths and pages."""
        query = document_lines.where(messages.c.key == message_key, documents.c.id.is_not(None))
        with reading(self._books.engine) as connection:
            return tuple(document_line(row) for row in connection.execute(query))


def _key_of(ref: MessageRef, sha256: str) -> str:
    place = "\0".join((ref.mailbox, ref.folder, ref.uid, sha256))
    return "m-" + hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _earlier(connection: sa.Connection, key: str, message: MailMessage) -> EarlierMessage | None:
    row = _first(connection, key, messages.c.sha256 == message.sha256)
    if row is None and message.message_id:
        row = _first(connection, key, messages.c.message_id == message.message_id)
    if row is None:
        return None
    outcome = outcome_of(row.status, row.reason, row.message)
    return EarlierMessage(row.key, row.sha256 == message.sha256, outcome)


def _first(connection: sa.Connection, key: str, same: sa.ColumnElement[bool]) -> Row | None:
    """Return the first message that is the same, unless that is the message `key` itself."""
    query = sa.select(messages).where(same).order_by(messages.c.recorded_at, messages.c.key)
    row = connection.execute(query.limit(1)).one_or_none()
    return row if row is not None and row.key != key else None


def _insert(ledger: Ledger, key: str, ref: MessageRef, message: MailMessage, earlier: EarlierMessage | None) -> None:
    authentication = message.authentication
    ledger.connection.execute(
        sa.insert(messages).values(
            key=key,
            sha256=message.sha256,
            message_id=message.message_id,
            mailbox=ref.mailbox,
            folder=ref.folder,
            uid=ref.uid,
            thread_id=message.thread_id,
            in_reply_to=message.in_reply_to,
            sender=message.sender,
            sender_name=message.sender_name,
            subject=message.subject,
            authentication=canonical_json(
                {name: getattr(authentication, name).value for name in ("spf", "dkim", "dmarc")}
            ),
            sent_at=message.sent_at,
            recorded_at=ledger.now,
            duplicate_of=earlier.key if earlier else None,
            status=State.RECEIVED.value,
        )
    )
    details = {"sha256": message.sha256, "mailbox": ref.mailbox, "folder": ref.folder, "uid": ref.uid}
    ledger.note("message_recorded", key, details | ({"duplicate_of": earlier.key} if earlier else {}))


def _has_documents(connection: sa.Connection, key: str) -> bool:
    return connection.execute(sa.select(sa.exists().where(documents.c.message_key == key))).scalar_one()
