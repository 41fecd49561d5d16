"""The extraction service is killed with a document in its hands: the document waits, and is booked when it is back."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.adapters.extractor.circuit import Circuit
from pipeline.adapters.extractor.remote import RemoteExtractor
from pipeline.demo.mailbox.pages import draw
from pipeline.domain.mail import OutcomeStatus
from pipeline.store.engine import Backoff, RetryNotice
from pipeline.store.inline import InlineEngine
from tests.adapters.extractor.service import HELD, HOLD
from tests.flow.office import Office, invoice, mail, states

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """The service in a process of its own, always at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.adapters.extractor.service", str(self.port), str(self.folder)]
        self._running = subprocess.Popen(command, cwd=ROOT)
        until(ready)

    def kill(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait(10)

    def kill_at_work(self) -> None:
        """Kill it once it holds a request."""
        until(self.folder / HELD)
        self.kill()
        (self.folder / HOLD).unlink()


def until(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"there is no {path.name}"
        time.sleep(0.005)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    folder = tmp_path / "service"
    folder.mkdir()
    process = Process(folder)
    yield process
    process.kill()


def asking(folder: Path, remote: RemoteExtractor, engine: InlineEngine) -> Office:
    """Return an office whose only message holds a page, which the service reads."""
    office = Office(folder / "office", extractor=remote, engine=engine)
    office.deliver("a.eml", mail("Invoice", ("BW-10377.pdf", draw(invoice()), "application/pdf")))
    return office


def test_a_document_in_its_hands_is_read_by_the_next_one(tmp_path: Path, process: Process) -> None:
    failed: list[RetryNotice] = []

    def back_in_the_meantime(_: float) -> None:
        process.start()

    (process.folder / HOLD).touch()
    process.start()
    killer = threading.Thread(target=process.kill_at_work)
    with closing(RemoteExtractor(process.url, pauses=(0.01, 0.01))) as remote:
        engine = InlineEngine(backoff=Backoff(attempts=3), sleep=back_in_the_meantime, on_retry=failed.append)
        office = asking(tmp_path, remote, engine)
        killer.start()
        office.work()
        killer.join()

    assert [(notice.step, notice.attempt) for notice in failed] == [("read 0", 1)]
    assert "cannot be reached" in str(failed[0].error), "it was asked again before the flow was told"
    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert len(office.records()) == 1


def test_a_service_that_stays_away_leaves_a_dead_letter_to_retry(tmp_path: Path, process: Process) -> None:
    now = [0.0]
    circuit = Circuit("The service", failures=3, pause=30, clock=lambda: now[0])
    failed: list[RetryNotice] = []
    with closing(RemoteExtractor(process.url, pauses=(0, 0), circuit=circuit)) as remote:
        engine = InlineEngine(backoff=Backoff(attempts=3), on_retry=failed.append)
        office = asking(tmp_path, remote, engine)

        office.work()

        assert [notice.pause >= 30 for notice in failed] == [False, True], "the open circuit says when it asks again"
        (letter,) = office.store.dead_letters()
        assert letter.message.endswith("it is asked again in 30 seconds. Retry the dead letter when it is back.")
        assert office.outcome("a.eml").status is OutcomeStatus.DEAD_LETTER

        process.start()
        now[0] += 30
        office.retry_all()
        office.work()

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert office.store.dead_letters() == ()
    assert len(office.records()) == 1
