"""A file's documents, or one refusal that says why."""

import json
import re

import pytest

from pipeline.adapters.extractor.rules import RULES, RuleExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.contract import from_json
from pipeline.domain.document import Document, SourceFile, Unreadable, WordsFrom
from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import ConfigurationError, ResourceExhausted
from serving.answer import Refusal, refusal_of, unexpected, written
from serving.understand import understand
from tests.serving.conftest import source

READER = FileReader(None, sandbox=False)


def read(content: bytes, name: str = "a.pdf", *, ignore_einvoice: bool = False) -> tuple[Extraction, ...]:
    answer = understand(source(content, name), READER, RuleExtractor(), ignore_einvoice=ignore_einvoice)
    assert not isinstance(answer, Refusal), answer
    return answer


def numbers(answer: tuple[Extraction, ...]) -> list[str]:
    return [extraction.fields[HeaderField.INVOICE_NUMBER].value for extraction in answer]


def test_one_document(page: bytes) -> None:
    answer = read(page)
    assert numbers(answer) == ["BW-10377"]
    assert answer[0].words_from is WordsFrom.TEXT_LAYER


def test_several_documents_in_the_order_of_their_pages(two_invoices: bytes) -> None:
    answer = read(two_invoices)
    assert numbers(answer) == ["BW-10377", "BW-10378"]
    assert [(e.first_page, e.last_page, e.pages) for e in answer] == [(1, 1, 2), (2, 2, 2)]


def test_the_einvoice_is_read_unless_it_is_to_be_ignored(factur_x: bytes) -> None:
    (native,), (printed,) = read(factur_x), read(factur_x, ignore_einvoice=True)
    assert (native.words_from, printed.words_from) == (WordsFrom.EINVOICE, WordsFrom.TEXT_LAYER)


def test_bad_files_are_refused_with_their_reason(bad_files: dict[str, tuple[bytes, int, str]]) -> None:
    for name, (content, status, reason) in bad_files.items():
        answer = understand(source(content, name), READER, RuleExtractor())
        assert isinstance(answer, Refusal), name
        assert (int(answer.status), answer.reason) == (status, reason), name
        assert re.search(r"\b(ask|send|split)\b", answer.message, re.IGNORECASE), f"{name}: what to do"


@pytest.mark.parametrize("code", list(ReasonCode))
def test_no_reason_of_a_file_is_the_services_fault(code: ReasonCode) -> None:
    finding = Finding(code, Severity.BLOCK, "It is bad. Send another.")
    assert 400 <= refusal_of(Unreadable("a", "0" * 64, (finding,))).status < 500


def test_the_gravest_finding_is_the_reason() -> None:
    warning = Finding(ReasonCode.TEXT_QUALITY_POOR, Severity.WARN, "Hard to read.")
    grave = Finding(ReasonCode.EINVOICE_UNREADABLE, Severity.BLOCK, "Broken.")
    assert refusal_of(Unreadable("a", "0" * 64, (warning, grave))).reason == "EINVOICE_UNREADABLE"


class Trouble:
    """A reader that cannot read any file."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self, file: SourceFile) -> Document | Unreadable:
        raise self.error


@pytest.mark.parametrize("kind", [ResourceExhausted, ConfigurationError])
def test_trouble_of_the_service_is_told_apart_and_its_details_stay_inside(
    kind: type[ResourceExhausted] | type[ConfigurationError], caplog: pytest.LogCaptureFixture
) -> None:
    trouble = Trouble(kind("No memory at /srv/inside."))
    answer = understand(source(b"x"), trouble, RuleExtractor())
    assert isinstance(answer, Refusal)
    assert (int(answer.status), answer.reason, answer.retry_after) == (503, "UNAVAILABLE", 30)
    assert "/srv/inside" not in answer.message
    assert "/srv/inside" in caplog.text


def test_the_body_is_the_contract_in_a_list(two_invoices: bytes) -> None:
    answer = read(two_invoices, "to fakturaer æøå.pdf")
    content = json.loads(written(answer, RULES))
    assert content["model"] == {"name": RULES.name, "version": RULES.version}
    assert [document["file"] for document in content["documents"]] == ["to fakturaer æøå.pdf"] * 2
    assert [numbers((from_json(document),)) for document in content["documents"]] == [["BW-10377"], ["BW-10378"]]


def test_a_name_that_is_no_unicode_breaks_nothing(page: bytes) -> None:
    body = written(read(page, "half \ud83d pair.pdf"), RULES)
    assert json.loads(body)["documents"][0]["file"] == "half \ud83d pair.pdf"


def test_the_body_of_a_refusal() -> None:
    assert json.loads(written(unexpected(), RULES)).keys() == {"reason", "message"}
