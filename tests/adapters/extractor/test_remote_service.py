"""The extractor that asks a service, against the real one: BentoML in processes of its own, with the released model."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.extractor.remote import RemoteExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.mailbox.pages import draw
from pipeline.demo.mailbox.papers import bill_for
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.document import Document, SourceFile
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.errors import AuthenticationFailed, Rejected, Unavailable

psutil = pytest.importorskip("psutil", reason="comes with bilag[serve]")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[3]
KEY = "correct-horse-battery-staple"
SOURCES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Running:
    """A service that answers: where, and the process that its others belong to."""

    url: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """Kill all of it: workers have sessions of their own and outlive the process that began them."""
        if self.process.poll() is not None:
            return
        began = psutil.Process(self.process.pid)
        for process in (began, *began.children(recursive=True)):
            process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    pytest.importorskip("bentoml", reason="the service needs bilag[serve]")
    folder = tmp_path_factory.mktemp("service")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: os.environ[name] for name in SOURCES if name in os.environ} | {
        "BENTOML_HOME": str(folder / "bentoml"),
        "BENTOML_DO_NOT_TRACK": "True",
        "BILAG_SERVICE_KEYS": KEY,
        "BILAG_SERVICE_READERS": "1",
        "BILAG_READING__OCR": "none",
    }
    command = [sys.executable, "-m", "bentoml", "serve", "serving.app:service"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    running = Running(f"http://127.0.0.1:{port}", process)
    try:
        _until_ready(running, folder / "log")
        yield running
    finally:
        running.kill()


def _until_ready(service: Running, log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and service.process.poll() is None:
        try:
            if httpx.get(f"{service.url}/readyz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"the service did not start: {log.read_text()}")


@pytest.fixture(scope="module")
def invoice() -> Document:
    with FileReader(None, sandbox=False) as reader:
        paper = bill_for("PO-2041", "F-88120", date(2026, 11, 9))
        read = reader.read(SourceFile("Faktura æøå.pdf", "application/pdf", draw(paper)))
    assert isinstance(read, Document)
    return read


def test_it_reads_as_the_model_in_process(service: Running, invoice: Document) -> None:
    finding = Finding(ReasonCode.SEVERAL_DOCUMENTS, Severity.INFO, "One of four.")
    part = replace(invoice, first_page=2, last_page=2, file_pages=4, findings=(finding,))
    model = ModelExtractor()
    with closing(RemoteExtractor(service.url, KEY)) as remote:
        assert remote.version == model.version
        for document in (invoice, part, replace(invoice, pages=(replace(invoice.pages[0], words=()),))):
            assert remote.extract(document) == from_json(to_json(model.extract(document)))
    assert len(model.extract(invoice).fields) > 8


def test_its_refusals_are_understood(service: Running, invoice: Document) -> None:
    endless = replace(invoice, pages=(replace(invoice.pages[0], words=invoice.pages[0].words * 200),))
    stranger, friend, lost = (
        RemoteExtractor(service.url, "another-key"),
        RemoteExtractor(service.url, KEY),
        RemoteExtractor(f"{service.url}/elsewhere", KEY),
    )
    with closing(stranger), pytest.raises(AuthenticationFailed, match="the key: HTTP 401: This key is not known"):
        stranger.extract(invoice)
    with closing(friend), pytest.raises(Rejected, match=r"HTTP 413: .* 5,000"):
        friend.extract(endless)
    with closing(lost), pytest.raises(Rejected, match=r"HTTP 404.*extraction\.model"):
        lost.extract(invoice)


def test_once_it_is_killed_it_is_away(service: Running, invoice: Document) -> None:
    """The last test here: nobody can ask afterwards. The kept connection is broken, a new one is refused."""
    with closing(RemoteExtractor(service.url, KEY, pauses=(0.01,))) as remote:
        remote.extract(invoice)
        service.kill()
        with pytest.raises(Unavailable, match="cannot be reached"):
            remote.extract(invoice)
