"""Dead letters that are tried again reach another outcome, once whatever stood in the way is gone."""

from pathlib import Path

import pytest

from pipeline.adapters.archive import open_archive
from pipeline.adapters.words import refusals
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.mailbox.pages import draw
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.domain.mail import OutcomeStatus
from pipeline.errors import ConfigurationError, ResourceExhausted
from pipeline.extract.extract import extract
from pipeline.ports import FieldExtractor
from pipeline.steps import reading
from tests.flow.office import TRIES, Office, einvoice, invoice, mail, states


class Squinting:
    """A reader that cannot read the named files, or fails altogether, until it is given its glasses."""

    def __init__(self, *names: str, failure: Exception | None = None) -> None:
        self._reader = FileReader(None, sandbox=False)
        self.names = set(names)
        self.failure = failure
        self.looked = 0

    def read(self, file: SourceFile) -> Document | Unreadable:
        self.looked += 1
        if file.name not in self.names:
            return self._reader.read(file)
        if self.failure is not None:
            raise self.failure
        return refusals.unreadable(file, refusals.no_words(ocr=False))


def test_a_file_that_becomes_readable_is_booked(tmp_path: Path) -> None:
    """As where OCR is set up only later: the file is then read into pages, which it had none of before."""
    reader = Squinting("scan.pdf")
    office = Office(tmp_path, reader=reader)
    paper = invoice("PO-2045", "BW-10377", style="ruled")
    office.deliver("a.eml", mail("Invoice", ("scan.pdf", draw(paper), "application/pdf")))
    office.work()
    assert states(office.documents("a.eml")) == [("dead_letter", "NO_WORDS")]

    reader.names.clear()
    office.retry_all()
    assert office.work() == 1

    unread, read = office.documents("a.eml")
    assert states([unread]) == [("skipped", "READ_LATER")]
    assert read.state.value in ("posted", "review"), "the rules may be unsure, but it was read and judged"
    assert office.store.extraction(str(read.id)) is not None
    assert office.outcome("a.eml").status.value == read.state.value
    assert office.store.dead_letters() == ()
    assert office.work() == 0


def test_a_bare_einvoice_that_becomes_readable_stays_one_document(tmp_path: Path) -> None:
    reader = Squinting("BW-10377.xml")
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()

    reader.names.clear()
    office.retry_all()
    office.work()

    assert states(office.documents("a.eml")) == [("posted", "POSTED")]
    assert office.store.dead_letters() == ()


def test_what_stays_unreadable_counts_its_tries(tmp_path: Path) -> None:
    office = Office(tmp_path, reader=Squinting("BW-10377.xml"))
    office.deliver("a.eml", mail("Invoice", einvoice()))
    for tries in (1, 2, 3):
        office.work()
        (letter,) = office.store.dead_letters()
        assert letter.attempts == tries
        office.retry_all()


def test_only_what_failed_is_worked_on_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A booked document keeps what it was booked from, even where it would be read otherwise today."""
    extracted: list[str] = []

    def noted(document: Document, extractor: FieldExtractor) -> Extraction | Unreadable:
        extracted.append(document.file)
        return extract(document, extractor)

    monkeypatch.setattr(reading, "extract", noted)
    reader = Squinting("BW-10382.xml")
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoices", einvoice(), einvoice("PO-2046", "BW-10382")))
    office.work()
    (first, second) = office.documents("a.eml")
    assert states([first, second]) == [("posted", "POSTED"), ("dead_letter", "NO_WORDS")]
    posted = len(office.store.audit_rows(document=first.id))
    assert extracted == ["BW-10377.xml"]

    reader.names.clear()
    office.retry_all()
    office.work()

    assert states(office.documents("a.eml")) == [("posted", "POSTED")] * 2
    assert len(office.store.audit_rows(document=first.id)) == posted
    assert extracted == ["BW-10377.xml", "BW-10382.xml"]
    assert len(office.records()) == 2


def test_a_full_disk_while_reading_is_waited_out(tmp_path: Path) -> None:
    """Every file is tried, the one that fails is a dead letter of its own and the others are booked."""
    reader = Squinting("BW-10382.xml", failure=ResourceExhausted("No room for pages."))
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoices", einvoice("PO-2046", "BW-10382"), einvoice()))

    office.work()

    assert reader.looked == TRIES + 1
    failed, booked = sorted(states(office.documents("a.eml")))
    assert failed == ("dead_letter", "GAVE_UP")
    assert booked == ("posted", "POSTED")
    (letter,) = office.store.dead_letters()
    assert letter.file == "BW-10382.xml"
    assert letter.message == "No room for pages. Free disk space or memory, then retry the dead letter."

    reader.names.clear()
    office.retry_all()
    office.work()
    assert states(office.documents("a.eml")) == [("posted", "POSTED")] * 2
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED


def test_a_wrong_setting_is_not_tried_again(tmp_path: Path) -> None:
    reader = Squinting("BW-10377.xml", failure=ConfigurationError("Tesseract is not installed."))
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoice", einvoice()))

    office.work()

    assert reader.looked == 1
    assert states(office.documents("a.eml")) == [("dead_letter", "GAVE_UP")]


def test_asking_twice_is_asking_once(tmp_path: Path) -> None:
    reader = Squinting("BW-10377.xml")
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoice", einvoice()))
    office.work()
    (letter,) = office.store.dead_letters()
    for _ in range(2):
        office.store.retry_dead_letter(letter.id, actor="operator")

    assert office.work() == 1
    assert office.work() == 0


def test_a_damaged_original_is_a_dead_letter_of_the_message(tmp_path: Path) -> None:
    """What was changed on the archive's disk is not read; a restored original is."""
    archive = open_archive(str(tmp_path / "archive"))
    office = Office(tmp_path, archive=archive)
    content = office.deliver("a.eml", mail("Invoice", einvoice()))
    office.flow.collect()
    sha256 = office.message("a.eml").sha256
    kept = tmp_path / "archive" / "originals" / sha256[:2] / sha256
    kept.write_bytes(b"rewritten")

    office.engine.drain()
    office.flow.bury_failures()

    outcome = office.outcome("a.eml")
    assert (outcome.status, outcome.reason) == (OutcomeStatus.DEAD_LETTER, "GAVE_UP")
    assert "no longer has that digest" in outcome.message
    assert len(office.store.dead_letters()) == 1

    kept.write_bytes(content)
    office.retry_all()
    office.work()
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.store.dead_letters() == ()


def test_two_dead_letters_of_one_message_tried_at_once(tmp_path: Path) -> None:
    reader = Squinting("BW-10377.xml", "BW-10382.xml")
    office = Office(tmp_path, reader=reader)
    office.deliver("a.eml", mail("Invoices", einvoice(), einvoice("PO-2046", "BW-10382")))
    office.work()
    assert len(office.store.dead_letters()) == 2

    reader.names.clear()
    office.retry_all()
    assert office.work() == 1, "one message is worked on once at a time"

    assert states(office.documents("a.eml")) == [("posted", "POSTED")] * 2
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert len(office.records()) == 2
