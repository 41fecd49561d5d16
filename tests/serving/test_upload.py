"""Requests are taken apart within limits, and a request that is wrong says how one is made."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.answer import Refusal
from serving.upload import Upload, read_upload
from tests.serving.conftest import BOUNDARY, body_of, chunks_of, part

datastructures = pytest.importorskip("starlette.datastructures", reason="comes with bilag[serve]")

FORM = f"multipart/form-data; boundary={BOUNDARY}"
FILE = part("file", b"%PDF-1.7 content", "a.pdf")


def read(
    body: bytes | AsyncIterator[bytes], content_type: str = FORM, limit: int = 1_000_000, declared: int | None = None
) -> Upload | Refusal:
    chunks = chunks_of(body) if isinstance(body, bytes) else body
    length = {} if declared is None else {"content-length": str(declared)}
    given = datastructures.Headers({"content-type": content_type, **length})
    return asyncio.run(read_upload(given, chunks, limit))


def refusal(body: bytes, content_type: str = FORM) -> Refusal:
    result = read(body, content_type)
    assert isinstance(result, Refusal)
    assert result.message.endswith((".", "…"))
    return result


def test_a_file_comes_with_its_name_and_without_the_type_that_the_client_claims() -> None:
    upload = read(body_of(FILE))
    assert isinstance(upload, Upload)
    assert (upload.file.name, upload.file.content) == ("a.pdf", b"%PDF-1.7 content")
    assert upload.file.media_type == "application/octet-stream"
    assert not upload.ignore_einvoice


def test_a_large_file_arrives_whole() -> None:
    content = bytes(range(256)) * 10_000
    upload = read(body_of(part("file", content, "a.pdf")), limit=3_000_000)
    assert isinstance(upload, Upload)
    assert upload.file.content == content


@pytest.mark.parametrize(
    ("flag", "meant"),
    [("true", True), ("1", True), ("Yes", True), ("on", True), ("false", False), ("0", False), ("no", False)],
)
def test_the_flag(flag: str, meant: bool) -> None:
    upload = read(body_of(FILE, part("ignore_einvoice", flag.encode())))
    assert isinstance(upload, Upload)
    assert upload.ignore_einvoice is meant


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((), "no file"),
        ((part("ignore_einvoice", b"true"),), "no file"),
        # Text in the place of a file: BentoML would fetch the address.
        ((part("file", b"http://127.0.0.1:9/secret"),), "no file"),
        ((FILE, FILE), "Too many files"),
        ((FILE, part("file", b"x")), "each once"),
        ((FILE, part("ignore_einvioce", b"true")), "Only the fields file and ignore_einvoice are known"),
        ((FILE, part("ignore_einvoice", b"perhaps")), "true or false"),
        ((FILE, part("ignore_einvoice", b"true"), part("ignore_einvoice", b"false")), "each once"),
        ((part("ignore_einvoice", b"x" * 2000), FILE), "Part exceeded"),
        ((part("document", b"%PDF", "a.pdf"),), "Only the fields"),
        ((part("file", b"%PDF", "a" * 256),), "longer than 255"),
    ],
)
def test_a_wrong_form_is_refused(parts: tuple[bytes, ...], told: str) -> None:
    refused = refusal(body_of(*parts))
    assert (int(refused.status), refused.reason) == (400, "REQUEST_INVALID")
    assert told in refused.message


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/pdf", "application/vnd.bentoml+pickle", "multipart/form-data", ""]
)
def test_another_content_type_is_refused(content_type: str) -> None:
    assert refusal(body_of(FILE), content_type).reason == "REQUEST_INVALID"


def test_a_body_that_breaks_off_is_refused() -> None:
    assert refusal(body_of(FILE)[:-40]).reason == "REQUEST_INVALID"


def test_what_declares_itself_too_large_is_not_read() -> None:
    taken = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal taken
        taken += 1
        yield body_of(FILE)

    refused = read(body(), declared=2_000_000)
    assert isinstance(refused, Refusal)
    assert (int(refused.status), refused.reason) == (413, "FILE_TOO_LARGE")
    assert "1 MB" in refused.message
    assert taken == 0


def test_what_is_too_large_without_saying_so_is_read_no_further() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield part("file", b"", "a.pdf")[:-2]
        while True:
            taken += 100_000
            yield b"0" * 100_000

    refused = read(endless())
    assert isinstance(refused, Refusal)
    assert refused.reason == "FILE_TOO_LARGE"
    assert taken <= 1_200_000


@given(st.binary(max_size=300), st.booleans())
def test_no_body_raises(noise: bytes, framed: bool) -> None:
    body = f"--{BOUNDARY}\r\n".encode() + noise if framed else noise
    assert isinstance(read(body), Refusal)
