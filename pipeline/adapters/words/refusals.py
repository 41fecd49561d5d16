"""The sentences for files that cannot be read, or only in part: each says what to do next."""

from pipeline.adapters.words.limits import ReadLimits
from pipeline.domain.document import SourceFile, Unreadable
from pipeline.domain.finding import Finding, ReasonCode, Severity


def unreadable(file: SourceFile, finding: Finding) -> Unreadable:
    """Return the file as one of which nothing can be read."""
    return Unreadable(file.name, file.sha256, (finding,))


def empty() -> Finding:
    """The file has no content."""
    return _block(ReasonCode.FILE_EMPTY, "The file is empty (0 bytes). Ask the sender to send it again.")


def encrypted() -> Finding:
    """The file opens only with a password."""
    return _block(
        ReasonCode.FILE_ENCRYPTED,
        "The PDF opens only with a password. Ask the sender for a copy without one, or open it and print it to PDF.",
    )


def damaged(what: str) -> Finding:
    """`what` is a clause such as "the PDF ends before its last page"."""
    return _block(ReasonCode.FILE_DAMAGED, f"The file is damaged: {what}. Ask the sender to send it again.")


def partly_damaged(what: str) -> Finding:
    """Part of the file was read; `what` is a clause such as "its end is missing"."""
    return _block(
        ReasonCode.FILE_DAMAGED,
        f"The file is damaged ({what}), and only part of it was read. Compare it with the original or ask again.",
    )


def reader_crashed() -> Finding:
    """The file brought the reading process down, twice."""
    return _block(
        ReasonCode.FILE_DAMAGED,
        "Reading the file made the reader crash, which broken or malicious files do. Do not open it without "
        "care; ask the sender for a new copy, best as a PDF.",
    )


def too_large(size: str, limit: str) -> Finding:
    """`size` and `limit` are in the same unit, such as "60 MB" and "50 MB"."""
    return _block(
        ReasonCode.FILE_TOO_LARGE,
        f"The file has {size}; the limit is {limit}. Ask for a smaller copy, such as a scan at 200 to 300 dpi.",
    )


def too_many_pages(pages: int, limits: ReadLimits) -> Finding:
    """The file has more pages than a document can have."""
    return _block(
        ReasonCode.FILE_TOO_MANY_PAGES,
        f"The file has {pages} pages; the limit is {limits.max_pages}. Split it into single documents and send those.",
    )


def timed_out(limits: ReadLimits) -> Finding:
    """Reading took longer than the limits allow."""
    return _block(
        ReasonCode.READ_TIMED_OUT,
        f"Reading the file took longer than {limits.seconds:g} seconds and was stopped. Split it into single "
        "documents, or ask for a simpler copy, such as a scan at 200 dpi.",
    )


def out_of_memory() -> Finding:
    """Reading took more memory than the limits allow."""
    return _block(
        ReasonCode.FILE_TOO_LARGE,
        "Reading the file took more memory than is allowed. Ask for a smaller copy, such as a scan at 200 to 300 dpi.",
    )


def unsupported(media_type: str) -> Finding:
    """The file is of a kind that is not read."""
    return _block(
        ReasonCode.FILE_UNSUPPORTED,
        f"Files of type {media_type} are not read. Send a PDF, an e-invoice (XML), a picture (PNG, JPEG, TIFF) or a "
        "plain message instead.",
    )


def hostile(what: str) -> Finding:
    """`what` is a clause such as "declares an XML document type"."""
    return _block(
        ReasonCode.FILE_HOSTILE,
        f"The file {what}, which no honest invoice needs. Do not open it; ask the sender, by a way "
        "you know, what it is.",
    )


def no_words(ocr: bool) -> Finding:
    """There is nothing to read; `ocr` says whether an engine looked."""
    if ocr:
        return _block(
            ReasonCode.NO_WORDS, "No word could be read on any page. Look whether it is blank; ask for a sharper copy."
        )
    return _block(
        ReasonCode.NO_WORDS,
        "The pages carry no text, only pictures, and no OCR engine is set up. Install bilag[ocr], or ask for a PDF "
        "with text.",
    )


def no_text() -> Finding:
    """The message body has no text."""
    return _block(ReasonCode.NO_WORDS, "The text is empty. Ask the sender to send the document itself.")


def page_without_words(page: int) -> Finding:
    """One page of several could not be read for want of an OCR engine."""
    return Finding(
        ReasonCode.NO_WORDS,
        Severity.WARN,
        f"Page {page} is a picture, and no OCR engine is set up. Install bilag[ocr] and read the file again.",
    )


def text_layer_replaced(page: int, why: str) -> Finding:
    """`why` is a clause such as "is garbled"."""
    return Finding(
        ReasonCode.TEXT_LAYER_REPLACED,
        Severity.INFO,
        f"The text layer of page {page} {why}; the page was read by OCR instead. Nothing to do.",
    )


def text_layer_kept(page: int, why: str) -> Finding:
    """`why` is a clause such as "is garbled"."""
    return Finding(
        ReasonCode.TEXT_QUALITY_POOR,
        Severity.WARN,
        f"The text layer of page {page} {why}, and OCR found no better. Check the values against the page.",
    )


def poor_quality() -> Finding:
    """The words were read, but badly."""
    return Finding(
        ReasonCode.TEXT_QUALITY_POOR,
        Severity.WARN,
        "The words are hard to read. Check every value against the page, or ask for a sharper copy.",
    )


def _block(code: ReasonCode, message: str) -> Finding:
    return Finding(code, Severity.BLOCK, message)
