"""Windows of documents as tensors, alike in length, and shuffled the same way for the same seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.windows import windows
from training.probe.model.features import Features
from training.probe.settings import ProbeSettings

if TYPE_CHECKING:
    import torch
    from numpy.random import Generator
    from numpy.typing import NDArray

IGNORED = -100
"""The tag of words that training must not look at."""


@dataclass(frozen=True, slots=True)
class Example:
    """One document to learn from: tag ids (IGNORED where unknown) and the id of its kind."""

    features: Features
    tags: "NDArray[np.int64]"
    kind: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A window of a document: words from `start` to `end`."""

    features: Features
    start: int
    end: int
    tags: "NDArray[np.int64] | None" = None
    kind: int = IGNORED

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side. `slots` says where each word stands in the padded rows of `length` words."""

    grams: "torch.Tensor"
    starts: "torch.Tensor"
    shapes: "torch.Tensor"
    extra: "torch.Tensor"
    boxes: "torch.Tensor"
    pages: "torch.Tensor"
    neighbours: "torch.Tensor"
    slots: "torch.Tensor"
    rows: int
    length: int
    tags: "torch.Tensor"
    kinds: "torch.Tensor"


def pieces_of(example: Example, settings: ProbeSettings) -> list[Piece]:
    """Cut one document into its windows."""
    ranges = windows(len(example.features), settings.window, settings.overlap)
    return [Piece(example.features, start, end, example.tags, example.kind) for start, end in ranges]


def plan(lengths: Sequence[int], most_words: int, chance: "Generator") -> list[list[int]]:
    """Return groups of windows for one round through the data, in random order; a group's padded size is bounded."""
    jitter = chance.random(len(lengths)) * 24
    order = np.argsort(np.asarray(lengths) + jitter, kind="stable")
    groups: list[list[int]] = []
    group: list[int] = []
    longest = 0
    for index in order.tolist():
        longest = max(longest, lengths[index])
        if group and longest * (len(group) + 1) > most_words:
            groups.append(group)
            group, longest = [], lengths[index]
        group.append(index)
    if group:
        groups.append(group)
    return [groups[i] for i in chance.permutation(len(groups))]


def endless(lengths: Sequence[int], most_words: int, seed: int, start: int = 0) -> Iterator[tuple[int, list[int]]]:
    """Yield numbered groups without end, round after round, from number `start` on; the same for the same seed."""
    number = turn = 0
    while True:
        for group in plan(lengths, most_words, np.random.default_rng((seed, turn))):
            if number >= start:
                yield number, group
            number += 1
        turn += 1


def batch_of(pieces: Sequence[Piece], settings: ProbeSettings, chance: "Generator | None" = None) -> Batch:
    """Return the windows as one batch; with `chance` pages are moved and the letters of some words hidden."""
    import torch

    length = max(len(piece) for piece in pieces)
    slots = np.concatenate([row * length + np.arange(len(piece)) for row, piece in enumerate(pieces)])
    boxes = np.concatenate([_boxes(piece, settings, chance) for piece in pieces])
    grams, starts = _grams(pieces)
    shapes = np.concatenate([p.features.shapes[p.start : p.end] for p in pieces])
    if chance is not None:
        grams, shapes = _hidden(grams, starts, shapes, settings.masked, chance)
    tags = [np.full(len(p), IGNORED) if p.tags is None else p.tags[p.start : p.end] for p in pieces]
    return Batch(
        grams=torch.from_numpy(grams).long(),
        starts=torch.from_numpy(starts),
        shapes=torch.from_numpy(shapes).long(),
        extra=torch.from_numpy(np.concatenate([p.features.extra[p.start : p.end] for p in pieces])),
        boxes=torch.from_numpy(boxes),
        pages=torch.from_numpy(np.concatenate([_pages(p) for p in pieces])),
        neighbours=torch.from_numpy(_neighbours(pieces, length)),
        slots=torch.from_numpy(slots).long(),
        rows=len(pieces),
        length=length,
        tags=torch.from_numpy(np.concatenate(tags)).long(),
        kinds=torch.tensor([piece.kind for piece in pieces]),
    )


def _boxes(piece: Piece, settings: ProbeSettings, chance: "Generator | None") -> "NDArray[np.float32]":
    boxes = piece.features.boxes[piece.start : piece.end]
    if chance is None or not settings.moved:
        return boxes
    stretch = 1 + chance.uniform(-settings.moved, settings.moved, 2)
    shift = chance.uniform(-settings.moved, settings.moved, 2)
    return (boxes * np.tile(stretch, 2) + np.tile(shift, 2)).astype(np.float32)


def _pages(piece: Piece) -> "NDArray[np.float32]":
    pages = piece.features.pages[piece.start : piece.end]
    since: NDArray[np.float32] = (pages - pages[0]).astype(np.float32)
    return since


def _grams(pieces: Sequence[Piece]) -> "tuple[NDArray[np.int32], NDArray[np.int64]]":
    grams, starts, before = [], [], 0
    for piece in pieces:
        at = piece.features.starts[piece.start : piece.end + 1]
        grams.append(piece.features.grams[at[0] : at[-1]])
        starts.append(at[:-1] - at[0] + before)
        before += int(at[-1] - at[0])
    return np.concatenate(grams), np.concatenate(starts)


def _hidden(
    grams: "NDArray[np.int32]",
    starts: "NDArray[np.int64]",
    shapes: "NDArray[np.int32]",
    share: float,
    chance: "Generator",
) -> "tuple[NDArray[np.int32], NDArray[np.int32]]":
    hide = chance.random(len(starts)) < share
    sizes = np.diff(np.append(starts, len(grams)))
    return np.where(np.repeat(hide, sizes), 0, grams), np.where(hide & (chance.random(len(hide)) < 0.5), 0, shapes)


def _neighbours(pieces: Sequence[Piece], length: int) -> "NDArray[np.int64]":
    """Return each word's neighbours as slots of the batch; the slot after the last stands for none."""
    none = len(pieces) * length
    made = []
    for row, piece in enumerate(pieces):
        beside = piece.features.neighbours[piece.start : piece.end].astype(np.int64)
        inside = (beside >= piece.start) & (beside < piece.end)
        made.append(np.where(inside, beside - piece.start + row * length, none))
    return np.concatenate(made)
