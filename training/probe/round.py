"""One round of judging the generator: `python -m training.probe.round NAME --count N --seed S --minutes M`.

Generates, trains on nothing else, reads the labelled documents of other makers (their e-invoice XML ignored), scores by
layout group beside the rules, and writes a chapter of docs/generator-rounds.md and the list of mistakes.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from training import baseline
from training.dataset.shards import shards_in
from training.probe.chapter import Chapter, Read, write_chapter
from training.probe.held_out import score_held_out
from training.probe.mistakes import write_mistakes
from training.probe.read import SUFFIXES, read
from training.probe.settings import ProbeSettings
from training.probe.train import Budget, train
from training.score import score
from training.scoring.tally import Scores
from training.synthesize.paper.apply import Share
from training.synthesize.stage import Run, synthesize

PARTS = ("real", "einvoice")
"""The folders of labelled documents; none of them is ever trained on."""


@dataclass(frozen=True, slots=True)
class Round:
    """What to do: a name, how many documents from which seed on, how long to train, and where everything is."""

    name: str
    count: int
    seed: int
    budget: Budget
    settings: ProbeSettings
    share: Share
    datasets: Path
    folder: Path
    page: Path


def run(wanted: Round) -> Chapter:
    """Do one round and write it down. Shards that are there already are used as they are."""
    began = time.monotonic()
    shards = shards_in(wanted.folder / "shards")
    if not shards:
        _generate(wanted)
        shards = shards_in(wanted.folder / "shards")
    generated = time.monotonic() - began
    course = train(shards, wanted.folder / "probe", wanted.budget, wanted.settings)
    held_out = score_held_out(wanted.folder / "probe", shards)
    reads = tuple(_read(wanted, part) for part in PARTS)
    chapter = Chapter(wanted.name, wanted.seed, course, generated, wanted.share.simulated, held_out, reads)
    write_chapter(wanted.page, chapter)
    write_mistakes(wanted.folder / "mistakes.md", reads)
    return chapter


def _generate(wanted: Round) -> None:
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        synthesize(Run(wanted.count, wanted.seed, wanted.folder / "shards", 2, wanted.share, pdfs=False), progress)


def _read(wanted: Round, part: str) -> Read:
    """Read one folder of labelled documents with the probe and by rules."""
    files = sorted(p for p in (wanted.datasets / part).iterdir() if p.suffix.lower() in SUFFIXES)
    began = time.process_time()
    said = read(wanted.folder / "probe", files)
    probe = _scored(wanted, part, wanted.folder / f"{part}.jsonl", said)
    spent = time.process_time() - began
    by_rules = baseline.predict(wanted.datasets / part, ignore_einvoice=True)
    rules = _scored(wanted, part, wanted.folder / f"{part}-rules.jsonl", by_rules)
    return Read(part, probe, rules, spent)


def _scored(wanted: Round, part: str, file: Path, said: Iterable[dict[str, object]]) -> Scores:
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said), encoding="utf-8")
    scores, _ = score(file, wanted.datasets / "labels.jsonl", ignore_einvoice=True, only=[part])
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.probe.round", description="Judge the generator.")
    datasets = Path(os.environ.get("BILAG_DATASETS", baseline.DATASETS))
    parser.add_argument("name", help="a name for the round; the same name again replaces its chapter")
    parser.add_argument("--count", type=int, default=3000, help="documents to generate")
    parser.add_argument("--seed", type=int, default=0, help="the first document's seed")
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--steps", type=int, help="train so many steps, whatever the time")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--simulated", type=float, default=0.35, help="share of documents read by simulated OCR")
    parser.add_argument("--datasets", type=Path, default=datasets, help="folder with labels.jsonl (or $BILAG_DATASETS)")
    parser.add_argument("--folder", type=Path, help="where everything is kept (default .cache/probe/NAME)")
    parser.add_argument("--page", type=Path, default=Path("docs/generator-rounds.md"))
    options = parser.parse_args(arguments)
    if not (options.datasets / "labels.jsonl").is_file():
        Console(stderr=True).print(
            f"There are no labelled documents in {options.datasets}; name their --datasets folder."
        )
        return 2
    wanted = Round(
        options.name,
        options.count,
        options.seed,
        Budget(options.minutes, options.steps),
        ProbeSettings(threads=options.threads),
        Share(options.simulated),
        options.datasets,
        options.folder or Path(".cache/probe") / options.name,
        options.page,
    )
    for line in run(wanted).summary():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
