"""What words look up: sub-words in 8-bit integers, hashed letters and outlines in half precision."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.runtime import LETTERS, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.network.model import LayoutModel


def write_tables(model: "LayoutModel", folder: Path) -> None:
    """Write the tables that `models.runtime` reads.

    The base's sub-words stand in a file of their own, which is the same for every model that starts from one base: a
    repository then keeps it once.
    """
    from safetensors.numpy import save_file

    pieces, scales = in_integers(model.words.lexicon.weight.detach().numpy())
    words: dict[str, NDArray[np.generic]] = {"pieces": pieces, "scales": scales}
    letters: dict[str, NDArray[np.generic]] = {
        "grams": model.words.grams.weight.detach().numpy().astype(np.float16),
        "shapes": model.words.shapes.weight.detach().numpy().astype(np.float16),
    }
    save_file(words, folder / WORDS)
    save_file(letters, folder / LETTERS)


def in_integers(rows: "NDArray[np.float32]") -> "tuple[NDArray[np.int8], NDArray[np.float16]]":
    """Return rows as integers from -127 to 127 and the scale of each row: value = integer × scale."""
    scales = np.maximum(np.abs(rows).max(1) / 127, 1e-6).astype(np.float16)
    integers = np.clip(np.rint(rows / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
    return integers, scales


def in_floats(integers: "NDArray[np.int8]", scales: "NDArray[np.float16]") -> "NDArray[np.float32]":
    """Return what `in_integers` took apart, but for what rounding lost."""
    rows: NDArray[np.float32] = integers.astype(np.float32) * scales.astype(np.float32)[:, None]
    return rows
