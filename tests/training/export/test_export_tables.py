"""Tables of vectors in 8-bit integers lose no more than half a step."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from training.export.tables import in_floats, in_integers

ROWS = arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 9)), elements=st.floats(-4, 4, width=32))


def with_a_largest(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows with a column of 0.01 more: scales of real tables lie far above what half precision holds."""
    return np.concatenate([rows, np.full((len(rows), 1), 0.01, dtype=np.float32)], axis=1)


@settings(deadline=None)
@given(ROWS)
def test_no_number_is_off_by_more_than_half_a_step(rows: NDArray[np.float32]) -> None:
    rows = with_a_largest(rows)
    integers, scales = in_integers(rows)
    assert [integers.dtype, scales.dtype] == [np.dtype(np.int8), np.dtype(np.float16)]
    assert integers.min() >= -127
    largest = np.abs(rows).max(1, keepdims=True)
    assert (np.abs(in_floats(integers, scales) - rows) <= 0.57 * largest / 127).all()


@settings(deadline=None)
@given(ROWS)
def test_what_was_rounded_once_is_not_rounded_again(rows: NDArray[np.float32]) -> None:
    once = in_floats(*in_integers(with_a_largest(rows)))
    assert np.array_equal(in_floats(*in_integers(once)), once)


def test_a_row_of_zeros_stays_one() -> None:
    rows = np.zeros((2, 3), dtype=np.float32)
    assert np.array_equal(in_floats(*in_integers(rows)), rows)


def test_a_large_row_does_not_coarsen_a_small_one() -> None:
    rows = np.array([[100.0, -50.0], [0.01, 0.005]], dtype=np.float32)
    assert np.allclose(in_floats(*in_integers(rows))[1], rows[1], rtol=0.01)
