"""The labelled words say the values they were made from, in every kind and language."""

import json

import pytest

from models.label_scheme import SPANS, TAGS
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from pipeline.domain.vocabulary import Kind
from training.synthesize.generate import Draft, draft, generate, generate_with_proof
from training.synthesize.labelling.annotations import areas
from training.synthesize.labelling.check import mistakes
from training.synthesize.labelling.tagging import Tagged
from training.synthesize.locales.wording import LANGUAGES
from training.synthesize.prove import same_words_with_marks

PAIRS = [(language, kind) for language in LANGUAGES for kind in Kind]


@pytest.fixture(scope="module")
def made() -> list[Draft]:
    return [
        generate_with_proof(seed, language=language, kind=kind)[0] for seed, (language, kind) in enumerate(PAIRS, 700)
    ]


def test_values_are_read_back_from_words(made: list[Draft]) -> None:
    for document in made:
        assert not document.mistakes
        assert document.marks
    assert {(m.document.language, m.document.kind) for m in made} == set(PAIRS)


def test_few_drafts_are_thrown_away() -> None:
    assert sum(bool(draft(seed).mistakes) for seed in range(100)) <= 5


def test_every_word_has_a_tag_and_a_row(made: list[Draft]) -> None:
    for document in (m.document for m in made):
        words = sum(len(page.words) for page in document.pages)
        assert len(document.tags) == len(document.rows) == words
        for tag, row in zip(document.tags, document.rows, strict=True):
            assert tag in TAGS
            assert (row >= 0) == ((tag is not None and "-line." in tag) or "-tax." in str(tag))


def test_values_stand_beside_the_words(made: list[Draft]) -> None:
    for document in (m.document for m in made):
        spans = {tag[2:] for tag in document.tags if tag and tag != "O"}
        said = {*document.fields}
        said |= {f"line.{name}" for line in document.lines for name in line}
        said |= {f"tax.{name}" for row in document.tax_breakdown for name in row}
        assert said == spans <= set(SPANS)


def test_every_span_occurs(made: list[Draft]) -> None:
    spans = {tag[2:] for m in made for tag in m.document.tags if tag and tag != "O"}
    assert set(SPANS) - spans <= {"prepaid_amount"}


def test_the_marks_are_gone_and_change_nothing(made: list[Draft]) -> None:
    for one in made[:12]:
        assert any(areas(one.marked_pdf))
        assert not any(areas(one.pdf))
        assert same_words_with_marks(one)


def test_words_are_those_of_serving(made: list[Draft]) -> None:
    read = FileReader(ocr=None, sandbox=False).read(SourceFile("a.pdf", "application/pdf", made[0].pdf))
    assert isinstance(read, Document)
    assert read.pages == made[0].document.pages


def test_a_seed_gives_the_same_document() -> None:
    first, second = generate(31), generate(31)
    assert first == second
    assert json.dumps(dict(first[0].traits)) == json.dumps(dict(second[0].traits))


def test_a_wrong_label_is_noticed(made: list[Draft]) -> None:
    one = next(m for m in made if m.document.kind is Kind.INVOICE and m.document.lines)
    at = next(i for i, (mark, _, _) in enumerate(one.tagged.printed) if mark.span == "issue_date")
    mark, page, words = one.tagged.printed[at]
    spoiled = (*one.tagged.printed[:at], (mark, page, words[:-1]), *one.tagged.printed[at + 1 :])
    tagged = Tagged(one.tagged.tags, one.tagged.rows, spoiled)
    found = list(mistakes(tagged, one.marks, one.sheet.content.convention))
    assert found
    assert "issue_date" in found[0]
