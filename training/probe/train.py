"""Train the probe: `python -m training.probe.train SHARDS… --out FOLDER --minutes M`.

With `--steps N` instead of minutes the run is repeated exactly by the same seed, data and machine; with minutes the
clock decides how fast the learning rate falls. A run that was cut short goes on from its last checkpoint.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import cos, pi
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from training.dataset.shards import read_shards, shards_in
from training.probe.held_out import is_held_out
from training.probe.model.batches import IGNORED, Batch, Example, Piece, batch_of, endless, pieces_of
from training.probe.model.examples import examples_of
from training.probe.model.network import Network
from training.probe.settings import ProbeSettings
from training.probe.storage import Course, has_checkpoint, load, load_optimiser, save

_SAVE_EVERY = 200


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train: a number of steps, or minutes where `steps` is None."""

    minutes: float = 15.0
    steps: int | None = None

    def part(self, steps: int, seconds: float) -> float:
        """Return how much of it is spent, from 0 on."""
        return steps / self.steps if self.steps is not None else seconds / (60 * self.minutes)


def train(shards: Sequence[Path], folder: Path, budget: Budget, settings: ProbeSettings) -> Course:
    """Train on labelled documents and leave the probe in `folder`. Raises NotAShard, or ValueError where none are."""
    import torch

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    labelled = (d for n, d in enumerate(read_shards(shards)) if not is_held_out(n))
    learnt = list(examples_of(labelled, settings))
    if not learnt:
        raise ValueError("The shards hold no documents with words.")
    network, course = Network(settings), Course(documents=len(learnt), data=_digest(shards))
    resumed = None
    if has_checkpoint(folder):
        earlier, done = load(folder)
        if not done.finished and done.data == course.data and earlier.settings == settings:
            network, course, resumed = earlier, done, folder
    fit = _Fit(network, _pieces(learnt, settings), budget, course)
    if resumed is not None:
        load_optimiser(resumed, fit.optimiser)
    course = fit.run(folder)
    course = replace(course, finished=True)
    save(folder, network, course)
    return course


class _Fit:
    """The loop, with what it needs at every step."""

    def __init__(self, network: Network, pieces: Sequence[Piece], budget: Budget, course: Course) -> None:
        import torch

        self.network, self.pieces, self.budget, self.course = network, pieces, budget, course
        settings = network.settings
        self.optimiser = torch.optim.AdamW(
            network.parts.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay, fused=True
        )

    def run(self, folder: Path) -> Course:
        """Go on until the budget is spent; return how far it got."""
        settings, course = self.network.settings, self.course
        lengths = [len(piece) for piece in self.pieces]
        self.network.parts.train()
        groups = endless(lengths, settings.batch_words, settings.seed, course.steps)
        losses: list[float] = []
        with _bar() as bar:
            shown = bar.add_task("Training", total=1.0, loss=0.0)
            while (spent := self.budget.part(course.steps, course.seconds)) < 1:
                began = time.monotonic()
                number, group = next(groups)
                chance = np.random.default_rng((settings.seed, 1, number))
                batch = batch_of([self.pieces[i] for i in group], settings, chance)
                losses.append(self._step(batch, spent, number))
                course = replace(
                    course,
                    steps=number + 1,
                    words=course.words + len(batch.slots),
                    seconds=course.seconds + time.monotonic() - began,
                )
                bar.update(shown, completed=spent, loss=float(np.mean(losses[-50:])))
                if course.steps % _SAVE_EVERY == 0:
                    save(folder, self.network, course, self.optimiser)
                    if not bar.console.is_terminal:
                        print(f"{course.steps} steps, {spent:.0%}, loss {np.mean(losses[-100:]):.3f}", flush=True)
        return course

    def _step(self, batch: Batch, spent: float, number: int) -> float:
        import torch
        from torch.nn import functional

        settings = self.network.settings
        torch.manual_seed(settings.seed * 1_000_003 + number)
        for group in self.optimiser.param_groups:
            group["lr"] = settings.learning_rate * _rate(spent, number, settings.warm_up)
        tags, kinds = self.network.tag(batch)  # in float32: bfloat16 without its own instructions is far slower
        smoothing = settings.smoothing
        loss = functional.cross_entropy(
            tags.float(), batch.tags, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum"
        ) / max(int((batch.tags != IGNORED).sum()), 1)
        loss = loss + settings.kind_weight * functional.cross_entropy(
            kinds.float(), batch.kinds, label_smoothing=smoothing
        )
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parts.parameters(), 1.0)
        self.optimiser.step()
        return float(loss.detach())


def _rate(spent: float, number: int, warm_up: int) -> float:
    """Return the part of the learning rate: rising over the warm-up, then falling as a half cosine to nearly none."""
    return min(1.0, (number + 1) / warm_up) * (0.01 + 0.99 * (1 + cos(pi * min(spent, 1.0))) / 2)


def _pieces(examples: Iterable[Example], settings: ProbeSettings) -> list[Piece]:
    return [piece for example in examples for piece in pieces_of(example, settings)]


def _digest(shards: Sequence[Path]) -> str:
    digest = sha256()
    for path in shards:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("loss {task.fields[loss]:.3f}"),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.probe.train", description="Train the probe.")
    parser.add_argument("shards", nargs="+", type=Path, help="shards, or folders of them")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--steps", type=int, help="train so many steps, whatever the time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    shards = [s for path in options.shards for s in (shards_in(path) if path.is_dir() else [path])]
    settings = ProbeSettings(seed=options.seed, threads=options.threads)
    try:
        course = train(shards, options.out, Budget(options.minutes, options.steps), settings)
    except (OSError, ValueError) as error:
        Console(stderr=True).print(f"Nothing trained: {error}", markup=False)
        return 2
    print(f"{course.steps} steps over {course.documents} documents in {course.seconds / 60:.1f} minutes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
