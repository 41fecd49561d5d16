"""The port's adapter: reads a file in a worker process that it may bring down, or in this one."""

from dataclasses import replace
from threading import Lock
from types import TracebackType

from pipeline.adapters.words import refusals
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.routes import read_file
from pipeline.adapters.words.sandbox import Sandbox
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.ingest.sniff import sniff

_ONE_AT_A_TIME = Lock()  # PDFium must not be entered by two threads of one process


class FileReader:
    """Reads e-invoices, PDFs, pictures and texts; what a file is, its content decides.

    With `sandbox`, files are parsed in `workers` separate processes under `limits`; without it, in this process, where
    only the limits on size hold. `ocr` is None where scans are not to be read. Threads may share a reader. Use it as a
    context manager, or `close` it.
    """

    def __init__(
        self,
        ocr: OcrEngine | None,
        limits: ReadLimits | None = None,
        sandbox: bool = True,
        workers: int = 1,
    ) -> None:
        self._ocr = ocr
        self._limits = limits or ReadLimits()
        choice = ocr.choice if ocr is not None else None
        self._sandbox = Sandbox(choice, self._limits, workers) if sandbox else None

    def read(self, file: SourceFile) -> Document | Unreadable:
        """Return the file's pages of words and its e-invoice; a file that cannot be read says why and what to do.

        Raises `ConfigurationError` or `ResourceExhausted` where no file at all could be read.
        """
        if not file.content:
            return refusals.unreadable(file, refusals.empty())
        if len(file.content) > self._limits.max_bytes:
            size = f"{len(file.content) / 1e6:.1f} MB"
            return refusals.unreadable(file, refusals.too_large(size, f"{self._limits.max_bytes / 1e6:g} MB"))
        sniffed = replace(file, media_type=sniff(file.content, file.name))
        if self._sandbox is not None:
            return self._sandbox.read(sniffed)
        with _ONE_AT_A_TIME:
            return read_file(sniffed, self._ocr, self._limits)

    def close(self) -> None:
        """Stop the worker processes; the reader can still be used and starts new ones."""
        if self._sandbox is not None:
            self._sandbox.close()

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
