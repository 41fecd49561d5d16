"""How fast documents are generated: whole documents per second by number of workers, and what each step takes.

`python -m benchmarks.synthesize --json` prints rows; `--quick` makes 100 documents a run instead of 400.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

from rich.progress import Progress

from training.synthesize.chance import Dice
from training.synthesize.content.compose import compose
from training.synthesize.generate import generate
from training.synthesize.layout.page import lay_out
from training.synthesize.paper.apply import Share
from training.synthesize.paper.simulated.document import simulate_document
from training.synthesize.render import render
from training.synthesize.stage import Run, synthesize

_GOAL = 20.0  # documents per second on two cores
_STEPS = 40


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object a row")
    parser.add_argument("--quick", action="store_true", help="make 100 documents a run instead of 400")
    options = parser.parse_args()
    for row in _rows(100 if options.quick else 400):
        print(json.dumps(row) if options.json else f"{row['measure']:48} {row['value']:>8} {row['unit']}")


def _rows(count: int) -> Iterator[dict[str, object]]:
    for workers in (1, 2):
        for name, share in (("text layer", Share(0.0)), ("45% simulated OCR", Share(0.45))):
            rate = _documents_a_second(count, workers, share)
            yield _row(f"documents, {name}, {workers} workers", rate, "documents/s", rate / _GOAL, "goal on two cores")
    document, _ = generate(0)  # caches are warm from here on
    whole = _milliseconds(generate)
    yield _row("a document, all steps", whole, "ms CPU", 1.0, "itself")
    composed = {seed: compose(Dice(f"bilag/{seed}/0").child("content")) for seed in range(_STEPS)}
    sources = {s: lay_out(content, Dice(f"bilag/{s}/0").child("layout"))[0] for s, content in composed.items()}
    steps: dict[str, Callable[[int], object]] = {
        "what it says": lambda seed: compose(Dice(f"bilag/{seed}/0").child("content")),
        "how it is laid out": lambda seed: lay_out(composed[seed], Dice(f"bilag/{seed}/0").child("layout")),
        "drawing it (typst)": lambda seed: render(sources[seed]),
        "simulated OCR of one document": lambda seed: simulate_document(document, seed),
    }
    for name, step in steps.items():
        spent = _milliseconds(step)
        yield _row(name, spent, "ms CPU", spent / whole, "all steps")


def _documents_a_second(count: int, workers: int, share: Share) -> float:
    with tempfile.TemporaryDirectory() as folder, Progress(disable=True) as progress:
        began = perf_counter()
        synthesize(Run(count, 0, Path(folder), workers, share, pdfs=False), progress)
        return count / (perf_counter() - began)


def _milliseconds(step: Callable[[int], object]) -> float:
    began = process_time()
    for seed in range(_STEPS):
        step(seed)
    return 1000 * (process_time() - began) / _STEPS


def _row(measure: str, value: float, unit: str, ratio: float, against: str) -> dict[str, object]:
    return {"measure": measure, "value": round(value, 2), "unit": unit, "against": against, "ratio": round(ratio, 3)}


if __name__ == "__main__":
    main()
