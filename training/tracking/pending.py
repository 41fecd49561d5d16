"""What a run has yet to tell: kept while the tracking server is away, written down if it stays away."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from training.tracking.place import first_line

if TYPE_CHECKING:
    from mlflow import MlflowClient

_log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 60.0, 900.0  # seconds between attempts while the server is away
_BATCH = 500  # figures a request; MLflow takes 1,000


@dataclass(frozen=True, slots=True)
class Figure:
    """One point of a curve; `at` is milliseconds since 1970."""

    name: str
    value: float
    step: int
    at: int


@dataclass(slots=True)
class Pending:
    """Figures, tags and artifacts of one run on their way to MLflow. Nothing here raises, and nothing gets lost.

    `run` is None where the run could not even be opened. `clock` is in seconds. `warned` says that people were told.
    """

    client: "MlflowClient | None"
    run: str | None
    label: str
    lost: Path
    clock: Callable[[], float] = time.monotonic
    figures: list[Figure] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    artifacts: list[tuple[Path, str]] = field(default_factory=list)
    warned: bool = False
    _not_before: float = 0.0
    _pause: float = _FIRST_PAUSE

    def send(self, *, insist: bool = False) -> bool:
        """Send what waits, unless an attempt failed a short while ago; `insist` tries all the same.

        Returns whether nothing waits any more.
        """
        if self.clock() < self._not_before and not insist:
            return False
        try:
            self._send_all()
        except Exception as error:  # noqa: BLE001 — the boundary: stores raise what they like, training must go on
            self._put_off(error)
            return False
        self._pause, self._not_before = _FIRST_PAUSE, 0.0
        return True

    def write_down(self) -> Path | None:
        """Write what still waits to a file of JSON lines beside the runs, and return it; None where nothing does."""
        if not (self.figures or self.tags or self.artifacts):
            return None
        rows: list[Mapping[str, object]] = [{"run": self.run, "label": self.label, "tags": self.tags}]
        rows += [{"figure": f.name, "value": f.value, "step": f.step, "at": f.at} for f in self.figures]
        rows += [{"artifact": str(path), "folder": folder} for path, folder in self.artifacts]
        path = self.lost / f"{self.label.replace('/', '-')}-{time.time_ns() // 1_000_000}.jsonl"
        try:
            self.lost.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        except OSError as error:
            _log.warning("What was not tracked of %s could not be written to %s: %s", self.label, path, error)
            return None
        _log.warning("Not everything of %s was tracked; the rest is in %s.", self.label, path)
        return path

    def _send_all(self) -> None:
        if self.client is None or self.run is None:
            raise ConnectionError("the run was never opened")
        from mlflow.entities import Metric, RunTag

        while self.figures:
            batch = self.figures[:_BATCH]
            self.client.log_batch(self.run, metrics=[Metric(f.name, f.value, f.at, f.step) for f in batch])
            del self.figures[: len(batch)]
        if self.tags:
            self.client.log_batch(self.run, tags=[RunTag(name, value) for name, value in self.tags.items()])
            self.tags.clear()
        while self.artifacts:
            path, folder = self.artifacts[0]
            if not path.exists():
                _log.warning("%s is gone before %s could keep a copy of it.", path, self.label)
            elif path.is_dir():
                self.client.log_artifacts(self.run, str(path), folder)
            else:
                self.client.log_artifact(self.run, str(path), folder)
            del self.artifacts[0]

    def _put_off(self, error: Exception) -> None:
        if not self.warned:
            _log.warning("%s goes on, but is not tracked for the time being: %s", self.label, first_line(error))
            self.warned = True
        self._not_before = self.clock() + self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
