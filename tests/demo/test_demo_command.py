"""`bilag demo` for real: a Tryton server, a mailbox, and every message at the outcome it was written for."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.erp.tryton import TrytonErp
from pipeline.demo.mailbox.letters import expected_outcomes, letters
from pipeline.demo.run import Demonstration, demonstration
from pipeline.domain.record import BookedRecord, RecordType
from pipeline.domain.vocabulary import HeaderField, LineColumn
from pipeline.ports import Erp
from pipeline.store.records import DocumentLine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "tryton"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration after its work, its Tryton still running."""
    with demonstration(tmp_path_factory.mktemp("demo") / "w", CACHE, datetime.now(UTC).date()) as demo:
        demo.application.work_once()
        yield demo


@pytest.fixture(scope="module")
def erp(demo: Demonstration) -> Iterator[Erp]:
    """The demonstration's ERP, through a connection of its own."""
    server = demo.server
    tryton = TrytonErp(server.url, server.database, server.user, server.password)
    yield tryton
    tryton.close()


def _of(demo: Demonstration, name: str) -> list[DocumentLine]:
    store = demo.application.store
    return [line for line in store.overview() if store.message(line.message_key).ref.uid.rpartition("@")[0] == name]


def test_every_message_has_exactly_one_outcome(demo: Demonstration) -> None:
    store = demo.application.store
    finished = [row.document for row in store.audit_rows() if row.event == "message_finished"]
    assert len(finished) == len(set(finished)) == demo.messages
    assert sum(store.status().messages.values()) == demo.messages
    assert store.unfinished_messages() == ()
    assert store.verify_audit() is None
    shown = (demo.workspace / "inbox" / ".bilag-outcomes.jsonl").read_text().splitlines()
    assert len({json.loads(line)["uid"] for line in shown}) == len(shown) == demo.messages


def test_every_message_meets_its_outcome(demo: Demonstration, subtests: pytest.Subtests) -> None:
    store = demo.application.store
    for letter in letters(datetime.now(UTC).date()):
        with subtests.test(letter.name):
            found = _of(demo, letter.name)
            said = [line.outcome.message for line in found if line.outcome]
            assert [line.state.value for line in found] == [expected.status.value for expected in letter.expected], said
            for line, expected in zip(found, letter.expected, strict=True):
                decision = store.decision(str(line.id)) if line.id else None
                codes = {f.code.value for f in decision.findings} if decision else set()
                assert not expected.reason or expected.reason in codes | {line.reason}, said


def test_every_record_reads_back_as_it_was_extracted(demo: Demonstration, erp: Erp, subtests: pytest.Subtests) -> None:
    posted = [line for line in demo.application.store.overview() if line.record is not None]
    assert posted
    for line in posted:
        with subtests.test(line.file):
            assert line.record is not None
            _check(demo, line, erp.read(line.record), erp)


def _check(demo: Demonstration, line: DocumentLine, record: BookedRecord, erp: Erp) -> None:
    extraction = demo.application.store.extraction(str(line.id))
    assert extraction is not None
    assert (record.key, record.cancelled) == (extraction.key, False)
    assert line.file in record.attachments
    ordered = record.ref.type is RecordType.SALES_ORDER
    number = HeaderField.ORDER_NUMBER if ordered else HeaderField.INVOICE_NUMBER
    assert record.reference == extraction.value(number)
    assert record.currency == (extraction.value(HeaderField.CURRENCY) or "EUR")
    dated = extraction.fields.get(HeaderField.ISSUE_DATE)
    if dated is not None:
        assert record.issue_date == dated.date
    if not ordered:
        assert record.net_total == abs(extraction.amount(HeaderField.NET_TOTAL) or record.net_total)
        assert record.tax_total == abs(extraction.amount(HeaderField.TAX_TOTAL) or record.tax_total)
        assert record.gross_total == abs(extraction.amount(HeaderField.GROSS_TOTAL) or 0)
        parties: Sequence[str] = [party.name for party in erp.suppliers() if party.id == record.party_id]
        seller = extraction.value(HeaderField.SELLER_NAME)
        assert seller is None or parties == [seller]
    read = [item for item in extraction.lines if LineColumn.QUANTITY in item]
    assert [booked.quantity for booked in record.lines] == [abs(item[LineColumn.QUANTITY].amount) for item in read]
    for booked, item in zip(record.lines, read, strict=True):
        if LineColumn.NET_AMOUNT in item:
            assert booked.net_amount == abs(item[LineColumn.NET_AMOUNT].amount)


def test_the_erp_has_no_other_records(demo: Demonstration, erp: Erp) -> None:
    """What was held back is not in the books, unless it repeats what is."""
    store = demo.application.store
    posted = {line.record for line in store.overview() if line.record is not None}
    for line in store.overview():
        extraction = store.extraction(line.id) if line.id else None
        number = extraction.value(HeaderField.INVOICE_NUMBER) if extraction else None
        if number is not None:
            assert {r.id for s in erp.suppliers() for r in erp.bills(s.id, number)} <= {r.id for r in posted if r}


def test_the_command_prints_what_became_of_every_message(tmp_path: Path) -> None:
    """The real command, in a process of its own, as a newcomer runs it."""
    workspace = tmp_path / "w"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from pipeline.cli import main; main()",
            "demo",
            "--json",
            "-w",
            workspace,
            "--cache",
            CACHE,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        timeout=500,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    rows: Sequence[Mapping[str, Any]] = json.loads(done.stdout)
    today = datetime.now(UTC).date()
    assert len({row["message_key"] for row in rows}) == len(letters(today))
    assert len(rows) == len(list(expected_outcomes(today)))
    assert all(row["outcome"] is not None for row in rows)
    assert "Traceback" not in done.stderr
    settings = workspace / "bilag.toml"
    assert settings.stat().st_mode & 0o777 == 0o600
    open_to_others = [path.name for path in (workspace, *workspace.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert "writing the mailbox …" in done.stderr, "without a terminal each step is a line"

    again = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "demo", "-w", workspace, "--cache", CACHE],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert again.returncode == 2, "a folder with something in it is not overwritten"
    assert "not empty" in " ".join(again.stderr.replace("│", " ").split())
