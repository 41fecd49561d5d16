"""Brings a database up to date with the tables this version needs."""

from pathlib import Path

import sqlalchemy as sa

from pipeline.store.database import translated


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction; several processes may call it at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with translated(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # SQLite has the write lock from the beginning of the transaction; here a lock of our own stands for it.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(4211970)"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
