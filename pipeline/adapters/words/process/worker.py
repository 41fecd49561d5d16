"""The process that untrusted files are parsed in: it answers one file after the other until its parent hangs up.

Started by `sandbox` with the number of a connected socket and its settings as JSON. Before each file it bounds its own
processor time; address space and file sizes are bounded once, for it and for the programs that it starts.
"""

import json
import resource
import socket
import sys
from typing import Any

from pipeline.adapters.words import refusals
from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.process.wire import Broken, Channel, pack_result
from pipeline.adapters.words.routes import read_file
from pipeline.domain.document import SourceFile
from pipeline.errors import BilagError

_LARGEST_FILE = 2_000_000_000  # bytes that it, or a program it starts, may write to one temporary file
_GRACE = 2.0  # processor seconds allowed per second of wall clock: two threads may be busy


def main(arguments: list[str]) -> int:
    """Serve files over the inherited socket until the other side closes it; return the exit status."""
    channel = Channel(socket.socket(fileno=int(arguments[0])))
    settings = json.loads(arguments[1])
    limits = ReadLimits(**settings["limits"])
    _bound(resource.RLIMIT_AS, limits.memory)
    _bound(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    _bound(resource.RLIMIT_CORE, 0)
    try:
        engine = _engine(settings["engine"])
    except BilagError as error:
        channel.send({"ready": False, **_told(error)})
        return error.exit_code
    channel.send({"ready": True})
    try:
        while True:
            head, content = channel.receive()
            if not _answer(channel, SourceFile(head["name"], head["media_type"], content), engine, limits):
                return 0
    except Broken:
        return 0


def _answer(channel: Channel, file: SourceFile, engine: OcrEngine | None, limits: ReadLimits) -> bool:
    """Read one file and send the result; say whether this process may go on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + _GRACE * limits.seconds) + 1, hard))
    try:
        result = read_file(file, engine, limits)
    except MemoryError:
        channel.send(*pack_result(refusals.unreadable(file, refusals.out_of_memory())))
        return False
    except BilagError as error:
        channel.send(_told(error))
        return True
    channel.send(*pack_result(result))
    return True


def _told(error: BilagError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": error.message, "hint": error.operator_hint}


def _engine(choice: dict[str, Any] | None) -> OcrEngine | None:
    if choice is None:
        return None
    name, threads, languages = EngineName(choice["name"]), choice["threads"], tuple(choice["languages"])
    return make_engine(EngineChoice(name, threads, languages))


def _bound(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (limit, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
