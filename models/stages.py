"""Tells whoever asks how long each stage of a reading took, and what went through the network together.

The listener is that of the thread that reads: nothing is passed down, nobody listens unless told to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Protocol


class Listener(Protocol):
    """Hears of stages that ended: `read`, `features`, `network` (waiting for it included), `decode`."""

    def stage(self, name: str, seconds: float) -> None:
        """A stage is over."""
        ...

    def call(self, windows: int, words: int, padded: int) -> None:
        """The network was called with so many windows: `words` in them, `padded` with what fills them up."""
        ...


_LISTENER: ContextVar[Listener | None] = ContextVar("stages_listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let a listener hear of the stages in this block and this thread."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Time a block; one that raises is not told of."""
    started = perf_counter()
    yield
    if (listener := _LISTENER.get()) is not None:
        listener.stage(name, perf_counter() - started)


def called(windows: int, words: int, padded: int) -> None:
    """Tell of a call of the network."""
    if (listener := _LISTENER.get()) is not None:
        listener.call(windows, words, padded)
