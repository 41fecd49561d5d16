"""What durable work is: workflows of steps that survive a crash, whoever runs them.

A *workflow* is a plain function of JSON arguments. Its body decides, its *steps* do: each step's result is kept, and
after a crash the workflow runs again from its beginning with the kept results, so that it goes on where it was. Hence:

- the body must be deterministic: the same results lead to the same steps, by the same names, in the same order;
- everything that reads or changes the outside (mailbox, archive, ERP, store, clock) stands in a step;
- a step runs **at least once**: a process that dies in a step has done it, but not said so. Every side effect needs a
  key by which doing it twice is doing it once. The methods of `Store` are made that way, `Erp.post` as well;
- a workflow waits for nobody: it ends, and what it waited for enqueues another one.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pipeline.errors import BilagError

Json = None | bool | int | float | str | Sequence["Json"] | dict[str, "Json"]
Workflow = Callable[..., Json]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Backoff:
    """How a step is tried again: `attempts` in all; pauses in seconds from `first`, times `factor`, up to `longest`.

    Each pause is spread by ± `jitter` (0.25 is 25 %), so that many documents do not knock at the same moment. Where
    the vendor names a time (`retry_after`), the pause is at least that long, up to `longest_named`.
    """

    attempts: int = 5
    first: float = 1.0
    factor: float = 2.0
    longest: float = 60.0
    longest_named: float = 600.0
    jitter: float = 0.25


@dataclass(frozen=True, slots=True)
class RetryNotice:
    """A step failed and will be tried again after `pause` seconds; `attempt` is the one that failed, from 1."""

    step: str
    attempt: int
    pause: float
    error: BilagError


@dataclass(frozen=True, slots=True)
class Progress:
    """How many workflows wait, run, ended well and ended badly."""

    waiting: int
    running: int
    done: int
    failed: int

    @property
    def open(self) -> int:
        """How many are not at their end."""
        return self.waiting + self.running


@dataclass(frozen=True, slots=True)
class Failed:
    """A workflow that ended in an error nobody expected, or that took the whole process down again and again."""

    key: str
    workflow: str
    args: tuple[Json, ...]
    message: str
    killed_the_process: bool = False


class WorkflowFailed(Exception):
    """The workflow that was waited for ended in an error; `message` is that error's."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}")
        self.key = key
        self.message = message


class Engine(Protocol):
    """Runs workflows, each under a key: a key that was enqueued once is never run as other work."""

    def register(self, name: str, workflow: Workflow) -> None:
        """Name a workflow, before `start`; the name finds it again after a restart."""
        ...

    def start(self) -> None:
        """Begin to work, first on what an earlier process left unfinished.

        Raises ConfigurationError where another process works on the same database.
        """
        ...

    def enqueue(self, name: str, key: str, *args: Json) -> None:
        """Ask for a workflow; the same key again changes nothing. From a workflow's body or outside, not in a step."""
        ...

    def step(self, name: str, action: Callable[[], T], *, backoff: Backoff | None = None) -> T:
        """Run `action` in the current workflow and keep its result, which must be JSON (TypeError otherwise).

        An error of the project that says `retryable` is tried again as `backoff` says; at last, and for any other
        error of the project, it is raised here as it was, in a later replay too.
        """
        ...

    def wait(self, key: str, timeout: float | None = None) -> Json:
        """Return a workflow's result. Raises WorkflowFailed, TimeoutError, or KeyError for an unknown key."""
        ...

    def drain(self, timeout: float | None = None, progress: Callable[[Progress], None] | None = None) -> Progress:
        """Wait until nothing is waiting or running, or `timeout` seconds have passed; tell `progress` of changes."""
        ...

    def progress(self) -> Progress:
        """Count the workflows."""
        ...

    def failed(self) -> tuple[Failed, ...]:
        """Return the workflows that ended badly, oldest first, until they are forgotten."""
        ...

    def forget(self, key: str) -> None:
        """Drop a workflow that is at its end; its key can be used again."""
        ...

    def close(self) -> None:
        """Stop: running steps end, pauses between tries do not; what is unfinished goes on at the next start."""
        ...


def as_json(value: T, what: str) -> T:
    """Return `value` as it comes back from JSON, so that a result read again equals the first one.

    Raises TypeError for what JSON cannot say, tuples and non-text keys included.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{what} is not JSON: {error}") from error
    read: T = json.loads(text)
    if read != value:
        raise TypeError(f"{what} would change on its way through JSON: use lists and text keys")
    return read
