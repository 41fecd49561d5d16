"""What every engine must do: the durable one on DBOS, and the one in memory that other tests use."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import (
    AnswerLost,
    AuthenticationFailed,
    BilagError,
    ConfigurationError,
    Rejected,
    ResourceExhausted,
    Unavailable,
)
from pipeline.store.durable import Durable
from pipeline.store.engine import Backoff, Engine, Json, Progress, RetryNotice, WorkflowFailed
from pipeline.store.inline import InlineEngine
from pipeline.store.running.worker_lock import hold_worker_lock
from tests.servers.postgres import fresh_database

RETRIED: list[RetryNotice] = []
QUICK = Backoff(attempts=3, first=0.001, jitter=0.0)
TIMEOUT = 30.0


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an engine that was started once: a queue's very first start takes DBOS a second longer."""
    folder = tmp_path_factory.mktemp("engine")
    engine = Durable(f"sqlite:///{folder}/engine.db", version="1")
    engine.start()
    engine.close()
    return folder


@pytest.fixture(params=["inline", "durable"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine that is not started yet; what it tries again is in RETRIED."""
    made: Engine
    if request.param == "inline":
        made = InlineEngine(backoff=QUICK, on_retry=RETRIED.append)
    else:
        shutil.copytree(request.getfixturevalue("begun"), tmp_path, dirs_exist_ok=True)
        made = Durable(f"sqlite:///{tmp_path}/engine.db", version="1", backoff=QUICK, on_retry=RETRIED.append)
    RETRIED.clear()
    yield made
    made.close()


def run(engine: Engine, workflow: Callable[..., Json], *args: Json) -> Json:
    engine.register("work", workflow)
    engine.start()
    engine.enqueue("work", "key", *args)
    return engine.wait("key", TIMEOUT)


def test_a_workflow_returns_its_result(engine: Engine) -> None:
    def work(numbers: list[int], text: str) -> Json:
        doubled = engine.step("double", lambda: [2 * number for number in numbers])
        return {"sum": engine.step("sum", lambda: sum(doubled)), "text": text, "none": None}

    assert run(engine, work, [1, 2, 3], "æ") == {"sum": 12, "text": "æ", "none": None}
    assert engine.drain(TIMEOUT) == Progress(waiting=0, running=0, done=1, failed=0)


def test_a_key_is_work_done_once(engine: Engine) -> None:
    runs: list[int] = []

    def work(number: int) -> Json:
        engine.step("count", lambda: runs.append(number))
        return number

    assert run(engine, work, 1) == 1
    engine.enqueue("work", "key", 2)
    engine.enqueue("work", "other", 3)
    engine.enqueue("work", "other", 4)
    engine.drain(TIMEOUT)
    assert engine.wait("key") == 1
    assert engine.wait("other") == 3
    assert runs == [1, 3]


def test_a_workflow_can_ask_for_others(engine: Engine) -> None:
    done: list[int] = []

    def work(number: int) -> Json:
        engine.step("note", lambda: done.append(number))
        if number < 4:
            engine.enqueue("work", f"key {number + 1}", number + 1)
        return number

    run(engine, work, 0)
    assert engine.drain(TIMEOUT) == Progress(0, 0, 5, 0)
    assert done == [0, 1, 2, 3, 4]


def test_progress_is_told(engine: Engine) -> None:
    told: list[Progress] = []
    engine.register("work", lambda: engine.step("nothing", lambda: None))
    engine.start()
    for number in range(20):
        engine.enqueue("work", str(number))
    last = engine.drain(TIMEOUT, told.append)

    assert last == Progress(0, 0, 20, 0)
    assert told[-1] == last
    assert all(progress.open + progress.done == 20 for progress in told)


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("The ERP is away.", retry_after=0.002),
        AnswerLost("No answer."),
        ResourceExhausted("The disk is full."),
    ],
)
def test_what_can_pass_is_tried_again(engine: Engine, error: BilagError) -> None:
    tries: list[int] = []

    def fragile() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise error
        return "done"

    assert run(engine, lambda: engine.step("fragile", fragile)) == "done"
    assert len(tries) == 3
    assert [(notice.step, notice.attempt, notice.error) for notice in RETRIED] == [
        ("fragile", 1, error),
        ("fragile", 2, error),
    ]


def test_after_the_last_try_the_error_arrives_as_it_was(engine: Engine) -> None:
    tries: list[int] = []

    def hopeless() -> str:
        tries.append(1)
        raise Unavailable("The ERP is away.", operator_hint="Wait.", retry_after=0.0)

    def work() -> Json:
        try:
            return engine.step("hopeless", hopeless)
        except Unavailable as error:
            return [error.message, error.operator_hint, error.retry_after]

    assert run(engine, work) == ["The ERP is away.", "Wait.", 0.0]
    assert len(tries) == QUICK.attempts


@pytest.mark.parametrize("error", [Rejected("No.", vendor_code="E17"), AuthenticationFailed("Who?")])
def test_what_cannot_pass_is_not_tried_again(engine: Engine, error: BilagError) -> None:
    tries: list[int] = []

    def refused() -> str:
        tries.append(1)
        raise error

    def work() -> Json:
        try:
            return engine.step("refused", refused)
        except BilagError as caught:
            return [type(caught).__name__, getattr(caught, "vendor_code", None)]

    assert run(engine, work) == [type(error).__name__, getattr(error, "vendor_code", None)]
    assert len(tries) == 1


def test_a_step_can_have_a_backoff_of_its_own(engine: Engine) -> None:
    tries: list[int] = []

    def hopeless() -> None:
        tries.append(1)
        raise Unavailable("Away.")

    def work() -> Json:
        try:
            engine.step("hopeless", hopeless, backoff=Backoff(attempts=1))
        except Unavailable:
            return len(tries)
        return None

    assert run(engine, work) == 1


def test_a_workflow_with_a_bug_fails_alone_and_is_listed(engine: Engine) -> None:
    def work(number: int) -> Json:
        if number == 2:
            raise ZeroDivisionError("a bug")
        return number

    engine.register("work", work)
    engine.start()
    for number in range(4):
        engine.enqueue("work", f"key {number}", number)
    assert engine.drain(TIMEOUT) == Progress(0, 0, 3, 1)

    (failed,) = engine.failed()
    assert (failed.key, failed.workflow, failed.args) == ("key 2", "work", (2,))
    assert failed.message == "ZeroDivisionError: a bug"
    assert not failed.killed_the_process
    with pytest.raises(WorkflowFailed, match="a bug"):
        engine.wait("key 2", TIMEOUT)

    engine.forget("key 2")
    assert engine.failed() == ()
    engine.enqueue("work", "key 2", 5)
    assert engine.wait("key 2", TIMEOUT) == 5


@pytest.mark.parametrize("result", [(1, 2), {1: "a"}, b"bytes", {"a": {1}}, float("nan"), object()])
def test_results_that_json_would_change_are_refused(engine: Engine, result: object) -> None:
    def work() -> Json:
        engine.step("result", lambda: result)
        return None

    engine.register("work", work)
    engine.start()
    engine.enqueue("work", "key")
    with pytest.raises(WorkflowFailed, match="TypeError"):
        engine.wait("key", TIMEOUT)


def test_arguments_must_be_json(engine: Engine) -> None:
    engine.register("work", lambda _: None)
    engine.start()
    with pytest.raises(TypeError):
        engine.enqueue("work", "key", b"bytes")
    with pytest.raises(KeyError):
        engine.enqueue("no such work", "key")
    with pytest.raises(KeyError):
        engine.wait("key")


def test_steps_stand_in_workflows_and_enqueueing_in_no_step(engine: Engine) -> None:
    def work() -> Json:
        engine.step("wrong", lambda: engine.enqueue("work", "another"))
        return None

    engine.register("work", work)
    engine.start()
    with pytest.raises(RuntimeError, match="in no workflow"):
        engine.step("outside", lambda: None)
    engine.enqueue("work", "key")
    with pytest.raises(WorkflowFailed, match="cannot enqueue"):
        engine.wait("key", TIMEOUT)


def test_a_second_worker_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/engine.db"
    engine = Durable(url, version="1")
    with hold_worker_lock(url, "another process"), pytest.raises(ConfigurationError, match="already at work"):
        engine.start()
    engine.start()
    assert engine.progress() == Progress(0, 0, 0, 0)
    with pytest.raises(ConfigurationError, match="already at work"):
        hold_worker_lock(url, "another process")
    engine.close()
    hold_worker_lock(url, "another process").close()


def test_a_second_engine_in_one_process_is_refused(tmp_path: Path) -> None:
    first, second = (Durable(f"sqlite:///{tmp_path}/{name}.db", version="1") for name in ("one", "two"))
    first.register("work", lambda: first.step("one", lambda: 1))
    first.start()
    with pytest.raises(RuntimeError, match="in this process"):
        second.start()
    first.enqueue("work", "key")
    assert first.wait("key", TIMEOUT) == 1
    first.close()


@pytest.mark.slow
def test_it_runs_on_postgresql(postgres: str) -> None:
    url = fresh_database(postgres)
    for start in (1, 2):
        engine = Durable(url, version="1", backoff=QUICK)
        engine.register("work", lambda number, engine=engine: engine.step("double", lambda: 2 * number))
        engine.start()
        for number in range(10 * start):
            engine.enqueue("work", f"key {number}", number)
        assert engine.drain(TIMEOUT) == Progress(0, 0, 10 * start, 0)
        assert engine.wait("key 7", TIMEOUT) == 14
        engine.close()


def test_open_work_of_another_version_is_not_stranded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/engine.db"
    old = Durable(url, version="1", backoff=Backoff(first=60.0))
    begun = threading.Event()

    def away() -> None:
        begun.set()
        raise Unavailable("Away.")

    old.register("work", lambda: old.step("away", away))
    old.start()
    old.enqueue("work", "key")
    assert begun.wait(TIMEOUT)
    old.close()

    new = Durable(url, version="2")
    new.register("work", lambda: None)
    with pytest.raises(ConfigurationError, match="unfinished work of version 1"):
        new.start()

    again = Durable(url, version="1")
    again.register("work", lambda: again.step("away", lambda: "back"))
    again.start()
    assert again.wait("key", TIMEOUT) == "back", "closing in a pause must leave the work open"
    again.close()


def test_finished_work_is_pruned(tmp_path: Path) -> None:
    engine = Durable(f"sqlite:///{tmp_path}/engine.db", version="1")
    assert run(engine, lambda: engine.step("one", lambda: 1)) == 1
    now = datetime.now(UTC)
    assert engine.prune(now - timedelta(hours=1)) == 0
    assert engine.prune(now + timedelta(hours=1)) == 1
    assert engine.progress() == Progress(0, 0, 0, 0)
    engine.close()
