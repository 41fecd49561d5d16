"""Opens the database: SQLite set up for safety, or PostgreSQL; translates what it raises."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event, exc

from pipeline.errors import BilagError, ConfigurationError, CorruptState, ResourceExhausted, Unavailable

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 30_000
READ_ONLY = "bilag_read_only"

_SQLITE_CODES: dict[str, type[BilagError]] = {
    "SQLITE_FULL": ResourceExhausted,
    "SQLITE_NOMEM": ResourceExhausted,
    "SQLITE_CORRUPT": CorruptState,
    "SQLITE_NOTADB": CorruptState,
    "SQLITE_BUSY": Unavailable,
    "SQLITE_LOCKED": Unavailable,
    "SQLITE_IOERR": Unavailable,
    "SQLITE_READONLY": ConfigurationError,
    "SQLITE_CANTOPEN": ConfigurationError,
    "SQLITE_PERM": ConfigurationError,
}
# SQLSTATE classes, from the PostgreSQL manual, appendix A.
_POSTGRES_CLASSES: dict[str, type[BilagError]] = {
    "53": ResourceExhausted,
    "08": Unavailable,
    "40": Unavailable,
    "55": Unavailable,
    "57": Unavailable,
    "28": ConfigurationError,
    "3D": ConfigurationError,
    "XX": CorruptState,
}


def open_database(url: str) -> sa.Engine:
    """Return an engine for `sqlite:///path` or `postgresql+psycopg://…`.

    SQLite runs in WAL mode with synchronous=FULL (a commit survives a power cut), waits for other writers and begins
    every writing transaction with the write lock, so that two writers queue instead of failing half way. Raises
    ConfigurationError for any other kind of database.
    """
    try:
        parsed = sa.make_url(url)
        kind = parsed.get_backend_name()
        if kind == "sqlite":
            engine = sa.create_engine(parsed)
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        if kind == "postgresql":
            return sa.create_engine(parsed, pool_pre_ping=True)
    except (exc.ArgumentError, exc.NoSuchModuleError, ImportError) as error:
        raise ConfigurationError("The database cannot be opened: its URL or its driver is missing.") from error
    raise ConfigurationError(
        f"Bilag keeps its tables in SQLite or PostgreSQL, not in {kind}.",
        operator_hint="Give a URL such as sqlite:///bilag.db or postgresql+psycopg://host/bilag.",
    )


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that only reads: one consistent picture, and no writer waits for it."""
    options: dict[str, Any] = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with translated(), engine.connect() as connection:
        connection = connection.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Raise the project's error for a database that is full, busy, gone, damaged or refuses."""
    try:
        yield
    except exc.DBAPIError as error:
        kind = _kind_of(error)
        if kind is None:
            raise
        raise kind(f"The database failed: {error.orig}.") from error


def _kind_of(error: exc.DBAPIError) -> type[BilagError] | None:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", None) or ""
        return next((kind for code, kind in _SQLITE_CODES.items() if name.startswith(code)), None)
    state = getattr(original, "sqlstate", None)
    if state is None:
        return Unavailable if error.connection_invalidated or isinstance(error, exc.OperationalError) else None
    return _POSTGRES_CLASSES.get(str(state)[:2])


def _set_up_sqlite(connection: sqlite3.Connection, _: "ConnectionPoolEntry") -> None:
    # The driver must not begin transactions by itself: it would begin them too late, and without the write lock.
    connection.isolation_level = None
    set_pragmas(connection, "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")


def set_pragmas(connection: sqlite3.Connection, *pragmas: str) -> None:
    """Make an SQLite connection wait for writers, switch its database to WAL, then set `pragmas`."""
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _switch_to_wal(connection, time.monotonic() + BUSY_TIMEOUT_MS / 1000)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: sqlite3.Connection, deadline: float) -> None:
    # The first switch of a new file needs it alone, and SQLite does not wait for that, whatever the busy timeout.
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _begin_sqlite(connection: sa.Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
