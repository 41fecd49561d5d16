"""A process for the crash test to kill: `python -m tests.flow.clerk FOLDER` works through the mailbox in FOLDER."""

import base64
import os
import pickle
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.adapters.archive import open_archive
from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import Entry
from pipeline.domain.record import RecordRef
from pipeline.store.durable import Durable
from pipeline.store.engine import Backoff
from tests.flow.office import TODAY, Office

JOURNAL = "journal"


class JournalErp(MemoryErp):
    """Books in memory that outlive the process: what was done is on the disk before the answer is given.

    An answer takes a moment, so that a kill falls between booking and answer now and then.
    """

    _journal: Path | None = None
    pause = 0.0

    @classmethod
    def at(cls, path: Path, pause: float = 0.0) -> "JournalErp":
        """Open the books kept in a journal."""
        erp = cls.of(COMPANY)
        for what, *of in read_journal(path):
            getattr(erp, what)(*of)
        erp._journal, erp.pause = path, pause
        return erp

    def post(self, entry: Entry) -> RecordRef:
        with self._lock:
            known = self.find(entry.key)
            ref = super().post(entry)
            if known is None:
                self._write("post", entry)
        return ref

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        with self._lock:
            super().attach(record, file)
            self._write("attach", record, file)

    def _write(self, *done: object) -> None:
        if self._journal is None:
            return
        with self._journal.open("ab") as file:
            file.write(base64.b64encode(pickle.dumps(done)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        time.sleep(self.pause)


def read_journal(path: Path) -> Iterator[tuple[str, object]]:
    """Yield what was done, in order; a line that a kill cut short was never answered."""
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        if line.endswith(b"\n"):
            yield pickle.loads(base64.b64decode(line))


class SinceClock:
    """The morning of the office, going on from one process to the next."""

    def __init__(self, started: Path) -> None:
        self._started = started.stat().st_mtime

    def now(self) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=UTC) + timedelta(
            seconds=time.time() - self._started
        )


def durable_office(folder: Path, pause: float = 0.0) -> Office:
    """Return the office in a folder, with everything that it had when its last process ended."""
    return Office(
        folder,
        erp=JournalErp.at(folder / JOURNAL, pause),
        archive=open_archive(str(folder / "archive")),
        engine=Durable(f"sqlite:///{folder}/engine.db", version="1", slots=2, backoff=Backoff(attempts=3, first=0.01)),
        clock=SinceClock(folder / "started"),
    )


def main(folder: Path) -> None:
    """Work until nothing is open."""
    office = durable_office(folder, pause=0.02)
    office.flow.resume()
    office.work()
    office.engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
