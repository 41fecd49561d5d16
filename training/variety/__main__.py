"""`python -m training.variety data/generated data/collected` measures variety and writes docs/variety.md."""

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import track

from training.dataset.record import Origin
from training.dataset.shards import read_shards, shards_in
from training.synthesize.variety import traits_of
from training.variety.page import write_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.variety", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of shards, generated and real")
    parser.add_argument("--most", type=int, default=2000, help="so many generated documents at most")
    parser.add_argument("--layouts", type=int, default=1000, help="so many documents are drawn to count choices")
    parser.add_argument("--out", type=Path, default=Path("docs/variety.md"))
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    shards = [shard for folder in options.folders for shard in shards_in(folder)]
    documents = [d for d in read_shards(shards) if d.pages]
    generated = list(islice((d for d in documents if d.origin is Origin.GENERATED), options.most))
    real = [d for d in documents if d.origin is not Origin.GENERATED]
    if not generated:
        console.print("There are no generated documents in these folders; make some with `dvc repro`.")
        return 2
    drawn = track(range(options.layouts), description="Drawing layouts", console=console, transient=True)
    write_page(options.out, generated, real, [traits_of(seed) for seed in drawn])
    console.print(f"{options.out}: {len(generated)} generated and {len(real)} real documents compared.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
