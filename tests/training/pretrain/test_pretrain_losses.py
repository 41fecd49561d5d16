"""Hidden words are not seen, wrong guesses cost, and a few pages can be learnt by heart."""

from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from models.features.texts import Vocabulary
from tests.models.small_models import small_lexicon
from tests.training.train.papers import ENCODERS, invoice, small_model, small_sizes
from training.pretrain.masking import masked
from training.pretrain.settings import PretrainSettings
from training.train import fit as fitting
from training.train.checkpoint import Course
from training.train.examples import examples_of
from training.train.fit import Fit, Told
from training.train.lots import Piece, pieces_of
from training.train.settings import Budget

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("safetensors")

import torch

from training.pretrain import losses as learning
from training.pretrain.heads import place_of
from training.pretrain.losses import MaskedPages, distinct

if TYPE_CHECKING:
    from models.features.texts import Texts

SETTINGS = PretrainSettings(words_a_step=100, warm_up=3, rate=5e-3, encoder_rate=1e-3, seed=5, threads=1)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def learnt_from(count: int = 8) -> "tuple[Texts, list[Piece]]":
    vocabulary = Vocabulary()
    examples = examples_of(map(invoice, range(count)), vocabulary)
    return vocabulary.texts(small_lexicon(), small_sizes()), pieces_of(examples, small_sizes())


def states_of(model: Any, texts: "Texts", shown: Any) -> Any:
    with torch.inference_mode():
        return model.network.states(model.seen(texts, shown.batch, shown.hidden))


@pytest.mark.parametrize("encoder", ENCODERS)
def test_the_letters_of_a_hidden_word_change_nothing(encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hidden word is exchanged for another; the network is seen to make the same of the page."""
    texts, pieces = learnt_from()
    model = small_model(encoder=encoder).eval()
    shown: list[Any] = []

    def watched(*arguments: Any, **named: Any) -> Any:
        shown.append(masked(*arguments, **named))
        return shown[-1]

    monkeypatch.setattr(learning, "masked", watched)
    MaskedPages(model, texts, SETTINGS).losses(pieces[:3], np.random.default_rng(3))
    (own,) = shown
    assert own.hidden.any()
    assert own.displaced.any()
    words = own.batch.words.copy()
    words[own.hidden] = (words[own.hidden] + 5) % len(texts)
    other = replace(own, batch=replace(own.batch, words=words))
    assert torch.equal(states_of(model, texts, own), states_of(model, texts, other))
    words = own.batch.words.copy()
    words[~own.hidden & own.batch.there] = 0
    assert not torch.equal(
        states_of(model, texts, own), states_of(model, texts, replace(own, batch=replace(own.batch, words=words)))
    )


def test_words_that_differ_in_digits_are_one_to_tell_apart() -> None:
    vocabulary = Vocabulary()
    numbers = vocabulary.number(["Total", "10.00", "25.99", "total", "Net"])
    firsts, which = distinct(vocabulary.texts(small_lexicon(), small_sizes()), numbers.astype(np.int64))
    assert firsts.tolist() == [0, 1, 4]
    assert which.tolist() == [0, 1, 1, 0, 2]


def test_a_right_guess_costs_nothing_and_no_guess_the_logarithm_of_all() -> None:
    texts, _ = learnt_from()
    model = small_model()
    goal = MaskedPages(model, texts, replace(SETTINGS, temperature=0.01))
    words = np.arange(6, dtype=np.int64)
    firsts, _ = distinct(texts, words)
    goal.heads["letters"] = torch.nn.Sequential()  # nothing: what is given is the guess
    pretrained, _ = model.words(texts, words)
    assert float(goal._letters(pretrained, words)) < 0.1
    assert float(goal._letters(-pretrained, words)) > 5
    assert float(goal._letters(torch.zeros_like(pretrained), words)) == pytest.approx(log(len(firsts)), rel=1e-4)


def test_places_are_middles_and_widths() -> None:
    found = place_of(torch.tensor([[0.1, 0.2, 0.5, 0.4]]))
    assert found[0].tolist() == pytest.approx([0.3, 0.3, 0.4])


def test_without_layout_there_is_no_place_to_guess() -> None:
    texts, _ = learnt_from()
    model = small_model()
    sizes = replace(model.sizes, layout=False)
    model.sizes = sizes
    vocabulary = Vocabulary()
    pieces = pieces_of(examples_of(map(invoice, range(8)), vocabulary), sizes)
    parts = MaskedPages(model, texts, SETTINGS).losses(pieces, np.random.default_rng(3))
    assert set(parts) == {"letters", "outline", "facts"}


@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_few_pages_are_learnt(encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part becomes smaller, heads of labels and the base's sub-words stay as they were."""
    monkeypatch.setattr(fitting, "_TELL_EVERY", 20)
    texts, pieces = learnt_from()
    model = small_model(encoder=encoder)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    told: list[Told] = []
    fit = Fit(model, MaskedPages(model, texts, SETTINGS), pieces, SETTINGS, Budget(steps=100), Course())
    fit.run(tmp_path, "{}", told.append)
    curves: dict[str, list[float]] = {}
    for one in told:
        curves.setdefault(one.name, []).append(one.value)
    assert curves["loss"][-1] < 0.8 * curves["loss"][0]
    for part in ("letters", "outline", "facts", "places"):
        assert curves[f"loss.{part}"][-1] < curves[f"loss.{part}"][0], part
    changed = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert "words.grams.weight" in changed
    heads = ("network.tags", "network.row_", "network.look", "network.kinds", "words.lexicon")
    assert not [name for name in changed if name.startswith(heads)]
