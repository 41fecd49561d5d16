"""What a service's processes hold in memory over time, and whether that grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import monotonic
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory after so many answered requests: bytes of all processes, pages they share counted once for each part
    (proportional set size), and how many processes there were."""

    requests: int
    bytes: int
    processes: int


def growth(samples: Sequence[Sample], warm_up: float = 0.1) -> float:
    """Return by which part memory grew from the first tenth after the warm-up to the last tenth; medians of each.

    `warm_up` is the part of the requests that do not count. Raises ValueError where fewer than two samples are left.
    """
    last = max((sample.requests for sample in samples), default=0)
    counting = [sample.bytes for sample in samples if sample.requests >= warm_up * last]
    if len(counting) < 2:
        raise ValueError("Too few samples to tell growth from.")
    tenth = max(1, len(counting) // 10)
    return median(counting[-tenth:]) / median(counting[:tenth]) - 1


def listener(address: str) -> int:
    """Return the id of the process that listens at an address of this machine: the topmost of those that share it.

    Raises LookupError where none is seen: the service runs elsewhere, or belongs to another user.
    """
    import psutil

    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # Of processes that share a socket, as workers do with their supervisor, this list names any one.
    found = next((one.pid for one in psutil.net_connections("tcp") if one.pid and _listens(one, port)), None)
    if found is None:
        raise LookupError(f"No process of this machine is seen to listen on port {port}; name it with --pid.")
    top = psutil.Process(found)
    while (above := top.parent()) is not None and _shares(above, port):
        top = above
    return int(top.pid)


def _listens(connection: Any, port: int) -> bool:
    import psutil

    return connection.status == psutil.CONN_LISTEN and bool(connection.laddr) and connection.laddr.port == port


def _shares(process: Any, port: int) -> bool:
    import psutil

    try:
        return any(_listens(one, port) for one in process.net_connections("tcp"))
    except psutil.AccessDenied:
        return False


class Gauge:
    """Weighs a process with all its descendants, at most every `every` seconds."""

    def __init__(self, process: int, every: float = 1.0) -> None:
        self._process, self._every = process, every
        self._weighed = float("-inf")
        self.samples: list[Sample] = []

    def weigh(self, requests: int) -> None:
        """Take a sample if the last one is old enough. Raises psutil.NoSuchProcess where the process has ended."""
        if monotonic() - self._weighed >= self._every:
            self.samples.append(weighed(self._process, requests))
            self._weighed = monotonic()


def weighed(process: int, requests: int) -> Sample:
    """Return what a process and its descendants hold; a child that ends meanwhile holds nothing.

    Where the proportional size is not told (not Linux, another user), it is the resident size.
    """
    import psutil

    top = psutil.Process(process)
    held, count = 0, 0
    for one in (top, *top.children(recursive=True)):
        try:
            held += _held(one)
            count += 1
        except psutil.NoSuchProcess:
            if one is top:
                raise
    return Sample(requests, held, count)


def _held(process: "object") -> int:
    import psutil

    assert isinstance(process, psutil.Process)
    try:
        full = process.memory_full_info()
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    return int(getattr(full, "pss", 0) or full.rss)
