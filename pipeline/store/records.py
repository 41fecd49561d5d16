"""What the store answers with: frozen views of messages, documents, postings and dead letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.domain.decision import Decision, Route
from pipeline.domain.extraction import Extraction
from pipeline.domain.mail import MessageRef, Outcome, SkippedPart
from pipeline.domain.record import RecordRef, RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.store.audit import AuditRow

TAKEN_BACK = ("CANCELLED", "DISMISSED")
"""The reasons of what a person set aside: it can be tried again, and the same file sent again is worked on."""


class State(StrEnum):
    """How far a message or document is; the last five are the outcomes, and a message is never between."""

    RECEIVED = "received"
    EXTRACTED = "extracted"
    DECIDED = "decided"
    POSTED = "posted"
    REVIEW = "review"
    DEAD_LETTER = "dead_letter"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


class PostingState(StrEnum):
    """How far a document is in the ERP; `unknown` means sent without an answer: ask by the document's key."""

    INTENDED = "intended"
    UNKNOWN = "unknown"
    POSTED = "posted"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as it is listed; `outcome` is None until it has one, `duplicate_of` the key of an earlier one.

    Compare the two digests: a message can be a duplicate by its Message-ID alone. `unopened` are its parts that
    nobody could open and no person has dismissed yet; `told` says whether the mailbox shows the outcome.
    """

    key: str
    ref: MessageRef
    sha256: str
    message_id: str | None
    sender: str
    subject: str
    sent_at: datetime | None
    recorded_at: datetime
    state: State
    outcome: Outcome | None
    duplicate_of: str | None
    unopened: tuple[SkippedPart, ...] = ()
    told: bool = False


@dataclass(frozen=True, slots=True)
class EarlierMessage:
    """The message that this one repeats.

    Without `same_content` only the Message-ID is the same: the message must be worked on, its documents will tell.
    """

    key: str
    same_content: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class RecordedMessage:
    """A message's key in the store, whether it is new there, and its own outcome where it already has one."""

    key: str
    is_new: bool
    outcome: Outcome | None
    duplicate_of: EarlierMessage | None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of one message as it is listed, or a message without any (`id` and `key` are None then).

    `id` names the occurrence, `key` the document: they differ only for duplicates. `reason` is the outcome's, or the
    last decision's while there is no outcome.
    """

    message_key: str
    subject: str
    sender: str
    id: str | None
    key: str | None
    file: str
    path: str
    kind: Kind | None
    state: State
    outcome: Outcome | None
    route: Route | None
    reason: str | None
    record: RecordRef | None
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document's id in the store, whether it is new there, its outcome where it has one, and what it repeats."""

    id: str
    is_new: bool
    state: State
    outcome: Outcome | None
    duplicate_of: DocumentLine | None


@dataclass(frozen=True, slots=True)
class Posting:
    """What was sent to the ERP for a document; `attempts` counts how often it was about to be sent."""

    document_id: str
    state: PostingState
    type: RecordType
    party_id: str
    reference: str
    record: RecordRef | None
    attempts: int
    message: str
    intended_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PostingIntent:
    """Leave to post, or not: with `held_by`, that other document already stands for the same bill in the ERP.

    A posting whose state is `posted` needs no second sending: it holds its record.
    """

    posting: Posting
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A document, or a message without documents, that could not be worked on; `attempts` counts the tries so far."""

    id: int
    message_key: str
    document_id: str | None
    file: str
    subject: str
    sender: str
    reason: str
    message: str
    attempts: int
    died_at: datetime


@dataclass(frozen=True, slots=True)
class Retry:
    """A dead letter that somebody asked to try again; `work_key` is new for every attempt and the same for one."""

    dead_letter_id: int
    message_key: str
    document_id: str | None
    attempt: int

    @property
    def work_key(self) -> str:
        """The key under which to enqueue the attempt."""
        return f"{self.message_key}#{self.dead_letter_id}"


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How much of everything there is, by state; states without any are left out."""

    messages: Mapping[State, int]
    documents: Mapping[State, int]
    postings: Mapping[PostingState, int]
    dead_letters: int
    last_messages: tuple[MessageLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """Everything known about one document; decisions, dead letters and audit rows oldest first."""

    line: DocumentLine
    message: MessageLine
    extraction: Extraction | None
    decisions: tuple[Decision, ...]
    posting: Posting | None
    dead_letters: tuple[DeadLetter, ...]
    audit: tuple[AuditRow, ...]
