"""Waiting for files to appear, by looking again and again."""

import time
from collections.abc import Callable


def wait_for_change(changed: Callable[[], bool], timeout: float, interval: float) -> bool:
    """Return True as soon as `changed` says so, False after `timeout` seconds; asks every `interval` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        if changed():
            return True
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            return False
        time.sleep(min(interval, remaining))
