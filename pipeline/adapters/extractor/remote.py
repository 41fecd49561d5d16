"""The extractor that has documents read by the extraction service: `POST …/predict`, words out, fields back.

A prediction changes nothing, so it may be asked for again whenever no answer came. That is done here a few times and
at once, for a connection that broke or a service that restarts; longer absences are the flow's to wait out.
"""

import json
import logging
import time
from collections.abc import Callable, Sequence

import httpx

from pipeline.adapters.extractor.circuit import Circuit
from pipeline.adapters.extractor.failures import NoAnswer, mistaken, no_answer, refusal, trouble, unreadable
from pipeline.adapters.extractor.words import to_words
from pipeline.domain.contract import from_json
from pipeline.domain.document import Document, Page, QualityBand, TextQuality, WordsFrom
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import ConfigurationError

_log = logging.getLogger(__name__)

PAUSES = (0.2, 1.0)
"""Seconds before the second and the third try."""

_LONGEST_PAUSE = 2.0  # what the service asks to wait for beyond this is left to the flow
_WHERE = "Give extraction.model as http://HOST:PORT or https://HOST, as the extraction service is reached."


class RemoteExtractor:
    """Reads fields with the service at `url`; implements `pipeline.ports.FieldExtractor`. Threads may share it.

    `key` is the bearer key that the service asks for, if it does. `seconds` is how long it may be silent over a
    request, `connect_seconds` how long a connection may take. `pauses` (seconds) lie between tries; connections that
    fail, time-outs and server errors open the `circuit`. Nothing is asked before the first document. Raises
    ConfigurationError for an address or a key that no request can carry.
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        seconds: float = 60.0,
        connect_seconds: float = 5.0,
        pauses: Sequence[float] = PAUSES,
        circuit: Circuit | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = _address(url)
        self._seconds = seconds
        self._pauses = tuple(pauses)
        self._circuit = circuit or Circuit("The extraction service")
        self._sleep = sleep
        self._version: ModelVersion | None = None
        headers = {"User-Agent": "bilag", "Content-Type": "application/json", "Accept": "application/json"}
        if (sendable := _sendable(key)) is not None:
            headers["Authorization"] = f"Bearer {sendable}"
        self._client = httpx.Client(
            timeout=httpx.Timeout(seconds, connect=connect_seconds),
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=30.0),
            headers=headers,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    @property
    def version(self) -> ModelVersion:
        """The model that the service answered with last; before any answer, what it says of an empty page."""
        return self._version or self.extract(_empty_page()).model

    def extract(self, document: Document) -> Extraction:
        """Return every field of the document, as the service reads it.

        Raises Unavailable where no answer came, AuthenticationFailed where the key is refused, and Rejected where the
        service does not take the document or what it answers is not its extraction.
        """
        # ASCII, because names of files may hold halves of surrogate pairs, which UTF-8 has no bytes for.
        body = json.dumps(to_words(document), separators=(",", ":")).encode("ascii")
        try:
            answer = self._ask(body)
        except NoAnswer as error:
            raise error.plain() from error
        extraction = self._read(answer)
        if (extraction.key, extraction.file) != (document.key, document.file):
            raise mistaken(document.key, extraction.key)
        self._version = extraction.model
        return extraction

    def _ask(self, body: bytes) -> httpx.Response:
        """Return the answer to a request, made again after each pause where that is likely to help."""
        for pause in self._pauses:
            try:
                return self._ask_once(body)
            except NoAnswer as error:
                wait = max(pause, error.retry_after or 0.0)
                if not error.soon or wait > _LONGEST_PAUSE:
                    raise
                _log.info("service asked again", extra={"service": self.url, "pause": wait, "why": error.message})
            self._sleep(wait)
        return self._ask_once(body)

    def _ask_once(self, body: bytes) -> httpx.Response:
        with self._circuit.call():
            answer = self._send(body)
            if (failure := trouble(answer)) is not None:
                raise failure
        if answer.status_code != httpx.codes.OK:
            raise refusal(answer)
        return answer

    def _send(self, body: bytes) -> httpx.Response:
        started = time.perf_counter()
        try:
            answer = self._client.post(f"{self.url}/predict", content=body)
        except httpx.RequestError as error:
            raise no_answer(error, self.url, self._seconds) from error
        seconds = round(time.perf_counter() - started, 3)
        _log.debug("service call", extra={"status": answer.status_code, "bytes": len(body), "seconds": seconds})
        return answer

    def _read(self, answer: httpx.Response) -> Extraction:
        try:
            written = json.loads(answer.content)
            if not isinstance(written, dict):
                raise ValueError("it is no object.")
            return from_json(written)
        except (ValueError, RecursionError) as error:
            raise unreadable(answer, str(error)) from error


def _address(url: str) -> str:
    """Return the address without a slash at its end. Raises ConfigurationError where nothing can be asked there."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL()
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.query or parsed.fragment:
        # Neither quoted nor chained: what is wrong with it may be a password's place.
        raise ConfigurationError("The address of the extraction service is none of a web server.", operator_hint=_WHERE)
    if parsed.userinfo:
        raise ConfigurationError(
            "The address of the extraction service holds a user name or password, which messages would show.",
            operator_hint="Take it out, and give the key in BILAG_EXTRACTION__SERVICE_KEY.",
        )
    return str(parsed).rstrip("/")


def _sendable(key: str | None) -> str | None:
    """Return the key. Raises ConfigurationError, without it, where a header cannot carry it."""
    if not key:
        return None
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigurationError(
            "The key for the extraction service has a blank, a line break or a letter that is not ASCII.",
            operator_hint="Set BILAG_EXTRACTION__SERVICE_KEY to the key alone.",
        )
    return key


def _empty_page() -> Document:
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document("version", "0" * 64, (Page(1, 595.0, 842.0, ()),), WordsFrom.TEXT_LAYER, quality)
