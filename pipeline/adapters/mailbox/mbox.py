"""An mbox file as a mailbox."""

import fcntl
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.adapters.mailbox.outcomes import SIDECAR, OutcomeLog, file_error
from pipeline.adapters.mailbox.polling import wait_for_change
from pipeline.domain.mail import MessageRef, Outcome, RawMessage
from pipeline.errors import ConfigurationError, Unavailable

_SEPARATOR = re.compile(rb"From .*\d{1,2}:\d{2}.*\d{4}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a message lies in the file, and its digest."""

    start: int
    end: int
    digest: str


class MboxMailbox:
    """The messages of one mbox file, byte for byte as they stand there ("From " quoting included).

    The file is only read: outcomes stand beside it in `.NAME.bilag-outcomes.jsonl`. A message's uid is its digest and
    its count among equal ones, since its place shifts when a mail program deletes another. The standard library's
    mailbox is not used because it takes any line that begins with "From " for a new message and misses those
    of files with CRLF.
    """

    def __init__(self, path: Path, name: str | None = None, poll_interval: float = 1.0) -> None:
        if not path.is_file():
            raise ConfigurationError(f"The mbox file {path} does not exist.")
        self.name = name or path.name
        self._path = path
        self._poll_interval = poll_interval
        self._log = OutcomeLog(path.with_name(f".{path.name}{SIDECAR}"))
        self._seen: tuple[int, int] | None = None
        self._entries: list[_Entry] = []

    def fetch(self) -> Iterator[RawMessage]:
        """Yield every message without an outcome in the order of the file, reading one at a time."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._entries = self._index()
            self._seen = stamp
        repeats: Counter[str] = Counter()
        for entry in self._entries:
            repeats[entry.digest] += 1
            uid = f"{entry.digest[:32]}-{repeats[entry.digest]}"
            if self._log.outcome(uid) is not None:
                continue
            content = self._read(entry)
            if content is None:
                # Another program rewrote the file; the next fetch reads it anew.
                self._seen = None
                return
            yield RawMessage(MessageRef(self.name, self._path.name, uid), content)

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        """Write the outcome into the sidecar file."""
        self._log.record(ref.uid, outcome)

    def wait(self, timeout: float) -> bool:
        """Look for the file to change after the last fetch."""
        return wait_for_change(lambda: self._stamp() != self._seen, timeout, self._poll_interval)

    def close(self) -> None:
        """Nothing is held open."""

    def _stamp(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError as error:
            raise file_error(error, self._path) from error
        return status.st_mtime_ns, status.st_size

    def _index(self) -> list[_Entry]:
        try:
            with self._path.open("rb") as file:
                # Mail programs lock the whole file while they write; half a message must not be read.
                fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return list(_entries(file))
        except BlockingIOError as error:
            raise Unavailable(f"The mbox file {self._path.name} is locked by another program.") from error
        except OSError as error:
            raise file_error(error, self._path) from error

    def _read(self, entry: _Entry) -> bytes | None:
        try:
            with self._path.open("rb") as file:
                file.seek(entry.start)
                content = file.read(entry.end - entry.start)
        except OSError as error:
            raise file_error(error, self._path) from error
        return content if hashlib.sha256(content).hexdigest() == entry.digest else None


def _entries(file: BinaryIO) -> Iterator[_Entry]:
    """Yield each message; it begins behind a "From " line that starts the file or follows a blank line."""
    start: int | None = None
    digest = hashlib.sha256()
    blank, position = b"", 0
    after_blank = True
    for line in file:
        if after_blank and (_SEPARATOR.match(line) or (position == 0 and line.startswith(b"From "))):
            if start is not None:
                yield _Entry(start, position - len(blank), digest.hexdigest())
            start, digest, blank = position + len(line), hashlib.sha256(), b""
            after_blank = False
        else:
            # The blank line before a separator belongs to the file's format, so it waits to see what follows.
            digest.update(blank)
            after_blank = line in (b"\n", b"\r\n")
            blank = line if after_blank else b""
            if not after_blank:
                digest.update(line)
        position += len(line)
    if start is not None and position > start:
        yield _Entry(start, position - len(blank), digest.hexdigest())
