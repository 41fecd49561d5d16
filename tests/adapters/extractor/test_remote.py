"""The extractor that asks a service: against a real HTTP server, with everything that may go wrong on the way."""

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from pipeline.adapters.extractor.circuit import Circuit
from pipeline.adapters.extractor.remote import RemoteExtractor
from pipeline.adapters.extractor.rules import RULES, RuleExtractor
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.errors import AuthenticationFailed, BilagError, ConfigurationError, PortError, Rejected, Unavailable
from tests.adapters.extractor.service import Fault, Service, running

KEY = "correct-horse-battery-staple"
Remote = Callable[..., RemoteExtractor]


def document(name: str = "a.pdf", number: str = "4711") -> Document:
    lines = ("INVOICE", f"Invoice-no: {number}", "Total: EUR 120.00")
    words = tuple(
        Word(text, Box(0.1 + 0.11 * column, 0.1 + 0.03 * row, 0.19 + 0.11 * column, 0.112 + 0.03 * row))
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split())
    )
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document(name, "ab" * 32, (Page(1, 595.0, 842.0, words),), WordsFrom.TEXT_LAYER, quality)


@pytest.fixture
def service() -> Iterator[Service]:
    with running(RuleExtractor(), KEY) as service:
        yield service


@pytest.fixture
def slept() -> list[float]:
    """The pauses between tries; none is waited out."""
    return []


@pytest.fixture
def remote(service: Service, slept: list[float]) -> Iterator[Remote]:
    """Make an extractor that asks the service."""
    made: list[RemoteExtractor] = []

    def make(url: str = service.url, key: str | None = KEY, **options: Any) -> RemoteExtractor:
        made.append(RemoteExtractor(url, key, sleep=slept.append, **options))
        return made[-1]

    yield make
    for extractor in made:
        extractor.close()


def failing(extractor: RemoteExtractor, kind: type[PortError]) -> PortError:
    """Return the error that a document ends with: of this very class, as the engine keeps no other, without the key."""
    with pytest.raises(kind) as caught:
        extractor.extract(document())
    assert type(caught.value) is kind
    assert KEY not in str(caught.value)
    return caught.value


