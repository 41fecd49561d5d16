"""Reads labelled documents and writes what was said of them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from models.calibrated import calibrated
from models.calibration import Calibration
from models.decode.decode import Decoded
from pipeline.domain.document import QualityBand
from training.calibrate.rows import Judged, write_rows
from training.predict.documents import LABELS, Posed
from training.predict.judging import contract_of, judged
from training.predict.reader import RuleReader, reader_of
from training.progress import progress

PREDICTIONS, ROWS, RULED = "predictions.jsonl", "rows.jsonl", "rules.jsonl"


def predict(
    name: str,
    documents: Iterable[Posed],
    out: Path,
    *,
    beside: bool = False,
    alone: bool = False,
    threads: int = 1,
    most: int | None = None,
    calibration: Calibration | None = None,
) -> int:
    """Read documents with a reader by name (see `training.predict.reader`) and return how many there were.

    `beside` also writes what the rules read, to compare with. With a `calibration` the confidences of the predictions
    are probabilities, as in serving. Raises as the reader does.
    """

    def said(decoded: Decoded, band: QualityBand) -> dict[str, object]:
        if calibration is not None:
            decoded = replace(decoded, extraction=calibrated(decoded, calibration, band))
        return contract_of(decoded, band)

    reader, rules = reader_of(name, alone=alone, threads=threads), RuleReader()
    out.mkdir(parents=True, exist_ok=True)
    count = 0

    def rows() -> Iterator[Judged]:
        nonlocal count
        with ExitStack() as stack:
            predictions, labels, ruled = (
                stack.enter_context((out / file).open("w", encoding="utf-8")) for file in (PREDICTIONS, LABELS, RULED)
            )
            for one in progress(islice(documents, most), "Reading"):
                count += 1
                _write(labels, one.row)
                read = [reader.read(part) for part in one.parts]
                for part, decoded in zip(one.parts, read, strict=True):
                    _write(predictions, said(decoded, part.quality.band))
                    if beside:
                        _write(ruled, contract_of(rules.read(part), part.quality.band))
                if read:
                    yield from judged(one.label, one.parts[0].quality.band, read, complete=one.complete)

    write_rows(out / ROWS, rows())
    if not beside:
        (out / RULED).unlink()
    return count


def _write(file: TextIO, row: Mapping[str, object]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")
