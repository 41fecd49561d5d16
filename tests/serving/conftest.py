"""Files as clients send them, and requests as the service receives them."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from pipeline.demo.mailbox import einvoices, faults
from pipeline.demo.mailbox.pages import draw
from pipeline.domain.document import SourceFile
from serving.turns import Turns
from tests.adapters.words.documents import pdf_of
from tests.flow.office import invoice

BOUNDARY = "cut-here"
HOSTILE = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"


@pytest.fixture(scope="session")
def page() -> bytes:
    """A one-page invoice with a text layer."""
    return draw(invoice())


@pytest.fixture(scope="session")
def factur_x(page: bytes) -> bytes:
    """The same page with the e-invoice inside."""
    return einvoices.factur_x(invoice(), page)


@pytest.fixture(scope="session")
def two_invoices() -> bytes:
    """Two invoices of one supplier in one PDF."""
    lines = invoice().lines
    return draw(invoice(lines=lines[:1]), invoice(number="BW-10378", lines=lines[1:], issue_date=date(2026, 11, 20)))


@pytest.fixture(scope="session")
def bad_files(page: bytes) -> dict[str, tuple[bytes, int, str]]:
    """Files that cannot be read, each with the status and reason that it must give."""
    return {
        "empty.pdf": (b"", 422, "FILE_EMPTY"),
        "encrypted.pdf": (faults.encrypted(page, "n0rdlys"), 422, "FILE_ENCRYPTED"),
        "truncated.pdf": (page[: len(page) // 4], 422, "FILE_DAMAGED"),
        "hostile.xml": (HOSTILE, 422, "FILE_HOSTILE"),
        "long.pdf": (pdf_of(pages=500), 413, "FILE_TOO_MANY_PAGES"),
        "blank.pdf": (pdf_of([]), 422, "NO_WORDS"),
        "program.pdf": (b"\x7fELF" + b"\0\1\2\3" * 99, 415, "FILE_UNSUPPORTED"),
        "cut.xml": (einvoices.peppol_ubl(invoice())[:600], 422, "EINVOICE_UNREADABLE"),
    }


def source(content: bytes, name: str = "file.pdf") -> SourceFile:
    """Return a file whose media type is not known yet."""
    return SourceFile(name, "application/octet-stream", content)


def turns(name: str, at_once: int = 1, wait: float = 10) -> Turns:
    """Return turns with room for everybody."""
    return Turns(name, at_once, wait=wait, most_bytes=10**9)


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    """Return one part of a multipart body."""
    shown = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{shown}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def body_of(*parts: bytes) -> bytes:
    """Return a multipart body."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


async def chunks_of(body: bytes, size: int = 4096) -> AsyncIterator[bytes]:
    """Yield a body as it comes over the wire."""
    for start in range(0, len(body), size):
        yield body[start : start + size]
