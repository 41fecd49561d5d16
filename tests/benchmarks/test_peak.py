"""Counting multiply-adds, and products of large matrices."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx", reason="comes with bilag[train]")

from benchmarks.peak import Products, products, square_product


def _graph(path: Path, *nodes: Any, **weights: Any) -> Path:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        list(nodes),
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["windows", "words", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(weight, name) for name, weight in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 10
    onnx.save(model, str(path))
    return path


def test_multiply_adds_follow_from_what_comes_in(tmp_path: Path) -> None:
    from onnx import helper

    path = _graph(
        tmp_path / "small.onnx",
        helper.make_node("MatMul", ["x", "w"], ["h"]),
        helper.make_node("Transpose", ["h"], ["t"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["h", "t"], ["y"]),
        w=np.ones((3, 5), dtype=np.float32),
    )
    inputs = {"x": np.ones((2, 7, 3), dtype=np.float32)}
    assert products(path, inputs) == Products(integers=0, floats=2 * 7 * 3 * 5 + 2 * 7 * 5 * 7)


def test_integers_are_counted_apart(tmp_path: Path) -> None:
    from onnx import helper

    path = _graph(
        tmp_path / "small.onnx",
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]),
        helper.make_node("MatMulInteger", ["q", "w", "zero"], ["i"]),
        helper.make_node("Cast", ["i"], ["y"], to=1),
        w=np.ones((3, 5), dtype=np.int8),
    )
    counted = products(path, {"x": np.ones((1, 4, 3), dtype=np.float32)})
    assert counted == Products(integers=4 * 3 * 5, floats=0)
    assert counted.all == 60


def test_a_product_that_is_not_counted_is_no_silence(tmp_path: Path) -> None:
    from onnx import helper

    kernel = np.ones((1, 4, 1), dtype=np.float32)
    path = _graph(tmp_path / "small.onnx", helper.make_node("Conv", ["x", "w"], ["y"]), w=kernel)
    with pytest.raises(ValueError, match="not counted: Conv"):
        products(path, {"x": np.ones((1, 4, 3), dtype=np.float32)})


@pytest.mark.parametrize("integers", [True, False])
def test_the_products_of_the_peak_are_right(integers: bool) -> None:
    made, inputs = square_product(32, threads=1, integers=integers)
    (found,) = made.run(None, inputs)
    assert found.shape == (32, 32)
    assert found.dtype == (np.int32 if integers else np.float32)
    again, _ = square_product(32, threads=1, integers=integers)
    np.testing.assert_array_equal(found, again.run(None, inputs)[0])
    # the identity gives the constant matrix back
    same = np.eye(32, dtype=inputs["one"].dtype)
    (other,) = made.run(None, {"one": same})
    np.testing.assert_allclose(found, inputs["one"].astype(found.dtype) @ other, rtol=1e-4, atol=1e-4)
