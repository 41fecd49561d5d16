"""Labelled documents as the network takes them."""

from collections.abc import Iterable, Iterator

import numpy as np

from models.label_scheme import TAGS
from training.dataset.record import LabelledDocument
from training.probe.model.batches import IGNORED, Example
from training.probe.model.features import features_of
from training.probe.model.network import KINDS
from training.probe.settings import ProbeSettings

_TAG_IDS: dict[str | None, int] = {tag: number for number, tag in enumerate(TAGS)} | {None: IGNORED}
_KIND_IDS = {kind: number for number, kind in enumerate(KINDS)}


def example_of(document: LabelledDocument, settings: ProbeSettings) -> Example:
    """Return one document with its tags as numbers; words without a tag are not learnt from."""
    tags = np.array([_TAG_IDS[tag] for tag in document.tags], dtype=np.int64)
    return Example(features_of(document.pages, settings), tags, _KIND_IDS[document.kind])


def examples_of(documents: Iterable[LabelledDocument], settings: ProbeSettings) -> Iterator[Example]:
    """Yield the documents that have any words."""
    for document in documents:
        if document.tags:
            yield example_of(document, settings)
