"""The sidecar file in which mailboxes without flags of their own keep each message's outcome."""

import errno
import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path

from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.errors import AuthenticationFailed, BilagError, ResourceExhausted, Unavailable

SIDECAR = ".bilag-outcomes.jsonl"


class OutcomeLog:
    """An append-only file of one JSON object per line: `uid`, `status`, `reason`, `message`; the last one counts.

    A line is on disk before `record` returns. One that a crash cut short is passed over, so its message comes again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._outcomes: dict[str, Outcome] = {}
        self._read_to = 0

    def outcome(self, uid: str) -> Outcome | None:
        """Return what was last recorded of a message, by this process or another."""
        self._refresh()
        return self._outcomes.get(uid)

    def outcomes(self) -> Mapping[str, Outcome]:
        """Return every recorded outcome by message uid."""
        self._refresh()
        return self._outcomes

    def record(self, uid: str, outcome: Outcome) -> None:
        """Append an outcome unless it is the one already recorded."""
        if self.outcome(uid) == outcome:
            return
        entry = {"uid": uid, "status": outcome.status.value, "reason": outcome.reason, "message": outcome.message}
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
        except OSError as error:
            raise file_error(error, self._path) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                # A crash left half a line; it must not swallow this one.
                line = b"\n" + line
            _write_all(descriptor, line)
            os.fsync(descriptor)
        except OSError as error:
            raise file_error(error, self._path) from error
        finally:
            os.close(descriptor)
        self._refresh()

    def _refresh(self) -> None:
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._read_to:
                    self._outcomes, self._read_to = {}, 0
                file.seek(self._read_to)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    self._read_to += len(line)
                    self._take(line)
        except FileNotFoundError:
            self._outcomes, self._read_to = {}, 0
        except OSError as error:
            raise file_error(error, self._path) from error

    def _take(self, line: bytes) -> None:
        try:
            entry = json.loads(line)
            outcome = Outcome(OutcomeStatus(entry["status"]), entry["reason"], entry["message"])
            self._outcomes[entry["uid"]] = outcome
        except (ValueError, KeyError, TypeError):
            return


def file_error(error: OSError, path: Path) -> BilagError:
    """Return our error for what the file system said of `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ResourceExhausted(f"There is no room left to write {path.name}.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return AuthenticationFailed(
            f"Access to {path.name} is refused.", operator_hint="Give the pipeline's user access to the mailbox folder."
        )
    return Unavailable(f"The mailbox file {path.name} cannot be used: {os.strerror(error.errno or 0)}.")


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
