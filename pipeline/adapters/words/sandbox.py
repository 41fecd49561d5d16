"""Keeps worker processes in which untrusted files are parsed, and replaces those that die or take too long."""

import json
import logging
import os
import queue
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from pipeline import errors
from pipeline.adapters.words import refusals
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import EngineChoice
from pipeline.adapters.words.process.wire import Broken, Channel, unpack_result
from pipeline.domain.document import Document, SourceFile, Unreadable

_log = logging.getLogger(__name__)

_START = 120.0  # seconds a worker may take until it is ready; a busy machine loads slowly
# All that a worker is told of its surroundings: no secrets, only what its programs need to run.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")


class Sandbox:
    """Up to `workers` processes, started when first needed; each reads one file at a time. Threads may share it."""

    def __init__(self, engine: EngineChoice | None, limits: ReadLimits, workers: int = 1) -> None:
        self._limits = limits
        self._workers = [Worker(engine, limits) for _ in range(workers)]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def read(self, file: SourceFile) -> Document | Unreadable:
        """Read a file in a worker. Raises `ConfigurationError` or `ResourceExhausted` where no worker can start."""
        worker = self._idle.get()
        try:
            return self._read(worker, file)
        finally:
            self._idle.put(worker)

    def _read(self, worker: "Worker", file: SourceFile) -> Document | Unreadable:
        """Give a worker's death a second chance: it may have been another's fault; that of a time limit was not."""
        for _ in range(2):
            try:
                return worker.read(file)
            except TimeoutError:
                worker.stop()
                return refusals.unreadable(file, refusals.timed_out(self._limits))
            except Broken as broken:
                status = worker.stop()
                _log.warning("the reading process ended with status %s on %s: %s", status, file.sha256, broken)
                if status == -signal.SIGXCPU:
                    return refusals.unreadable(file, refusals.timed_out(self._limits))
        return refusals.unreadable(file, refusals.reader_crashed())

    def close(self) -> None:
        """Stop all workers; a file that is being read ends as one that crashed the reader."""
        for worker in self._workers:
            worker.stop()


class Worker:
    """One reading process, started when first needed."""

    def __init__(self, engine: EngineChoice | None, limits: ReadLimits) -> None:
        self._engine = engine
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None

    @property
    def pid(self) -> int | None:
        """The process's id, None before it was started and after it was stopped."""
        return self._process.pid if self._process is not None else None

    def read(self, file: SourceFile) -> Document | Unreadable:
        """Read one file. Raises TimeoutError after the time limit, `Broken` where the process died."""
        channel = self._ready()
        deadline = monotonic() + self._limits.seconds
        channel.send({"name": file.name, "media_type": file.media_type}, file.content, deadline)
        head, blob = channel.receive(deadline)
        if "error" in head:
            raise _error(head)
        return unpack_result(head, blob, file)

    def stop(self) -> int | None:
        """Kill the process and whatever it started; return the status it ended with."""
        process, self._process = self._process, None
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        if process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # let a process that is dying say why
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait()

    def _ready(self) -> Channel:
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._channel is None:
            self._channel = self._start()
        return self._channel

    def _start(self) -> Channel:
        ours, theirs = socket.socketpair()
        settings = json.dumps(
            {"engine": asdict(self._engine) if self._engine else None, "limits": asdict(self._limits)}
        )
        command = [sys.executable, "-P", "-m", "pipeline.adapters.words.process.worker", str(theirs.fileno()), settings]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr.fileno() if _has_descriptor(sys.stderr) else subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise errors.ResourceExhausted(f"No process for reading files can be started: {error}.") from error
        finally:
            theirs.close()
        channel = Channel(ours)
        try:
            head, _ = channel.receive(monotonic() + _START)
        except (Broken, TimeoutError) as error:
            channel.close()
            status = self.stop()
            raise errors.ResourceExhausted(
                f"The process for reading files does not start (status {status})."
            ) from error
        if not head.get("ready"):
            channel.close()
            self.stop()
            raise _error(head)
        return channel


def _error(head: dict[str, object]) -> errors.BilagError:
    kinds = (errors.ConfigurationError, errors.ResourceExhausted)
    kind = next((k for k in kinds if k.__name__ == head.get("error")), errors.ResourceExhausted)
    return kind(str(head.get("message")), operator_hint=str(head.get("hint")))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return kept | {"PYTHONPATH": module_path(), "OMP_THREAD_LIMIT": "1"}


def module_path() -> str:
    """Return where a child process looks for modules: as this one does, but never in the current folder.

    A file that somebody put there, such as an `html.py`, would be run. The folder of this program comes last, so that
    it is found where the current folder is a checkout of it.
    """
    here = Path.cwd()
    program = str(Path(__file__).resolve().parents[3])
    places = [place for place in sys.path if place and place != program and Path(place).absolute() != here]
    return os.pathsep.join((*places, program))


def _has_descriptor(stream: object) -> bool:
    try:
        return isinstance(stream.fileno(), int)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return False
