"""The first tables: messages, documents, what was read and decided, postings, dead letters, the audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_GENESIS = "0" * 64


def upgrade() -> None:
    """Make the tables, the first link of the audit chain and the triggers that keep the chain append-only."""
    _messages_and_documents()
    _readings_and_decisions()
    _postings_and_dead_letters()
    _audit()
    guards = _SQLITE_GUARDS if op.get_context().dialect.name == "sqlite" else _POSTGRES_GUARDS
    for statement in guards:
        op.execute(sa.text(statement))


def _messages_and_documents() -> None:
    op.create_table(
        "messages",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Text()),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text()),
        sa.Column("in_reply_to", sa.Text()),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("authentication", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duplicate_of", sa.String(length=26)),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["duplicate_of"], ["messages.key"], name="fk_messages_duplicate_of"),
        sa.PrimaryKeyConstraint("key", name="pk_messages"),
    )
    op.create_index("ix_messages_message_id", "messages", ["message_id"])
    op.create_index("ix_messages_recorded_at", "messages", ["recorded_at"])
    op.create_index("ix_messages_sha256", "messages", ["sha256"])
    op.create_index("ix_messages_status", "messages", ["status"])
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("message_key", sa.String(length=26), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20)),
        sa.Column("reference", sa.Text()),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duplicate_of", sa.String(length=96)),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["duplicate_of"], ["documents.id"], name="fk_documents_duplicate_of"),
        sa.ForeignKeyConstraint(["message_key"], ["messages.key"], name="fk_documents_message_key"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("message_key", "path", "key", name="uq_documents_message_key_path_key"),
    )
    op.create_index("ix_documents_key", "documents", ["key"])
    op.create_index("ix_documents_message_key", "documents", ["message_key"])
    op.create_index("ix_documents_reference", "documents", ["reference"])
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_index("ix_documents_status", "documents", ["status"])


def _readings_and_decisions() -> None:
    op.create_table(
        "extractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=96), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("model_name", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_extractions_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_extractions"),
    )
    op.create_index("ix_extractions_document_id", "extractions", ["document_id"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=96), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("model_name", sa.Text()),
        sa.Column("model_version", sa.Text()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_decisions_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_document_id", "decisions", ["document_id"])
    op.create_table(
        "findings",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_findings_decision_id"),
        sa.PrimaryKeyConstraint("decision_id", "position", name="pk_findings"),
    )
    op.create_index("ix_findings_code", "findings", ["code"])


def _postings_and_dead_letters() -> None:
    op.create_table(
        "postings",
        sa.Column("document_id", sa.String(length=96), nullable=False),
        sa.Column("record_type", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text()),
        sa.Column("record_number", sa.Text()),
        sa.Column("record_url", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("intended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_postings_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_postings"),
    )
    op.create_index("ix_postings_state", "postings", ["state"])
    op.create_index(
        "uq_postings_live",
        "postings",
        ["record_type", "party_id", "reference"],
        unique=True,
        sqlite_where=sa.text("state IN ('intended', 'unknown', 'posted')"),
        postgresql_where=sa.text("state IN ('intended', 'unknown', 'posted')"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_key", sa.String(length=26), nullable=False),
        sa.Column("document_id", sa.String(length=96)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("died_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("retried_by", sa.Text()),
        sa.Column("retried_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_dead_letters_document_id"),
        sa.ForeignKeyConstraint(["message_key"], ["messages.key"], name="fk_dead_letters_message_key"),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
    )
    op.create_index("ix_dead_letters_document_id", "dead_letters", ["document_id"])
    op.create_index("ix_dead_letters_message_key", "dead_letters", ["message_key"])
    op.create_index("ix_dead_letters_state", "dead_letters", ["state"])


def _audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("document", sa.Text()),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_log"),
        sa.UniqueConstraint("previous_hash", name="uq_audit_log_previous_hash"),
    )
    op.create_index("ix_audit_log_document", "audit_log", ["document"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.execute(sa.text(f"INSERT INTO audit_head (id, length, hash) VALUES (1, 0, '{_GENESIS}')"))  # noqa: S608 — a constant


# The triggers stop accidents and ordinary clients, REPLACE and TRUNCATE included. Who may drop a trigger can still
# rewrite everything: that is what a checkpoint kept elsewhere is for (see pipeline.store.audit).
_SQLITE_GUARDS = (
    """CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_log_next BEFORE INSERT ON audit_log
       WHEN NOT EXISTS (SELECT 1 FROM audit_head WHERE length + 1 = NEW.sequence AND hash = NEW.previous_hash)
       BEGIN SELECT RAISE(ABORT, 'an audit row must follow the last one'); END""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
       WHEN NEW.id <> OLD.id OR NEW.length <> OLD.length + 1
            OR NOT EXISTS (SELECT 1 FROM audit_log WHERE sequence = NEW.length AND hash = NEW.hash)
       BEGIN SELECT RAISE(ABORT, 'the audit head only follows the audit log'); END""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
       BEGIN SELECT RAISE(ABORT, 'the audit head cannot be deleted'); END""",
    """CREATE TRIGGER audit_head_single BEFORE INSERT ON audit_head
       BEGIN SELECT RAISE(ABORT, 'there is one audit head'); END""",
)
_POSTGRES_GUARDS = (
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    """CREATE FUNCTION audit_log_next() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM audit_head WHERE length + 1 = NEW.sequence AND hash = NEW.previous_hash) THEN
           RAISE EXCEPTION 'an audit row must follow the last one';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE FUNCTION audit_head_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.id <> OLD.id OR NEW.length <> OLD.length + 1
            OR NOT EXISTS (SELECT 1 FROM audit_log WHERE sequence = NEW.length AND hash = NEW.hash) THEN
           RAISE EXCEPTION 'the audit head only follows the audit log';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON audit_log
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_log_next BEFORE INSERT ON audit_log
       FOR EACH ROW EXECUTE FUNCTION audit_log_next()""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
       FOR EACH ROW EXECUTE FUNCTION audit_head_forward()""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE OR INSERT ON audit_head
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)
