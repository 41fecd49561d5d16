"""A Maildir as a mailbox."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.mailbox.outcomes import SIDECAR, OutcomeLog, file_error
from pipeline.adapters.mailbox.polling import wait_for_change
from pipeline.domain.mail import MessageRef, Outcome, OutcomeStatus, RawMessage
from pipeline.errors import ConfigurationError

_FLAG_NAMES = {"S": "\\Seen", "R": "\\Answered", "F": "\\Flagged", "T": "\\Deleted", "D": "\\Draft", "P": "$Forwarded"}
_FOR_A_PERSON = frozenset({OutcomeStatus.REVIEW, OutcomeStatus.DEAD_LETTER})


@dataclass(frozen=True, slots=True)
class _Delivered:
    """A message file: `base` is the unique part of its name, which stays when flags and folders change."""

    base: str
    path: Path
    flags: str
    arrived: float


class MaildirMailbox:
    """The messages in `new` and `cur` of one Maildir.

    Outcomes stand in `.bilag-outcomes.jsonl` inside it. An acknowledged message moves to `cur` as seen, flagged too
    where a person must look, or to the Maildir++ sub-folder that `move_to` names for its outcome. Contents are never
    rewritten.
    """

    def __init__(
        self,
        path: Path,
        name: str | None = None,
        move_to: Mapping[OutcomeStatus, str] | None = None,
        poll_interval: float = 1.0,
    ) -> None:
        if not (path / "cur").is_dir() or not (path / "new").is_dir():
            raise ConfigurationError(f"{path} is no Maildir; it has no folders new and cur.")
        self.name = name or path.name or "maildir"
        self._path = path
        self._move_to = dict(move_to or {})
        self._poll_interval = poll_interval
        self._log = OutcomeLog(path / SIDECAR)
        self._seen: dict[str, _Delivered] = {}

    def fetch(self) -> Iterator[RawMessage]:
        """Yield every message without an outcome, in the order of arrival, reading one at a time."""
        listing = self._listing()
        self._seen = listing
        for delivered in sorted(listing.values(), key=lambda d: (d.arrived, d.base)):
            if self._log.outcome(delivered.base) is not None:
                continue
            content = self._read(delivered)
            if content is not None:
                labels = ("INBOX", *(_FLAG_NAMES[flag] for flag in delivered.flags if flag in _FLAG_NAMES))
                yield RawMessage(MessageRef(self.name, "INBOX", delivered.base), content, labels)

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        """Record the outcome, then flag or move the message; one that its owner took away is only recorded."""
        self._log.record(ref.uid, outcome)
        delivered = self._find(ref.uid)
        if delivered is None:
            return
        flags = set(delivered.flags) | {"S"} | ({"F"} if outcome.status in _FOR_A_PERSON else set())
        folder = self._folder(outcome.status)
        target = folder / "cur" / f"{ref.uid}:2,{''.join(sorted(flags))}"
        if target != delivered.path:
            try:
                delivered.path.rename(target)
            except FileNotFoundError:
                return
            except OSError as error:
                raise file_error(error, target) from error

    def wait(self, timeout: float) -> bool:
        """Look for messages that came since the last fetch."""
        return wait_for_change(lambda: not self._listing().keys() <= self._seen.keys(), timeout, self._poll_interval)

    def close(self) -> None:
        """Nothing is held open."""

    def _folder(self, status: OutcomeStatus) -> Path:
        name = self._move_to.get(status)
        if name is None:
            return self._path
        folder = self._path / f".{name.replace('/', '.')}"
        try:
            for part in ("cur", "new", "tmp"):
                (folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise file_error(error, folder) from error
        return folder

    def _listing(self) -> dict[str, _Delivered]:
        found: dict[str, _Delivered] = {}
        for part in ("new", "cur"):
            try:
                with os.scandir(self._path / part) as entries:
                    for entry in entries:
                        if entry.name.startswith(".") or not entry.is_file():
                            continue
                        base, _, info = entry.name.partition(":")
                        flags = info.removeprefix("2,")
                        found[base] = _Delivered(base, Path(entry.path), flags, _arrived(entry))
            except FileNotFoundError:
                continue
            except OSError as error:
                raise file_error(error, self._path / part) from error
        return found

    def _find(self, base: str) -> _Delivered | None:
        known = self._seen.get(base)
        return known if known is not None and known.path.exists() else self._listing().get(base)

    def _read(self, delivered: _Delivered) -> bytes | None:
        """Return the content; a mail program may move the file meanwhile, so it is looked for once more."""
        for candidate in (delivered, self._find(delivered.base)):
            if candidate is None:
                return None
            try:
                return candidate.path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise file_error(error, candidate.path) from error
        return None


def _arrived(entry: os.DirEntry[str]) -> float:
    """Return the second of delivery, with which a Maildir name begins; else the time of the file."""
    seconds = entry.name.partition(".")[0]
    if seconds.isascii() and seconds.isdigit() and len(seconds) <= 12:
        return float(seconds)
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return 0.0
