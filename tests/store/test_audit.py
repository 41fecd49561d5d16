"""The audit chain: what it notices, what triggers refuse, and that writers never fork it."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.store import audit
from pipeline.store.audit import GENESIS, BrokenLink, Checkpoint
from pipeline.store.store import Store
from pipeline.store.tables import audit_head, audit_log

ROWS = 8


@pytest.fixture
def written(store: Store) -> Store:
    for number in range(1, ROWS + 1):
        store.audit("tested", f"doc-{number}", {"number": number, "text": "æøå"}, actor="tester")
    return store


@pytest.fixture
def unguarded(engine: sa.Engine) -> Callable[..., None]:
    """Runs statements as somebody would who owns the database and first dropped the triggers."""

    def run(*statements: str) -> None:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                names = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type='trigger'")).scalars()
                for name in names.all():
                    connection.execute(sa.text(f"DROP TRIGGER {name}"))
            else:
                connection.execute(sa.text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
                connection.execute(sa.text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
            for statement in statements:
                connection.execute(sa.text(statement))

    return run


def test_an_untouched_log_is_whole(written: Store) -> None:
    assert written.verify_audit() is None
    assert written.verify_audit(written.audit_head()) is None
    assert [row.sequence for row in written.audit_rows()] == list(range(1, ROWS + 1))
    assert written.audit_rows(limit=2)[0].details == {"number": ROWS - 1, "text": "æøå"}
    assert written.audit_rows("doc-3")[0].actor == "tester"


def test_an_empty_log_is_whole(store: Store) -> None:
    assert store.verify_audit() is None
    assert store.audit_head() == Checkpoint(0, GENESIS)


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'somebody else'",
        "event = 'other'",
        "document = 'doc-9'",
        "document = NULL",
        "details = '{}'",
        "recorded_at = '2020-01-01T00:00:00.000000+00:00'",
        f"hash = '{'0' * 64}'",
    ],
)
def test_a_changed_row_is_named(written: Store, unguarded: Callable[..., None], change: str) -> None:
    unguarded(f"UPDATE audit_log SET {change} WHERE sequence = 4")

    found = written.verify_audit()

    assert found is not None
    assert found.row == 4


def test_a_row_deleted_in_the_middle_is_named(written: Store, unguarded: Callable[..., None]) -> None:
    unguarded("DELETE FROM audit_log WHERE sequence IN (4, 5)")
    assert written.verify_audit() == BrokenLink(4, "rows 4 to 5 missing: deleted after being written")


def test_a_deletion_that_was_renumbered_is_named(written: Store, unguarded: Callable[..., None]) -> None:
    moves = [f"UPDATE audit_log SET sequence = {n - 1} WHERE sequence = {n}" for n in range(5, ROWS + 1)]
    unguarded("DELETE FROM audit_log WHERE sequence = 4", *moves)

    found = written.verify_audit()

    assert found is not None
    assert (found.row, found.why[:15]) == (4, "does not follow")


def test_two_rows_exchanged_are_named(written: Store, unguarded: Callable[..., None]) -> None:
    unguarded(
        "UPDATE audit_log SET sequence = 99 WHERE sequence = 3",
        "UPDATE audit_log SET sequence = 3 WHERE sequence = 4",
        "UPDATE audit_log SET sequence = 4 WHERE sequence = 99",
    )
    found = written.verify_audit()
    assert found is not None
    assert found.row == 3


def test_an_inserted_row_is_named(written: Store, unguarded: Callable[..., None]) -> None:
    columns = "sequence, recorded_at, actor, event, document, details, previous_hash, hash"
    unguarded(f"INSERT INTO audit_log ({columns}) VALUES (0, 'x', 'x', 'x', NULL, '{{}}', 'x', 'x')")
    found = written.verify_audit()
    assert found is not None
    assert found.row == 0


def test_rows_cut_off_at_the_end_are_noticed(written: Store, unguarded: Callable[..., None]) -> None:
    unguarded(f"DELETE FROM audit_log WHERE sequence > {ROWS - 2}")
    found = written.verify_audit()
    assert found is not None
    assert (found.row, found.why) == (ROWS - 1, f"the log ends before row {ROWS}, which was its last: cut off")


def test_an_emptied_log_is_noticed(written: Store, unguarded: Callable[..., None]) -> None:
    unguarded("DELETE FROM audit_log")
    found = written.verify_audit()
    assert found is not None
    assert found.row == 1


def test_cutting_off_with_the_head_needs_the_checkpoint(written: Store, unguarded: Callable[..., None]) -> None:
    kept = written.audit_head()
    last = written.audit_rows()[ROWS - 3]
    unguarded(
        f"DELETE FROM audit_log WHERE sequence > {last.sequence}",
        f"UPDATE audit_head SET length = {last.sequence}, hash = '{last.hash}'",
    )

    assert written.verify_audit() is None, "nothing inside the database can tell this"
    found = written.verify_audit(kept)
    assert found is not None
    assert found.row == ROWS - 1


def test_a_log_rewritten_as_a_whole_needs_the_checkpoint(
    written: Store, engine: sa.Engine, unguarded: Callable[..., None]
) -> None:
    kept = written.audit_head()
    rows = written.audit_rows()
    unguarded("DELETE FROM audit_log", f"UPDATE audit_head SET length = 0, hash = '{GENESIS}'")
    for row in rows:
        details = {"number": 0} if row.sequence == 4 else dict(row.details)
        written.audit(row.event, row.document, details, actor=row.actor)

    assert written.verify_audit() is None, "nothing inside the database can tell this"
    found = written.verify_audit(kept)
    assert found is not None
    assert found.row == ROWS


def test_a_checkpoint_of_the_past_still_holds(written: Store) -> None:
    kept = written.audit_head()
    written.audit("tested")
    assert written.verify_audit(Checkpoint.parse(str(kept))) is None
    assert written.verify_audit(Checkpoint(kept.count, "f" * 64)) is not None


@pytest.mark.parametrize("text", ["", "12", "x:" + "0" * 64, "12:xyz", "12:" + "G" * 64, "-1:" + "0" * 64])
def test_a_checkpoint_must_read_like_one(text: str) -> None:
    with pytest.raises(ValueError, match="no checkpoint"):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET actor = 'x' WHERE sequence = 2",
        "DELETE FROM audit_log WHERE sequence = 2",
        "DELETE FROM audit_log",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET length = 1",
        f"UPDATE audit_head SET length = length + 1, hash = '{'1' * 64}'",
        f"INSERT INTO audit_head (id, length, hash) VALUES (2, 0, '{GENESIS}')",
        (
            "INSERT INTO audit_log (sequence, recorded_at, actor, event, details, previous_hash, hash)"
            " VALUES (99, 'x', 'x', 'x', '{}', 'x', 'x')"
        ),
    ],
)
def test_the_database_refuses_to_change_the_log(written: Store, engine: sa.Engine, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="audit"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert written.verify_audit() is None


def test_the_database_refuses_to_replace_or_truncate(written: Store, engine: sa.Engine) -> None:
    replace = (
        "INSERT OR REPLACE INTO audit_log (sequence, recorded_at, actor, event, details, previous_hash, hash)"
        f" VALUES (2, 'x', 'x', 'x', '{{}}', '{'1' * 64}', 'x')"
    )
    statement = replace if engine.dialect.name == "sqlite" else "TRUNCATE audit_log"
    with pytest.raises(sa.exc.DBAPIError, match="audit"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert written.verify_audit() is None


def test_a_transaction_that_fails_leaves_no_row(store: Store, engine: sa.Engine) -> None:
    def fail_after_the_note() -> None:
        with store._books.write() as ledger:
            ledger.note("tested", None, {})
            raise RuntimeError("after the note")

    with pytest.raises(RuntimeError):
        fail_after_the_note()
    store.audit("tested")
    assert store.audit_head().count == 1
    assert store.verify_audit() is None


def test_threads_do_not_fork_the_chain(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.audit("tested", None, {"n": n}), range(80)))

    assert store.verify_audit() is None
    assert sorted(int(str(row.details["n"])) for row in store.audit_rows()) == list(range(80))


_WRITER = """
import sys
from pipeline.store.database import open_database
from pipeline.store.store import Store
from tests.store.conftest import TickingClock
store = Store(open_database(sys.argv[1]), TickingClock(), actor=sys.argv[2])
for number in range(25):
    store.audit("tested", None, {"n": number})
"""


def test_processes_do_not_fork_the_chain(url: str, store: Store) -> None:
    root = Path(__file__).resolve().parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, url, f"w{n}"], cwd=root) for n in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert store.audit_head().count == 75
    assert store.verify_audit() is None


@given(details=st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()), actor=st.text())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_noted_verifies(store: Store, details: dict[str, object], actor: str) -> None:
    store.audit("tested", "\ud800 and \0", details, actor=actor or "x")
    assert store.verify_audit() is None


def test_a_long_log_is_read_in_pages(written: Store, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_PAGE", 3)
    assert written.verify_audit() is None
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(audit_log)).scalar_one() == ROWS
        assert connection.execute(sa.select(audit_head.c.length)).scalar_one() == ROWS
