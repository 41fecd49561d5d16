"""The loop: steps, a falling learning rate, checkpoints, and what it learns on the way."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import cos, pi
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from training.train.checkpoint import Course, has_checkpoint, load_heads, load_optimiser, save
from training.train.goal import Goal
from training.train.lots import Piece, endless
from training.train.settings import Budget, FitSettings

if TYPE_CHECKING:
    from torch import nn

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
    """Trains a model on windows towards a goal; `report` gets the curves."""

    def __init__(
        self,
        model: "LayoutModel",
        goal: Goal,
        pieces: Sequence[Piece],
        settings: FitSettings,
        budget: Budget,
        course: Course,
    ) -> None:
        import torch

        self.model, self.goal, self.pieces = model, goal, pieces
        self.settings, self.budget, self.course = settings, budget, course
        groups = _groups(model, goal.heads, settings)
        self.optimiser = torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)
        self._learnt = [*model.parameters(), *(goal.heads.parameters() if goal.heads is not None else ())]
        self._rates = [group["lr"] for group in self.optimiser.param_groups]

    def run(self, folder: Path, tokenizer: str, report: Report | None = None) -> Course:
        """Train until the budget is spent; checkpoints go to `folder`, from which a run that was cut short goes on."""
        if has_checkpoint(folder) and self.course.steps:
            load_optimiser(folder, self.optimiser)
            if self.goal.heads is not None:
                load_heads(folder, self.goal.heads)
        self.model.train()
        earlier, began = self.course.seconds, time.monotonic()
        losses: dict[str, list[float]] = defaultdict(list)
        with _bar() as bar:
            task = bar.add_task("Training", total=1.0, loss=float("nan"))
            for number, pieces in endless(self.pieces, self.settings, self.course.steps):
                seconds = earlier + time.monotonic() - began
                spent = self.budget.part(number, seconds)
                if spent >= 1:
                    break
                for name, value in self._step(pieces, spent, number).items():
                    losses[name].append(value)
                words = self.course.words + sum(map(len, pieces))
                self.course = replace(self.course, steps=number + 1, seconds=seconds, words=words)
                bar.update(task, completed=spent, loss=losses["loss"][-1])
                if (number + 1) % _TELL_EVERY == 0:
                    if report is not None:
                        for name, values in losses.items():
                            report(Told(number + 1, name, float(np.mean(values))))
                        report(Told(number + 1, "words_a_second", words / max(seconds, 1e-9)))
                    losses.clear()
                if (number + 1) % SAVE_EVERY == 0:
                    save(folder, self.model, self.course, tokenizer, self.optimiser, self.goal.heads)
        return self.course

    def _step(self, pieces: Sequence[Piece], spent: float, number: int) -> dict[str, float]:
        """Learn from some windows; return the loss, and its parts by name."""
        import torch

        torch.manual_seed(self.settings.seed * 1_000_003 + number)
        part = rate_at(spent, number, self.settings.warm_up)
        for group, rate in zip(self.optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * part
        parts = self.goal.losses(pieces, np.random.default_rng((self.settings.seed, 1, number)))
        loss = reduce(torch.add, parts.values())
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._learnt, _GRADIENT)
        self.optimiser.step()
        return {"loss": float(loss.detach())} | {f"loss.{name}": float(part.detach()) for name, part in parts.items()}


def rate_at(spent: float, number: int, warm_up: int) -> float:
    """Return the part of the learning rate: rising over the warm-up, then falling as a half cosine to nearly none."""
    return min(1.0, (number + 1) / warm_up) * (_LOWEST + (1 - _LOWEST) * (1 + cos(pi * min(spent, 1.0))) / 2)


def _groups(model: "LayoutModel", heads: "nn.Module | None", settings: FitSettings) -> "list[dict[str, object]]":
    """Return what is trained in two groups: what comes from the base learns more slowly."""
    from_base: list[object] = []
    new: list[object] = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        is_new = not name.startswith("network.encoder.") or "_position_embeddings" in name
        (new if is_new else from_base).append(weight)
    new += heads.parameters() if heads is not None else ()
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
