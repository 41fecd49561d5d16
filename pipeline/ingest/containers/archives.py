"""Zip archives opened within limits: members are measured as they unpack, whatever the archive claims of itself."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.containers.limits import Budget
from pipeline.ingest.mime.charset import storable

# What zipfile raises on archives that are cut short, overwritten or made to break it.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, IndexError)
_CENTRAL_HEADER = b"PK\x01\x02"
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNNAMED = "unnamed"
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file taken out of a container, or why it was left there: `content` is None exactly where `code` says why."""

    name: str
    content: bytes | None
    code: str = ""
    reason: str = ""


def unzip(content: bytes, budget: Budget) -> Iterator[Member]:
    """Yield each file of a zip archive, one in memory at a time; a member named "" speaks of the whole archive."""
    limits = budget.limits
    # Counted before zipfile sees it: it would build an object for every entry of the directory.
    if content.count(_CENTRAL_HEADER) > 4 * limits.archive_files:
        yield _left(
            "", "ARCHIVE_TOO_LARGE", f"The archive holds more than {limits.archive_files} files; open it by hand."
        )
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (*_DAMAGED, NotImplementedError):
        yield _left("", "ARCHIVE_DAMAGED", "The zip archive is damaged; ask the sender to send it again.")
        return
    with archive:
        # Not `info.is_dir()`, which fails on a member without a name.
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        for info in files[: limits.archive_files]:
            yield _member(archive, info, budget)
        if len(files) > limits.archive_files:
            rest = len(files) - limits.archive_files
            yield _left("", "ARCHIVE_TOO_LARGE", f"{rest} more files of the archive were left closed; open it by hand.")
        if not files:
            yield _left("", "ARCHIVE_EMPTY", "The zip archive holds no files.")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Member:
    name = _name(info)
    if any(name.startswith(junk) or name.rpartition("/")[2] == junk for junk in _JUNK):
        return _left(name, "ARCHIVE_JUNK", "This file was left by the program that packed the archive.")
    if info.flag_bits & _ENCRYPTED_FLAG:
        sentence = "This file is encrypted inside the archive; ask the sender to send it without a password."
        return _left(name, "ARCHIVE_ENCRYPTED", sentence)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _left(name, "ARCHIVE_UNSUPPORTED", "This file is packed in a way that is not read; open it by hand.")
    limit = min(budget.limits.file_bytes, budget.unpacked_bytes)
    if info.file_size > limit or _swells(info.file_size, info.compress_size, budget):
        return _bomb(name, info.file_size)
    try:
        with archive.open(info) as packed:
            content = packed.read(limit + 1)
    except (*_DAMAGED, NotImplementedError, RuntimeError):
        return _left(
            name, "ARCHIVE_DAMAGED", "This file is damaged inside the archive; ask the sender to send it again."
        )
    if len(content) > limit or _swells(len(content), info.compress_size, budget):
        return _bomb(name, len(content))
    budget.unpacked_bytes -= len(content)
    return Member(name, content)


def _swells(unpacked: int, packed: int, budget: Budget) -> bool:
    limits = budget.limits
    return unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1)


def _bomb(name: str, size: int) -> Member:
    sentence = (
        f"This file unpacks to {size / 1_000_000:.0f} MB or more, beyond what is opened from one message;"
        " it may be a zip bomb. Ask the sender for the document itself."
    )
    return _left(name, "ARCHIVE_BOMB", sentence)


def _left(name: str, code: str, reason: str) -> Member:
    return Member(name, None, code, reason)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag, packers write UTF-8 or the Western European DOS code page."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return storable(name) or _UNNAMED
