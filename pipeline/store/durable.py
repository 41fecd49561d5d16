"""The durable engine on DBOS 3.4, embedded: its tables in a database of their own, SQLite or PostgreSQL."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from pipeline.errors import ConfigurationError, Unavailable
from pipeline.store.engine import Backoff, Failed, Json, Progress, RetryNotice, Workflow, WorkflowFailed, as_json
from pipeline.store.running.attempts import Kept, attempt, result_of
from pipeline.store.running.engine_database import (
    APPLICATION,
    QueueOptions,
    count_by_status,
    interrupted_work,
    narrow_queue,
    open_engine_database,
    open_work,
)
from pipeline.store.running.worker_lock import hold_worker_lock

if TYPE_CHECKING:
    from dbos import DBOSConfig, WorkflowStatus

T = TypeVar("T")

_QUEUE = "bilag"
_POLLING_SECONDS = 0.05
_WAITING = ("ENQUEUED", "DELAYED")
_RUNNING = ("PENDING",)
_DONE = ("SUCCESS",)
_KILLED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
_FAILED = ("ERROR", _KILLED, "CANCELLED")

# DBOS keeps its state in its module: starting a second engine would silently end the first.
_one_per_process = threading.Lock()
_in_step: ContextVar[bool] = ContextVar("bilag_in_step", default=False)


class _Closing(BaseException):
    """Unwinds a workflow because the engine closes; DBOS keeps no outcome for it, so it goes on at the next start."""


class Durable:
    """Implements `Engine`; at most one is started in a process at a time.

    `url` is the database of the engine itself, never the one of the application's tables. `version` names the shape
    of the workflows: change it when their steps change, and only once the open work is done, for work of another
    version is not taken up (`start` refuses to strand it). `slots` is how many workflows run at once.
    A workflow during which the process died more than `max_recoveries` times is set aside as failed; so that it takes
    no bystanders along, what a dead process left is taken up one at a time before anything else.
    """

    def __init__(
        self,
        url: str,
        *,
        version: str,
        slots: int = 4,
        backoff: Backoff | None = None,
        max_recoveries: int = 10,
        executor: str = "local",
        on_retry: Callable[[RetryNotice], None] | None = None,
    ) -> None:
        self._url = url
        self._version = version
        self._slots = slots
        self._backoff = backoff or Backoff()
        self._max_recoveries = max_recoveries
        self._executor = executor
        self._on_retry = on_retry
        self._plain: dict[str, Workflow] = {}
        self._durable: dict[str, Workflow] = {}
        self._engine: sa.Engine | None = None
        self._held: ExitStack | None = None
        self._closing = threading.Event()
        self._busy = threading.Condition()
        self._steps = 0

    def register(self, name: str, workflow: Workflow) -> None:
        """See `Engine.register`. Raises RuntimeError after the start."""
        if self._held is not None:
            raise RuntimeError("workflows are registered before the start")
        self._plain[name] = workflow

    def start(self) -> None:
        """See `Engine.start`."""
        from dbos import DBOS

        if self._held is not None:
            return
        with ExitStack() as held:
            if not _one_per_process.acquire(blocking=False):
                raise RuntimeError("another durable engine is at work in this process")
            held.callback(_one_per_process.release)
            held.enter_context(hold_worker_lock(self._url, self._executor))
            self._engine = open_engine_database(self._url)
            held.callback(self._engine.dispose)
            _quiet_log()
            DBOS.destroy(destroy_registry=True)
            held.callback(DBOS.destroy, destroy_registry=True)
            DBOS(config=self._config())
            for name, workflow in self._plain.items():
                self._durable[name] = DBOS.workflow(name=name, max_recovery_attempts=self._max_recoveries)(
                    _checked(name, workflow)
                )
            interrupted = interrupted_work(self._engine)
            if interrupted:
                narrow_queue(self._url, self._engine, self._queue(slots=1))
            DBOS.launch()
            DBOS.register_queue(**self._queue(slots=1 if interrupted else self._slots), on_conflict="always_update")
            self._refuse_to_strand()
            if interrupted:
                widening = threading.Thread(target=self._widen, args=(interrupted,), name="bilag-widen", daemon=True)
                widening.start()
                held.callback(widening.join)
            self._held = held.pop_all()

    def enqueue(self, name: str, key: str, *args: Json) -> None:
        """See `Engine.enqueue`."""
        from dbos import DBOS, SetWorkflowID

        if _in_step.get():
            raise RuntimeError("a step cannot enqueue: do it in the workflow's body")
        if name not in self._durable:
            raise KeyError(f"no workflow {name!r} is registered, or the engine is not started")
        checked = as_json(list(args), f"the arguments of {key}")
        with SetWorkflowID(key):
            DBOS.enqueue_workflow(_QUEUE, self._durable[name], *checked)

    def step(self, name: str, action: Callable[[], T], *, backoff: Backoff | None = None) -> T:
        """See `Engine.step`."""
        from dbos import DBOS

        if DBOS.workflow_id is None or _in_step.get():
            raise RuntimeError(f"step {name!r} stands in no workflow, or in another step")

        def run() -> Kept:
            token = _in_step.set(True)
            try:
                return attempt(name, action, backoff or self._backoff, self._pause, self._on_retry)
            finally:
                _in_step.reset(token)

        with self._counted():
            kept = DBOS.run_step({"name": name}, run)
        return result_of(kept)  # type: ignore[return-value]  # as_json gave back what action gave

    def wait(self, key: str, timeout: float | None = None) -> Json:
        """See `Engine.wait`."""
        from dbos import DBOS

        if DBOS.workflow_id is not None:
            raise RuntimeError("a workflow cannot wait for another one")
        for _ in _ticks(timeout):
            status = DBOS.get_workflow_status(key)
            if status is None:
                raise KeyError(f"no workflow {key}")
            if status.status in _DONE:
                result: Json = status.output
                return result
            if status.status in _FAILED:
                raise WorkflowFailed(key, _message(status))
        raise TimeoutError(f"workflow {key} is not at its end after {timeout} seconds")

    def drain(self, timeout: float | None = None, progress: Callable[[Progress], None] | None = None) -> Progress:
        """See `Engine.drain`."""
        told = None
        for _ in _ticks(timeout):
            now = self.progress()
            if progress is not None and now != told:
                progress(now)
            told = now
            if not now.open:
                break
        return self.progress()

    def progress(self) -> Progress:
        """See `Engine.progress`."""
        counts = count_by_status(self._started())
        waiting, running, done, failed = (
            sum(counts.get(status, 0) for status in group) for group in (_WAITING, _RUNNING, _DONE, _FAILED)
        )
        return Progress(waiting, running, done, failed)

    def failed(self) -> tuple[Failed, ...]:
        """See `Engine.failed`."""
        from dbos import DBOS

        self._started()
        return tuple(
            Failed(
                key=status.workflow_id,
                workflow=status.name,
                args=tuple(status.input["args"]) if status.input else (),
                message=_message(status),
                killed_the_process=status.status == _KILLED,
            )
            for status in DBOS.list_workflows(status=list(_FAILED))
        )

    def forget(self, key: str) -> None:
        """See `Engine.forget`. Raises RuntimeError for a workflow that is not at its end."""
        from dbos import DBOS

        status = DBOS.get_workflow_status(key)
        if status is None:
            return
        if status.status in _WAITING + _RUNNING:
            raise RuntimeError(f"workflow {key} is not at its end")
        DBOS.delete_workflow(key)

    def prune(self, before: datetime) -> int:
        """Drop the workflows that ended well before a time and say how many; nothing else ever drops them.

        Their keys can be used again: let the store, which keeps everything, decide what is new.
        """
        from dbos import DBOS

        self._started()
        ended = DBOS.list_workflows(
            status=list(_DONE), completed_before=before.isoformat(), load_input=False, load_output=False
        )
        if ended:
            DBOS.delete_workflows([status.workflow_id for status in ended])
        return len(ended)

    def close(self) -> None:
        """See `Engine.close`."""
        if self._held is None:
            return
        self._closing.set()
        with self._busy:
            self._busy.wait_for(lambda: self._steps == 0)
        held, self._held = self._held, None
        held.close()
        self._durable.clear()
        self._closing.clear()

    def _config(self) -> "DBOSConfig":
        from dbos import DBOSPortableJSONSerializer

        config: DBOSConfig = {
            "name": APPLICATION,
            "application_version": self._version,
            "executor_id": self._executor,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            # Nothing listens for notifications, but closing waits for the thread that does.
            "notification_listener_polling_interval_sec": 0.1,
            "log_level": "ERROR",
            "system_database_url": self._url,
        }
        if self._started().dialect.name == "sqlite":
            config["system_database_engine"] = self._started()
        return config

    def _queue(self, slots: int) -> QueueOptions:
        return {"name": _QUEUE, "worker_concurrency": slots, "polling_interval_sec": _POLLING_SECONDS}

    def _widen(self, interrupted: frozenset[str]) -> None:
        """Give the queue all its slots once what the last process left is at its end."""
        from dbos import DBOS

        while not self._closing.wait(_POLLING_SECONDS):
            with suppress(Unavailable):
                if interrupted.isdisjoint(open_work(self._started())):
                    DBOS.register_queue(**self._queue(self._slots), on_conflict="always_update")
                    return

    def _refuse_to_strand(self) -> None:
        from dbos import DBOS

        open_work = DBOS.list_workflows(status=[*_WAITING, *_RUNNING], load_input=False, load_output=False)
        others = sorted({str(work.app_version) for work in open_work if work.app_version != self._version})
        if others:
            raise ConfigurationError(
                f"There is unfinished work of version {', '.join(others)}, which {self._version} cannot take up.",
                operator_hint="Let the version that began it finish it, then start this one.",
            )

    def _started(self) -> sa.Engine:
        if self._engine is None:
            raise RuntimeError("the engine is not started")
        return self._engine

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count a step as running, so that `close` waits for its result to be kept."""
        with self._busy:
            if self._closing.is_set():
                raise _Closing
            self._steps += 1
        try:
            yield
        finally:
            with self._busy:
                self._steps -= 1
                self._busy.notify_all()

    def _pause(self, seconds: float) -> None:
        if self._closing.wait(seconds):
            raise _Closing


def _checked(name: str, workflow: Workflow) -> Workflow:
    def run(*args: Any) -> Json:
        return as_json(workflow(*args), f"the result of workflow {name!r}")

    return run


def _quiet_log() -> None:
    """Keep DBOS from adding a console handler of its own: its errors go where the program's log goes."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _message(status: "WorkflowStatus") -> str:
    if status.status == _KILLED:
        return "The process died again and again while it worked on this."
    error = status.error
    if error is None:
        return "The work was cancelled."
    return f"{getattr(error, 'name', None) or type(error).__name__}: {error}"


def _ticks(timeout: float | None) -> Iterator[None]:
    """Yield at once and then with growing pauses, until `timeout` seconds have passed."""
    end = None if timeout is None else time.monotonic() + timeout
    pause = _POLLING_SECONDS / 2
    while True:
        yield
        if end is not None and time.monotonic() >= end:
            return
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)
