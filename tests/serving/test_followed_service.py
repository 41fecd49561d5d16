"""The real server with the model of a registry: BentoML's workers change over while clients ask, and go back again."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.calibration import Calibration
from models.release import RELEASED, read_release, write_release
from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.extractor.words import to_words
from pipeline.domain.contract import to_json
from serving.interface import example_words
from training import promote as promoting
from training.register import register
from training.tracking.place import place
from training.tracking.registry import Registry

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
NEXT = "next"


@dataclass(frozen=True)
class Followed:
    """A service that follows a registry, and what the clients get of it."""

    address: str
    log: Path
    cache: Path
    registry: Registry
    releases: dict[str, Path]

    def stand(self, version: str) -> None:
        """Make a release champion."""
        self.registry.promote(register(self.releases[version], self.registry))

    def sample(self, line: str) -> float | None:
        """Return a metric by its name and labels, None where there is none."""
        lines = httpx.get(f"{self.address}/metrics", timeout=60).text.splitlines()
        return next((float(found.rpartition(" ")[2]) for found in lines if found.startswith(f"{line} ")), None)

    def model_info(self, version: str) -> float | None:
        return self.sample(f'bilag_model_info{{name="bilag-layoutlm",version="{version}"}}')


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped release, and one that is as sure of its values as weights set by hand are."""
    folder = tmp_path_factory.mktemp("releases")
    content = folder / "content"
    shutil.copytree(RELEASED, content, ignore=shutil.ignore_patterns("release.json", "start.safetensors"))
    (content / "calibration.json").write_text(json.dumps(Calibration.none().to_json()), encoding="utf-8")
    shipped = read_release()
    write_release(folder / NEXT, content, replace(shipped, version=NEXT), lambda *_: None)
    return {shipped.version: RELEASED, NEXT: folder / NEXT}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, releases: dict[str, Path]) -> Iterator[Followed]:
    for needed in ("bentoml", "mlflow"):
        pytest.importorskip(needed, reason="the service needs bilag[serve,registry]")
    folder = tmp_path_factory.mktemp("service")
    uri = f"sqlite:///{folder}/mlflow.db"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    followed = Followed(
        f"http://127.0.0.1:{port}", folder / "log", folder / "models", Registry(place(uri)), dict(releases)
    )
    followed.stand(read_release(verify=False).version)
    environment = {name: os.environ[name] for name in SOURCES if name in os.environ} | {
        "BENTOML_HOME": str(folder / "bentoml"),
        "BENTOML_DO_NOT_TRACK": "True",
        "MLFLOW_TRACKING_URI": uri,
        "BILAG_EXTRACTION__MODEL": "models:/bilag-layoutlm@champion",
        "BILAG_SERVICE_MODEL_SECONDS": "0.5",
        "BILAG_SERVICE_MODEL_CACHE": str(followed.cache),
        "BILAG_SERVICE_WORKERS": "2",
        "BILAG_SERVICE_READERS": "1",
        "BILAG_READING__OCR": "none",
    }
    command = [sys.executable, "-m", "bentoml", "serve", "serving.app:service"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with followed.log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _until(lambda: followed.log.read_text().count("ready readers=1") == 2 or server.poll() is not None, 240)
        assert server.poll() is None, followed.log.read_text()
        yield followed
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def test_workers_change_over_and_go_back_while_clients_ask(
    service: Followed, releases: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = read_release(verify=False).version
    expected = {version: to_json(ModelExtractor(path).extract(example_words())) for version, path in releases.items()}
    assert expected[shipped]["fields"] != expected[NEXT]["fields"], "so that they can be told apart"
    answers: list[tuple[int, str, dict[str, Any]]] = []
    over, faults = threading.Event(), list[Exception]()

    def ask() -> None:
        body = to_words(example_words())
        try:
            while not over.is_set():  # a connection for each, so that both workers are asked
                got = httpx.post(f"{service.address}/predict", json=body, timeout=120)
                answers.append((got.status_code, got.headers.get("X-Bilag-Model", ""), got.json()))
        except Exception as error:  # noqa: BLE001 — whatever it is, it is a request without an answer
            faults.append(error)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    try:
        service.stand(NEXT)
        _until(lambda: service.model_info(shipped) == 0)
        asked = len(answers)
        _until(lambda: len(answers) > asked + 20)
        monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{service.cache.parent}/mlflow.db")
        assert promoting.main(["--rollback", "to try it"]) == 0
        _until(lambda: service.model_info(NEXT) == 0)
    finally:
        over.set()
        for thread in asking:
            thread.join()
    assert faults == []
    assert {status for status, _, _ in answers} == {200}
    assert {named for _, named, _ in answers} == {f"bilag-layoutlm/{version}" for version in expected}
    assert [got for _, named, got in answers if got != expected[named.partition("/")[2]]] == []
    assert service.model_info(shipped) == 1
    assert (service.sample('bilag_registry_looks_total{outcome="changed"}') or 0) == 4, "two workers, there and back"
    assert service.sample('bilag_registry_looks_total{outcome="failed"}') is None
    log = service.log.read_text()
    assert log.count(f"version=1 model=bilag-layoutlm/{shipped} sha256=") == 4, "at the start and in the end"
    assert log.count("version=2 model=bilag-layoutlm/next sha256=") == 2
    assert not [path for path in service.cache.iterdir() if path.name.startswith(".")]


def _until(true: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
