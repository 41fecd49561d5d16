"""The tables, as migrations leave them (a test compares the two). Times are aware UTC, JSON is kept as text."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from pipeline.store.text import storable


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which knows no zones, keeps it without one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be off by the zone of whoever wrote it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """Text from outside; what a database cannot keep is replaced, on the way in and in comparisons alike."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace NUL characters and lone surrogates."""
        return None if value is None else storable(value)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("key", sa.String(26), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("message_id", Text, index=True),
    sa.Column("mailbox", Text, nullable=False),
    sa.Column("folder", Text, nullable=False),
    sa.Column("uid", Text, nullable=False),
    sa.Column("thread_id", Text),
    sa.Column("in_reply_to", Text),
    sa.Column("sender", Text, nullable=False),
    sa.Column("sender_name", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("authentication", Text, nullable=False),
    sa.Column("sent_at", UtcTime),
    sa.Column("recorded_at", UtcTime, nullable=False, index=True),
    sa.Column("duplicate_of", sa.ForeignKey("messages.key")),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("reason", Text),
    sa.Column("message", Text),
    sa.Column("finished_at", UtcTime),
    sa.Column("unopened", Text),
    sa.Column("unopened_dismissed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("told", sa.Boolean, nullable=False, server_default=sa.true(), index=True),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String(96), primary_key=True),
    sa.Column("key", sa.String(80), nullable=False, index=True),
    sa.Column("message_key", sa.ForeignKey("messages.key"), nullable=False, index=True),
    sa.Column("path", Text, nullable=False),
    sa.Column("file", Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("first_page", sa.Integer, nullable=False),
    sa.Column("last_page", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(20)),
    sa.Column("reference", Text, index=True),
    sa.Column("recorded_at", UtcTime, nullable=False),
    sa.Column("duplicate_of", sa.ForeignKey("documents.id")),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("reason", Text),
    sa.Column("message", Text),
    sa.Column("finished_at", UtcTime),
    sa.UniqueConstraint("message_key", "path", "key"),
)

extractions = sa.Table(
    "extractions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("contract", Text, nullable=False),
    sa.Column("model_name", Text, nullable=False),
    sa.Column("model_version", Text, nullable=False),
    sa.Column("extracted_at", UtcTime, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("route", sa.String(20), nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("message", Text, nullable=False),
    sa.Column("limits", Text, nullable=False),
    sa.Column("policy", Text, nullable=False),
    sa.Column("model_name", Text),
    sa.Column("model_version", Text),
    sa.Column("decided_by", Text, nullable=False),
    sa.Column("confidence", sa.Float),
    sa.Column("decided_at", UtcTime, nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    sa.Column("decision_id", sa.ForeignKey("decisions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(40), nullable=False, index=True),
    sa.Column("severity", sa.String(10), nullable=False),
    sa.Column("message", Text, nullable=False),
    sa.Column("fields", Text, nullable=False),
)

postings = sa.Table(
    "postings",
    metadata,
    sa.Column("document_id", sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("record_type", sa.String(20), nullable=False),
    sa.Column("party_id", Text, nullable=False),
    sa.Column("reference", Text, nullable=False),
    sa.Column("state", sa.String(20), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("record_id", Text),
    sa.Column("record_number", Text),
    sa.Column("record_url", Text),
    sa.Column("message", Text, nullable=False),
    sa.Column("intended_at", UtcTime, nullable=False),
    sa.Column("changed_at", UtcTime, nullable=False),
)
# Two files of one invoice must not both be on their way into the books.
sa.Index(
    "uq_postings_live",
    postings.c.record_type,
    postings.c.party_id,
    postings.c.reference,
    unique=True,
    sqlite_where=postings.c.state.in_(("intended", "unknown", "posted")),
    postgresql_where=postings.c.state.in_(("intended", "unknown", "posted")),
)

dead_letters = sa.Table(
    "dead_letters",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message_key", sa.ForeignKey("messages.key"), nullable=False, index=True),
    sa.Column("document_id", sa.ForeignKey("documents.id"), index=True),
    sa.Column("reason", Text, nullable=False),
    sa.Column("message", Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("died_at", UtcTime, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("retried_by", Text),
    sa.Column("retried_at", UtcTime),
)

audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("recorded_at", sa.String(32), nullable=False),
    sa.Column("actor", Text, nullable=False),
    sa.Column("event", Text, nullable=False),
    sa.Column("document", Text, index=True),
    sa.Column("details", Text, nullable=False),
    sa.Column("previous_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False),
)

audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
