"""Asks the network about a whole document: for every word the chances of its tags, for the document its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.windows import owners, windows
from pipeline.domain.document import Page
from pipeline.domain.vocabulary import Kind
from training.probe.model.batches import Piece, batch_of
from training.probe.model.features import features_of
from training.probe.model.network import KINDS, Network

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tagging:
    """`chances` has a row for every word and a column for every tag of `models.label_scheme.TAGS`."""

    chances: "NDArray[np.float32]"
    kind: Kind
    kind_chance: float


def tag_pages(network: Network, pages: Sequence[Page]) -> Tagging:
    """Return the chances of every word. Of overlapping windows the one counts in which a word stands most inside; the
    kind is that of the first window, which holds the title."""
    import torch

    features = features_of(pages, network.settings)
    ranges = windows(len(features), network.settings.window, network.settings.overlap)
    if not ranges:
        return Tagging(np.zeros((0, 0), dtype=np.float32), Kind.OTHER, 0.0)
    network.parts.eval()
    scored: list[NDArray[np.float32]] = []
    kinds: list[NDArray[np.float32]] = []
    with torch.inference_mode():
        for start, end in ranges:
            tags, kind = network.tag(batch_of([Piece(features, start, end)], network.settings))
            scored.append(tags.softmax(1).numpy())
            kinds.append(kind.softmax(1)[0].numpy())
    chosen = owners(len(features), ranges)
    chances = np.stack([scored[w][word - ranges[w][0]] for word, w in enumerate(chosen)])
    best = int(kinds[0].argmax())
    return Tagging(chances, KINDS[best], float(kinds[0][best]))
