"""Words in, fields out: as in process, within limits, and whatever is not right is refused with its reason."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.extractor.words import to_words
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.contract import to_json
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.errors import Unavailable
from serving.answer import Refusal, predicted
from serving.interface import example_words
from serving.predict import WordLimits, document_of, predict, read_body
from tests.serving.conftest import chunks_of, source

starlette = pytest.importorskip("starlette.datastructures", reason="comes with bilag[serve]")

LIMITS = WordLimits(pages=3, words=60, words_of_a_page=40)
WIDE = WordLimits(pages=200)


def body_of(document: Document) -> bytes:
    return json.dumps(to_words(document)).encode()


def refusal(answer: object) -> tuple[int, str]:
    assert isinstance(answer, Refusal)
    return int(answer.status), answer.reason


def received(body: bytes, most: int = 10_000, **headers: str) -> bytes | Refusal:
    given = {"content-type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(read_body(starlette.Headers(given), chunks_of(body, 100), most))


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_a_body_is_received(kind: str) -> None:
    assert received(b"{}" * 300, content_type=kind) == b"{}" * 300


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded"]
)
def test_another_kind_of_body_is_refused(kind: str) -> None:
    assert refusal(received(b"{}", content_type=kind)) == (400, "REQUEST_INVALID")


@pytest.mark.parametrize("declared", [{}, {"content-length": "1001"}, {"content-length": "many"}])
def test_a_body_that_is_too_large_is_not_received_to_its_end(declared: dict[str, str]) -> None:
    async def endless() -> Any:
        for _ in range(1000):
            yield b" " * 100
        raise AssertionError("it was received to its end")

    headers = starlette.Headers({"content-type": "application/json"} | declared)
    assert refusal(asyncio.run(read_body(headers, endless(), 1000))) == (413, "FILE_TOO_LARGE")


def page_of(words: int, number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, (Word("a", Box(0.1, 0.1, 0.2, 0.2)),) * words)


def document(*words: int) -> Document:
    return replace(example_words(), pages=tuple(page_of(count, number) for number, count in enumerate(words, 1)))


def test_limits_are_met() -> None:
    assert isinstance(document_of(body_of(document(40, 20, 0)), LIMITS), Document)


@pytest.mark.parametrize(
    ("given", "reason", "said"),
    [
        (document(1, 1, 1, 1), "FILE_TOO_MANY_PAGES", "4 pages, more than 3"),
        (document(41), "TOO_MANY_WORDS", "a page of 41 words, more than 40"),
        (document(40, 21), "TOO_MANY_WORDS", "a document of 61 words, more than 60"),
    ],
)
def test_beyond_the_limits_nothing_is_worked_on(given: Document, reason: str, said: str) -> None:
    class Untouched:
        def extract(self, document: Document) -> Extraction:
            raise AssertionError

    answer = predict(body_of(given), Untouched(), LIMITS)
    assert refusal(answer) == (413, reason)
    assert isinstance(answer, Refusal)
    assert said in answer.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b"Total 100", "no JSON"),
        (b"\xff\xfe\xfd", "no JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' + b"1" * 5000 + b"}", "no JSON"),
        (b"null", "the body: an object was expected, null found"),
        (b"[1]", "the body: an object was expected"),
        (b'{"pages": [1]}', "the body: schema, file, sha256, words_from is missing"),
        (b'{"pages": 1}', "is missing"),
        (body_of(document(1)).replace(b"0.1", b"NaN"), "pages[0].words[0][1]: a number from -1 to 2 was expected, nan"),
        (body_of(document(1)).replace(b"0.1", b"1e999"), "a number from -1 to 2 was expected, inf"),
        (body_of(document(1)).replace(b"bilag.words/1", b"x" * 5000), "schema: bilag.words/1 was expected"),
    ],
)
def test_what_is_no_body_of_words_is_the_clients_fault_and_says_where(body: bytes, said: str) -> None:
    answer = predict(body, RuleExtractor(), WIDE)
    assert refusal(answer) == (400, "REQUEST_INVALID")
    assert isinstance(answer, Refusal)
    assert said in answer.message
    assert len(answer.message) < 500


def test_the_answer_is_that_in_process(page: bytes) -> None:
    read = FileReader(None, sandbox=False).read(source(page, "faktura æøå.pdf"))
    assert isinstance(read, Document)
    finding = Finding(ReasonCode.TEXT_LAYER_REPLACED, Severity.INFO, "Page 1 was read anew.")
    given = replace(read, findings=(finding,), first_page=1, last_page=1, file_pages=4)
    answer = predict(body_of(given), RuleExtractor(), WIDE)
    assert isinstance(answer, Extraction)
    assert answer == RuleExtractor().extract(given)
    assert len(answer.fields) > 5
    assert (answer.pages, answer.findings) == (4, (finding,))
    assert json.loads(predicted(answer)) == to_json(answer)


def test_a_document_without_words_has_no_fields() -> None:
    answer = predict(body_of(replace(example_words(), pages=(), first_page=0, last_page=0)), RuleExtractor(), WIDE)
    assert isinstance(answer, Extraction)
    assert (answer.fields, answer.lines) == ({}, ())


def test_a_model_that_cannot_be_reached_is_not_the_clients_fault(caplog: pytest.LogCaptureFixture) -> None:
    class Away:
        def extract(self, document: Document) -> Extraction:
            raise Unavailable("No answer from 10.0.0.7.")

    answer = predict(body_of(example_words()), Away(), WIDE)
    assert refusal(answer) == (503, "UNAVAILABLE")
    assert isinstance(answer, Refusal)
    assert "10.0.0.7" not in answer.message
    assert "10.0.0.7" in caplog.text


edges = st.floats(-1, 2) | st.sampled_from([0.0, 1.0, 0.5])
texts = st.text(
    st.characters(codec="utf-8", exclude_characters=" \t\n\r\f\v"), min_size=1, max_size=14
) | st.sampled_from(
    [
        "Total",
        "Faktura",
        "25%",
        "1.234,50",
        "EUR",
        "DK12345678",
        "2026-02-30",
        "12-03-2026",
        "-",
        "%",
        "×",
        "٣",
        "1e9",
        "0",
    ]
)
words = st.builds(Word, texts, st.builds(Box, edges, edges, edges, edges), st.floats(0, 1))
sizes = st.floats(0.01, 1e6) | st.just(595.0)
pages = st.lists(
    st.tuples(sizes, sizes, st.lists(words, max_size=12), st.floats(-360, 360)), min_size=1, max_size=3
).map(lambda some: tuple(Page(n, w, h, tuple(ws), r) for n, (w, h, ws, r) in enumerate(some, 1)))
documents = st.builds(
    Document,
    file=st.just("a.pdf"),
    sha256=st.just("ab" * 32),
    pages=pages,
    words_from=st.sampled_from(WordsFrom),
    quality=st.builds(TextQuality, st.sampled_from(QualityBand), st.floats(0, 1), st.floats(0, 1)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_whatever_the_codec_takes_the_rules_can_read(given_words: Document) -> None:
    """Boxes that are turned over, beyond the page or empty, words of any letters: nothing of it ends in a fault."""
    answer = predict(body_of(given_words), RuleExtractor(), WIDE)
    assert isinstance(answer, Extraction)
    assert json.loads(predicted(answer))["sha256"] == "ab" * 32


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_whatever_the_codec_takes_the_model_can_read(given_words: Document) -> None:
    answer = predict(body_of(given_words), _released(), WIDE)
    assert isinstance(answer, Extraction)
    assert json.loads(predicted(answer))["sha256"] == "ab" * 32


_RELEASED: list[Any] = []


def _released() -> Any:
    from pipeline.adapters.extractor.model import ModelExtractor

    if not _RELEASED:
        _RELEASED.append(ModelExtractor())
    return _RELEASED[0]
