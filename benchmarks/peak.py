"""What the machine can do with 8-bit integers, and how many products a graph asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

INTEGER_PRODUCTS = frozenset({"MatMulInteger", "QLinearMatMul", "DynamicQuantizeMatMul", "MatMulIntegerToFloat"})
FLOAT_PRODUCTS = frozenset({"MatMul", "FusedMatMul", "Gemm"})
_SECOND = {"QLinearMatMul": 3}
"""Which input is the second matrix, where it is not the one after the first."""
_ALSO_PRODUCTS = ("Attention", "Conv", "Einsum", "MatMulNBits", "LSTM", "GRU")
_OPSET = 17


@dataclass(frozen=True, slots=True)
class Products:
    """Multiply-adds of one run of a graph, in 8-bit integers and in floats."""

    integers: int
    floats: int

    @property
    def all(self) -> int:
        return self.integers + self.floats


def session(model: "str | bytes", threads: int) -> Any:
    """Return an onnxruntime session with the settings of `models.runtime`, of a path or of a graph's bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def products(path: Path, inputs: "Arrays") -> Products:
    """Return the multiply-adds that a graph's matrix products take with these inputs.

    The graph is run once with the products' inputs told as outputs: their shapes depend on the inputs. Raises
    ValueError where the graph multiplies by nodes that are not counted here.
    """
    import onnx

    model = onnx.load(str(path))
    nodes = [node for node in model.graph.node if node.op_type in INTEGER_PRODUCTS | FLOAT_PRODUCTS]
    strange = {node.op_type for node in model.graph.node if node.op_type.endswith(_ALSO_PRODUCTS)}
    if strange:
        raise ValueError(f"{path} has products that are not counted: {', '.join(sorted(strange))}.")
    shapes = {weight.name: tuple(weight.dims) for weight in model.graph.initializer}
    shapes |= {name: array.shape for name, array in inputs.items()}
    wanted = sorted({name for node in nodes for name in _factors(node)} - shapes.keys())
    del model.graph.output[:]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in wanted)
    values = session(model.SerializeToString(), 1).run(wanted, dict(inputs)) if wanted else []
    shapes |= {name: value.shape for name, value in zip(wanted, values, strict=True)}
    counted = {True: 0, False: 0}
    for node in nodes:
        counted[node.op_type in INTEGER_PRODUCTS] += _multiply_adds(node, shapes)
    return Products(counted[True], counted[False])


def _factors(node: Any) -> tuple[str, str]:
    return node.input[0], node.input[_SECOND.get(node.op_type, 1)]


def _multiply_adds(node: Any, shapes: Mapping[str, tuple[int, ...]]) -> int:
    """Return batch × rows × columns × depth of one product."""
    turned = {part.name: part.i for part in node.attribute if part.name in ("transA", "transB")}
    one, other = (shapes[name] for name in _factors(node))
    one = (*one[:-2], one[-1], one[-2]) if turned.get("transA") else one
    other = (*other[:-2], other[-1], other[-2]) if turned.get("transB") else other
    if len(one) == 1 or len(other) == 1:
        return prod(one) * prod(other) // one[-1]
    batch = np.broadcast_shapes(one[:-2], other[:-2])
    return prod(batch) * one[-2] * one[-1] * other[-1]


def square_product(size: int, threads: int, *, integers: bool) -> "tuple[Any, Arrays]":
    """Return a session that multiplies an input by a constant matrix, both of `size` squared, and its inputs.

    In integers it is unsigned by signed, seven bits of weight, as the released graph has it; the result stays 32 bits.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    chance = np.random.default_rng(size)
    if integers:
        weight: NDArray[np.generic] = chance.integers(-64, 64, (size, size), dtype=np.int8)
        one: NDArray[np.generic] = chance.integers(0, 256, (size, size), dtype=np.uint8)
        node, given, made = "MatMulInteger", TensorProto.UINT8, TensorProto.INT32
    else:
        weight = chance.standard_normal((size, size), dtype=np.float32)
        one = chance.standard_normal((size, size), dtype=np.float32)
        node, given, made = "MatMul", TensorProto.FLOAT, TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node(node, ["one", "other"], ["product"])],
        "product",
        [helper.make_tensor_value_info("one", given, [size, size])],
        [helper.make_tensor_value_info("product", made, [size, size])],
        [numpy_helper.from_array(weight, "other")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = min(model.ir_version, onnx.IR_VERSION, 10)
    return session(model.SerializeToString(), threads), {"one": one}