def refusal(status: int, reason: str = "SOME_REASON", message: str = "It is so.", **headers: str) -> Fault:
    body = json.dumps({"reason": reason, "message": message}).encode()
    return Fault(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def test_it_reads_as_in_process(remote: Remote) -> None:
    words = replace(
        document("Rechnung æøå \ud83d.pdf"),
        first_page=2,
        last_page=2,
        file_pages=3,
        findings=(Finding(ReasonCode.SEVERAL_DOCUMENTS, Severity.INFO, "One of three."),),
    )

    assert remote().extract(words) == from_json(to_json(RuleExtractor().extract(words)))


def test_nothing_is_asked_before_it_must(remote: Remote, service: Service) -> None:
    extractor = remote()
    assert service.asked == 0
    assert extractor.version == RULES
    assert extractor.version == RULES
    assert service.asked == 1, "it is asked once"


def test_the_version_is_that_of_the_last_answer(remote: Remote, service: Service) -> None:
    class Newer(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            return replace(super().extract(document), model=ModelVersion("bilag-rules", "2"))

    extractor = remote()
    extractor.extract(document())
    assert extractor.version == RULES
    service.extractor = Newer()
    assert extractor.extract(document()).model.version == "2"
    assert extractor.version.version == "2"


def test_an_address_may_have_a_path_or_a_slash(remote: Remote, service: Service) -> None:
    assert remote(f"{service.url}/").extract(document()).model == RULES
    assert remote(f"{service.url}/bilag/").url == f"{service.url}/bilag"


@pytest.mark.parametrize(
    "faults",
    [
        [Fault()],
        [Fault(), Fault()],
        [refusal(503, "UNAVAILABLE", Retry_After="1")],
        [Fault(502, b"<html>"), Fault(504)],
        [refusal(429, Retry_After="1"), refusal(503, "BUSY", Retry_After="2")],
    ],
    ids=["cut", "cut twice", "restarting", "gateway", "busy"],
)
def test_what_passes_is_asked_again(remote: Remote, service: Service, slept: list[float], faults: list[Fault]) -> None:
    service.faults.extend(faults)

    assert remote(pauses=(0.2, 1.0)).extract(document()).model == RULES

    assert service.asked == len(faults) + 1
    named = [float(fault.headers.get("Retry-After", 0)) for fault in faults]
    assert slept == [max(pair) for pair in zip((0.2, 1.0), named, strict=False)]


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (
            refusal(400),
            Rejected,
            "did not take the document: HTTP 400: It is so. Let the service and the pipeline have",
        ),
        (refusal(422), Rejected, "HTTP 422: It is so. Let the service"),
        (refusal(413), Rejected, "HTTP 413: It is so. Raise the limits"),
        (Fault(404, b"<h1>Not found</h1>"), Rejected, "HTTP 404. Correct extraction.model"),
        (Fault(302, headers={"Location": "http://127.0.0.1:1/"}), Rejected, "HTTP 302. Correct extraction.model"),
        (
            refusal(401, "KEY_UNKNOWN", f"Bearer {KEY} is not known."),
            AuthenticationFailed,
            "Bearer [key] is not known.",
        ),
        (Fault(403), AuthenticationFailed, "refused the key: HTTP 403. Give one of"),
        (refusal(500, "UNEXPECTED"), Unavailable, "HTTP 500: It is so. See whether"),
        (refusal(503, "BUSY", Retry_After="5"), Unavailable, "has no room: HTTP 503: It is so."),
        (Fault(429), Unavailable, "has no room: HTTP 429. Let fewer"),
        (refusal(503, "UNAVAILABLE", Retry_After="30"), Unavailable, "HTTP 503: It is so."),
        (Fault(200, b"<html>"), Rejected, "gave an answer that cannot be read: Expecting value"),
        (Fault(200, b"[]"), Rejected, "it is no object."),
        (Fault(200, b"[" * 100_000), Rejected, "cannot be read"),
        (
            Fault(200, json.dumps({"schema": KEY}).encode()),
            Rejected,
            "schema: bilag.extraction/1 was expected, '[key]'",
        ),
        (Fault(200, b"\xff\xfe"), Rejected, "cannot be read"),
    ],
)
def test_what_stays_as_it_is_is_asked_once(
    remote: Remote, service: Service, slept: list[float], fault: Fault, kind: type[PortError], said: str
) -> None:
    service.faults.append(fault)

    error = failing(remote(), kind)

    assert said in str(error)
    assert (service.asked, slept) == (1, [])
    if isinstance(error, Unavailable):
        named = fault.headers.get("Retry-After")
        assert error.retry_after == (float(named) if named else None)
        assert "tried again with growing pauses" in error.operator_hint


def test_a_long_reason_is_cut_short(remote: Remote, service: Service) -> None:
    service.faults.append(refusal(400, message="very\n\t long " * 10_000))
    said = failing(remote(), Rejected).message
    assert len(said) < 600
    assert "\n" not in said


def test_a_key_that_the_service_does_not_know(remote: Remote) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        remote(key="another-key").extract(document())
    assert "another-key" not in str(caught.value)
    assert "BILAG_EXTRACTION__SERVICE_KEY" in caught.value.operator_hint


def test_a_slow_answer_is_not_asked_for_again(remote: Remote, service: Service, slept: list[float]) -> None:
    service.faults.append(Fault(wait=2.0))
    error = failing(remote(seconds=0.2), Unavailable)
    assert "did not answer within 0.2 seconds. See the load" in str(error)
    assert (service.asked, slept) == (1, [])


