"""The network in PyTorch: what a word gets does not depend on padding, on its batch, or on letters that are hidden."""

from dataclasses import replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np
import pytest

from models.architecture import Architecture
from models.features.batches import Batch, Window, batch_of
from models.features.features import features_of
from models.features.texts import Texts, Vocabulary
from models.label_scheme import KINDS, TAGS
from models.scores import Scores
from tests.models.papers import Paper
from tests.models.small_models import ENCODERS, SIZES, small_base, small_lexicon, small_model

pytest.importorskip("torch", reason="the network needs torch (extra: train)")
pytest.importorskip("transformers", reason="the network needs transformers (extra: train)")

import torch

from models.network.model import model_from_base
from models.network.reading import TorchReader

if TYPE_CHECKING:
    from models.network.model import LayoutModel
    from models.network.network import Logits


@pytest.fixture(scope="module", params=ENCODERS)
def model(request: pytest.FixtureRequest) -> "LayoutModel":
    return small_model(encoder=request.param)


def letter() -> Paper:
    """Return two pages of seventeen and six words."""
    paper = Paper().put(0.4, 0.05, "INVOICE").put(0.1, 0.1, "Invoice number:").put(0.5, 0.1, "R-4711")
    for row in range(3):
        paper.put(0.1, 0.3 + 0.03 * row, "Oak table").put(0.5, 0.3 + 0.03 * row, "2").put(0.8, 0.3 + 0.03 * row, "9.00")
    paper.put(0.1, 0.9, "Page 1").turn()
    return paper.put(0.1, 0.1, "Oak table").put(0.8, 0.1, "9.00").put(0.6, 0.4, "Total EUR 36.00")


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    """The first page, part of it, and both pages together, as windows of one document."""
    paper = letter()
    numbers = Vocabulary().number(word.text for word in paper.words.words)
    features = features_of(paper.pages, numbers)
    return [Window(features, 0, 18), Window(features, 4, 11), Window(features, 0, len(features))]


@pytest.fixture(scope="module")
def texts() -> Texts:
    vocabulary = Vocabulary()
    vocabulary.number(word.text for word in letter().words.words)
    return vocabulary.texts(small_lexicon(), SIZES)


def run(model: "LayoutModel", texts: Texts, batch: Batch) -> "Logits":
    with torch.inference_mode():
        logits: Logits = model(texts, batch)
    return logits


def close(first: "torch.Tensor", second: "torch.Tensor", tolerance: float = 1e-4) -> bool:
    return bool(torch.allclose(first, second, atol=tolerance))


