"""Lets requests of one kind wait for their turn: first come, first served, a few at a time, while room and time last.

More threads at once would answer nobody sooner, as finding fields takes Python's one lock. So whoever waits does so in
the event loop, where he costs the bytes that he brought and no thread.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from statistics import median
from time import perf_counter
from typing import ParamSpec, TypeVar

from serving.answer import Refusal, busy

_SOON = 5  # seconds beyond which whoever comes again has a turn in time
_LATEST = 15  # turns whose time tells how long the next ones take

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Late(Exception):
    """No turn came in time."""


class Turns:
    """`at_once` turns at a time, each with a thread to work in.

    Requests that wait hold `most_bytes` at most between them; who would bring more is refused, and so is who is likely
    to wait longer than `wait` seconds.
    """

    def __init__(self, name: str, at_once: int, *, wait: float, most_bytes: int) -> None:
        self.at_once = at_once
        self._wait = wait
        self._most_bytes = most_bytes
        self._bytes = 0
        self._working = 0
        self._waiting = 0
        self._seconds = deque([0.0], _LATEST)
        self._free = asyncio.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)

    @property
    def idle(self) -> bool:
        """Whether nobody has a turn."""
        return not self._working

    def refuse(self, size: int) -> Refusal | None:
        """Return why a request that brings so many bytes is not let in, or None where it is."""
        # With nobody inside even the largest has its place.
        if self._bytes and self._bytes + size > self._most_bytes:
            return busy()
        ahead = self._waiting + 1 if self._free.locked() else 0
        # The median: one long document among short ones is no reason to send everybody away.
        late = ahead * median(self._seconds) / self.at_once - self._wait
        return busy(math.ceil(_SOON + late)) if late > 0 else None

    @contextmanager
    def holding(self, size: int) -> Iterator[None]:
        """Keep room for the bytes of a request until it is answered."""
        self._bytes += size
        try:
            yield
        finally:
            self._bytes -= size

    async def take(self, work: Callable[_P, _T], *given: _P.args, **named: _P.kwargs) -> _T:
        """Return what work gives, which is done in a thread and in this context. Raises `Late` after `wait` seconds."""
        await self._turn()
        self._working += 1
        began = perf_counter()
        try:
            here = partial(copy_context().run, work, *given, **named)
            return await asyncio.get_running_loop().run_in_executor(self._threads, here)
        finally:
            self._working -= 1
            self._free.release()
            self._seconds.append(perf_counter() - began)

    async def _turn(self) -> None:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise Late from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
