"""Header fields: split from the body, unfolded, and their RFC 2047 words decoded, however broken."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.mime.charset import decode_text, storable

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_MAX_LINES = 5000


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one entity, topmost first; names in lower case, values unfolded but still encoded."""

    fields: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str | None:
        """Return the topmost value of a field, or None."""
        return next((value for key, value in self.fields if key == name), None)

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, topmost first."""
        return tuple(value for key, value in self.fields if key == name)

    def text(self, name: str) -> str:
        """Return the topmost value decoded for people; empty where the field is absent."""
        return decode_words(self.first(name) or "")


def split_headers(content: bytes) -> tuple[Headers, bytes, tuple[str, ...]]:
    """Return the header fields, the body and sentences on what was broken. Never raises.

    A line that is no field continues the field above it where more fields follow, and starts the body otherwise.
    """
    lines, body_start = _header_lines(content)
    last_field = max((i for i, (_, line) in enumerate(lines) if _FIELD.match(line)), default=-1)
    fields: list[tuple[str, list[bytes]]] = []
    defects: list[str] = []
    for number, (offset, line) in enumerate(lines):
        found = _FIELD.match(line)
        if found and not line[:1].isspace():
            fields.append((found.group(1).decode("ascii").lower(), [found.group(2)]))
        elif line[:1].isspace() or number < last_field:
            if not line[:1].isspace():
                defects.append("A header line is broken; it was joined to the one above it.")
            if fields:
                fields[-1][1].append(line)
        else:
            defects.append("The header ends without the blank line that must follow it.")
            body_start = offset
            break
    decoded = tuple((name, _unfold(b"".join(parts))) for name, parts in fields)
    return Headers(decoded), content[body_start:], tuple(dict.fromkeys(defects))


def decode_words(value: str) -> str:
    """Return a header value with its encoded words (RFC 2047) decoded, also where they stand in quoted strings."""
    joined = _BETWEEN_WORDS.sub(r"\1", value)
    pieces: list[str] = []
    for charset, content in _runs(joined):
        pieces.append(decode_text(content, charset or "utf-8")[0])
    return storable(re.sub(r"[\r\n\t]+", " ", "".join(pieces))).strip()


def _runs(value: str) -> Iterator[tuple[str, bytes]]:
    """Yield (charset, bytes); neighbouring words of one charset come as one, since they may split a character."""
    position, charset, gathered = 0, "", b""
    for word in _ENCODED_WORD.finditer(value):
        between = value[position : word.start()]
        if between or word.group(1).lower() != charset:
            if gathered:
                yield charset, gathered
            gathered = b""
        if between:
            yield "", between.encode("utf-8", "replace")
        charset = word.group(1).lower()
        gathered += _word_bytes(word.group(2).lower(), word.group(3))
        position = word.end()
    if gathered:
        yield charset, gathered
    if rest := value[position:]:
        yield "", rest.encode("utf-8", "replace")


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding == "q":
        return binascii.a2b_qp(raw, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _header_lines(content: bytes) -> tuple[list[tuple[int, bytes]], int]:
    """Return (offset, line) of every line before the first blank one, and where the body starts."""
    lines: list[tuple[int, bytes]] = []
    position = 0
    while position < len(content) and len(lines) < _MAX_LINES:
        found = _LINE.match(content, position)
        end = found.end() if found else len(content)
        line = content[position:end]
        if not line.strip(b"\r\n"):
            return lines, end
        lines.append((position, line))
        position = end
    return lines, position


def _unfold(value: bytes) -> str:
    flat = re.sub(rb"(?:\r\n|\n|\r)[ \t]*", b" ", value).strip()
    try:
        return storable(flat.decode("utf-8"))
    except UnicodeDecodeError:
        return decode_text(flat, None)[0]
