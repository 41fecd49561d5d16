"""Clients of a service, against a small one of this test."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

pytest.importorskip("typst", reason="comes with bilag[data]")

from benchmarks.load import bear, main
from benchmarks.requests import MIX, PREDICT, UNDERSTAND, Ask, asks, digest, mixed, offered
from pipeline.adapters.extractor.words import from_words
from pipeline.domain.vocabulary import Kind

_ASK = Ask(UNDERSTAND, b"%PDF", "application/pdf")


class _Service(BaseHTTPRequestHandler):
    """Answers an upload with its size; what it is told to break breaks."""

    every_third_fails = False
    forgets = False
    asked = 0

    def do_GET(self) -> None:
        self._answer(200, {"paths": {"/understand": {}, "/livez": {}}})

    def do_POST(self) -> None:
        size = len(self.rfile.read(int(self.headers["Content-Length"])))
        own = type(self)
        own.asked += 1
        failed = own.every_third_fails and own.asked % 3 == 0
        self._answer(503 if failed else 200, {"size": own.asked if own.forgets else size})

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, status: int, said: object) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def service() -> Iterator[tuple[type[_Service], str]]:
    handler = type("_Own", (_Service,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield handler, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _rows(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return {(row["case"].split(", ")[1], row["measure"]): row for row in rows}


def test_more_and_more_clients(service: tuple[type[_Service], str], tmp_path: Path) -> None:
    handler, url = service
    with pytest.raises(SystemExit) as ended:
        main([url, "--quick", "--json", str(tmp_path / "rows.json")])
    assert ended.value.code == 0
    assert handler.asked == 2 + 4 + 4, "warming up, then four by each number of clients"
    rows = _rows(tmp_path / "rows.json")
    assert {measure for _, measure in rows} == {"answers", "p50", "p95", "p99", "errors"}
    assert rows["1 clients", "answers"]["ratio"] == 1
    assert rows["2 clients", "p50"]["value"] <= rows["2 clients", "p99"]["value"]


def test_errors_are_counted_and_end_with_1(service: tuple[type[_Service], str], tmp_path: Path) -> None:
    handler, url = service
    handler.every_third_fails = True
    with pytest.raises(SystemExit) as ended:
        main([url, "--quick", "--json", str(tmp_path / "rows.json")])
    assert ended.value.code == 1
    found = [row for row in _rows(tmp_path / "rows.json").values() if row["measure"].startswith("errors 503: ")]
    assert sum(row["value"] for row in found) == 3


@pytest.mark.parametrize(("forgets", "code"), [(False, 0), (True, 1)])
def test_a_soak_compares_the_answers(
    service: tuple[type[_Service], str], tmp_path: Path, forgets: bool, code: int
) -> None:
    pytest.importorskip("psutil", reason="comes with bilag[dev]")
    handler, url = service
    handler.forgets = forgets
    with pytest.raises(SystemExit) as ended:
        main([url, "--quick", "--soak", "12", "--json", str(tmp_path / "rows.json")])
    assert ended.value.code == code
    assert handler.asked == 12 + 2 * 20, "all documents of a round before and after"
    rows = _rows(tmp_path / "rows.json").values()
    assert {"answers", "p50", "p95", "p99", "errors"} <= {row["measure"] for row in rows}
    same = [row for row in rows if row["measure"].startswith("same answers")]
    assert [row["value"] for row in same] == [float(not forgets)]


def test_no_more_clients_than_asked_for_and_every_request_once() -> None:
    open_now, most, seen = 0, 0, 0

    async def handle(_: httpx.Request) -> httpx.Response:
        nonlocal open_now, most, seen
        open_now, seen = open_now + 1, seen + 1
        most = max(most, open_now)
        await asyncio.sleep(0.001)
        open_now -= 1
        if seen == 5:
            raise httpx.ReadTimeout("too late")
        return httpx.Response(200)

    async def run() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handle), base_url="http://service") as client:
            return await bear(client, [_ASK], clients=3, total=20, answered=told.append)

    told: list[int] = []
    borne = asyncio.run(run())
    assert (seen, most) == (20, 3)
    assert len(borne.seconds) == 19
    assert borne.errors == {"ReadTimeout": 1}
    assert sorted(told) == list(range(1, 21))
    assert borne.a_second == 19 / borne.elapsed


def test_a_digest_tells_answers_apart_but_not_orders_of_names() -> None:
    assert digest([{"a": 1, "b": 2}]) == digest([{"b": 2, "a": 1}])
    assert digest([{"a": 1}, {"a": 2}]) != digest([{"a": 2}, {"a": 1}])


def test_a_soak_asks_every_route_with_the_same_documents_of_the_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, Kind]] = []

    def generated(seed: int, *, kind: Kind) -> tuple[Any, int]:
        drawn.append((seed, kind))
        return SimpleNamespace(pdf=f"{kind} {seed}".encode()), 0

    monkeypatch.setattr("training.synthesize.generate.generate_with_proof", generated)
    monkeypatch.setattr("benchmarks.requests._words", lambda name, pdf: Ask(PREDICT, pdf, "application/json"))
    asked = mixed([UNDERSTAND, PREDICT], rounds=2)
    assert Counter(kind for _, kind in drawn[:20]) == Counter(MIX)
    assert [seed for seed, _ in drawn] == list(range(40))
    assert [request.route for request in asked[:4]] == [UNDERSTAND, PREDICT] * 2
    assert all(words.content in file.content for file, words in zip(asked[::2], asked[1::2], strict=True))


def test_what_is_offered() -> None:
    assert offered({"paths": {"/predict": {}, "/livez": {}, "/understand": {}}}) == [UNDERSTAND, PREDICT]
    assert offered({}) == []


def test_words_are_sent_as_predict_takes_them() -> None:
    (ask,) = asks(PREDICT, 1)
    document = from_words(json.loads(ask.content))
    assert document.file == "0.pdf"
    assert sum(len(page.words) for page in document.pages) > 40


def test_a_file_is_sent_as_understand_takes_it() -> None:
    pytest.importorskip("python_multipart", reason="comes with bilag[serve]")
    from serving.upload import read_upload

    (ask,) = asks(UNDERSTAND, 1)

    async def read() -> Any:
        from starlette.datastructures import Headers

        async def body() -> Any:
            yield ask.content

        headers = Headers({"content-type": ask.media_type, "content-length": str(len(ask.content))})
        return await read_upload(headers, body(), 50_000_000)

    upload = asyncio.run(read())
    assert upload.file.name == "0.pdf"
    assert upload.file.content.startswith(b"%PDF")
