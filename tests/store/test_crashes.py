"""A worker that is killed again and again finishes everything, and does once what must be done once."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from pipeline.store.durable import Durable
from pipeline.store.records import PostingState, State
from tests.store.toy_worker import Toy

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
COUNT = 60
KILLS = 4


def begin(folder: Path, mode: str, count: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.store.toy_worker", folder, mode, str(count)], cwd=ROOT)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_work_survives_being_killed(tmp_path: Path) -> None:
    chance = random.Random(20260302)
    for _ in range(KILLS):
        worker = begin(tmp_path, "book", COUNT)
        goal = len(lines(tmp_path / "sent")) + chance.randint(3, 12)
        deadline = time.monotonic() + 60
        while len(lines(tmp_path / "sent")) < goal and worker.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        assert worker.poll() is None, "the worker ended before it could be killed: there is too little work"
        worker.kill()
        worker.wait(timeout=10)
    assert begin(tmp_path, "book", COUNT).wait(timeout=100) == 0

    toy = Toy(tmp_path)
    report = toy.store.status()
    assert report.messages == {State.POSTED: COUNT}
    assert report.documents == {State.POSTED: COUNT}
    assert report.postings == {PostingState.POSTED: COUNT}
    assert toy.store.verify_audit() is None
    # One row of each kind for each document: a write that was repeated after a crash changed nothing.
    rows = Counter((row.event, row.document) for row in toy.store.audit_rows() if row.event != "posting_intended")
    assert set(rows.values()) == {1}
    assert Counter(event for event, _ in rows) == dict.fromkeys(
        (
            "message_recorded",
            "document_recorded",
            "document_decided",
            "posting_posted",
            "document_finished",
            "message_finished",
        ),
        COUNT,
    )
    # A plain step is done at least once, and again only where a kill fell into it: one per slot and kill at most.
    sent = Counter(lines(tmp_path / "sent"))
    assert len(sent) == COUNT
    assert sum(sent.values()) - COUNT <= 4 * KILLS


def test_work_that_kills_the_process_is_set_aside(tmp_path: Path) -> None:
    codes = []
    for _ in range(8):
        codes.append(begin(tmp_path, "poison", 3).wait(timeout=60))
        if codes[-1] == 0:
            break
    assert codes[:-1] == [9] * (len(codes) - 1)
    assert codes[-1] == 0
    assert len(codes) == 5, "three recoveries are allowed"

    engine = Durable(f"sqlite:///{tmp_path}/engine.db", version="1")
    engine.start()
    (failed,) = engine.failed()
    assert (failed.key, failed.workflow, failed.killed_the_process) == ("poison", "poison", True)
    assert engine.progress().done == 3
    engine.forget("poison")
    assert engine.failed() == ()
    engine.close()


def test_a_refusal_is_the_same_after_a_crash(tmp_path: Path) -> None:
    assert begin(tmp_path, "refused", 0).wait(timeout=60) == 9
    assert begin(tmp_path, "refused", 0).wait(timeout=60) == 0

    engine = Durable(f"sqlite:///{tmp_path}/engine.db", version="1")
    engine.start()
    assert engine.wait("refused", 10) == ["The period is closed.", "Open it.", "E17"]
    engine.close()
    assert lines(tmp_path / "refusals") == ["1"], "a kept refusal is not asked for again"
