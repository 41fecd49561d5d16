"""Memory of processes over time."""

import os
import socket
import subprocess
import sys

import pytest

pytest.importorskip("psutil", reason="comes with bilag[dev]")

from benchmarks.memory import Gauge, Sample, growth, listener, weighed


def _samples(*held: int) -> list[Sample]:
    return [Sample(number, one, 1) for number, one in enumerate(held)]


def test_growth_is_from_after_the_warm_up_to_the_end() -> None:
    flat = _samples(*range(10), *[100] * 90)  # grows fast while it warms up, and not after
    assert growth(flat) == 0
    assert growth(_samples(*[100] * 60, *[103] * 41)) == pytest.approx(0.03)
    with pytest.raises(ValueError, match="Too few"):
        growth(_samples(100))


def test_children_are_weighed_with_their_parent() -> None:
    alone = weighed(os.getpid(), 0)
    child = subprocess.Popen([sys.executable, "-c", "x = b'1' * 50_000_000; print(flush=True); input()"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    try:
        assert child.stdout is not None
        child.stdout.readline()
        both = weighed(os.getpid(), 7)
    finally:
        child.communicate(b"\n")
    assert both.requests == 7
    assert both.processes == alone.processes + 1
    assert both.bytes > alone.bytes + 40_000_000


def test_samples_keep_apart() -> None:
    gauge = Gauge(os.getpid(), every=3600)
    gauge.weigh(1)
    gauge.weigh(2)
    assert [sample.requests for sample in gauge.samples] == [1]


def test_the_process_behind_a_port_is_found() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        with pytest.raises(LookupError, match="name it with --pid"):
            listener(f"http://127.0.0.1:{port}")
        listening.listen()
        assert listener(f"http://127.0.0.1:{port}") == os.getpid()


def test_of_processes_that_share_a_port_the_topmost_is_found() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        shared = listening.fileno()
        workers = [
            subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(shared,))
            for _ in range(3)
        ]
        try:
            assert listener(f"http://127.0.0.1:{listening.getsockname()[1]}") == os.getpid()
        finally:
            for worker in workers:
                worker.communicate(b"\n")
