"""Takes uploads in, lets each wait for its turn and answers it."""

import asyncio
import logging
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import BilagError
from pipeline.ports import FieldExtractor
from serving.answer import Refusal, busy, unexpected
from serving.gate import REQUEST_ID
from serving.meters import Meters, outcome_of, pages_of
from serving.understand import understand
from serving.upload import Upload
from serving.warmup import warm_up

_log = logging.getLogger(__name__)

_TRY_AGAIN = 30.0  # seconds until a warm-up that failed is repeated


class Reception:
    """Reads uploads, `readers` at a time, and keeps count; an upload waits at most `wait` seconds for its turn."""

    def __init__(
        self,
        reader: FileReader,
        extractor: FieldExtractor,
        meters: Meters,
        model: ModelVersion,
        *,
        readers: int,
        wait: float,
    ) -> None:
        self._reader = reader
        self._understand = partial(understand, reader=reader, extractor=extractor)
        self._meters = meters
        self._model = model
        self._readers = readers
        self._wait = wait
        self._turns = asyncio.Semaphore(readers)
        self._threads = ThreadPoolExecutor(readers, thread_name_prefix="understand")
        self._closed = threading.Event()
        self.ready = False

    def open(self, *, ocr: bool) -> None:
        """Begin to warm up in the background; `ready` turns true once the built-in page was read."""
        threading.Thread(target=self._warm_up, args=(ocr,), name="warm-up", daemon=True).start()

    async def answer(self, upload: Upload | Refusal) -> tuple[Extraction, ...] | Refusal:
        """Return the file's documents, or why there are none."""
        started = perf_counter()
        try:
            answer = upload if isinstance(upload, Refusal) else await self._in_turn(upload)
        except Exception as error:  # noqa: BLE001 — the outermost boundary: one document's fault ends no other request
            # The error's own words may quote the document; its type and place do not.
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.error("request_id=%s %s at\n%s", REQUEST_ID.get(), type(error).__name__, place)
            answer = unexpected()
        seconds = perf_counter() - started
        self._meters.answered(answer, seconds)
        _log.info("%s", _line(upload, answer, seconds))
        return answer

    def close(self) -> None:
        """Stop the reading processes."""
        self._closed.set()
        self._reader.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_turn(self, upload: Upload) -> tuple[Extraction, ...] | Refusal:
        try:
            async with asyncio.timeout(self._wait):
                await self._turns.acquire()
        except TimeoutError:
            return busy()
        try:
            read = partial(self._understand, upload.file, ignore_einvoice=upload.ignore_einvoice)
            return await asyncio.get_running_loop().run_in_executor(self._threads, read)
        finally:
            self._turns.release()

    def _warm_up(self, ocr: bool) -> None:
        while not self._closed.is_set():
            try:
                warm_up(self._understand, self._readers, ocr=ocr)
            except BilagError as error:
                _log.error("The service is not ready: %s", error)
                self._closed.wait(_TRY_AGAIN)
            else:
                self.ready = True
                _log.info("ready readers=%d model=%s/%s", self._readers, self._model.name, self._model.version)
                return


def _line(upload: Upload | Refusal, answer: tuple[Extraction, ...] | Refusal, seconds: float) -> str:
    """Return what is logged of a request: nothing that a document or a file name says."""
    told: dict[str, object] = {"request_id": REQUEST_ID.get(), "outcome": outcome_of(answer)}
    if isinstance(upload, Upload):
        told |= {"sha256": upload.file.sha256, "bytes": len(upload.file.content)}
    if isinstance(answer, Refusal):
        told |= {"status": int(answer.status), "reason": answer.reason}
    else:
        told |= {"documents": len(answer), "pages": sum(map(pages_of, answer)), "words_from": answer[0].words_from}
    return " ".join(f"{name}={value}" for name, value in (told | {"seconds": f"{seconds:.3f}"}).items())
