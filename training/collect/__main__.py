"""The stage `collect`: `python -m training.collect --out data/collected` makes shards of all real documents."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.reader import FileReader
from pipeline.errors import ConfigurationError
from training.collect.corrections import corrected_documents
from training.collect.labels import LABELS, default_folder, labelled_documents, read_label_rows
from training.collect.told import Told
from training.dataset.record import LabelledDocument
from training.dataset.shards import read_shards, shards_in, write_shards
from training.progress import progress


def collect(datasets: Path, own: Path, out: Path, workers: int = 1) -> Told:
    """Write `collected-*.parquet` and `report.json` into `out`, from labels, an own archive's shards and corrections.

    What is not there is left out, and said; the shards are then empty but valid.
    """
    told = Told()
    documents: dict[str, LabelledDocument] = {}
    rows = read_label_rows(datasets)
    if not rows:
        told.notes.append(
            f"There are no labelled documents in {datasets} (no {LABELS}): set BILAG_DATASETS to their folder."
        )
    engine = _engine(told)
    with FileReader(engine, workers=workers) as reader:
        for document in progress(labelled_documents(datasets, rows, reader, told), "Labelling", len(rows)):
            _add(documents, document)
    for document in _own(own, told):
        _add(documents, document)
    write_shards(documents.values(), out, "collected")
    told.write(out / "report.json")
    return told


def _engine(told: Told) -> OcrEngine | None:
    try:
        return make_engine(EngineChoice(EngineName.RAPID))
    except ConfigurationError as error:
        told.notes.append(f"Pictures and scans are left out: {error}")
        return None


def _own(folder: Path, told: Told) -> Iterable[LabelledDocument]:
    """Yield the documents of an own archive (`*.parquet`, from `training.collect.archive`) and of corrections."""
    for document in read_shards(shards_in(folder)):
        told.keep(document.id, {})
        yield document
    yield from corrected_documents(sorted(folder.glob("*.jsonl")), told)


def _add(documents: dict[str, LabelledDocument], document: LabelledDocument | None) -> None:
    """Keep one document for each content; what a reviewer said comes last and counts."""
    if document is not None:
        documents[document.id.partition("-")[2]] = document


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the stage and say what became of every file."""
    parser = argparse.ArgumentParser(prog="python -m training.collect", description=__doc__)
    parser.add_argument("--datasets", type=Path, default=default_folder(), help="the folder with labels.jsonl")
    parser.add_argument("--own", type=Path, default=Path("data/own"), help="own archive's shards and corrections")
    parser.add_argument("--out", type=Path, default=Path("data/collected"))
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    told = collect(options.datasets, options.own, options.out, options.workers)
    print("\n".join(told.lines()), file=sys.stderr)


if __name__ == "__main__":
    main()
