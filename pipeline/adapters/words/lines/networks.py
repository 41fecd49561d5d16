"""Opens the networks of RapidOCR's wheel, and narrows the one that reads for European print.

The network knows 18,708 letters, nearly all of them Chinese and Japanese, and weighs each of them at every eight pixels
of a line: up to a fifth of its time. For European print its last layer is narrowed to the letters before the blocks of
Chinese, Japanese and Korean. That is done on the file's bytes, without a library for them: joined Protocol Buffers
messages are merged, repeated fields one after the other, so that nodes can be added behind the end
(https://protobuf.dev/programming-guides/encoding/#last-one-wins; the fields' numbers are those of `onnx.proto`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy

from pipeline.errors import ConfigurationError

_FINDER, _READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_LAST_LAYER = {b"linear_8.w_0": 1, b"linear_8.b_0": 0}  # weights and bias, and along which axis they have the letters
_FIRST_CJK = 0x2E80
_INT64 = 7  # TensorProto.DataType
_LENGTH = 2  # wire type of what has a length
_GRAPH, _NODE, _INITIALISER = 7, 1, 5


@dataclass(frozen=True, slots=True)
class Reader:
    """A network that reads lines, and its letters; the first is the blank of CTC, written as nothing."""

    session: Any
    letters: tuple[str, ...]


def open_finder(threads: int) -> Any:
    """Return the session that tells print from paper. Raises `ConfigurationError` where its file is missing."""
    return _session(_file(_FINDER).read_bytes(), threads)


def open_reader(*, european: bool) -> Reader:
    """Return the network that reads, on one thread; `european` without the letters of the CJK blocks.

    Raises `ConfigurationError` where its file is missing or another than this module knows.
    """
    network = _file(_READER).read_bytes()
    whole = _session(network, 1)
    letters = ("", *str(whole.get_modelmeta().custom_metadata_map["character"]).splitlines(), " ")
    if not european:
        return Reader(whole, letters)
    kept = [index for index, letter in enumerate(letters) if not letter or ord(letter[0]) < _FIRST_CJK]
    return Reader(_session(_narrowed(network, kept), 1), tuple(letters[index] for index in kept))


def _file(name: str) -> Path:
    """Find a network without importing RapidOCR, whose own imports take seconds."""
    spec = find_spec("rapidocr")
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / "models" / name
        if path.exists():
            return path
    raise ConfigurationError(f"RapidOCR's network {name} is missing.", operator_hint="Install bilag[ocr].")


def _session(network: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads leave the core to others
    options.enable_cpu_mem_arena = False  # sizes differ from call to call: an arena would keep the largest of each
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _narrowed(network: bytes, kept: Sequence[int]) -> bytes:
    """Return the network with only the letters `kept`: its last layer's tensors get other names, and nodes that pick
    columns from them take theirs."""
    columns = numpy.asarray(kept, dtype="<i8").tobytes()
    added = _message(_INITIALISER, _number(1, len(kept)) + _number(2, _INT64) + _text(8, "kept") + _message(9, columns))
    for name, axis in _LAST_LAYER.items():
        whole = name.upper()
        if network.count(_message(8, name)) != 1:
            raise ConfigurationError("RapidOCR's network is another.", operator_hint="Install rapidocr 3.10.")
        network = network.replace(_message(8, name), _message(8, whole))
        added += _node("Gather", (whole.decode(), "kept"), name.decode(), axis)
    return network + _message(_GRAPH, added)


def _node(kind: str, inputs: Sequence[str], output: str, axis: int) -> bytes:
    along = _text(1, "axis") + _number(3, axis) + _number(20, 2)  # an attribute of type INT
    body = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind) + _message(5, along)
    return _message(_NODE, body)


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, value: bytes) -> bytes:
    return _key(field, _LENGTH) + _varint(len(value)) + value


def _number(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value)


def _key(field: int, wire_type: int) -> bytes:
    return _varint(field << 3 | wire_type)


def _varint(value: int) -> bytes:
    low = bytearray()
    while value > 0x7F:
        low.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*low, value))
