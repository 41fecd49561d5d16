"""Ends a worker whose supervisor was killed.

BentoML's workers go on without it: nobody restarts or stops them, and they hold the port that the next start needs.
"""

import logging
import os
import signal
import threading
import time

_log = logging.getLogger(__name__)


def end_with_parent(every: float = 1.0) -> None:
    """End this process as SIGTERM does, requests at hand answered, once the one that started it is gone."""
    threading.Thread(target=_watch, args=(os.getppid(), every), name="parent", daemon=True).start()


def _watch(parent: int, every: float) -> None:
    while os.getppid() == parent:
        time.sleep(every)
    _log.error("The process that started this worker is gone: it ends too.")
    os.kill(os.getpid(), signal.SIGTERM)
