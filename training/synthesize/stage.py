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
_TASKS_A_WORKER = 50  # a fresh worker now and then keeps what typst caches from growing


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
    seeds = range(run.seed, run.seed + run.count)
    context = get_context("spawn")
    with ProcessPoolExecutor(run.workers, mp_context=context, max_tasks_per_child=_TASKS_A_WORKER) as workers:
        yield from workers.map(partial(_document, run), seeds, chunksize=_DOCUMENTS_A_TASK)


def _document(run: Run, seed: int) -> LabelledDocument:
    document, pdf = generate(seed)
    if run.pdfs:
        (run.out / f"{document.id}.pdf").write_bytes(pdf)
    return apply(document, pdf, seed, run.share)
