"""A trained model becomes a release folder: graph, tables, start, calibration, figures, card and licences."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.release import Base, Data, Release, Training, write_release
from models.runtime import ONNX, TOKENIZER
from pipeline.errors import ConfigurationError
from training.base.bases import CACHE
from training.base.licence import refuse_unless_releasable
from training.dataset.index import entries
from training.export.card import HEADLINES, card
from training.export.graph import quantize, write_graph
from training.export.start import write_start
from training.export.tables import write_tables
from training.tracking.versions import commit
from training.train.checkpoint import Course, load

LICENCE = "Apache-2.0"
_CALIBRATION = ("calibration.json", "thresholds.json")
_NOTICES = ("LICENSE", "NOTICE")
METRICS, CARD = "metrics.json", "README.md"


@dataclass(frozen=True, slots=True)
class Export:
    """What a release is made of: a trained model, the folder of its calibration, its measured figures, its data."""

    model: Path
    calibration: Path
    metrics: Mapping[str, Any]
    shards: Sequence[Path]
    version: str
    out: Path
    base: Path | None = None


def export(wanted: Export) -> Release:
    """Write the release and return what it says of itself.

    Raises ConfigurationError where a part is missing or too large, or where a licence allows no release.
    """
    model, course = load(wanted.model)
    with TemporaryDirectory(prefix="bilag-export-") as name:
        content = Path(name)
        graph = content / "fp32.onnx"
        write_graph(model, graph)
        quantize(graph, content / ONNX)
        graph.unlink()
        write_tables(model, content)
        write_start(model, content)
        shutil.copyfile(wanted.model / TOKENIZER, content / TOKENIZER)
        for part in _CALIBRATION:
            _copy(wanted.calibration / part, content)
        (content / METRICS).write_text(json.dumps(wanted.metrics, indent=1) + "\n", encoding="utf-8")
        for notice in _NOTICES:
            _copy((wanted.base or CACHE / str((course.base or {}).get("name", ""))) / notice, content)
        release = _described(wanted, course, model.sizes)
        (content / CARD).write_text(card(release, wanted.metrics), encoding="utf-8")
        return write_release(wanted.out, content, release, refuse_unless_releasable)


def _described(wanted: Export, course: Course, sizes: Any) -> Release:
    made_of = course.base or {}
    return Release(
        version=wanted.version,
        created=datetime.now(UTC).replace(microsecond=0),
        licence=LICENCE,
        architecture=sizes,
        base=Base(
            str(made_of.get("name", "")),
            str(made_of.get("licence", "")),
            str(made_of.get("source", "")),
            {str(k): str(v) for k, v in dict(made_of.get("digests") or {}).items()},
        ),
        data=_data(wanted.shards, course),
        training=Training(
            steps=course.steps,
            words=course.words,
            minutes=round(course.seconds / 60, 1),
            settings=dict(course.settings or {}),
            commit=commit(Path.cwd()).revision or "",
        ),
        metrics={name: wanted.metrics[name] for name in HEADLINES if name in wanted.metrics},
    )


def _data(shards: Sequence[Path], course: Course) -> Data:
    found = list(entries(shards))
    seeds = sorted(int(entry.id.rpartition("-")[2]) for entry in found if entry.is_generated)
    return Data(
        digest=course.data,
        documents=len(found),
        words=sum(len(entry.words) for entry in found),
        licences=dict(Counter(entry.licence for entry in found)),
        seeds={"first": seeds[0], "last": seeds[-1]} if seeds else {},
    )


def _copy(source: Path, folder: Path) -> None:
    if not source.is_file():
        raise ConfigurationError(f"{source} is missing; a release needs it.", operator_hint="Run the stage before.")
    shutil.copyfile(source, folder / source.name)
