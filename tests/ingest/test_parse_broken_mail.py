"""Broken and hostile mail: it never raises, never fills the memory, and loses nothing."""

import base64
import io
import resource
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain.mail import MailMessage
from pipeline.ingest.containers.limits import Limits
from pipeline.ingest.parse import parse_message
from pipeline.ingest.triage import outcome_without_documents
from tests.ingest.building import mail, part

PDF = b"%PDF-1.4\n%%EOF\n"
Make = Callable[..., bytes]


def codes(message: MailMessage) -> list[str]:
    assert all(part.reason.endswith(".") and part.code for part in message.skipped)
    return [part.code for part in message.skipped]


def every_part_once(message: MailMessage) -> None:
    """Check that no path stands twice and that every sentence is one."""
    paths = [d.path for d in message.documents] + [s.path for s in message.skipped]
    assert len(paths) == len(set(paths))
    assert all(part.reason.endswith(".") and part.code for part in message.skipped)
    for text in (message.subject, message.body_text, message.sender_name, *message.headers.values(), *paths):
        text.encode("utf-8")
        assert "\x00" not in text


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_message(content: bytes) -> None:
    every_part_once(parse_message(content))


_LINES = st.sampled_from(
    [
        b"From: a@b.example", b"Subject: =?utf-8?b?w6Y=?=", b"Subject: =?x\x00?q?=FF?=", b"Date: soon", b"",
        b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: multipart/mixed; boundary*=a%00'x'%FF", b"--b",
        b"--b--", b"Content-Type: message/rfc822", b"Content-Type: text/html; charset=punycode", b"<table><td>1</td>",
        b"Content-Transfer-Encoding: base64", b"JVBERi0xLjQ=", b"====", b"Content-Transfer-Encoding: x-uuencode",
        b"begin 644 a", b"M!", b"end", b"Content-Disposition: attachment; filename*999999999999999999=a", b"\xff\xfe",
        b"Content-Type: text/plain; charset=utf-7", b"+2AA-", b"From: (((((((((((((((((((((((((((((((a@b.example",
        b"Content-Type: application/zip; name=\"a.zip", b"PK\x03\x04", b"\x78\x9f\x3e\x22", b"<![if x]><p>",
        b"<!ENTITY",
    ]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_LINES, st.binary(max_size=30)), max_size=40), st.sampled_from([b"\r\n", b"\n", b"\r"]))
def test_any_lines_are_a_message(lines: list[bytes], newline: bytes) -> None:
    every_part_once(parse_message(newline.join(lines)))


_RUNS = st.builds(
    lambda header, piece, times, end: header + piece * times + end,
    st.sampled_from([b"From: ", b"To: x, ", b"Cc: ", b"Reply-To: ", b"Date: ", b"Subject: ", b"References: ",
                     b"Content-Type: text/plain; ", b"Content-Disposition: attachment; filename=",
                     b"Authentication-Results: mx; "]),
    st.sampled_from([b":", b"(", b")", b"<", b">", b'"', b"\\", b",", b";", b"@", b"[", b"=", b"a:", b"(a", b"a:;",
                     b"<a@b>", b"=?utf-8?q?a?=", b"=?", b"*0=", b"\r\n ", b"\t", b"\xc3", b"-", b"1 "]),
    st.sampled_from([1, 19, 21, 500, 3000]),
    st.sampled_from([b"", b"a@b.example", b";", b")", b'"', b">"]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_RUNS, min_size=1, max_size=4))
def test_long_runs_of_special_characters_are_a_message(lines: list[bytes]) -> None:
    every_part_once(parse_message(b"\r\n".join(lines) + b"\r\n\r\nHello"))


@pytest.mark.parametrize("header", ["From", "To", "Cc", "Sender", "Reply-To"])
@pytest.mark.parametrize("piece", [":", "a:", "(", "a(:", "a:<"])
def test_addresses_nested_without_end_are_read_without_recursion(header: str, piece: str) -> None:
    message = parse_message(f"{header}: {piece * 1000} Bills <bills@shop.example>\r\n\r\nHello".encode())
    assert "bills@shop.example" in (message.sender, *message.recipients)


_NAMES = st.one_of(
    st.sampled_from(["", "/", "//", ".", "..", "../../etc/passwd", "a\\b.pdf", "C:\\a.pdf", " ", "\u202efdp.exe"]),
    st.just("a" * 300),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_NAMES, min_size=1, max_size=4))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_any_name_are_parts(names: list[str]) -> None:
    content = zipped(*((name, PDF + b"%d" % number) for number, name in enumerate(names)))
    head = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    message = parse_message(head + base64.encodebytes(content))
    every_part_once(message)
    assert message.documents or message.skipped


