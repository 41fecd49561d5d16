"""A file that takes the reading process down, or too long, costs only itself."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.words import sandbox as sandbox_module
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.process.wire import Broken, Channel, pack_result, unpack_result
from pipeline.adapters.words.reader import FileReader
from pipeline.adapters.words.sandbox import Sandbox, Worker
from pipeline.domain.document import (
    Box,
    Document,
    Page,
    QualityBand,
    SourceFile,
    TextQuality,
    Unreadable,
    Word,
    WordsFrom,
)
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.errors import ResourceExhausted
from tests.adapters.words.documents import file_of, pdf_of, pdf_with_xml

FILE = SourceFile("invoice.pdf", "application/pdf", pdf_with_xml("factur-x.xml"))


@pytest.fixture
def box() -> Iterator[Sandbox]:
    made = Sandbox(None, ReadLimits(seconds=20))
    yield made
    made.close()


def pid_of(box: Sandbox) -> int:
    pid = box._workers[0].pid
    assert pid is not None
    return pid


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(check: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not (held := check()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return held


def test_the_sandbox_reads_what_the_process_itself_would(box: Sandbox) -> None:
    here = FileReader(None, sandbox=False).read(FILE)
    assert box.read(FILE) == here
    first = pid_of(box)
    assert first != os.getpid()
    assert box.read(FILE) == here
    assert pid_of(box) == first


def test_a_worker_that_died_meanwhile_is_replaced(box: Sandbox) -> None:
    box.read(FILE)
    first = pid_of(box)
    os.kill(first, signal.SIGKILL)
    assert isinstance(box.read(FILE), Document)
    assert pid_of(box) != first


def test_a_worker_killed_while_it_reads_is_replaced_and_the_file_read_again(box: Sandbox) -> None:
    box.read(FILE)
    first = pid_of(box)
    os.kill(first, signal.SIGSTOP)  # it has the file now and does not answer
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(box.read, FILE)
        time.sleep(0.3)
        assert not reading.done()
        os.kill(first, signal.SIGKILL)
        assert isinstance(reading.result(20), Document)
    assert pid_of(box) != first
    assert isinstance(box.read(FILE), Document)


class DiesWhileReading(Worker):
    """A worker that is killed in the middle of every file, as by one that crashes its parser."""

    def read(self, file: SourceFile) -> Document | Unreadable:
        self._ready()
        assert self.pid is not None
        os.kill(self.pid, signal.SIGSTOP)
        threading.Timer(0.2, os.kill, (self.pid, signal.SIGKILL)).start()
        return super().read(file)


def test_a_file_that_kills_its_reader_every_time_is_damaged() -> None:
    box = Sandbox(None, ReadLimits())
    dying = DiesWhileReading(None, ReadLimits())
    box._idle.get()
    box._idle.put(dying)
    try:
        result = box.read(FILE)
    finally:
        dying.stop()
        box.close()
    assert isinstance(result, Unreadable)
    (finding,) = result.findings
    assert finding.code is ReasonCode.FILE_DAMAGED
    assert "crash" in finding.message


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    box = Sandbox(None, ReadLimits(seconds=1.0))
    try:
        box.read(FILE)
        first = pid_of(box)
        os.kill(first, signal.SIGSTOP)
        started = time.monotonic()
        result = box.read(FILE)
        assert time.monotonic() - started < 5
        assert isinstance(result, Unreadable)
        assert [f.code for f in result.findings] == [ReasonCode.READ_TIMED_OUT]
        assert "1 seconds" in result.findings[0].message
        assert eventually(lambda: not is_running(first))
        assert isinstance(box.read(FILE), Document)
    finally:
        box.close()


def test_processor_time_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that outwits the clock by a stopped deadline still ends: the kernel counts its processor time."""
    limits = ReadLimits(seconds=0.2)
    monkeypatch.setattr(sandbox_module, "monotonic", lambda: time.monotonic() + 3600)
    monkeypatch.setattr("pipeline.adapters.words.process.wire.monotonic", lambda: 0.0)
    box = Sandbox(None, limits)
    try:
        busy = "".join(f"<table><tr><td>{n}</td></tr></table>" for n in range(400_000))
        result = box.read(SourceFile("mail.html", "text/html", busy.encode()))
    finally:
        box.close()
    assert isinstance(result, Unreadable)
    assert [f.code for f in result.findings] == [ReasonCode.READ_TIMED_OUT]


