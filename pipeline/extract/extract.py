"""The extract step: an e-invoice is read natively, a page by the extractor."""

from dataclasses import replace

from pipeline.domain.document import Document, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.extract.einvoice import read_einvoice
from pipeline.ports import FieldExtractor


def extract(document: Document, extractor: FieldExtractor, *, ignore_einvoice: bool = False) -> Extraction | Unreadable:
    """Return what the document says; the e-invoice inside it counts before its pages unless `ignore_einvoice`.

    Where the XML cannot be read the pages are, with a finding that says so; a bare XML file is then `Unreadable`.
    """
    findings = document.findings
    if document.einvoice is not None and not ignore_einvoice:
        read = read_einvoice(document.einvoice, file=document.file, sha256=document.sha256, pages=len(document.pages))
        if isinstance(read, Extraction):
            return replace(
                read,
                findings=(*findings, *read.findings),
                first_page=document.first_page,
                last_page=document.last_page,
            )
        findings = (*findings, *read)
    if not document.pages:
        return Unreadable(document.file, document.sha256, findings)
    extraction = extractor.extract(document)
    return replace(extraction, findings=tuple(dict.fromkeys((*findings, *extraction.findings))))
