"""Takes requests in, lets each wait for its turn and answers it."""

import logging
import threading
import traceback
from collections.abc import Awaitable
from time import perf_counter
from typing import TypeVar

from models.stages import heard_by
from pipeline.adapters.extractor.choice import VersionedExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import SourceFile
from pipeline.domain.extraction import Extraction
from pipeline.errors import BilagError
from serving.answer import Refusal, busy, unexpected
from serving.champion import Champion, current_of
from serving.gate import REQUEST_ID
from serving.meters import Meters, outcome_of, pages_of
from serving.predict import WordLimits, predict
from serving.turns import Late, Turns
from serving.understand import understand
from serving.upload import Upload
from serving.warmup import warm_up

_log = logging.getLogger(__name__)

_TRY_AGAIN = 30.0  # seconds until a warm-up that failed is repeated

_T = TypeVar("_T")


class Reception:
    """Answers requests and keeps count.

    Uploads wait for their turn among `files`, of which there is one for each reading process, documents of words beside
    them among `words`. `limits` bound a document of words.
    """

    def __init__(
        self,
        reader: FileReader,
        extractor: VersionedExtractor,
        meters: Meters,
        *,
        files: Turns,
        words: Turns,
        limits: WordLimits | None = None,
    ) -> None:
        self._reader = reader
        self._extractor = extractor
        self._limits = limits or WordLimits(pages=200)
        self._meters = meters
        self._meters.reads_with(extractor.version)
        self._files = files
        self._words = words
        self._closed = threading.Event()
        self.ready = False

    def open(self, *, ocr: bool) -> None:
        """Begin to warm up in the background; `ready` turns true once the built-in page was read.

        A model that is followed is looked after from now on.
        """
        threading.Thread(target=self._warm_up, args=(ocr,), name="warm-up", daemon=True).start()
        if isinstance(self._extractor, Champion):
            self._extractor.follow(self._meters)

    async def answer(self, upload: Upload | Refusal) -> tuple[Extraction, ...] | Refusal:
        """Return the file's documents, or why there are none."""
        started = perf_counter()
        if isinstance(upload, Refusal):
            answer: tuple[Extraction, ...] | Refusal = upload
        else:
            ignore = upload.ignore_einvoice
            answer = await self._safely(self._files.take(self._understand, upload.file, ignore_einvoice=ignore))
        seconds = perf_counter() - started
        self._meters.answered(answer, seconds)
        sent: dict[str, object] = {}
        if isinstance(upload, Upload):
            sent = {"sha256": upload.file.sha256, "bytes": len(upload.file.content)}
        _log.info("%s", _line(sent, answer, seconds))
        return answer

    async def predicted(self, body: bytes | Refusal) -> Extraction | Refusal:
        """Return the fields of the document whose words a body holds, or why there are none."""
        started = perf_counter()
        if isinstance(body, Refusal):
            answer: Extraction | Refusal = body
        else:
            answer = await self._safely(self._words.take(self._predict, body))
        seconds = perf_counter() - started
        self._meters.predicted(answer, seconds)
        sent: dict[str, object] = {}
        if not isinstance(answer, Refusal):
            sent["sha256"] = answer.sha256
        if not isinstance(body, Refusal):
            sent["words_bytes"] = len(body)
        _log.info("%s", _line(sent, answer if isinstance(answer, Refusal) else (answer,), seconds))
        return answer

    def close(self) -> None:
        """Stop the reading processes, and follow no model any more."""
        self._closed.set()
        if isinstance(self._extractor, Champion):
            self._extractor.close()
        self._reader.close()
        self._files.close()
        self._words.close()

    async def _safely(self, work: Awaitable[_T | Refusal]) -> _T | Refusal:
        """Return what the work gives, or that it had no turn in time, or that the program is at fault."""
        try:
            with heard_by(self._meters):
                return await work
        except Late:
            return busy()
        except Exception as error:  # noqa: BLE001 — the outermost boundary: one document's fault ends no other request
            # The error's own words may quote the document; its type and place do not.
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.error("request_id=%s %s at\n%s", REQUEST_ID.get(), type(error).__name__, place)
            return unexpected()

    def _understand(self, file: SourceFile, *, ignore_einvoice: bool = False) -> tuple[Extraction, ...] | Refusal:
        return understand(file, self._reader, current_of(self._extractor), ignore_einvoice=ignore_einvoice)

    def _predict(self, body: bytes) -> Extraction | Refusal:
        return predict(body, current_of(self._extractor), self._limits)

    def _warm_up(self, ocr: bool) -> None:
        while not self._closed.is_set():
            try:
                warm_up(self._understand, self._files.at_once, ocr=ocr)
            except BilagError as error:
                _log.error("The service is not ready: %s", error)
                self._closed.wait(_TRY_AGAIN)
            else:
                self.ready = True
                model = self._extractor.version
                _log.info("ready readers=%d model=%s/%s", self._files.at_once, model.name, model.version)
                return


def _line(sent: dict[str, object], answer: tuple[Extraction, ...] | Refusal, seconds: float) -> str:
    """Return what is logged of a request: nothing that a document or a file name says."""
    told: dict[str, object] = {"request_id": REQUEST_ID.get(), "outcome": outcome_of(answer), **sent}
    if isinstance(answer, Refusal):
        told |= {"status": int(answer.status), "reason": answer.reason}
    else:
        told |= {"documents": len(answer), "pages": sum(map(pages_of, answer)), "words_from": answer[0].words_from}
    return " ".join(f"{name}={value}" for name, value in (told | {"seconds": f"{seconds:.3f}"}).items())
