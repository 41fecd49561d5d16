"""The media type of a file, told from its content; names and declared types are what senders get wrong."""

import re

PDF = "application/pdf"
XML = "application/xml"
ZIP = "application/zip"
HTML = "text/html"
PLAIN = "text/plain"
MESSAGE = "message/rfc822"
TNEF = "application/ms-tnef"
OUTLOOK = "application/vnd.ms-outlook"
UNKNOWN = "application/octet-stream"

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"UNA:+", "application/edifact"),
    (b"UNB+", "application/edifact"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"-----BEGIN PGP SIGNATURE", "application/pgp-signature"),
)
_OFFICE_FOLDERS: tuple[tuple[bytes, str], ...] = (
    (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
# Stream names in the directory of an OLE file, which holds them as UTF-16.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", OUTLOOK),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PKCS7 = re.compile(rb"0(?:\x80|[\x81-\x84].{1,4}?)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07([\x02\x03\x06])", re.DOTALL)
_MAIL_FIELDS = frozenset(
    b"from to cc subject date received return-path message-id mime-version delivered-to content-type reply-to"
    b" dkim-signature x-mailer sender".split()
)
_HTML_TAGS = frozenset(b"html head body table div p span meta title style br font center h1 h2 h3".split())
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([\s/>][^<]{0,4000})?")
_DECLARATIONS = re.compile(
    rb"(?:\s|<\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!DOCTYPE.{0,4000}?>)*", re.DOTALL | re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 8192


def sniff(content: bytes, name: str = "") -> str:
    """Return the media type that the content shows; `name` only tells kinds of plain text apart."""
    head = content[:_HEAD]
    for prefix, media_type in _PREFIXES:
        if head.startswith(prefix):
            return media_type
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(content)
    if head.startswith(_OLE):
        return _ole_kind(content)
    if (binary := _other_binary(head)) is not None:
        return binary
    text = _as_ascii_compatible(head)
    if text is not None:
        return _text_kind(text, name)
    # Readers accept a PDF whose first line comes late, behind a printer's or a web server's own lines.
    return PDF if re.search(rb"%PDF-\d", head[:1024]) else UNKNOWN


def _other_binary(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"avif"):
        return "image/avif" if head[8:12] == b"avif" else "image/heic"
    if found := _PKCS7.match(head):
        return "application/pkcs7-mime" if found.group(1) != b"\x02" else "application/pkcs7-signature"
    return None


def _zip_kind(content: bytes) -> str:
    if content[30:38] == b"mimetype":
        declared = re.match(rb"[a-z]+/[\w.+-]{1,80}", content[38:138])
        if declared:
            return declared.group().partition(b"PK")[0].decode("ascii")
    if b"[Content_Types].xml" in content:
        for folder, media_type in _OFFICE_FOLDERS:
            if folder in content:
                return media_type
    return ZIP


def _ole_kind(content: bytes) -> str:
    for stream, media_type in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return media_type
    return "application/x-ole-storage"


def _as_ascii_compatible(head: bytes) -> bytes | None:
    """Return the beginning of a text, UTF-16 brought to UTF-8; None where the content is no text."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\x00", "utf-16-le")):
        if head.startswith(mark):
            return head.decode(codec, "ignore").lstrip("\ufeff").encode("utf-8", "ignore")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if not text.strip() or _CONTROL.search(text):
        return None
    return text


def _text_kind(text: bytes, name: str) -> str:
    declarations = _DECLARATIONS.match(text)
    start = declarations.end() if declarations else 0
    leading, body = text[:start].lower(), text[start:]
    tag = _TAG.match(body)
    if tag is not None:
        root = tag.group(1).lower()
        if root in _HTML_TAGS or b"<!doctype html" in leading:
            return HTML
        if root == b"svg":
            return "image/svg+xml"
        if b"<?xml" in leading or b"xmlns" in (tag.group(2) or b"") or name.lower().endswith(".xml"):
            return XML
    if b"<?xml" in leading:
        return XML
    if b"<!doctype html" in leading:
        return HTML
    if _looks_like_mail(text):
        return MESSAGE
    if re.search(rb"^%PDF-\d", text[:1024], re.MULTILINE):
        return PDF
    return "text/csv" if name.lower().endswith(".csv") else PLAIN


def _looks_like_mail(text: bytes) -> bool:
    header = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    names = [found.group(1).lower() for found in re.finditer(rb"^([!-9;-~]+):", header, re.MULTILINE)]
    first = re.match(rb"(?:From [^\r\n]*\r?\n)?[!-9;-~]{1,80}:", text)
    known = set(names) & _MAIL_FIELDS
    return first is not None and len(known) >= 3 and bool(known - {b"from", b"to", b"cc", b"subject", b"date"})
