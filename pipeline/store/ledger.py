"""A write and its audit rows in one transaction; writers take turns, so that the chain never forks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from pipeline.ports import Clock
from pipeline.store import audit
from pipeline.store.database import translated


class Ledger:
    """One open transaction: `connection` to write with, `note` to add the audit row of what was written."""

    def __init__(self, connection: sa.Connection, now: datetime, actor: str) -> None:
        self.connection = connection
        self.now = now
        self.actor = actor
        self._last = audit.lock_head(connection)

    def note(self, event: str, document: str | None, details: Mapping[str, object]) -> None:
        """Add an audit row; it is kept if, and only if, the transaction is."""
        self._last = audit.append(
            self.connection,
            self._last,
            at=self.now,
            actor=self.actor,
            event=event,
            document=document,
            details=details,
        )


class Books:
    """Opens ledgers: the engine, the clock and the name that unattended writes are signed with."""

    def __init__(self, engine: sa.Engine, clock: Clock, actor: str) -> None:
        self.engine = engine
        self._clock = clock
        self._actor = actor

    @contextmanager
    def write(self, actor: str | None = None) -> Iterator[Ledger]:
        """Open a transaction that holds the end of the audit chain from its first statement on.

        Every writer waits here for the one before it, on SQLite for the write lock, on PostgreSQL for the row of
        the chain's head: what a writer reads inside stays true until it commits.
        """
        with translated(), self.engine.begin() as connection:
            yield Ledger(connection, self._clock.now(), actor or self._actor)
