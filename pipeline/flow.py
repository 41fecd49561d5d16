"""The whole process on one screen: a message comes in; each of its documents is read, checked, decided and booked.

    collect ─► message: read each file ─► pair ─► per document: judge ─► post ─► conclude ─► acknowledge

The engine records every step and runs it again after a crash, so each is idempotent: the archive keys on digests, the
store on message and document keys, the ERP on the document's key. What each step does stands in `pipeline.steps`.
"""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from pipeline.errors import BilagError
from pipeline.steps.closing import Steps
from pipeline.steps.intake import Arrival
from pipeline.store.engine import Engine

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Flow:
    """From mailbox to books. `register` before the engine starts, then `collect` whenever there may be mail."""

    def __init__(self, steps: Steps, engine: Engine) -> None:
        self._steps = steps
        self._engine = engine

    def register(self) -> None:
        """Make the workflow known to the engine."""
        self._engine.register("message", self.message)

    def resume(self) -> None:
        """Queue what an earlier process recorded and did not come to queue."""
        for arrival in self._steps.unfinished():
            self._engine.enqueue("message", arrival.work_key, arrival.message_key)

    def collect(self) -> int:
        """Take in what is new and what is due for another try; return how many messages were queued."""
        due: dict[str, Arrival] = {}
        # A message that is tried again and still lies in the mailbox is worked on once.
        for arrival in (*self._steps.retries(), *self._steps.arrivals()):
            due.setdefault(arrival.message_key, arrival)
        for arrival in due.values():
            self._engine.enqueue("message", arrival.work_key, arrival.message_key)
            self._steps.queued(arrival)
        self._steps.acknowledge_untold()
        return len(due)

    def message(self, key: str) -> None:
        """Workflow: carry one message to its outcome; what fails for good ends as a dead letter with its reason."""
        run, steps = partial(self._run, key), self._steps
        try:
            for index in range(run("count files", partial(steps.count_files, key))):
                self._file(key, index)
            for document in run("pair", partial(steps.pair, key)):
                self._document(key, document)
            run("conclude", partial(steps.conclude, key))
        except BilagError as error:
            run("give up", partial(steps.give_up_message, key, error))
        try:
            run("acknowledge", partial(steps.acknowledge, key))
        except BilagError as error:
            steps.acknowledge_later(key, error)

    def _file(self, key: str, index: int) -> None:
        run, steps = self._engine.step, self._steps
        try:
            run(f"read {index}", partial(steps.read, key, index))
        except BilagError as error:
            run(f"give up reading {index}", partial(steps.give_up_file, key, index, error))

    def _document(self, key: str, document: str) -> None:
        run, steps = partial(self._run, key), self._steps
        try:
            approval = run(f"judge {document}", partial(steps.judge, document))
            if approval is not None:
                run(f"post {document}", partial(steps.post, document, approval))
        except BilagError as error:
            run(f"give up {document}", partial(steps.give_up_document, document, error))

    def _run(self, key: str, name: str, action: Callable[[], T]) -> T:
        return self._engine.step(name, partial(_logged, key, name, action))

    def bury_failures(self) -> None:
        """Turn messages whose workflow broke down, or took the process with it, into dead letters."""
        for failed in self._engine.failed():
            self._steps.broke_down(str(failed.args[0]), failed.message)
            self._engine.forget(failed.key)


def _logged(key: str, name: str, action: Callable[[], T]) -> T:
    """Run a step and log it: what, for which message, how long, and the error where it failed."""
    started = time.perf_counter()
    try:
        result = action()
    except BilagError as error:
        told = {"error": type(error).__name__, "why": error.message, "retryable": error.retryable}
        _log.warning("step failed", extra={"step": name, "message_key": key, **told})
        raise
    _log.info("step done", extra={"step": name, "message_key": key, "seconds": round(time.perf_counter() - started, 3)})
    return result
