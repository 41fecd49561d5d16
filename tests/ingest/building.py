"""Messages and images that the tests of ingest make."""

import base64
import struct
import zlib


def png(width: int, height: int) -> bytes:
    """Return a real PNG of one grey tone."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def part(headers: str, content: bytes, *, encode: bool = True) -> bytes:
    """Return one MIME part; `encode` puts the content into base64."""
    lines = headers.strip().replace("\n", "\r\n").encode("latin-1")
    if encode:
        body = base64.encodebytes(content).replace(b"\n", b"\r\n")
        return lines + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body
    return lines + b"\r\n\r\n" + content


def mail(*parts: bytes, headers: str = "", kind: str = "mixed") -> bytes:
    """Return a multipart message of the given parts."""
    top = (
        "From: =?utf-8?q?S=C3=B8ren?= Holm <soren@holm.example>\nTo: bills@ours.example\nSubject: Faktura\n"
        "Message-ID: <1@holm.example>\nDate: Tue, 24 Nov 2026 06:42:40 +0100\nMIME-Version: 1.0\n"
        f'{headers}Content-Type: multipart/{kind}; boundary="bb"\n\n'
    )
    body = b"".join(b"--bb\r\n" + content + b"\r\n" for content in parts)
    return top.replace("\n", "\r\n").encode("latin-1") + body + b"--bb--\r\n"
