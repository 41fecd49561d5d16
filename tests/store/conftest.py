"""A store on SQLite and on PostgreSQL, a clock that ticks, and what the tests record."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.domain.decision import Decision, Route
from pipeline.domain.document import Box, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.mail import Authentication, AuthenticationVerdict, MailMessage, MessageRef
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.store.database import open_database
from pipeline.store.migrate import upgrade
from pipeline.store.store import Store
from tests.servers.postgres import fresh_database, running_postgres

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class TickingClock:
    """Each look at it is one second later."""

    def __init__(self) -> None:
        self._looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return BEGIN + timedelta(seconds=self._looks)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bilag.db"
    return fresh_database(request.getfixturevalue("postgres"))


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    opened = open_database(url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: sa.Engine) -> Store:
    return Store(engine, TickingClock())


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def a_message() -> Callable[..., tuple[MessageRef, MailMessage]]:
    """Makes a message that lies at a place of its own, unless told otherwise."""

    def make(
        uid: str = "1", content: str | None = None, message_id: str | None = None, subject: str = "Invoice"
    ) -> tuple[MessageRef, MailMessage]:
        message = MailMessage(
            sha256=sha(content if content is not None else f"message {uid}"),
            message_id=message_id,
            subject=subject,
            sender="billing@supplier.example",
            sender_name="Supplier",
            recipients=("ap@company.example",),
            sent_at=BEGIN,
            in_reply_to=None,
            references=(),
            thread_id="t1",
            authentication=Authentication(spf=AuthenticationVerdict.PASS),
            body_text="",
            documents=(),
        )
        return MessageRef("inbox", "INBOX", uid), message

    return make


@pytest.fixture
def an_extraction() -> Callable[..., Extraction]:
    def make(sha256: str = sha("file"), number: str = "471102", version: str = "1") -> Extraction:
        field = Field(number, f"Nr. {number}", 0.98, Source.RULE, 1, Box(0.1, 0.2, 0.2, 0.22))
        return Extraction(
            file="a.pdf",
            sha256=sha256,
            pages=1,
            words_from=WordsFrom.TEXT_LAYER,
            kind=KindGuess(Kind.INVOICE, 0.99),
            model=ModelVersion("bilag-rules", version),
            fields={HeaderField.INVOICE_NUMBER: field},
        )

    return make


@pytest.fixture
def a_decision() -> Callable[..., Decision]:
    def make(route: Route = Route.REVIEW, reason: str = "PO_NOT_FOUND") -> Decision:
        findings = (
            Finding(ReasonCode.PO_NOT_FOUND, Severity.BLOCK, "No such order.", ("purchase_order_reference",)),
            Finding(ReasonCode.SUPPLIER_MATCHED, Severity.INFO, "By its VAT id."),
        )
        return Decision(
            route=route,
            reason=reason,
            message="There is no such order.",
            findings=findings,
            limits={"minimum_confidence": "0.80"},
            policy="default",
            model=ModelVersion("bilag-rules", "1"),
            confidence=0.91,
        )

    return make
