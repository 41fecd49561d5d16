"""A process for the crash tests to kill: `python -m tests.store.toy_worker FOLDER MODE COUNT`."""

import os
import sys
import time
from pathlib import Path

from pipeline.domain.decision import Decision, Route
from pipeline.domain.mail import Authentication, MailMessage, MessageRef, Outcome, OutcomeStatus
from pipeline.domain.record import RecordRef, RecordType
from pipeline.errors import Rejected
from pipeline.store.database import open_database
from pipeline.store.durable import Durable
from pipeline.store.engine import Json
from pipeline.store.migrate import upgrade
from pipeline.store.store import Store
from tests.store.conftest import TickingClock, sha

DECISION = Decision(Route.POST, "APPROVED", "All checks passed.", (), {}, "default", None)


class Toy:
    """A small bookkeeping: each number is a message with one document that is posted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        database = open_database(f"sqlite:///{folder}/bilag.db")
        upgrade(database)
        self.store = Store(database, TickingClock())
        self.engine = Durable(f"sqlite:///{folder}/engine.db", version="1", slots=4, max_recoveries=3)
        self.engine.register("book", self.book)
        self.engine.register("poison", self.poison)
        self.engine.register("refused", self.refused)

    def book(self, number: int) -> Json:
        """Take a number all the way, one store write a step."""
        step, store = self.engine.step, self.store
        key = step("message", lambda: store.record_message(*_message(number)).key)
        document_id = step(
            "document",
            lambda: store.record_document(key, path="1", file=f"{number}.pdf", sha256=sha(f"file {number}")).id,
        )
        step("decide", lambda: store.save_decision(document_id, DECISION))
        step("intend", lambda: self._intend(document_id, number))
        step("send", lambda: self._send(number))
        record = RecordRef(RecordType.BILL, str(number))
        step("sent", lambda: store.posting_done(document_id, record))
        outcome = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked.")
        step("outcome", lambda: store.set_document_outcome(document_id, outcome))
        step("message outcome", lambda: store.set_message_outcome(key, outcome))
        return document_id

    def poison(self) -> Json:
        """Take the process down."""
        self.engine.step("die", lambda: os._exit(9))

    def refused(self) -> Json:
        """Meet a refusal, die once after it was kept, and say what the replay made of it."""

        def refuse() -> None:
            self._note("refusals", "1")
            raise Rejected("The period is closed.", operator_hint="Open it.", vendor_code="E17")

        def die_once() -> None:
            if not (self.folder / "died").exists():
                self._note("died", "1")
                os._exit(9)

        try:
            self.engine.step("refuse", refuse)
        except Rejected as error:
            self.engine.step("die once", die_once)
            return [error.message, error.operator_hint, error.vendor_code]
        return None

    def _intend(self, document_id: str, number: int) -> int:
        intent = self.store.intend_posting(document_id, RecordType.BILL, party_id="1", reference=str(number))
        return intent.posting.attempts

    def _send(self, number: int) -> None:
        """Leave a trace outside every database, as a plain step does."""
        self._note("sent", str(number))

    def _note(self, name: str, line: str) -> None:
        with (self.folder / name).open("a") as file:
            file.write(f"{line}\n")


def _message(number: int) -> tuple[MessageRef, MailMessage]:
    message = MailMessage(
        sha256=sha(f"message {number}"),
        message_id=f"<{number}@toy>",
        subject=f"Invoice {number}",
        sender="billing@supplier.example",
        sender_name="",
        recipients=(),
        sent_at=None,
        in_reply_to=None,
        references=(),
        thread_id=None,
        authentication=Authentication(),
        body_text="",
        documents=(),
    )
    return MessageRef("toy", "", str(number)), message


def main(folder: Path, mode: str, count: int) -> None:
    """Ask for the work, which is there already after a crash, and do it."""
    toy = Toy(folder)
    toy.engine.start()
    for number in range(count):
        toy.engine.enqueue("book", f"book {number}", number)
    if mode != "book":
        toy.engine.enqueue(mode, mode)
    deadline = time.monotonic() + 90
    while toy.engine.drain(1.0).open and time.monotonic() < deadline:
        pass
    toy.engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
