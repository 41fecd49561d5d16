"""A circuit breaker: a service that does not answer is left alone for a while, and then tried with one call.

    closed ─► open, after so many failures in a row ─► half-open, after the pause: one call is let through
       ▲                     ▲                                     │
       └────── it answers ───┼─────────────────────────────────────┤
                             └──────── it fails again ─────────────┘

The pattern is Nygard's (Release It!). The libraries for it were looked at and do not fit threads: pybreaker 1.4 holds
its lock while the call runs, so that calls queue up behind each other; purgatory 3.0 and circuitbreaker 2.1 have no
lock and let every call through when half-open; the first two count by the wall clock.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.errors import Unavailable

_log = logging.getLogger(__name__)


class Circuit:
    """Guards the calls to one service. Safe to share between threads, which call at the same time.

    `name` is what messages and the log call the service; `failures` in a row open the circuit; `pause` is in seconds,
    `clock` counts them and never goes back.
    """

    def __init__(
        self, name: str, *, failures: int = 5, pause: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if failures < 1:
            raise ValueError("a circuit opens after one failure or more")
        self._name = name
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._opened: float | None = None
        self._trying = False
        # Counts the openings and closings: a call that began before the last one says nothing about the state now.
        self._turn = 0

    @property
    def state(self) -> str:
        """`closed`, `open`, or `half-open` where the next call is let through, or is on its way."""
        with self._lock:
            if self._opened is None:
                return "closed"
            return "half-open" if self._trying or self._left(self._opened) <= 0 else "open"

    @contextmanager
    def call(self) -> Iterator[None]:
        """Let one call through, or raise Unavailable at once where the circuit is open.

        An `Unavailable` that leaves the block is a failure, an end without an error is an answer. Any other error, such
        as an interruption, says nothing about the service.
        """
        turn = self._enter()
        answered: bool | None = None
        try:
            yield
            answered = True
        except Unavailable:
            answered = False
            raise
        finally:
            self._leave(turn, answered=answered)

    def _enter(self) -> int:
        with self._lock:
            if self._opened is not None:
                left = self._left(self._opened)
                if self._trying or left > 0:
                    raise self._refusal(left)
                self._trying = True
                _log.info("circuit half-open", extra={"service": self._name})
            return self._turn

    def _leave(self, turn: int, *, answered: bool | None) -> None:
        with self._lock:
            if turn != self._turn:
                return
            trying, self._trying = self._trying, False
            if answered:
                self._failures = 0
                if trying:
                    self._close()
            elif answered is False:
                self._failures += 1
                if trying or self._failures >= self._most:
                    self._open()

    def _open(self) -> None:
        self._opened = self._clock()
        self._turn += 1
        told = {"service": self._name, "failures": self._failures, "pause": self._pause}
        _log.warning("circuit open", extra=told)

    def _close(self) -> None:
        self._opened = None
        self._turn += 1
        _log.info("circuit closed", extra={"service": self._name})

    def _left(self, opened: float) -> float:
        return opened + self._pause - self._clock()

    def _refusal(self, left: float) -> Unavailable:
        waiting = left > 0
        when = f"it is asked again in {left:.0f} seconds" if waiting else "one request is trying it now"
        return Unavailable(
            f"{self._name} failed {self._failures} times in a row and is not asked; {when}.",
            operator_hint="See whether it runs, and its log. Nothing is lost; it is tried again with growing pauses.",
            retry_after=left if waiting else None,
        )
