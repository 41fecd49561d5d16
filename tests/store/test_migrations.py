"""Migrations make exactly the tables that the code knows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.errors import ConfigurationError
from pipeline.store.database import open_database
from pipeline.store.migrate import upgrade
from pipeline.store.store import Store
from pipeline.store.tables import metadata
from tests.store.conftest import TickingClock


def test_the_migrated_tables_are_those_of_the_code(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_changes_nothing(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        before = sa.inspect(connection).get_table_names()
    upgrade(engine)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == before
        assert connection.execute(sa.text("SELECT length FROM audit_head")).scalar_one() == 0


def test_what_was_recorded_before_stays(url: str) -> None:
    engine = open_database(url)
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO messages (key, sha256, mailbox, folder, uid, sender, sender_name, subject, authentication,"
                " recorded_at, status, reason, message) VALUES ('m-1', 'x', 'm', 'f', 'u', 's', 'n', 'Old', '{}',"
                " '2026-11-24 08:00:00', 'posted', 'POSTED', 'Posted.')"
            )
        )
    upgrade(engine)
    store = Store(engine, TickingClock())
    line = store.message("m-1")
    assert (line.subject, line.unopened, line.told) == ("Old", (), True)
    assert store.untold_messages() == ()
    engine.dispose()


def test_several_processes_may_upgrade_at_once(url: str) -> None:
    engines = [open_database(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))
    with engines[0].begin() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == ["0002"]
    for engine in engines:
        engine.dispose()


def test_several_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    for number in range(10):
        engines = [open_database(f"sqlite:///{tmp_path}/{number}.db") for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(_journal_mode, engines)) == ["wal"] * 8
        for engine in engines:
            engine.dispose()


def _journal_mode(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())


def test_a_path_with_a_percent_sign(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/100%25 sure.db")
    upgrade(engine)
    engine.dispose()


def test_sqlite_is_set_up_for_safety(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/bilag.db")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000, "foreign_keys": 1}


@pytest.mark.parametrize("url", ["mysql://host/x", "not a url", "sqlite+nothing:///x"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        open_database(url)
