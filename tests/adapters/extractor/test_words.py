"""A document's words as JSON: there and back nothing is lost, and whatever is not of the form is named."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.extractor.words import LONGEST_WORD, from_words, to_words
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.finding import Finding, ReasonCode, Severity

parts = st.floats(0, 1)
edges = st.floats(-0.5, 1.5)
letters = st.characters(codec="utf-8", exclude_characters=" \t\n\r\f\v")
words = st.builds(
    Word, st.text(letters, min_size=1, max_size=9), st.builds(Box, edges, edges, edges, edges), confidence=parts
)
pages = st.builds(
    Page,
    number=st.integers(1, 40),
    width=st.floats(1, 2000),
    height=st.floats(1, 2000),
    words=st.lists(words, max_size=4).map(tuple),
    rotation=st.floats(-360, 360),
)
findings = st.builds(
    Finding,
    st.sampled_from(ReasonCode),
    st.sampled_from(Severity),
    st.text(max_size=20),
    st.lists(st.text(max_size=8), max_size=2).map(tuple),
)
documents = st.builds(
    Document,
    file=st.text(max_size=20),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    pages=st.lists(pages, max_size=3, unique_by=lambda page: page.number).map(
        lambda some: tuple(sorted(some, key=lambda page: page.number))
    ),
    words_from=st.sampled_from(WordsFrom),
    quality=st.builds(TextQuality, st.sampled_from(QualityBand), parts, parts),
    first_page=st.integers(0, 5),
    last_page=st.integers(5, 40),
    findings=st.lists(findings, max_size=2).map(tuple),
    file_pages=st.none() | st.integers(0, 300),
)


@given(documents)
def test_there_and_back_loses_nothing(document: Document) -> None:
    assert from_words(json.loads(json.dumps(to_words(document)))) == document


def test_an_einvoice_stays_behind() -> None:
    document = from_words(body())
    assert from_words(to_words(replace(document, einvoice=b"<Invoice/>"))) == document


def body(**changes: Any) -> dict[str, Any]:
    """Return a body with the keys that are needed, and some others."""
    word = ["Faktura", 0.1, 0.1, 0.2, 0.12, 1.0]
    page = {"number": 1, "width": 595.0, "height": 842.0, "rotation": 0.0, "words": [word]}
    return {
        "schema": "bilag.words/1",
        "file": "a.pdf",
        "sha256": "ab" * 32,
        "words_from": "text_layer",
        "pages": [page, page | {"number": 2, "words": []}],
    } | changes


def test_it_is_the_object_of_the_manual() -> None:
    word = Word("Faktura", Box(0.1, 0.1, 0.2, 0.12), 0.9)
    finding = Finding(ReasonCode.TEXT_LAYER_REPLACED, Severity.INFO, "Page 3 was read anew.")
    document = Document(
        file="a.pdf",
        sha256="ab" * 32,
        pages=(Page(3, 595.0, 842.0, (word,), 90.0),),
        words_from=WordsFrom.OCR,
        quality=TextQuality(QualityBand.FAIR, 0.9, 0.05),
        first_page=3,
        last_page=3,
        findings=(finding,),
        file_pages=7,
    )
    assert to_words(document) == {
        "schema": "bilag.words/1",
        "file": "a.pdf",
        "sha256": "ab" * 32,
        "words_from": "ocr",
        "quality": {"band": "fair", "mean_confidence": 0.9, "noise_share": 0.05},
        "file_pages": 7,
        "first_page": 3,
        "last_page": 3,
        "findings": [
            {"code": "TEXT_LAYER_REPLACED", "severity": "info", "message": "Page 3 was read anew.", "fields": []}
        ],
        "pages": [
            {
                "number": 3,
                "width": 595.0,
                "height": 842.0,
                "rotation": 90.0,
                "words": [["Faktura", 0.1, 0.1, 0.2, 0.12, 0.9]],
            }
        ],
    }


def test_what_may_be_left_away() -> None:
    document = from_words(body())
    assert (document.first_page, document.last_page, document.file_pages) == (1, 2, None)
    assert document.quality == TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    assert document.findings == ()
    bad = [[text, 0.1, 0.1, 0.2, 0.12, 0.5] for text in ("brkqtz", "\ufffd\ufffd")]
    page = {"number": 4, "width": 595, "height": 842, "words": bad}
    read = from_words(body(pages=[page]))
    assert read.quality.band is QualityBand.POOR, "quality is measured, not taken for granted"
    assert (read.first_page, read.last_page, read.pages[0].rotation) == (4, 4, 0.0)
    empty = from_words(body(pages=[]))
    assert (empty.first_page, empty.last_page, empty.pages) == (0, 0, ())


def in_page(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(written: dict[str, Any]) -> None:
        written["pages"][1][key] = value

    return change


def in_word(place: int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(written: dict[str, Any]) -> None:
        written["pages"][0]["words"][0][place] = value

    return change


def at_top(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(written: dict[str, Any]) -> None:
        written[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda written: written.pop("pages"), "the body: pages is missing."),
        (lambda written: written.pop("sha256"), "the body: sha256 is missing."),
        (at_top("mail", {}), "the body: 'mail' is not known; known are schema, file,"),
        (at_top("schema", "bilag.words/2"), "schema: bilag.words/1 was expected, 'bilag.words/2' found."),
        (at_top("schema", {}), "schema: bilag.words/1 was expected, an object found."),
        (at_top("file", None), "file: a string was expected, null found."),
        (at_top("file", "a" * 5000), "file: at most 4,096 letters were expected, 5,000 found."),
        (at_top("sha256", "AB" * 32), "sha256: 64 hexadecimal digits in small letters were expected, 'ABABAB"),
        (at_top("words_from", "paper"), "words_from: 'paper' is not one of einvoice, text_layer, ocr, mail_body."),
        (at_top("words_from", []), "words_from: a list of 0 is not one of"),
        (at_top("first_page", 3), "last_page: 2 is before first_page, 3."),
        (
            at_top("last_page", 10**400),
            "last_page: a whole number from 0 to 100000 was expected, a longer number found",
        ),
        (at_top("file_pages", 1.0), "file_pages: a whole number from 0 to 100000 was expected, 1.0 found."),
        (at_top("quality", "clean"), "quality: an object was expected, 'clean' found."),
        (at_top("quality", {"band": "clean"}), "quality: mean_confidence, noise_share is missing."),
        (
            at_top("quality", {"band": "good", "mean_confidence": 1, "noise_share": 0}),
            "quality.band: 'good' is not one of clean, fair, poor.",
        ),
        (at_top("findings", [{"code": "NO"}]), r"findings\[0\].code: 'NO' is not one of"),
        (at_top("pages", "one"), "pages: a list was expected, 'one' found."),
        (at_top("pages", [1]), r"pages\[0\]: an object was expected, 1 found."),
        (in_page("number", 1), "pages: every page's number is greater than the one before."),
        (in_page("number", 0), r"pages\[1\].number: a whole number from 1 to 100000 was expected, 0 found."),
        (in_page("number", True), r"pages\[1\].number: a whole number from 1 to 100000 was expected, true found."),
        (in_page("width", 0), r"pages\[1\].width: a number from 0.01 to 1e\+06 was expected, 0 found."),
        (in_page("height", float("inf")), r"pages\[1\].height: a number from 0.01 to 1e\+06 was expected, inf found."),
        (in_page("dpi", 300), r"pages\[1\]: 'dpi' is not known; known are number, width, height, words, rotation."),
        (in_page("words", {}), r"pages\[1\].words: a list was expected, an object found."),
        (
            in_page("words", ["Total"]),
            r"pages\[1\].words\[0\]: a word is \[text, x0, y0, x1, y1, confidence\]",
        ),
        (in_page("words", [["a", 0, 0, 1, 1]]), r"pages\[1\].words\[0\]: a word is \[.*\], a list of 5 found."),
        (in_word(0, ""), r"pages\[0\].words\[0\]\[0\]: one word without blanks was expected, '' found."),
        (in_word(0, "two words"), r"\[0\]: one word without blanks was expected, 'two words' found."),
        (in_word(0, "half \ud83d".replace(" ", "")), r"\[0\]: half of a surrogate pair is no letter."),
        (in_word(0, "a" * (LONGEST_WORD + 1)), r"\[0\]: at most 2,000 letters were expected, 2,001 found."),
        (in_word(1, "0.1"), r"pages\[0\].words\[0\]\[1\]: a number from -1 to 2 was expected, '0.1' found."),
        (in_word(2, float("nan")), r"pages\[0\].words\[0\]\[2\]: a number from -1 to 2 was expected, nan found."),
        (in_word(3, 10**400), r"\[3\]: a number from -1 to 2 was expected, a longer number found."),
        (in_word(4, 410), r"\[4\]: a number from -1 to 2 was expected, 410 found."),
        (in_word(5, 1.5), r"pages\[0\].words\[0\]\[5\]: a number from 0 to 1 was expected, 1.5 found."),
    ],
)
def test_what_is_not_of_the_form_is_named(change: Callable[[dict[str, Any]], None], said: str) -> None:
    written = json.loads(json.dumps(body()))
    change(written)
    with pytest.raises(ValueError, match=f"^.*{said}"):
        from_words(written)


@pytest.mark.parametrize("written", [None, 1, "words", [], [body()], b"{}"])
def test_what_is_no_object_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="the body: an object was expected"):
        from_words(written)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([*body(), "quality", "findings", "file_pages", "first_page", "last_page"]), anything)
def test_nothing_but_a_value_error_comes_of_any_value(key: str, value: object) -> None:
    with suppress(ValueError):
        assert isinstance(from_words(body(**{key: value})), Document)


@given(st.integers(0, 5), anything)
def test_nothing_but_a_value_error_comes_of_any_word(place: int, value: object) -> None:
    written = json.loads(json.dumps(body()))
    in_word(place, value)(written)
    with suppress(ValueError):
        assert from_words(written).pages[0].words[0].text
