"""Labelled documents as they are put to a reader: files with labels beside them, or shards of the data set."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, TextQuality, Unreadable
from pipeline.extract.split import split
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import read_shards
from training.scoring.labels import Label, read_labels

LABELS = "labels.jsonl"
_DIGITS = 16
"""So much of a file's SHA-256 is in the id of a collected document (`training.collect.make`)."""


@dataclass(frozen=True, slots=True)
class Posed:
    """One labelled document: the documents that its file was split into (none where it cannot be read).

    `row` is its label as `labels.jsonl` holds it. Where that is `complete`, a value that it does not state is not
    there; labels of real documents tell what was found, not all there is.
    """

    label: Label
    row: Mapping[str, Any]
    parts: tuple[Document, ...]
    complete: bool


def from_folder(datasets: Path, only: Sequence[str] = (), among: Collection[str] | None = None) -> Iterator[Posed]:
    """Yield the files that `labels.jsonl` of a folder names, read as serving reads them, their XML left out.

    `only` keeps paths that begin with one of these, `among` files of collected documents with one of these ids.
    """
    digests = None if among is None else {name.partition("-")[2][:_DIGITS] for name in among}
    wanted = [pair for pair in _labelled(datasets / LABELS) if not only or pair[0].file.startswith(tuple(only))]
    with FileReader(make_engine(EngineChoice(EngineName.RAPID, threads=2)), sandbox=False) as reader:
        for label, row in wanted:
            content = (datasets / label.file).read_bytes()
            if digests is not None and sha256(content).hexdigest()[:_DIGITS] not in digests:
                continue
            read = reader.read(SourceFile(label.file, "", content))
            yield Posed(label, row, () if isinstance(read, Unreadable) else tuple(split(read)), complete=False)


def from_shards(shards: Sequence[Path]) -> Iterator[Posed]:
    """Yield the documents of shards that have words; of corrections, generated and collected ones alike."""
    for labelled in read_shards(shards):
        if labelled.tags:
            label = label_of(labelled)
            complete = labelled.origin is Origin.GENERATED
            yield Posed(label, _row_of(label, labelled.language), (unlabelled(labelled),), complete)


def label_of(labelled: LabelledDocument) -> Label:
    """Return what is known of a labelled document as scoring takes it."""
    known = {name: value for name, value in labelled.fields.items() if value}
    return Label(labelled.id, labelled.kind, labelled.group, known, labelled.lines)


def unlabelled(labelled: LabelledDocument) -> Document:
    """Return a labelled document without its labels."""
    quality = TextQuality(labelled.quality, 1.0, 0.0)
    return Document(
        labelled.id, labelled.id, labelled.pages, labelled.words_from, quality, last_page=len(labelled.pages)
    )


def _labelled(path: Path) -> Iterator[tuple[Label, Mapping[str, Any]]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return zip(read_labels(path), (json.loads(line) for line in lines if line.strip()), strict=True)


def _row_of(label: Label, language: str) -> Mapping[str, Any]:
    return {
        "file": label.file,
        "kind": label.kind,
        "layout_group": label.group,
        "language": language,
        "fields": dict(label.fields),
        "lines": [dict(line) for line in label.lines],
    }
