"""A raw message becomes a `MailMessage`: who wrote, what is worth reading, and why the rest is not."""

import hashlib
from collections.abc import Sequence

from pipeline.domain.mail import MailMessage
from pipeline.ingest.containers.limits import Limits
from pipeline.ingest.containers.unpack import unpack
from pipeline.ingest.mime.authentication import read_authentication
from pipeline.ingest.mime.envelope import read_envelope
from pipeline.ingest.mime.headers import Headers, decode_words
from pipeline.ingest.mime.structure import read_message
from pipeline.ingest.triage import is_bulk, triage

_DEFAULT_LIMITS = Limits()
_MAX_HEADER = 4000


def parse_message(
    content: bytes,
    *,
    labels: Sequence[str] = (),
    thread_id: str | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    authserv_id: str | None = None,
) -> MailMessage:
    """Return what a message holds; any bytes at all give one, with sentences on what was broken.

    `labels` and `thread_id` are the mailbox's own. `authserv_id` names the receiving server whose
    Authentication-Results are believed; without it, the topmost header is.
    """
    entity = read_message(content)
    envelope = read_envelope(entity.headers)
    headers = _topmost(entity.headers)
    contents = unpack(entity, limits)
    sorted_parts = triage(contents, is_bulk(headers))
    return MailMessage(
        sha256=hashlib.sha256(content).hexdigest(),
        message_id=envelope.message_id,
        subject=envelope.subject,
        sender=envelope.sender,
        sender_name=envelope.sender_name,
        recipients=envelope.recipients,
        sent_at=envelope.sent_at,
        in_reply_to=envelope.in_reply_to,
        references=envelope.references,
        thread_id=thread_id or envelope.thread_id,
        authentication=read_authentication(entity.headers, envelope.sender, authserv_id),
        body_text=sorted_parts.body_text,
        documents=tuple(sorted_parts.documents),
        skipped=tuple(sorted_parts.skipped),
        defects=tuple(dict.fromkeys((*envelope.defects, *contents.defects))),
        headers=headers,
        labels=tuple(labels),
        notes=tuple(sorted_parts.notes),
    )


def _topmost(headers: Headers) -> dict[str, str]:
    decoded: dict[str, str] = {}
    for name, value in headers.fields:
        if name not in decoded:
            decoded[name] = decode_words(value[:_MAX_HEADER])
    return decoded
