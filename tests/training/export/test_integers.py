"""The graph in integers says what the graph in floats says, each window by itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest

from models.batching import lengthened
from models.runtime import INPUTS, OUTPUTS
from tests.models.exported import papers
from tests.models.small_models import ENCODERS, small_lexicon, small_model
from training.export.graph import entering, write_graph
from training.export.integers import quantize

pytest.importorskip("torch", reason="a graph is exported with torch (extra: train)")
onnx = pytest.importorskip("onnx", reason="a graph is exported with onnx (extra: train)")
pytest.importorskip("transformers", reason="the network needs transformers (extra: train)")

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture(scope="module", params=ENCODERS)
def graphs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Any]]:
    """A graph in floats, the same in integers, and the windows that it was measured with."""
    folder = tmp_path_factory.mktemp("integers")
    model = small_model(seed=3, encoder=request.param)
    write_graph(model, folder / "floats.onnx")
    samples = list(entering(model, small_lexicon(), papers()))
    quantize(folder / "floats.onnx", folder / "integers.onnx", samples)
    return folder / "floats.onnx", folder / "integers.onnx", samples


def logits(path: Path, sample: dict[str, "NDArray[Any]"]) -> list["NDArray[np.float32]"]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    made: list[NDArray[np.float32]] = session.run(OUTPUTS, sample)
    return made


def test_it_says_nearly_the_same(graphs: tuple[Path, Path, list[Any]]) -> None:
    floats, integers, samples = graphs
    for sample in samples:
        for known, made in zip(logits(floats, sample), logits(integers, sample), strict=True):
            assert np.corrcoef(known.ravel(), made.ravel())[0, 1] > 0.98


def test_a_window_says_the_same_beside_one_of_larger_numbers(graphs: tuple[Path, Path, list[Any]]) -> None:
    _, integers, samples = graphs
    one, other = (tuple(sample[name] for name in INPUTS) for sample in (samples[0], samples[-1]))
    length = max(one[6].shape[1], other[6].shape[1])
    loud = tuple(array * 4 if place < 2 else array for place, array in enumerate(lengthened(other, length)))
    both = [np.concatenate(arrays) for arrays in zip(lengthened(one, length), loud, strict=True)]
    alone, beside = logits(integers, dict(samples[0])), logits(integers, dict(zip(INPUTS, both, strict=True)))
    words = one[6].shape[1]
    assert np.allclose(alone[0][0], beside[0][0, :words], atol=1e-4)
    assert np.allclose(alone[2][0], beside[2][0], atol=1e-4)


def test_its_matrices_are_in_integers_with_a_scale_a_column(graphs: tuple[Path, Path, list[Any]]) -> None:
    floats, integers, _ = graphs
    model = onnx.load(str(integers))
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    before = {tensor.name: tensor for tensor in onnx.load(str(floats)).graph.initializer}
    matrices = [name for name in held if name.endswith("_quantized")]
    assert len(matrices) >= 15  # those of two layers, of the entry and of the heads
    for name in matrices:
        assert held[name].data_type == onnx.TensorProto.INT8
        assert name.removesuffix("_quantized") not in held, "the floats are gone"
        scales = onnx.numpy_helper.to_array(held[f"{name.removesuffix('_quantized')}_scale"])
        weights = onnx.numpy_helper.to_array(before[name.removesuffix("_quantized")])
        assert np.allclose(
            onnx.numpy_helper.to_array(held[name]) * scales, weights, atol=float(scales.max()) / 2 + 1e-6
        )
    assert not [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in before]


def test_what_the_neighbours_say_is_copied_as_integers(graphs: tuple[Path, Path, list[Any]]) -> None:
    """A quarter of the bytes: a word's vector goes to all whose neighbour it is."""
    model = onnx.load(str(graphs[1]))
    makers = {name: node for node in model.graph.node for name in node.output}
    products = [node for node in model.graph.node if node.op_type == "MatMulIntegerToFloat"]
    entering_products = [makers[node.input[0]].op_type for node in products]
    assert set(entering_products) <= {"QuantizeLinear", "Reshape"}


def test_nothing_to_measure_with_is_an_error(graphs: tuple[Path, Path, list[Any]], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no document to measure"):
        quantize(graphs[0], tmp_path / "none.onnx", [])