def test_a_member_without_a_name_is_read(make_mail: Make, make_part: Make) -> None:
    message = attach_zip(make_mail, make_part, zipped(("", PDF), ("b.pdf", PDF + b"2")))
    assert sorted(a.file.name for a in message.documents) == ["b.pdf", "unnamed"]


@settings(max_examples=300)
@given(st.data())
def test_a_message_that_is_overwritten_anywhere_is_data(data: st.DataObject) -> None:
    inner = mail(part('Content-Type: application/pdf; name="b.pdf"', PDF)).replace(b"bb", b"cc")
    message = b"Content-Type: message/rfc822\r\n\r\n" + inner
    html = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Order 4711</p><table><tr><td>10 stk</td></tr></table>"
    content = bytearray(mail(html, part("Content-Type: application/octet-stream; name*=utf-8''a.pdf", PDF), message))
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    every_part_once(parse_message(bytes(content)))


@settings(max_examples=200)
@given(st.data())
def test_an_archive_that_is_overwritten_anywhere_is_data(data: st.DataObject) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", PDF * 20)
        archive.writestr("b/c.xml", "<?xml version='1.0'?><a/>")
    content = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    head = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    message = parse_message(head + base64.encodebytes(bytes(content)))
    every_part_once(message)
    assert message.documents or message.skipped


@given(st.lists(st.sampled_from(["pdf", "text", "junk", "logo", "message"]), min_size=1, max_size=8))
def test_every_part_ends_in_exactly_one_place(kinds: list[str]) -> None:
    parts = {
        "pdf": b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4 ",
        "text": b"Content-Type: text/plain\r\n\r\nHello ",
        "junk": b"Content-Type: application/octet-stream; name=j\r\n\r\n\x00\x01\x02 ",
        "logo": b"Content-Type: image/gif; name=l.gif\r\n\r\nGIF89a\x05\x00\x05\x00 ",
        "message": b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nHello ",
    }
    body = b"".join(b"--b\r\n" + parts[kind] + b"%d\r\n" % number for number, kind in enumerate(kinds))
    message = parse_message(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body + b"--b--\r\n")
    every_part_once(message)
    sections = [d.path.split("/")[0] for d in message.documents] + [s.path.split("/")[0] for s in message.skipped]
    assert sorted(sections) == sorted(str(number) for number in range(1, len(kinds) + 1))


def test_an_empty_message_says_what_is_missing() -> None:
    message = parse_message(b"")
    assert message.message_id is None
    assert message.sent_at is None
    assert "The message has no date." in message.defects
    outcome = outcome_without_documents(message)
    assert outcome is not None
    assert outcome.reason == "NO_DOCUMENT"


def test_a_missing_boundary_parameter_is_guessed(make_mail: Make, make_part: Make) -> None:
    raw = make_mail(make_part("Content-Type: application/pdf; name=a.pdf", PDF)).replace(b'; boundary="bb"', b"")
    message = parse_message(raw)
    assert [d.file.content for d in message.documents] == [PDF]
    assert any("boundary" in defect for defect in message.defects)


def test_a_wrong_boundary_parameter_is_guessed(make_mail: Make, make_part: Make) -> None:
    raw = make_mail(make_part("Content-Type: application/pdf; name=a.pdf", PDF)).replace(b'"bb"', b'"other"')
    assert [d.file.content for d in parse_message(raw).documents] == [PDF]


def test_a_message_whose_content_type_is_lost_is_still_taken_apart(make_mail: Make, make_part: Make) -> None:
    raw = make_mail(make_part("Content-Type: application/pdf; name=a.pdf", PDF))
    raw = raw.replace(b'Content-Type: multipart/mixed; boundary="bb"\r\n', b"")
    assert [d.file.content for d in parse_message(raw).documents] == [PDF]


def test_a_message_cut_short_keeps_what_came(make_mail: Make, make_part: Make) -> None:
    first = make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    second = make_part("Content-Type: application/pdf; name=b.pdf", PDF + b"x" * 500)
    message = parse_message(make_mail(first, second)[:-300])
    assert [d.file.name for d in message.documents] == ["a.pdf", "b.pdf"]
    assert any("cut short" in defect for defect in message.defects)


def test_a_part_after_the_closing_boundary_is_kept(make_mail: Make, make_part: Make) -> None:
    late = b"--bb\r\n" + make_part("Content-Type: application/pdf; name=a.pdf", PDF) + b"\r\n--bb--\r\n"
    assert [d.file.name for d in parse_message(make_mail(b"\r\nHello") + late).documents] == ["a.pdf"]


