"""The audit log: append-only rows, each of which carries the hash of the one before it.

A row's hash is SHA-256 over the previous row's hash, a line feed and the canonical JSON of the row (keys sorted, no
blanks, UTF-8). So a changed, deleted, inserted or reordered row breaks the chain from there on. That the *last* rows
were cut off cannot be seen in the rows that are left; `audit_head` therefore keeps count and hash of the last row.
Triggers refuse updates and deletions of either table.

Whoever owns the database can drop the triggers, rewrite every hash and the head with them. Against that, keep a
`Checkpoint` (`head`) elsewhere from time to time, on paper or in another system, and hand it to `verify_chain`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from pipeline.errors import CorruptState
from pipeline.store.tables import audit_head, audit_log
from pipeline.store.text import storable

GENESIS = "0" * 64
_HASHED = ("sequence", "recorded_at", "actor", "event", "document", "details")
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to which document, and when; `details` is JSON. `sequence` counts from 1."""

    sequence: int
    recorded_at: datetime
    actor: str
    event: str
    document: str | None
    details: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many rows the log had and the hash of the last one; as text `count:hash`."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read `count:hash`. Raises ValueError for anything else."""
        count, _, digest = text.strip().partition(":")
        if not count.isdigit() or len(digest) != len(GENESIS) or set(digest) - set("0123456789abcdef"):
            raise ValueError(f"{text!r} is no checkpoint: it reads like 12:9f86…, a count and 64 hex digits")
        return cls(int(count), digest)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first row that is not as it was written, and what is wrong with it."""

    row: int
    why: str


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value. Raises TypeError or ValueError for what JSON cannot say."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return storable(text)


def lock_head(connection: sa.Connection) -> Checkpoint:
    """Return the end of the chain and hold it until the transaction ends: whoever appends next waits here."""
    row = connection.execute(sa.select(audit_head).where(audit_head.c.id == 1).with_for_update()).one_or_none()
    if row is None:
        raise CorruptState("The audit log has lost its head.")
    return Checkpoint(row.length, row.hash)


def append(
    connection: sa.Connection,
    last: Checkpoint,
    *,
    at: datetime,
    actor: str,
    event: str,
    document: str | None,
    details: Mapping[str, object],
) -> Checkpoint:
    """Add a row after `last`, which `lock_head` gave in the same transaction, and return the new end."""
    row = {
        "sequence": last.count + 1,
        "recorded_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": storable(actor),
        "event": storable(event),
        "document": storable(document) if document is not None else None,
        "details": canonical_json(details),
    }
    digest = _hash(last.hash, row)
    connection.execute(sa.insert(audit_log).values(**row, previous_hash=last.hash, hash=digest))
    connection.execute(sa.update(audit_head).where(audit_head.c.id == 1).values(length=row["sequence"], hash=digest))
    return Checkpoint(last.count + 1, digest)


def head(connection: sa.Connection) -> Checkpoint:
    """Return the end of the chain, to be kept elsewhere. Raises CorruptState where the head is missing."""
    row = connection.execute(sa.select(audit_head).where(audit_head.c.id == 1)).one_or_none()
    if row is None:
        raise CorruptState("The audit log has lost its head.")
    return Checkpoint(row.length, row.hash)


def verify_chain(connection: sa.Connection, checkpoint: Checkpoint | None = None) -> BrokenLink | None:
    """Recompute every hash and return the first row that is wrong, or None where the log is as it was written.

    With a `checkpoint` kept elsewhere, also say whether the log still contains what it had then.
    """
    last = Checkpoint(0, GENESIS)
    for row in _rows(connection):
        if checkpoint is not None and last.count == checkpoint.count and last.hash != checkpoint.hash:
            break
        wrong = _wrong_with(row, last)
        if wrong is not None:
            return wrong
        last = Checkpoint(row.sequence, row.hash)
    return _wrong_with_checkpoint(last, checkpoint) or _wrong_with_head(connection, last)


def _wrong_with(row: sa.Row[*tuple[Any, ...]], last: Checkpoint) -> BrokenLink | None:
    expected = last.count + 1
    if row.sequence < expected:
        return BrokenLink(row.sequence, "stands before the first row: inserted")
    if row.sequence > expected:
        missing = "row" if row.sequence == expected + 1 else "rows"
        until = "" if row.sequence == expected + 1 else f" to {row.sequence - 1}"
        return BrokenLink(expected, f"{missing} {expected}{until} missing: deleted after being written")
    if row.previous_hash != last.hash:
        return BrokenLink(row.sequence, "does not follow the row before it: inserted, reordered or replaced")
    written = {name: getattr(row, name) for name in _HASHED}
    if _hash(last.hash, written) != row.hash:
        return BrokenLink(row.sequence, "its content no longer has its hash: changed after being written")
    return None


def _wrong_with_checkpoint(last: Checkpoint, checkpoint: Checkpoint | None) -> BrokenLink | None:
    """Judge the chain at the checkpoint's row, or at its end where it ends before that row."""
    if checkpoint is None or last.count > checkpoint.count:
        return None
    if last.count < checkpoint.count:
        return BrokenLink(last.count + 1, f"the log ends before row {checkpoint.count} of the checkpoint: cut off")
    if last.hash != checkpoint.hash:
        return BrokenLink(checkpoint.count, "has another hash than the checkpoint: the log was rewritten up to here")
    return None


def _wrong_with_head(connection: sa.Connection, last: Checkpoint) -> BrokenLink | None:
    kept = connection.execute(sa.select(audit_head).where(audit_head.c.id == 1)).one_or_none()
    if kept is None:
        return BrokenLink(last.count + 1, "the record of the log's end is missing")
    if kept.length > last.count:
        return BrokenLink(last.count + 1, f"the log ends before row {kept.length}, which was its last: cut off")
    if (kept.length, kept.hash) != (last.count, last.hash):
        return BrokenLink(last.count, "the recorded end of the log does not agree with this row")
    return None


def _rows(connection: sa.Connection) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """Yield the log in order, in pages, so that a log of any length fits in memory."""
    after = None
    while True:
        query = sa.select(audit_log).order_by(audit_log.c.sequence).limit(_PAGE)
        page = connection.execute(query if after is None else query.where(audit_log.c.sequence > after)).all()
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].sequence


def _hash(previous: str, row: Mapping[str, object]) -> str:
    return hashlib.sha256(f"{previous}\n{canonical_json(row)}".encode()).hexdigest()
