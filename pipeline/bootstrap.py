"""The composition root: the one place where settings become adapters and everything is wired together."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from pipeline.adapters.archive import open_archive
from pipeline.adapters.erp.tryton import TrytonErp
from pipeline.adapters.extractor.choice import (
    RELEASED,
    RULES,
    VersionedExtractor,
    is_service,
    make_extractor,
    make_remote,
)
from pipeline.adapters.mailbox.folder import FolderMailbox
from pipeline.adapters.mailbox.imap import ImapMailbox
from pipeline.adapters.mailbox.maildir import MaildirMailbox
from pipeline.adapters.mailbox.mbox import MboxMailbox
from pipeline.adapters.policy_file import read_policy
from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.reader import FileReader
from pipeline.desk import Desk
from pipeline.errors import BilagError, ConfigurationError
from pipeline.flow import Flow
from pipeline.ingest.filters import Filters
from pipeline.ports import Archive, Mailbox
from pipeline.settings import (
    EngineSettings,
    FilterSettings,
    ImapMailboxSettings,
    MaildirSettings,
    ReadingSettings,
    Settings,
)
from pipeline.steps.bench import Ports
from pipeline.steps.closing import Steps
from pipeline.store.database import open_database
from pipeline.store.durable import Durable
from pipeline.store.engine import Backoff, Progress
from pipeline.store.migrate import upgrade
from pipeline.store.store import Store

_log = logging.getLogger(__name__)

_TURN_SECONDS = 5.0

ENGINE_VERSION = "1"
"""Raised when the workflow's steps change, so that no half-done message is continued by other code."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present as aware UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class Application:
    """Everything wired: start it, let it work, close it."""

    flow: Flow
    store: Store
    mailbox: Mailbox
    _engine: Durable
    _reader: FileReader
    _pace: EngineSettings
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start the engine; what a crash left unfinished goes on."""
        self.flow.register()
        self._engine.start()
        self._engine.prune(datetime.now(UTC) - timedelta(days=self._pace.keep_days))
        self.flow.resume()

    def work_once(self, progress: Callable[[Progress], None] | None = None) -> None:
        """Take in what is there and work until nothing is open."""
        self.flow.collect()
        self._engine.drain(progress=progress)
        self.flow.bury_failures()

    def work_forever(self) -> None:
        """Take in and work until `stop` is called; what may pass, such as a mailbox that is away, is waited out."""
        while not self._stopped.is_set():
            try:
                self.flow.collect()
                self.flow.bury_failures()
                self._wait_for_mail()
            except BilagError as error:
                if not error.retryable:
                    raise
                _log.warning("Waiting %g seconds: %s", self._pace.poll_seconds, error)
                self._stopped.wait(self._pace.poll_seconds)

    def _wait_for_mail(self) -> None:
        """Wait in short turns, so that `stop` is soon heard."""
        until = time.monotonic() + self._pace.poll_seconds
        while not self._stopped.is_set() and (left := until - time.monotonic()) > 0:
            if self.mailbox.wait(min(left, _TURN_SECONDS)):
                return

    def stop(self) -> None:
        """End `work_forever` after the step in hand."""
        self._stopped.set()

    def close(self) -> None:
        """Let go of everything; open work goes on at the next start."""
        self._engine.close()
        self._reader.close()
        self.mailbox.close()


def build(settings: Settings) -> Application:
    """Wire everything that `bilag run` needs."""
    store = open_store(settings)
    engine = _engine(settings)
    reader = build_reader(settings.reading)
    mailbox = _mailbox(settings)
    ports = Ports(
        mailbox=mailbox,
        archive=_archive(settings),
        reader=reader,
        extractor=build_extractor(settings),
        erp=_erp(settings),
        clock=SystemClock(),
    )
    policy, filters = read_policy(settings.path(settings.policy)), _filters(settings.filters)
    steps = Steps(ports, store, policy, filters, authserv_id=settings.filters.authserv_id)
    return Application(Flow(steps, engine), store, mailbox, engine, reader, settings.engine)


@contextmanager
def open_desk(settings: Settings, *, actor: str) -> Iterator[tuple[Desk, Store]]:
    """Wire what a person needs to act on documents, and let go of it again."""
    erp, mailbox = _erp(settings), _mailbox(settings)
    store = open_store(settings)
    try:
        yield Desk(store, mailbox, erp, actor=actor), store
    finally:
        mailbox.close()
        erp.close()


def open_store(settings: Settings) -> Store:
    """Open the store alone, brought up to date; enough to ask questions."""
    database = open_database(settings.database_url(settings.database))
    upgrade(database)
    return Store(database, SystemClock())


def build_reader(reading: ReadingSettings) -> FileReader:
    """Wire the reader of files; its worker process starts with the first file."""
    limits = ReadLimits(
        max_bytes=reading.max_megabytes * 1_000_000, max_pages=reading.max_pages, seconds=reading.seconds_per_document
    )
    return FileReader(_ocr(reading), limits)


def build_extractor(settings: Settings) -> VersionedExtractor:
    """Wire what reads the fields. Raises ConfigurationError where the model it names is not there.

    A service is not asked for before the first document, so that the pipeline starts without it.
    """
    chosen = settings.extraction
    if is_service(chosen.model):
        return make_remote(
            chosen.model,
            _revealed(chosen.service_key),
            seconds=chosen.service_seconds,
            connect_seconds=chosen.service_connect_seconds,
        )
    named = chosen.model if chosen.model in (RELEASED, RULES) else settings.path(chosen.model)
    return make_extractor(named, chosen.threads)


def _ocr(reading: ReadingSettings) -> OcrEngine | None:
    match reading.ocr:
        case "rapidocr":
            return make_engine(
                EngineChoice(EngineName.RAPID, threads=reading.ocr_threads or min(4, os.cpu_count() or 1))
            )
        case "tesseract":
            return make_engine(EngineChoice(EngineName.TESSERACT, languages=reading.tesseract_languages))
        case "none":
            return None


def _filters(settings: FilterSettings) -> Filters:
    return Filters(
        allow_senders=settings.allow_senders,
        deny_senders=settings.deny_senders,
        trusted=settings.trusted_senders,
        subject=settings.subject,
        labels=settings.labels,
        deny_labels=settings.deny_labels,
        media_types=settings.media_types,
        require_authentication=settings.require_authentication,
    )


def _engine(settings: Settings) -> Durable:
    chosen = settings.engine
    backoff = Backoff(attempts=chosen.attempts, first=chosen.first_pause, longest=chosen.longest_pause)
    url = settings.database_url(settings.engine_database)
    return Durable(url, version=ENGINE_VERSION, slots=chosen.slots, backoff=backoff)


def _mailbox(settings: Settings) -> Mailbox:
    chosen = settings.mailbox
    if isinstance(chosen, ImapMailboxSettings):
        return ImapMailbox(
            chosen.host,
            chosen.port,
            chosen.user,
            _demanded(chosen.password, "The mailbox needs a password.", "BILAG_MAILBOX__PASSWORD"),
            folders=chosen.folders,
            security=chosen.security,
            move_to=chosen.move_to,
        )
    path = settings.path(chosen.path)
    if isinstance(chosen, MaildirSettings):
        return MaildirMailbox(path, move_to=chosen.move_to)
    return MboxMailbox(path) if chosen.kind == "mbox" else FolderMailbox(path)


def _erp(settings: Settings) -> TrytonErp:
    chosen = settings.erp
    return TrytonErp(
        chosen.url,
        chosen.database,
        chosen.user,
        _demanded(chosen.password, "The ERP needs a password.", "BILAG_ERP__PASSWORD"),
        supplier_category=chosen.supplier_category,
        customer_category=chosen.customer_category,
        confirm_sales=chosen.confirm_sales,
    )


def _archive(settings: Settings) -> Archive:
    chosen = settings.archive
    location = chosen.location if "://" in chosen.location else str(settings.path(chosen.location))
    return open_archive(
        location,
        endpoint=chosen.endpoint,
        region=chosen.region,
        access_key=_revealed(chosen.access_key),
        secret_key=_revealed(chosen.secret_key),
    )


def _demanded(secret: SecretStr | None, why: str, variable: str) -> str:
    if secret is None or not secret.get_secret_value():
        raise ConfigurationError(why, operator_hint=f"Set it in the environment: export {variable}=…")
    return secret.get_secret_value()


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
