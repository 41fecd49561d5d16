"""The loop: steps, a falling learning rate, checkpoints, and what it learns on the way."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, pi
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from models.features.texts import Texts
from training.train.checkpoint import Course, has_checkpoint, load_optimiser, save
from training.train.losses import loss_of
from training.train.lots import Lot, Piece, endless, lot_of
from training.train.settings import Budget, TrainSettings

if TYPE_CHECKING:
    from models.network.model import LayoutModel

SAVE_EVERY = 200
_TELL_EVERY = 50
_LOWEST = 0.02
_GRADIENT = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What is reported on the way: `value` of `name` after `step` steps."""

    step: int
    name: str
    value: float


Report = Callable[[Told], None]
"""Takes the curves as they grow."""


class Fit:
    """Trains a model on windows; `report` gets the curves."""

    def __init__(
        self,
        model: "LayoutModel",
        texts: Texts,
        pieces: Sequence[Piece],
        settings: TrainSettings,
        budget: Budget,
        course: Course,
    ) -> None:
        import torch

        self.model, self.texts, self.pieces = model, texts, pieces
        self.settings, self.budget, self.course = settings, budget, course
        self.optimiser = torch.optim.AdamW(_groups(model, settings), weight_decay=settings.weight_decay, fused=True)
        self._rates = [group["lr"] for group in self.optimiser.param_groups]

    def run(self, folder: Path, tokenizer: str, report: Report | None = None) -> Course:
        """Train until the budget is spent; checkpoints go to `folder`, from which a run that was cut short goes on."""
        if has_checkpoint(folder) and self.course.steps:
            load_optimiser(folder, self.optimiser)
        self.model.train()
        earlier, began, sums = self.course.seconds, time.monotonic(), []
        with _bar() as bar:
            task = bar.add_task("Training", total=1.0, loss=float("nan"))
            for number, pieces in endless(self.pieces, self.settings, self.course.steps):
                seconds = earlier + time.monotonic() - began
                spent = self.budget.part(number, seconds)
                if spent >= 1:
                    break
                chance = np.random.default_rng((self.settings.seed, 1, number))
                sums.append(self._step(lot_of(pieces, self.settings, chance), spent, number))
                words = self.course.words + sum(map(len, pieces))
                self.course = replace(self.course, steps=number + 1, seconds=seconds, words=words)
                bar.update(task, completed=spent, loss=sums[-1])
                if (number + 1) % _TELL_EVERY == 0:
                    if report is not None:
                        report(Told(number + 1, "loss", float(np.mean(sums))))
                        report(Told(number + 1, "words_a_second", words / max(seconds, 1e-9)))
                    sums = []
                if (number + 1) % SAVE_EVERY == 0:
                    save(folder, self.model, self.course, tokenizer, self.optimiser)
        return self.course

    def _step(self, lot: Lot, spent: float, number: int) -> float:
        import torch

        torch.manual_seed(self.settings.seed * 1_000_003 + number)
        part = rate_at(spent, number, self.settings.warm_up)
        for group, rate in zip(self.optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * part
        loss = loss_of(self.model(self.texts, lot.batch, lot.hidden), lot, self.settings)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _GRADIENT)
        self.optimiser.step()
        return float(loss.detach())


def rate_at(spent: float, number: int, warm_up: int) -> float:
    """Return the part of the learning rate: rising over the warm-up, then falling as a half cosine to nearly none."""
    return min(1.0, (number + 1) / warm_up) * (_LOWEST + (1 - _LOWEST) * (1 + cos(pi * min(spent, 1.0))) / 2)


def _groups(model: "LayoutModel", settings: TrainSettings) -> "list[dict[str, object]]":
    """Return what is trained in two groups: what comes from the base learns more slowly."""
    from_base: list[object] = []
    new: list[object] = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        is_new = not name.startswith("network.encoder.") or "_position_embeddings" in name
        (new if is_new else from_base).append(weight)
    return [{"params": from_base, "lr": settings.encoder_rate}, {"params": new, "lr": settings.rate}]


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("loss {task.fields[loss]:.3f}"),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)
