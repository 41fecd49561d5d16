"""A trained model becomes a release folder: graph, tables, start, calibration, figures, card and licences."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from models.features.lexicon import Lexicon
from models.release import Base, Data, Release, Training, write_release
from models.runtime import ONNX, TOKENIZER
from pipeline.errors import ConfigurationError
from training.base.bases import CACHE
from training.base.licence import refuse_unless_releasable
from training.dataset.index import entries
from training.dataset.shards import read_shards
from training.export.card import HEADLINES, card
from training.export.graph import entering, write_graph
from training.export.integers import quantize
from training.export.start import write_start
from training.export.tables import write_tables
from training.tracking.versions import commit
from training.train.checkpoint import Course, load

if TYPE_CHECKING:
    from pipeline.domain.document import Page

LICENCE = "Apache-2.0"
CALIBRATION = ("calibration.json", "thresholds.json")
_NOTICES = ("LICENSE", "NOTICE")
_MEASURED_WITH = 100
"""Documents that tell how large the numbers within the graph become."""
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
        quantize(graph, content / ONNX, entering(model, Lexicon.from_file(wanted.model / TOKENIZER), _pages(wanted)))
        graph.unlink()
        write_tables(model, content)
        write_start(model, content)
        shutil.copyfile(wanted.model / TOKENIZER, content / TOKENIZER)
        for part in CALIBRATION:
            _copy(wanted.calibration / part, content)
        (content / METRICS).write_text(json.dumps(wanted.metrics, indent=1) + "\n", encoding="utf-8")
        for notice in _NOTICES:
            _copy((wanted.base or CACHE / str((course.base or {}).get("name", ""))) / notice, content)
        release = _described(wanted, course, model.sizes)
        (content / CARD).write_text(card(release, wanted.metrics), encoding="utf-8")
        return write_release(wanted.out, content, release, refuse_unless_releasable)


def _pages(wanted: Export) -> "Iterator[Sequence[Page]]":
    """Yield the pages of documents that the graph is measured with: some of every shard that was trained on."""
    each = -(-_MEASURED_WITH // max(1, len(wanted.shards)))
    for shard in wanted.shards:
        yield from (document.pages for document in islice(read_shards([shard]), each))


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
