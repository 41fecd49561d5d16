"""Who wrote to whom, when, and in which thread."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from pipeline.ingest.mime.headers import Headers, decode_words

_ADDRESS = re.compile(r"[^\s<>\"(),;:\[\]]{1,200}@[^\s<>\"(),;:@\[\]]{1,200}")
_IDENTIFIER = re.compile(r"<([^<>\s]{1,900})>")
_MAX_VALUE = 10_000
_MAX_REFERENCES = 200
_MAX_NESTED = 20


@dataclass(frozen=True, slots=True)
class Envelope:
    """Addresses in lower case, identifiers with their angle brackets; `thread_id` is the thread's first message."""

    message_id: str | None
    subject: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    sent_at: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    thread_id: str | None
    defects: tuple[str, ...]


def read_envelope(headers: Headers) -> Envelope:
    """Return the envelope of a message; what is missing or unreadable is None, empty and, where broken, a defect."""
    defects: list[str] = []
    sender, sender_name = _sender(headers, defects)
    message_id = _identifier(headers.first("message-id"))
    in_reply_to = _identifier(headers.first("in-reply-to"))
    listed = " ".join(headers.every("references"))
    references = tuple(dict.fromkeys(f"<{found}>" for found in _IDENTIFIER.findall(listed)))[:_MAX_REFERENCES]
    recipients = [
        address for name in ("to", "cc") for value in headers.every(name) for _, address in _addresses(value) if address
    ]
    return Envelope(
        message_id=message_id,
        subject=headers.text("subject"),
        sender=sender,
        sender_name=sender_name,
        recipients=tuple(dict.fromkeys(recipients)),
        sent_at=_sent_at(headers.first("date"), defects),
        in_reply_to=in_reply_to,
        references=references,
        thread_id=references[0] if references else in_reply_to or message_id,
        defects=tuple(defects),
    )


def _sender(headers: Headers, defects: list[str]) -> tuple[str, str]:
    written = [pair for value in headers.every("from") for pair in _addresses(value) if pair[1]]
    if len({address for _, address in written}) > 1:
        defects.append("The message names more than one sender; the first was taken.")
    if written:
        name, address = written[0]
        return address, name
    defects.append("The message has no readable From address.")
    for other in ("sender", "reply-to", "return-path"):
        for value in headers.every(other):
            for name, address in _addresses(value):
                if address:
                    return address, name
    return "", headers.text("from")


def _addresses(value: str) -> list[tuple[str, str]]:
    """Return (decoded name, address) pairs; a regular expression reads what the standard parser cannot."""
    value = value[:_MAX_VALUE]
    for nesting in ("()", ":"):
        # The standard parser recurses over comments in comments and groups in groups.
        if value.count(nesting[0]) > _MAX_NESTED:
            value = value.translate(str.maketrans(nesting, " " * len(nesting)))
    pairs = [
        (decode_words(name), address.lower()) for name, address in getaddresses([value]) if _ADDRESS.fullmatch(address)
    ]
    if pairs:
        return pairs
    return [(_name_before(value, found.start()), found.group().lower()) for found in _ADDRESS.finditer(value)]


def _name_before(value: str, position: int) -> str:
    return decode_words(re.split(r"[,;>]", value[:position])[-1].strip(" <\"'"))


def _sent_at(value: str | None, defects: list[str]) -> datetime | None:
    if value is None:
        defects.append("The message has no date.")
        return None
    try:
        sent = parsedate_to_datetime(decode_words(value[:200]))
        # "-0000" means UTC without a known local zone, which the parser returns as a naive time.
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        defects.append(f"The date {value[:40]!r} cannot be read.")
        return None


def _identifier(value: str | None) -> str | None:
    if not value:
        return None
    found = _IDENTIFIER.search(value)
    if found:
        return f"<{found.group(1)}>"
    bare = re.sub(r"[\s<>]+", "", value)[:900]
    return f"<{bare}>" if bare else None
