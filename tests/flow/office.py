"""A whole office for the tests of the flow: the real steps, store, reader and mailbox, with the books in memory."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from pipeline.adapters.archive import open_archive
from pipeline.adapters.erp.memory import MemoryErp
from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.mailbox.folder import FolderMailbox
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.company import COMPANY
from pipeline.demo.mailbox import einvoices
from pipeline.demo.mailbox.papers import Paper, bill_for
from pipeline.domain.mail import MessageRef, Outcome
from pipeline.domain.policy import Policy
from pipeline.domain.record import RecordRef
from pipeline.errors import PortError
from pipeline.flow import Flow
from pipeline.ingest.filters import Filters
from pipeline.ports import Archive, Clock, Erp, FieldExtractor, WordReader
from pipeline.steps.bench import Ports
from pipeline.steps.closing import Steps
from pipeline.store.database import open_database
from pipeline.store.engine import Backoff, Engine
from pipeline.store.inline import InlineEngine
from pipeline.store.migrate import upgrade
from pipeline.store.records import DocumentLine, MessageLine
from pipeline.store.store import Store

TODAY = date(2026, 11, 24)
BILLING = "Brightwater Supplies Ltd <billing@brightwater.example>"
TRIES = 3


class OfficeClock:
    """A morning on which every look at the clock is one second later, so that what came first is known."""

    def __init__(self, today: date = TODAY) -> None:
        self._morning = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
        self._looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return self._morning + timedelta(seconds=self._looks)


class FussyMailbox(FolderMailbox):
    """A folder whose next acknowledgements fail as planned."""

    def __init__(self, path: Path, *faults: PortError) -> None:
        super().__init__(path)
        self.faults = list(faults)
        self.acknowledged: list[tuple[str, Outcome]] = []

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        if self.faults:
            raise self.faults.pop(0)
        super().acknowledge(ref, outcome)
        self.acknowledged.append((ref.uid, outcome))


class Office:
    """Everything wired as the composition root does, with what a test wants to be different."""

    def __init__(
        self,
        folder: Path,
        *,
        erp: Erp | None = None,
        reader: WordReader | None = None,
        archive: Archive | None = None,
        engine: Engine | None = None,
        filters: Filters | None = None,
        extractor: FieldExtractor | None = None,
        mailbox: type["FussyMailbox"] = FussyMailbox,
        clock: Clock | None = None,
    ) -> None:
        inbox = folder / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        self.inbox = inbox
        self.mailbox = mailbox(inbox)
        self.archive = archive or open_archive("memory://")
        self.erp: Erp = erp or MemoryErp.of(COMPANY)
        database = open_database(f"sqlite:///{folder}/bilag.db")
        upgrade(database)
        clock = clock or OfficeClock()
        self.store = Store(database, clock)
        ports = Ports(
            mailbox=self.mailbox,
            archive=self.archive,
            reader=reader or FileReader(None, sandbox=False),
            extractor=extractor or RuleExtractor(),
            erp=self.erp,
            clock=clock,
        )
        self.steps = Steps(ports, self.store, Policy(), filters or Filters())
        self.engine = engine or InlineEngine(backoff=Backoff(attempts=TRIES))
        self.flow = Flow(self.steps, self.engine)
        self.flow.register()
        self.engine.start()

    def deliver(self, name: str, content: bytes) -> bytes:
        """Put a message into the mailbox."""
        (self.inbox / name).write_bytes(content)
        return content

    def work(self) -> int:
        """Take in what is there and work until nothing is open; return how much was queued."""
        queued = self.flow.collect()
        self.engine.drain()
        self.flow.bury_failures()
        return queued

    def message(self, name: str) -> MessageLine:
        """Return the message that lies under a file name."""
        found = {line.message_key for line in self.store.overview()}
        (line,) = [m for m in map(self.store.message, found) if m.ref.uid.rpartition("@")[0] == name]
        return line

    def documents(self, name: str) -> tuple[DocumentLine, ...]:
        """Return what became of the documents of a message."""
        return self.store.documents_of(self.message(name).key)

    def outcome(self, name: str) -> Outcome:
        """Return the one outcome of a message."""
        outcome = self.message(name).outcome
        assert outcome is not None, f"{name} has no outcome"
        return outcome

    def records(self) -> list[RecordRef]:
        """Return every ERP record that the store knows of."""
        return [line.record for line in self.store.overview() if line.record is not None]

    def retry_all(self) -> None:
        """Ask for another try of every dead letter."""
        for letter in self.store.dead_letters():
            self.store.retry_dead_letter(letter.id, actor="operator")


def mail(
    subject: str, *files: tuple[str, bytes, str], sender: str = BILLING, text: str = "Please find it attached.\n"
) -> bytes:
    """Return a message with attachments, each a name, its bytes and the media type that the sender claims."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "bilag@nordlys-kontor.example", subject
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
    message["Message-ID"] = f"<{hashlib.sha256(subject.encode()).hexdigest()[:20]}@brightwater.example>"
    message.set_content(text)
    for name, content, media_type in files:
        maintype, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


def invoice(order: str = "PO-2045", number: str = "BW-10377", **changes: object) -> Paper:
    """Return an invoice that matches one of the company's orders."""
    return replace(bill_for(order, number, TODAY - timedelta(days=12)), **changes)  # type: ignore[arg-type]


def einvoice(order: str = "PO-2045", number: str = "BW-10377", **changes: object) -> tuple[str, bytes, str]:
    """Return that invoice as an attachment: Peppol UBL, which is read natively."""
    return f"{number}.xml", einvoices.peppol_ubl(invoice(order, number, **changes)), "application/xml"


def sender_of(order: str) -> str:
    """Return whom the invoice for an order comes from."""
    seller = invoice(order).seller
    return f"{seller.name} <{seller.email}>"


def states(lines: Sequence[DocumentLine]) -> list[tuple[str, str]]:
    """Return state and reason of each document."""
    return [(line.state.value, line.reason or "") for line in lines]