def test_damaged_base64_is_decoded_as_far_as_it_goes(make_mail: Make) -> None:
    encoded = base64.b64encode(PDF * 10)
    broken = encoded[:40] + b"!*" + encoded[40:-3]
    part = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + broken
    message = parse_message(make_mail(part))
    assert (PDF * 10).startswith(message.documents[0].file.content)
    assert len(message.documents[0].file.content) > len(PDF * 9)
    assert any("base64" in defect for defect in message.defects)


def test_base64_in_padded_pieces_is_joined(make_mail: Make) -> None:
    pieces = base64.b64encode(PDF) + b"\r\n" + base64.b64encode(b"rest")
    part = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + pieces
    assert parse_message(make_mail(part)).documents[0].file.content == PDF + b"rest"


def test_base64_that_does_not_say_so_is_decoded(make_mail: Make) -> None:
    part = b"Content-Type: application/pdf; name=a.pdf\r\n\r\n" + base64.encodebytes(PDF)
    assert parse_message(make_mail(part)).documents[0].file.content == PDF


@pytest.mark.parametrize(
    ("charset", "content", "text", "complains"),
    [
        ("x-no-such-charset", "Grüße".encode(), "Grüße", True),
        ("us-ascii", "Grüße".encode("latin-1"), "Grüße", True),
        ("utf-8", "Grüße".encode("latin-1"), "Grüße", True),
        ("iso-8859-1", "10 €".encode("cp1252"), "10 €", False),
        ("hex", b"Hello", "Hello", True),
        ("punycode", b"Hello-", "Hello-", True),
        ("", "Grüße".encode(), "Grüße", False),
    ],
)
def test_charsets_that_are_wrong(charset: str, content: bytes, text: str, complains: bool) -> None:
    parameter = f"; charset={charset}" if charset else ""
    message = parse_message(f"From: a@b.example\r\nContent-Type: text/plain{parameter}\r\n\r\n".encode() + content)
    assert message.body_text == text
    assert any("charset" in d or "character set" in d or "declared" in d for d in message.defects) is complains


def test_a_header_without_its_blank_line_does_not_swallow_the_body() -> None:
    message = parse_message(b"From: a@b.example\nSubject: x\nHello there\nand more\n")
    assert message.subject == "x"
    assert message.body_text == "Hello there\nand more"
    assert any("blank line" in defect for defect in message.defects)


def test_a_header_line_broken_in_two_is_joined() -> None:
    message = parse_message(b"Subject: a long\nsubject\nFrom: a@b.example\n\nHello\n")
    assert message.subject == "a long subject"
    assert message.sender == "a@b.example"


@pytest.mark.parametrize("date", ["yesterday", "32 Foo 2026 99:99", "Tue, 24 Nov 99999 06:42:40 +0100", "\xff"])
def test_dates_that_are_none(date: str) -> None:
    message = parse_message(f"Date: {date}\r\n\r\n".encode("latin-1"))
    assert message.sent_at is None
    assert any("date" in defect for defect in message.defects)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("a@b.example (Ann)", "a@b.example"),
        ('"Ann, <Sales>" <A@B.example>', "a@b.example"),
        ('"Ann <a@b.example>', "a@b.example"),
        ('"boss@ours.example" <thief@x.example>', "thief@x.example"),
        ("=?utf-8?q?=C3=86rø?= <a@b.example>", "a@b.example"),
        ("(" * 500 + "a@b.example" + ")" * 500, "a@b.example"),
        ("nobody", ""),
    ],
)
def test_senders_that_are_badly_written(value: str, address: str) -> None:
    assert parse_message(f"From: {value}\r\n\r\n".encode()).sender == address


