"""Generates many documents in several processes and writes them as shards."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from rich.progress import Progress

from training.dataset.record import LabelledDocument
from training.dataset.shards import write_shards
from training.synthesize.generate import generate
from training.synthesize.paper.apply import Share, apply

_DOCUMENTS_A_TASK = 16
# Fresh workers now and then keep what typst caches from growing. The executor's own `max_tasks_per_child` would do that
# too, but hangs once workers are replaced (python/cpython#115634).
_DOCUMENTS_A_POOL = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """What to make: `count` documents from seed `seed` on, and the shares of them that go through (simulated) OCR."""

    count: int
    seed: int
    out: Path
    workers: int
    share: Share
    pdfs: bool


def synthesize(run: Run, progress: Progress) -> None:
    """Write `generated-*.parquet` into the run's folder, in the order of seeds.

    Raises BrokenProcessPool where a worker dies.
    """
    run.out.mkdir(parents=True, exist_ok=True)
    task = progress.add_task("Synthesizing", total=run.count)
    write_shards(progress.track(_documents(run), total=run.count, task_id=task), run.out, "generated")


def _documents(run: Run) -> Iterator[LabelledDocument]:
    end = run.seed + run.count
    for first in range(run.seed, end, _DOCUMENTS_A_POOL):
        seeds = range(first, min(first + _DOCUMENTS_A_POOL, end))
        with ProcessPoolExecutor(run.workers, mp_context=get_context("spawn")) as workers:
            yield from workers.map(partial(_document, run), seeds, chunksize=_DOCUMENTS_A_TASK)


def _document(run: Run, seed: int) -> LabelledDocument:
    document, pdf = generate(seed)
    if run.pdfs:
        (run.out / f"{document.id}.pdf").write_bytes(pdf)
    return apply(document, pdf, seed, run.share)
