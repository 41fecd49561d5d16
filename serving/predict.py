"""Takes the words of one document and reads their fields. Knows neither BentoML nor which model reads.

BentoML's adaptive batching is not used: it counts requests, and a request may be a receipt or two hundred pages.
Windows of several requests meet inside the model instead (`models.batching`), where a call is bounded in words.
"""

import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.adapters.extractor.words import from_words
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction
from pipeline.errors import BilagError
from pipeline.ports import FieldExtractor
from serving.answer import Refusal, body_too_large, invalid, too_many_pages, too_many_words, unavailable

if TYPE_CHECKING:
    from starlette.datastructures import Headers

MOST_BYTES = 16_000_000
"""Of a body; what JSON becomes in memory is some ten times as large. Words at the limits below make about 10 MB."""
MOST_WORDS = 100_000
"""Of a document."""
MOST_WORDS_OF_A_PAGE = 5_000
"""Neighbours are looked for among all pairs of a page's words, so memory grows with the square of them: 0.8 GB here."""

_HOW = "Send the words of one document as application/json in the form bilag.words/1, see /docs.json."
_LONGEST = 300  # letters of a complaint that go back: it may quote what was sent

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WordLimits:
    """What of a document is refused before any work is done on it: pages, words, words of one page."""

    pages: int
    words: int = MOST_WORDS
    words_of_a_page: int = MOST_WORDS_OF_A_PAGE


async def read_body(headers: "Headers", body: AsyncIterator[bytes], max_bytes: int) -> bytes | Refusal:
    """Return the body of a request; one that is larger than `max_bytes` is refused as soon as that is known."""
    from starlette.requests import ClientDisconnect

    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return invalid(_HOW)
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        return body_too_large(max_bytes / 1e6)
    received = bytearray()
    try:
        async for chunk in body:
            received += chunk
            if len(received) > max_bytes:
                return body_too_large(max_bytes / 1e6)
    except ClientDisconnect:
        return invalid("The request broke off before its end. Send it again.")
    return bytes(received)


def document_of(body: bytes, limits: WordLimits) -> Document | Refusal:
    """Return the document whose words a body holds, or what is wrong with it."""
    try:
        written = json.loads(body)
    except RecursionError:
        return invalid(f"The body is nested too deeply. {_HOW}")
    except ValueError as error:
        return invalid(f"The body is no JSON: {_short(error)} {_HOW}")
    if (beyond := _beyond(written, limits)) is not None:
        return beyond
    try:
        return from_words(written)
    except ValueError as error:
        return invalid(_short(error))


def predict(body: bytes, extractor: FieldExtractor, limits: WordLimits) -> Extraction | Refusal:
    """Return what the words of a body say, just as the extractor reads them in process."""
    document = document_of(body, limits)
    if isinstance(document, Refusal):
        return document
    try:
        return extractor.extract(document)
    except BilagError as error:
        _log.error("Nothing can be extracted: %s", error)
        return unavailable()


def _beyond(written: object, limits: WordLimits) -> Refusal | None:
    """Return why a document is too large to be looked at; whether it is of the right form is not asked yet."""
    pages = written.get("pages") if isinstance(written, Mapping) else None
    if not isinstance(pages, list):
        return None
    if len(pages) > limits.pages:
        return too_many_pages(len(pages), limits.pages)
    counts = [
        len(words) for page in pages if isinstance(page, Mapping) and isinstance(words := page.get("words"), list)
    ]
    if max(counts, default=0) > limits.words_of_a_page:
        return too_many_words(f"a page of {max(counts):,} words", limits.words_of_a_page)
    if sum(counts) > limits.words:
        return too_many_words(f"a document of {sum(counts):,} words", limits.words)
    return None


def _short(error: Exception) -> str:
    said = str(error)
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return said if said.endswith((".", "…")) else f"{said}."
