"""A worker does not outlive the process that started it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it is asked of /proc who lives")

_WORKER = """
import time
from serving.parent import end_with_parent
end_with_parent(0.02)
print("ready", flush=True)
time.sleep(60)
"""
_SUPERVISOR = f"""
import subprocess, sys
worker = subprocess.Popen([sys.executable, "-c", {_WORKER!r}], stdout=subprocess.PIPE)
worker.stdout.readline()
print(worker.pid, flush=True)
worker.wait()
"""


def test_a_worker_whose_supervisor_is_killed_ends() -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", _SUPERVISOR], stdout=subprocess.PIPE)
    assert supervisor.stdout is not None
    worker = int(supervisor.stdout.readline())
    time.sleep(0.1)
    assert _lives(worker), "as long as its supervisor lives"
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    deadline = time.monotonic() + 10
    while _lives(worker):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _lives(process: int) -> bool:
    """Say whether a process runs; one that ended may still be listed until somebody asks for its status."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except (ProcessLookupError, FileNotFoundError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
