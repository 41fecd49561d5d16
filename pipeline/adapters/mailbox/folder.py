"""A folder tree of .eml files as a mailbox."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.mailbox.outcomes import SIDECAR, OutcomeLog, file_error
from pipeline.adapters.mailbox.polling import wait_for_change
from pipeline.domain.mail import MessageRef, Outcome, RawMessage
from pipeline.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells that a file is still the one it was: cheap to ask, unlike its digest."""

    modified: int
    size: int
    inode: int


class FolderMailbox:
    """Every .eml file below a folder; whoever delivers should write under another suffix and rename.

    Originals are never touched: outcomes stand in `.bilag-outcomes.jsonl` at the top of the tree. A message's uid is
    its relative path and the beginning of its digest, so a file that is replaced is a new message. Sub-folders are
    its label.
    """

    def __init__(self, path: Path, name: str | None = None, poll_interval: float = 1.0) -> None:
        if not path.is_dir():
            raise ConfigurationError(f"The mailbox folder {path} does not exist.")
        self.name = name or path.name or "folder"
        self._path = path
        self._poll_interval = poll_interval
        self._log = OutcomeLog(path / SIDECAR)
        self._digests: dict[str, tuple[_Stamp, str]] = {}
        self._seen: dict[str, _Stamp] = {}

    def fetch(self) -> Iterator[RawMessage]:
        """Yield every message without an outcome, oldest file first, reading one at a time."""
        listing = self._listing()
        self._seen = dict(listing)
        for relative, stamp in sorted(listing.items(), key=lambda item: (item[1].modified, item[0])):
            known = self._digests.get(relative)
            if known is not None and known[0] == stamp and self._log.outcome(_uid(relative, known[1])) is not None:
                continue
            content = self._read(relative, stamp)
            if content is None:
                # It changed while it was read, so it is still being written; it comes with the next fetch.
                self._seen.pop(relative, None)
                continue
            digest = hashlib.sha256(content).hexdigest()
            self._digests[relative] = (stamp, digest)
            uid = _uid(relative, digest)
            if self._log.outcome(uid) is None:
                folder = relative.rpartition("/")[0]
                ref = MessageRef(self.name, folder, uid)
                yield RawMessage(ref, content, labels=(folder,) if folder else ())

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        """Write the outcome into the sidecar file."""
        self._log.record(ref.uid, outcome)

    def wait(self, timeout: float) -> bool:
        """Look for files that came or changed since the last fetch."""
        return wait_for_change(self._changed, timeout, self._poll_interval)

    def close(self) -> None:
        """Nothing is held open."""

    def _changed(self) -> bool:
        return any(self._seen.get(relative) != stamp for relative, stamp in self._listing().items())

    def _listing(self) -> dict[str, _Stamp]:
        found: dict[str, _Stamp] = {}
        for folder, folders, files in os.walk(self._path, onerror=self._unreadable):
            folders[:] = [f for f in folders if not f.startswith(".")]
            for file in files:
                path = Path(folder, file)
                if file.startswith(".") or path.suffix.lower() != ".eml":
                    continue
                try:
                    found[path.relative_to(self._path).as_posix()] = _stamp(path.stat())
                except FileNotFoundError:
                    continue
        return found

    def _unreadable(self, error: OSError) -> None:
        raise file_error(error, Path(error.filename or self._path)) from error

    def _read(self, relative: str, stamp: _Stamp) -> bytes | None:
        path = self._path / relative
        try:
            content = path.read_bytes()
            return content if _stamp(path.stat()) == stamp and len(content) == stamp.size else None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise file_error(error, path) from error


def _stamp(status: os.stat_result) -> _Stamp:
    return _Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def _uid(relative: str, digest: str) -> str:
    return f"{relative}@{digest[:16]}"