def test_nobody_listens(remote: Remote, slept: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        error = failing(remote(url, pauses=(0.2, 1.0)), Unavailable)
    assert f"The extraction service at {url} cannot be reached: " in error.message
    assert slept == [0.2, 1.0]


def test_a_connection_that_is_not_taken_up_is_given_up_soon(remote: Remote) -> None:
    with socket.socket() as full, ExitStack() as callers:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):  # Linux queues a few more than it is told, and leaves the next ones without an answer
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        error = failing(remote(url, seconds=60, connect_seconds=0.3, pauses=()), Unavailable)
    assert "cannot be reached: " in error.message


def test_an_answer_about_another_document_is_not_taken(remote: Remote, service: Service) -> None:
    class Mixing(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            return replace(super().extract(document), sha256="cd" * 32)

    service.extractor = Mixing()
    error = failing(remote(), Rejected)
    assert f"asked about {document().key} and answered about {'cd' * 32}:1-1." in error.message


def test_the_circuit_opens_and_closes(remote: Remote, service: Service) -> None:
    now = [0.0]
    circuit = Circuit("The service", failures=2, pause=30, clock=lambda: now[0])
    extractor = remote(circuit=circuit, pauses=())
    service.faults.extend([Fault(500), Fault(500)])
    for _ in range(2):
        failing(extractor, Unavailable)

    error = failing(extractor, Unavailable)
    assert "failed 2 times in a row and is not asked" in error.message
    assert (service.asked, error.retryable) == (2, True)

    now[0] += 30
    assert extractor.extract(document()).model == RULES
    assert circuit.state == "closed"


def test_tries_end_when_the_circuit_opens(remote: Remote, service: Service) -> None:
    service.faults.extend([Fault()] * 3)
    error = failing(remote(circuit=Circuit("The service", failures=2), pauses=(0, 0)), Unavailable)
    assert "is not asked" in error.message
    assert service.asked == 2


@pytest.mark.parametrize("fault", [refusal(429), refusal(503, "BUSY"), refusal(400), refusal(401), Fault(200, b"{}")])
def test_a_service_that_refuses_is_not_away(remote: Remote, service: Service, fault: Fault) -> None:
    circuit = Circuit("The service", failures=1)
    service.faults.append(fault)
    with pytest.raises(PortError):
        remote(circuit=circuit).extract(document())
    assert circuit.state == "closed"


def test_threads_ask_at_the_same_time_and_get_their_own_answers(remote: Remote, service: Service) -> None:
    class Slow(RuleExtractor):
        def extract(self, document: Document) -> Extraction:
            meeting.wait(10)
            return super().extract(document)

    meeting = threading.Barrier(4)
    service.extractor = Slow()
    extractor = remote()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: extractor.extract(document(f"{n}.pdf", str(5000 + n))), range(8)))
    assert [(said.file, next(iter(said.fields.values())).value) for said in found] == [
        (f"{n}.pdf", str(5000 + n)) for n in range(8)
    ]
    assert service.most == 4


def test_the_log_has_neither_key_nor_contents(
    remote: Remote, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "pipeline")
    service.faults.extend([Fault(), refusal(503, message=f"No {KEY}.")])
    remote().extract(document())
    logged = [str(vars(record)) for record in caplog.records]
    assert len(logged) >= 3
    assert not [line for line in logged if KEY in line or "4711" in line or "a.pdf" in line]


@pytest.mark.parametrize(
    "url", ["ftp://host", "http://", "http://host:port", "https://host/?x=1", "host:3000", "http://h#a"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ConfigurationError, match="http://HOST:PORT"):
        RemoteExtractor(url)


def test_an_address_with_a_password_is_refused_unseen() -> None:
    for url in ("https://bilag:hunter2@host", "https://bilag:hunter2@host:port"):
        with pytest.raises(ConfigurationError) as caught:
            RemoteExtractor(url)
        assert "hunter2" not in f"{caught.value}{caught.value.__cause__}"


@pytest.mark.parametrize("key", [f"{KEY}\n", f"Bearer {KEY}", f"{KEY}æ", f"{KEY}\0"])
def test_a_key_that_no_header_carries_is_refused_unseen(key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        RemoteExtractor("http://host", key)
    assert KEY not in str(caught.value)
    assert isinstance(caught.value, BilagError)
