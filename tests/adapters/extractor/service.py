"""A real HTTP server that reads words as the extraction service does, and fails as planned.

`python -m tests.adapters.extractor.service PORT FOLDER` runs it, reading by rules, as a process for a test to kill.
"""

import json
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer
from typing import Any

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.extractor.words import from_words
from pipeline.domain.contract import to_json
from pipeline.ports import FieldExtractor

HELD = "held"
"""The file that a process writes when a request is in its hands, while `HOLD` is there."""
HOLD = "hold"


@dataclass
class Fault:
    """What is done instead of an answer: after `wait` seconds an HTTP `status`, or none: the connection is cut."""

    status: int | None = None
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0


class Service(ThreadingHTTPServer):
    """Answers `POST /predict` with `extractor`; the next requests meet `faults`. `key` is asked for where it is given.

    `asked` and `most` count the requests: all, and how many were inside at once.
    """

    daemon_threads = True

    def __init__(self, extractor: FieldExtractor, key: str | None = None, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.extractor = extractor
        self.key = key
        self.faults: deque[Fault] = deque()
        self.folder: Path | None = None
        self.asked = 0
        self.most = 0
        self._inside = 0
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def counted(self) -> Iterator[Fault | None]:
        """Count a request and say what it meets."""
        with self._lock:
            self.asked += 1
            self._inside += 1
            self.most = max(self.most, self._inside)
            fault = self.faults.popleft() if self.faults else None
        try:
            yield fault
        finally:
            with self._lock:
                self._inside -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that did not wait for their answer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BaseServer

    def do_POST(self) -> None:
        service = self.server
        assert isinstance(service, Service)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with service.counted() as fault:
            if fault is not None:
                self._fail(fault)
            elif service.key is not None and self.headers.get("Authorization") != f"Bearer {service.key}":
                self._refuse(401, "KEY_UNKNOWN", f"{self.headers.get('Authorization')} is not known.")
            elif self.path != "/predict":
                self._refuse(404, "NOT_FOUND", "There is nothing here.")
            else:
                _wait_while_held(service.folder)
                self._predict(service.extractor, body)

    def _predict(self, extractor: FieldExtractor, body: bytes) -> None:
        try:
            document = from_words(json.loads(body))
        except ValueError as error:
            self._refuse(400, "REQUEST_INVALID", str(error))
            return
        written = json.dumps(to_json(extractor.extract(document)), ensure_ascii=False)
        self._send(200, written.encode("utf-8", "backslashreplace"))

    def _refuse(self, status: int, reason: str, message: str) -> None:
        self._send(status, json.dumps({"reason": reason, "message": message}).encode())

    def _fail(self, fault: Fault) -> None:
        time.sleep(fault.wait)
        if fault.status is None:
            self.close_connection = True
        else:
            self._send(fault.status, fault.body, fault.headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the signature is the library's
        """Say nothing."""


def _wait_while_held(folder: Path | None) -> None:
    if folder is None or not (folder / HOLD).exists():
        return
    (folder / HELD).touch()
    while (folder / HOLD).exists():
        time.sleep(0.01)


@contextmanager
def running(extractor: FieldExtractor, key: str | None = None) -> Iterator[Service]:
    """Run a service in threads of this process."""
    with Service(extractor, key) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()


def main(port: int, folder: Path) -> None:
    """Serve until killed; say so in the file `ready`."""
    with Service(RuleExtractor(), port=port) as service:
        service.folder = folder
        (folder / "ready").touch()
        service.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
