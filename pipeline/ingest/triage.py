"""Which parts of a message are documents, and why the others are none."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.document import SourceFile
from pipeline.domain.mail import Attachment, MailMessage, Outcome, OutcomeStatus, SkippedPart
from pipeline.ingest.body import document_parts, html_to_text, readable, referenced_ids
from pipeline.ingest.containers.unpack import Contents, Leaf, Scope
from pipeline.ingest.images import image_size
from pipeline.ingest.mime.charset import decode_text
from pipeline.ingest.sniff import HTML, PDF, PLAIN, UNKNOWN, XML
from pipeline.ingest.wording import looks_like_order, states_number

_DOCUMENT_SUFFIXES = (
    ".pdf",
    ".xml",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".msg",
)
_DOCUMENT_TYPES = frozenset({PDF, XML, "text/xml", "image/png", "image/jpeg", "image/tiff", "application/x-pdf"})
# Parts that may hold a document which nobody has seen: a person must look where nothing else was found.
UNOPENED = frozenset(
    {
        "ARCHIVE_BOMB",
        "ARCHIVE_DAMAGED",
        "ARCHIVE_ENCRYPTED",
        "ARCHIVE_TOO_LARGE",
        "ARCHIVE_UNSUPPORTED",
        "ENCRYPTED",
        "TOO_DEEP",
        "TOO_MANY_PARTS",
        "UNSUPPORTED",
    }
)
# By sniffed type: the code and sentence of what never is a document.
_NO_DOCUMENTS: dict[str, tuple[str, str]] = {
    "application/pgp-signature": ("SIGNATURE", "This is a digital signature of the message, not a document."),
    "application/pkcs7-signature": ("SIGNATURE", "This is a digital signature of the message, not a document."),
    "text/calendar": ("CALENDAR", "This is a calendar entry, not a document."),
    "text/vcard": ("CONTACT", "This is a contact card, not a document."),
    "image/svg+xml": ("DECORATION", "This is a drawing that decorates the message, not a document."),
    "application/pgp-encrypted": (
        "ENCRYPTED",
        "This part is encrypted; ask the sender to send the document in the clear.",
    ),
    "application/pkcs7-mime": (
        "ENCRYPTED",
        "This part is encrypted or sealed; ask the sender to send it in the clear.",
    ),
    "application/vnd.rar": (
        "ARCHIVE_UNSUPPORTED",
        "RAR archives are not opened; ask the sender for the documents themselves.",
    ),
    "application/x-7z-compressed": (
        "ARCHIVE_UNSUPPORTED",
        "7z archives are not opened; ask for the documents themselves.",
    ),
    "application/gzip": ("ARCHIVE_UNSUPPORTED", "gzip archives are not opened; ask for the documents themselves."),
}
_SCAN_SIDES = (700, 900)
_SHOWN_SCAN_BYTES = 150_000


@dataclass(slots=True)
class Triage:
    """The outcome for every part of one message."""

    documents: list[Attachment] = field(default_factory=list)
    skipped: list[SkippedPart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    body_text: str = ""


def triage(contents: Contents, bulk: bool) -> Triage:
    """Sort the parts of a message; the body is asked only where no part is a document. `bulk` is mass mail."""
    result = Triage(skipped=list(contents.skipped))
    shown = referenced_ids(part for scope in contents.scopes for part in scope.texts)
    first_paths: dict[str, str] = {}
    for leaf in contents.leaves:
        left = _why_no_document(leaf, shown, bulk)
        digest = hashlib.sha256(leaf.content).hexdigest()
        if left is None and digest in first_paths:
            left = ("SAME_FILE", f"This is the same file as {first_paths[digest]!r}, byte for byte.")
        if left is not None:
            result.skipped.append(SkippedPart(leaf.path, leaf.name, left[1], left[0]))
            continue
        first_paths[digest] = leaf.path
        file = SourceFile(leaf.name or _default_name(leaf.kind), leaf.kind, leaf.content)
        result.documents.append(Attachment(leaf.path, file, leaf.inline))
    result.body_text = readable(contents.scopes[0].texts) if contents.scopes else ""
    attached = bool(result.documents)
    for scope in contents.scopes:
        _sort_texts(scope, result, bulk, attached)
    result.notes.extend(_einvoice_notes(result.documents))
    return result


def is_bulk(headers: Mapping[str, str]) -> bool:
    """Say whether the headers are those of a newsletter, a mailing list or an automatic reply."""
    precedence = headers.get("precedence", "").strip().lower()
    automatic = headers.get("auto-submitted", "no").strip().lower()
    return (
        "list-unsubscribe" in headers
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or automatic.startswith("auto-replied")
    )


def unopened(message: MailMessage) -> tuple[SkippedPart, ...]:
    """Return the skipped parts that may hold a document which nobody has seen; a person must look at them."""
    return tuple(part for part in message.skipped if part.code in UNOPENED)


def outcome_without_documents(message: MailMessage) -> Outcome | None:
    """Return what becomes of a message in which there is nothing to read; None where there is a document."""
    if message.documents:
        return None
    if closed := unopened(message):
        first = closed[0]
        return Outcome(OutcomeStatus.DEAD_LETTER, first.code, f"{first.name or first.path}: {first.reason}")
    if is_bulk(message.headers):
        return Outcome(OutcomeStatus.SKIPPED, "NEWSLETTER", "Mass mail or an automatic reply without a document.")
    return Outcome(OutcomeStatus.SKIPPED, "NO_DOCUMENT", "The message holds no document, and its text is no order.")


def _sort_texts(scope: Scope, result: Triage, bulk: bool, attached: bool) -> None:
    chosen = () if attached else document_parts(scope.texts, scope.subject)
    if bulk and not states_number("\n".join(html_to_text(t.text) if t.html else t.text for t in chosen)):
        chosen = ()
    paths = {part.path for part in chosen}
    if chosen:
        html = chosen[0].html
        content = "\n".join(part.text for part in chosen).encode("utf-8", "replace")
        file = SourceFile("body.html" if html else "body.txt", HTML if html else PLAIN, content)
        result.documents.append(Attachment(f"{scope.prefix}body", file, inline=True))
    for part in scope.texts:
        if part.path in paths:
            if part is not chosen[0]:
                reason = f"This text is read as part of {scope.prefix}body."
                result.skipped.append(SkippedPart(part.path, "", reason, "BODY_JOINED"))
        elif chosen:
            reason = f"This is another form of the text that is read as {scope.prefix}body."
            result.skipped.append(SkippedPart(part.path, "", reason, "BODY_OTHER_FORM"))
        elif bulk:
            reason = "This is the text of mass mail or an automatic reply, not an order or invoice."
            result.skipped.append(SkippedPart(part.path, "", reason, "NEWSLETTER"))
        else:
            reason = "This is the covering text of the message, not an order or invoice in itself."
            result.skipped.append(SkippedPart(part.path, "", reason, "COVER_TEXT"))


def _why_no_document(leaf: Leaf, shown: frozenset[str], bulk: bool) -> tuple[str, str] | None:
    """Return the code and sentence of why a part is no document; None where it is one."""
    if leaf.kind in _NO_DOCUMENTS:
        return _NO_DOCUMENTS[leaf.kind]
    if leaf.declared in _NO_DOCUMENTS and leaf.kind in (UNKNOWN, PLAIN):
        return _NO_DOCUMENTS[leaf.declared]
    if leaf.kind.startswith("image/"):
        return _why_no_scan(leaf, leaf.content_id in shown, bulk)
    if leaf.kind in (PLAIN, HTML):
        return _why_no_text_document(leaf)
    claims = leaf.name.lower().endswith(_DOCUMENT_SUFFIXES) or leaf.declared in _DOCUMENT_TYPES
    if leaf.kind != UNKNOWN or claims:
        return None
    if not leaf.content.strip():
        return "EMPTY", "This part is empty."
    return "UNSUPPORTED", "This kind of file cannot be read; ask the sender for a PDF or an e-invoice."


def _why_no_scan(leaf: Leaf, shown: bool, bulk: bool) -> tuple[str, str] | None:
    size = image_size(leaf.content)
    if size is not None and (max(size) <= 10 or min(size) <= 2):
        return "TRACKING_PIXEL", "This image has almost no pixels; it counts readers and is no document."
    if shown and bulk:
        return "DECORATION", "This image decorates mass mail."
    if size is None:
        small = shown and len(leaf.content) < _SHOWN_SCAN_BYTES
    elif shown:
        small = min(size) < _SCAN_SIDES[0] or max(size) < _SCAN_SIDES[1] or max(size) > 3 * min(size)
    else:
        small = min(size) < 150 or max(size) < 300
    if not small:
        return None
    pixels = f" ({size[0]} by {size[1]} pixels)" if size else ""
    where = "shown inside the text" if shown else "too small to be read"
    return "LOGO", f"This image{pixels} is {where}, such as a signature's logo, and is no document."


def _why_no_text_document(leaf: Leaf) -> tuple[str, str] | None:
    text = decode_text(leaf.content, None)[0]
    if looks_like_order(html_to_text(text) if leaf.kind == HTML else text, leaf.name):
        return None
    return "TEXT_FILE", "This text file is no order or invoice by its wording."


def _einvoice_notes(documents: Sequence[Attachment]) -> list[str]:
    """Tell of a PDF and an XML that are probably one e-invoice: both stay, since only their content can decide."""
    pdfs = [a for a in documents if a.file.media_type == PDF]
    xmls = [a for a in documents if a.file.media_type == XML]
    notes: list[str] = []
    for xml in xmls:
        stem = xml.file.name.rpartition(".")[0].lower()
        twins = [a for a in pdfs if a.file.name.rpartition(".")[0].lower() == stem]
        if not twins and len(pdfs) == len(xmls) == 1:
            twins = pdfs
        notes.extend(
            f"{twin.path!r} and {xml.path!r} are probably one e-invoice; both are read, but only one is to be booked."
            for twin in twins[:1]
        )
    return notes


def _default_name(kind: str) -> str:
    suffix = {PDF: ".pdf", XML: ".xml", HTML: ".html", PLAIN: ".txt", UNKNOWN: ""}.get(kind)
    return f"attachment{'.' + kind.partition('/')[2].partition('+')[0] if suffix is None else suffix}"
