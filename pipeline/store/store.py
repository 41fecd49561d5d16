"""The store: what Bilag remembers of messages and documents, each change in one transaction with its audit row."""

import sqlalchemy as sa

from pipeline.ports import Clock
from pipeline.store.ledger import Books
from pipeline.store.parts.deadletters import DeadLetters
from pipeline.store.parts.documents import Documents
from pipeline.store.parts.messages import Messages
from pipeline.store.parts.postings import Postings
from pipeline.store.parts.questions import Questions


class Store(Messages, Documents, Postings, DeadLetters, Questions):
    """One way to the tables for the flow, the command line and the screens.

    Saying the same thing twice changes nothing and adds no audit row, so a step that is repeated after a crash is
    harmless. Unless a method names an `actor`, its audit row is signed with that of the store. Raises
    ResourceExhausted on a full disk, Unavailable while the database is busy or gone, CorruptState where it is damaged.
    The tables must be up to date (`pipeline.store.migrate.upgrade`).
    """

    def __init__(self, engine: sa.Engine, clock: Clock, *, actor: str = "bilag") -> None:
        self._books = Books(engine, clock, actor)
