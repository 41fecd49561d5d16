"""The messages between reader and worker process: lengths, JSON, then raw bytes; nothing in them is executable."""

import json
import socket
import struct
from collections.abc import Mapping
from time import monotonic
from typing import Any

from pipeline.domain.document import (
    Box,
    Document,
    Page,
    QualityBand,
    SourceFile,
    TextQuality,
    Unreadable,
    Word,
    WordsFrom,
)
from pipeline.domain.finding import Finding, ReasonCode, Severity

_LENGTHS = struct.Struct(">II")
_MOST = 512_000_000  # bytes; a worker that was taken over must not fill its parent's memory


class Broken(Exception):
    """The other side went away, or what it said makes no sense."""


class Channel:
    """One end of a connected socket. Every wait ends at a deadline of `time.monotonic`, where one is given."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, head: Mapping[str, Any], blob: bytes = b"", deadline: float | None = None) -> None:
        """Send a message. Raises `Broken`, or TimeoutError after the deadline."""
        text = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
        try:
            self._wait_until(deadline)
            self._end.sendall(_LENGTHS.pack(len(text), len(blob)) + text)
            self._end.sendall(blob)
        except TimeoutError:
            raise
        except OSError as error:
            raise Broken(str(error)) from error

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
        """Return the next message. Raises `Broken`, or TimeoutError after the deadline."""
        text_length, blob_length = _LENGTHS.unpack(self._exactly(_LENGTHS.size, deadline))
        if text_length + blob_length > _MOST:
            raise Broken("a message beyond all measure")
        text, blob = self._exactly(text_length, deadline), self._exactly(blob_length, deadline)
        try:
            head = json.loads(text)
        except ValueError as error:
            raise Broken("a message that is no JSON") from error
        if not isinstance(head, dict):
            raise Broken("a message that is no JSON object")
        return head, blob

    def close(self) -> None:
        self._end.close()

    def _exactly(self, length: int, deadline: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            try:
                self._wait_until(deadline)
                part = self._end.recv(min(1 << 20, length - len(parts)))
            except TimeoutError:
                raise
            except OSError as error:
                raise Broken(str(error)) from error
            if not part:
                raise Broken("the connection ended")
            parts += part
        return bytes(parts)

    def _wait_until(self, deadline: float | None) -> None:
        if deadline is None:
            self._end.settimeout(None)
            return
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self._end.settimeout(left)


def pack_result(result: Document | Unreadable) -> tuple[dict[str, Any], bytes]:
    """Return a result as JSON and the bytes of its e-invoice."""
    findings = [[f.code, f.severity, f.message, list(f.fields)] for f in result.findings]
    if isinstance(result, Unreadable):
        return {"readable": False, "findings": findings}, b""
    head = {
        "readable": True,
        "findings": findings,
        "pages": [_pack_page(page) for page in result.pages],
        "words_from": result.words_from,
        "quality": [result.quality.band, result.quality.mean_confidence, result.quality.noise_share],
        "first_page": result.first_page,
        "last_page": result.last_page,
        "einvoice": result.einvoice is not None,
    }
    return head, result.einvoice or b""


def unpack_result(head: Mapping[str, Any], blob: bytes, file: SourceFile) -> Document | Unreadable:
    """Return the result that `pack_result` packed, for the file that was read. Raises `Broken` where it is none."""
    try:
        findings = tuple(
            Finding(ReasonCode(code), Severity(severity), str(message), tuple(map(str, fields)))
            for code, severity, message, fields in head["findings"]
        )
        if not head["readable"]:
            return Unreadable(file.name, file.sha256, findings)
        band, confidence, noise = head["quality"]
        return Document(
            file=file.name,
            sha256=file.sha256,
            pages=tuple(_unpack_page(page) for page in head["pages"]),
            words_from=WordsFrom(head["words_from"]),
            quality=TextQuality(QualityBand(band), float(confidence), float(noise)),
            first_page=int(head["first_page"]),
            last_page=int(head["last_page"]),
            einvoice=blob if head["einvoice"] else None,
            findings=findings,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Broken("a result that makes no sense") from error


def _pack_page(page: Page) -> list[Any]:
    words = [[w.text, *w.box, w.confidence] for w in page.words]
    return [page.number, page.width, page.height, page.rotation, words]


def _unpack_page(packed: list[Any]) -> Page:
    number, width, height, rotation, words = packed
    return Page(
        int(number),
        float(width),
        float(height),
        tuple(Word(str(text), Box(*map(float, edges)), float(sure)) for text, *edges, sure in words),
        float(rotation),
    )
