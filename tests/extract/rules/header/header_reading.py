"""A header as tests state it: the plain values of its fields."""

from pipeline.domain.document import Document
from pipeline.extract.rules.header.header import Header, read_header
from pipeline.extract.rules.writing.conventions import conventions_of


def header_of(document: Document) -> Header:
    """Read the header of a document as the extractor does, without its lines."""
    return read_header(document, conventions_of(document))


def values(document: Document) -> dict[str, str]:
    """Return what each header field of a document says, without its evidence."""
    return {name.value: field.value for name, field in header_of(document).fields.items()}
