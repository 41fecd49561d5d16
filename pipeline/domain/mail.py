"""Messages as they come out of a mailbox, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.domain.document import SourceFile


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message lies: opaque to all but the mailbox that gave it. `uid` is unique within mailbox and folder."""

    mailbox: str
    folder: str
    uid: str


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message before it was parsed: the exact bytes of RFC 5322, and the labels or flags the mailbox keeps."""

    ref: MessageRef
    content: bytes
    labels: tuple[str, ...] = ()
    thread_id: str | None = None


class AuthenticationVerdict(StrEnum):
    """A result of RFC 8601 Authentication-Results; `none` where the receiving server said nothing."""

    PASS = "pass"  # noqa: S105 — the word of RFC 8601
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Authentication:
    """What the receiving server found of the sender: SPF, DKIM, DMARC."""

    spf: AuthenticationVerdict = AuthenticationVerdict.NONE
    dkim: AuthenticationVerdict = AuthenticationVerdict.NONE
    dmarc: AuthenticationVerdict = AuthenticationVerdict.NONE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a message; `path` tells the way to it, such as `2/invoices.zip/a.pdf`."""

    path: str
    file: SourceFile
    inline: bool = False


@dataclass(frozen=True, slots=True)
class SkippedPart:
    """A part of a message that is no document, the sentence that says why and the stable `code` of that reason."""

    path: str
    name: str
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A parsed message. `sent_at` is aware UTC, None where the date is missing or unreadable.

    `documents` are the parts worth reading (attachments, or the body where that is the document itself); all others
    stand in `skipped` with the reason. `defects` are sentences on what was broken in its MIME, `notes` on what a person
    should know of its documents. `headers` has lower-case names and the topmost value of each.
    """

    sha256: str
    message_id: str | None
    subject: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    sent_at: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    thread_id: str | None
    authentication: Authentication
    body_text: str
    documents: tuple[Attachment, ...]
    skipped: tuple[SkippedPart, ...] = ()
    defects: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class OutcomeStatus(StrEnum):
    """What became of a message or of one of its documents."""

    POSTED = "posted"
    REVIEW = "review"
    DEAD_LETTER = "dead_letter"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one outcome of a message or document: a stable reason and a sentence for people."""

    status: OutcomeStatus
    reason: str
    message: str
