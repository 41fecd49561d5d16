"""Parsing messages for the steps: never stopped by one message, and not done again for every step of the same one."""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from pipeline.domain.mail import Authentication, MailMessage, Outcome, OutcomeStatus, SkippedPart
from pipeline.errors import BilagError
from pipeline.ingest.parse import parse_message

_log = logging.getLogger(__name__)

_DAMAGED = "MESSAGE_DAMAGED"
_KEPT_MESSAGES = 4
_KEPT_BYTES = 64_000_000


def parse(
    content: bytes, *, labels: tuple[str, ...] = (), thread_id: str | None = None, authserv_id: str | None = None
) -> MailMessage:
    """Return the parsed message; one that the parser trips over is empty but for its digest (see `damage`)."""
    try:
        return parse_message(content, labels=labels, thread_id=thread_id, authserv_id=authserv_id)
    except BilagError:
        raise
    except Exception as error:  # noqa: BLE001 — the boundary: anybody can send anything, and must not stop the mailbox
        _log.exception("A message could not be parsed.")
        return _unparsed(content, labels, thread_id, f"{type(error).__name__}: {error}"[:200])


def damage(message: MailMessage) -> Outcome | None:
    """Return the dead letter of a message that could not be parsed; None for every other."""
    for part in message.skipped:
        if part.code == _DAMAGED and not part.path:
            return Outcome(OutcomeStatus.DEAD_LETTER, part.code, part.reason)
    return None


class ParsedMessages:
    """The last few parsed messages, by digest: the steps of one message follow each other closely."""

    def __init__(self, messages: int = _KEPT_MESSAGES, total: int = _KEPT_BYTES) -> None:
        self._messages = messages
        self._total = total
        self._kept: OrderedDict[str, MailMessage] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sha256: str, parsed: Callable[[], MailMessage]) -> MailMessage:
        """Return the message with a digest, parsing it where it is not among the last few."""
        with self._lock:
            if (kept := self._kept.get(sha256)) is not None:
                self._kept.move_to_end(sha256)
                return kept
        message = parsed()
        if damage(message) is not None:
            return message
        with self._lock:
            self._kept[sha256] = message
            while len(self._kept) > self._messages or sum(map(_weight, self._kept.values())) > self._total:
                self._kept.popitem(last=False)
        return message


def _weight(message: MailMessage) -> int:
    """Return about how many bytes a message takes: its files and its text."""
    return len(message.body_text) + sum(len(attachment.file.content) for attachment in message.documents)


def _unparsed(content: bytes, labels: tuple[str, ...], thread_id: str | None, why: str) -> MailMessage:
    sentence = (
        f"The message is built in a way that cannot be read ({why}). Look at the original in the mailbox; if it is in "
        "order, report this as a fault of Bilag, then retry the dead letter."
    )
    return MailMessage(
        sha256=hashlib.sha256(content).hexdigest(),
        message_id=None,
        subject="",
        sender="",
        sender_name="",
        recipients=(),
        sent_at=None,
        in_reply_to=None,
        references=(),
        thread_id=thread_id,
        authentication=Authentication(),
        body_text="",
        documents=(),
        skipped=(SkippedPart("", "", sentence, _DAMAGED),),
        labels=labels,
    )
