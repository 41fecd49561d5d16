"""Files of 4-bit weights."""

import struct

import numpy as np
import pytest

from pipeline.errors import ConfigurationError
from tests.training.base.published import Q4Writer
from training.base.q4 import dequantise, parse_q4


def test_every_weight_comes_back_exactly(q4: Q4Writer) -> None:
    file = parse_q4(q4.file())
    assert set(file.tensors) == set(q4.exact)
    for name, exact in q4.exact.items():
        assert np.array_equal(file.vector(name), exact), name


def test_the_head_and_the_vocabulary_come_back(q4: Q4Writer) -> None:
    file = parse_q4(q4.file())
    sizes = file.sizes
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.feed_forward, sizes.positions) == (32, 2, 4, 64, 16)
    assert sizes.vocabulary == len(q4.pieces) + q4.spare_rows
    assert sizes.epsilon == pytest.approx(1e-12)
    assert (file.bos, file.eos, file.pad, file.unk) == (0, 2, 1, 3)
    assert file.pieces == tuple(piece for piece, _ in q4.pieces)
    assert file.scores.tolist() == [score for _, score in q4.pieces]


def test_rows_are_those_asked_for_in_that_order(q4: Q4Writer) -> None:
    file = parse_q4(q4.file())
    rows = np.array([7, 0, 21])
    assert np.array_equal(file.matrix("emb.word", 32, rows), q4.exact["emb.word"].reshape(-1, 32)[rows])
    assert np.array_equal(file.matrix("emb.pos", 32, rows[:2]), q4.exact["emb.pos"].reshape(-1, 32)[rows[:2]])


def test_low_halves_of_the_bytes_come_first() -> None:
    block = np.frombuffer(np.float16(2).tobytes() + bytes([0xF0] * 16), np.uint8)[None]
    assert dequantise(block).tolist() == [-16.0] * 16 + [14.0] * 16


def test_a_file_cut_off_anywhere_is_refused(q4: Q4Writer) -> None:
    whole = q4.file()
    for length in (0, 3, 4, 7, 30, 60, 90, 200, 400, 700, 1000, len(whole) // 2, len(whole) - 1):
        with pytest.raises(ConfigurationError):
            parse_q4(whole[:length])


@pytest.mark.parametrize(
    ("offset", "form", "value", "why"),
    [(0, "<I", 7, "no file of 4-bit weights"), (4, "<I", 2, "version 2"), (40, "<i", 64, "blocks of 64")],
)
def test_another_format_is_refused(q4: Q4Writer, offset: int, form: str, value: int, why: str) -> None:
    changed = bytearray(q4.file())
    struct.pack_into(form, changed, offset, value)
    with pytest.raises(ConfigurationError, match=why):
        parse_q4(bytes(changed))


def test_a_tensor_of_an_unknown_type_is_refused(q4: Q4Writer) -> None:
    whole = q4.file()
    at = whole.index(b"emb.pos") + len("emb.pos")
    with pytest.raises(ConfigurationError, match="unknown type 9"):
        parse_q4(whole[:at] + b"\x09" + whole[at + 1 :])


def test_a_tensor_whose_size_contradicts_its_weights_is_refused(q4: Q4Writer) -> None:
    whole = bytearray(q4.file())
    at = whole.index(b"emb.pos") + len("emb.pos") + 1
    struct.pack_into("<I", whole, at, 16 * 32 - 1)
    with pytest.raises(ConfigurationError, match=r"emb\.pos"):
        parse_q4(bytes(whole))


def test_what_is_not_there_is_not_made_up(q4: Q4Writer) -> None:
    file = parse_q4(q4.file())
    with pytest.raises(ConfigurationError, match="no tensor"):
        file.vector("emb.nothing")
    with pytest.raises(ConfigurationError, match="no rows of 96"):
        file.matrix("l0.q.w", 96)
