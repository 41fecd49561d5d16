"""The selects that several parts of the store share, and the records that their rows become."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pipeline.domain.contract import finding_from_json
from pipeline.domain.decision import Decision, Route
from pipeline.domain.extraction import ModelVersion
from pipeline.domain.mail import MessageRef, Outcome, OutcomeStatus, SkippedPart
from pipeline.domain.record import RecordRef, RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.store.audit import AuditRow
from pipeline.store.records import DeadLetter, DocumentLine, MessageLine, Posting, PostingState, State
from pipeline.store.tables import dead_letters, decisions, documents, findings, messages, postings

Row = sa.Row[*tuple[Any, ...]]

_UNFINISHED = frozenset({State.RECEIVED, State.EXTRACTED, State.DECIDED})

_latest = (
    sa.select(decisions.c.document_id, sa.func.max(decisions.c.id).label("id")).group_by(decisions.c.document_id)
).subquery("latest")
_last_decision = (
    sa.select(decisions.c.document_id, decisions.c.route, decisions.c.reason).join(
        _latest, decisions.c.id == _latest.c.id
    )
).subquery("last_decision")

document_lines = (
    sa.select(
        messages.c.key.label("message_key"),
        messages.c.subject,
        messages.c.sender,
        messages.c.status.label("message_status"),
        messages.c.reason.label("message_reason"),
        messages.c.message.label("message_sentence"),
        messages.c.duplicate_of.label("message_duplicate_of"),
        documents.c.id,
        documents.c.key,
        documents.c.file,
        documents.c.path,
        documents.c.kind,
        documents.c.status,
        documents.c.reason,
        documents.c.message,
        documents.c.duplicate_of,
        _last_decision.c.route,
        _last_decision.c.reason.label("decision_reason"),
        postings.c.record_type,
        postings.c.record_id,
        postings.c.record_number,
        postings.c.record_url,
    )
    .select_from(messages)
    .outerjoin(documents, documents.c.message_key == messages.c.key)
    .outerjoin(_last_decision, _last_decision.c.document_id == documents.c.id)
    .outerjoin(postings, postings.c.document_id == documents.c.id)
    .order_by(messages.c.recorded_at, messages.c.key, documents.c.path, documents.c.first_page, documents.c.id)
)

dead_letter_lines = (
    sa.select(dead_letters, documents.c.file, messages.c.subject, messages.c.sender)
    .select_from(dead_letters)
    .join(messages, messages.c.key == dead_letters.c.message_key)
    .outerjoin(documents, documents.c.id == dead_letters.c.document_id)
    .order_by(dead_letters.c.id)
)


def outcome_of(status: str, reason: str | None, message: str | None) -> Outcome | None:
    """Return the outcome that a status stands for, or None for one that is not final."""
    if State(status) in _UNFINISHED:
        return None
    return Outcome(OutcomeStatus(status), reason or "", message or "")


def document_line(row: Row) -> DocumentLine:
    """Read a row of `document_lines`."""
    if row.id is None:
        outcome = outcome_of(row.message_status, row.message_reason, row.message_sentence)
        state, reason, duplicate_of = State(row.message_status), row.message_reason, row.message_duplicate_of
    else:
        outcome = outcome_of(row.status, row.reason, row.message)
        state, reason, duplicate_of = State(row.status), row.reason or row.decision_reason, row.duplicate_of
    return DocumentLine(
        message_key=row.message_key,
        subject=row.subject,
        sender=row.sender,
        id=row.id,
        key=row.key,
        file=row.file or "",
        path=row.path or "",
        kind=Kind(row.kind) if row.kind else None,
        state=state,
        outcome=outcome,
        route=Route(row.route) if row.route else None,
        reason=reason,
        record=record_of(row),
        duplicate_of=duplicate_of,
    )


def message_line(row: Row) -> MessageLine:
    """Read a row of the table of messages."""
    return MessageLine(
        key=row.key,
        ref=MessageRef(row.mailbox, row.folder, row.uid),
        sha256=row.sha256,
        message_id=row.message_id,
        sender=row.sender,
        subject=row.subject,
        sent_at=row.sent_at,
        recorded_at=row.recorded_at,
        state=State(row.status),
        outcome=outcome_of(row.status, row.reason, row.message),
        duplicate_of=row.duplicate_of,
        unopened=() if row.unopened_dismissed else _parts(row.unopened),
        told=row.told,
    )


def _parts(written: str | None) -> tuple[SkippedPart, ...]:
    return tuple(SkippedPart(**part) for part in json.loads(written)) if written else ()


def record_of(row: Row) -> RecordRef | None:
    """Return the ERP record that a row with the posting's columns names, if it has one."""
    if row.record_id is None:
        return None
    return RecordRef(RecordType(row.record_type), row.record_id, row.record_number, row.record_url)


def posting_of(row: Row) -> Posting:
    """Read a row of the table of postings."""
    return Posting(
        document_id=row.document_id,
        state=PostingState(row.state),
        type=RecordType(row.record_type),
        party_id=row.party_id,
        reference=row.reference,
        record=record_of(row),
        attempts=row.attempts,
        message=row.message,
        intended_at=row.intended_at,
        changed_at=row.changed_at,
    )


def dead_letter(row: Row) -> DeadLetter:
    """Read a row of `dead_letter_lines`."""
    return DeadLetter(
        id=row.id,
        message_key=row.message_key,
        document_id=row.document_id,
        file=row.file or "",
        subject=row.subject,
        sender=row.sender,
        reason=row.reason,
        message=row.message,
        attempts=row.attempts,
        died_at=row.died_at,
    )


def audit_row(row: Row) -> AuditRow:
    """Read a row of the audit log."""
    return AuditRow(
        sequence=row.sequence,
        recorded_at=datetime.fromisoformat(row.recorded_at),
        actor=row.actor,
        event=row.event,
        document=row.document,
        details=json.loads(row.details),
        hash=row.hash,
    )


def decisions_of(connection: sa.Connection, document_id: str) -> tuple[Decision, ...]:
    """Return a document's decisions with their findings, oldest first."""
    query = sa.select(decisions).where(decisions.c.document_id == document_id).order_by(decisions.c.id)
    return tuple(_decision(connection, row) for row in connection.execute(query).all())


def _decision(connection: sa.Connection, row: Row) -> Decision:
    query = sa.select(findings).where(findings.c.decision_id == row.id).order_by(findings.c.position)
    found = (
        {"code": f.code, "severity": f.severity, "message": f.message, "fields": json.loads(f.fields)}
        for f in connection.execute(query)
    )
    return Decision(
        route=Route(row.route),
        reason=row.reason,
        message=row.message,
        findings=tuple(finding_from_json(finding) for finding in found),
        limits=json.loads(row.limits),
        policy=row.policy,
        model=ModelVersion(row.model_name, row.model_version) if row.model_name is not None else None,
        decided_by=row.decided_by,
        confidence=row.confidence,
    )
