"""What is taken for what: words and values."""

from pathlib import Path

import numpy as np
import pytest

from models.label_scheme import KINDS, OUTSIDE, TAGS
from models.scores import Scores
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from tests.training.evaluate.making import label, prediction, write
from training.dataset.record import LabelledDocument, Origin
from training.evaluate.answers import read
from training.evaluate.confusion import NOWHERE, confused_values, confused_words


def document(*tags: str | None) -> LabelledDocument:
    words = tuple(Word("x", Box(0.1 * i, 0.1, 0.1 * i + 0.05, 0.12)) for i in range(len(tags)))
    return LabelledDocument(
        id="one",
        origin=Origin.GENERATED,
        licence="CC0-1.0",
        group="one",
        kind=Kind.INVOICE,
        language="en",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(Page(1, 595.0, 842.0, words),),
        tags=tags,
        rows=(-1,) * len(tags),
    )


def scores(*tags: str) -> Scores:
    chances = np.full((len(tags), len(TAGS)), 0.001, dtype=np.float32)
    chances[np.arange(len(tags)), [TAGS.index(tag) for tag in tags]] = 0.9
    nothing = np.zeros(len(tags), dtype=np.float32)
    return Scores(chances, np.arange(len(tags)), nothing, np.full(len(KINDS), 0.1, dtype=np.float32))


def test_words_are_counted_by_span_and_unknown_ones_left_out() -> None:
    labelled = document("B-invoice_number", "I-invoice_number", "O", None, "B-iban")
    read_as = scores("I-invoice_number", "B-order_number", "B-iban", "B-iban", "O")
    assert confused_words([(labelled, read_as), (document("O"), scores("O"))]) == {
        ("invoice_number", "invoice_number"): 1,
        ("invoice_number", "order_number"): 1,
        (OUTSIDE, "iban"): 1,
        ("iban", OUTSIDE): 1,
        (OUTSIDE, OUTSIDE): 1,
    }


def test_scores_of_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        confused_words([(document("O", "O"), scores("O"))])


def test_a_wrong_value_is_traced_to_the_field_that_says_it(tmp_path: Path) -> None:
    fields = {"invoice_number": "7", "order_number": "A 12", "net_total": "100", "gross_total": "119"}
    said = {
        "invoice_number": ("A12", 0.9),
        "order_number": ("A12", 0.9),
        "gross_total": ("100.00", 0.9),
        "net_total": ("1", 0.9),
        "iban": ("7", 0.9),  # the label says nothing of it
    }
    labels = write(tmp_path / "labels.jsonl", [label("a.pdf", fields)])
    reading = read(write(tmp_path / "predictions.jsonl", [prediction("a.pdf", said)]), labels)
    assert confused_values(reading.documents) == {
        ("order_number", "invoice_number"): 1,
        ("net_total", "gross_total"): 1,
        (NOWHERE, "net_total"): 1,
    }
