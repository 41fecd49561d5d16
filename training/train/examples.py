"""Labelled documents as the model takes them, kept on disk so that a run that is cut short need not make them anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models import label_scheme
from models.features import features, neighbours
from models.features.features import Features, features_of
from models.features.texts import Vocabulary
from models.label_scheme import KINDS, TAGS
from training.dataset.record import LabelledDocument
from training.dataset.shards import read_shards
from training.progress import progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

IGNORED = -100
"""What training must not look at."""
_TAG_IDS: dict[str | None, int] = {tag: number for number, tag in enumerate(TAGS)} | {None: IGNORED}
_KIND_IDS = {kind: number for number, kind in enumerate(KINDS)}
_PARTS = ("words", "boxes", "pages", "neighbours", "standing")


@dataclass(frozen=True, slots=True)
class Example:
    """One document to learn from: tag ids and the word that begins each word's row (IGNORED where there is none)."""

    features: Features
    tags: "NDArray[np.int64]"
    begins: "NDArray[np.int64]"
    kind: int


def example_of(document: LabelledDocument, vocabulary: Vocabulary) -> Example:
    """Return one document as numbers; its words are numbered by the vocabulary."""
    words = vocabulary.number(word.text for page in document.pages for word in page.words)
    tags = np.array([_TAG_IDS[tag] for tag in document.tags], dtype=np.int64)
    return Example(features_of(document.pages, words), tags, _begins(document), _KIND_IDS[document.kind])


def _begins(document: LabelledDocument) -> "NDArray[np.int64]":
    """Return for every word of a line item or tax row the first word of it."""
    first: dict[tuple[str, int], int] = {}
    begins = np.full(len(document.tags), IGNORED, dtype=np.int64)
    for index, (tag, row) in enumerate(zip(document.tags, document.rows, strict=True)):
        if tag is None or row < 0 or "." not in tag:
            continue
        begins[index] = first.setdefault((tag[2:].partition(".")[0], row), index)
    return begins


def examples_of(documents: Iterable[LabelledDocument], vocabulary: Vocabulary) -> list[Example]:
    """Return the documents that have any words."""
    return [example_of(document, vocabulary) for document in documents if document.tags]


def prepared(shards: Sequence[Path], folder: Path) -> tuple[list[Example], Vocabulary]:
    """Return all examples of some shards, read from `folder` where they are there already.

    What is there was made of the same shard by the same code; anything else is made anew.
    """
    code = _code()
    vocabulary = Vocabulary()
    examples: list[Example] = []
    for shard in progress(shards, "Preparing", len(shards)):
        path = folder / f"{shard.stem}-{_digest(shard, code)}.npz"
        if not path.is_file():
            _write(shard, path)
        examples += _read(path, vocabulary)
    return examples, vocabulary


def _write(shard: Path, path: Path) -> None:
    own = Vocabulary()
    made = examples_of(read_shards([shard]), own)
    letters = [text.encode("utf-8", "surrogatepass") for text in own.ids]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".partial")
    with beside.open("wb") as file:
        np.savez(
            file,
            allow_pickle=False,
            texts=np.frombuffer(b"".join(letters), dtype=np.uint8),
            text_sizes=np.array([len(text) for text in letters], dtype=np.int64),
            sizes=np.array([len(e.tags) for e in made], dtype=np.int64),
            kinds=np.array([e.kind for e in made], dtype=np.int64),
            tags=_joined([e.tags for e in made], np.int16),
            begins=_joined([e.begins for e in made], np.int32),
            **{part: _joined([getattr(e.features, part) for e in made], None) for part in _PARTS},
        )
    beside.replace(path)


def _joined(arrays: "Sequence[NDArray[np.generic]]", kind: type[np.generic] | None) -> "NDArray[np.generic]":
    joined = np.concatenate(arrays) if arrays else np.zeros(0)
    return joined if kind is None else joined.astype(kind)


def _read(path: Path, vocabulary: Vocabulary) -> list[Example]:
    with np.load(path) as file:
        held = {name: file[name] for name in file.files}
    numbers = vocabulary.number(_cut(held["texts"].tobytes(), held["text_sizes"]))
    ends = np.cumsum(held["sizes"])
    made = []
    for end, size, kind in zip(ends, held["sizes"], held["kinds"], strict=True):
        part = slice(end - size, end)
        placed = Features(
            numbers[held["words"][part]],
            *(held[name][part] for name in ("boxes", "pages", "neighbours", "standing")),
        )
        tags, begins = held["tags"][part].astype(np.int64), held["begins"][part].astype(np.int64)
        made.append(Example(placed, tags, begins, int(kind)))
    return made


def _cut(letters: bytes, sizes: "NDArray[np.int64]") -> Iterator[str]:
    """Yield texts that stand one after another; no sign parts them, for a word may hold any."""
    ends = np.cumsum(sizes).tolist()
    for end, size in zip(ends, sizes.tolist(), strict=True):
        yield letters[end - size : end].decode("utf-8", "surrogatepass")


def _digest(shard: Path, code: bytes) -> str:
    return sha256(shard.read_bytes() + code).hexdigest()[:16]


def _code() -> bytes:
    """Return a digest of the code that makes numbers of documents: its results are not good for another's."""
    made_by = (label_scheme.__file__, features.__file__, neighbours.__file__, __file__)
    return sha256(b"".join(Path(path).read_bytes() for path in made_by)).digest()
