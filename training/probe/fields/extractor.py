"""The probe as an extractor: the network's tags become fields, without a rule's help beyond number and date reading."""

from pathlib import Path

from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, KindGuess, ModelVersion
from pipeline.extract.rules.writing.conventions import conventions_of
from training.probe.fields.header import header_of
from training.probe.fields.rows import line_items, tax_subtotals
from training.probe.fields.spans import spans_of
from training.probe.model.tagging import tag_pages
from training.probe.storage import load


class ProbeExtractor:
    """Reads fields with a trained probe; implements `pipeline.ports.FieldExtractor`.

    Raises ConfigurationError where `folder` holds no probe.
    """

    def __init__(self, folder: Path) -> None:
        self._network, course = load(folder)
        self.version = ModelVersion("bilag-probe", f"{course.documents}x{course.steps}-{course.data[:8]}")

    def extract(self, document: Document) -> Extraction:
        """Return every field that the network tags and that can be read as a value."""
        ways = conventions_of(document)
        tagging = tag_pages(self._network, document.pages)
        spans = spans_of(document.pages, tagging)
        return Extraction(
            file=document.file,
            sha256=document.sha256,
            pages=len(document.pages),
            words_from=document.words_from,
            kind=KindGuess(tagging.kind, tagging.kind_chance),
            model=self.version,
            fields=header_of(spans, ways),
            tax_breakdown=tax_subtotals(spans, ways),
            lines=line_items(spans, ways),
            findings=document.findings,
            first_page=document.first_page,
            last_page=document.last_page,
        )
