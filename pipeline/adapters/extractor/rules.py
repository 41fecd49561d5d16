"""The baseline extractor: labels, geometry, checksums and arithmetic."""

from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.extract.rules.header.header import read_header
from pipeline.extract.rules.lines.table import find_line_items
from pipeline.extract.rules.writing.conventions import conventions_of

RULES = ModelVersion("bilag-rules", "1")


class RuleExtractor:
    """Reads fields by rules; implements `pipeline.ports.FieldExtractor`."""

    version = RULES

    def extract(self, document: Document) -> Extraction:
        """Return every field that the rules find; every field's source is `rule`."""
        conventions = conventions_of(document)
        lines = find_line_items(document, conventions)
        header = read_header(document, conventions, lines)
        return Extraction(
            file=document.file,
            sha256=document.sha256,
            pages=document.file_pages or len(document.pages),
            words_from=document.words_from,
            kind=header.kind,
            model=RULES,
            fields=header.fields,
            tax_breakdown=header.tax_breakdown,
            lines=lines,
            findings=document.findings,
            first_page=document.first_page,
            last_page=document.last_page,
        )
