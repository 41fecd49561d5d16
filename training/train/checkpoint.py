"""A model's folder: weights as safetensors, everything else as JSON; and what training needs to go on from there."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.architecture import Architecture
from models.label_scheme import KINDS, TAGS
from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    import torch
    from torch import nn

    from models.network.model import LayoutModel

WEIGHTS, ABOUT, TOKENIZER = "weights.safetensors", "model.json", "tokenizer.json"
OPTIMISER, HEADS = "optimiser.safetensors", "heads.safetensors"
"""What only training needs."""
SCHEMA = "bilag.model/1"
_NEXT, _READY = ".next", ".ready"


@dataclass(frozen=True, slots=True)
class Course:
    """How far training got: steps, seconds spent, words seen, documents it learns from, and their digest.

    The same `data`, `settings` and `origin` (which start was asked for) are needed to go on; `base` says what the model
    was made of. `run` is the id under which the training is tracked.
    """

    steps: int = 0
    seconds: float = 0.0
    words: int = 0
    documents: int = 0
    data: str = ""
    finished: bool = False
    base: Mapping[str, Any] | None = None
    settings: Mapping[str, Any] | None = None
    origin: Mapping[str, Any] | None = None
    run: str | None = None


def save(
    folder: Path,
    model: "LayoutModel",
    course: Course,
    tokenizer: str,
    optimiser: "torch.optim.Optimizer | None" = None,
    heads: "nn.Module | None" = None,
) -> None:
    """Write a checkpoint; a write that is cut short leaves the one before, whole.

    `heads` are those that only this training has. Without an optimiser it is the end of training: what only training
    needs goes away.
    """
    from safetensors.torch import save_file

    _settle(folder)
    beside = folder / _NEXT
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    if optimiser is not None:
        save_file(_flat(optimiser), beside / OPTIMISER)
        if heads is not None:
            save_file(_weights(heads), beside / HEADS)
    save_file(_weights(model), beside / WEIGHTS)
    (beside / TOKENIZER).write_text(tokenizer, encoding="utf-8")
    about = {
        "schema": SCHEMA,
        "architecture": model.sizes.to_json(),
        "encoder": model.encoder_config,
        "tags": list(TAGS),
        "kinds": list(KINDS),
        "course": asdict(course),
    }
    (beside / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    beside.rename(folder / _READY)
    _settle(folder)
    if optimiser is None:
        for name in (OPTIMISER, HEADS):
            (folder / name).unlink(missing_ok=True)


def load(folder: Path) -> "tuple[LayoutModel, Course]":
    """Return the model and how far it got. Raises ConfigurationError where the folder holds none that fits."""
    from safetensors.torch import load_file

    from models.network.model import empty_model

    about = _about(folder)
    model = empty_model(Architecture.from_json(about["architecture"]), about["encoder"])
    model.load_state_dict(load_file(folder / WEIGHTS))
    return model, Course(**about["course"])


def course_in(folder: Path) -> Course:
    """Return how far the model in a folder got. Raises ConfigurationError as `load` does."""
    return Course(**_about(folder)["course"])


def load_optimiser(folder: Path, optimiser: "torch.optim.Optimizer") -> None:
    """Put back what the optimiser had gathered when the checkpoint was written."""
    from safetensors.torch import load_file

    held: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in load_file(folder / OPTIMISER).items():
        number, _, key = name.partition(".")
        held.setdefault(int(number), {})[key] = tensor
    state = optimiser.state_dict()
    optimiser.load_state_dict({"state": held, "param_groups": state["param_groups"]})


def load_heads(folder: Path, heads: "nn.Module") -> None:
    """Put back the heads that only this training has."""
    from safetensors.torch import load_file

    heads.load_state_dict(load_file(folder / HEADS))


def has_checkpoint(folder: Path) -> bool:
    """Say whether training can go on from this folder."""
    _settle(folder)
    return (folder / ABOUT).is_file() and (folder / OPTIMISER).is_file()


def _about(folder: Path) -> dict[str, Any]:
    _settle(folder)
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{folder} holds no model ({error}).") from error
    if about.get("schema") != SCHEMA or about["tags"] != list(TAGS) or about["kinds"] != list(KINDS):
        raise ConfigurationError(f"The model in {folder} knows other tags or kinds; train it again.")
    return about


def _weights(module: "nn.Module") -> "dict[str, torch.Tensor]":
    return {name: tensor.contiguous() for name, tensor in module.state_dict().items()}


def _flat(optimiser: "torch.optim.Optimizer") -> "dict[str, torch.Tensor]":
    state = optimiser.state_dict()["state"]
    return {f"{number}.{key}": value for number, kept in state.items() for key, value in kept.items()}


def _settle(folder: Path) -> None:
    """Put the files of a checkpoint in place once all of them are written, also those that a cut left beside.

    The renaming of their folder is the one moment at which the new checkpoint counts; a reader may be here as well.
    """
    ready = folder / _READY
    if ready.is_dir():
        for path in sorted(ready.iterdir()):
            with suppress(FileNotFoundError):
                path.replace(folder / path.name)
        with suppress(OSError):
            ready.rmdir()
