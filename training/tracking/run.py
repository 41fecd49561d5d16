"""One run of a stage, followed in MLflow: parameters, versions of code and data, curves, artifacts.

    with run("release", "train", settings, data=[Path("data/split")]) as tracked:
        tracked.figures({"loss": 0.4}, step=100)
        tracked.artifact(Path("report.html"), "reports")

Where tracking fails: a run that cannot be opened is refused before any work is done, for then a wrong address costs
seconds. From then on nothing that MLflow does ends the work: what could not be sent waits and is tried again after
growing pauses, and what still waits at the end is written to `.cache/mlflow/lost/`, with a warning. The work may be
hours old when a run is opened inside another one: it goes on untracked where MLflow does not answer.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from training.tracking.opening import Wanted, checked, flat, open_run
from training.tracking.pending import Figure, Pending
from training.tracking.place import CACHE, Place, first_line, place
from training.tracking.versions import commit, data_versions

if TYPE_CHECKING:
    from mlflow import MlflowClient

_log = logging.getLogger(__name__)
_open: "ContextVar[Tracked | None]" = ContextVar("open run", default=None)

_LONGEST_TAG = 5000
_SEND_AFTER = 10.0  # seconds for which figures are gathered


@dataclass(slots=True)
class Tracked:
    """A run that is going on. `id` is MLflow's; None where it could not be opened (see the module)."""

    id: str | None
    experiment: str
    name: str
    place: Place
    pending: Pending
    parent: str | None = None
    _sent: float = field(default_factory=time.monotonic)

    def figures(self, values: Mapping[str, float], step: int = 0) -> None:
        """Add a point to each curve. Raises ValueError for a name with other signs than letters, digits and `_.-:/`."""
        now = time.time_ns() // 1_000_000
        self.pending.figures += [Figure(checked(name), float(value), step, now) for name, value in values.items()]
        if time.monotonic() - self._sent >= _SEND_AFTER:
            self._send()

    def note(self, name: str, text: str) -> None:
        """Tag the run. Raises ValueError as `figures` does."""
        self.pending.tags[checked(name)] = text[:_LONGEST_TAG]
        self._send()

    def artifact(self, path: Path, folder: str = "") -> None:
        """Keep a copy of a file, or of everything in a folder, under `folder` of the run's artifacts.

        It must stay where it is until the run ends: it may be sent again. Raises FileNotFoundError.
        """
        if not path.exists():
            raise FileNotFoundError(f"{path} is not there.")
        self.pending.artifacts.append((path, folder))
        self._send()

    def _send(self) -> None:
        self.pending.send()
        self._sent = time.monotonic()

    def end(self, status: str) -> None:
        """Send what waits, tell MLflow how it ended, and write down what could not be sent."""
        client = self.pending.client
        if self.pending.send(insist=True) and self.id is not None and client is not None:
            try:
                client.set_terminated(self.id, status)
                if self.parent is not None and _open.get() is None:
                    client.set_terminated(self.parent, status)
            except Exception as error:  # noqa: BLE001 — as in Pending: the work is done, whatever MLflow says
                _log.warning("%s ended, but MLflow was not told: %s", self.name, first_line(error))
        self.pending.write_down()


@contextmanager
def run(
    experiment: str,
    name: str,
    parameters: object,
    *,
    data: Sequence[Path] = (),
    resume: str | None = None,
    at: Place | None = None,
    root: Path = Path(),
) -> Iterator[Tracked]:
    """Follow a run; it ends as finished, failed or killed.

    `experiment` is what is worked towards (a release, a benchmark), `name` the stage. `parameters` is a dataclass or
    mapping, nested as you like; `data` the files and folders that are read, whose versions are kept; `resume` the id of
    a run that was cut short and goes on. Stages of one `dvc repro` stand below one run of that experiment, and runs
    opened inside another below that. Raises Unavailable where the outermost run cannot be opened, OSError for data that
    is not there.
    """
    outer = _open.get()
    where = at or (outer.place if outer else place())
    client = outer.pending.client if outer else where.client()
    wanted = Wanted(
        experiment, name, flat(parameters), commit(root), data_versions(data, root), resume, outer.id if outer else None
    )
    lost = (where.artifacts.parent if where.artifacts else CACHE) / "lost"
    pending = Pending(client, None, f"{experiment}/{name}", lost)
    tracked = Tracked(None, experiment, name, where, pending)
    if client is not None:
        tracked.id, tracked.parent = _opened(client, where, wanted, outer)
    pending.run = tracked.id
    if tracked.id is None:
        pending.tags |= wanted.all_as_tags()
        pending.warned = True
    token, status = _open.set(tracked), "FAILED"
    try:
        yield tracked
        status = "FINISHED"
    except (KeyboardInterrupt, SystemExit):
        status = "KILLED"
        raise
    finally:
        _open.reset(token)
        tracked.end(status)


def _opened(
    client: "MlflowClient", where: Place, wanted: Wanted, outer: Tracked | None
) -> tuple[str | None, str | None]:
    """Return the ids of the run and of the one above it; of an inner run that cannot be opened, None."""
    if outer is None:
        with where.answering():
            return open_run(client, where, wanted)
    try:
        return open_run(client, where, wanted)
    except Exception as error:  # noqa: BLE001 — as in Pending: the outer run is at work
        _log.warning("%s/%s goes on, but is not tracked: %s", wanted.experiment, wanted.name, first_line(error))
        return None, None
