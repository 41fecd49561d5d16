"""Which windows one step of training takes, and what is to be learnt of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.architecture import Architecture
from models.features.batches import Batch, Window, batch_of, windows_of
from training.train.examples import IGNORED, Example
from training.train.settings import FitSettings, TrainSettings

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Piece:
    """A window of a document that is learnt from."""

    example: Example
    window: Window

    def __len__(self) -> int:
        return len(self.window)


@dataclass(frozen=True, slots=True)
class Lot:
    """The windows of one step, with their targets: tags and row beginnings [windows, words], kinds [windows].

    The letters of `hidden` words are not shown.
    """

    batch: Batch
    hidden: "NDArray[np.bool_]"
    tags: "NDArray[np.int64]"
    begins: "NDArray[np.int64]"
    kinds: "NDArray[np.int64]"


def pieces_of(examples: Sequence[Example], sizes: Architecture) -> list[Piece]:
    """Cut documents into windows."""
    return [
        Piece(example, window)
        for example in examples
        for window in windows_of(example.features, sizes.window, sizes.overlap, layout=sizes.layout)
    ]


def plan(lengths: "NDArray[np.int64]", most_words: int, chance: "Generator") -> list[list[int]]:
    """Return groups of windows for one round through the data, in random order; a group's padded size is bounded."""
    order = np.argsort(lengths + chance.random(len(lengths)) * 24, kind="stable")
    groups: list[list[int]] = []
    group: list[int] = []
    longest = 0
    for index in order.tolist():
        longest = max(longest, int(lengths[index]))
        if group and longest * (len(group) + 1) > most_words:
            groups.append(group)
            group, longest = [], int(lengths[index])
        group.append(index)
    if group:
        groups.append(group)
    return [groups[i] for i in chance.permutation(len(groups))]


def endless(pieces: Sequence[Piece], settings: FitSettings, start: int = 0) -> Iterator[tuple[int, list[Piece]]]:
    """Yield numbered groups without end, round after round, from number `start` on; the same for the same seed."""
    lengths = np.array([len(piece) for piece in pieces], dtype=np.int64)
    number = turn = 0
    while True:
        for group in plan(lengths, settings.words_a_step, np.random.default_rng((settings.seed, turn))):
            if number >= start:
                yield number, [pieces[i] for i in group]
            number += 1
        turn += 1


def lot_of(pieces: Sequence[Piece], settings: TrainSettings, chance: "Generator | None" = None) -> Lot:
    """Return windows with their targets; with `chance` pages are moved and the letters of some words hidden."""
    batch = batch_of([piece.window for piece in pieces])
    shape = batch.words.shape
    tags = np.full(shape, IGNORED, dtype=np.int64)
    begins = np.full(shape, IGNORED, dtype=np.int64)
    for row, piece in enumerate(pieces):
        start, end = piece.window.start, piece.window.end
        tags[row, : end - start] = piece.example.tags[start:end]
        own = piece.example.begins[start:end]
        begins[row, : end - start] = np.where((own >= start) & (own < end), own - start, IGNORED)
    hidden = np.zeros(shape, dtype=np.bool_)
    if chance is not None:
        hidden = chance.random(shape) < settings.hidden
        batch = replace(batch, boxes=moved(batch, settings.moved, chance))
    kinds = np.array([piece.example.kind for piece in pieces], dtype=np.int64)
    return Lot(batch, hidden, tags, begins, kinds)


def moved(batch: Batch, most: float, chance: "Generator") -> "NDArray[np.float32]":
    """Return the boxes with every window's pages stretched and shifted a little, as a scan would be."""
    windows = len(batch.boxes)
    stretch = 1 + chance.uniform(-most, most, (windows, 1, 2))
    shift = chance.uniform(-most, most, (windows, 1, 2))
    boxes = batch.boxes * np.tile(stretch, 2) + np.tile(shift, 2)
    return np.clip(boxes, 0.0, 1.0).astype(np.float32)
