"""The whole flow, killed again and again: one outcome for every message, one record for every invoice."""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.demo.company import ORDERS
from pipeline.domain.entry import BillEntry
from pipeline.domain.mail import OutcomeStatus
from tests.flow.clerk import JOURNAL, durable_office, read_journal
from tests.flow.office import Office, einvoice, invoice, mail, sender_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
EACH = 3  # invoices for each order
KILLS = 7


def deliver(folder: Path) -> dict[str, tuple[bytes, OutcomeStatus]]:
    """Fill the mailbox; return each message with the outcome that it must have."""
    expected: dict[str, tuple[bytes, OutcomeStatus]] = {}
    for order in ORDERS:
        for part in range(EACH):
            number = f"{order.number[3:]}-{part}"
            lines = tuple(replace(line, quantity=Decimal(1)) for line in invoice(order.number).lines[:1])
            file = einvoice(order.number, number, lines=lines)
            content = mail(f"Invoice {number}", file, sender=sender_of(order.number))
            expected[f"{number}.eml"] = content, OutcomeStatus.POSTED
    expected["z again.eml"] = expected["2041-0.eml"][0], OutcomeStatus.DUPLICATE
    expected["z cut.eml"] = mail("Cut", ("cut.xml", einvoice()[1][:500], "application/xml")), OutcomeStatus.DEAD_LETTER
    expected["z lunch.eml"] = mail("Lunch?"), OutcomeStatus.SKIPPED
    (folder / "inbox").mkdir()
    for name, (content, _) in expected.items():
        (folder / "inbox" / name).write_bytes(content)
    (folder / "started").touch()
    return expected


def begin(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.flow.clerk", folder], cwd=ROOT)


def booked(folder: Path) -> int:
    return sum(what == "post" for what, *_ in read_journal(folder / JOURNAL))


def kill_somewhere(folder: Path, chance: random.Random) -> None:
    """Start a clerk and kill it: while it sets up or takes in mail, or when it has booked a few more."""
    clerk = begin(folder)
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0.5, 3.0))
    else:
        goal = booked(folder) + chance.randint(1, 6)
        deadline = time.monotonic() + 60
        while booked(folder) < goal and clerk.poll() is None and time.monotonic() < deadline:
            time.sleep(0.003)
        time.sleep(chance.random() * 0.06)
    assert clerk.poll() is None, "the clerk ended before it could be killed: there is too little work"
    clerk.kill()
    clerk.wait(timeout=10)


def test_work_survives_being_killed(tmp_path: Path) -> None:
    expected = deliver(tmp_path)
    chance = random.Random(20261124)
    for _ in range(KILLS):
        kill_somewhere(tmp_path, chance)
    assert begin(tmp_path).wait(timeout=120) == 0

    office = durable_office(tmp_path)
    try:
        _check(office, expected, tmp_path)
        assert office.work() == 0, "nothing is left to do"
    finally:
        office.engine.close()


def _check(office: Office, expected: dict[str, tuple[bytes, OutcomeStatus]], folder: Path) -> None:
    finished = Counter(row.document for row in office.store.audit_rows() if row.event == "message_finished")
    for name, (content, status) in expected.items():
        message = office.message(name)
        assert message.outcome is not None, name
        assert message.outcome.status is status, (name, message.outcome)
        assert finished[message.key] == 1, name
        assert office.archive.get(message.sha256) == content
        assert office.mailbox._log.outcome(message.ref.uid) == message.outcome
    assert len(office.store.overview()) == len(expected)
    assert office.store.unfinished_messages() == ()
    assert office.engine.failed() == ()

    entries = [entry for what, *of in read_journal(folder / JOURNAL) if what == "post" for entry in of]
    numbers = Counter((e.supplier_id, e.number) for e in entries if isinstance(e, BillEntry))
    assert len(numbers) == len(ORDERS) * EACH
    assert set(numbers.values()) == {1}, "an invoice was booked twice"
    for line in office.store.overview():
        if line.record is not None:
            record = office.erp.read(line.record)
            assert (record.key, record.attachments) == (line.key, (line.file,))
            events = [
                entry["event"] for entry in office.archive.manifest(office.store.message(line.message_key).sha256)
            ]
            assert events == ["received", "posted"]
    assert office.store.verify_audit() is None
