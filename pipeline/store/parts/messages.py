"""Messages: each recorded once per place where it lies, with one outcome."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from pipeline.domain.mail import MailMessage, MessageRef, Outcome, OutcomeStatus, SkippedPart
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

    def set_message_outcome(self, key: str, outcome: Outcome, *, actor: str | None = None) -> None:
        """Say what became of a message; a dead letter without documents can then be retried as a whole.

        The mailbox counts as not told yet. Raises KeyError for an unknown message.
        """
        with self._books.write(actor) as ledger:
            row = _find(ledger.connection, key)
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
                    told=False,
                )
            )
            details = {"status": outcome.status.value, "reason": outcome.reason, "message": outcome.message}
            ledger.note("message_finished", key, details | ({"was": was.status.value} if was else {}))
            close_open(ledger, key, None)
            if outcome.status is OutcomeStatus.DEAD_LETTER and not _has_documents(ledger.connection, key):
                open_dead_letter(ledger, key, None, outcome)

    def outcome_told(self, key: str, outcome: Outcome) -> None:
        """Say that the mailbox now shows an outcome; where the message has another one by now, nothing changes.

        Raises KeyError for an unknown message.
        """
        with self._books.write() as ledger:
            row = _find(ledger.connection, key)
            if row.told or outcome_of(row.status, row.reason, row.message) != outcome:
                return
            ledger.connection.execute(sa.update(messages).where(messages.c.key == key).values(told=True))
            ledger.note("outcome_told", key, {"status": outcome.status.value, "reason": outcome.reason})

    def untold_messages(self) -> tuple[MessageLine, ...]:
        """Return the messages whose outcome the mailbox does not show yet, oldest first."""
        untold = sa.not_(messages.c.told) & (messages.c.status != State.RECEIVED.value)
        query = sa.select(messages).where(untold).order_by(messages.c.recorded_at, messages.c.key)
        with reading(self._books.engine) as connection:
            return tuple(message_line(row) for row in connection.execute(query))

    def keep_unopened(self, key: str, parts: Sequence[SkippedPart]) -> None:
        """Keep which parts of a message nobody could open; other ones than before wait for a person again.

        Raises KeyError for an unknown message.
        """
        written = canonical_json([asdict(part) for part in parts]) if parts else None
        with self._books.write() as ledger:
            if _find(ledger.connection, key).unopened == written:
                return
            ledger.connection.execute(
                sa.update(messages).where(messages.c.key == key).values(unopened=written, unopened_dismissed=False)
            )
            ledger.note("parts_not_opened", key, {"parts": [part.path for part in parts]})

    def dismiss_unopened(self, key: str, why: str, *, actor: str) -> None:
        """Say that a person needs nothing of the parts that nobody could open. Raises KeyError as `message`."""
        with self._books.write(actor) as ledger:
            row = _find(ledger.connection, key)
            if row.unopened is None or row.unopened_dismissed:
                return
            ledger.connection.execute(sa.update(messages).where(messages.c.key == key).values(unopened_dismissed=True))
            ledger.note("parts_dismissed", key, {"message": why})

    def message(self, key: str) -> MessageLine:
        """Return a message. Raises KeyError for an unknown one."""
        with reading(self._books.engine) as connection:
            return message_line(_find(connection, key))

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


def _find(connection: sa.Connection, key: str) -> Row:
    row = connection.execute(sa.select(messages).where(messages.c.key == key)).one_or_none()
    if row is None:
        raise KeyError(f"no message {key}")
    return row


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
