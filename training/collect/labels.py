"""Labels that were made by hand or beside the documents: a folder with `labels.jsonl` and the files it names."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import Kind
from pipeline.extract.einvoice import read_einvoice
from training.collect.facts import Facts, facts_of
from training.collect.licences import spdx_of
from training.collect.make import Provenance, make
from training.collect.told import Told
from training.dataset.record import LabelledDocument, Origin
from training.scoring.labels import Label, read_labels

LABELS = "labels.jsonl"
_ONE_LOOK = frozenset({"stylesheet_view", "order-x_template"})
"""Page styles that one program gave to the papers of many senders: they are one template, whoever is named on them."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of `labels.jsonl`: the label as scoring reads it, and what it says of the document's origin."""

    label: Label
    language: str | None
    licence: str
    source: str
    page_style: str
    labelled_by: str


def default_folder() -> Path:
    """Return where the labelled documents lie: `BILAG_DATASETS`, else beside the repository."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "datasets"
    return Path(os.environ.get("BILAG_DATASETS", beside))


def read_label_rows(folder: Path) -> list[LabelRow]:
    """Return the rows of a folder's `labels.jsonl`; empty where there is none."""
    path = folder / LABELS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines if line.strip()]
    return [
        LabelRow(
            label=label,
            language=row.get("language"),
            licence=str(row.get("licence", "")),
            source=str(row.get("source", "")),
            page_style=str(row.get("page_style", "")),
            labelled_by=str(row.get("labelled_by", "")),
        )
        for label, row in zip(read_labels(path), raw, strict=True)
    ]


def labelled_documents(
    folder: Path, rows: list[LabelRow], reader: FileReader, told: Told
) -> Iterator[LabelledDocument | None]:
    """Yield a labelled document for every row, None where it gives none; `told` learns why."""
    for row in rows:
        yield _labelled(folder, row, reader, told)


def _labelled(folder: Path, row: LabelRow, reader: FileReader, told: Told) -> LabelledDocument | None:
    licence = spdx_of(row.licence)
    file = row.label.file
    if licence is None:
        told.refuse(file, f"its licence is unclear: {row.licence or 'none stated'}")
        return None
    path = folder / file
    if not path.is_file():
        told.refuse(file, "the file is not there")
        return None
    read = reader.read(SourceFile(path.name, "application/octet-stream", path.read_bytes()))
    if isinstance(read, Unreadable):
        told.refuse(file, f"it cannot be read: {read.findings[0].message}")
        return None
    facts = _facts(read, row.label)
    origin = Origin.EINVOICE if read.einvoice is not None else Origin.REAL
    traits = {"file": file, "source": row.source, "labelled_by": row.labelled_by, "page_style": row.page_style}
    provenance = Provenance(origin, licence, _group(row), row.language, {k: v for k, v in traits.items() if v})
    made = make(read, facts, provenance)
    if made.document is None:
        told.refuse(file, "too few of its values are printed on its pages")
        return None
    told.keep(file, made.fates)
    return made.document


def _group(row: LabelRow) -> str:
    return row.page_style if row.page_style in _ONE_LOOK else row.label.group


def _facts(read: Document, label: Label) -> Facts:
    """Return what the e-invoice inside states, else what the label does; never what the page is known not to show."""
    kind = Kind(label.kind)
    stated = Facts(kind, dict(label.fields), label.lines)
    if read.einvoice is not None:
        native = read_einvoice(read.einvoice, file=read.file, sha256=read.sha256, pages=len(read.pages))
        if isinstance(native, Extraction):
            found = facts_of(native)
            stated = Facts(kind, {**label.fields, **found.fields}, found.lines or label.lines, found.tax_breakdown)
    shown = {name: value for name, value in stated.fields.items() if name not in label.hidden}
    return Facts(kind, shown, tuple(_shown(line, label) for line in stated.lines), stated.tax_breakdown)


def _shown(line: Mapping[str, str], label: Label) -> Mapping[str, str]:
    return {column: value for column, value in line.items() if f"lines.{column}" not in label.hidden}
