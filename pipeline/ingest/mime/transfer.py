"""Content-Transfer-Encoding undone; what is damaged is decoded as far as it goes."""

import base64
import binascii
import re

_BLANKS = re.compile(rb"[\s]+")
_LINE = re.compile(rb"[^\r\n]+")
_MAX_PIECES = 1000
_PLAIN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"})


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Return the content and, where the encoding was damaged or unknown, a sentence that says so. Never raises."""
    name = encoding.strip().strip("\"'").lower()
    if name == "base64":
        return _base64(body)
    if name in ("quoted-printable", "quotedprintable"):
        return binascii.a2b_qp(body), None
    if name in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uuencoded(body)
    if name in _PLAIN:
        return body, None
    return body, f"The transfer encoding {name[:40]!r} is unknown; the content was taken as it stands."


def _base64(body: bytes) -> tuple[bytes, str | None]:
    text = _BLANKS.sub(b"", body)
    try:
        return base64.b64decode(text, validate=True), None
    except binascii.Error:
        pass
    # Padding in the middle ends the standard decoder's work, so each padded piece is decoded by itself.
    pieces = re.split(rb"=+", re.sub(rb"[^A-Za-z0-9+/=]", b"", text), maxsplit=_MAX_PIECES)
    decoded = b"".join(_base64_piece(piece.replace(b"=", b"")) for piece in pieces)
    return decoded, "The base64 encoding is damaged; what could be decoded was kept."


def _base64_piece(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _uuencoded(body: bytes) -> tuple[bytes, str | None]:
    content, damaged, inside = bytearray(), False, False
    for found in _LINE.finditer(body):
        line = found.group()
        if not inside:
            inside = line.startswith(b"begin ")
        elif line.strip() == b"end":
            break
        else:
            try:
                content += binascii.a2b_uu(line)
            except binascii.Error:
                damaged = True
    defect = "The uuencoding is damaged; what could be decoded was kept." if damaged or not inside else None
    return (bytes(content), defect) if inside else (body, defect)
