"""One worker at a time: two on one queue would each take the other's running work for a dead process's."""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import ConfigurationError
from pipeline.store.database import open_database, translated


def hold_worker_lock(url: str, executor: str) -> ExitStack:
    """Take the lock that belongs to a database and an executor's name, and return what lets it go when closed.

    The lock ends with the process, however that ends. Raises ConfigurationError where another process holds it.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        # SQLite has room for one worker, whatever its name.
        return _hold_file(Path(f"{parsed.database}.lock"))
    return _hold_advisory(url, executor)


def _hold_file(path: Path) -> ExitStack:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    with ExitStack() as stack:
        stack.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(str(path.with_suffix(""))) from error
        return stack.pop_all()


def _hold_advisory(url: str, executor: str) -> ExitStack:
    with ExitStack() as stack:
        engine = open_database(url)
        stack.callback(engine.dispose)
        with translated():
            connection = stack.enter_context(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
            query = sa.text("SELECT pg_try_advisory_lock(4211971, hashtext(:executor))")
            if not connection.execute(query, {"executor": executor}).scalar_one():
                raise _taken(executor)
        return stack.pop_all()


def _taken(name: str) -> ConfigurationError:
    return ConfigurationError(
        f"Another worker is already at work on {name}.",
        operator_hint="Stop it first, or leave the work to it; asking questions beside it does no harm.",
    )
