"""The stage: `python -m training.synthesize --count N --seed S --out DIR --workers 2`.

Writes parquet shards of labelled documents, one seed a document, in the order of their seeds. The same seeds give the
same documents where the same fonts are installed.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from training.synthesize.paper.apply import Share
from training.synthesize.stage import Run, synthesize


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.synthesize", description="Generate labelled documents.")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0, help="the first document's seed")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--simulated", type=float, default=Share().simulated, help="share read by simulated OCR")
    parser.add_argument("--recognised", type=float, default=Share().recognised, help="share read by a real engine")
    parser.add_argument("--pdfs", action="store_true", help="keep the PDFs beside the shards")
    options = parser.parse_args(arguments)
    share = Share(options.simulated, options.recognised)
    run = Run(options.count, options.seed, options.out, options.workers, share, options.pdfs)
    console = Console(stderr=True, highlight=False)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
    began = time.monotonic()
    with bar as progress:
        synthesize(run, progress)
    took = time.monotonic() - began
    console.print(f"{run.count} documents in {took:.0f} s, {run.count / took:.1f} a second, in {run.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
