"""Uploads wait for their turn, everything is counted, and nobody is ready before the warm-up is over."""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from models.stages import called, stage
from pipeline.adapters.extractor.choice import VersionedExtractor
from pipeline.adapters.extractor.rules import RULES, RuleExtractor
from pipeline.adapters.extractor.words import to_words
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.errors import ResourceExhausted
from serving.answer import Refusal, invalid
from serving.interface import example_words
from serving.meters import Meters
from serving.reception import Reception
from serving.upload import Upload
from tests.serving.conftest import source, turns

prometheus = pytest.importorskip("prometheus_client", reason="comes with bilag[serve]")


class Reader(FileReader):
    """A reader that does something first."""

    def __init__(self, first: Callable[[], object] = lambda: None) -> None:
        super().__init__(None, sandbox=False)
        self.first = first

    def read(self, file: SourceFile) -> Document | Unreadable:
        self.first()
        return super().read(file)


class Counted:
    """What the meters say."""

    def __init__(self) -> None:
        self.registry = prometheus.CollectorRegistry()
        self.meters = Meters(self.registry)

    def __call__(self, sample: str, /, **labels: str) -> float:
        return float(self.registry.get_sample_value(sample, labels) or 0)


@pytest.fixture
def counted() -> Counted:
    return Counted()


def reception(
    counted: Counted,
    reader: FileReader | None = None,
    extractor: VersionedExtractor | None = None,
    *,
    readers: int = 1,
    wait: float = 10,
) -> Reception:
    return Reception(
        reader or Reader(),
        extractor or RuleExtractor(),
        counted.meters,
        files=turns("files", readers, wait),
        words=turns("words", 1, wait),
    )


def test_an_answer_is_counted(counted: Counted, factur_x: bytes, two_invoices: bytes) -> None:
    desk = reception(counted)
    for content in (factur_x, two_invoices, b""):
        asyncio.run(desk.answer(Upload(source(content))))
    asyncio.run(desk.answer(invalid("No.")))

    assert counted("bilag_requests_total", outcome="read", reason="") == 2
    assert counted("bilag_requests_total", outcome="refused", reason="FILE_EMPTY") == 1
    assert counted("bilag_requests_total", outcome="refused", reason="REQUEST_INVALID") == 1
    assert counted("bilag_documents_total", words_from="einvoice", kind="invoice") == 1
    assert counted("bilag_documents_total", words_from="text_layer", kind="invoice") == 2
    assert counted("bilag_pages_total") == 3
    assert counted("bilag_understand_seconds_count", outcome="read") == 2
    assert counted("bilag_model_info", name=RULES.name, version=RULES.version) == 1


def test_words_are_answered_and_counted(counted: Counted) -> None:
    desk = reception(counted)
    body = json.dumps(to_words(example_words())).encode()
    answer = asyncio.run(desk.predicted(body))
    assert answer == RuleExtractor().extract(example_words())
    for bad in (b"{}", invalid("No.")):
        refused = asyncio.run(desk.predicted(bad))
        assert isinstance(refused, Refusal)

    assert counted("bilag_requests_total", outcome="read", reason="") == 1
    assert counted("bilag_requests_total", outcome="refused", reason="REQUEST_INVALID") == 2
    assert counted("bilag_predict_seconds_count", outcome="read") == 1
    assert counted("bilag_predict_seconds_count", outcome="refused") == 2
    assert counted("bilag_documents_total", words_from="text_layer", kind="invoice") == 1
    assert counted("bilag_pages_total") == 1
    assert counted("bilag_confidence_count", field="invoice_number") == 1
    assert counted("bilag_confidence_count", field="kind") == 1
    assert counted("bilag_confidence_count", field="iban") == 0
    assert counted("bilag_field_coverage_count") == 1
    assert 0 < counted("bilag_field_coverage_sum") < 0.5


