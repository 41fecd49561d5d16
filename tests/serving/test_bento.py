"""The Bento: it asks for what the package asks for, holds the model, and serves it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from models.release import ABOUT, RELEASED, read_release
from pipeline.adapters.extractor.words import to_words
from serving.interface import example_words

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


def bentofile() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((REPOSITORY / "bentofile.yaml").read_text(encoding="utf-8"))
    return written


def test_it_asks_for_what_the_package_asks_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = {*project["dependencies"], *extras["ocr"], *extras["serve"]} - {"bilag[ocr]"}
    assert bentofile()["python"]["packages"] == sorted(needed)


def test_nothing_of_training_is_asked_for() -> None:
    asked = " ".join(bentofile()["python"]["packages"])
    assert not [name for name in ("torch", "transformers", "mlflow") if name in asked]


def test_every_folder_that_goes_into_an_image_is_there() -> None:
    """No image is built by the tests; what its file copies and starts is looked up at least."""
    lines = (REPOSITORY / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") and "--from" not in line for name in line.split()[1:-1]]
    assert {"models", "pipeline", "serving"} <= set(copied)
    assert not [name for name in copied if not (REPOSITORY / name).exists()]
    assert any('"serving.app:service"' in line for line in lines)


@pytest.fixture(scope="module")
def bento(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Bento that was built from this checkout."""
    pytest.importorskip("bentoml", reason="the service needs bilag[serve]")
    pytest.importorskip("rapidocr", reason="the service needs bilag[serve]")
    home = tmp_path_factory.mktemp("bento")
    program = [sys.executable, "-m", "bentoml", "build", "--output", "tag"]
    done = subprocess.run(program, cwd=REPOSITORY, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    name, _, version = done.stdout.strip().splitlines()[-1].rpartition(":")
    assert name.endswith("bilag")
    return home / "bentos" / "bilag" / version


def environment(home: Path) -> dict[str, str]:
    told = {name: os.environ[name] for name in SOURCES if name in os.environ}
    return told | {
        "BENTOML_HOME": str(home),
        "BENTOML_DO_NOT_TRACK": "True",
        "BILAG_READING__OCR": "none",
        "BILAG_SERVICE_READERS": "1",
    }


@pytest.mark.slow
def test_it_holds_the_model_and_nothing_of_training(bento: Path) -> None:
    held = bento / "src" / "models" / "released"
    assert read_release(held).version == read_release(verify=False).version
    for name in ("model.onnx", "words.safetensors", "calibration.json"):
        assert (held / name).read_bytes() == (RELEASED / name).read_bytes()
    assert {path.name for path in (bento / "src").iterdir() if path.is_dir()} == {"models", "pipeline", "serving"}
    assert not list(bento.rglob("*.pyc"))
    needed = (bento / "env" / "python" / "requirements.txt").read_text(encoding="utf-8")
    assert "onnxruntime" in needed
    assert "torch" not in needed


@pytest.fixture
def address(bento: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the Bento's service, whose own copy of the release is given a version to know it by."""
    about = bento / "src" / "models" / "released" / ABOUT
    written = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps(written | {"version": "of-the-bento"}), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "bentoml", "serve", str(bento), "--host", "127.0.0.1", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            program, cwd=tmp_path, env=environment(tmp_path), stdout=out, stderr=out, start_new_session=True
        )
    found = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 180
        while not _ready(found):
            assert time.monotonic() < deadline, log.read_text()
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        yield found
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_serves_the_model_that_it_holds(address: str) -> None:
    response = httpx.post(f"{address}/predict", json=to_words(example_words()), timeout=60)
    assert response.status_code == 200, response.text
    assert response.headers["X-Bilag-Model"].endswith("/of-the-bento")
    assert response.json()["fields"]["invoice_number"]["value"] == "471102"
    assert httpx.get(f"{address}/docs.json", timeout=10).json()["info"]["version"]
