"""The engine without durability: everything in this thread, in memory, in the order of enqueueing. For tests."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from pipeline.store.engine import Backoff, Failed, Json, Progress, RetryNotice, Workflow, WorkflowFailed, as_json
from pipeline.store.running.attempts import attempt, result_of

T = TypeVar("T")


class InlineEngine:
    """Implements `Engine`; workflows run when they are waited for, or in `drain`. `sleep` gets the pauses."""

    def __init__(
        self,
        *,
        backoff: Backoff | None = None,
        sleep: Callable[[float], None] = lambda _: None,
        on_retry: Callable[[RetryNotice], None] | None = None,
    ) -> None:
        self._backoff = backoff or Backoff()
        self._sleep = sleep
        self._on_retry = on_retry
        self._workflows: dict[str, Workflow] = {}
        self._waiting: dict[str, tuple[str, tuple[Json, ...]]] = {}
        self._done: dict[str, Json] = {}
        self._failed: dict[str, Failed] = {}
        self._running: str | None = None
        self._in_step = False

    def register(self, name: str, workflow: Workflow) -> None:
        """See `Engine.register`."""
        self._workflows[name] = workflow

    def start(self) -> None:
        """See `Engine.start`; there is nothing to begin."""

    def enqueue(self, name: str, key: str, *args: Json) -> None:
        """See `Engine.enqueue`."""
        if self._in_step:
            raise RuntimeError("a step cannot enqueue: do it in the workflow's body")
        if name not in self._workflows:
            raise KeyError(f"no workflow {name!r} is registered")
        if key in self._waiting or key in self._done or key in self._failed or key == self._running:
            return
        self._waiting[key] = (name, tuple(as_json(list(args), f"the arguments of {key}")))

    def step(self, name: str, action: Callable[[], T], *, backoff: Backoff | None = None) -> T:
        """See `Engine.step`."""
        if self._running is None or self._in_step:
            raise RuntimeError(f"step {name!r} stands in no workflow, or in another step")
        self._in_step = True
        try:
            kept = attempt(name, action, backoff or self._backoff, self._sleep, self._on_retry)
        finally:
            self._in_step = False
        return result_of(kept)  # type: ignore[return-value]  # as_json gave back what action gave

    def wait(self, key: str, timeout: float | None = None) -> Json:  # noqa: ARG002 — nothing to wait for
        """See `Engine.wait`."""
        if key in self._waiting:
            self._run(key)
        if key in self._failed:
            raise WorkflowFailed(key, self._failed[key].message)
        if key not in self._done:
            raise KeyError(f"no workflow {key}")
        return self._done[key]

    def drain(
        self,
        timeout: float | None = None,  # noqa: ARG002 — runs to the end
        progress: Callable[[Progress], None] | None = None,
    ) -> Progress:
        """See `Engine.drain`."""
        while self._waiting:
            self._run(next(iter(self._waiting)))
            if progress is not None:
                progress(self.progress())
        return self.progress()

    def progress(self) -> Progress:
        """See `Engine.progress`."""
        return Progress(len(self._waiting), 1 if self._running is not None else 0, len(self._done), len(self._failed))

    def failed(self) -> tuple[Failed, ...]:
        """See `Engine.failed`."""
        return tuple(self._failed.values())

    def forget(self, key: str) -> None:
        """See `Engine.forget`."""
        self._failed.pop(key, None)
        self._done.pop(key, None)

    def close(self) -> None:
        """See `Engine.close`."""

    def _run(self, key: str) -> None:
        if self._running is not None:
            raise RuntimeError("a workflow cannot wait for another one")
        name, args = self._waiting.pop(key)
        self._running = key
        failure = Failed(key, name, args, "")
        try:
            self._done[key] = as_json(self._workflows[name](*args), f"the result of workflow {key}")
        except Exception as error:  # noqa: BLE001 — the boundary: one bad workflow must not stop the others
            self._failed[key] = replace(failure, message=f"{type(error).__name__}: {error}")
        finally:
            self._running = None