def test_logits_have_a_place_for_every_word_and_pair(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    logits = run(model, texts, batch_of(windows))
    length = max(map(len, windows))
    assert logits.tags.shape == (3, length, len(TAGS))
    assert logits.rows.shape == (3, length, length)
    assert logits.kinds.shape == (3, len(KINDS))


def test_padding_does_not_change_a_words_logits(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    together = run(model, texts, batch_of(windows))
    for row, window in enumerate(windows):
        alone, count = run(model, texts, batch_of([window])), len(window)
        assert close(together.tags[row, :count], alone.tags[0])
        assert close(together.rows[row, :count, :count], alone.rows[0])
        assert close(together.kinds[row], alone.kinds[0])


def test_what_stands_in_padding_is_not_seen(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    batch = batch_of(windows)
    before = run(model, texts, batch)
    absent = ~batch.there
    batch.words[absent] = len(texts) - 1
    batch.boxes[absent] = (0.2, 0.2, 0.9, 0.9)
    batch.pages[absent] = 3
    batch.standing[absent] = 1.5
    after = run(model, texts, batch)
    for row, window in enumerate(windows):
        assert close(before.tags[row, : len(window)], after.tags[row, : len(window)])
    assert close(before.kinds, after.kinds)


def test_no_row_begins_at_padding(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    begins = run(model, texts, batch_of(windows)).rows.argmax(-1)
    for row, window in enumerate(windows):
        assert bool((begins[row, : len(window)] < len(window)).all())


def test_the_order_of_a_batch_does_not_matter(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    forward, backward = run(model, texts, batch_of(windows)), run(model, texts, batch_of(windows[::-1]))
    for name in ("tags", "rows", "kinds"):
        there, back = getattr(forward, name), getattr(backward, name).flip(0)
        for row, window in enumerate(windows):
            part = (row, *[slice(len(window))] * (0 if name == "kinds" else 1))
            whole = (*part, slice(len(window))) if name == "rows" else part
            assert close(there[whole], back[whole])


@pytest.mark.parametrize("changed", ["words", "boxes", "pages", "neighbours", "standing"])
def test_everything_that_is_told_of_a_word_tells(
    model: "LayoutModel", texts: Texts, windows: list[Window], changed: str
) -> None:
    """What has no effect would be dead weight: every input of the last window moves some of its tags."""
    batch = batch_of(windows)
    before = run(model, texts, batch)
    {
        "words": lambda: batch.words[2].__setitem__(3, (batch.words[2, 3] + 1) % len(texts)),
        "boxes": lambda: batch.boxes[2].__setitem__(3, (0.7, 0.7, 0.8, 0.72)),
        "pages": lambda: batch.pages[2].__setitem__(slice(None), 0),
        "neighbours": lambda: batch.neighbours[2].__setitem__(3, (0, 1, 2, 9)),
        "standing": lambda: batch.standing[2].__setitem__(3, 0.9),
    }[changed]()
    after = run(model, texts, batch)
    assert not close(before.tags[2], after.tags[2], 1e-3)
    assert close(before.tags[:2, :7], after.tags[:2, :7])


def test_what_distance_adds_is_the_sum_of_its_waves(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    """For every head, pair of words, axis and wave: a cos(w(i - j)) + b sin(w(i - j)), added up one by one."""
    batch = batch_of([windows[2]])
    with torch.inference_mode():
        found = model.network._apart(model.seen(texts, batch))[0]
    weights, turns = model.network.apart.detach().numpy(), model.network.turns.numpy() / (2 * pi)
    alike, ahead = np.split(weights, 2, axis=1)
    x0, y0, x1, y1 = batch.boxes[0].astype(float).T
    axes = (x0, x1, (y0 + y1) / 2 + 1.5 * batch.pages[0])
    waves = [(axis, turn) for axis in axes for turn in turns]
    for head in range(len(weights)):
        for i, j in ((0, 0), (0, 5), (5, 0), (3, 17), (22, 1), (12, 20)):
            direct = sum(
                alike[head, n] * cos(2 * pi * turn * (axis[i] - axis[j]))
                + ahead[head, n] * sin(2 * pi * turn * (axis[i] - axis[j]))
                for n, (axis, turn) in enumerate(waves)
            )
            assert float(found[head, i, j]) == pytest.approx(direct, abs=2e-4)


def test_distance_is_told_apart_by_its_direction(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    with torch.inference_mode():
        found = model.network._apart(model.seen(texts, batch_of([windows[2]])))[0]
    heads = 2 if model.sizes.encoder == "layoutlm" else 0  # the other layers have distances of their own
    assert found.shape == (heads + 1, len(windows[2]), len(windows[2]))
    assert not close(found, found.transpose(1, 2), 1e-2)


def test_a_hidden_word_has_zero_vectors_and_others_keep_theirs(model: "LayoutModel", texts: Texts) -> None:
    rows = np.arange(6, dtype=np.int64)
    hidden = np.array([False, True, False, False, True, False])
    with torch.inference_mode():
        pretrained, told = model.words(texts, rows)
        some_pretrained, some_told = model.words(texts, rows, hidden)
    for whole, some in ((pretrained, some_pretrained), (told, some_told)):
        assert bool((whole.abs().sum(1) > 0).all())
        assert not bool(some[torch.from_numpy(hidden)].any())
        assert torch.equal(some[torch.from_numpy(~hidden)], whole[torch.from_numpy(~hidden)])


def test_letters_that_are_hidden_tell_nothing(model: "LayoutModel", texts: Texts, windows: list[Window]) -> None:
    batch = batch_of([windows[0]])
    other = batch_of([windows[0]])
    other.words[0, 2] = (other.words[0, 2] + 3) % len(texts)
    hidden = np.zeros(batch.words.shape, dtype=np.bool_)
    hidden[0, 2] = True
    with torch.inference_mode():
        assert torch.equal(model(texts, batch, hidden).tags, model(texts, other, hidden).tags)
        assert not close(model(texts, batch).tags, model(texts, other).tags)


def test_a_words_vector_is_the_mean_of_its_pieces(model: "LayoutModel", texts: Texts) -> None:
    lexicon = small_lexicon()
    words = ["INVOICE", "number:", "R-4711"]
    vocabulary = Vocabulary()
    vocabulary.number(words)
    with torch.inference_mode():
        pretrained, _ = model.words(vocabulary.texts(lexicon, SIZES), np.arange(3, dtype=np.int64))
    for vector, pieces in zip(pretrained, lexicon.pieces(words), strict=True):
        mean = model.words.lexicon.weight[torch.from_numpy(pieces).long()].mean(0)
        assert close(vector, mean, 1e-6)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_the_table_of_the_base_stays_as_it_is(encoder: str) -> None:
    """A step of training moves every part but the sub-words, which the release shares with the base."""
    model = small_model(encoder=encoder).train()
    vocabulary = Vocabulary()
    paper = letter()
    features = features_of(paper.pages, vocabulary.number(word.text for word in paper.words.words))
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    learnt = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    logits = model(vocabulary.texts(small_lexicon(), SIZES), batch_of([Window(features, 0, len(features))]))
    (logits.tags.square().mean() + logits.rows.square().mean() + logits.kinds.square().mean()).backward()
    torch.optim.SGD(learnt.values(), lr=0.1).step()
    still = {name for name, weight in model.named_parameters() if torch.equal(weight, before[name])}
    assert "words.lexicon.weight" in still
    still.discard("network.look.bias")  # adds the same to every word, and only their differences count
    assert still & learnt.keys() == set()


@pytest.mark.parametrize("encoder", ENCODERS)
def test_the_pieces_of_a_base_go_over_to_the_model(encoder: str) -> None:
    base = small_base()
    table = base.embeddings.word_embeddings.weight.detach().clone()
    model = model_from_base(base, replace(SIZES, encoder=encoder))
    assert torch.equal(model.words.lexicon.weight, table)
    assert (model.encoder_config is None) is (encoder == "page")


def test_the_layers_of_a_base_go_over_to_a_layoutlm() -> None:
    base = small_base()
    before = {name: weight.clone() for name, weight in base.state_dict().items()}
    held = model_from_base(base, replace(SIZES, encoder="layoutlm")).network.get_submodule("encoder").state_dict()
    assert held["embeddings.word_embeddings.weight"].shape == (1, 24)
    kept = [name for name in before if not name.startswith(("pooler", "embeddings.word_embeddings"))]
    assert len(kept) > 30
    assert all(torch.equal(held[name], before[name]) for name in kept)


def test_a_reader_scores_every_word_of_a_document_longer_than_a_window(model: "LayoutModel") -> None:
    paper = Paper()
    for _ in range(3):
        for row in range(12):
            paper.put(0.1, 0.1 + 0.03 * row, "Oak table").put(0.5, 0.1 + 0.03 * row, f"{row}").put(0.8, 0.1, "9.00 EUR")
        paper.turn()
    count = len(paper.words.words)
    assert count > 4 * SIZES.window
    scores = TorchReader(model, small_lexicon()).scores(paper.pages)
    assert scores.tags.shape == (count, len(TAGS))
    assert np.allclose(scores.tags.sum(1), 1, atol=1e-5)
    assert ((scores.row_begins >= 0) & (scores.row_begins < count)).all()
    apart = np.abs(scores.row_begins - np.arange(count))
    assert (apart < SIZES.window).all()
    assert scores.row_begins[-10:].min() > SIZES.window


def test_a_reader_scores_a_short_document_as_the_network_does(
    model: "LayoutModel", texts: Texts, windows: list[Window]
) -> None:
    direct = run(model, texts, batch_of([windows[2]]))
    scores = TorchReader(model, small_lexicon()).scores(letter().pages)
    assert np.allclose(scores.tags, direct.tags[0].softmax(-1).numpy(), atol=1e-5)
    assert scores.row_begins.tolist() == direct.rows[0].argmax(-1).tolist()
    assert np.allclose(scores.kinds, direct.kinds[0].softmax(-1).numpy(), atol=1e-5)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_reader_without_layout_reads_alike_wherever_words_stand(encoder: str) -> None:
    """The same words in the same order, on two pages and scattered over three."""
    model = small_model(encoder=encoder)
    seeing = TorchReader(model, small_lexicon())
    here = letter()
    there, chance = Paper(), np.random.default_rng(4)
    for number, word in enumerate(here.words.words):
        x, y = chance.uniform(0.05, 0.85, 2)
        there.put(float(x), float(y), word.text)
        if number in (5, 11):
            there.turn()
    apart = [seeing.scores(paper.pages) for paper in (here, there)]
    assert not np.allclose(apart[0].tags, apart[1].tags, atol=1e-2)
    model.sizes = replace(model.sizes, layout=False)
    blind = TorchReader(model, small_lexicon())
    one, other = (blind.scores(paper.pages) for paper in (here, there))
    assert np.array_equal(one.tags, other.tags)
    assert np.array_equal(one.row_begins, other.row_begins)
    assert np.array_equal(one.kinds, other.kinds)
    backwards = Paper()
    for word in here.words.words[::-1]:
        backwards.put(0.1, 0.1, word.text)
    assert not np.allclose(blind.scores(backwards.pages).tags[::-1], one.tags, atol=1e-2)


def test_a_reader_of_empty_pages_knows_nothing(model: "LayoutModel") -> None:
    empty = TorchReader(model, small_lexicon()).scores(Paper().turn().pages)
    assert isinstance(empty, Scores)
    assert empty.tags.shape == (0, len(TAGS))


def test_the_usual_window_fits_the_positions_of_a_text_encoder() -> None:
    """Encoders made of XLM-R and BERT know 512 positions, of which RoBERTa's family uses two up."""
    usual = Architecture()
    assert 0 < usual.overlap < usual.window <= 512 - 2


def test_the_kind_is_told_by_words_and_not_by_what_the_layers_make_of_them(
    model: "LayoutModel", texts: Texts, windows: list[Window]
) -> None:
    """With all words weighed alike, the layers change tags and leave the kind."""
    seen = model.seen(texts, batch_of(windows))
    network = model.network
    layers = network.page if network.encoder is None else network.encoder.encoder
    kept = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    with torch.inference_mode():
        network.look.weight.zero_()
        before = network(seen)
        for weight in layers.parameters():
            weight.add_(torch.randn_like(weight) * 0.3)
        after = network(seen)
    network.load_state_dict(kept)
    assert close(before.kinds, after.kinds)
    assert not close(before.tags, after.tags, 1e-2)