def test_several_senders_are_a_defect() -> None:
    message = parse_message(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n")
    assert message.sender == "a@b.example"
    assert any("more than one sender" in defect for defect in message.defects)


def test_an_mbox_separator_is_no_header() -> None:
    assert parse_message(b"From a@b Tue Nov 24 06:28:31 2026\nSubject: x\n\nHello\n").subject == "x"


def test_a_damaged_pdf_stays_a_document(make_mail: Make, make_part: Make) -> None:
    message = parse_message(make_mail(make_part("Content-Type: application/pdf; name=a.pdf", b"\x00\x01\x02")))
    assert [d.file.media_type for d in message.documents] == ["application/octet-stream"]


def test_an_empty_pdf_stays_a_document(make_mail: Make, make_part: Make) -> None:
    assert len(parse_message(make_mail(make_part("Content-Type: application/pdf; name=a.pdf", b""))).documents) == 1


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:  # unlike writestr, of any name
                member.write(content)
    return packed.getvalue()


def attach_zip(make_mail: Make, make_part: Make, content: bytes, **limits: int) -> MailMessage:
    raw = make_mail(b"\r\nHello", make_part("Content-Type: application/zip; name=a.zip", content))
    return parse_message(raw, limits=Limits(**limits))


def test_a_zip_bomb_is_left_closed(make_mail: Make, make_part: Make) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.pdf", "w") as member:
        for _ in range(300):
            member.write(bytes(1_000_000))
    bomb = packed.getvalue()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = attach_zip(make_mail, make_part, bomb)
    assert codes(message) == ["ARCHIVE_BOMB", "COVER_TEXT"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    outcome = outcome_without_documents(message)
    assert outcome is not None
    assert outcome.status.value == "dead_letter"


def test_a_zip_bomb_that_lies_of_its_size_is_left_closed(make_mail: Make, make_part: Make) -> None:
    bomb = bytearray(zipped(("bomb.pdf", bytes(20_000_000))))
    position = bomb.index(b"PK\x01\x02")
    bomb[position + 24 : position + 28] = struct.pack("<I", 1000)
    assert codes(attach_zip(make_mail, make_part, bytes(bomb)))[0] in ("ARCHIVE_BOMB", "ARCHIVE_DAMAGED")


def test_many_small_bombs_share_one_budget(make_mail: Make, make_part: Make) -> None:
    content = zipped(*((f"{n}.pdf", PDF + bytes(900_000)) for n in range(5)))
    message = attach_zip(make_mail, make_part, content, unpacked_bytes=2_000_000)
    assert len(message.documents) == 1
    assert codes(message).count("ARCHIVE_BOMB") == 3


def test_an_archive_of_too_many_files_is_bounded(make_mail: Make, make_part: Make) -> None:
    content = zipped(*((f"{n}.pdf", PDF + b"%d" % n) for n in range(30)))
    assert "ARCHIVE_TOO_LARGE" in codes(attach_zip(make_mail, make_part, content, archive_files=20))
    message = attach_zip(make_mail, make_part, content, archive_files=5)
    assert message.documents == ()
    assert "ARCHIVE_TOO_LARGE" in codes(message)


def test_archives_in_archives_are_bounded(make_mail: Make, make_part: Make) -> None:
    content = zipped(("a.pdf", PDF))
    for _ in range(30):
        content = zipped(("in.zip", content))
    assert codes(attach_zip(make_mail, make_part, content)) == ["TOO_DEEP", "COVER_TEXT"]


def test_an_encrypted_archive_is_said_to_be_one(make_mail: Make, make_part: Make) -> None:
    content = bytearray(zipped(("a.pdf", PDF)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    message = attach_zip(make_mail, make_part, bytes(content))
    assert codes(message)[0] == "ARCHIVE_ENCRYPTED"
    assert "password" in message.skipped[0].reason


def test_an_archive_cut_short_is_said_to_be_damaged(make_mail: Make, make_part: Make) -> None:
    assert codes(attach_zip(make_mail, make_part, zipped(("a.pdf", PDF * 9))[:60]))[0] == "ARCHIVE_DAMAGED"


def test_forwarding_without_end_is_bounded() -> None:
    message = parse_message(b"Content-Type: message/rfc822\r\n\r\n" * 20_000 + b"\r\nHello")
    assert codes(message) == ["TOO_DEEP"]


def test_nesting_without_end_is_bounded() -> None:
    levels = (f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(20_000))
    message = parse_message(b"".join(levels) + b"\r\nHello")
    assert codes(message) == ["TOO_DEEP"]


def test_parts_without_end_are_bounded() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000
    message = parse_message(raw)
    assert "TOO_MANY_PARTS" in codes(message)
    assert len(message.skipped) <= 501


def test_no_text_takes_quadratic_time() -> None:
    began = time.monotonic()
    parse_message(b"\n" * 2_000_000)
    parse_message(b"\n\norder " + b"1 " * 200_000)
    parse_message(b"Content-Type: text/html\n\n" + b"<" * 500_000 + b"<table>\n" * 50_000)
    parse_message(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--a\n" * 200_000)
    assert time.monotonic() - began < 20


def test_a_huge_header_takes_no_quadratic_time() -> None:
    began = time.monotonic()
    parse_message(b"Subject: x\r\n" + b" =?utf-8?q?a?=\r\n" * 300_000)
    parse_message(b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\n")
    parse_message(b"Content-Type: text/plain; " + b"a=b; " * 200_000 + b"\r\n\r\n")
    assert time.monotonic() - began < 20
