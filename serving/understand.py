"""The one thing the service does: a file in, its documents out. Knows neither HTTP nor BentoML."""

import logging

from models.stages import stage
from pipeline.domain.document import SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.errors import BilagError
from pipeline.extract.extract import extract
from pipeline.extract.split import split
from pipeline.ports import FieldExtractor, WordReader
from serving.answer import Refusal, refusal_of, unavailable

_log = logging.getLogger(__name__)


def understand(
    file: SourceFile, reader: WordReader, extractor: FieldExtractor, *, ignore_einvoice: bool = False
) -> tuple[Extraction, ...] | Refusal:
    """Return every document that the file holds, in the order of its pages, just as `bilag extract` reads them.

    A file that cannot be read is refused with a 4xx status; where the service itself is in trouble, with 503.
    """
    try:
        with stage("read"):
            document = reader.read(file)
    except BilagError as error:
        _log.error("No file can be read: %s", error)
        return unavailable()
    if isinstance(document, Unreadable):
        return refusal_of(document)
    found: list[Extraction] = []
    for part in split(document):
        extraction = extract(part, extractor, ignore_einvoice=ignore_einvoice)
        if isinstance(extraction, Unreadable):
            return refusal_of(extraction)
        found.append(extraction)
    return tuple(found)
