"""Outlook's winmail.dat, built here after MS-OXTNEF."""

import struct
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.containers.tnef import unpack_tnef
from pipeline.ingest.parse import parse_message

PDF = b"%PDF-1.4\n%%EOF\n"


def attribute(level: int, kind: int, identifier: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, identifier, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def text_property(identifier: int, text: str) -> bytes:
    raw = text.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<HHII", 0x1F, identifier, 1, len(raw)) + raw + b"\x00" * (-len(raw) % 4)


def winmail(*attachments: tuple[str, str, bytes]) -> bytes:
    content = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 8, 0x9006, struct.pack("<I", 0x10000))
    for short, long, data in attachments:
        content += attribute(2, 6, 0x9002, bytes(14))
        content += attribute(2, 1, 0x8010, short.encode("cp1252") + b"\x00")
        content += attribute(2, 6, 0x800F, data)
        properties = struct.pack("<I", 2) + struct.pack("<HHI", 3, 0x3705, 1) + text_property(0x3707, long)
        content += attribute(2, 6, 0x9005, properties)
    return content


def test_attachments_come_out_with_their_long_names() -> None:
    members = list(unpack_tnef(winmail(("RAEKNI~1.PDF", "Rækning nr. 1.pdf", PDF), ("b.pdf", "b.pdf", PDF + b"2"))))
    assert [(m.name, m.content) for m in members] == [("Rækning nr. 1.pdf", PDF), ("b.pdf", PDF + b"2")]


def test_a_document_is_found_through_winmail_dat(
    make_mail: Callable[..., bytes], make_part: Callable[..., bytes]
) -> None:
    part = make_part("Content-Type: application/ms-tnef; name=winmail.dat", winmail(("a", "a.pdf", PDF)))
    assert [d.path for d in parse_message(make_mail(part)).documents] == ["1/winmail.dat/a.pdf"]


def test_a_winmail_dat_without_attachments_says_so() -> None:
    assert [m.code for m in unpack_tnef(winmail())] == ["TNEF_EMPTY"]


@given(st.data())
def test_any_damage_is_data(data: st.DataObject) -> None:
    content = bytearray(winmail(("a.pdf", "a.pdf", PDF)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    list(unpack_tnef(bytes(content[: data.draw(st.integers(0, len(content)))])))
