"""What the mailbox's owner wants read: filters on sender, subject, label, authentication and attachment type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache

from pipeline.domain.mail import Attachment, AuthenticationVerdict, MailMessage, Outcome, OutcomeStatus, SkippedPart
from pipeline.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that a message must meet; an empty one asks nothing.

    Senders and trusted addresses are globs: an address (`bills@example.com`, `*@example.com`) or a bare domain
    (`example.com`, `*.example.com`), which stands for every address in it. `subject` is a regular expression found
    anywhere, case aside. `labels` are label or folder globs of which one must fit. `media_types` are globs too.
    Raises `ConfigurationError` for a subject that is no regular expression.
    """

    allow_senders: tuple[str, ...] = ()
    deny_senders: tuple[str, ...] = ()
    subject: str | None = None
    labels: tuple[str, ...] = ()
    deny_labels: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    require_authentication: bool = False

    def __post_init__(self) -> None:
        if self.subject is not None:
            _subject_pattern(self.subject)


def apply(message: MailMessage, filters: Filters) -> Outcome | None:
    """Return the outcome of a message that the filters refuse, with its reason; None where it is to be read."""
    sender = message.sender or "an unknown sender"
    if _matches_any(message.sender, filters.deny_senders):
        return _skipped("SENDER_DENIED", f"Mail from {sender} is not read; it is on the list of refused senders.")
    if filters.allow_senders and not _matches_any(message.sender, filters.allow_senders):
        return _skipped("SENDER_NOT_ALLOWED", f"Mail from {sender} is not read; it is not on the list of senders.")
    if filters.subject is not None and not _subject_pattern(filters.subject).search(message.subject):
        return _skipped("SUBJECT_NOT_WANTED", f"The subject does not match the filter {filters.subject!r}.")
    if filters.labels and not _any_glob(message.labels, filters.labels):
        return _skipped("LABEL_MISSING", f"The message has none of the labels {', '.join(filters.labels)}.")
    if _any_glob(message.labels, filters.deny_labels):
        return _skipped("LABEL_DENIED", f"The message has one of the labels {', '.join(filters.deny_labels)}.")
    if filters.require_authentication and not is_authenticated(message):
        sentence = (
            f"Neither SPF, DKIM nor DMARC shows that the message comes from {sender}; ask them before releasing it."
        )
        return Outcome(OutcomeStatus.DEAD_LETTER, "SENDER_NOT_AUTHENTICATED", sentence)
    if filters.media_types and message.documents and not filter_attachments(message, filters).documents:
        return _skipped(
            "ATTACHMENT_TYPE_NOT_WANTED", f"No attachment is of the types {', '.join(filters.media_types)}."
        )
    return None


def filter_attachments(message: MailMessage, filters: Filters) -> MailMessage:
    """Return the message with documents of unwanted media types moved to its skipped parts, each with the reason."""
    if not filters.media_types:
        return message
    wanted = tuple(a for a in message.documents if _type_wanted(a, filters))
    refused = tuple(_refused(a) for a in message.documents if not _type_wanted(a, filters))
    return replace(message, documents=wanted, skipped=(*message.skipped, *refused))


def is_trusted(message: MailMessage, filters: Filters) -> bool:
    """Say whether the sender is on the trusted list, and the receiving server vouches that it is this sender.

    Anybody can write a trusted address into From: without a passed check nobody is trusted, nor where DKIM failed.
    """
    # A failed SPF beside a passed DKIM or DMARC is what every forwarded message has.
    proven = is_authenticated(message) and message.authentication.dkim is not AuthenticationVerdict.FAIL
    return proven and _matches_any(message.sender, filters.trusted)


def is_authenticated(message: MailMessage) -> bool:
    """Say whether the receiving server vouches for the sender: DMARC, or where it is silent DKIM or SPF, passed."""
    checks = message.authentication
    if checks.dmarc is not AuthenticationVerdict.NONE:
        return checks.dmarc is AuthenticationVerdict.PASS
    return AuthenticationVerdict.PASS in (checks.dkim, checks.spf)


def _matches_any(address: str, globs: Sequence[str]) -> bool:
    address = address.lower()
    domain = address.rpartition("@")[2]
    return bool(address) and any(
        fnmatchcase(address if "@" in glob else domain, glob.strip().lower()) for glob in globs if glob.strip()
    )


def _any_glob(labels: Sequence[str], globs: Sequence[str]) -> bool:
    return any(fnmatchcase(label.casefold(), glob.casefold()) for label in labels for glob in globs)


def _type_wanted(attachment: Attachment, filters: Filters) -> bool:
    return any(fnmatchcase(attachment.file.media_type, glob.lower()) for glob in filters.media_types)


def _refused(attachment: Attachment) -> SkippedPart:
    reason = f"The filter asks for other types of attachment than {attachment.file.media_type}."
    return SkippedPart(attachment.path, attachment.file.name, reason, "ATTACHMENT_TYPE_NOT_WANTED")


def _skipped(reason: str, message: str) -> Outcome:
    return Outcome(OutcomeStatus.SKIPPED, reason, message)


@lru_cache(maxsize=32)
def _subject_pattern(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ConfigurationError(f"The subject filter {pattern!r} is no regular expression: {error}.") from error
