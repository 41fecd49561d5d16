"""The LayoutLM that a user would run."""

import pytest

pytest.importorskip("torch", reason="comes with bilag[train]")
pytest.importorskip("transformers", reason="comes with bilag[train]")

from benchmarks.layoutlm import LENGTH, HuggingFaceLayoutLM
from models.release import RELEASED
from tests.models.papers import Paper

pytestmark = pytest.mark.slow


def _pages(words: int) -> Paper:
    paper = Paper()
    for number in range(words):
        paper.put(0.1, number / words, f"Rechnungsbetrag-{number}")
    return paper


def test_every_word_is_read_in_windows_of_512_tokens() -> None:
    model = HuggingFaceLayoutLM(RELEASED, whole=True, layers=1)
    inputs = model.inputs(_pages(150).pages)
    windows, length = inputs["input_ids"].shape
    assert windows >= 2
    assert length == LENGTH
    assert inputs["bbox"].shape == (windows, LENGTH, 4)
    assert inputs["attention_mask"][0].all()
    assert len(inputs["bbox"][:, :, 1].unique()) == 150, "a place of every word, the first at the top"
    assert model.read(_pages(150).pages) == windows


def test_out_of_the_box_what_does_not_fit_is_cut_off() -> None:
    model = HuggingFaceLayoutLM(RELEASED, whole=False, layers=1)
    assert model.read((*_pages(300).pages, *_pages(3).pages)) == 2
    (long, short) = model.inputs((*_pages(300).pages, *_pages(3).pages))["attention_mask"]
    assert long.sum() == LENGTH
    assert short.sum() < 60
