"""What the network says of a document."""

import numpy as np
import pytest

from models.label_scheme import KINDS, SPANS, TAGS
from models.scores import Scores
from pipeline.domain.vocabulary import Kind
from tests.models.papers import scores_of_tags


def test_beginning_and_going_on_are_both_of_the_span() -> None:
    scores = scores_of_tags(["O", "O"])
    scores.tags[:] = 0
    scores.tags[0, TAGS.index("B-iban")], scores.tags[0, TAGS.index("I-iban")] = 0.25, 0.5
    scores.tags[1, TAGS.index("I-tax.tax_amount")], scores.tags[1, 0] = 0.125, 0.875
    assert scores.spans.shape == (2, len(SPANS))
    assert scores.spans[0, SPANS.index("iban")] == 0.75
    assert scores.spans[1, SPANS.index("tax.tax_amount")] == 0.125
    assert scores.spans.sum() == 0.875


def test_every_span_has_its_two_tags() -> None:
    for span in SPANS:
        scores = scores_of_tags([f"B-{span}", f"I-{span}"], sure=1.0)
        assert scores.spans.argmax(1).tolist() == [SPANS.index(span)] * 2
        assert scores.spans.max(1).tolist() == [1, 1]


def test_the_likeliest_kind_is_told_with_its_chance() -> None:
    kind, chance = scores_of_tags([], kind=Kind.RECEIPT, sure=0.7).kind
    assert kind is Kind.RECEIPT
    assert chance == pytest.approx(0.7)


@pytest.mark.parametrize("words", [0, 3])
def test_no_knowledge_is_every_word_outside_and_any_kind(words: int) -> None:
    scores = Scores.none(words)
    assert scores.tags.shape == (words, len(TAGS))
    assert (scores.tags[:, 0] == 1).all()
    assert not scores.spans.any()
    assert scores.row_begins.tolist() == list(range(words))
    assert not scores.row_chances.any()
    assert scores.kinds.tolist() == [pytest.approx(1 / len(KINDS))] * len(KINDS)
    assert np.isclose(scores.kinds.sum(), 1)
