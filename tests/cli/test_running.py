"""`bilag run` until it is told to stop: new mail is taken up, and a signal ends it in good order."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD
from tests.flow.office import einvoice, mail

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def eventually(check: Callable[[], bool], seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while not (held := check()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return held


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_run_until_told_to_stop(workspace: Path, number: signal.Signals) -> None:
    inbox, outcomes = workspace / "inbox", workspace / "inbox" / ".bilag-outcomes.jsonl"

    def finished() -> int:
        return len(outcomes.read_text().splitlines()) if outcomes.exists() else 0

    (inbox / "a.eml").write_bytes(mail("Lunch?"))
    running = subprocess.Popen(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "run", "-w", workspace],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"TERM": "dumb"},
    )
    try:
        assert eventually(lambda: finished() == 1)
        (inbox / "b.eml").write_bytes(mail("Invoice", einvoice()))
        assert eventually(lambda: finished() == 2), "mail that comes later is taken up"
        asked = time.monotonic()
        running.send_signal(number)
        said, _ = running.communicate(timeout=60)
    finally:
        running.kill()

    assert running.returncode == 0, said
    assert time.monotonic() - asked < 10, "it does not wait for the next look into the mailbox"
    assert "Traceback" not in said
    assert PASSWORD not in said
    assert [json.loads(line)["status"] for line in outcomes.read_text().splitlines()] == ["skipped", "dead_letter"]


def test_a_second_worker_is_refused(workspace: Path) -> None:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", "-w", str(workspace)]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        (workspace / "inbox" / "a.eml").write_bytes(mail("Lunch?"))
        assert eventually((workspace / "inbox" / ".bilag-outcomes.jsonl").exists)
        second = subprocess.run([*command, "--once"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    finally:
        first.terminate()
        first.communicate(timeout=60)

    assert second.returncode == 3
    assert "Traceback" not in second.stderr
    assert "another" in second.stderr.lower()
