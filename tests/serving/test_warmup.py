"""Ready means that the built-in page was read, by every reading process, and rightly."""

import threading

import pytest

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import SourceFile
from pipeline.domain.extraction import Extraction
from pipeline.errors import ConfigurationError
from serving.answer import Refusal, unavailable
from serving.interface import example
from serving.understand import understand
from serving.warmup import page_as_pdf, page_as_picture, warm_up


def test_the_built_in_page_is_read() -> None:
    names: list[str] = []

    def read(file: SourceFile) -> tuple[Extraction, ...] | Refusal:
        names.append(file.name)
        return understand(file, FileReader(None, sandbox=False), RuleExtractor())

    warm_up(read, 1, ocr=False)
    assert names == ["page.pdf"]


@pytest.mark.slow
def test_so_is_its_picture() -> None:
    pytest.importorskip("rapidocr")
    from pipeline.adapters.words.rapid import RapidOcr

    reader = FileReader(RapidOcr(), sandbox=False)
    warm_up(lambda file: understand(file, reader, RuleExtractor()), 1, ocr=True)


def test_every_reading_process_is_asked_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=10)

    def read(file: SourceFile) -> tuple[Extraction, ...]:
        together.wait()
        return (example(),)

    warm_up(read, 3, ocr=True)
    assert not together.broken


@pytest.mark.parametrize("answer", [(), (example(), example())])
def test_another_answer_is_no_readiness(answer: tuple[Extraction, ...]) -> None:
    with pytest.raises(ConfigurationError, match="read wrongly"):
        warm_up(lambda file: answer, 1, ocr=False)


def test_no_answer_is_no_readiness() -> None:
    with pytest.raises(ConfigurationError, match="UNAVAILABLE"):
        warm_up(lambda file: unavailable(), 1, ocr=False)


def test_the_pages_are_what_they_are_called() -> None:
    assert page_as_pdf().startswith(b"%PDF-")
    assert page_as_picture().startswith(b"\x89PNG")