def test_a_file_that_needs_more_memory_than_allowed_and_the_next_one() -> None:
    box = Sandbox(None, ReadLimits(memory=700_000_000))
    try:
        result = box.read(SourceFile("log.txt", "text/plain", b"ab\n" * 15_000_000))
        assert isinstance(result, Unreadable)
        assert [f.code for f in result.findings] == [ReasonCode.FILE_TOO_LARGE]
        assert "memory" in result.findings[0].message
        assert isinstance(box.read(FILE), Document)
    finally:
        box.close()


def test_the_worker_knows_no_secrets(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAG_ERP_PASSWORD", "swordfish")
    box.read(FILE)
    environment = Path(f"/proc/{pid_of(box)}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"swordfish" not in environment


@pytest.mark.parametrize("name", ["html.py", "json.py", "pikepdf.py"])
@pytest.mark.parametrize("path", [[""], ["."], ["{cwd}"]], ids=["empty", "dot", "named"])
def test_a_module_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: list[str]
) -> None:
    (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*(p.format(cwd=tmp_path) for p in path), *sys.path])
    box = Sandbox(None, ReadLimits(seconds=20))
    try:
        assert isinstance(box.read(FILE), Document)
    finally:
        box.close()
    assert not (tmp_path / "ran").exists()


def test_closing_stops_the_worker(box: Sandbox) -> None:
    box.read(FILE)
    pid = pid_of(box)
    box.close()
    assert eventually(lambda: not is_running(pid))
    assert isinstance(box.read(FILE), Document)


def test_a_worker_ends_when_its_parent_hangs_up(box: Sandbox) -> None:
    box.read(FILE)
    pid = pid_of(box)
    channel = box._workers[0]._channel
    assert channel is not None
    channel.close()
    assert eventually(lambda: not is_running(pid))


def test_threads_share_several_workers() -> None:
    with FileReader(None, workers=2) as reader, ThreadPoolExecutor(6) as pool:
        files = [file_of(pdf_of(pages=pages), f"{pages}.pdf") for pages in range(1, 13)]
        results = list(pool.map(reader.read, files))
    assert [r.file for r in results] == [file.name for file in files]
    assert [len(r.pages) for r in results if isinstance(r, Document)] == list(range(1, 13))


def test_a_process_that_cannot_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    box = Sandbox(None, ReadLimits())
    with pytest.raises(ResourceExhausted, match="does not start"):
        box.read(FILE)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ResourceExhausted, match="can be started"):
        box.read(FILE)


boxes = st.tuples(*[st.floats(0, 1) for _ in range(4)]).map(lambda edges: Box(*edges))
texts = st.text(st.characters(exclude_categories=["Cs"]))
words = st.builds(Word, texts, boxes, st.floats(0, 1))
pages = st.builds(Page, st.integers(1, 200), st.floats(1, 5000), st.floats(1, 5000), st.lists(words).map(tuple))
findings = st.builds(Finding, st.sampled_from(ReasonCode), st.sampled_from(Severity), texts, st.lists(texts).map(tuple))
qualities = st.builds(TextQuality, st.sampled_from(QualityBand), st.floats(0, 1), st.floats(0, 1))


@given(
    st.lists(pages, max_size=3),
    st.sampled_from(WordsFrom),
    qualities,
    st.none() | st.binary(),
    st.lists(findings, max_size=3),
)
def test_results_pass_the_wire_unchanged(
    pages: list[Page],
    words_from: WordsFrom,
    quality: TextQuality,
    einvoice: bytes | None,
    findings: list[Finding],
) -> None:
    ours, theirs = socket.socketpair()
    document = Document(
        FILE.name, FILE.sha256, tuple(pages), words_from, quality, 1, len(pages), einvoice, tuple(findings)
    )
    for result in (document, Unreadable(FILE.name, FILE.sha256, tuple(findings))):
        head, blob = pack_result(result)
        Channel(ours).send(head, blob)
        assert unpack_result(*Channel(theirs).receive(), FILE) == result
    ours.close()
    theirs.close()


@pytest.mark.parametrize(
    "message",
    [
        b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
        b"\x00\x00\x00\x02\x00\x00\x00\x00{x",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x00\x00\x00\x05\x00\x00\x00\x00{",
        b"\x00",
    ],
)
def test_a_worker_that_was_taken_over_cannot_confuse_its_parent(message: bytes) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(message)
    theirs.close()
    with pytest.raises(Broken):
        Channel(ours).receive(time.monotonic() + 5)
    ours.close()


@pytest.mark.parametrize("head", [{}, {"readable": True, "findings": []}, {"readable": False, "findings": [["X"]]}])
def test_a_result_that_makes_no_sense_is_none(head: dict[str, object]) -> None:
    with pytest.raises(Broken):
        unpack_result(head, b"", FILE)
