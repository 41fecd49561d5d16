"""The tree of a message: entities with their headers, and how a multipart body falls into parts."""

import re
from dataclasses import dataclass

from pipeline.ingest.mime.headers import Headers, split_headers
from pipeline.ingest.mime.parameters import ParameterValue, file_name, parse_parameters
from pipeline.ingest.mime.transfer import decode_transfer

_MBOX_LINE = re.compile(rb"(?:>?From [^\r\n]*(?:\r\n|\n|\r))?(?:[ \t]*(?:\r\n|\n|\r)){0,50}")
_GUESSED_BOUNDARY = re.compile(rb"(?:^|[\r\n])--([^\r\n]{1,200}?)[ \t]{0,20}(?:\r\n|\n|\r)(?=content-)", re.IGNORECASE)
_PART_START = re.compile(rb"\s*content-[a-z-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A message or one of its parts: header fields and the body as it stands, still encoded for transfer."""

    headers: Headers
    body: bytes
    defects: tuple[str, ...] = ()

    @property
    def content_type(self) -> ParameterValue:
        """The declared media type and its parameters; an empty token where none is declared."""
        return parse_parameters(self.headers.first("content-type"))

    @property
    def disposition(self) -> ParameterValue:
        """`inline` or `attachment` as declared; an empty token where nothing is."""
        return parse_parameters(self.headers.first("content-disposition"))

    @property
    def file_name(self) -> str:
        return file_name(self.headers)

    @property
    def content_id(self) -> str:
        """The Content-ID without its angle brackets, by which HTML refers to an image."""
        return self.headers.text("content-id").strip("<> ")

    def content(self) -> tuple[bytes, str | None]:
        """Return the body decoded for transfer, and a sentence where that was damaged."""
        encoding = self.headers.first("content-transfer-encoding") or ""
        content, defect = decode_transfer(self.body, encoding.partition(";")[0])
        if content.startswith(b"JVBERi0") and defect is None:
            return decode_transfer(content, "base64")[0], "A PDF is base64 but does not say so; it was decoded."
        return content, defect


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a multipart body in order; `rest` is what lies beyond the `limit` that was asked for."""

    bodies: tuple[bytes, ...]
    rest: bytes = b""
    defects: tuple[str, ...] = ()


def read_message(content: bytes) -> Entity:
    """Return a whole message as an entity, without an mbox separator or blank lines before its header."""
    lead = _MBOX_LINE.match(content)
    return read_entity(content[lead.end() :] if lead else content)


def read_entity(content: bytes) -> Entity:
    """Return one part, or a message, as an entity. Never raises."""
    return Entity(*split_headers(content))


def split_parts(body: bytes, boundary: str, limit: int) -> Parts | None:
    """Split a multipart body into at most `limit` parts; None where it holds no boundary at all.

    Outer boundaries are found first, so an unclosed inner part ends where its parent's next part begins; parts after
    the closing line are kept too.
    """
    defects: list[str] = []
    delimiters = _delimiters(body, boundary.encode("utf-8", "replace"), limit) if boundary else []
    if not delimiters:
        guess = _GUESSED_BOUNDARY.search(body)
        if guess is None:
            return None
        defects.append("The boundary between the parts is missing or wrong; it was guessed from the text.")
        delimiters = _delimiters(body, guess.group(1), limit)
    if not any(closing for _, _, closing in delimiters) and len(delimiters) <= limit:
        defects.append("The closing boundary is missing; the message may be cut short.")
    stops = [start for start, _, _ in delimiters[1:]] + [len(body)]
    kept: list[bytes] = []
    for (_, start, closing), stop in zip(delimiters[:limit], stops, strict=False):
        part = body[start:stop]
        if not closing or _PART_START.match(part):
            kept.append(part)
    rest = body[delimiters[limit][1] :] if len(delimiters) > limit else b""
    if not kept:
        return None
    return Parts(tuple(kept), rest if rest.strip(b"- \t\r\n") else b"", tuple(defects))


def _delimiters(body: bytes, boundary: bytes, limit: int) -> list[tuple[int, int, bool]]:
    """Return (start, end, closing) of each delimiter line, at most one more than `limit` and its closing line."""
    pattern = re.compile(
        rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary.rstrip()) + rb"(--)?[ \t]*(?=(\r\n|\n|\r|\Z))", re.DOTALL
    )
    found: list[tuple[int, int, bool]] = []
    for match in pattern.finditer(body):
        closing = match.group(1) is not None
        found.append((match.start(), match.end() if closing else match.end(2), closing))
        if len(found) > limit:
            break
    return found