def test_a_fault_over_words_ends_one_request(counted: Counted, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            raise KeyError(document.pages[0].words[0].text)

    desk = reception(counted, extractor=Broken())
    answer = asyncio.run(desk.predicted(json.dumps(to_words(example_words())).encode()))
    assert isinstance(answer, Refusal)
    assert (int(answer.status), answer.reason) == (500, "UNEXPECTED")
    assert "KeyError at" in caplog.text
    assert "INVOICE" not in caplog.text


def test_stages_are_timed_and_calls_of_the_network_counted(counted: Counted, page: bytes) -> None:
    class Staged(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            with stage("network"):
                called(windows=3, words=700, padded=900)
            return super().extract(document)

    desk = reception(counted, extractor=Staged())
    asyncio.run(desk.answer(Upload(source(page))))
    asyncio.run(desk.predicted(json.dumps(to_words(example_words())).encode()))
    assert counted("bilag_stage_seconds_count", stage="read") == 1
    assert counted("bilag_stage_seconds_count", stage="network") == 2
    assert counted("bilag_network_windows_sum") == 6
    assert counted("bilag_network_words_sum") == 1800
    assert counted("bilag_network_padding_total") == 400


def test_words_do_not_wait_for_files(counted: Counted) -> None:
    go_on = threading.Event()

    async def crowd() -> tuple[Any, Any]:
        desk = reception(counted, Reader(lambda: go_on.wait(10)))
        file = asyncio.create_task(desk.answer(Upload(source(b""))))
        await asyncio.sleep(0.01)
        words = await desk.predicted(json.dumps(to_words(example_words())).encode())
        go_on.set()
        return words, await file

    words, file = asyncio.run(crowd())
    assert isinstance(words, Extraction)
    assert file.reason == "FILE_EMPTY"


def test_a_fault_of_the_program_ends_one_request_and_is_logged_without_the_documents_words(
    counted: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    words = "Lohn von Frau Beispiel"

    def fail() -> None:
        raise KeyError(words)

    answer = asyncio.run(reception(counted, Reader(fail)).answer(Upload(source(b"x"))))
    assert isinstance(answer, Refusal)
    assert (int(answer.status), answer.reason) == (500, "UNEXPECTED")
    assert counted("bilag_requests_total", outcome="failed", reason="UNEXPECTED") == 1
    assert "KeyError at" in caplog.text
    assert "in fail" in caplog.text
    assert "Beispiel" not in caplog.text


def test_what_is_logged_names_no_file(counted: Counted, page: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "serving")
    upload = Upload(source(page, "Lohn von Frau Beispiel.pdf"))
    asyncio.run(reception(counted).answer(upload))
    (record,) = caplog.records
    said = record.getMessage()
    assert f"outcome=read sha256={upload.file.sha256} bytes={len(page)} documents=1" in said
    assert "words_from=text_layer" in said
    assert "Beispiel" not in said


def test_as_many_are_read_at_once_as_there_are_readers(counted: Counted) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def watch() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.05)
        with lock:
            inside -= 1

    async def crowd() -> list[Any]:
        desk = reception(counted, Reader(watch), readers=2)
        return await asyncio.gather(*(desk.answer(Upload(source(b""))) for _ in range(6)))

    assert len(asyncio.run(crowd())) == 6
    assert most == 2


def test_a_wait_that_is_too_long_ends_as_busy(counted: Counted) -> None:
    go_on = threading.Event()

    async def crowd() -> tuple[Any, Any, Any]:
        desk = reception(counted, Reader(lambda: go_on.wait(10)), wait=0.05)
        first = asyncio.create_task(desk.answer(Upload(source(b""))))
        await asyncio.sleep(0.01)
        second = await desk.answer(Upload(source(b"")))
        go_on.set()
        return await first, second, await desk.answer(Upload(source(b"")))

    first, second, third = asyncio.run(crowd())
    assert [refusal.reason for refusal in (first, second, third)] == ["FILE_EMPTY", "BUSY", "FILE_EMPTY"]
    assert isinstance(second, Refusal)
    assert second.retry_after


def test_words_are_read_one_at_a_time_and_none_waits_too_long(counted: Counted) -> None:
    go_on = threading.Event()

    class Slow(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            go_on.wait(10)
            return super().extract(document)

    async def crowd() -> tuple[Any, Any, Any]:
        desk = reception(counted, extractor=Slow(), wait=0.05)
        words = json.dumps(to_words(example_words())).encode()
        first = asyncio.create_task(desk.predicted(words))
        await asyncio.sleep(0.01)
        late = await desk.predicted(words)
        go_on.set()
        return await first, late, await desk.predicted(words)

    first, late, again = asyncio.run(crowd())
    assert isinstance(first, Extraction)
    assert late.reason == "BUSY"
    assert first == again


def test_ready_after_the_warm_up_and_not_before(counted: Counted) -> None:
    go_on = threading.Event()
    desk = reception(counted, Reader(lambda: go_on.wait(10)))
    desk.open(ocr=False)
    assert not desk.ready
    go_on.set()
    _until(lambda: desk.ready)
    desk.close()


def test_a_warm_up_that_fails_leaves_it_unready_and_is_tried_again(
    counted: Counted, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("serving.reception._TRY_AGAIN", 0.01)
    tries = 0

    def fail_twice() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ResourceExhausted("No memory.")

    desk = reception(counted, Reader(fail_twice))
    desk.open(ocr=False)
    _until(lambda: desk.ready)
    desk.close()
    assert tries == 3
    assert caplog.text.count("The service is not ready") == 2


def _until(true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)
