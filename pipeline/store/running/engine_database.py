"""The engine's own database, and the few questions about it that DBOS answers only at length.

The table `workflow_status` and its columns are DBOS's; the engine's tests would notice if they changed.
"""

import sqlite3
from typing import TYPE_CHECKING, TypedDict

import sqlalchemy as sa
from sqlalchemy import event

from pipeline.store.database import reading, set_pragmas

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

APPLICATION = "bilag"
_OPEN = ("ENQUEUED", "DELAYED", "PENDING")


class QueueOptions(TypedDict):
    """How a queue is registered with DBOS."""

    name: str
    worker_concurrency: int
    polling_interval_sec: float


def open_engine_database(url: str) -> sa.Engine:
    """Open the engine's own database. DBOS sets neither WAL nor synchronous; its default is ten times slower."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def count_by_status(engine: sa.Engine) -> dict[str, int]:
    """Count the workflows by DBOS's status; its public listing would load every one there ever was."""
    table = _workflow_status(engine)
    query = sa.select(table.c.status, sa.func.count()).group_by(table.c.status)
    with reading(engine) as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def open_work(engine: sa.Engine) -> frozenset[str]:
    """Return the keys of the workflows that are not at their end."""
    return _keys(engine, _OPEN)


def interrupted_work(engine: sa.Engine) -> frozenset[str]:
    """Return the keys of the workflows that ran when their process ended; none in a database that is new."""
    if not sa.inspect(engine).has_table("workflow_status", schema=_schema(engine)):
        return frozenset()
    return _keys(engine, ("PENDING",))


def narrow_queue(url: str, engine: sa.Engine, options: QueueOptions) -> None:
    """Change a queue before DBOS is launched, so that the launch finds it that way."""
    from dbos import DBOSClient

    client = DBOSClient(
        system_database_url=url,
        system_database_engine=engine if engine.dialect.name == "sqlite" else None,
        application_name=APPLICATION,
    )
    try:
        client.register_queue(**options, on_conflict="always_update")
    finally:
        client.destroy()


def _keys(engine: sa.Engine, statuses: tuple[str, ...]) -> frozenset[str]:
    table = _workflow_status(engine)
    with reading(engine) as connection:
        return frozenset(
            connection.execute(sa.select(table.c.workflow_uuid).where(table.c.status.in_(statuses))).scalars()
        )


def _workflow_status(engine: sa.Engine) -> sa.TableClause:
    return sa.table("workflow_status", sa.column("workflow_uuid"), sa.column("status"), schema=_schema(engine))


def _schema(engine: sa.Engine) -> str | None:
    return None if engine.dialect.name == "sqlite" else "dbos"


def _set_up_sqlite(connection: sqlite3.Connection, _: "ConnectionPoolEntry") -> None:
    # DBOS begins its migrations by hand and leaves the rest to the driver, which must then take the write lock.
    connection.isolation_level = "IMMEDIATE"
    set_pragmas(connection, "synchronous=FULL", "foreign_keys=ON")
