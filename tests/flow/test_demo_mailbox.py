"""The demonstration's mailbox, without ERP server and scan: every message meets the outcome it was written for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import company_on
from pipeline.demo.mailbox.letters import Expected, Letter, letters
from pipeline.domain.record import RecordType
from pipeline.domain.vocabulary import HeaderField
from pipeline.store.records import DocumentLine
from tests.flow.office import TODAY, Office, OfficeClock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written() -> list[Letter]:
    """The mailbox but for the scan, which needs OCR; `bilag demo` itself is tested in tests/demo."""
    return [letter for letter in letters(TODAY) if not letter.name.endswith("-scan.eml")]


@pytest.fixture(scope="module")
def office(written: list[Letter], tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office"), erp=MemoryErp.of(company_on(TODAY)))
    for letter in written:
        office.deliver(letter.name, letter.content)
    assert office.work() == len(written)
    return office


def _reasons(office: Office, line: DocumentLine) -> set[str]:
    """Return the outcome's reason and the codes of all findings of the last decision."""
    decision = office.store.decision(line.id) if line.id else None
    return {line.reason or ""} | ({finding.code.value for finding in decision.findings} if decision else set())


def _unmet(office: Office, expected: Sequence[Expected], found: Sequence[DocumentLine]) -> list[str]:
    """Return what is not as expected, with the sentence that the office gave."""
    unmet = []
    for want, got in zip(expected, found, strict=True):
        said = got.outcome.message if got.outcome else "no outcome"
        if got.state.value != want.status.value or (want.reason and want.reason not in _reasons(office, got)):
            unmet.append(f"{want.status.value} {want.reason} expected, {got.state.value} {got.reason}: {said}")
    return unmet


def test_every_message_meets_its_outcome(office: Office, written: list[Letter], subtests: pytest.Subtests) -> None:
    overview = office.store.overview()
    for letter in written:
        with subtests.test(letter.name):
            key = office.message(letter.name).key
            found = [line for line in overview if line.message_key == key]
            assert len(found) == len(letter.expected), [line.outcome for line in found]
            assert _unmet(office, letter.expected, found) == []


def test_every_message_has_exactly_one_outcome(office: Office, written: list[Letter]) -> None:
    finished = [row.document for row in office.store.audit_rows() if row.event == "message_finished"]
    assert len(finished) == len(set(finished)) == len(written)
    shown = [uid for uid, _ in office.mailbox.acknowledged]
    assert len(shown) == len(set(shown)) == len(written)
    assert sum(office.store.status().messages.values()) == len(written)
    assert office.store.unfinished_messages() == ()
    assert all(line.outcome is not None for line in office.store.overview())


def test_each_record_equals_what_was_read(office: Office, subtests: pytest.Subtests) -> None:
    posted = [line for line in office.store.overview() if line.record is not None]
    assert posted
    for line in posted:
        with subtests.test(line.file):
            assert line.record is not None
            assert line.id is not None
            record, extraction = office.erp.read(line.record), office.store.extraction(line.id)
            assert extraction is not None
            assert record.key == extraction.key == line.key
            number = extraction.value(HeaderField.INVOICE_NUMBER) or extraction.value(HeaderField.ORDER_NUMBER)
            assert record.reference == number
            assert extraction.amount(HeaderField.NET_TOTAL) in (record.net_total, None)
            if record.ref.type is not RecordType.SALES_ORDER:  # what tax a customer pays is ours to say, not theirs
                assert extraction.amount(HeaderField.TAX_TOTAL) in (record.tax_total, None)
                assert extraction.amount(HeaderField.GROSS_TOTAL) in (record.gross_total, None)
            assert record.attachments == (line.file,)


def test_every_original_is_in_the_archive_and_linked(office: Office, written: list[Letter]) -> None:
    for letter in written:
        message = office.message(letter.name)
        assert office.archive.get(message.sha256) == letter.content
        events = [entry["event"] for entry in office.archive.manifest(message.sha256)]
        posted = sum(line.record is not None for line in office.documents(letter.name))
        assert events == ["received", *["posted"] * posted]
    for line in office.store.overview():
        if line.key is not None:
            assert office.archive.get(line.key.partition(":")[0])


def test_the_log_of_it_all_holds(office: Office) -> None:
    assert office.store.verify_audit() is None


def test_running_it_all_again_does_nothing_twice(written: list[Letter], tmp_path: Path) -> None:
    erp = MemoryErp.of(company_on(TODAY))
    office = Office(tmp_path, erp=erp)
    for letter in written:
        office.deliver(letter.name, letter.content)
    office.work()
    before, head, records = office.store.overview(), office.store.audit_head(), office.records()

    assert office.work() == 0
    (office.inbox / ".bilag-outcomes.jsonl").unlink()
    assert office.work() == 0, "what is finished is only acknowledged again"

    assert office.store.overview() == before
    assert office.store.audit_head() == head
    assert office.records() == records
    assert [erp.read(record).attachments for record in records] == [
        (line.file,) for line in before if line.record is not None
    ]
    assert len(office.mailbox.acknowledged) == 2 * len(written)


@pytest.mark.parametrize("today", [date(2027, 1, 12), date(2028, 3, 1)], ids=str)
def test_any_day_will_do(today: date, tmp_path: Path, subtests: pytest.Subtests) -> None:
    """Dates that read two ways, a turn of the year, a leap day: it all ends the same."""
    office = Office(tmp_path, erp=MemoryErp.of(company_on(today)), clock=OfficeClock(today))
    mailbox = [letter for letter in letters(today) if not letter.name.endswith("-scan.eml")]
    for letter in mailbox:
        office.deliver(letter.name, letter.content)
    office.work()
    overview = office.store.overview()
    for letter in mailbox:
        with subtests.test(letter.name):
            found = [line for line in overview if line.message_key == office.message(letter.name).key]
            assert _unmet(office, letter.expected, found) == []
