"""Reads documents with a released model: onnxruntime and a tokenizer, nothing else."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from models.architecture import Architecture
from models.batching import Together, mixes_windows
from models.features.batches import Batch
from models.features.features import features_of
from models.features.lexicon import Lexicon
from models.features.texts import texts_of
from models.reading import scores_of
from models.release import read_release
from models.scores import Scores
from models.stages import stage
from pipeline.domain.document import Page
from pipeline.domain.extraction import ModelVersion

if TYPE_CHECKING:
    from numpy.typing import NDArray

ONNX, WORDS, LETTERS, TOKENIZER = "model.onnx", "words.safetensors", "letters.safetensors", "tokenizer.json"
"""The network; the base's sub-words, the same in every release of one base; what is learnt of letters and outlines."""
INPUTS = ("pretrained", "told", "boxes", "pages", "neighbours", "standing", "there")
"""The network's inputs in the order of `models.network.network.Seen`."""
OUTPUTS = ("tags", "rows", "kinds")
_REMEMBERED = 20_000
"""Words whose vectors are kept: most words of a page stood on earlier pages too."""


class Runtime:
    """Scores documents with the model of a release folder; safe to share between threads for reading.

    `threads` is how many cores one document takes. As many documents are in the network at once as the cores allow;
    those that wait go through it together where their scores are the same as alone (`models.batching`). Raises
    ConfigurationError where the folder holds no sound release.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        release = read_release(folder)
        self.version = ModelVersion(release.name, release.version)
        self._sizes = release.architecture
        self._words = _Words(folder, self._sizes)
        self._session = _session(folder / ONNX, threads)
        self._together = Together(self._call, self._mixes, at_once=max(1, _cores() // threads))

    def scores(self, pages: Sequence[Page]) -> Scores:
        """Return the scores of every word of every page."""
        texts = [word.text for page in pages for word in page.words]
        if not texts:
            return Scores.none(0)
        with stage("features"):
            distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
            pretrained, told = self._words.vectors(list(distinct))
            numbers = np.fromiter((distinct[text] for text in texts), dtype=np.int32, count=len(texts))
            features = features_of(pages, numbers)
        with stage("network"):
            return scores_of(features, lambda batch: self._run(pretrained, told, batch), self._sizes)

    def _run(
        self, pretrained: "NDArray[np.float32]", told: "NDArray[np.float32]", batch: Batch
    ) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
        arrays = (
            pretrained[batch.words],
            told[batch.words],
            batch.boxes,
            batch.pages,
            batch.neighbours,
            batch.standing,
            batch.there,
        )
        tags, rows, kinds = self._together(arrays)
        return tags, rows, kinds

    def _call(self, arrays: "tuple[NDArray[np.generic], ...]") -> "tuple[NDArray[np.float32], ...]":
        return tuple(self._session.run(OUTPUTS, dict(zip(INPUTS, arrays, strict=True))))

    def _mixes(self) -> bool:
        pretrained, told = (given.shape[2] for given in self._session.get_inputs()[:2])
        return mixes_windows(self._call, pretrained, told)


class _Words:
    """Vectors of words, from the tables of a release; the latest are remembered."""

    def __init__(self, folder: Path, sizes: Architecture) -> None:
        from safetensors.numpy import load_file

        tables = load_file(folder / WORDS) | load_file(folder / LETTERS)
        self._sizes = sizes
        self._lexicon = Lexicon.from_file(folder / TOKENIZER)
        self._pieces, self._scales = tables["pieces"], tables["scales"].astype(np.float32)
        self._grams, self._shapes = tables["grams"].astype(np.float32), tables["shapes"].astype(np.float32)
        self._lock = Lock()
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def vectors(self, words: list[str]) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
        """Return the pretrained vectors of distinct words, and what else is told of each."""
        with self._lock:
            unknown = [word for word in words if word not in self._kept]
            if unknown:
                self._kept.update(zip(unknown, self._made(unknown), strict=True))
            rows = np.stack([self._kept[word] for word in words])
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        width = self._sizes.lexicon_width
        return np.ascontiguousarray(rows[:, :width]), np.ascontiguousarray(rows[:, width:])

    def _made(self, words: list[str]) -> "NDArray[np.float32]":
        texts = texts_of(words, self._lexicon, self._sizes)
        all_words = np.arange(len(words), dtype=np.int64)
        pieces, piece_begins = texts.pieces.take(all_words)
        grams, gram_begins = texts.grams.take(all_words)
        pretrained = _means(self._pieces[pieces].astype(np.float32) * self._scales[pieces, None], piece_begins)
        learnt = _means(self._grams[grams], gram_begins)
        return np.concatenate([pretrained, learnt, self._shapes[texts.shapes], texts.facts], axis=1)


def _means(rows: "NDArray[np.float32]", begins: "NDArray[np.int64]") -> "NDArray[np.float32]":
    """Return the mean of each run of rows; every run has at least one."""
    sizes = np.diff(np.append(begins, len(rows))).astype(np.float32)
    made: NDArray[np.float32] = (np.add.reduceat(rows, begins, axis=0) / sizes[:, None]).astype(np.float32)
    return made


def _cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
