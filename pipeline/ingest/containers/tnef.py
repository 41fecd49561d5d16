"""Outlook's winmail.dat (MS-OXTNEF): the attachments inside, and forwarded items inside those."""

import re
import struct
from collections.abc import Iterator

from pipeline.ingest.containers.archives import Member
from pipeline.ingest.mime.charset import decode_text

_SIGNATURE = 0x223E9F78
_ATTACHMENT_LEVEL = 2
_RENDERING, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME, _DISPLAY_NAME, _DATA_OBJECT = 0x3707, 0x3001, 0x3701
_FIXED_SIZES = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_STRINGS = {0x1E: "cp1252", 0x1F: "utf-16-le"}
_VARIABLE = frozenset({0xD, 0x1E, 0x1F, 0x102})
_MULTIPLE = 0x1000
_NAMED = 0x8000
_MAX_VALUES = 10_000


def unpack_tnef(content: bytes) -> Iterator[Member]:
    """Yield each attachment; a member named "" says where the whole is damaged. Never raises."""
    name, data, seen = "", b"", False
    for level, identifier, value in _attributes(content):
        if level != _ATTACHMENT_LEVEL:
            continue
        if identifier == _RENDERING:
            if name or data:
                yield Member(name or "attachment", data)
            name, data, seen = "", b"", True
        elif identifier == _TITLE:
            name = name or decode_text(value.rstrip(b"\x00"), None)[0]
        elif identifier == _DATA:
            data = value
        elif identifier == _PROPERTIES:
            properties = dict(_properties(value))
            name = _text(properties, _LONG_NAME) or name or _text(properties, _DISPLAY_NAME)
            # An embedded item stands behind the 16 bytes of its interface id.
            data = data or properties.get(_DATA_OBJECT, (0, b""))[1][16:]
    if name or data:
        yield Member(name or "attachment", data)
    elif not seen:
        yield Member("", None, "TNEF_EMPTY", "The winmail.dat holds no attachment; it is only Outlook's formatting.")


def _attributes(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (level, identifier, value) for as long as they are whole."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        return
    position = 6
    while position + 9 <= len(content):
        level, identifier, _, length = struct.unpack_from("<BHHI", content, position)
        start = position + 9
        if level not in (1, 2) or start + length > len(content):
            return
        yield level, identifier, content[start : start + length]
        position = start + length + 2


def _properties(value: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield (property, (type, first value)) of a MAPI property list for as long as it is whole."""
    if len(value) < 4:
        return
    count, position = min(struct.unpack_from("<I", value)[0], _MAX_VALUES), 4
    for _ in range(count):
        if position + 4 > len(value):
            return
        kind, identifier = struct.unpack_from("<HH", value, position)
        position += 4
        if identifier >= _NAMED:
            position = _skip_name(value, position)
        taken = _values(value, position, kind)
        if taken is None:
            return
        first, position = taken
        yield identifier, (kind & ~_MULTIPLE, first)


def _skip_name(value: bytes, position: int) -> int:
    if position + 24 > len(value):
        return len(value)
    kind, number = struct.unpack_from("<II", value, position + 16)
    return position + 24 + (_padded(number) if kind == 1 else 0)


def _values(value: bytes, position: int, kind: int) -> tuple[bytes, int] | None:
    """Return the first value of a property and the position behind all of them; None where they are not whole."""
    base = kind & ~_MULTIPLE
    count = 1
    if kind & _MULTIPLE or base in _VARIABLE:
        if position + 4 > len(value):
            return None
        count = struct.unpack_from("<I", value, position)[0]
        position += 4
    first = b""
    for number in range(min(count, _MAX_VALUES)):
        size = _FIXED_SIZES.get(base)
        if size is None:
            if base not in _VARIABLE or position + 4 > len(value):
                return None
            size = struct.unpack_from("<I", value, position)[0]
            position += 4
        if position + size > len(value):
            return None
        if number == 0:
            first = value[position : position + size]
        position += _padded(size)
    return first, position


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4


def _text(properties: dict[int, tuple[int, bytes]], identifier: int) -> str:
    kind, raw = properties.get(identifier, (0, b""))
    if kind not in _STRINGS:
        return ""
    return re.sub("\x00.*", "", decode_text(raw, _STRINGS[kind])[0], flags=re.DOTALL)
