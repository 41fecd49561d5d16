"""The graph takes windows of any number and length, and gives what the network gives."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest

from models.features.batches import Batch, Window, batch_of
from models.features.features import features_of
from models.features.texts import Texts, Vocabulary
from models.runtime import INPUTS, OUTPUTS
from tests.models.papers import Paper
from tests.models.small_models import ENCODERS, SIZES, small_lexicon, small_model
from training.export.graph import write_graph

torch = pytest.importorskip("torch", reason="a graph is exported with torch (extra: train)")
onnx = pytest.importorskip("onnx", reason="a graph is exported with onnx (extra: train)")
pytest.importorskip("transformers", reason="the network needs transformers (extra: train)")

if TYPE_CHECKING:
    from models.network.model import LayoutModel


@pytest.fixture(scope="module", params=ENCODERS)
def model(request: pytest.FixtureRequest) -> "LayoutModel":
    return small_model(seed=3, encoder=request.param)


@pytest.fixture(scope="module")
def graph(model: "LayoutModel", tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "exported" / "graph.onnx"
    write_graph(model, path)
    return path


def session(path: Path) -> Any:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def batch(*lengths: int) -> tuple[Texts, Batch]:
    """Return windows of so many words, all of two pages that are alike."""
    paper, vocabulary = Paper(), Vocabulary()
    for _ in range(2):
        for row in range(8):
            paper.put(0.1, 0.1 + 0.05 * row, "Oak table").put(0.5, 0.1 + 0.05 * row, f"{row} 9.50")
        paper.turn()
    features = features_of(paper.pages, vocabulary.number(word.text for word in paper.words.words))
    cut = [Window(features, 3 * number, 3 * number + length) for number, length in enumerate(lengths)]
    return vocabulary.texts(small_lexicon(), SIZES), batch_of(cut)


def both(model: "LayoutModel", path: Path, texts: Texts, windows: Batch) -> tuple[list[Any], list[Any]]:
    """Return the logits of the network and those of the graph, padding left out."""
    with torch.inference_mode():
        seen, logits = model.seen(texts, windows), model(texts, windows)
        given = {name: getattr(seen, name).numpy() for name in INPUTS}
    made = session(path).run(OUTPUTS, given)
    there, pairs = windows.there, windows.there[:, :, None] & windows.there[:, None, :]
    known = [logits.tags.numpy(), logits.rows.numpy(), logits.kinds.numpy()]
    return [known[0][there], known[1][pairs], known[2]], [made[0][there], made[1][pairs], made[2]]


@pytest.mark.parametrize("lengths", [(1,), (7, 5), (40,), (3, 24, 11, 1, 30)])
def test_it_gives_what_the_network_gives(model: "LayoutModel", graph: Path, lengths: tuple[int, ...]) -> None:
    for known, made in zip(*both(model, graph, *batch(*lengths)), strict=True):
        assert np.allclose(known, made, atol=2e-4)


def test_the_network_is_left_as_it_reads(model: "LayoutModel", graph: Path) -> None:
    """In training's mode a part of its numbers would be dropped by chance."""
    assert not [name for name, part in model.named_modules() if part.training]


def test_it_takes_and_gives_what_the_runtime_does(graph: Path) -> None:
    opened = session(graph)
    assert [put.name for put in opened.get_inputs()] == list(INPUTS)
    assert [got.name for got in opened.get_outputs()] == list(OUTPUTS)
    types = {put.name: put.type for put in opened.get_inputs()}
    assert (types["neighbours"], types["there"]) == ("tensor(int64)", "tensor(bool)")
    assert set(types.values()) == {"tensor(float)", "tensor(int64)", "tensor(bool)"}


def test_what_the_graph_does_not_hold_is_the_tables(graph: Path) -> None:
    """Words are looked up outside: the graph has no table of grams, shapes or sub-words."""
    dims = [list(tensor.dims) for tensor in onnx.load(str(graph)).graph.initializer]
    assert [SIZES.grams, SIZES.gram_width] not in dims
    assert [SIZES.shapes, SIZES.shape_width] not in dims
    assert [SIZES.pieces, SIZES.lexicon_width] not in dims
