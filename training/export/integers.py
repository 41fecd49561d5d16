"""The graph with its products in 8-bit integers: weights with a scale a column, what they meet with one that is fixed.

What a word's vector can be is measured once, on documents, when the release is made. So the scale hangs neither on the
other words of a page nor on strangers in the same call: a window's logits are the same in any company, and nothing is
spent on finding the largest number of every call. Numbers beyond the measured range count as its end.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Inputs = Mapping[str, NDArray[np.generic]]
    Ranges = dict[str, tuple[float, float]]

_LARGEST = 63
"""Weights keep to 7 bits: processors without instructions for 8-bit products add two of them in 16 bits, which would
overflow (onnxruntime's `reduce_range`)."""
_STEPS = 255
_BEYOND = 1e-5
"""Part of a window's numbers, on each side, that may lie beyond the range: a few far ones would make it coarse for all.
"""
_MOVES = frozenset({"Reshape", "Gather"})
"""What puts numbers elsewhere and leaves them as they are."""
_CONTRIB = "com.microsoft"


def quantize(source: Path, path: Path, samples: Iterable["Inputs"]) -> None:
    """Write the graph of `source` with its products in integers, for numbers such as `samples` bring about.

    A sample has the inputs of `models.runtime.INPUTS` for one call. Raises ValueError where there is none.
    """
    import onnx

    model = onnx.load(str(source))
    ranges = _measured(model, samples)
    _Rewriting(model.graph).run(ranges)
    model.opset_import.append(onnx.helper.make_opsetid(_CONTRIB, 1))
    onnx.save(model, str(path))


def _measured(model: Any, samples: Iterable["Inputs"]) -> "Ranges":
    """Return the least and the largest number that goes into each product, zero within."""
    import onnx
    import onnxruntime

    names = list(dict.fromkeys(node.input[0] for node in _products(model.graph)))
    told = onnx.ModelProto()
    told.CopyFrom(model)
    told.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(told.SerializeToString(), providers=["CPUExecutionProvider"])
    lows: list[NDArray[np.float64]] = []
    highs: list[NDArray[np.float64]] = []
    for sample in samples:
        ends = np.array([np.quantile(found, (_BEYOND, 1 - _BEYOND)) for found in session.run(names, dict(sample))])
        lows.append(ends[:, 0])
        highs.append(ends[:, 1])
    if not lows:
        raise ValueError("There is no document to measure the graph with.")
    least, largest = np.minimum(np.min(lows, axis=0), 0.0), np.maximum(np.max(highs, axis=0), 0.0)
    return {name: (float(low), float(high)) for name, low, high in zip(names, least, largest, strict=True)}


def _products(graph: Any) -> list[Any]:
    """Return the nodes that multiply by a matrix of the graph's own."""
    matrices = {held.name for held in graph.initializer if len(held.dims) == 2}
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in matrices]


class _Rewriting:
    """One graph on its way from floats to integers."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._held = {held.name: held for held in graph.initializer}
        self._maker = {name: node for node in graph.node for name in node.output}
        self._takers: dict[str, list[Any]] = {}
        for node in graph.node:
            for name in node.input:
                self._takers.setdefault(name, []).append(node)
        self._outputs = {put.name for put in graph.output}
        self._constants: list[Any] = []
        self._gone: set[int] = set()
        self._integers: dict[str, str] = {}

    def run(self, ranges: "Ranges") -> None:
        """Replace every product, and the floats that nothing asks for any more."""
        products = {id(node) for node in _products(self._graph)}
        made: dict[int, list[Any]] = {}
        for node in self._graph.node:
            if id(node) in products:
                entering = self._entering(node.input[0], *ranges[node.input[0]])
                made[id(node)] = [*entering, self._product(node)]
        kept: list[Any] = []
        for node in self._graph.node:
            kept += made.get(id(node), [] if id(node) in self._gone else [node])
        self._replace(kept)

    def _entering(self, name: str, low: float, high: float) -> list[Any]:
        """Return the nodes that turn some numbers into integers; none where they already are.

        Where they are copied about first, as a word's neighbours are, integers are copied in their place.
        """
        from onnx import helper

        if name in self._integers:
            return []
        moves: list[Any] = []
        origin = name
        while (node := self._maker.get(origin)) and node.op_type in _MOVES and len(self._takers[origin]) == 1:
            moves.insert(0, node)
            origin = node.input[0]
        scale = np.float32(max((high - low) / _STEPS, 1e-8))
        zero = np.uint8(np.clip(round(-low / float(scale)), 0, _STEPS))
        self._hold(f"{name}_scale", scale)
        self._hold(f"{name}_zero", zero)
        current = f"{origin}_for_{name}"
        nodes = [helper.make_node("QuantizeLinear", [origin, f"{name}_scale", f"{name}_zero"], [current])]
        for number, node in enumerate(moves):
            moved = type(node)()
            moved.CopyFrom(node)
            moved.input[0], moved.output[0] = current, f"{name}_moved_{number}"
            moved.name = f"{node.name}_in_integers"
            current = moved.output[0]
            nodes.append(moved)
            self._gone.add(id(node))
        self._integers[name] = current
        return nodes

    def _product(self, node: Any) -> Any:
        """Return a product in integers, which takes along the vector that is added to it."""
        from onnx import helper, numpy_helper

        name, output = node.input[0], node.output[0]
        matrix = numpy_helper.to_array(self._held[node.input[1]])
        scales = np.maximum(np.abs(matrix).max(0) / _LARGEST, 1e-9).astype(np.float32)
        weights = f"{node.input[1]}_quantized"
        self._hold(weights, np.clip(np.rint(matrix / scales), -_LARGEST, _LARGEST).astype(np.int8))
        self._hold(f"{node.input[1]}_scale", scales)
        self._hold(f"{node.input[1]}_zero", np.zeros(len(scales), dtype=np.int8))
        taken = [self._integers[name], weights, f"{name}_scale", f"{node.input[1]}_scale"]
        taken += [f"{name}_zero", f"{node.input[1]}_zero"]
        if (added := self._added(output)) is not None:
            vector, output, adding = added
            taken.append(vector)
            self._gone.add(id(adding))
        return helper.make_node("MatMulIntegerToFloat", taken, [output], name=node.name, domain=_CONTRIB)

    def _added(self, product: str) -> tuple[str, str, Any] | None:
        """Return the vector that is added to a product, the sum's name and the adding node."""
        takers = self._takers.get(product, [])
        if product in self._outputs or len(takers) != 1 or takers[0].op_type != "Add":
            return None
        vector = next(name for name in takers[0].input if name != product)
        if vector not in self._held or len(self._held[vector].dims) != 1:
            return None
        return vector, takers[0].output[0], takers[0]

    def _hold(self, name: str, value: "NDArray[np.generic] | np.generic") -> None:
        from onnx import numpy_helper

        if all(held.name != name for held in self._constants):
            self._constants.append(numpy_helper.from_array(np.asarray(value), name))

    def _replace(self, nodes: Sequence[Any]) -> None:
        asked = Counter(name for node in nodes for name in node.input)
        held = [*(one for one in self._graph.initializer if asked[one.name]), *self._constants]
        del self._graph.node[:], self._graph.initializer[:]
        self._graph.node.extend(nodes)
        self._graph.initializer.extend(held)
