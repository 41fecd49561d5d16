"""A real S3 interface in memory: `moto_server`, from an environment of its own (its dependencies clash with ours)."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def running_moto() -> Iterator[str]:
    """Start the server on a free port and yield its address; skip the test where it is not installed."""
    program = Path(os.environ.get("BILAG_MOTO_SERVER", _REPOSITORY / ".venv-moto" / "bin" / "moto_server"))
    if not program.is_file():
        pytest.skip("moto_server is not here; `make moto` installs it, or set BILAG_MOTO_SERVER to the program")
    server = subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield _address_of(server)
    finally:
        server.terminate()
        server.wait(timeout=10)
        if server.stderr is not None:
            server.stderr.close()


def make_bucket(address: str, name: str) -> None:
    """Make a bucket; moto believes any credentials, but wants to see some."""
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request"}
    httpx.put(f"{address}/{name}", headers=signed).raise_for_status()


def _address_of(server: "subprocess.Popen[str]") -> str:
    """Read the port that the server chose from what it says when it is ready."""
    deadline = time.monotonic() + 60
    said = ""
    while server.stderr is not None and time.monotonic() < deadline:
        line = server.stderr.readline()
        said += line
        found = re.search(r"Running on (http://127\.0\.0\.1:\d+)", line)
        if found:
            return found.group(1)
        if not line and server.poll() is not None:
            break
    raise RuntimeError(f"moto_server did not start: {said}")
