"""Takes a multipart request apart within limits.

BentoML's own parser is not used: it reads a body of any size, fetches the address where a text stands in the place of
a file, and answers mistakes in a form of its own.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.domain.document import SourceFile
from serving.answer import Refusal, invalid, too_large

if TYPE_CHECKING:
    from starlette.datastructures import FormData, Headers

_ENVELOPE = 65_536  # bytes that boundaries, headers and flags may take beside the file
_LONGEST_NAME = 255
_FIELDS = frozenset({"file", "ignore_einvoice"})
_YES = frozenset({"true", "1", "yes", "on"})
_NO = frozenset({"false", "0", "no", "off", ""})
_HOW = "Send one document as multipart/form-data in a part named file: curl -F file=@invoice.pdf …"


@dataclass(frozen=True, slots=True)
class Upload:
    """What a client sent: a file whose type is not known yet, and whether to look past its e-invoice."""

    file: SourceFile
    ignore_einvoice: bool = False


class _TooLarge(Exception):
    """More bytes came than the limit allows."""


async def read_upload(headers: "Headers", body: AsyncIterator[bytes], max_bytes: int) -> Upload | Refusal:
    """Return what the body holds; a request that is larger than `max_bytes` is refused as soon as that is known."""
    from starlette.formparsers import MultiPartException, MultiPartParser
    from starlette.requests import ClientDisconnect

    if headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        return invalid(_HOW)
    most = max_bytes + _ENVELOPE
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        return too_large(max_bytes / 1e6)
    parser = MultiPartParser(headers, _bounded(body, most), max_files=1, max_fields=4, max_part_size=1024)
    try:
        form = await parser.parse()
    except _TooLarge:
        return too_large(max_bytes / 1e6)
    except MultiPartException as error:
        return invalid(f"The request cannot be taken apart: {error.message.rstrip('.')}. {_HOW}")
    except ClientDisconnect:
        return invalid("The request broke off before its end. Send it again.")
    try:
        return await _upload(form)
    finally:
        await form.close()


async def _bounded(body: AsyncIterator[bytes], most: int) -> AsyncGenerator[bytes, None]:
    received = 0
    async for chunk in body:
        received += len(chunk)
        if received > most:
            raise _TooLarge
        yield chunk


async def _upload(form: "FormData") -> Upload | Refusal:
    from starlette.datastructures import UploadFile

    if set(form) - _FIELDS or len(form.multi_items()) > len(set(form)):
        return invalid(f"Only the fields file and ignore_einvoice are known, each once. {_HOW}")
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return invalid(f"There is no file in the request. {_HOW}")
    name = file.filename or "file"
    if len(name) > _LONGEST_NAME:
        return invalid(f"The file's name is longer than {_LONGEST_NAME} characters. Send it under a shorter one.")
    flag = form.get("ignore_einvoice", "")
    chosen = flag.strip().lower() if isinstance(flag, str) else None
    if chosen not in _YES | _NO:
        return invalid("ignore_einvoice is true or false.")
    return Upload(SourceFile(name, "application/octet-stream", await file.read()), chosen in _YES)
