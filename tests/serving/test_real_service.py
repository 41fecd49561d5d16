"""The real server, once: BentoML in processes of its own, asked over HTTP."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.release import read_release
from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.extractor.words import to_words
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.mailbox import faults
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.document import Document, SourceFile
from serving.interface import example

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL = read_release(verify=False)
KEY = "correct-horse-battery-staple"
SOURCES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Service:
    """A running service and where it writes."""

    address: str
    log: Path
    pid: int

    def client(self, key: str | None = KEY) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        return httpx.Client(base_url=self.address, headers=headers, timeout=120)

    def understand(self, content: bytes, name: str = "a.pdf", **fields: str) -> httpx.Response:
        with self.client() as client:
            return client.post("/understand", files={"file": (name, content)}, data=fields)

    def documents(self, content: bytes, name: str = "a.pdf", **fields: str) -> list[dict[str, Any]]:
        response = self.understand(content, name, **fields)
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json()["documents"]
        return found

    def sample(self, line: str) -> float:
        """Return a metric by its name and labels, as /metrics writes them."""
        with self.client(None) as client:
            lines = client.get("/metrics").text.splitlines()
        return sum(float(found.rpartition(" ")[2]) for found in lines if found.startswith(f"{line} "))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    pytest.importorskip("bentoml", reason="the service needs bilag[serve]")
    pytest.importorskip("rapidocr", reason="the service needs bilag[serve]")
    folder = tmp_path_factory.mktemp("service")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: os.environ[name] for name in SOURCES if name in os.environ} | {
        "BENTOML_HOME": str(folder / "bentoml"),
        "BENTOML_DO_NOT_TRACK": "True",
        "OMP_THREAD_LIMIT": "1",
        "BILAG_SERVICE_KEYS": f"another-key,{KEY}",
        "BILAG_SERVICE_READERS": "2",
    }
    program = [sys.executable, "-m", "bentoml", "serve", "serving.app:service"]
    log = folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*program, "--host", "127.0.0.1", "--port", str(port)],
            cwd=REPOSITORY,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Service(f"http://127.0.0.1:{port}", log, server.pid)
    try:
        _until_ready(running, server)
        yield running
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _until_ready(service: Service, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{service.address}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"the service did not start: {service.log.read_text()}")


def test_it_says_that_it_is_ready_after_the_warm_up(service: Service) -> None:
    with service.client(None) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 200
    assert f"ready readers=2 model={MODEL.name}/" in service.log.read_text()


def test_it_needs_no_torch(service: Service) -> None:
    psutil = pytest.importorskip("psutil", reason="comes with bilag[serve]")
    server = psutil.Process(service.pid)
    processes = [server, *server.children(recursive=True)]
    loaded = {mapped.path for process in processes for mapped in process.memory_maps()}
    assert any("onnxruntime" in path for path in loaded), "the reading processes are among them"
    assert not [path for path in loaded if "/torch/" in path]


def test_a_page_reads_as_on_the_command_line(service: Service, page: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page)
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "extract", "--jsonl", str(path)]
    printed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout

    (document,) = service.documents(page)
    expected = json.loads(printed)
    assert document.pop("file") == "a.pdf"
    assert expected.pop("file") == str(path)
    assert document == expected
    assert len(document["fields"]) > 8
    assert document["lines"]


def words_of(page: bytes, name: str = "a.pdf") -> Document:
    document = FileReader(None, sandbox=False).read(SourceFile(name, "application/pdf", page))
    assert isinstance(document, Document)
    return document


def test_words_give_what_the_model_gives_in_process(service: Service, page: bytes, two_invoices: bytes) -> None:
    extractor = ModelExtractor()
    for content in (page, two_invoices):
        document = replace(words_of(content, "to fakturaer æøå.pdf"), einvoice=None)
        with service.client() as client:
            response = client.post("/predict", json=to_words(document))
        assert response.status_code == 200, response.text
        assert response.json() == json.loads(json.dumps(to_json(extractor.extract(document))))
        assert response.headers["X-Bilag-Model"] == f"{MODEL.name}/{MODEL.version}"
        assert response.headers["X-Request-ID"]


def test_words_of_many_clients_at_once_are_each_answered_as_alone(
    service: Service, page: bytes, two_invoices: bytes
) -> None:
    documents = [words_of(page), words_of(two_invoices)]
    with service.client() as client:
        alone = [client.post("/predict", json=to_words(document)).json() for document in documents]

    def ask(turn: int) -> bool:
        with service.client() as client:
            response = client.post("/predict", json=to_words(documents[turn % 2]))
        return response.status_code == 200 and response.json() == alone[turn % 2]

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(64)))
    assert service.sample("bilag_network_windows_sum") > 64


def test_bad_bodies_of_words_are_the_clients_fault(service: Service, page: bytes) -> None:
    good = to_words(words_of(page))
    json_type = {"Content-Type": "application/json"}
    with service.client() as client:
        tries = [
            (client.post("/predict", content=b"", headers=json_type), 400, "REQUEST_INVALID"),
            (client.post("/predict", content=b"[" * 100_000, headers=json_type), 400, "REQUEST_INVALID"),
            (client.post("/predict", content=b"{}", headers={"Content-Type": "text/plain"}), 400, "REQUEST_INVALID"),
            (client.post("/predict", files={"file": ("a.pdf", page)}), 400, "REQUEST_INVALID"),
            (client.post("/predict", json=good | {"pages": [{}]}), 400, "REQUEST_INVALID"),
            (client.post("/predict", json=good | {"pages": [{}] * 201}), 413, "FILE_TOO_MANY_PAGES"),
            (client.post("/predict", json=good | {"pages": [{"words": [0] * 5001}]}), 413, "TOO_MANY_WORDS"),
            (client.post("/predict", content=b" " * 16_000_001, headers=json_type), 413, "FILE_TOO_LARGE"),
        ]
    for response, status, reason in tries:
        assert (response.status_code, response.json()["reason"]) == (status, reason)
        assert response.json()["message"]
    with service.client(None) as client:
        assert client.post("/predict", json=good).status_code == 401


def test_every_document_of_a_file(service: Service, two_invoices: bytes) -> None:
    documents = service.documents(two_invoices, "to fakturaer æøå.pdf")
    assert [d["fields"]["invoice_number"]["value"] for d in documents] == ["BW-10377", "BW-10378"]
    assert [(d["file"], d.get("first_page", 1)) for d in documents] == [
        ("to fakturaer æøå.pdf", 1),
        ("to fakturaer æøå.pdf", 2),
    ]
    assert all(to_json(from_json(d)) == d for d in documents)


def test_an_einvoice_and_the_page_around_it(service: Service, factur_x: bytes) -> None:
    (native,), (printed,) = service.documents(factur_x), service.documents(factur_x, ignore_einvoice="true")
    assert (native["words_from"], printed["words_from"]) == ("einvoice", "text_layer")
    assert native["fields"]["invoice_number"]["value"] == printed["fields"]["invoice_number"]["value"] == "BW-10377"


def test_a_scan(service: Service, page: bytes) -> None:
    before = service.sample('bilag_documents_total{kind="invoice",words_from="ocr"}')
    (document,) = service.documents(faults.scanned(page), "scan.pdf")
    assert document["words_from"] == "ocr"
    assert document["fields"]["invoice_number"]["value"] == "BW-10377"
    assert service.sample('bilag_documents_total{kind="invoice",words_from="ocr"}') == before + 1


def test_bad_files_are_the_clients_fault(
    service: Service, bad_files: dict[str, tuple[bytes, int, str]], page: bytes
) -> None:
    for name, (content, status, reason) in bad_files.items():
        response = service.understand(content, name)
        assert (response.status_code, response.json()["reason"]) == (status, reason), name
        assert response.json().keys() == {"reason", "message"}
        assert service.sample(f'bilag_requests_total{{outcome="refused",reason="{reason}"}}') >= 1
    assert len(service.documents(page)) == 1, "the service goes on"


def test_an_upload_that_is_too_large_is_refused_unread(service: Service) -> None:
    response = service.understand(b"%PDF-1.7\n" + b"0" * 51_000_000)
    assert (response.status_code, response.json()["reason"]) == (413, "FILE_TOO_LARGE")


def test_an_address_in_the_place_of_a_file_is_not_fetched(service: Service) -> None:
    with socket.socket() as trap, service.client() as client:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.settimeout(0.5)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/secret"
        tries = (
            client.post("/understand", files={"file": (None, address)}),
            client.post("/understand", data={"file": address}),
            client.post("/understand", json={"file": address}),
            client.post("/understand", content=address, headers={"Content-Type": "text/plain"}),
        )
        assert [response.status_code for response in tries] == [400] * 4
        with pytest.raises(TimeoutError):
            trap.accept()


def test_who_has_no_key_learns_nothing(service: Service, page: bytes) -> None:
    for key, reason in ((None, "KEY_MISSING"), ("wrong", "KEY_UNKNOWN")):
        with service.client(key) as client:
            response = client.post("/understand", files={"file": ("a.pdf", page)})
        assert (response.status_code, response.json()["reason"]) == (401, reason)
        assert response.headers["WWW-Authenticate"] == "Bearer"
    with service.client("another-key") as client:
        assert client.post("/understand", files={"file": ("a.pdf", page)}).status_code == 200
    assert KEY not in service.log.read_text()


def test_the_request_id_comes_back_and_is_logged(service: Service, page: bytes) -> None:
    with service.client() as client:
        files = {"file": ("Lohn von Frau Beispiel.pdf", page)}
        response = client.post("/understand", files=files, headers={"X-Request-ID": "order-77"})
    assert response.headers["X-Request-ID"] == "order-77"
    log = service.log.read_text()
    assert "request_id=order-77 outcome=read" in log
    assert "Beispiel" not in log


def test_metrics(service: Service, page: bytes) -> None:
    read = 'bilag_requests_total{outcome="read",reason=""}'
    before = service.sample(read), service.sample("bilag_pages_total")
    service.documents(page)
    assert (service.sample(read), service.sample("bilag_pages_total")) == (before[0] + 1, before[1] + 1)
    assert service.sample(f'bilag_model_info{{name="{MODEL.name}",version="{MODEL.version}"}}') == 1
    assert service.sample('bilag_understand_seconds_count{outcome="read"}') > 0
    for stage in ("read", "features", "network", "decode"):
        assert service.sample(f'bilag_stage_seconds_count{{stage="{stage}"}}') > 0, stage
    assert service.sample('bilag_confidence_count{field="invoice_number"}') > 0
    assert service.sample("bilag_field_coverage_count") > 0
    assert service.sample("bilag_network_words_count") > 0


def test_the_description(service: Service) -> None:
    with service.client(None) as client:
        spec = client.get("/docs.json").json()
        assert client.get("/").status_code == 200
    operation = spec["paths"]["/understand"]["post"]
    assert list(operation["requestBody"]["content"]) == ["multipart/form-data"]
    assert operation["security"] == [{"key": []}]
    assert {"200", "401", "413", "422"} <= operation["responses"].keys()
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]["documents"]
    assert shown == [to_json(example())]
    assert "/metrics" in spec["paths"]


def test_a_real_answer_has_only_what_is_described(service: Service, page: bytes) -> None:
    with service.client(None) as client:
        schemas = client.get("/docs.json").json()["components"]["schemas"]
    (document,) = service.documents(page)
    assert set(schemas["Document"]["required"]) <= document.keys() <= schemas["Document"]["properties"].keys()
    described = schemas["Field"]["properties"].keys()
    assert all(field.keys() <= described for line in document["lines"] for field in line.values())
    assert all(field.keys() <= described for field in document["fields"].values())


def test_four_clients_at_once_get_their_own_answers(service: Service, page: bytes, two_invoices: bytes) -> None:
    def ask(turn: int) -> tuple[str, int]:
        content = two_invoices if turn % 2 else page
        documents = service.documents(content, f"{turn}.pdf")
        return documents[0]["file"], len(documents)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(24)))
    assert answers == [(f"{turn}.pdf", 1 + turn % 2) for turn in range(24)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_bentomls_own_client_is_served(service: Service, page: bytes, tmp_path: Path) -> None:
    import bentoml

    path = tmp_path / "a.pdf"
    path.write_bytes(page)
    with bentoml.SyncHTTPClient(service.address, token=KEY) as client:
        answer = client.understand(file=path)
    assert answer["documents"][0]["fields"]["invoice_number"]["value"] == "BW-10377"
