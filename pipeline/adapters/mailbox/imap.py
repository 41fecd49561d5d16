"""An IMAP account as a mailbox; Gmail's labels and threads where the server has them."""

import imaplib
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from imap_tools import BaseMailBox
from imap_tools.imap_utf7 import utf7_decode
from imap_tools.utils import encode_folder

from pipeline.adapters.mailbox.imap_connection import FolderState, ImapConnection, ImapServer, Security, expect_ok
from pipeline.adapters.mailbox.imap_response import Value, fetch_attributes
from pipeline.domain.mail import MessageRef, Outcome, OutcomeStatus, RawMessage
from pipeline.errors import ConfigurationError, Rejected

KEYWORDS: Mapping[OutcomeStatus, str] = {
    OutcomeStatus.POSTED: "$BilagPosted",
    OutcomeStatus.REVIEW: "$BilagReview",
    OutcomeStatus.DEAD_LETTER: "$BilagDeadLetter",
    OutcomeStatus.DUPLICATE: "$BilagDuplicate",
    OutcomeStatus.SKIPPED: "$BilagSkipped",
}
_WAITING = " ".join(["UNDELETED", *(f"UNKEYWORD {keyword}" for keyword in KEYWORDS.values())])
_GMAIL = "X-GM-EXT-1"
_DATES_AT_ONCE = 500
# A notice that comes in one packet with the answer to IDLE is not seen before the next look, so looks are not rare.
_IDLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message without an outcome, and when it arrived."""

    arrived: float
    folder: str
    uid_validity: str
    uid: int


class ImapMailbox:
    """The messages of some folders; reading leaves no mark, an outcome becomes a keyword such as `$BilagPosted`.

    `move_to` names a folder per outcome into which acknowledged messages are moved too. On Gmail the outcome also
    becomes a label `Bilag/Posted`. A uid is UIDVALIDITY and UID. `wait` uses IDLE on the first folder and looks at all
    of them every `poll_interval` seconds; without IDLE it only looks.
    """

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        folders: Sequence[str] = ("INBOX",),
        *,
        security: Security = "ssl",
        move_to: Mapping[OutcomeStatus, str] | None = None,
        name: str | None = None,
        timeout: float = 60.0,
        poll_interval: float = 30.0,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        if not folders:
            raise ConfigurationError("The IMAP mailbox names no folder.")
        server = ImapServer(host, port, user, password, security, timeout, ssl_context)
        self.name = name or f"{user}@{host}"
        self._folders = tuple(folders)
        self._move_to = dict(move_to or {})
        self._poll_interval = poll_interval
        self._connection = ImapConnection(server)
        # Waiting has a connection of its own, so that another thread can acknowledge meanwhile.
        self._watch = ImapConnection(server)
        self._states: dict[str, tuple[str, str, str]] = {}

    def fetch(self) -> Iterator[RawMessage]:
        """Yield every message without an outcome keyword by time of arrival, one in memory at a time."""
        waiting = [found for folder in self._folders for found in self._waiting(folder)]
        for found in sorted(waiting, key=lambda w: (w.arrived, self._folders.index(w.folder), w.uid)):
            message = self._read(found)
            if message is not None:
                yield message

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        """Set the outcome's keyword, clear those of other outcomes, and move the message where that is wanted.

        Raises `Rejected` (code `uid_validity_changed`) where the server has renumbered the folder since.
        """
        validity, _, uid = ref.uid.partition("-")

        def mark(box: BaseMailBox, state: FolderState) -> None:
            if state.uid_validity != validity:
                raise Rejected(
                    f"The folder {ref.folder} was renumbered since the message was read.",
                    operator_hint="Nothing is lost: the message is fetched again and told by its Message-ID.",
                    vendor_code="uid_validity_changed",
                )
            self._mark(box, state, uid, outcome.status)
            if (target := self._move_to.get(outcome.status)) is not None and target != ref.folder:
                self._move(box, uid, target)

        self._connection.in_folder(ref.folder, mark, writing=True)

    def wait(self, timeout: float) -> bool:
        """Wait by IDLE where the server has it, by looking otherwise; True where a folder changed since `fetch`."""
        deadline = time.monotonic() + timeout
        first, *others = self._folders
        while True:
            if any(self._changed(folder) for folder in (*others, first)):
                return True
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            if "IDLE" in self._watch.capabilities:
                pause = min(remaining, _IDLE_SECONDS, self._poll_interval if others else _IDLE_SECONDS)
                self._watch.in_folder(first, partial(_idle, seconds=pause))
            else:
                time.sleep(min(remaining, self._poll_interval))

    def close(self) -> None:
        """Log out of both connections."""
        self._connection.close()
        self._watch.close()

    def _waiting(self, folder: str) -> list[_Waiting]:
        def search(box: BaseMailBox, state: FolderState) -> list[_Waiting]:
            self._states[folder] = (state.uid_validity, state.uid_next, state.messages)
            uids = box.uids(_WAITING, charset=None)
            arrivals = _arrivals(box, uids) if len(self._folders) > 1 else {}
            return [_Waiting(arrivals.get(int(uid), 0.0), folder, state.uid_validity, int(uid)) for uid in uids]

        return self._connection.in_folder(folder, search, anew=True)

    def _read(self, found: _Waiting) -> RawMessage | None:
        def read(box: BaseMailBox, state: FolderState) -> dict[str, Value] | None:
            if state.uid_validity != found.uid_validity:
                return None
            gmail = " X-GM-LABELS X-GM-THRID" if _GMAIL in self._connection.capabilities else ""
            data = expect_ok(box.client.uid("FETCH", str(found.uid), f"(UID FLAGS{gmail} BODY.PEEK[])"))
            return next((a for a in fetch_attributes(data) if _uid(a) == found.uid and "BODY[]" in a), None)

        attributes = self._connection.in_folder(found.folder, read)
        if attributes is None or not isinstance(content := attributes["BODY[]"], bytes):
            return None
        labels = dict.fromkeys((found.folder, *_words(attributes.get("FLAGS")), *_words(attributes.get("X-GM-LABELS"))))
        thread = attributes.get("X-GM-THRID")
        ref = MessageRef(self.name, found.folder, f"{found.uid_validity}-{found.uid}")
        return RawMessage(ref, content, tuple(labels), thread.decode("ascii") if isinstance(thread, bytes) else None)

    def _mark(self, box: BaseMailBox, state: FolderState, uid: str, status: OutcomeStatus) -> None:
        keyword = KEYWORDS[status]
        flags = state.permanent_flags.lower()
        if "\\*" not in flags and keyword.lower() not in flags:
            raise ConfigurationError(
                f"The IMAP server keeps no keywords in this folder, so {keyword} cannot be set.",
                operator_hint="Give the account the right to set flags, or use another mailbox.",
            )
        others = " ".join(other for other in KEYWORDS.values() if other != keyword)
        expect_ok(box.client.uid("STORE", uid, "+FLAGS.SILENT", f"({keyword})"))
        expect_ok(box.client.uid("STORE", uid, "-FLAGS.SILENT", f"({others})"))
        if _GMAIL in self._connection.capabilities:
            label = f"Bilag/{keyword.removeprefix('$Bilag')}"
            expect_ok(box.client.uid("STORE", uid, "+X-GM-LABELS", f'("{label}")'))

    def _move(self, box: BaseMailBox, uid: str, target: str) -> None:
        folder = encode_folder(target).decode("ascii")
        can_move = "MOVE" in self._connection.capabilities
        command = "MOVE" if can_move else "COPY"
        answer = box.client.uid(command, uid, folder)
        if answer[0] == "NO" and b"TRYCREATE" in b" ".join(d for d in answer[1] if isinstance(d, bytes)):
            box.folder.create(target)
            answer = box.client.uid(command, uid, folder)
        expect_ok(answer)
        if not can_move:
            expect_ok(box.client.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)"))
            if "UIDPLUS" in self._connection.capabilities:
                # A plain EXPUNGE would also remove what the owner has marked as deleted.
                expect_ok(box.client.uid("EXPUNGE", uid))

    def _changed(self, folder: str) -> bool:
        def look(_: BaseMailBox, state: FolderState) -> bool:
            now = (state.uid_validity, state.uid_next, state.messages)
            before = self._states.get(folder)
            if before is None:
                return state.messages not in ("", "0")
            return now[:2] != before[:2] if now[1] else now != before

        return self._watch.in_folder(folder, look, anew=True)


def _idle(box: BaseMailBox, _: FolderState, *, seconds: float) -> None:
    with box.idle as idle:
        idle.poll(timeout=seconds)


def _arrivals(box: BaseMailBox, uids: Sequence[str]) -> dict[int, float]:
    """Return when each message arrived, in seconds since 1970, as the server keeps it."""
    arrivals: dict[int, float] = {}
    for start in range(0, len(uids), _DATES_AT_ONCE):
        data = expect_ok(box.client.uid("FETCH", ",".join(uids[start : start + _DATES_AT_ONCE]), "(UID INTERNALDATE)"))
        for attributes in fetch_attributes(data):
            date = attributes.get("INTERNALDATE")
            if isinstance(date, bytes):
                parsed = imaplib.Internaldate2tuple(b'INTERNALDATE "' + date + b'"')
                arrivals[_uid(attributes)] = time.mktime(parsed) if parsed else 0.0
    return arrivals


def _uid(attributes: Mapping[str, Value]) -> int:
    uid = attributes.get("UID")
    return int(uid) if isinstance(uid, bytes) and uid.isdigit() else 0


def _words(value: Value | None) -> tuple[str, ...]:
    words = value if isinstance(value, tuple) else ()
    return tuple(utf7_decode(word) for word in words)
